from __future__ import annotations

import math

import numpy as np
import pytest

from inspector.wafer.grid import ChipId, Grid, PlacedGrid

GRID = Grid(3, 2, (20, 16), (24, 20), (5, 7), frozenset({ChipId(2, 1)}))


def _turned(degrees: float, scale: float = 1.0) -> PlacedGrid:
    c, s = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    return PlacedGrid(GRID, (c, -s, 40.0, s, c, -11.0))


def test_that_chips_are_listed_row_by_row_without_missing_places() -> None:
    assert GRID.chip_ids() == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)]


def test_that_corners_go_clockwise_from_the_top_left() -> None:
    np.testing.assert_array_equal(GRID.corners(ChipId(1, 1)), [[29, 27], [49, 27], [49, 43], [29, 43]])


def test_that_the_extent_ends_with_the_last_chip_and_not_its_street() -> None:
    assert GRID.extent == (2 * 24 + 20, 1 * 20 + 16)


def test_that_an_upright_grid_lies_where_the_recipe_says() -> None:
    np.testing.assert_array_equal(PlacedGrid(GRID).corners(ChipId(2, 0)), GRID.corners(ChipId(2, 0)))


def test_that_a_quarter_turn_moves_corners_as_it_must() -> None:
    corners = _turned(90).corners(ChipId(0, 0))

    np.testing.assert_allclose(corners, [[33, -6], [33, 14], [17, 14], [17, -6]], atol=1e-9)


@pytest.mark.parametrize("placed", [PlacedGrid(GRID), _turned(3.0, 1.02), _turned(-170.0, 0.5)])
def test_that_the_chip_under_its_own_middle_is_that_chip(placed: PlacedGrid) -> None:
    for chip in placed.chip_ids():
        assert placed.chip_at(*placed.corners(chip).mean(axis=0)) == chip


@pytest.mark.parametrize(
    ("x", "y"),
    [(26, 10), (10, 24), (4.9, 10), (10, 6.9), (-10, -10), (77, 10), (500, 10), (10, 500), (60, 30)],
    ids=["street", "street below", "left", "above", "far left", "last street", "right", "below", "missing place"],
)
def test_that_no_chip_lies_in_a_street_outside_or_at_a_missing_place(x: float, y: float) -> None:
    assert PlacedGrid(GRID).chip_at(x, y) is None


def test_that_a_chip_owns_its_top_left_edge_and_not_its_bottom_right() -> None:
    assert PlacedGrid(GRID).chip_at(5, 7) == (0, 0)
    assert PlacedGrid(GRID).chip_at(24.999, 22.999) == (0, 0)
    assert PlacedGrid(GRID).chip_at(25, 10) is None


def test_that_chips_to_judge_are_counted_as_they_are_named() -> None:
    beyond = ChipId(9, 9)
    placed = PlacedGrid(GRID, partial=frozenset({ChipId(0, 0), ChipId(2, 1)}), not_imaged=frozenset({beyond}))

    assert placed.chip_count == len(placed.chip_ids()) == 4
