"""Finds where the recipe's grid really lies in a wafer image, or refuses the image."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alignment import align_checks as checks
from inspector.imaging.alignment.align_checks import CONFIDENCE_LIMIT, GridDoubtError
from inspector.imaging.alignment.chip_names import Naming, by_chips, by_distance, by_fiducials
from inspector.imaging.alignment.chip_sides import SideMap, side_map, side_support
from inspector.imaging.alignment.edge_fit import EdgeFit, fit_edges
from inspector.imaging.alignment.grid_search import rough_places, search_level
from inspector.imaging.alignment.levels import Levels
from inspector.imaging.alignment.wafer_edge import WaferEdge, find_edge, mark_side
from inspector.wafer.area_section import WaferSection
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.outline import Outline
from inspector.wafer.placing import cut_chips, shifted

__all__ = ["CONFIDENCE_LIMIT", "GridDoubtError", "align"]

_SNAP_PX = 0.3  # an upright grid this near to whole pixels is on them: chips are then exact copies
_EDGE_NAMES = ("edge", "notch", "flat")


@dataclass(frozen=True)
class _Search:
    """One image that is being looked at. outline: the recipe's, in grid px."""

    image: Levels
    grid: Grid
    area: WaferSection
    outline: Outline | None
    sides: SideMap

    def usable(self, place: NDArray[np.float64], outline: Outline | None) -> list[ChipId]:
        """The expected chips that are whole at a place; all of them where there would be too few to tell anything."""
        placed = PlacedGrid(self.grid, _row_major(place))
        cut = cut_chips(placed, (self.image.width, self.image.height), outline)
        expected = self.grid.chip_ids()
        whole = [chip for chip in expected if chip not in cut]
        return whole if 4 * len(whole) >= len(expected) else expected

    def fitted(self, place: NDArray[np.float64], outline: Outline | None, level: int) -> EdgeFit:
        chips = self.usable(place, outline)
        polarity = side_support(self.sides, self.grid, place, chips).polarity()
        return fit_edges(self.image, self.grid, place, chips, level, polarity)


def align(
    image: Levels,
    grid: Grid,
    *,
    search: bool,
    area: WaferSection | None = None,
    um_per_px: float | None = None,
) -> PlacedGrid:
    """The grid as it lies in the image.

    search False: the recipe's numbers as they are. search True: found in the image, turned up to 3 degrees, scaled up
    to 2 %, shifted by two chips or less; column 0, row 0 is told by what `area` says, without it by the chips. Chips
    that the image's border or the wafer's outline cuts are `partial`. ImageError where the grid does not fit;
    GridDoubtError where the image does not say surely enough that, or where, it is there. RecipeError where `area` is
    in um and um_per_px is unknown.
    """
    area = area or WaferSection()
    outline = area.outline(grid, um_per_px)
    checks.refuse_too_small(image, grid, area.max_partial, search=search)
    if not search:
        return _with_partial(image, PlacedGrid(grid), area, outline)
    looked = _Search(image, grid, area, outline, side_map(image, search_level(image, grid)))
    rough = rough_places(looked.sides, grid)[0]
    if area.names_by != "chips":  # the pattern may go on and on: start from the shift nearest to the recipe's numbers
        near = by_distance(_off_place(grid, rough), grid, 1.0)
        rough = shifted(rough, grid, near.columns, near.rows)
    fit = looked.fitted(rough, None, looked.sides.level)
    edge = _edge(looked, fit.place)
    naming = _naming(looked, fit.place, edge)
    place, seen = fit.place, edge.outline if edge and edge.quality >= CONFIDENCE_LIMIT else None
    if naming.columns or naming.rows:
        place = shifted(place, grid, naming.columns, naming.rows)
        seen = _moved_outline(seen, grid, naming) if seen else None
    outline = seen or outline
    if outline or naming.columns or naming.rows:
        fit = looked.fitted(place, outline, min(1, looked.sides.level))
    return _checked(looked, fit, naming, outline)


def _checked(looked: _Search, fit: EdgeFit, naming: Naming, outline: Outline | None) -> PlacedGrid:
    """The placed grid, when every check has passed."""
    image, grid, area = looked.image, looked.grid, looked.area
    chips = looked.usable(fit.place, outline)
    lattice = checks.confidence(looked.sides, grid, fit, chips)
    placed = _snapped(grid, fit, min(lattice, naming.sure))
    checks.refuse_doubtful(image, replace(placed, confidence=lattice))
    alone = area.names_by == "chips"
    checks.refuse_other_lattice(image, looked.sides, placed, chips, alone=alone)
    if alone and outline is None:
        checks.refuse_incomplete(image, looked.sides, placed, chips)
    if area.names_by in ("notch", "flat") and outline is not None:
        side, visible = mark_side(image, fit.place, outline, area.names_by)
        checks.refuse_mark(image, placed, area, side, visible)
    checks.refuse_unnamed(image, placed, naming, area)
    return _with_partial(image, placed, area, outline)


def _with_partial(image: Levels, placed: PlacedGrid, area: WaferSection, outline: Outline | None) -> PlacedGrid:
    size = (image.width, image.height)
    checks.refuse_cut(image, placed, cut_chips(placed, size) - _outside(placed, outline), area.max_partial)
    return replace(placed, partial=cut_chips(placed, size, outline))


def _outside(placed: PlacedGrid, outline: Outline | None) -> frozenset[ChipId]:
    """The chips that the outline leaves out wherever the image ends."""
    far = 1 << 30
    everywhere = replace(placed, matrix=(1.0, 0.0, far / 2, 0.0, 1.0, far / 2))
    return cut_chips(everywhere, (far, far), outline) if outline else frozenset()


def _edge(looked: _Search, place: NDArray[np.float64]) -> WaferEdge | None:
    if looked.outline is None:
        return None
    sized = looked.area.shape != "circle" or looked.area.diameter is not None
    return find_edge(looked.image, looked.grid, place, looked.outline, sized=sized)


def _naming(looked: _Search, place: NDArray[np.float64], edge: WaferEdge | None) -> Naming:
    """What the recipe trusts to name the chips, asked."""
    grid, area = looked.grid, looked.area
    if area.names_by in _EDGE_NAMES and edge is not None and looked.outline is not None:
        off = np.array(edge.outline.centre) - np.array(looked.outline.centre)
        return by_distance(off, grid, edge.quality)
    if area.names_by == "fiducials":
        marks = [ChipId(*mark) for mark in area.fiducials]
        return by_fiducials(looked.image, looked.sides, grid, place, marks)
    if area.names_by == "place":
        return by_distance(_off_place(grid, place), grid, 1.0)
    return by_chips(looked.sides, grid, place, alone=area.names_by == "chips")


def _off_place(grid: Grid, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """(x, y) grid px from the grid's middle to the point that lies where the recipe's numbers have that middle."""
    middle = np.array(grid.origin) + np.array(grid.extent) / 2
    return np.asarray(np.linalg.solve(place[:, :2], middle - place[:, 2]) - middle, dtype=np.float64)


def _moved_outline(outline: Outline, grid: Grid, naming: Naming) -> Outline:
    x, y = outline.centre
    return replace(outline, centre=(x - naming.columns * grid.pitch[0], y - naming.rows * grid.pitch[1]))


def _row_major(place: NDArray[np.float64]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = (float(v) for v in place.ravel())
    return a, b, c, d, e, f


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
    return PlacedGrid(grid, _row_major(matrix), fit.residual_px, confidence)
