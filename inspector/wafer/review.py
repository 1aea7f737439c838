"""Which chips need human eyes, why, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from inspector.wafer.classes import ClassSet


class ReviewReason(StrEnum):
    """Why a chip wants eyes; the order is the order of the queue for equal urgency."""

    UNDECIDED = "undecided"
    DEFECT = "defect"
    BORDERLINE = "borderline"


@dataclass(frozen=True)
class ReviewLimits:
    """P(defect) from `low` to `high` (both included) is borderline."""

    low: float = 0.05
    high: float = 0.95


def review_reason(
    class_name: str | None, p_defect: float, classes: ClassSet, limits: ReviewLimits
) -> ReviewReason | None:
    """Why this judgement wants eyes; None where the machine's good answer may stand."""
    if class_name is None or not math.isfinite(p_defect):
        return ReviewReason.UNDECIDED
    if limits.low <= p_defect <= limits.high:
        return ReviewReason.BORDERLINE
    return None if classes[class_name].is_good else ReviewReason.DEFECT


Key = TypeVar("Key")


def review_order(entries: Iterable[tuple[Key, ReviewReason, float]]) -> list[Key]:
    """Keys in queue order: undecided first, then defects from the surest on, then borderline nearest to 0.5 first.

    entries: (key, reason, P(defect)).
    """

    def urgency(entry: tuple[Key, ReviewReason, float]) -> tuple[int, float]:
        _, reason, p = entry
        if reason is ReviewReason.UNDECIDED:
            return (0, 0.0)
        if reason is ReviewReason.DEFECT:
            return (1, -p)
        return (2, abs(p - 0.5))

    return [key for key, _, _ in sorted(entries, key=urgency)]
