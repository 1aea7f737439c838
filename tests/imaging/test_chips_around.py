"""A chip is shown with its neighbours: the same pixels, in their places."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inspector.imaging import cv2
from inspector.imaging.chips import cut_chip
from inspector.imaging.chips_around import around_size, cut_around
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.recipe import Recipe

RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"columns": 4, "rows": 4, "chip": (20, 24), "pitch": (22, 26), "origin": (3, 5), "align": False},
        "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
    }
)
PLACED = PlacedGrid(RECIPE.grid.grid())


def wafer(folder: Path) -> WaferImage:
    pixels = np.random.default_rng(0).integers(0, 255, (115, 95), dtype=np.uint8)
    source = folder / "w.png"
    source.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    list(make_working_copy(source, folder / "w.tif", RECIPE))
    return WaferImage.open(folder / "w.tif")


def test_that_the_chip_stands_in_the_middle_of_its_neighbours(tmp_path: Path) -> None:
    with wafer(tmp_path) as image:
        around = cut_around(image, PLACED, ChipId(1, 2), 1000)
        chips = {(c, r): cut_chip(image, PLACED, ChipId(c, r)) for c in (0, 1, 2) for r in (1, 2, 3)}

    assert around.shape == (76, 64, 1) == (*map(int, reversed(around_size(PLACED.grid))), 1)
    for (column, row), pixels in chips.items():
        x, y = column * 22, (row - 1) * 26
        assert np.array_equal(around[y : y + 24, x : x + 20], pixels)


def test_that_nothing_lies_beyond_the_edge_of_the_image(tmp_path: Path) -> None:
    with wafer(tmp_path) as image:
        around = cut_around(image, PLACED, ChipId(0, 0), 1000)

    assert not around[:21].any()
    assert not around[:, :19].any()
    assert around[26:50, 22:42].any()


def test_that_a_large_neighbourhood_is_made_smaller(tmp_path: Path) -> None:
    with wafer(tmp_path) as image:
        assert max(cut_around(image, PLACED, ChipId(1, 1), 38).shape) == 38
