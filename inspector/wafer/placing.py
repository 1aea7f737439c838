"""What moves a grid by hand and tells which chips that concerns: dragged corners, clicks, cut and moved chips."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.outline import Outline

OVERHANG_PX = 1.0  # px that a chip may lie outside the image and still be whole
_MOST_LINES = 1000  # columns or rows, as in a recipe
_FLAT = 0.02  # marks whose spread across is that share of the spread along, or less, are on one line
_Point = tuple[float, float]


def grid_from_corners(grid: Grid, corners: Mapping[ChipId, Mapping[int, _Point]]) -> PlacedGrid:
    """The grid through chip corners that a person gave.

    corners: for each chip, corner number (0 top-left, then clockwise) -> (x, y) in image pixels. Least squares: turn,
    one scale and shift (a similarity) from two corners, or from more that lie on one line; an affine from three.
    residual_px is the median distance of the given corners from the grid; the confidence is a person's: 1.
    InspectorError with fewer than two corners.
    """
    marks = [(grid.corners(chip)[n], at) for chip, given in corners.items() for n, at in given.items()]
    if len(marks) < 2:
        raise InspectorError("A grid can't be placed by one corner: give two corners of chips or more.")
    upright = np.array([mark[0] for mark in marks], dtype=np.float64)
    image = np.array([mark[1] for mark in marks], dtype=np.float64)
    affine = _similarity(upright, image) if len(marks) < 3 or _on_a_line(upright) else _affine(upright, image)
    off = np.hypot(*(upright @ affine[:, :2].T + affine[:, 2] - image).T)
    a, b, c, d, e, f = (float(v) for v in affine.ravel())
    return PlacedGrid(grid, (a, b, c, d, e, f), float(np.median(off)))


def moved_chips(before: PlacedGrid, after: PlacedGrid, limit_px: float = 1.0) -> frozenset[ChipId]:
    """The expected chips of `after` of which a corner lies more than `limit_px` image pixels from where it was.

    Chips that `before` had no place for have moved.
    """
    known = set(before.grid.chip_ids())
    chips = after.grid.chip_ids()
    return frozenset(c for c in chips if c not in known or _moved(before.corners(c), after.corners(c)) > limit_px)


def cut_chips(placed: PlacedGrid, size: tuple[int, int], outline: Outline | None = None) -> frozenset[ChipId]:
    """The expected chips that are partial: the image's border or the wafer's outline cuts them, or leaves them out.

    size: width and height of the image. A pixel beyond the border doesn't count.
    """
    ids = placed.grid.chip_ids()
    starts = np.array(ids, dtype=np.float64).reshape(-1, 2) * placed.grid.pitch + placed.grid.origin
    cut = _hanging_over(placed, starts, size)
    if outline is not None:
        cut |= (outline.depth(starts[:, None] + _chip_corners(placed.grid)) < outline.exclusion).any(axis=1)
    return frozenset(chip for chip, gone in zip(ids, cut, strict=True) if gone)


def shifted(placed: NDArray[np.float64], grid: Grid, columns: int, rows: int) -> NDArray[np.float64]:
    """The place (2, 3) at which every chip lies where the one `columns` to the right and `rows` below lay."""
    step = np.array([columns * grid.pitch[0], rows * grid.pitch[1]])
    return np.hstack([placed[:, :2], (placed[:, :2] @ step + placed[:, 2])[:, None]])


def grid_from_clicks(
    corner_a: _Point, corner_b: _Point, far_corner: _Point, columns_between: int, rows_between: int
) -> PlacedGrid:
    """The grid from one chip to a far one, in an image of an unknown wafer; all points in image pixels.

    corner_a, corner_b: opposite corners of one chip, in any order. far_corner: of another chip the same corner as
    corner_a. columns_between, rows_between: how many columns and rows further that chip is, with its sign.

    Where the two chips share a row or a column, the line between them gives the turn, and the streets of the other
    axis are taken as wide as the known ones. Otherwise the turn is taken as 0: three points can't tell it from
    streets of different widths, so let the image refine it (`imaging.alignment.clicked_grid`).
    InspectorError where the clicks can't be a grid.
    """
    if columns_between == 0 and rows_between == 0:
        raise InspectorError("The far corner is on the same chip: click a chip in another column or row.")
    a, b, far = (np.array(p, dtype=np.float64) for p in (corner_a, corner_b, far_corner))
    across = (far - a) * (1 if columns_between + rows_between > 0 else -1)
    turn = 0.0
    if rows_between == 0:
        turn = math.atan2(across[1], across[0])
    elif columns_between == 0:
        turn = math.atan2(-across[0], across[1])
    axes = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])  # columns: x and y of chips
    first, second, third = a @ axes, b @ axes, far @ axes
    chip = np.abs(second - first)
    pitch = _pitch(third - first, chip, (columns_between, rows_between))
    if chip.min() < 1 or (pitch < chip).any():
        wide, high = (f"{v:.0f}" for v in chip)
        found = f"{wide} x {high} pixels with a pitch of {pitch[0]:.0f} x {pitch[1]:.0f}"
        raise InspectorError(f"The clicks make chips of {found}: check the corners and the number of columns and rows.")
    steps = np.array([min(columns_between, 0), min(rows_between, 0)])
    origin = np.minimum(first, second) + steps * pitch  # of the leftmost, topmost of the two chips, turned upright
    columns, rows = abs(columns_between) + 1, abs(rows_between) + 1
    start = axes @ origin
    made = Grid(columns, rows, (float(chip[0]), float(chip[1])), (float(pitch[0]), float(pitch[1])), (0.0, 0.0))
    (p, q), (r, s) = axes
    return PlacedGrid(made, (float(p), float(q), float(start[0]), float(r), float(s), float(start[1])))


def turned_about_middle(
    grid: Grid, place: NDArray[np.float64], residual_px: float = 0.0, confidence: float = 1.0
) -> PlacedGrid:
    """A grid of its own with the corners that `place` (2, 3) gives: nothing but the turn is left to the matrix."""
    scale = np.linalg.norm(place[:, :2], axis=0)
    turn = math.atan2(place[1, 0] - place[0, 1], place[0, 0] + place[1, 1])
    chip, pitch = np.array(grid.chip) * scale, np.array(grid.pitch) * scale
    extent = (np.array([grid.columns, grid.rows]) - 1) * pitch + chip
    middle = place[:, :2] @ (np.array(grid.origin) + np.array(grid.extent) / 2) + place[:, 2]
    origin = middle - extent / 2
    made = replace(
        grid,
        chip=(float(chip[0]), float(chip[1])),
        pitch=(float(pitch[0]), float(pitch[1])),
        origin=(float(origin[0]), float(origin[1])),
    )
    cos, sin = math.cos(turn), math.sin(turn)
    shift = middle - np.array([[cos, -sin], [sin, cos]]) @ middle
    return PlacedGrid(made, (cos, -sin, float(shift[0]), sin, cos, float(shift[1])), residual_px, confidence)


def over_the_image(placed: PlacedGrid, size: tuple[int, int]) -> PlacedGrid:
    """The same chips and streets as far as chips lie whole in an image of that width and height.

    Lines of which no chip lies whole in it are left out; other places that the border cuts are `missing`.
    """
    grid, place = placed.grid, placed.affine
    corners = np.array([(x, y) for x in (0, size[0]) for y in (0, size[1])], dtype=np.float64)
    upright = np.linalg.solve(place[:, :2], (corners - place[:, 2]).T).T
    steps = (upright - np.array(grid.origin)) / np.array(grid.pitch)
    first, last = np.floor(steps.min(axis=0)).astype(int), np.ceil(steps.max(axis=0)).astype(int)
    count = last - first
    if count.max() > _MOST_LINES:
        raise InspectorError("The chips are too small for this image: check the corners.")
    wide = replace(grid, columns=int(count[0]), rows=int(count[1]), missing=frozenset())
    moved = shifted(place, grid, int(first[0]), int(first[1]))
    a, b, c, d, e, f = (float(v) for v in moved.ravel())
    xs, ys = (wide.origin[i] + wide.pitch[i] * np.arange(count[i], dtype=np.float64) for i in (0, 1))
    starts = np.stack(np.meshgrid(xs, ys), axis=2)  # no million of ChipIds
    whole = ~_hanging_over(PlacedGrid(wide, (a, b, c, d, e, f)), starts, size)
    if not whole.any():
        raise InspectorError("No chip lies whole in the image: check the corners.")
    rows, columns = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole.any(axis=0))
    part = whole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    missing = frozenset(ChipId(int(column), int(row)) for row, column in np.argwhere(~part))
    kept = replace(wide, columns=part.shape[1], rows=part.shape[0], missing=missing)
    return turned_about_middle(kept, shifted(moved, wide, int(columns[0]), int(rows[0])))


def _chip_corners(grid: Grid) -> NDArray[np.float64]:
    """float64 (4, 2): of any chip, from its left top, upright."""
    width, height = grid.chip
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)


def _hanging_over(placed: PlacedGrid, starts: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.bool_]:
    """bool (...): whether chips with these upright left tops (..., 2) lie over the image's border, or beyond it."""
    axes = placed.affine[:, :2]
    around = _chip_corners(placed.grid) @ axes.T  # the same for every chip
    seen = starts @ axes.T + placed.affine[:, 2]
    low, high = -OVERHANG_PX - around.min(axis=0), np.array(size) + OVERHANG_PX - around.max(axis=0)
    return np.asarray((seen < low).any(axis=-1) | (seen > high).any(axis=-1))


def _pitch(way: NDArray[np.float64], chip: NDArray[np.float64], between: tuple[int, int]) -> NDArray[np.float64]:
    known = [way[axis] / n if n else math.nan for axis, n in enumerate(between)]
    for axis in (0, 1):
        if not between[axis]:
            known[axis] = chip[axis] + known[1 - axis] - chip[1 - axis]
    return np.array(known, dtype=np.float64)


def _moved(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    return float(np.hypot(*(after - before).T).max())


def _on_a_line(points: NDArray[np.float64]) -> bool:
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return bool(spread[1] <= _FLAT * spread[0])


def _affine(upright: NDArray[np.float64], image: NDArray[np.float64]) -> NDArray[np.float64]:
    terms = np.hstack([upright, np.ones((len(upright), 1))])
    answer = np.linalg.lstsq(terms, image, rcond=None)[0]
    return np.asarray(answer.T, dtype=np.float64)


def _similarity(upright: NDArray[np.float64], image: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn, scale and shift as one complex number and its offset."""
    middle, target = upright.mean(axis=0), image.mean(axis=0)
    p = (upright - middle) @ (1, 1j)
    q = (image - target) @ (1, 1j)
    size = float(np.square(np.abs(p)).sum())
    if size == 0:
        raise InspectorError("The same corner was given twice: give corners that lie apart.")
    factor = complex((np.conj(p) * q).sum() / size)
    linear = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    return np.hstack([linear, (target - linear @ middle)[:, None]])
