"""Fits a smooth surface to a wafer's brightness, undisturbed by streets, marks and what lies outside the wafer."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

_OUTSIDE = 0.3  # of the bright parts; what is darker is not the wafer
_ROUNDS = 8
_TUKEY = 4.685  # spreads from which on a point has no say (Beaton and Tukey 1974)
_LEAST_SPREAD = 0.003  # of the logarithm; less is only the rounding to whole levels
_FIRST_REACH = 0.5  # of the logarithm around the median: what a first surface is fitted to
_FEWEST, _MOST = 60, 30_000  # points that a surface is fitted to
Array: TypeAlias = NDArray[np.float64]


def smooth_surface(samples: NDArray[np.float32], pitch: tuple[float, float], x: Array, y: Array) -> Array:
    """float64 (len(y), len(x)): the light at x, y (0 to 1 across and down the picture), 1 where it is median.

    samples: float32 (h, w), brightness of the whole picture. pitch: (x, y) of the chips in samples. The surface has
    few terms (see _terms), so that chips that differ don't bend it; they are fitted to the logarithm by iterated least
    squares with Tukey's weights, first without the last one. Where there is too little to see it is 1 all over.
    """
    level = float(np.percentile(samples, 90))
    seen = samples > _OUTSIDE * level
    smooth = _typical(samples, level, round(max(pitch)))
    rows, columns = np.nonzero(seen)
    rows, columns = (at[:: len(rows) // _MOST + 1] for at in (rows, columns))
    if len(rows) < _FEWEST or level <= 0:
        return np.ones((len(y), len(x)))
    terms = _terms((columns + 0.5) / samples.shape[1], (rows + 0.5) / samples.shape[0])
    values = np.log(np.maximum(smooth[rows, columns].astype(np.float64), 1e-3))
    flat = np.abs(values - np.median(values)) < _FIRST_REACH
    curved = terms[:, :-1]
    rough = curved @ _robust(curved, values, flat.astype(np.float64))
    factors = _robust(terms, values, _say(values - rough))
    fitted = terms @ factors
    grid_x, grid_y = np.meshgrid(x, y)
    everywhere = (_terms(grid_x.ravel(), grid_y.ravel()) @ factors).reshape(grid_x.shape)
    surface: Array = np.exp(np.clip(everywhere, fitted.min(), fitted.max()) - np.median(fitted))
    return surface


def _typical(samples: NDArray[np.float32], level: float, pitch: int) -> NDArray[np.float32]:
    """The median over one pitch around each sample: the chips' own brightness wherever chips and streets lie."""
    side = min(pitch, min(samples.shape) // 3, 255) // 2 * 2 + 1
    if side < 3:
        return samples
    scale = 200 / max(level, 1e-6)
    median = cv2.medianBlur(np.clip(np.rint(samples * scale), 0, 255).astype(np.uint8), side)
    return np.asarray(median / scale, dtype=np.float32)


def _terms(x: Array, y: Array) -> Array:
    """float64 (N, 7): 1, x, y, x^2, xy, y^2 and r^4 about the middle, as a lens falls off with r^2 and r^4."""
    x, y = 2 * x - 1, 2 * y - 1
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, (x * x + y * y) ** 2], axis=1)


def _robust(terms: Array, values: Array, weights: Array) -> Array:
    factors: Array = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        root = np.sqrt(weights)
        factors = np.asarray(np.linalg.lstsq(terms * root[:, None], values * root, rcond=None)[0])
        weights = _say(values - terms @ factors)
    return factors


def _say(off: Array) -> Array:
    """Tukey's weights, 0 to 1, of points that lie off a surface."""
    spread = max(1.4826 * float(np.median(np.abs(off - np.median(off)))), _LEAST_SPREAD)
    weights: Array = np.clip(1 - (off / (_TUKEY * spread)) ** 2, 0, None) ** 2
    return weights
