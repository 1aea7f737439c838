"""Looks along the four sides of chips in a small copy of the image: is there an edge, and which way does it go?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.levels import Levels
from inspector.wafer.grid import ChipId, Grid

SEEN = 0.5  # coherence from which a side counts as there
_POINTS = 16  # looked at along each side
STEP = 32  # parts of a grey level in a gradient
_NOISE = 0.5 * STEP  # gradients of that size are nothing
_ROWS = 512  # of the level that are worked on at a time
_REMAP_LIMIT = 30000  # rows of a cv2 map


@dataclass(frozen=True)
class SideMap:
    """Gradients of one level, int16 (H, W), in parts of a grey level: gx[y, x] belongs to pixel edge x, at y + 0.5."""

    level: int
    gx: NDArray[np.int16]
    gy: NDArray[np.int16]


@dataclass(frozen=True)
class Support:
    """Coherence of every chip's sides, float64 (N, 4): left, right, top, bottom.

    1 and -1: the whole side is an edge, brighter inside (1) or darker; 0: nothing there. nan: outside the image.
    """

    coherence: NDArray[np.float64]

    def strength(self) -> float:
        """0 to 1: how well the sides of all chips are seen, best where all go the same way; outside counts as 0."""
        if not self.coherence.size:
            return 0.0
        known = np.nan_to_num(self.coherence)
        return max(abs(float(known.mean())), 0.7 * float(np.abs(known).mean()))

    def polarity(self) -> int:
        """1 where chips are brighter than streets, -1 where darker, 0 where it differs from chip to chip."""
        signs = np.sign(self.coherence[np.abs(np.nan_to_num(self.coherence)) > SEEN])
        mean = float(signs.mean()) if signs.size else 0.0
        return int(np.sign(mean)) if abs(mean) > 0.6 else 0

    def seen(self) -> NDArray[np.bool_]:
        """bool (N, 4): True where a side is there and goes the way that the sides of this grid go."""
        known = np.nan_to_num(self.coherence)
        polarity = self.polarity()
        return np.asarray((known * polarity if polarity else np.abs(known)) > SEEN)

    def whole(self) -> NDArray[np.bool_]:
        """bool (N,): True where three sides or more lie in the image and all of those are seen."""
        known = ~np.isnan(self.coherence)
        return np.asarray((known.sum(axis=1) >= 3) & (self.seen() | ~known).all(axis=1))

    def judged(self) -> NDArray[np.bool_]:
        """bool (N,): True where three sides or more lie in the image: whether there is a chip can be said."""
        return np.asarray((~np.isnan(self.coherence)).sum(axis=1) >= 3)


def side_map(image: Levels, level: int) -> SideMap:
    """Gradients of a whole level; strong ones are cut down so that one bright mark can't outweigh the streets."""
    width, height = image.level_size(level)
    gx, gy = np.empty((height, width), dtype=np.int16), np.empty((height, width), dtype=np.int16)
    for top in range(0, height, _ROWS):
        bottom, halo = min(top + _ROWS, height), 4
        first, last = max(top - halo, 0), min(bottom + halo, height)
        grey = grey_window(image, level, 0, first, width, last - first).astype(np.float32) * STEP
        smooth = cv2.GaussianBlur(grey, (0, 0), 0.7)
        part = np.s_[top - first : bottom - first]
        gx[top:bottom] = np.diff(smooth, axis=1, prepend=smooth[:, :1])[part]
        gy[top:bottom] = np.diff(smooth, axis=0, prepend=smooth[:1])[part]
    strong = np.percentile(np.abs(gx[::4, ::4].astype(np.int32)) + np.abs(gy[::4, ::4].astype(np.int32)), 95)
    limit = int(max(4 * STEP, 2.0 * float(strong)))
    for gradient in (gx, gy):
        np.clip(gradient, -limit, limit, out=gradient)
    return SideMap(level, gx, gy)


def grey_window(image: Levels, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
    """uint8 (height, width) of a rectangle of the image."""
    window = image.read(level, x, y, width, height)
    if window.shape[2] == 1:
        return window[:, :, 0]
    return np.asarray(cv2.cvtColor(window, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def side_points(grid: Grid, ids: Sequence[ChipId], fractions: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64 (N, 4, P, 2): points along the left, right, top and bottom side of chips, in grid pixels."""
    return _points_around(_starts(grid, ids), grid.chip, fractions)


def _starts(grid: Grid, ids: Sequence[ChipId]) -> NDArray[np.float64]:
    return np.array(ids, dtype=np.float64).reshape(-1, 2) * grid.pitch + grid.origin


def _points_around(
    starts: NDArray[np.float64], chip: tuple[float, float], fractions: NDArray[np.float64]
) -> NDArray[np.float64]:
    zero, one = np.zeros_like(fractions), np.ones_like(fractions)
    unit = np.array(
        [
            np.stack([zero, fractions], axis=1),
            np.stack([one, fractions], axis=1),
            np.stack([fractions, zero], axis=1),
            np.stack([fractions, one], axis=1),
        ]
    )  # (4, P, 2)
    points: NDArray[np.float64] = starts[:, None, None, :] + unit[None] * chip
    return points


def side_support(sides: SideMap, grid: Grid, place: NDArray[np.float64], ids: Sequence[ChipId]) -> Support:
    """How well the sides of the given chips are seen where `place` (2, 3) puts them, give or take a pixel."""
    if not ids:
        return Support(np.zeros((0, 4)))
    return support_at(sides, grid.chip, place, _starts(grid, ids))


def support_at(
    sides: SideMap, chip: tuple[float, float], place: NDArray[np.float64], starts: NDArray[np.float64]
) -> Support:
    """`side_support` of chips of one size anywhere. starts: (N, 2), their left tops before `place` moves them."""
    points = _points_around(starts, chip, np.linspace(0.14, 0.86, _POINTS))
    there = (points @ place[:, :2].T + place[:, 2]) * 2.0**-sides.level  # (N, 4, P, 2)
    height, width = sides.gx.shape
    outside = (there < 1.0).any(axis=(2, 3)) | (there > np.array([width - 1.0, height - 1.0])).any(axis=(2, 3))
    best = np.zeros(outside.shape)
    for offset in (-1.0, 0.0, 1.0):
        upright = _coherence(sides.gx, there[:, :2], offset, 0)
        level = _coherence(sides.gy, there[:, 2:], offset, 1)
        coherence = np.concatenate([upright, level], axis=1)
        best = np.where(np.abs(coherence) > np.abs(best), coherence, best)
    best *= (1.0, -1.0, 1.0, -1.0)  # towards the inside of the chip
    best[outside] = np.nan
    return Support(best)


def _coherence(
    gradient: NDArray[np.int16], points: NDArray[np.float64], offset: float, axis: int
) -> NDArray[np.float64]:
    """(N, 2, P, 2) -> (N, 2): sum of the gradients along each side over the sum of their sizes."""
    half = np.array([0.0, 0.5]) if axis == 0 else np.array([0.5, 0.0])  # gx lies on edges along x, centres along y
    shift = np.array([offset, 0.0]) if axis == 0 else np.array([0.0, offset])
    at = (points - half + shift).astype(np.float32).reshape(-1, _POINTS, 2)
    rows = [
        cv2.remap(gradient, part[:, :, 0], part[:, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for part in (at[n : n + _REMAP_LIMIT] for n in range(0, len(at), _REMAP_LIMIT))
    ]
    along = np.concatenate(rows).astype(np.float64)
    coherence = along.sum(axis=1) / (np.abs(along).sum(axis=1) + _NOISE * _POINTS)
    return np.asarray(coherence.reshape(points.shape[:2]), dtype=np.float64)
