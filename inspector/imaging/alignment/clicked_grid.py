"""A grid from three clicks: the chips between them are counted in the image, and the grid finds its edges."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alignment.chip_sides import SideMap, Support, side_support, support_at
from inspector.imaging.alignment.edge_fit import fit_edges, spread
from inspector.imaging.alignment.grid_measure import fitted_grid, measuring_map, whole_part
from inspector.imaging.alignment.grid_search import sharpest_turn
from inspector.imaging.alignment.levels import Levels
from inspector.imaging.sources.image_header import refusal
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.placing import cut_chips, grid_from_clicks, over_the_image, shifted

_WIDEST = 1.6  # a pitch, in chips: wider streets are no streets
_FULL = 0.5  # share of a grid's places that hold a chip; a disc in a square fills 0.79
_LOOKED_AT = 64  # chips of a candidate
_OF_LONG_LINE = 12  # chips of a line of more than that: many candidates
_Point = tuple[float, float]


@dataclass(frozen=True)
class Clicks:
    """Image px. near, opposite: opposite corners of one chip; far: of a chip far away the same corner as near."""

    near: _Point
    opposite: _Point
    far: _Point


@dataclass(frozen=True)
class ImageEdges:
    """What is looked up once for an image. turn: the tangent by which its columns and rows lie askew."""

    sides: SideMap
    turn: float


def image_edges(image: Levels) -> ImageEdges:
    """Reads the level of the image in which grids are measured."""
    sides = measuring_map(image)
    return ImageEdges(sides, sharpest_turn(sides))


def chips_between(edges: ImageEdges, clicks: Clicks) -> tuple[int, int]:
    """How many columns and rows further the far chip is, with signs: the number at which most edges of chips are seen.

    0 where the far corner lies within half a chip of the first one's line.
    """
    back = _turned(edges.turn).T
    near, chip = back @ clicks.near, np.abs(back @ np.subtract(clicks.opposite, clicks.near))
    way = back @ np.subtract(clicks.far, clicks.near)
    corner = np.minimum(near, back @ clicks.opposite)
    columns, rows = (_count(edges, corner, chip, way, axis) for axis in (0, 1))
    return columns, rows


def clicked_grid(edges: ImageEdges, clicks: Clicks, columns: int, rows: int) -> PlacedGrid:
    """`grid_from_clicks`, with the turn that the image shows where the far chip is in another column and row."""
    points = (clicks.near, clicks.opposite, clicks.far)
    if columns == 0 or rows == 0:
        return grid_from_clicks(*points, columns, rows)
    turn = _turned(edges.turn)
    near, opposite, far = ((float(x), float(y)) for x, y in (turn.T @ point for point in points))
    upright = grid_from_clicks(near, opposite, far, columns, rows)
    a, b, c, d, e, f = (float(v) for v in (turn @ upright.affine).ravel())
    return replace(upright, matrix=(a, b, c, d, e, f))


def whole_grid(image: Levels, edges: ImageEdges, clicked: PlacedGrid) -> PlacedGrid:
    """The clicked grid, spread from its own chips over every whole chip of the image and fitted to their edges.

    Places without a whole chip are `missing`; the confidence is the share of the chips' sides that are seen.
    ImageError where too few are, or where half of the grid would be empty: then chips were counted wrongly.
    """
    sides, size = edges.sides, (image.width, image.height)
    lattice = replace(clicked, grid=replace(clicked.grid, missing=frozenset()))
    for axis in (0, 1):
        if (clicked.grid.columns, clicked.grid.rows)[axis] == 1:
            lattice = replace(lattice, grid=_with_pitch(edges, lattice, axis, size))
    reach = 1
    while True:
        part, is_all = _around(lattice, reach, size)
        chips = part.grid.chip_ids()
        polarity = side_support(sides, part.grid, part.affine, chips).polarity()
        place = fit_edges(image, part.grid, part.affine, chips, sides.level, polarity).place
        lattice = replace(lattice, grid=part.grid, matrix=_matrix(place))
        if is_all:
            every = replace(part.grid, missing=frozenset())
            found, place = whole_part(image, sides, every, place)
            share = len(found.chip_ids()) / (found.columns * found.rows)
            if share < _FULL:
                what = f"shows chips at only {share:.0%} of the places of this grid"
                raise refusal(image.source_name, what, "check the corners and the number of columns and rows")
            return fitted_grid(image, sides, found, place)
        reach *= 2


def _turned(tangent: float) -> NDArray[np.float64]:
    """float64 (2, 2): from upright to the image, by the tangent that `sharpest_turn` gives."""
    angle = math.atan(tangent)
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def _matrix(place: NDArray[np.float64]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = (float(v) for v in place.ravel())
    return a, b, c, d, e, f


def _count(
    edges: ImageEdges, corner: NDArray[np.float64], chip: NDArray[np.float64], way: NDArray[np.float64], axis: int
) -> int:
    """Signed number of chips along an axis. corner: the chip's left top, all turned upright."""
    along, side = float(way[axis]), float(chip[axis])
    if abs(along) < side / 2 or side < 1:
        return 0
    sign = 1 if along > 0 else -1
    fewest, most = max(1, math.ceil(abs(along) / (_WIDEST * side))), math.floor(abs(along) / side + 0.05)
    if most <= fewest:
        return sign * fewest

    numbers = range(fewest, most + 1)
    parts = [_looked_at(number) / number for number in numbers]  # of the way; one look for all numbers
    turn = _turned(edges.turn)
    first = corner + np.minimum(0.0, np.eye(2)[axis] * along)
    place = np.hstack([turn, (turn @ first)[:, None]])
    starts = np.outer(np.concatenate(parts), np.eye(2)[axis] * abs(along))
    seen = support_at(edges.sides, (float(chip[0]), float(chip[1])), place, starts).coherence
    each = np.split(seen, np.cumsum([len(part) for part in parts])[:-1])
    strengths = [Support(coherence).strength() for coherence in each]
    return sign * numbers[int(np.argmax(strengths))]


def _looked_at(number: int) -> NDArray[np.float64]:
    """Chips 0 to `number` of a line: all of a short one, some of a long one."""
    chips = number + 1 if number < _LOOKED_AT else _OF_LONG_LINE
    return np.linspace(0, number, chips).round()


def _with_pitch(edges: ImageEdges, lattice: PlacedGrid, axis: int, size: tuple[int, int]) -> Grid:
    """The grid with the pitch across its one line at which its neighbour lines are seen best, farther ones in turn."""
    grid, level_px = lattice.grid, 2.0**edges.sides.level
    side = grid.chip[axis]
    low, high = side, _WIDEST * side
    reach, most = 1, max(1, math.ceil(size[axis] / side))
    pitch = grid.pitch
    while reach <= most:
        step = level_px / (2 * reach)
        tried = []
        for value in np.arange(low, high + step, step):
            made = (float(value), pitch[1]) if axis == 0 else (pitch[0], float(value))
            candidate = replace(grid, pitch=made)
            ids = _lines(candidate, axis, reach)
            tried.append((side_support(edges.sides, candidate, lattice.affine, ids).strength(), made))
        pitch = max(tried)[1]
        low, high = max(side, pitch[axis] - 2 * step), pitch[axis] + 2 * step
        reach *= 2
    return replace(grid, pitch=pitch)


def _lines(grid: Grid, axis: int, reach: int) -> list[ChipId]:
    """Chips of the lines up to `reach` on both sides of a grid of one line; they lie beyond it."""
    along = spread(grid.chip_ids(), _LOOKED_AT)[:: max(1, len(grid.chip_ids()) // 8)]
    steps = [n for n in range(-reach, reach + 1) if n]
    return [ChipId(c.column + n, c.row) if axis == 0 else ChipId(c.column, c.row + n) for c in along for n in steps]


def _around(lattice: PlacedGrid, reach: int, size: tuple[int, int]) -> tuple[PlacedGrid, bool]:
    """The chips of a grid and of `reach` more lines on each side, as far as they lie in the image; True for all."""
    grid, every = lattice.grid, over_the_image(lattice, size)
    if every.grid.columns <= grid.columns and every.grid.rows <= grid.rows:
        return every, True
    more = replace(grid, columns=grid.columns + 2 * reach, rows=grid.rows + 2 * reach, missing=frozenset())
    wide = PlacedGrid(more, _matrix(shifted(lattice.affine, grid, -reach, -reach)))
    return replace(wide, grid=replace(more, missing=cut_chips(wide, size))), False
