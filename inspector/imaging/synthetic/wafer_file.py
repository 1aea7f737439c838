"""Writes the image of a whole synthetic wafer band by band: memory holds a few rows of chips, never the wafer."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic import optics
from inspector.imaging.synthetic.character import WaferCharacter
from inspector.imaging.synthetic.laser import ChipPlan, bare_surface, draw_cell, draw_stream
from inspector.imaging.synthetic.layout import Layout
from inspector.wafer.grid import ChipId

TILE = 512
_BEVEL = 5.0  # px over which the wafer's edge falls into the dark
_RIM = 24.0  # px of the dull rim inside the bevel
_BAND = 77  # the stream of random numbers of a band's noise, apart from those of chips
_OVERLAP = 6  # px that blur and interpolation reach


def write_wafer(
    path: Path, wafer: WaferCharacter, layout: Layout, plans: dict[ChipId, ChipPlan], seed: tuple[int, ...]
) -> Iterator[int]:
    """Write a tiled TIFF; yields how many rows of pixels are done. The file appears under its name when it is whole."""
    width, height = layout.size
    across = -(-width // TILE)
    partial = path.with_name(path.name + ".part")
    with tifffile.TiffWriter(partial, bigtiff=width * height > 3_500_000_000) as writer:
        writer.write(None, shape=(height, width), dtype=np.uint8, tile=(TILE, TILE), photometric="minisblack")
    offset = _pixels_offset(partial)
    with partial.open("r+b") as stream:
        for number, band in enumerate(image_bands(wafer, layout, plans, seed, TILE)):
            padded = np.zeros((TILE, across * TILE), dtype=np.uint8)
            padded[:, :width] = band
            tiles = padded.reshape(TILE, across, TILE).swapaxes(0, 1)
            stream.seek(offset + number * across * TILE * TILE)
            stream.write(np.ascontiguousarray(tiles).tobytes())
            yield min((number + 1) * TILE, height)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def _pixels_offset(path: Path) -> int:
    """Where the pixels begin in a file whose tiles were laid out one after the other."""
    with tifffile.TiffFile(path) as file:
        return int(file.pages[0].dataoffsets[0])


def image_bands(
    wafer: WaferCharacter, layout: Layout, plans: dict[ChipId, ChipPlan], seed: tuple[int, ...], height: int
) -> Iterator[NDArray[np.uint8]]:
    """The image from top to bottom in bands of `height` rows, uint8 (height, width); below the image it goes on."""
    middle = (layout.size[0] / 2, layout.size[1] / 2)
    matrix = optics.turned(wafer.turn, middle, wafer.shift)
    cells: dict[ChipId, NDArray[np.uint8]] = {}
    for number in range(-(-layout.size[1] // height)):
        top = number * height
        first, last = _reach(optics.inverse(matrix), layout.size[0], top, height)
        scene = scene_rows(wafer, layout, plans, seed, cells, first, last)
        seen = optics.warp(optics.focus(scene, wafer.lot.blur), matrix, (layout.size[0], height), first, top)
        light = optics.vignette(0, top, layout.size[0], height, layout.centre, layout.radius, wafer.lot.vignette)
        rng = np.random.default_rng([*seed, number, 0, _BAND])
        yield optics.expose(rng, seen, light * np.float32(wafer.gain), wafer.lot.noise)


def _reach(back: NDArray[np.float64], width: int, top: int, height: int) -> tuple[int, int]:
    """First and one past the last row of the scene that a band of the image shows."""
    corners = np.array([[0, top], [width, top], [0, top + height], [width, top + height]], dtype=np.float64)
    rows = corners @ back[1, :2] + back[1, 2]
    return math.floor(rows.min()) - _OVERLAP, math.ceil(rows.max()) + _OVERLAP


def scene_rows(
    wafer: WaferCharacter,
    layout: Layout,
    plans: dict[ChipId, ChipPlan],
    seed: tuple[int, ...],
    cells: dict[ChipId, NDArray[np.uint8]],
    first: int,
    last: int,
) -> NDArray[np.uint8]:
    """uint8 (last - first, width): rows of the upright scene, sharp. `cells` keeps the drawn chips still in reach."""
    surface = bare_surface(wafer, layout, 0, first, layout.size[0], last - first)
    scene = np.asarray(cv2.convertScaleAbs(surface), dtype=np.uint8)
    sx, sy = layout.street
    for chip, plan in plans.items():
        left, top = layout.corner(chip)
        bottom = top + layout.chip[1] + sy
        if bottom <= first:
            cells.pop(chip, None)
            continue
        if top - sy >= last:
            continue
        if chip not in cells:
            cells[chip] = draw_cell(wafer, layout, chip, plan, draw_stream(seed, chip))
        _paste(scene, cells[chip], left - sx, top - sy - first)
    return _round_edge(scene, wafer, layout, first)


def _paste(scene: NDArray[np.uint8], cell: NDArray[np.uint8], x: int, y: int) -> None:
    """Lay a cell over the scene where the two overlap."""
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + cell.shape[1], scene.shape[1]), min(y + cell.shape[0], scene.shape[0])
    scene[y0:y1, x0:x1] = cell[y0 - y : y1 - y, x0 - x : x1 - x]


def _round_edge(scene: NDArray[np.uint8], wafer: WaferCharacter, layout: Layout, first: int) -> NDArray[np.uint8]:
    """The scene with the wafer's edge: a dull rim, a bright bevel, the dark outside."""
    height, width = scene.shape
    step = 8
    xs = np.asarray(np.arange(0, width + step, step) + step / 2, dtype=np.float32)[None, :]
    ys = np.asarray(np.arange(0, height + step, step) + first + step / 2, dtype=np.float32)[:, None]
    coarse = layout.depth(xs, ys, wafer.lot.flat)
    if float(coarse.min()) > _RIM + 2 * step:
        return scene
    depth = cv2.resize(coarse, (coarse.shape[1] * step, coarse.shape[0] * step), interpolation=cv2.INTER_LINEAR)
    stretched = np.clip((depth[:height, :width] + _BEVEL) * (255 / (_BEVEL + _RIM)), 0, 255).astype(np.uint8)
    at = np.linspace(-_BEVEL, _RIM, 256)
    light = np.interp(at, [-_BEVEL, -1, 1, 3, 0.5 * _RIM, _RIM], [0.03, 0.4, 1.6, 0.75, 0.88, 1.0])
    factor = cv2.LUT(stretched, (light * 128).astype(np.uint8))
    return np.asarray(cv2.multiply(scene, factor, scale=1 / 128), dtype=np.uint8)
