from __future__ import annotations

import math

import pytest

from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.review import ReviewLimits, ReviewReason, review_order, review_reason

CLASSES = ClassSet(
    (
        ChipClass("clean", Verdict.GOOD, "1", (), {}, "#000000", ""),
        ChipClass("pit", Verdict.DEFECT, "2", (), {}, "#ffffff", "x"),
    )
)


@pytest.mark.parametrize(
    ("class_name", "p_defect", "reason"),
    [
        ("clean", 0.01, None),
        ("clean", 0.0499, None),
        ("clean", 0.05, ReviewReason.BORDERLINE),
        ("clean", 0.4, ReviewReason.BORDERLINE),
        ("pit", 0.6, ReviewReason.BORDERLINE),
        ("pit", 0.95, ReviewReason.BORDERLINE),
        ("pit", 0.96, ReviewReason.DEFECT),
        (None, 0.5, ReviewReason.UNDECIDED),
        ("clean", math.nan, ReviewReason.UNDECIDED),
    ],
)
def test_that_a_judgement_is_reviewed_for_the_right_reason(
    class_name: str | None, p_defect: float, reason: ReviewReason | None
) -> None:
    assert review_reason(class_name, p_defect, CLASSES, ReviewLimits()) == reason


@pytest.mark.parametrize(
    ("class_name", "p_defect", "novelty", "reason"),
    [
        ("clean", 0.01, 1.0, None),
        ("clean", 0.01, 1.01, ReviewReason.NOVEL),
        ("clean", 0.01, math.nan, ReviewReason.NOVEL),
        ("clean", 0.4, 3.0, ReviewReason.BORDERLINE),
        ("pit", 0.99, 3.0, ReviewReason.DEFECT),
        (None, math.nan, math.nan, ReviewReason.UNDECIDED),
    ],
)
def test_that_a_novel_chip_never_passes_as_good_and_keeps_any_other_reason(
    class_name: str | None, p_defect: float, novelty: float, reason: ReviewReason | None
) -> None:
    assert review_reason(class_name, p_defect, CLASSES, ReviewLimits(), novelty) == reason


def test_that_a_good_answer_never_passes_from_the_lower_limit_on() -> None:
    assert review_reason("clean", 0.45, CLASSES, ReviewLimits(0.1, 0.3)) is ReviewReason.BORDERLINE


def test_that_the_recipes_own_limits_count() -> None:
    assert review_reason("clean", 0.1, CLASSES, ReviewLimits(0.2, 0.8)) is None


def test_that_the_queue_goes_from_undecided_over_sure_defects_to_the_nearest_borderline() -> None:
    entries = [
        ("far", ReviewReason.BORDERLINE, 0.9),
        ("sure", ReviewReason.DEFECT, 0.999),
        ("near", ReviewReason.BORDERLINE, 0.45),
        ("lost", ReviewReason.UNDECIDED, math.nan),
        ("new", ReviewReason.NOVEL, 0.01),
        ("less sure", ReviewReason.DEFECT, 0.96),
    ]

    assert review_order(entries) == ["lost", "sure", "less sure", "near", "far", "new"]


def test_that_equally_urgent_chips_keep_their_order() -> None:
    entries = [(n, ReviewReason.UNDECIDED, math.nan) for n in range(20)]

    assert review_order(entries) == list(range(20))
