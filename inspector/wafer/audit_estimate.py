"""How many defects passed unseen: estimated from the random audit of the accepted chips, class by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.wafer.scores import exact_bounds


@dataclass(frozen=True)
class Stratum:
    """The accepted chips of a class. audited: those of its random sample that a person decided; found: as a defect."""

    name: str
    accepted: int
    audited: int
    found: int


@dataclass(frozen=True)
class EscapeEstimate:
    """Escapes among all accepted chips: sum over classes of N / n * k, with bounds that hold with the confidence asked.

    estimate: None while a class with accepted chips has none audited, as nothing is known of that class.
    """

    accepted: int
    audited: int
    found: int
    estimate: float | None
    low: float
    high: float


def escape_estimate(strata: Sequence[Stratum], confidence: float = 0.95) -> EscapeEstimate:
    """The stratified estimate of a total (Cochran, Sampling Techniques, chapter 5) with exact bounds.

    Each class's bounds are Clopper-Pearson's; the error is shared out among the classes (Bonferroni), so that their
    sum holds with `confidence` or more. A class that was audited whole adds its count and no doubt.
    """
    there = [s for s in strata if s.accepted]
    unsure = [s for s in there if s.audited < s.accepted]
    each = 1.0 - (1.0 - confidence) / max(len(unsure), 1)
    low = high = float(sum(s.found for s in there if s.audited >= s.accepted))
    for s in unsure:
        bounds = exact_bounds(s.found, s.audited, each)
        low += max(bounds[0] * s.accepted, s.found)
        high += min(bounds[1] * s.accepted, s.accepted - (s.audited - s.found))
    known = all(s.audited for s in there)
    estimate = sum(s.accepted / s.audited * s.found for s in there) if known else None
    return EscapeEstimate(
        sum(s.accepted for s in there), sum(s.audited for s in there), sum(s.found for s in there), estimate, low, high
    )
