"""Where each chip lies: the recipe's grid, and the same grid placed on one image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class ChipId(NamedTuple):
    """A chip's name on its wafer; turning or mirroring the view never changes it."""

    column: int
    row: int


class WaferKey(NamedTuple):
    """A wafer's name in the record."""

    lot: str
    wafer: str


@dataclass(frozen=True)
class Grid:
    """The recipe's grid in an upright image.

    columns, rows: number of chips. chip, pitch, origin: (x, y) in image pixels; the origin is the top-left corner of
    chip (0, 0), pixel edges counted from the image's top-left corner. missing: places where no chip is expected.
    """

    columns: int
    rows: int
    chip: tuple[float, float]
    pitch: tuple[float, float]
    origin: tuple[float, float]
    missing: frozenset[ChipId] = frozenset()

    def chip_ids(self) -> list[ChipId]:
        """Every expected chip, row by row."""
        every = (ChipId(c, r) for r in range(self.rows) for c in range(self.columns))
        return [i for i in every if i not in self.missing]

    def corners(self, chip: ChipId) -> NDArray[np.float64]:
        """float64 (4, 2): top-left, top-right, bottom-right, bottom-left in the upright image, pixels."""
        x = self.origin[0] + chip.column * self.pitch[0]
        y = self.origin[1] + chip.row * self.pitch[1]
        w, h = self.chip
        return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], dtype=np.float64)

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height from the first chip's left top to the last chip's right bottom, pixels."""
        return (
            (self.columns - 1) * self.pitch[0] + self.chip[0],
            (self.rows - 1) * self.pitch[1] + self.chip[1],
        )


@dataclass(frozen=True)
class PlacedGrid:
    """A grid as it lies in one image.

    matrix: 2x3 affine from upright grid pixels to image pixels, row-major tuple of 6 floats (identity: upright).
    residual_px: median distance of measured chip edges from the fitted grid. confidence: 0 to 1.
    partial: chips that the wafer's edge or the image's border cuts. not_imaged: chips without pixels, of which a shot
    is missing. Neither are judged.
    """

    grid: Grid
    matrix: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    residual_px: float = 0.0
    confidence: float = 1.0
    partial: frozenset[ChipId] = frozenset()
    not_imaged: frozenset[ChipId] = frozenset()

    @property
    def affine(self) -> NDArray[np.float64]:
        """float64 (2, 3)."""
        return np.array(self.matrix, dtype=np.float64).reshape(2, 3)

    def to_image(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Upright grid pixels (N, 2) -> image pixels (N, 2)."""
        affine = self.affine
        moved: NDArray[np.float64] = points @ affine[:, :2].T + affine[:, 2]
        return moved

    def corners(self, chip: ChipId) -> NDArray[np.float64]:
        """float64 (4, 2) in image pixels: top-left first, clockwise."""
        return self.to_image(self.grid.corners(chip))

    def chip_ids(self) -> list[ChipId]:
        """The chips to judge, row by row."""
        left_out = self.partial | self.not_imaged
        return [chip for chip in self.grid.chip_ids() if chip not in left_out]

    @property
    def chip_count(self) -> int:
        """How many chips there are to judge, without naming them."""
        columns, rows = self.grid.columns, self.grid.rows
        left_out = self.grid.missing | self.partial | self.not_imaged
        return columns * rows - sum(0 <= c < columns and 0 <= r < rows for c, r in left_out)

    def chip_at(self, x: float, y: float) -> ChipId | None:
        """The chip under an image point, None in a street or outside the grid."""
        affine = self.affine
        ux, uy = np.linalg.solve(affine[:, :2], np.array([x, y]) - affine[:, 2])
        column, dx = divmod(ux - self.grid.origin[0], self.grid.pitch[0])
        row, dy = divmod(uy - self.grid.origin[1], self.grid.pitch[1])
        inside = 0 <= column < self.grid.columns and 0 <= row < self.grid.rows
        chip = ChipId(int(column), int(row))
        if not inside or dx >= self.grid.chip[0] or dy >= self.grid.chip[1] or chip in self.grid.missing:
            return None
        return chip
