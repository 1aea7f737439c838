"""Measures how two neighbouring shots lie to each other, by phase correlation of what both show."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

Grey = NDArray[np.float32]
_CANDIDATES = 12  # peaks of the phase correlation that are looked at
_CLIMBS = 3  # of them that are followed uphill
_LEAST_CORRELATION = 0.3  # of a joint that counts
_CLEARLY_BETTER = 0.1  # in Fisher's z: by which the best place must correlate better than any place apart from it
_PLAIN = 1.5  # grey levels of 8 bit: spread of a strip's smoothed pixels in which there is nothing to see
_LEAST_SIDE = 6  # px that two shots must share


@dataclass(frozen=True)
class Joint:
    """What two overlapping strips say.

    kind: "fits", "plain" where there is nothing to see, or "misfit". shift: (x, y) px that the second shot lies beyond
    its nominal place, seen from the first. correlation: -1 to 1, of the pixels that both show.
    """

    kind: Literal["fits", "plain", "misfit"]
    shift: tuple[float, float] = (0.0, 0.0)
    correlation: float = 0.0


def strip(pixels: NDArray[np.uint8 | np.uint16], box: tuple[int, int, int, int], bits: int) -> Grey:
    """float32 (h, w) in levels of 8 bit: a box (x, y, w, h) of a shot in grey, without slow changes of the light.

    bits: significant bits where the pixels have 16.
    """
    x, y, w, h = box
    cut = pixels[y : y + h, x : x + w].astype(np.float32).mean(axis=2)
    if pixels.dtype == np.uint16:
        cut *= 255 / ((1 << bits) - 1)
    slow = cv2.blur(cut, (65, 65), borderType=cv2.BORDER_REFLECT)
    return np.asarray(cut - slow, dtype=np.float32)


def measure(first: Grey, second: Grey, offset: tuple[int, int], reach: int) -> Joint:
    """How two strips lie to each other.

    offset: (x, y) px of the second strip's left top in the first one's pixels, nominally. reach: px along x and y that
    the second may lie off that. Candidates come from the phase correlation (Kuglin and Hines 1975), the best one by
    the plain correlation of what both show.
    """
    plain = [float(cv2.GaussianBlur(s, (0, 0), 2).std()) < _PLAIN for s in (first, second)]
    if all(plain):
        return Joint("plain")
    scores: dict[tuple[int, int], float] = {}

    def score(x: int, y: int) -> float:
        if max(abs(x), abs(y)) > reach:
            return -1.0
        if (x, y) not in scores:
            scores[x, y] = _correlation(first, second, (offset[0] + x, offset[1] + y))
        return scores[x, y]

    candidates = _candidates(first, second, offset, reach)
    for x, y in sorted(candidates, key=lambda at: -score(*at))[:_CLIMBS]:
        _climb(score, x, y)
    best = max(scores, key=scores.__getitem__)
    apart = [s for at, s in scores.items() if max(abs(at[0] - best[0]), abs(at[1] - best[1])) > 2]
    if scores[best] < _LEAST_CORRELATION or (apart and _z(scores[best]) - _z(max(apart)) < _CLEARLY_BETTER):
        return Joint("misfit", correlation=scores[best])
    x, y = best
    fine = (
        x + _vertex(score(x - 1, y), scores[best], score(x + 1, y)),
        y + _vertex(score(x, y - 1), scores[best], score(x, y + 1)),
    )
    return Joint("fits", fine, scores[best])


def _candidates(first: Grey, second: Grey, offset: tuple[int, int], reach: int) -> list[tuple[int, int]]:
    """The highest peaks (x, y) of the phase correlation within reach, the highest one first."""
    left, top = min(0, offset[0]), min(0, offset[1])
    right = max(first.shape[1], offset[0] + second.shape[1]) - left + reach
    bottom = max(first.shape[0], offset[1] + second.shape[0]) - top + reach
    size = (cv2.getOptimalDFTSize(bottom), cv2.getOptimalDFTSize(right))
    spectra = [
        np.fft.rfft2(_framed(strip, at, size))
        for strip, at in ((first, (-left, -top)), (second, (offset[0] - left, offset[1] - top)))
    ]
    crossed = spectra[0] * np.conj(spectra[1])
    surface = np.fft.irfft2(crossed / np.maximum(np.abs(crossed), 1e-9), s=size)
    near = np.roll(surface, (reach, reach), axis=(0, 1))[: 2 * reach + 1, : 2 * reach + 1]
    peaks = np.argwhere((near >= cv2.dilate(near, np.ones((3, 3), np.uint8))) & (near > 0))
    order = np.argsort(-near[peaks[:, 0], peaks[:, 1]])[:_CANDIDATES]
    return [(int(x) - reach, int(y) - reach) for y, x in peaks[order]] or [(0, 0)]


def _framed(pixels: Grey, at: tuple[int, int], size: tuple[int, int]) -> Grey:
    """A strip without its mean, its border softened, on an empty frame."""
    frame = np.zeros(size, dtype=np.float32)
    h, w = pixels.shape
    ramps = [np.minimum(1, np.minimum(np.arange(1, n + 1), np.arange(n, 0, -1)) / 5).astype(np.float32) for n in (h, w)]
    frame[at[1] : at[1] + h, at[0] : at[0] + w] = (pixels - pixels.mean()) * ramps[0][:, None] * ramps[1]
    return frame


def _climb(score: Callable[[int, int], float], x: int, y: int) -> None:
    """Goes uphill from (x, y); whoever keeps the scores finds the summit among them."""
    while True:
        around = [(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        best = max(around, key=lambda at: score(*at))
        if score(*best) <= score(x, y):
            return
        x, y = best


def _correlation(first: Grey, second: Grey, at: tuple[int, int]) -> float:
    """Correlation coefficient of what both strips show, the second one's left top at `at` of the first; -1 for none."""
    x0, y0 = max(at[0], 0), max(at[1], 0)
    x1 = min(at[0] + second.shape[1], first.shape[1])
    y1 = min(at[1] + second.shape[0], first.shape[0])
    if min(x1 - x0, y1 - y0) < _LEAST_SIDE:
        return -1.0
    a = first[y0:y1, x0:x1]
    b = second[y0 - at[1] : y1 - at[1], x0 - at[0] : x1 - at[0]]
    a, b = a - a.mean(), b - b.mean()
    power = float(np.vdot(a, a)) * float(np.vdot(b, b))
    return float(np.vdot(a, b)) / power**0.5 if power > 1e-6 else -1.0


def _z(correlation: float) -> float:
    """Fisher's z (1915): differences of it mean the same for weak and for strong correlations."""
    return math.atanh(min(max(correlation, -0.9999), 0.9999))


def _vertex(before: float, here: float, after: float) -> float:
    """Where the parabola through three neighbouring scores is highest, -0.5 to 0.5."""
    bend = before - 2 * here + after
    if min(before, after) <= -1.0 or bend >= 0:
        return 0.0
    return float(np.clip((before - after) / (2 * bend), -0.5, 0.5))
