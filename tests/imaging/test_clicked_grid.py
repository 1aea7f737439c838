"""Three clicks give a wafer's whole grid: chips between them are counted, and their edges are found from there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from imaging_fakes import GRID, moved, wafer_pixels
from numpy.typing import NDArray

from inspector.imaging.alignment.clicked_grid import Clicks, chips_between, clicked_grid, image_edges, whole_grid
from inspector.imaging.alignment.levels import CoarseLevels
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.recipe import GridSection

HAND = np.array([(1.4, -1.1), (-1.2, 0.9), (1.0, 1.3)])  # px that a person clicks beside the corners


def clicks_on(truth: NDArray[np.float64], near: ChipId, far: ChipId, corner: int = 0) -> Clicks:
    matrix = tuple(float(v) for v in truth.ravel())
    placed = PlacedGrid(GRID, matrix)
    at = [placed.corners(near)[corner], placed.corners(near)[(corner + 2) % 4], placed.corners(far)[corner]]
    return Clicks(*(tuple(map(float, point)) for point in np.array(at) + HAND))


@pytest.mark.parametrize("turn", [0.0, 2.1, -1.4])
@pytest.mark.parametrize(
    ("near", "far"),
    [
        (ChipId(0, 2), ChipId(5, 2)),
        (ChipId(4, 1), ChipId(1, 1)),
        (ChipId(3, 0), ChipId(3, 4)),
        (ChipId(0, 0), ChipId(5, 4)),
    ],
)
def test_that_chips_are_counted_and_the_grid_finds_every_chip(turn: float, near: ChipId, far: ChipId) -> None:
    seen, truth = moved(wafer_pixels(), turn=turn, margin=60)
    image = CoarseLevels.of(seen, "wafer.tif")
    clicks, edges = clicks_on(truth, near, far), image_edges(image)

    between = chips_between(edges, clicks)
    placed = whole_grid(image, edges, clicked_grid(edges, clicks, *between))

    assert between == (far.column - near.column, far.row - near.row)
    assert (placed.grid.columns, placed.grid.rows, placed.grid.missing) == (6, 5, frozenset())
    real = PlacedGrid(GRID, tuple(float(v) for v in truth.ravel()))
    for chip in GRID.chip_ids():
        assert np.abs(placed.corners(chip) - real.corners(chip)).max() < 1.0


def test_that_a_round_wafer_is_filled_from_one_row_to_all_of_its_chips() -> None:
    disc = GridSection(columns=21, rows=21, chip=(40, 30), pitch=(46, 39), origin=(40, 40), shape="disc").grid()
    image = CoarseLevels.of(wafer_pixels(disc), "wafer.tif")
    edges, placed = image_edges(image), PlacedGrid(disc)
    near, far = placed.corners(ChipId(3, 10)), placed.corners(ChipId(17, 10))
    clicks = Clicks(tuple(near[0] + HAND[0]), tuple(near[2] + HAND[1]), tuple(far[0] + HAND[2]))

    found = whole_grid(image, edges, clicked_grid(edges, clicks, *chips_between(edges, clicks)))

    assert (found.grid.columns, found.grid.rows) == (21, 21)
    assert found.grid.missing == disc.missing
    assert np.allclose(found.grid.pitch, (46, 39), atol=0.05), "the streets between rows are wider than between columns"
    assert found.residual_px < 1.0


def test_that_a_picture_without_chips_is_refused() -> None:
    image = CoarseLevels.of(np.random.default_rng(0).integers(0, 256, (600, 800), dtype=np.uint8), "noise.tif")
    edges = image_edges(image)
    clicks = Clicks((100.0, 100.0), (180.0, 160.0), (500.0, 100.0))

    columns, rows = chips_between(edges, clicks)

    assert (math.ceil(400 / 80 / 1.6) <= columns <= 5, rows) == (True, 0)
    with pytest.raises(ImageError, match=r"noise\.tif"):
        whole_grid(image, edges, clicked_grid(edges, clicks, columns, rows))
