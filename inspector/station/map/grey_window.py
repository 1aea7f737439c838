"""Window and level: which grey values of a picture become black and white on the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LEFT_OUT = 0.002  # share of the pixels at each end that "auto" lets become black or white


@dataclass(frozen=True)
class GreyWindow:
    """low becomes black, high white, in the image's own values: 0 to 255, or 0 to 2**bits - 1 of a 16-bit original."""

    low: float
    high: float

    @classmethod
    def whole(cls, bits: int) -> GreyWindow:
        """Every value of the image."""
        return cls(0.0, float(2**bits - 1))

    @property
    def window(self) -> float:
        return self.high - self.low

    @property
    def level(self) -> float:
        return (self.low + self.high) / 2

    def apply(self, pixels: NDArray[np.generic]) -> NDArray[np.uint8]:
        """uint8 or uint16 (h, w, 1) -> uint8 of the same shape."""
        values = np.arange(2 ** (8 * pixels.dtype.itemsize), dtype=np.float32)
        table = np.clip((values - self.low) * (255.0 / max(self.window, 1e-6)), 0, 255)
        return np.asarray(np.rint(table).astype(np.uint8)[pixels])


def auto_window(histogram: NDArray[np.int64], bits: int) -> GreyWindow:
    """The window that holds all but the rarest values at both ends. histogram: counts of equal bins over all values."""
    total = histogram.sum()
    if total == 0:
        return GreyWindow.whole(bits)
    sums = np.cumsum(histogram) / total
    first = int(np.searchsorted(sums, _LEFT_OUT, side="right"))
    last = int(np.searchsorted(sums, 1 - _LEFT_OUT, side="left"))
    step = 2**bits / len(histogram)
    return GreyWindow(first * step, max((last + 1) * step - 1, first * step + 1))


def grey_histogram(pixels: NDArray[np.generic], bits: int, bins: int = 256) -> NDArray[np.int64]:
    """Counts of the values of (h, w, 1) in equal bins from 0 to 2**bits."""
    shift = max(0, bits - int(np.log2(bins)))
    counts = np.bincount((pixels.astype(np.int64) >> shift).ravel(), minlength=bins)
    return np.asarray(counts[:bins], dtype=np.int64)
