"""How well chips were judged: confusion, recall, precision, escape, overkill, exact bounds, calibration."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]


def confusion(truth: ArrayLike, judged: ArrayLike, classes: int) -> Counts:
    """int64 (K, K + 1): row = true class, column = judged class; the last column counts the undecided (judged -1)."""
    true_index, judged_index = np.asarray(truth, dtype=np.int64), np.asarray(judged, dtype=np.int64)
    table = np.zeros((classes, classes + 1), dtype=np.int64)
    np.add.at(table, (true_index, np.where(judged_index < 0, classes, judged_index)), 1)
    return table


def ratio(part: float, whole: float) -> float | None:
    """part / whole; None where there is nothing to divide by."""
    return None if whole == 0 else float(part) / float(whole)


def accuracy(table: Counts) -> float | None:
    """Share of chips whose class was named rightly; undecided chips count as wrong."""
    return ratio(np.trace(table), table.sum())


def recalls(table: Counts) -> list[float | None]:
    """Per class: rightly judged / truly of the class. None for a class without chips."""
    return [ratio(table[i, i], table[i].sum()) for i in range(len(table))]


def precisions(table: Counts) -> list[float | None]:
    """Per class: rightly judged / judged as the class. None for a class that was never named."""
    return [ratio(table[i, i], table[:, i].sum()) for i in range(len(table))]


def macro_recall(table: Counts) -> float | None:
    """Mean of the recalls of the classes that have chips."""
    known = [r for r in recalls(table) if r is not None]
    return float(np.mean(known)) if known else None


def pass_fail(table: Counts, defect: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """TP, FN, FP, TN with defect as positive. An undecided chip goes to a person: it is neither passed nor failed,
    and counts against the machine on both sides (a defect not found, a good chip not passed)."""
    decided = table[:, :-1]
    found = int(decided[defect][:, defect].sum())
    passed = int(decided[~defect][:, ~defect].sum())
    return found, int(table[defect].sum()) - found, int(table[~defect].sum()) - passed, passed


def pass_fail_accuracy(table: Counts, defect: NDArray[np.bool_]) -> float | None:
    """(TP + TN) / N."""
    found, missed, rejected, passed = pass_fail(table, defect)
    return ratio(found + passed, found + missed + rejected + passed)


def balanced_pass_fail(table: Counts, defect: NDArray[np.bool_]) -> float | None:
    """Mean of the share of defects found and the share of good chips passed; None where one side has no chips."""
    found, missed, rejected, passed = pass_fail(table, defect)
    sides = ratio(found, found + missed), ratio(passed, rejected + passed)
    return None if sides[0] is None or sides[1] is None else (sides[0] + sides[1]) / 2


def escape_rate(table: Counts, defect: NDArray[np.bool_]) -> float | None:
    """FN / (TP + FN): defects that were not failed."""
    found, missed, _, _ = pass_fail(table, defect)
    return ratio(missed, found + missed)


def overkill_rate(table: Counts, defect: NDArray[np.bool_]) -> float | None:
    """FP / (FP + TN): good chips that were not passed."""
    _, _, rejected, passed = pass_fail(table, defect)
    return ratio(rejected, rejected + passed)


def calibration_error(confidence: ArrayLike, correct: ArrayLike, bins: int = 15) -> float | None:
    """ECE: sum over equal-width bins (low, high] of n_b / N |accuracy_b - mean confidence_b|. None without chips."""
    sure, right = np.asarray(confidence, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    if sure.size == 0:
        return None
    place = np.clip(np.ceil(sure * bins).astype(np.int64) - 1, 0, bins - 1)
    gaps = np.bincount(place, weights=right - sure, minlength=bins)  # n_b (accuracy_b - confidence_b)
    return float(np.abs(gaps).sum() / sure.size)


def exact_bounds(events: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Clopper-Pearson bounds of a rate, two-sided: each tail holds (1 - confidence) / 2. (0, 1) without trials.

    ValueError unless 0 <= events <= trials.
    """
    if not 0 <= events <= trials:
        raise ValueError(f"{events} events in {trials} trials")
    tail = (1.0 - confidence) / 2.0
    low = 0.0 if events == 0 else _rate_where(lambda p: 1.0 - at_most(events - 1, trials, p) - tail)
    high = 1.0 if events == trials else _rate_where(lambda p: tail - at_most(events, trials, p))
    return low, high


@dataclass(frozen=True)
class Rate:
    """Events among trials, with the exact two-sided 95 % bounds."""

    events: int
    trials: int

    @property
    def share(self) -> float | None:
        return ratio(self.events, self.trials)

    @property
    def bounds(self) -> tuple[float, float]:
        rest = self.trials - self.events
        if rest < self.events:  # the same bounds from the other side, with fewer terms to add up
            low, high = exact_bounds(rest, self.trials)
            return 1.0 - high, 1.0 - low
        return exact_bounds(self.events, self.trials)


def upper_bound(events: int, trials: int, confidence: float = 0.95) -> float:
    """The one-sided exact upper bound: no event in 59 trials proves a rate below 5 % at 95 %."""
    if not 0 <= events <= trials:
        raise ValueError(f"{events} events in {trials} trials")
    return 1.0 if events == trials else _rate_where(lambda p: (1.0 - confidence) - at_most(events, trials, p))


def at_most(events: int, trials: int, rate: float) -> float:
    """P(X <= events) for X binomial(trials, rate), by logarithms, so that no term underflows before it counts."""
    if rate <= 0.0 or events >= trials:
        return 1.0
    if rate >= 1.0:
        return 0.0
    k = np.arange(events + 1, dtype=np.float64)
    terms = _log_choose(events, trials) + k * math.log(rate) + (trials - k) * math.log1p(-rate)
    top = terms.max()
    return float(min(1.0, math.exp(top) * np.exp(terms - top).sum()))


@lru_cache(maxsize=64)
def _log_choose(events: int, trials: int) -> NDArray[np.float64]:
    """float64 (events + 1,): log of the binomial coefficients; kept, for a bound asks for them some fifty times."""
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, trials + 1, dtype=np.float64)))])
    k = np.arange(events + 1)
    return np.asarray(factorials[trials] - factorials[k] - factorials[trials - k])


def _rate_where(rising: Callable[[float], float]) -> float:
    """Where a function that rises from below 0 to above 0 on (0, 1) crosses 0, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
