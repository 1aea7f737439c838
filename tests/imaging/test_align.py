"""The grid is found where it lies, to a fraction of a pixel, or the image is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from imaging_fakes import GRID, Pixels, corner_errors, moved, textured, wafer_pixels, working_copy

from inspector.imaging import cv2
from inspector.imaging.alignment.align import align
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def found_in(folder: Path, pixels: Pixels, grid: Grid = GRID) -> PlacedGrid:
    with working_copy(folder, pixels) as image:
        return align(image, grid, search=True)


def refusal_of(folder: Path, pixels: Pixels, grid: Grid = GRID) -> str:
    with pytest.raises(ImageError, match=r"wafer\.tif") as caught:
        found_in(folder, pixels, grid)
    assert "choose this product's recipe" in str(caught.value)
    return str(caught.value)


def test_that_without_search_the_recipes_numbers_stand(tmp_path: Path) -> None:
    with working_copy(tmp_path, wafer_pixels()) as image:
        assert align(image, GRID, search=False) == PlacedGrid(GRID)


@pytest.mark.parametrize("search", [False, True])
def test_that_an_image_smaller_than_the_grid_is_refused_with_both_sizes(tmp_path: Path, search: bool) -> None:
    with (
        working_copy(tmp_path, wafer_pixels()[:, :600]) as image,
        pytest.raises(ImageError, match=r"is 600 x 488 pixels, but the recipe's grid needs \d+ x \d+"),
    ):
        align(image, GRID, search=search)


@pytest.mark.parametrize(
    ("turn", "scale"), [(-3.0, 0.98), (-3.0, 1.02), (-0.5, 1.0), (0.02, 1.0), (1.3, 0.995), (3.0, 0.98), (3.0, 1.02)]
)
def test_that_turn_scale_and_shift_are_found(tmp_path: Path, turn: float, scale: float) -> None:
    seen, truth = moved(wafer_pixels(), turn=turn, scale=scale, shift=(7.3, -11.6), margin=60)

    placed = found_in(tmp_path, seen)

    assert corner_errors(placed, truth).max() < 0.3
    assert placed.confidence > 0.9
    assert placed.residual_px < 0.3


@pytest.mark.parametrize("margins", [(0, 300, 700, 0), (56, 0, 0, 45), (400, 400, 400, 400)])
def test_that_a_margin_of_any_size_does_not_shift_the_names_of_chips(
    tmp_path: Path, margins: tuple[int, int, int, int]
) -> None:
    left, right, top, bottom = margins
    seen = np.pad(wafer_pixels(), ((top, bottom), (left, right)), constant_values=60)

    assert found_in(tmp_path, seen).matrix == (1.0, 0.0, left, 0.0, 1.0, top)


def test_that_the_polarity_of_the_streets_does_not_matter(tmp_path: Path) -> None:
    seen, truth = moved(wafer_pixels(), turn=1.1, margin=40)

    assert corner_errors(found_in(tmp_path, 255 - seen), truth).max() < 0.5


def test_that_chips_darker_and_brighter_than_the_streets_are_found_together(tmp_path: Path) -> None:
    pixels = wafer_pixels()
    for chip in GRID.chip_ids()[::2]:
        x, y = (round(v) for v in GRID.corners(chip)[0])
        pixels[y : y + 80, x : x + 100] //= 8
    seen, truth = moved(pixels, turn=-1.4, margin=40)

    assert corner_errors(found_in(tmp_path, seen), truth).max() < 0.5


def test_that_blur_noise_and_faint_contrast_are_withstood(tmp_path: Path) -> None:
    seen, truth = moved(wafer_pixels(), turn=0.8, scale=0.99, margin=40)
    faint = 100 + 0.25 * cv2.GaussianBlur(seen, (0, 0), 1.5)
    noisy = np.clip(faint + np.random.default_rng(0).normal(0, 3, seen.shape), 0, 255).astype(np.uint8)

    assert corner_errors(found_in(tmp_path, noisy), truth).max() < 1.0


def test_that_a_disc_with_missing_corner_chips_is_found(tmp_path: Path) -> None:
    missing = frozenset(ChipId(c, r) for c in (0, 5) for r in (0, 4))
    grid = Grid(GRID.columns, GRID.rows, GRID.chip, GRID.pitch, GRID.origin, missing)
    seen, truth = moved(wafer_pixels(grid), turn=2.0, shift=(30, 20), margin=90)

    assert corner_errors(found_in(tmp_path, seen, grid), truth).max() < 0.5


def test_that_a_few_lost_chips_do_not_stop_the_wafer(tmp_path: Path) -> None:
    lost = frozenset({ChipId(0, 1), ChipId(2, 2), ChipId(3, 4), ChipId(4, 0)})
    partly = Grid(GRID.columns, GRID.rows, GRID.chip, GRID.pitch, GRID.origin, lost)
    seen, truth = moved(wafer_pixels(partly), turn=-0.7, margin=30)

    assert corner_errors(found_in(tmp_path, seen), truth).max() < 0.5


def test_that_chips_broken_along_an_edge_do_not_pull_the_grid(tmp_path: Path) -> None:
    pixels = wafer_pixels()
    for chip in GRID.chip_ids()[::4]:
        x, y = (round(v) for v in GRID.corners(chip)[0])
        pixels[y : y + 80, x : x + 3] = 60
    seen, truth = moved(pixels, turn=0.9, margin=40)

    assert corner_errors(found_in(tmp_path, seen), truth).max() < 0.15


def test_that_an_upright_image_snaps_to_whole_pixels_so_that_chips_are_exact_copies(tmp_path: Path) -> None:
    pixels = wafer_pixels()

    placed = found_in(tmp_path, pixels)

    assert placed.matrix == IDENTITY


def test_that_colour_wafers_are_aligned_too(tmp_path: Path) -> None:
    seen, truth = moved(wafer_pixels(), turn=1.0, margin=40)
    colour = np.stack([seen, seen // 2, seen // 3], axis=2)

    assert corner_errors(found_in(tmp_path, colour), truth).max() < 0.5


def plain(value: int) -> Pixels:
    return np.full((600, 800), value, np.uint8)


WRONG: dict[str, Pixels] = {
    "black": plain(0),
    "white": plain(255),
    "gradient": np.tile(np.linspace(0, 255, 800).astype(np.uint8), (600, 1)),
    "noise": np.random.default_rng(0).integers(0, 256, (600, 800), dtype=np.uint8),
    "texture": textured(600, 800)[:, :, 0],
    "coarse texture": cv2.resize(textured(60, 80)[:, :, 0], (800, 600)),
    "one chip enlarged": cv2.resize(wafer_pixels()[24:104, 30:130], (800, 600)),
}


@pytest.mark.parametrize("kind", WRONG)
def test_that_an_image_without_the_grid_is_refused(tmp_path: Path, kind: str) -> None:
    assert "does not show the recipe's grid of 6 x 5 chips" in refusal_of(tmp_path, WRONG[kind])


def test_that_fewer_chips_on_a_large_background_are_refused(tmp_path: Path) -> None:
    four = Grid(4, 4, GRID.chip, GRID.pitch, GRID.origin)

    assert "does not show" in refusal_of(tmp_path, np.pad(wafer_pixels(four), 200, constant_values=60))


@pytest.mark.parametrize(("columns", "rows", "line"), [(5, 5, "column"), (6, 4, "row")])
def test_that_a_missing_outer_line_is_named(tmp_path: Path, columns: int, rows: int, line: str) -> None:
    smaller = Grid(columns, rows, GRID.chip, GRID.pitch, GRID.origin)
    seen, _ = moved(wafer_pixels(smaller), turn=0.6, margin=130)

    assert f"too few chips in {line}" in refusal_of(tmp_path, seen)


@pytest.mark.parametrize(("columns", "rows"), [(7, 5), (6, 6), (9, 8), (12, 10)])
@pytest.mark.parametrize("margin", [24, 12])
def test_that_more_chips_than_the_recipe_has_are_refused(tmp_path: Path, columns: int, rows: int, margin: int) -> None:
    larger = Grid(columns, rows, GRID.chip, GRID.pitch, GRID.origin)

    assert "more chips" in refusal_of(tmp_path, wafer_pixels(larger, margin=margin))


@pytest.mark.parametrize("scale", [0.93, 0.955, 1.045, 1.07])
def test_that_another_pitch_is_refused(tmp_path: Path, scale: float) -> None:
    seen, _ = moved(wafer_pixels(), scale=scale, margin=80)

    refusal_of(tmp_path, seen)


def test_that_chips_of_half_the_pitch_are_refused(tmp_path: Path) -> None:
    half = Grid(12, 10, (44, 35), (56, 45), GRID.origin)

    assert "smaller chips" in refusal_of(tmp_path, wafer_pixels(half))


def test_that_a_quarter_turn_is_refused(tmp_path: Path) -> None:
    seen = np.pad(np.rot90(wafer_pixels()), 150, constant_values=60)

    refusal_of(tmp_path, np.ascontiguousarray(seen))


def test_that_chips_cut_off_at_the_border_are_refused(tmp_path: Path) -> None:
    refusal_of(tmp_path, np.ascontiguousarray(wafer_pixels()[:, 36:]))
