"""Takes uneven light out of an image band by band: a gain for each pixel, from a reference or the wafer itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.pixels import Pixels
from inspector.imaging.source import Source, open_source
from inspector.imaging.sources.image_header import refusal
from inspector.imaging.sources.light_surface import smooth_surface
from inspector.imaging.sources.row_reader import RowReader
from inspector.wafer.recipe import Recipe

_MAX_GAIN = 4.0
_MAX_MAP = 16_000_000  # px of a gain map in memory; larger references are averaged over blocks
_COARSE = 1024  # px, longer side of the picture that a surface is fitted to
_SAMPLES, _SAMPLE = 48, 256  # places along the longer side that a large tiled image is looked at, px of each
_ROWS = 256
Map = NDArray[np.float32]


@dataclass(frozen=True)
class Light:
    """out = (in - dark) * gain, rounded to the nearest level.

    size: (width, height) of the images it is for. gain: float32 (h, w, 1 or 3), each entry the mean over `block` x
    `block` px, bilinear between. dark: the same shape, in the image's levels, or None. most: the highest level of
    images with 16 bits.
    """

    size: tuple[int, int]
    gain: Map
    block: int = 1
    dark: Map | None = None
    most: int = 65535

    def correct(self, band: Pixels, top: int, left: int = 0) -> Pixels:
        """A band (h, w, C) whose left top lies at (left, top), with the light taken out; same type and shape.

        Each value is within 0.51 levels of the formula with the interpolated gain; bounds of the type are kept.
        """
        height, width, channels = band.shape
        gain = self._part(self.gain, top, left, height, width, channels)
        depth = cv2.CV_8U if band.dtype == np.uint8 else cv2.CV_16U
        if self.dark is None:
            lit = cv2.multiply(np.ascontiguousarray(band), gain, dtype=depth)
        else:
            dark = self._part(self.dark, top, left, height, width, channels)
            lit = cv2.multiply(band.astype(np.float32) - dark, gain, dtype=depth)
        corrected: Pixels = np.asarray(lit).reshape(band.shape)
        return np.minimum(corrected, np.uint16(self.most)) if self.most < 65535 and depth == cv2.CV_16U else corrected

    def _part(self, of: Map, top: int, left: int, height: int, width: int, channels: int) -> Map:
        if self.block == 1:
            part = of[top : top + height, left : left + width]
        else:
            part = _between(_between(of, 0, top, height, self.block), 1, left, width, self.block)
        wide = part if part.shape[2] == channels else np.repeat(part, channels, axis=2)
        return np.ascontiguousarray(wide, dtype=np.float32)


def light_for(source: Source, recipe: Recipe) -> Light | None:
    """What corrects a source's bands, None where the recipe asks for nothing or the source has done it already.

    Sources of many pictures take each one's light out themselves. An estimate reads the source once more, unless it
    holds a smaller level or can be read anywhere. ImageError where the reference does not fit.
    """
    section = recipe.light
    if section is None or recipe.shots is not None or recipe.chip_files is not None:
        return None
    header = source.header
    if section.reference is not None:
        return reference_light(recipe, source)
    samples = _samples(source)
    return estimated_light(samples, (header.width, header.height), recipe)


def reference_light(recipe: Recipe, like: Source) -> Light:
    """The light of the recipe's reference, for pictures like `like`."""
    section, header = recipe.light, like.header
    assert section is not None, "whoever asks has [light]"
    assert section.reference is not None, "whoever asks has a reference"
    size = (header.width, header.height)
    block = max(1, math.ceil(math.sqrt(size[0] * size[1] / _MAX_MAP)))
    bright = _mean_map(Path(section.reference), recipe, like, block)
    dark = None if section.dark is None else _mean_map(Path(section.dark), recipe, like, block)
    signal = bright if dark is None else bright - dark
    mean = signal.mean(axis=(0, 1), keepdims=True, dtype=np.float64)
    if float(mean.min()) < 1.0:
        raise refusal(section.reference, "is dark all over", "take the reference again with the light on")
    gain = np.clip(mean / np.maximum(signal, mean / _MAX_GAIN), 0, _MAX_GAIN)
    return Light(size, np.asarray(gain, dtype=np.float32), block, dark, (1 << recipe.image.bits) - 1)


def estimated_light(samples: Map, size: tuple[int, int], recipe: Recipe) -> Light:
    """The light of a smooth surface through `samples`, float32 (h, w) of the whole picture's brightness."""
    pitch = recipe.grid.grid().pitch
    cells = (pitch[0] * samples.shape[1] / size[0], pitch[1] * samples.shape[0] / size[1])
    block = max(1, math.ceil(max(size) / 128))
    shape = (math.ceil(size[1] / block), math.ceil(size[0] / block))
    centres = [(np.arange(n) + 0.5) * block / side for n, side in zip(shape, (size[1], size[0]), strict=True)]
    surface = smooth_surface(samples, cells, centres[1], centres[0])
    gain = np.clip(1 / surface, 1 / _MAX_GAIN, _MAX_GAIN)
    return Light(size, np.asarray(gain[:, :, None], dtype=np.float32), block, None, (1 << recipe.image.bits) - 1)


def thumbnail(pixels: Pixels, longest: int) -> Map:
    """float32 (h, w): the brightness of a picture, averaged down to a longer side of at most `longest` px."""
    height, width = pixels.shape[:2]
    scale = max(1.0, max(height, width) / longest)
    small = cv2.resize(pixels, (round(width / scale) or 1, round(height / scale) or 1), interpolation=cv2.INTER_AREA)
    means: Map = np.asarray(small, dtype=np.float32).reshape(*small.shape[:2], -1).mean(axis=2, dtype=np.float32)
    return means


def _samples(source: Source) -> Map:
    header = source.header
    held = source.coarse(_COARSE)
    if held is not None:
        return thumbnail(held, _COARSE)
    if source.random_access and max(header.width, header.height) > 2 * _SAMPLES * _SAMPLE:
        return _sampled(source)
    block = max(1, math.ceil(max(header.width, header.height) / _COARSE))
    return np.asarray(_block_means(source, block).mean(axis=2), dtype=np.float32)


def _sampled(source: Source) -> Map:
    """The medians of blocks spread evenly over the image."""
    width, height = source.header.width, source.header.height
    step = max(width, height) / _SAMPLES
    down, across = max(1, round(height / step)), max(1, round(width / step))
    found = np.empty((down, across), dtype=np.float32)
    for row in range(down):
        for column in range(across):
            x = min(int((column + 0.5) * width / across) - _SAMPLE // 2, width - _SAMPLE)
            y = min(int((row + 0.5) * height / down) - _SAMPLE // 2, height - _SAMPLE)
            block = source.read(max(x, 0), max(y, 0), min(_SAMPLE, width), min(_SAMPLE, height))
            found[row, column] = np.median(block)
    return found


def _mean_map(path: Path, recipe: Recipe, like: Source, block: int) -> Map:
    with open_source(path, recipe) as source:
        here, wanted = source.header, like.header
        if (here.width, here.height) != (wanted.width, wanted.height):
            fault = f"is {here.width} x {here.height} pixels, but {like.path.name} has {wanted.width} x {wanted.height}"
            raise refusal(path, f"{fault}, so it is no reference for its light", "take a reference of the same size")
        if here.bits != wanted.bits:
            fault = f"has {here.bits} bits, but {like.path.name} has {wanted.bits}"
            raise refusal(path, fault, "take the reference with the same settings")
        means = _block_means(source, block)
    return means if means.shape[2] == wanted.channels else means.mean(axis=2, keepdims=True)


def _block_means(source: Source, block: int) -> Map:
    """float32 (ceil(H / block), ceil(W / block), C), streamed."""
    height, width = source.header.height, source.header.width
    across = math.ceil(width / block)
    at_once = max(1, _ROWS // block) * block
    reader, found = RowReader(source), []
    try:
        for top in range(0, height, at_once):
            rows = reader.rows(min(at_once, height - top)).astype(np.float32)
            padded = np.pad(rows, ((0, -len(rows) % block), (0, across * block - width), (0, 0)), mode="edge")
            found.append(padded.reshape(-1, block, across, block, rows.shape[2]).mean(axis=(1, 3), dtype=np.float32))
    finally:
        reader.close()
    return np.concatenate(found)


def _between(of: Map, axis: int, start: int, count: int, block: int) -> Map:
    """Bilinear along one axis: the values at px start, start + 1, ... of a map whose entries are block centres;
    straight on over the last half block."""
    at = (np.arange(start, start + count) + 0.5) / block - 0.5
    low = np.clip(np.floor(at).astype(np.intp), 0, max(of.shape[axis] - 2, 0))
    high = np.minimum(low + 1, of.shape[axis] - 1)
    share = (at - low).astype(np.float32).reshape([-1 if n == axis else 1 for n in range(3)])
    mixed: Map = of.take(low, axis) * (1 - share) + of.take(high, axis) * share
    return mixed
