"""Whether probabilities mean what they say, and what remains wrong when only the surest chips are taken as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15  # of equal width, as for the ECE
POINTS = 100  # of a risk-coverage curve that are kept, and as many again of its last tenth, where errors gather


@dataclass(frozen=True)
class Bin:
    """The chips whose judged class had a probability in (low, high]: how sure the model was, how many were right."""

    low: float
    high: float
    chips: int
    right: int
    confidence: float


@dataclass(frozen=True)
class RiskCoverage:
    """coverage, risk: float64 (P,), the share of chips taken, surest first, and the share of wrong ones among them.

    area: the mean risk over all N coverages (Geifman and El-Yaniv's AURC). best: the area if all wrong chips were the
    least sure ones; no ordering can do better.
    """

    coverage: NDArray[np.float64]
    risk: NDArray[np.float64]
    area: float
    best: float


def calibration_bins(sure: NDArray[np.float32], right: NDArray[np.bool_]) -> list[Bin]:
    """BINS bins of confidence (N,) and correctness (N,), those without chips left out."""
    place = np.clip(np.ceil(sure.astype(np.float64) * BINS).astype(np.int64) - 1, 0, BINS - 1)
    bins = []
    for number in np.unique(place):
        here = place == number
        mean = float(sure[here].mean(dtype=np.float64))
        bins.append(Bin(number / BINS, (number + 1) / BINS, int(here.sum()), int(right[here].sum()), mean))
    return bins


def risk_coverage(sure: NDArray[np.float64], wrong: NDArray[np.bool_]) -> RiskCoverage | None:
    """From certainty (N,) and errors (N,); chips of equal certainty share their errors. None without chips."""
    number = len(sure)
    if number == 0:
        return None
    order = np.argsort(-sure, kind="stable")
    risk = np.cumsum(_even_among_equals(sure[order], wrong[order])) / np.arange(1, number + 1)
    worst_last = np.sort(wrong.astype(np.float64))
    best = np.cumsum(worst_last) / np.arange(1, number + 1)
    last = float(number - 1)
    places = [np.linspace(start, last, POINTS) for start in (0.0, 0.9 * last)]
    kept = np.unique(np.concatenate(places).round().astype(np.int64))
    return RiskCoverage((kept + 1) / number, risk[kept], float(risk.mean()), float(best.mean()))


def _even_among_equals(sure: NDArray[np.float64], wrong: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Errors spread evenly over runs of the same certainty: their order is chance."""
    _, run = np.unique(-sure, return_inverse=True)
    share = np.bincount(run, weights=wrong) / np.bincount(run)
    spread: NDArray[np.float64] = share[run]
    return spread
