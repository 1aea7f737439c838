"""The grid is found in real modules with known corners and in laser wafers with known truth."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from imaging_fakes import Pixels, corner_errors, plain_recipe, working_copy
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.align import align
from inspector.imaging.chips import cut_chip
from inspector.imaging.source import read_image
from inspector.imaging.synthetic import synthesize
from inspector.imaging.synthetic.character import lot_character, wafer_character
from inspector.imaging.synthetic.layout import layout
from inspector.imaging.synthetic.optics import turned
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.paths import resource
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.recipe_file import read_recipe

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
ELPV = Path(__file__).parents[1] / "recipes" / "elpv.toml"
UPRIGHT = ["module_00_mono", "module_03_poly"]
TURNED = ["module_01_mono", "module_02_mono", "module_04_poly", "module_05_poly"]


def refusal_of(folder: Path, pixels: Pixels, grid: Grid) -> str:
    with (
        working_copy(folder, pixels) as image,
        pytest.raises(ImageError, match=r"wafer\.tif") as caught,
    ):
        align(image, grid, search=True)
    return str(caught.value)


def real_copy(folder: Path, source: Path) -> WaferImage:
    for _ in make_working_copy(source, folder / "copy.tif", plain_recipe()):
        pass
    return WaferImage.open(folder / "copy.tif")


def true_corners(real_images: Path, module: str) -> dict[ChipId, NDArray[np.float64]]:
    with (real_images / "elpv" / "regions" / "regions.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["image"] == f"{module}.png"]
    names = ("tl", "tr", "br", "bl")
    return {
        ChipId(int(r["col"]), int(r["row"])): np.array([[float(r[f"x_{n}"]), float(r[f"y_{n}"])] for n in names])
        for r in rows
    }


@pytest.mark.parametrize("module", UPRIGHT + TURNED)
def test_that_every_corner_of_a_real_module_is_within_a_pixel(tmp_path: Path, real_images: Path, module: str) -> None:
    truth = true_corners(real_images, module)
    grid = read_recipe(ELPV).grid.grid()

    with real_copy(tmp_path, real_images / "elpv" / "regions" / f"{module}.png") as image:
        placed = align(image, grid, search=True)

    errors = np.concatenate([np.linalg.norm(placed.corners(i) - truth[i], axis=1) for i in placed.chip_ids()])
    assert len(errors) == 240
    assert np.median(errors) < 0.3
    assert errors.max() < 1.0
    assert (placed.matrix == IDENTITY) == (module in UPRIGHT)


def test_that_chips_of_an_upright_real_module_are_exact_copies(tmp_path: Path, real_images: Path) -> None:
    source = real_images / "elpv" / "regions" / "module_00_mono.png"
    pixels = read_image(source, 1)
    grid = read_recipe(ELPV).grid.grid()

    with real_copy(tmp_path, source) as image:
        placed = align(image, grid, search=True)
        for chip in placed.chip_ids():
            x, y = 12 + 312 * chip.column, 12 + 312 * chip.row
            assert np.array_equal(cut_chip(image, placed, chip), pixels[y : y + 300, x : x + 300])


def wrong_module(kind: str, module: Pixels) -> Pixels:
    if kind == "single cell":
        return module[12:312, 12:312]
    if kind == "single cell enlarged":
        return cv2.resize(module[12:312, 12:312], (3132, 1884))
    if kind == "4 x 4 cells":
        return module[:1260, :1260]
    if kind == "4 x 4 cells on black":
        return np.pad(module[:1260, :1260], ((300, 324), (500, 1372)), constant_values=6)
    if kind == "11 x 6 cells":
        return np.hstack([module, module[:, 12:324]])
    if kind == "10 x 7 cells":
        return np.vstack([module, module[12:324]])
    if kind == "last column dark":
        return np.where(np.arange(3132) < 2814, module, np.uint8(6)).astype(np.uint8)
    return np.rot90(module)


@pytest.mark.parametrize(
    "kind",
    [
        "single cell",
        "single cell enlarged",
        "4 x 4 cells",
        "4 x 4 cells on black",
        "11 x 6 cells",
        "10 x 7 cells",
        "last column dark",
        "quarter turn",
    ],
)
def test_that_real_cells_that_are_not_this_grid_are_refused(tmp_path: Path, real_images: Path, kind: str) -> None:
    module = read_image(real_images / "elpv" / "regions" / "module_00_mono.png", 1)[:, :, 0]

    refusal_of(tmp_path, np.ascontiguousarray(wrong_module(kind, module)), read_recipe(ELPV).grid.grid())


def test_that_real_boards_and_steel_are_refused(tmp_path: Path, real_images: Path) -> None:
    grid = read_recipe(ELPV).grid.grid()
    board = sorted((real_images / "deeppcb").rglob("*.jpg"))[0]
    steel = sorted((real_images / "xsdd").rglob("*.jpg"))[:60]
    tiles = [cv2.resize(read_image(path, 1)[:, :, 0], (312, 312)) for path in steel]
    mosaic = np.vstack([np.hstack(tiles[n : n + 10]) for n in range(0, 60, 10)])

    refusal_of(tmp_path, cv2.resize(read_image(board, 1)[:, :, 0], (3132, 1884)), grid)
    refusal_of(tmp_path, np.pad(mosaic, 6), grid)


@pytest.mark.parametrize(("seed", "size"), [(2, (6, 5, 256)), (5, (5, 4, 96)), (8, (8, 8, 128))])
def test_that_synthetic_laser_wafers_are_found(tmp_path: Path, seed: int, size: tuple[int, int, int]) -> None:
    columns, rows, chip = size
    recipe = read_recipe(resource("recipes", "laser-wafer.toml"))
    for _ in synthesize(tmp_path, recipe, wafers=1, seed=seed, columns=columns, rows=rows, chip=chip):
        pass
    drawn = read_recipe(tmp_path / "recipe.toml")
    place, wafer = layout(drawn), wafer_character(seed, 0, lot_character(seed, 0))

    with real_copy(tmp_path, next(tmp_path.glob("L*.tif"))) as image:
        placed = align(image, drawn.grid.grid(), search=True)

    assert corner_errors(placed, turned(wafer.turn, place.centre, wafer.shift)).max() < 0.5
    assert placed.confidence > 0.9
