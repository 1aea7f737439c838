"""The three corners by which a person places a grid, and the grid that follows them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.placing import grid_from_corners

_SIZES = (0.5, 2.0)  # of the recipe's chips: a grid beyond them is a slip of the hand
_SKEW = 0.2  # cosine of the angle between the grid's axes, at most

Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A chip's corner (0 top-left, then clockwise). at: where a person put it, image pixels; None: not yet."""

    chip: ChipId
    corner: int
    at: Point | None = None


class Marks(Protocol):
    """Corners that a person moves over a picture, all in image pixels, and the grid that follows them."""

    @property
    def placed(self) -> PlacedGrid | None:
        """The grid as it follows now; None while there is none yet."""
        ...

    @property
    def count(self) -> int:
        """How many corners there are, numbered from 0."""
        ...

    @property
    def is_by_clicks(self) -> bool:
        """True where a click puts the next corner."""
        ...

    def place(self, index: int) -> Point: ...
    def is_put(self, index: int) -> bool:
        """True where a person has put it."""
        ...

    def chip_around(self, index: int) -> NDArray[np.float64]:
        """The corners of a corner's chip, (N, 2), to be drawn under a magnifying glass."""
        ...

    def nudge(self, index: int, dx: float, dy: float) -> None: ...
    def take(self, x: float, y: float, reach: float) -> int | None:
        """The number of a corner of the grid near a point, which can be moved from now on."""
        ...

    def click(self, x: float, y: float) -> int | None:
        """Puts the next corner, where clicks do that and one is left to put; its number."""
        ...

    def snapshot(self) -> Self:
        """As they are now, for going back to."""
        ...

    def begun_again(self) -> Self:
        """As they were at the beginning."""
        ...


class GridMarks:
    """Three marks. The first that is put shifts the grid, the second turns and scales it, the third fits it freely.

    A mark that nobody has put follows the grid.
    """

    def __init__(self, start: PlacedGrid) -> None:
        self.start = start
        self.marks = _outer_marks(start)
        self._order: list[int] = []  # of the marks that were put, the last one last
        self.placed = start

    @property
    def is_changed(self) -> bool:
        return self.placed.matrix != self.start.matrix

    @property
    def is_sensible(self) -> bool:
        """False for a grid that is turned over, squeezed or skewed beyond any real wafer."""
        across, down = self.placed.affine[:, 0], self.placed.affine[:, 1]
        sizes = np.hypot(*across), np.hypot(*down)
        if not all(_SIZES[0] <= size <= _SIZES[1] for size in sizes):
            return False
        upright = across[0] * down[1] - across[1] * down[0] > 0
        return bool(upright and abs(across @ down) <= _SKEW * sizes[0] * sizes[1])

    def place(self, index: int) -> Point:
        """Where a mark is, image pixels."""
        mark = self.marks[index]
        x, y = self.placed.corners(mark.chip)[mark.corner]
        return mark.at or (float(x), float(y))

    @property
    def count(self) -> int:
        return len(self.marks)

    @property
    def is_by_clicks(self) -> bool:
        return False

    def is_put(self, index: int) -> bool:
        return self.marks[index].at is not None

    def chip_around(self, index: int) -> NDArray[np.float64]:
        return self.placed.corners(self.marks[index].chip)

    def take(self, x: float, y: float, reach: float) -> int | None:
        """Any chip's corner within `reach` px takes the place of the nearest mark."""
        chip, corner, away = self.nearest_corner(x, y)
        if away > reach or chip in self.placed.grid.missing:
            return None
        return self.seat(chip, corner)

    def click(self, x: float, y: float) -> int | None:
        """Nothing is put by clicks: all three marks are there from the beginning."""
        return None

    def snapshot(self) -> GridMarks:
        kept = copy(self)
        kept.marks, kept._order = list(self.marks), list(self._order)
        return kept

    def begun_again(self) -> GridMarks:
        return GridMarks(self.start)

    def nearest_corner(self, x: float, y: float) -> tuple[ChipId, int, float]:
        """The chip's corner nearest to an image point, and how far it is in image pixels."""
        affine, grid = self.placed.affine, self.placed.grid
        upright = np.linalg.solve(affine[:, :2], np.array([x, y]) - affine[:, 2])
        steps = (upright - np.array(grid.origin) - np.array(grid.chip) / 2) / np.array(grid.pitch)
        column, row = np.clip(np.rint(steps), 0, (grid.columns - 1, grid.rows - 1)).astype(int).tolist()
        chip = ChipId(column, row)
        away = np.hypot(*(self.placed.corners(chip) - (x, y)).T)
        return chip, int(away.argmin()), float(away.min())

    def seat(self, chip: ChipId, corner: int) -> int:
        """Use this corner from now on, in place of the mark nearest to it; says which mark that is."""
        for index, mark in enumerate(self.marks):
            if (mark.chip, mark.corner) == (chip, corner):
                return index
        x, y = self.placed.corners(chip)[corner]
        index = min(range(3), key=lambda i: np.hypot(self.place(i)[0] - x, self.place(i)[1] - y))
        put = index in self._order
        self.marks[index] = Mark(chip, corner, (float(x), float(y)) if put else None)
        return index

    def put(self, index: int, x: float, y: float) -> None:
        """Put a mark onto an image point; the grid follows."""
        self.marks[index] = replace(self.marks[index], at=(x, y))
        if index not in self._order:
            self._order.append(index)
        self._follow()

    def nudge(self, index: int, dx: float, dy: float) -> None:
        """Move a mark by image pixels."""
        x, y = self.place(index)
        self.put(index, x + dx, y + dy)

    def _follow(self) -> None:
        put = [self.marks[i] for i in self._order]
        if len(put) == 3:
            corners: dict[ChipId, dict[int, Point]] = {}
            for mark in put:
                assert mark.at is not None, "a mark that was put has a place"
                corners.setdefault(mark.chip, {})[mark.corner] = mark.at
            fitted = grid_from_corners(self.start.grid, corners)
        else:
            fitted = self._from_start(put)
        self.placed = replace(self.start, matrix=fitted.matrix, residual_px=0.0, confidence=1.0)

    def _from_start(self, put: list[Mark]) -> PlacedGrid:
        """One mark shifts the grid as it was, two turn, scale and shift it: what was measured of its shape stays."""
        before = [complex(*self.start.corners(mark.chip)[mark.corner]) for mark in put]
        after = [complex(*(mark.at or (0.0, 0.0))) for mark in put]
        factor = 1.0 + 0.0j
        if len(put) == 2 and before[0] != before[1]:
            factor = (after[1] - after[0]) / (before[1] - before[0])
        turn = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
        shift = after[0] - factor * before[0]
        affine: NDArray[np.float64] = turn @ self.start.affine
        affine[:, 2] += (shift.real, shift.imag)
        a, b, c, d, e, f = (float(v) for v in affine.ravel())
        return replace(self.start, matrix=(a, b, c, d, e, f))


def _outer_marks(placed: PlacedGrid) -> list[Mark]:
    """Corners of chips that lie far apart: at the top left, the top right and the bottom left of what is expected."""
    grid = placed.grid
    chips = placed.chip_ids() or grid.chip_ids()
    width, height = grid.pitch
    top_left = min(chips, key=lambda c: c.column * width + c.row * height)
    top_right = max(chips, key=lambda c: c.column * width - c.row * height)
    bottom_left = max(chips, key=lambda c: c.row * height - c.column * width)
    return [Mark(top_left, 0), Mark(top_right, 1), Mark(bottom_left, 3)]
