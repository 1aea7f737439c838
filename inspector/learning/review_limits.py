"""Chooses between which two values of P(defect) a person looks, so that what nobody looks at is proven good enough.

low   Good answers below it stand on their own. Every value is tried, and kept where the exact one-sided upper 95 %
      bound of the share of escapes among the chips so accepted stays at or under `max_escape`. Of these the lowest one
      is taken that asks for no more than `max_asked` of the good chips: eyes are spent on what is likeliest an escape.
      Where that asks for more, the one that asks for the fewest.
high  Defects above it are sure: the least sure UNSURE_SHARE of the chips judged a defect lie below. It costs no eyes,
      for every defect is looked at, and it puts the likeliest overkill where it is looked at as a close case.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.recipe import ReviewSection
from inspector.wafer.review import ReviewLimits
from inspector.wafer.scores import at_most, ratio, upper_bound

UNSURE_SHARE = 0.1
_PROOF = 0.05  # one minus the confidence of the bound


@dataclass(frozen=True)
class CalibrationChips:
    """What the labelled chips were judged. p_defect: float (N,), not a number where undecided. judged_good, is_defect
    (the truth) and novel: bool (N,)."""

    p_defect: NDArray[np.float64]
    judged_good: NDArray[np.bool_]
    is_defect: NDArray[np.bool_]
    novel: NDArray[np.bool_]

    def accepted(self, low: float) -> NDArray[np.bool_]:
        """bool (N,): the chips that nobody looks at."""
        return self.judged_good & ~self.novel & (self.p_defect < low)


@dataclass(frozen=True)
class Consequences:
    """What limits do to the calibration chips; the fields are those of `card_facts.ReviewFacts`."""

    limits: ReviewLimits
    proven: bool
    accepted: int
    escapes: int
    bound: float
    expected_escape: float | None
    expected_overkill: float | None
    asked_good: float | None
    note: str


def choose_limits(chips: CalibrationChips, wanted: ReviewSection) -> Consequences:
    """The limits for `wanted.max_escape` and `wanted.max_asked`, and what they do."""
    low, proven = _low(chips, wanted)
    return consequences(chips, ReviewLimits(low, max(low, _high(chips))), proven, wanted)


def consequences(chips: CalibrationChips, limits: ReviewLimits, proven: bool, wanted: ReviewSection) -> Consequences:
    """Counts what is accepted, escapes and is asked for."""
    taken = chips.accepted(limits.low)
    number, escapes = int(taken.sum()), int((taken & chips.is_defect).sum())
    bound = upper_bound(escapes, number)
    good, defects = ~chips.is_defect, int(chips.is_defect.sum())
    failed = good & ~chips.judged_good & np.isfinite(chips.p_defect)
    counted = f"{escapes} escapes among {number} accepted chips, upper 95 % bound {100 * bound:.2f} %"
    note = counted if proven else f"not proven: {counted}, above {100 * wanted.max_escape:g} %"
    return Consequences(
        limits,
        proven,
        number,
        escapes,
        bound,
        ratio(escapes, defects),
        ratio(int(failed.sum()), int(good.sum())),
        ratio(int((good & ~taken).sum()), int(good.sum())),
        note,
    )


def _low(chips: CalibrationChips, wanted: ReviewSection) -> tuple[float, bool]:
    """The lower limit, and whether it is proven."""
    open_to_it = chips.accepted(math.inf)
    order = np.argsort(chips.p_defect[open_to_it], kind="stable")
    p, defect = chips.p_defect[open_to_it][order], chips.is_defect[open_to_it][order]
    limits = np.unique([_above(value) for value in p])
    numbers = np.searchsorted(p, limits, side="left")
    escapes = np.concatenate([[0], np.cumsum(defect)])[numbers]
    asked = 1.0 - (numbers - escapes) / max(1, int((~chips.is_defect).sum()))
    frugal = limits[asked <= wanted.max_asked]
    proven = limits[
        [n > 0 and at_most(int(k), int(n), wanted.max_escape) <= _PROOF for k, n in zip(escapes, numbers, strict=True)]
    ]
    if not len(proven):
        return float(min(ReviewLimits().low, frugal.min() if len(frugal) else 1.0)), False
    both = np.intersect1d(proven, frugal)
    return float(both.min() if len(both) else proven.max()), True


def _above(value: float) -> float:
    """The next larger number of three digits: what is written down accepts the chip that it was chosen by."""
    step = 10.0 ** (math.floor(math.log10(max(value, 1e-6))) - 2)
    return float(min(1.0, float(f"{(math.floor(value / step) + 1) * step:.3g}")))


def _high(chips: CalibrationChips) -> float:
    failed = chips.p_defect[~chips.judged_good & np.isfinite(chips.p_defect)]
    if not len(failed):
        return ReviewLimits().high
    value = float(np.quantile(failed, UNSURE_SHARE, method="lower"))
    return float(np.clip(1.0 - _above(1.0 - value), 0.5, 1.0)) if value < 1.0 else 1.0
