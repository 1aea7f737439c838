"""Cuts a whole image into partial shots, as a stage that misses its places by a few pixels would take them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tifffile

from inspector.imaging.pixels import Pixels
from inspector.imaging.source import open_source
from inspector.imaging.synthetic.layout import recipe_toml
from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe import Recipe
from inspector.wafer.source_sections import ShotsSection

OVERLAP, STAGE_ERROR = 0.05, 6


@dataclass(frozen=True)
class Shot:
    """One shot's file, and where its left top really lies in the whole image, px."""

    path: Path
    x: int
    y: int


@dataclass(frozen=True)
class Cutting:
    """columns, rows: shots across and down. overlap: share of a side. stage_error: px along x and y at most.

    noise: grey levels of each shot's own noise (standard deviation).
    """

    columns: int
    rows: int
    overlap: float = OVERLAP
    stage_error: int = STAGE_ERROR
    noise: float = 0.0

    def size(self, image: tuple[int, int]) -> tuple[int, int]:
        """Width and height of a shot; the outermost `stage_error` px of the image may be on none."""
        sides = zip(image, (self.columns, self.rows), strict=True)
        across, down = (int((px - 2 * self.stage_error - 1) / (1 + (n - 1) * (1 - self.overlap))) for px, n in sides)
        if min(across, down) * self.overlap < 1 or min(across, down) < 4 * self.stage_error:
            raise RecipeError(
                f"An image of {image[0]} x {image[1]} pixels is too small for these shots: ask for fewer."
            )
        return across, down


def asked_cutting(text: str, recipe: Recipe, dataset: bool) -> Cutting:
    """What `--shots CxR` asks for; RecipeError for anything but two numbers, and where there is no wafer to cut."""
    match = re.fullmatch(r"([1-9]\d{0,2})x([1-9]\d{0,2})", text)
    if match is None:
        raise RecipeError(f"{text!r} are no shots: write columns x rows, such as 6x4.")
    if dataset or recipe.is_whole:
        raise RecipeError("Only whole wafers are cut into shots: leave out --dataset, or name a recipe with a grid.")
    return Cutting(int(match[1]), int(match[2]))


def cut_shots(image: Path, folder: Path, recipe: Recipe, cutting: Cutting, seed: int) -> list[Shot]:
    """Writes `shot_r<row>_c<column>.tif` into `folder`; the same seed cuts the same shots. Returns the truth."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    shots = []
    with open_source(image, recipe.model_copy(update={"shots": None, "chip_files": None, "light": None})) as source:
        width, height = cutting.size((source.header.width, source.header.height))
        for row in range(cutting.rows):
            for column in range(cutting.columns):
                error = rng.integers(-cutting.stage_error, cutting.stage_error + 1, size=2)
                step = 1 - cutting.overlap
                x = round(cutting.stage_error + column * width * step) + int(error[0])
                y = round(cutting.stage_error + row * height * step) + int(error[1])
                path = folder / f"shot_r{row}_c{column}.tif"
                tifffile.imwrite(path, np.squeeze(_noisy(source.read(x, y, width, height), cutting.noise, rng), axis=2))
                shots.append(Shot(path, x, y))
    return shots


def _noisy(pixels: Pixels, noise: float, rng: np.random.Generator) -> Pixels:
    if noise <= 0:
        return pixels
    seen = pixels + rng.normal(0, noise, pixels.shape)
    noisy: Pixels = np.clip(np.rint(seen), 0, np.iinfo(pixels.dtype).max).astype(pixels.dtype)
    return noisy


def with_shots(recipe: Recipe, cutting: Cutting) -> Recipe:
    """The recipe for folders of such shots."""
    section = ShotsSection(
        columns=cutting.columns, rows=cutting.rows, overlap=cutting.overlap, stage_error=cutting.stage_error + 2.0
    )
    return recipe.model_copy(update={"shots": section})


def shots_instead(image: Path, recipe: Recipe, cutting: Cutting, seed: int) -> Path:
    """Replaces a wafer's image by a folder of its shots; the truth goes beside it, the recipe reads the shots.

    Returns the folder.
    """
    folder = image.with_suffix("")
    for old in folder.glob("shot_r*_c*.tif"):  # of a run with more shots: the recipe would have no place for them
        old.unlink()
    shots = cut_shots(image, folder, recipe, cutting, seed)
    with image.with_name(f"{folder.name}_shots.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([("file", "x", "y"), *((s.path.name, s.x, s.y) for s in shots)])
    image.unlink()
    (image.parent / "recipe.toml").write_text(recipe_toml(with_shots(recipe, cutting)), encoding="utf-8")
    return folder
