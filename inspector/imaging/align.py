"""Finds where the recipe's grid really lies in a wafer image, or refuses the image."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.chip_sides import SideMap, Support, side_map, side_support
from inspector.imaging.edge_fit import EdgeFit, fit_edges
from inspector.imaging.grid_search import MAX_SCALE, ring_chips, rough_places, search_level
from inspector.imaging.image_header import refusal
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid

CONFIDENCE_LIMIT = 0.65
_LINE_LIMIT = 0.4  # share of the sides of an outermost column or row that must be seen
_RING_LIMIT = 0.5  # share of a line beyond the grid that looks like whole chips
_FINER_LIMIT = 0.8  # share of the sides that chips of a half or a third of the pitch would have
_TURN_LIMIT = 3.5  # degrees
_SNAP_PX = 0.3  # an upright grid this near to whole pixels is on them: chips are then exact copies
_LEAST_CHIP = 8  # px of the small copy
_OVERHANG_PX = 1.0  # px that a chip may lie outside the image
_REMEDY = "choose this product's recipe, or take the image again with the whole wafer in it"


def align(image: WaferImage, grid: Grid, *, search: bool) -> PlacedGrid:
    """The grid as it lies in the image.

    search False: the recipe's numbers as they are. search True: found in the image, turned up to 3 degrees, scaled up
    to 2 %, shifted anywhere. ImageError where the grid does not fit, is not there, or is not all of it there.
    """
    if not search:
        return _as_the_recipe_says(image, grid)
    _refuse_too_small(image, grid)
    sides = side_map(image, search_level(image, grid))
    place = rough_places(sides, grid)[0]
    polarity = side_support(sides, grid, place, grid.chip_ids()).polarity()
    fit = fit_edges(image, grid, place, sides.level, polarity)
    placed = _snapped(grid, fit, _confidence(sides, grid, fit))
    _refuse_doubtful(image, placed)
    _refuse_incomplete(image, sides, placed)
    return placed


def _as_the_recipe_says(image: WaferImage, grid: Grid) -> PlacedGrid:
    right = grid.origin[0] + grid.extent[0]
    bottom = grid.origin[1] + grid.extent[1]
    if min(grid.origin) < 0 or right > image.width or bottom > image.height:
        raise _too_small(image, right, bottom)
    return PlacedGrid(grid)


def _refuse_too_small(image: WaferImage, grid: Grid) -> None:
    least = [side * (1 - MAX_SCALE) - _OVERHANG_PX for side in grid.extent]
    if image.width < least[0] or image.height < least[1]:
        raise _too_small(image, *grid.extent)


def _too_small(image: WaferImage, width: float, height: float) -> ImageError:
    found = f"is {image.width} x {image.height} pixels, but the recipe's grid needs {width:g} x {height:g}"
    return refusal(image.source_name, found, _REMEDY)


def _confidence(sides: SideMap, grid: Grid, fit: EdgeFit) -> float:
    """0 to 1: share of the chips' sides that are seen where the fitted grid says, rough and fine."""
    support = side_support(sides, grid, fit.place, grid.chip_ids())
    return min(_share(support, np.ones(len(support.coherence), dtype=bool)), fit.agreement)


def _share(support: Support, chosen: NDArray[np.bool_]) -> float:
    """Share of the sides of the chosen chips that are seen; sides on or outside the image's border don't count."""
    expected = ~np.isnan(support.coherence[chosen])
    return float(support.seen()[chosen][expected].mean()) if expected.any() else 0.0


def _snapped(grid: Grid, fit: EdgeFit, confidence: float) -> PlacedGrid:
    """The fitted grid; upright on whole pixels where its outer corners are that near to it."""
    matrix = fit.place
    rim = np.array(grid.origin) + np.array(grid.extent) * np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    middle = np.array(grid.origin) + np.array(grid.extent) / 2
    shift = np.rint(matrix[:, :2] @ middle + matrix[:, 2] - middle)
    upright = np.hstack([np.eye(2), shift[:, None]])
    off = np.abs(rim @ (matrix - upright)[:, :2].T + (matrix - upright)[:, 2]).max()
    if off < _SNAP_PX:
        matrix = upright
    a, b, c, d, e, f = (float(v) for v in matrix.ravel())
    return PlacedGrid(grid, (a, b, c, d, e, f), fit.residual_px, confidence)


def _refuse_doubtful(image: WaferImage, placed: PlacedGrid) -> None:
    grid = placed.grid
    if placed.confidence < CONFIDENCE_LIMIT or not np.isfinite(placed.residual_px):
        found = f"does not show the recipe's grid of {grid.columns} x {grid.rows} chips"
        sure = f"{placed.confidence:.0%} of the chip edges found, {CONFIDENCE_LIMIT:.0%} needed"
        raise refusal(image.source_name, f"{found} ({sure})", _REMEDY)
    scale = np.linalg.norm(placed.affine[:, :2], axis=0)
    turn = abs(math.degrees(math.atan2(placed.matrix[3], placed.matrix[0])))
    if np.abs(scale - 1).max() > MAX_SCALE or turn > _TURN_LIMIT:
        found = f"shows chips {scale[0]:.1%} wide and {scale[1]:.1%} high of the recipe's, turned by {turn:.1f} degrees"
        raise refusal(image.source_name, found, _REMEDY)
    corners = np.concatenate([placed.corners(chip) for chip in placed.chip_ids()])
    beyond = max(-corners.min(), (corners - (image.width, image.height)).max())
    if beyond > _OVERHANG_PX:
        raise refusal(image.source_name, f"cuts chips off at its border ({beyond:.0f} pixels)", _REMEDY)


def _refuse_incomplete(image: WaferImage, sides: SideMap, placed: PlacedGrid) -> None:
    grid, place = placed.grid, placed.affine
    ids = np.array(grid.chip_ids())
    support = side_support(sides, grid, place, grid.chip_ids())
    for axis, kind in ((0, "column"), (1, "row")):
        for line in {int(ids[:, axis].min()), int(ids[:, axis].max())}:
            if _share(support, ids[:, axis] == line) < _LINE_LIMIT:
                raise refusal(image.source_name, f"shows too few chips in {kind} {line} of the recipe's grid", _REMEDY)
    _refuse_other_lattice(image, sides, placed)


def _refuse_other_lattice(image: WaferImage, sides: SideMap, placed: PlacedGrid) -> None:
    """Chips go on beyond the grid, or are a half or a third of the recipe's: another product."""
    grid, place = placed.grid, placed.affine
    size = f"the recipe's grid of {grid.columns} x {grid.rows}"
    ring = ring_chips(grid)
    whole = side_support(sides, grid, place, ring).whole()
    for kind, beyond in _ring_lines(grid, ring).items():
        if whole[beyond].mean() >= _RING_LIMIT:
            raise refusal(image.source_name, f"has more chips than {size} (beyond its {kind})", _REMEDY)
    for parts in (2, 3):
        finer = _finer(grid, parts)
        if min(finer.chip) * 2.0**-sides.level < _LEAST_CHIP:
            return
        support = side_support(sides, finer, place, finer.chip_ids())
        if _share(support, np.ones(len(support.coherence), dtype=bool)) > _FINER_LIMIT:
            raise refusal(image.source_name, f"has smaller chips than {size}", _REMEDY)


def _finer(grid: Grid, parts: int) -> Grid:
    """The grid whose chips are a half or a third as wide and high, with the same streets."""
    pitch = (grid.pitch[0] / parts, grid.pitch[1] / parts)
    chip = (grid.chip[0] + pitch[0] - grid.pitch[0], grid.chip[1] + pitch[1] - grid.pitch[1])
    split = range(parts)
    missing = frozenset(ChipId(c * parts + i, r * parts + j) for c, r in grid.missing for i in split for j in split)
    return Grid(grid.columns * parts, grid.rows * parts, chip, pitch, grid.origin, missing)


def _ring_lines(grid: Grid, ring: list[ChipId]) -> dict[str, NDArray[np.bool_]]:
    at = np.array(ring)
    inside_x = (at[:, 0] >= 0) & (at[:, 0] < grid.columns)
    inside_y = (at[:, 1] >= 0) & (at[:, 1] < grid.rows)
    return {
        "left side": inside_y & (at[:, 0] < 0),
        "right side": inside_y & (at[:, 0] >= grid.columns),
        "top": inside_x & (at[:, 1] < 0),
        "bottom": inside_x & (at[:, 1] >= grid.rows),
    }
