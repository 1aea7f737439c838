"""Small wafers and image files for the tests of imaging, made from a few lines of numpy."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import tifffile
from image_bytes import Pixels, encoded, textured
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.grid import Grid, PlacedGrid
from inspector.wafer.recipe import Recipe

__all__ = [
    "GRID",
    "Pixels",
    "corner_errors",
    "encoded",
    "moved",
    "plain_recipe",
    "textured",
    "wafer_pixels",
    "working_copy",
]

GRID = Grid(6, 5, (100, 80), (112, 90), (30, 24))


def wafer_pixels(grid: Grid = GRID, *, margin: int = 24, street: int = 60, seed: int = 0) -> Pixels:
    """uint8 (H, W): an upright wafer; chips have texture and a bright stripe in the middle, like an emitter."""
    rng = np.random.default_rng(seed)
    width = round(grid.origin[0] + grid.extent[0]) + margin
    height = round(grid.origin[1] + grid.extent[1]) + margin
    wafer = np.full((height, width), float(street))
    for chip in grid.chip_ids():
        x, y = (round(v) for v in grid.corners(chip)[0])
        w, h = (round(v) for v in grid.chip)
        inside = 130 + rng.uniform(-25, 25) + textured(h, w, seed=chip.row * 100 + chip.column)[:, :, 0] / 8.0
        inside[:, w // 2 - 4 : w // 2 + 4] += 40
        wafer[y : y + h, x : x + w] = inside
    return np.clip(wafer + rng.normal(0, 1.5, wafer.shape), 0, 255).astype(np.uint8)


def moved(
    pixels: Pixels, *, turn: float = 0.0, scale: float = 1.0, shift: tuple[float, float] = (0, 0), margin: int = 0
) -> tuple[Pixels, NDArray[np.float64]]:
    """The picture turned (degrees) and scaled about its middle in a larger one, and the float64 (2, 3) that did it."""
    height, width = pixels.shape
    cos, sin = scale * math.cos(math.radians(turn)), scale * math.sin(math.radians(turn))
    linear = np.array([[cos, -sin], [sin, cos]])
    middle = np.array([width / 2, height / 2])
    offset = middle + margin + np.array(shift) - linear @ middle
    matrix = np.hstack([linear, offset[:, None]])
    centres = matrix.copy()
    centres[:, 2] += linear @ [0.5, 0.5] - 0.5
    size = (width + 2 * margin, height + 2 * margin)
    street = int(np.median(pixels[:4]))
    seen = cv2.warpAffine(pixels, centres, size, borderMode=cv2.BORDER_CONSTANT, borderValue=street)
    return seen, matrix


def plain_recipe(channels: int = 1, bits: int = 16, **sections: object) -> Recipe:
    """A recipe for whole images, of two classes."""
    classes = [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}]
    told = {"image": {"channels": channels, "bits": bits}, "grid": {"kind": "whole"}, "classes": classes}
    return Recipe.model_validate({"product": {"name": "plain"}} | told | sections)


def working_copy(folder: Path, pixels: Pixels, name: str = "wafer") -> WaferImage:
    """The open working copy of a picture: uint8 (H, W) or (H, W, 3)."""
    source, target = folder / f"{name}.tif", folder / f"{name}.copy.tif"
    tifffile.imwrite(source, pixels, photometric="rgb" if pixels.ndim == 3 else "minisblack")
    for _ in make_working_copy(source, target, plain_recipe(3 if pixels.ndim == 3 else 1)):
        pass
    return WaferImage.open(target)


def corner_errors(placed: PlacedGrid, truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """px from where each chip corner was found to where `truth` (2, 3) puts it."""
    ids = placed.chip_ids()
    true = PlacedGrid(placed.grid, tuple(float(v) for v in truth.ravel()))  # type: ignore[arg-type]
    return np.concatenate([np.linalg.norm(placed.corners(i) - true.corners(i), axis=1) for i in ids])
