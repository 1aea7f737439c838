"""Grids placed by hand, the chips that this moves, and the chips that something cuts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from inspector.wafer.area_section import WaferSection
from inspector.wafer.errors import InspectorError, RecipeError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.outline import Outline
from inspector.wafer.placing import cut_chips, grid_from_clicks, grid_from_corners, moved_chips

GRID = Grid(6, 5, (100, 80), (112, 90), (30, 24))
TURNED = PlacedGrid(GRID, (0.99, -0.03, 5.0, 0.03, 0.99, 7.0))
SKEWED = PlacedGrid(GRID, (1.01, -0.02, 5.0, 0.03, 0.98, 7.0))


def dragged(placed: PlacedGrid, *corners: tuple[int, int, int]) -> dict[ChipId, dict[int, tuple[float, float]]]:
    """Where the given (column, row, corner) lie in a placed grid."""
    found: dict[ChipId, dict[int, tuple[float, float]]] = {}
    for column, row, corner in corners:
        x, y = placed.corners(ChipId(column, row))[corner]
        found.setdefault(ChipId(column, row), {})[corner] = (float(x), float(y))
    return found


def test_that_two_corners_give_turn_scale_and_shift() -> None:
    placed = grid_from_corners(GRID, dragged(TURNED, (0, 0, 0), (5, 4, 2)))

    assert np.allclose(placed.matrix, TURNED.matrix)
    assert placed.residual_px < 1e-9


def test_that_three_corners_give_any_affine_place() -> None:
    placed = grid_from_corners(GRID, dragged(SKEWED, (0, 0, 0), (5, 0, 1), (0, 4, 3)))

    assert np.allclose(placed.matrix, SKEWED.matrix)


def test_that_three_corners_on_one_line_do_not_skew_the_grid() -> None:
    placed = grid_from_corners(GRID, dragged(TURNED, (0, 0, 0), (3, 0, 0), (5, 0, 1)))

    assert np.allclose(placed.matrix, TURNED.matrix)


def test_that_more_corners_are_balanced_and_their_disagreement_is_told() -> None:
    corners = dragged(TURNED, (0, 0, 0), (5, 0, 1), (0, 4, 3), (5, 4, 2))
    x, y = corners[ChipId(5, 4)][2]
    corners[ChipId(5, 4)][2] = (x + 4.0, y)

    assert 0.5 < grid_from_corners(GRID, corners).residual_px < 4.0


@pytest.mark.parametrize("corners", [{}, {ChipId(0, 0): {0: (3.0, 4.0)}}])
def test_that_one_corner_is_too_few(corners: dict[ChipId, dict[int, tuple[float, float]]]) -> None:
    with pytest.raises(InspectorError, match="two corners"):
        grid_from_corners(GRID, corners)


def test_that_only_chips_that_moved_by_more_than_the_limit_have_moved() -> None:
    before = PlacedGrid(GRID)
    stretched = PlacedGrid(GRID, (1.004, 0.0, 0.0, 0.0, 1.0, 0.0))  # 1 px at x = 250

    moved = moved_chips(before, stretched)

    assert {chip.column for chip in moved} == {2, 3, 4, 5}
    assert moved_chips(before, before) == frozenset()


def test_that_a_chip_without_a_place_before_has_moved() -> None:
    before = PlacedGrid(replace(GRID, missing=frozenset({ChipId(1, 1)})))

    assert moved_chips(before, PlacedGrid(GRID)) == {ChipId(1, 1)}


def test_that_border_and_outline_cut_chips() -> None:
    placed = PlacedGrid(GRID)
    outline = Outline((30 + 330, 24 + 220), (330.0, 330.0), exclusion=10.0)

    assert cut_chips(placed, (689, 500)) == frozenset()
    assert cut_chips(placed, (600, 500)) == {ChipId(5, r) for r in range(5)}
    assert cut_chips(placed, (10_000, 10_000), outline) == {ChipId(c, r) for c in (0, 5) for r in (0, 1, 3, 4)} | {
        ChipId(c, r) for c in (0, 5) for r in (2,)
    }


def test_that_three_clicks_in_one_row_give_the_whole_grid() -> None:
    turn = math.radians(1.2)
    matrix = (math.cos(turn), -math.sin(turn), 40.0, math.sin(turn), math.cos(turn), 12.0)
    truth = PlacedGrid(replace(GRID, pitch=(112, 92)), matrix)  # streets of 12 px both ways
    a, b = truth.corners(ChipId(1, 2))[0], truth.corners(ChipId(1, 2))[2]
    far = truth.corners(ChipId(4, 2))[0]

    placed = grid_from_clicks(tuple(a), tuple(b), tuple(far), 3, 0)

    assert np.allclose(placed.grid.chip, (100, 80))
    assert np.allclose(placed.grid.pitch, (112, 92))
    assert np.allclose(placed.corners(ChipId(3, 0)), truth.corners(ChipId(4, 2)))


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_that_the_corners_may_be_clicked_in_any_order(first: int) -> None:
    truth = PlacedGrid(GRID)
    near, far = truth.corners(ChipId(4, 3)), truth.corners(ChipId(1, 1))

    placed = grid_from_clicks(tuple(near[first]), tuple(near[(first + 2) % 4]), tuple(far[first]), -3, -2)

    assert np.allclose(placed.corners(ChipId(3, 2)), near)
    assert np.allclose(placed.corners(ChipId(0, 0)), far)


@pytest.mark.parametrize(("far", "columns"), [((300.0, 100.0), 0), ((120.0, 100.0), 1)])
def test_that_clicks_that_are_no_grid_are_refused(far: tuple[float, float], columns: int) -> None:
    with pytest.raises(InspectorError, match="click"):
        grid_from_clicks((100.0, 100.0), (200.0, 180.0), far, columns, 0)


def test_that_a_wafer_in_um_needs_the_scale() -> None:
    area = WaferSection.model_validate({"shape": "circle", "unit": "um", "diameter": 400.0, "edge_exclusion": 20.0})

    found = area.outline(GRID, 0.5)

    assert found is not None
    assert found.radii == (400.0, 400.0)
    assert found.exclusion == 40.0
    with pytest.raises(RecipeError, match="um_per_px"):
        area.outline(GRID, None)


@pytest.mark.parametrize(
    "values",
    [
        {"shape": "ellipse"},
        {"shape": "polygon", "points": [[0, 0], [1, 1]]},
        {"names_by": "edge"},
        {"names_by": "fiducials"},
        {"shape": "ellipse", "size": [9, 9], "names_by": "flat"},
        {"shape": "circle", "diameter": 10, "edge_exclusion": 6},
    ],
)
def test_that_a_wafer_section_that_can_not_work_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needs|circle|smaller"):
        WaferSection.model_validate(values)


@pytest.mark.parametrize("turned_round", [False, True])
def test_that_a_polygon_knows_its_inside_whichever_way_round(turned_round: bool) -> None:
    corners = ((-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0))
    square = Outline((100.0, 100.0), None, corners[::-1] if turned_round else corners)

    assert np.allclose(square.depth(np.array([[100, 100], [140, 100], [160, 100]])), [50, 10, -10])
    points, normals = square.border()
    assert (square.depth(points + normals) < 0).all()
    assert (square.depth(points - normals) > 0).all()


def test_that_a_flat_and_a_notch_cut_into_the_wafer() -> None:
    centre, radii = (0.0, 0.0), (100.0, 100.0)
    at = np.array([[0.0, 95.0], [0.0, -95.0]])

    assert (Outline(centre, radii, flat=90.0).depth(at) < 0).tolist() == [True, False]
    assert (Outline(centre, radii, notch=8.0, side="top").depth(at) < 0).tolist() == [False, True]
