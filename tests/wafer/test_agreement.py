"""Agreement between people is that of the published worked examples, and says n/a where chance explains all."""

from __future__ import annotations

import numpy as np
import pytest

from inspector.wafer.agreement import (
    cohen_kappa,
    fleiss_kappa,
    group_agreement,
    pair_agreements,
    person_agreements,
)
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.scores import Rate

CLASSES = ClassSet(
    tuple(
        ChipClass(name, Verdict(verdict), "", (), {}, "#000000", "")
        for name, verdict in (("clean", "good"), ("haze", "good"), ("pit", "defect"))
    )
)
# Fleiss 1971 as retold in textbooks: 14 raters, 10 subjects, 5 categories; P = 0.378, P_e = 0.213, kappa = 0.210
FLEISS = np.array(
    [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
)
RATINGS = {
    1: {"aki": "clean", "ben": "clean"},
    2: {"aki": "clean", "ben": "haze", "cho": "pit"},
    3: {"aki": "pit", "ben": "pit", "cho": "pit"},
    4: {"aki": "clean", "ben": "pit"},
    5: {"cho": "clean"},
}


def test_that_cohens_kappa_takes_out_what_chance_explains() -> None:
    first = [0] * 25 + [1] * 25
    second = [0] * 20 + [1] * 5 + [0] * 10 + [1] * 15  # the textbook case: agreement 0.7, chance 0.5

    assert cohen_kappa(first, second, 2) == pytest.approx(0.4)
    assert cohen_kappa(first, first, 2) == 1.0


def test_that_cohens_kappa_is_undefined_for_one_class_and_for_nothing() -> None:
    assert cohen_kappa([1, 1], [1, 1], 2) is None
    assert cohen_kappa([], [], 2) is None


def test_that_fleiss_kappa_is_that_of_the_published_example() -> None:
    assert fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=5e-4)


def test_that_fleiss_kappa_is_undefined_for_one_class_and_for_nothing() -> None:
    assert fleiss_kappa(np.array([[3, 0], [3, 0]])) is None
    assert fleiss_kappa(np.zeros((0, 2), np.int64)) is None


def test_that_fleiss_kappa_refuses_subjects_with_different_numbers_of_raters() -> None:
    with pytest.raises(ValueError, match="same number of raters"):
        fleiss_kappa(np.array([[2, 1], [1, 1]]))


def test_that_two_people_are_compared_on_the_chips_that_both_answered() -> None:
    found = {(p.first, p.second): p for p in pair_agreements(RATINGS, CLASSES)}

    assert found["aki", "ben"].same == Rate(2, 4)
    assert found["aki", "ben"].same_verdict == Rate(3, 4)
    assert found["aki", "ben"].kappa_verdict == pytest.approx((0.75 - 0.5) / (1 - 0.5))  # aki fails 1 of 4, ben 2 of 4
    assert found["aki", "cho"].same_verdict == Rate(1, 2)
    assert set(found) == {("aki", "ben"), ("aki", "cho"), ("ben", "cho")}


def test_that_misses_count_among_settled_defects_and_alarms_among_settled_goods() -> None:
    settled = {1: "clean", 2: "haze", 3: "pit", 4: "pit"}

    aki, ben, cho = person_agreements(RATINGS, settled, CLASSES)

    assert (aki.missed, aki.alarms) == (Rate(1, 2), Rate(0, 2))
    assert (ben.missed, ben.alarms) == (Rate(0, 2), Rate(0, 2))
    assert (cho.missed, cho.alarms) == (Rate(0, 1), Rate(1, 1))
    assert ben.same_verdict == Rate(4, 4)


def test_that_a_person_without_settled_chips_is_left_out() -> None:
    assert person_agreements({5: {"cho": "clean"}}, {}, CLASSES) == []


def test_that_the_group_is_compared_on_the_chips_that_all_answered() -> None:
    group = group_agreement(RATINGS, CLASSES)

    assert (group.people, group.chips) == (3, 2)
    # classes: P = (0 + 1) / 2, p = (1/6, 1/6, 4/6), P_e = 0.5; verdicts: P = (1/3 + 1) / 2, p = (2/3, 1/3), P_e = 5/9
    assert group.kappa == pytest.approx(0.0)
    assert group.kappa_verdict == pytest.approx((2 / 3 - 5 / 9) / (4 / 9))


def test_that_one_person_alone_agrees_with_nobody() -> None:
    group = group_agreement({1: {"aki": "clean"}}, CLASSES)

    assert (group.chips, group.kappa) == (0, None)
    assert pair_agreements({1: {"aki": "clean"}}, CLASSES) == []
