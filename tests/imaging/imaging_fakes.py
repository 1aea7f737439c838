"""Small wafers and image files for the tests of imaging, made from a few lines of numpy."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.wafer_image import WaferImage, make_working_copy
from inspector.wafer.grid import Grid, PlacedGrid

Pixels = NDArray[np.uint8]
GRID = Grid(6, 5, (100, 80), (112, 90), (30, 24))


def textured(height: int, width: int, channels: int = 1, seed: int = 0) -> Pixels:
    """uint8 (height, width, channels): smooth, and different everywhere."""
    rng = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(rng.normal(size=(height, width, channels)), (0, 0), 2.0).reshape(height, width, channels)
    return np.clip(128 + 200 * noise, 0, 255).astype(np.uint8)


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


def working_copy(folder: Path, pixels: Pixels, name: str = "wafer") -> WaferImage:
    """The open working copy of a picture: uint8 (H, W) or (H, W, 3)."""
    source, target = folder / f"{name}.tif", folder / f"{name}.copy.tif"
    tifffile.imwrite(source, pixels, photometric="rgb" if pixels.ndim == 3 else "minisblack")
    for _ in make_working_copy(source, target, 3 if pixels.ndim == 3 else 1, 16):
        pass
    return WaferImage.open(target)


def encoded(suffix: str, pixels: NDArray[np.generic], *options: int) -> bytes:
    """The bytes of a PNG, JPEG or BMP; colour pixels are RGB."""
    if pixels.ndim == 3 and pixels.shape[2] >= 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA)
    done, data = cv2.imencode(suffix, pixels, list(options))
    assert done
    return bytes(data)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(
    width: int, height: int, *, bits: int = 8, colour: int = 0, rows: bytes = b"", extra: bytes = b""
) -> bytes:
    """A PNG whose header says anything: colour 0 grey, 2 RGB, 3 palette; extra chunks stand before the pixels."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")


def corner_errors(placed: PlacedGrid, truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """px from where each chip corner was found to where `truth` (2, 3) puts it."""
    ids = placed.chip_ids()
    true = PlacedGrid(placed.grid, tuple(float(v) for v in truth.ravel()))  # type: ignore[arg-type]
    return np.concatenate([np.linalg.norm(placed.corners(i) - true.corners(i), axis=1) for i in ids])
