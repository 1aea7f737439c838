"""The grid of an unknown wafer is measured, written for a recipe, and found again by that recipe."""

from __future__ import annotations

import math
import tomllib

import numpy as np
import pytest
from imaging_fakes import GRID, moved, textured, wafer_pixels

from inspector.imaging.alignment.align import align
from inspector.imaging.alignment.grid_measure import measured_grid
from inspector.imaging.alignment.levels import CoarseLevels
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.grid_text import grid_section, grid_toml, turn_degrees
from inspector.wafer.recipe import GridSection


@pytest.mark.parametrize(("turn", "scale", "negative"), [(0.0, 1.0, False), (-2.3, 1.0, False), (1.7, 0.93, True)])
def test_that_pitch_chip_size_turn_and_numbers_are_measured(turn: float, scale: float, negative: bool) -> None:
    seen, truth = moved(wafer_pixels(), turn=turn, scale=scale, margin=60)

    placed = measured_grid(CoarseLevels.of(255 - seen if negative else seen, "wafer.tif"))

    assert (placed.grid.columns, placed.grid.rows, placed.grid.missing) == (6, 5, frozenset())
    assert np.allclose(placed.grid.pitch, np.array(GRID.pitch) * scale, atol=0.1)
    assert np.allclose(placed.grid.chip, np.array(GRID.chip) * scale, atol=0.6)
    assert turn_degrees(placed) == pytest.approx(turn, abs=0.03)
    corner = truth[:, :2] @ GRID.origin + truth[:, 2]
    assert math.dist(placed.corners(ChipId(0, 0))[0], corner) < 1.0


def test_that_the_section_for_the_recipe_finds_the_grid_again() -> None:
    seen, _ = moved(wafer_pixels(), turn=1.2, margin=60)
    levels = CoarseLevels.of(seen, "wafer.tif")
    measured = measured_grid(levels)

    section = GridSection.model_validate(tomllib.loads(grid_toml(grid_section(measured)))["grid"])
    placed = align(levels, section.grid(), search=True)

    assert section.chip == (100, 80)
    apart = [np.linalg.norm(placed.corners(c) - measured.corners(c), axis=1).max() for c in GRID.chip_ids()]
    assert max(apart) < 1.0


def test_that_empty_places_are_missing_and_a_disc_is_called_one() -> None:
    disc = GridSection(columns=9, rows=9, chip=(60, 60), pitch=(70, 70), origin=(40, 40), shape="disc")
    three = frozenset({ChipId(0, 0), ChipId(3, 2), ChipId(5, 4)})
    holes = Grid(6, 5, (100, 80), (112, 90), (30, 24), three)

    round_one = measured_grid(CoarseLevels.of(wafer_pixels(disc.grid()), "wafer.tif"))
    other = measured_grid(CoarseLevels.of(wafer_pixels(holes), "wafer.tif"))

    assert grid_section(round_one).shape == "disc"
    assert other.grid.missing == three
    assert grid_section(other).missing == ((0, 0), (3, 2), (5, 4))


@pytest.mark.parametrize(("columns", "rows"), [(6, 5), (6, None), (None, 5)])
def test_that_right_numbers_are_taken(columns: int | None, rows: int | None) -> None:
    placed = measured_grid(CoarseLevels.of(wafer_pixels(), "wafer.tif"), columns=columns, rows=rows)

    assert (placed.grid.columns, placed.grid.rows) == (6, 5)


@pytest.mark.parametrize(("columns", "rows"), [(4, 5), (12, 5), (6, 10), (3, None), (7, 6)])
def test_that_numbers_which_the_image_contradicts_are_refused(columns: int | None, rows: int | None) -> None:
    with pytest.raises(ImageError, match=r"wafer\.tif shows 6 x 5 chips, not"):
        measured_grid(CoarseLevels.of(wafer_pixels(), "wafer.tif"), columns=columns, rows=rows)


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((600, 800), 90, np.uint8),
        textured(600, 800)[:, :, 0],
        np.random.default_rng(0).integers(0, 256, (600, 800), dtype=np.uint8),
    ],
    ids=["plain", "texture", "noise"],
)
def test_that_an_image_without_a_grid_is_refused(pixels: np.ndarray) -> None:
    with pytest.raises(ImageError, match=r"wafer\.tif .*(shows no|does not show)"):
        measured_grid(CoarseLevels.of(pixels, "wafer.tif"))
