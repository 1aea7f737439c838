"""Tells which chips of a wafer look alike, by what each has that the wafer's usual chip has not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alike import grey_of
from inspector.imaging.chips import small_chip
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.grid import ChipId, PlacedGrid

_SIDE = 64  # pixels of the longest side: a mark of a hundredth of the chip still darkens one of them
_SAMPLE = 128  # chips that make the usual one
_QUANTILES = (0.002, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 0.998)
_RINGS, _WEDGES = 4, 4  # how coarse the grain is, and which way it runs
_ANSWER_WEIGHT = 2.0  # of the machine's answer beside all traits of the picture together


def usual_chip(image: WaferImage, placed: PlacedGrid, chips: Sequence[ChipId]) -> NDArray[np.float32]:
    """float32 (h, w): the median of up to 128 chips spread over those given. ValueError without any."""
    if not chips:
        raise ValueError("no chips, so there is no usual one")
    chosen = [chips[n] for n in np.unique(np.linspace(0, len(chips) - 1, _SAMPLE).astype(int))]
    median: NDArray[np.float32] = np.median([_grey(image, placed, chip) for chip in chosen], axis=0)
    return median.astype(np.float32)


def chip_traits(
    image: WaferImage, placed: PlacedGrid, chips: Sequence[ChipId], usual: NDArray[np.float32]
) -> NDArray[np.float32]:
    """float32 (N, T): how dark and bright a chip's differences from the usual one are, how coarse, and which way.

    Where on the chip they lie does not enter. The first 9 are quantiles in grey levels, the others the logarithm of the
    spectrum's strength, by wavelength and direction.
    """
    return np.stack([_traits(_grey(image, placed, chip) - usual) for chip in chips])


def alike_groups(
    traits: NDArray[np.float32], probabilities: NDArray[np.float32], count: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """int32 (N,) group numbers and float32 (N,) squared distances from the group's middle; the same input, the same.

    traits: float32 (N, T) of `chip_traits`, each brought to the same spread. probabilities: float32 (N, K) of the
    machine's answers, compared by their roots (Hellinger's distance). k-means, started as Arthur and Vassilvitskii
    (2007) do.
    """
    spread = traits.std(axis=0)
    even = (traits - traits.mean(axis=0)) / np.where(spread > 0, spread, 1.0) / np.sqrt(traits.shape[1])
    data = np.hstack([even, _ANSWER_WEIGHT * np.sqrt(np.clip(probabilities, 0, 1))]).astype(np.float32)
    count = min(count, len(data))
    cv2.setRNGSeed(0)
    until = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 1e-3)
    _, labels, middles = cv2.kmeans(data, count, None, until, 3, cv2.KMEANS_PP_CENTERS)
    labels = labels.ravel()
    return labels.astype(np.int32), ((data - middles[labels]) ** 2).sum(axis=1)


def _grey(image: WaferImage, placed: PlacedGrid, chip: ChipId) -> NDArray[np.float32]:
    return grey_of(small_chip(image, placed, chip, _SIDE))


def _traits(difference: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = difference.shape
    strength = np.log1p(np.abs(np.fft.rfft2(difference)) / np.sqrt(height * width))
    u = np.fft.rfftfreq(width)[None, :]
    v = np.fft.fftfreq(height)[:, None]
    ring = np.clip(np.log2(np.maximum(np.hypot(u, v), 1e-6) * 32), 0, _RINGS - 1e-6).astype(int)
    wedge = ((np.arctan2(v, u) + np.pi / 2) / np.pi * _WEDGES + 0.5).astype(int) % _WEDGES
    place = (ring * _WEDGES + wedge).ravel()
    place[0] = _RINGS * _WEDGES  # the mean is told by the quantiles
    sums = np.bincount(place, strength.ravel(), _RINGS * _WEDGES + 1)[:-1]
    counts = np.bincount(place, minlength=_RINGS * _WEDGES + 1)[:-1]
    return np.concatenate([np.quantile(difference, _QUANTILES), sums / np.maximum(counts, 1)]).astype(np.float32)
