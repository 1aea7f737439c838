"""Tells whether two images show one exposure or one surface: shifted, recompressed, brighter, mirrored, refocused.

Chips of one wafer look alike without being copies: what they share is drawn by a few strong frequencies, and what tells
two surfaces apart (grain, dirt, noise) is spread over all. So only the phases of frequencies are compared, each with
the same weight (phase-only matching after Kuglin and Hines, 1975). Illumination and contrast do not enter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.chips import fit

_FINE, _COARSE = 0.18, 0.25  # waves per pixel: JPEG leaves phases below this alone; noise is gone after reduction
_FLAT = 0.5  # grey levels: a tile that varies less holds nothing to compare
_TILES = 4  # fewer tiles with texture prove nothing


@dataclass(frozen=True)
class View:
    """One way to look at an image: axes exchanged first (or not), then mirrored."""

    swap: bool = False
    mirror_x: bool = False
    mirror_y: bool = False

    def of(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """uint8 (H, W, C) -> the same pixels in this view."""
        seen = pixels.swapaxes(0, 1) if self.swap else pixels
        return np.ascontiguousarray(seen[:: -1 if self.mirror_y else 1, :: -1 if self.mirror_x else 1])

    def __str__(self) -> str:
        return _NAMES[self.swap, self.mirror_x, self.mirror_y]


_NAMES = {
    (False, False, False): "",
    (False, True, False): "mirrored left to right",
    (False, False, True): "mirrored top to bottom",
    (False, True, True): "turned by 180 degrees",
    (True, False, False): "mirrored at the diagonal",
    (True, True, False): "turned by 90 degrees clockwise",
    (True, False, True): "turned by 90 degrees anticlockwise",
    (True, True, True): "mirrored at the other diagonal",
}


def views(flips: Sequence[str], turns: bool) -> list[View]:
    """Every view that means the same chip; flips: "horizontal", "vertical"; turns: by quarters."""
    if turns and not flips:
        return [View(), View(True, True, False), View(False, True, True), View(True, False, True)]
    across = "horizontal" in flips or turns
    down = "vertical" in flips or turns
    mirrors = [(x, y) for x in (False, True) for y in (False, True) if (across or not x) and (down or not y)]
    return [View(swap, x, y) for swap in ((False, True) if turns else (False,)) for x, y in mirrors]


@dataclass(frozen=True)
class Comparison:
    """How far two images agree, from about 0 (strangers) to 1; measured in the middle one of their small tiles.

    fine: at full resolution, up to 0.18 waves per pixel: noise and grain, which only copies of one exposure share.
    coarse: at a third (small images: half) of the resolution: the surface, which another exposure shows again.
    shift: (x, y) pixels by which the second image lies off the first.
    """

    fine: float
    coarse: float
    shift: tuple[int, int]


def compare(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> Comparison:
    """Compare two images, uint8 (H, W, C), after undoing a shift of up to a quarter of their size.

    Parts of an image may differ (a scratch, a stamp) as long as most tiles agree. 0 where too few tiles hold texture.
    """
    height, width = first.shape[:2]
    a, b = grey_of(first), grey_of(fit(second, (width, height)))
    # OpenCV 5 draws the window into what it is handed.
    (dx, dy), _ = cv2.phaseCorrelate(a.copy(), b.copy(), cv2.createHanningWindow((width, height), cv2.CV_32F))
    found = abs(dx) <= width / 4 and abs(dy) <= height / 4  # neither for flat images, where both are nan
    x, y = (round(dx), round(dy)) if found else (0, 0)
    a = a[max(0, -y) : height - max(0, y), max(0, -x) : width - max(0, x)]
    b = b[max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)]
    factor = 3 if min(width, height) >= 192 else 2
    reduced = (a.shape[1] // factor, a.shape[0] // factor)
    small = [cv2.resize(part, reduced, interpolation=cv2.INTER_AREA) for part in (a, b)]
    return Comparison(_agreement(a, b, _FINE), _agreement(small[0], small[1], _COARSE), (x, y))


def grey_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """uint8 (H, W, C) -> float32 (H, W), the mean of the channels."""
    mean = pixels.mean(2) if pixels.shape[2] > 1 else pixels[:, :, 0]
    return np.ascontiguousarray(mean, dtype=np.float32)


def _agreement(a: NDArray[np.float32], b: NDArray[np.float32], highest: float) -> float:
    side = int(np.clip(min(a.shape) // 16 * 2, 16, 64))
    ours, theirs = _tiles(a, side), _tiles(b, side)
    textured = (ours.std((1, 2)) > _FLAT) & (theirs.std((1, 2)) > _FLAT)
    if textured.sum() < max(_TILES, len(ours) // 8):
        return 0.0
    return float(np.median(_cosines(ours[textured], theirs[textured], highest)))


def _tiles(grey: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    cut = grey[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return cut.swapaxes(1, 2).reshape(-1, side, side)


def _cosines(ours: NDArray[np.float32], theirs: NDArray[np.float32], highest: float) -> NDArray[np.float64]:
    """float64 (T,): mean cosine of the phase differences of each tile, lines along the axes left out."""
    side = ours.shape[1]
    hann = np.hanning(side + 2)[1:-1].astype(np.float32)
    waves = [np.fft.rfft2((t - t.mean((1, 2), keepdims=True)) * np.outer(hann, hann)) for t in (ours, theirs)]
    high = max(3, int(side * highest))
    rows = np.r_[2 : high + 1, side - high : side - 1]
    cross = (waves[0] * waves[1].conj())[:, rows, 2 : high + 1]
    strength = np.abs(cross)
    cosine = np.where(strength > 1e-3, cross.real / np.maximum(strength, 1e-3), 0.0)
    return np.asarray(cosine.mean((1, 2)), dtype=np.float64)
