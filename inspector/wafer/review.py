"""Which chips need human eyes, why, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from inspector.wafer.classes import ClassSet

NOVELTY_LIMIT = 1.0  # above it a chip is like nothing that the model has learned from


class ReviewReason(StrEnum):
    """Why a chip wants eyes; the order is the order of the queue for equal urgency."""

    UNDECIDED = "undecided"
    DEFECT = "defect"
    BORDERLINE = "borderline"
    NOVEL = "novel"


@dataclass(frozen=True)
class ReviewLimits:
    """P(defect) from `low` to `high` (both included) is borderline."""

    low: float = 0.05
    high: float = 0.95


def review_reason(
    class_name: str | None, p_defect: float, classes: ClassSet, limits: ReviewLimits, novelty: float = 0.0
) -> ReviewReason | None:
    """Why this judgement wants eyes; None where the machine's good answer may stand.

    A good answer stands only below `limits.low`, and only on a chip that is not novel. Novelty is asked last: a novel
    chip that is judged a defect, or is borderline, is looked at for that reason.
    """
    if class_name is None or not math.isfinite(p_defect):
        return ReviewReason.UNDECIDED
    is_good = classes[class_name].is_good
    if (is_good and p_defect >= limits.low) or limits.low <= p_defect <= limits.high:
        return ReviewReason.BORDERLINE
    if not is_good:
        return ReviewReason.DEFECT
    return None if novelty <= NOVELTY_LIMIT else ReviewReason.NOVEL  # one that is no number does not pass either


Key = TypeVar("Key")


def review_order(entries: Iterable[tuple[Key, ReviewReason, float]]) -> list[Key]:
    """Keys in queue order: undecided, defects from the surest on, borderline nearest to 0.5 first, then novel chips.

    entries: (key, reason, P(defect)).
    """
    return [key for key, _, _ in sorted(entries, key=lambda entry: review_urgency(entry[1], entry[2]))]


def review_urgency(reason: ReviewReason, p_defect: float) -> tuple[int, float]:
    """What `review_order` sorts by: the reason's rank, then how urgent the chip is among its like; small is first."""
    if reason is ReviewReason.UNDECIDED:
        return (0, 0.0)
    if reason is ReviewReason.DEFECT:
        return (1, -p_defect)
    if reason is ReviewReason.BORDERLINE:
        return (2, abs(p_defect - 0.5))
    return (3, -p_defect)
