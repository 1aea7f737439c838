from __future__ import annotations

import math

import numpy as np
import pytest

from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.judgement import Judgement, choose_class

CLASSES = ClassSet(
    tuple(
        ChipClass(name, verdict, "", (), {}, "#000000", "")
        for name, verdict in [
            ("pit", Verdict.DEFECT),
            ("clean", Verdict.GOOD),
            ("scratch", Verdict.DEFECT),
            ("haze", Verdict.GOOD),
        ]
    )
)


@pytest.mark.parametrize(
    ("row", "class_name", "p_defect"),
    [
        ((0.1, 0.7, 0.1, 0.1), "clean", 0.2),
        ((0.3, 0.4, 0.3, 0.0), "pit", 0.6),  # the likeliest class is good, yet the chip fails
        ((0.25, 0.5, 0.25, 0.0), "pit", 0.5),
        ((0.0, 0.2, 0.45, 0.35), "haze", 0.45),
        ((0.0, 0.0, 1.0, 0.0), "scratch", 1.0),
    ],
)
def test_that_pass_or_fail_is_chosen_before_the_class(row: tuple[float, ...], class_name: str, p_defect: float) -> None:
    found = choose_class(np.array(row, np.float32), CLASSES)

    assert found == (class_name, pytest.approx(p_defect, abs=1e-6))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_that_a_row_that_is_not_finite_is_undecided_and_never_the_first_class(bad: float) -> None:
    class_name, p_defect = choose_class(np.array([bad, 0.5, 0.2, 0.3], np.float32), CLASSES)

    assert class_name is None
    assert math.isnan(p_defect)


@pytest.mark.parametrize(
    ("evidence", "probabilities"),
    [
        (np.zeros((2, 3, 3), np.float32), np.zeros(2, np.float32)),
        (np.zeros((3, 3), np.uint8), np.zeros(3, np.float32)),
        (np.zeros((2, 3, 3), np.uint8), np.zeros(3, np.float32)),
    ],
)
def test_that_a_judgement_with_evidence_of_the_wrong_shape_can_not_be_made(
    evidence: np.ndarray, probabilities: np.ndarray
) -> None:
    with pytest.raises(ValueError, match="evidence"):
        Judgement("clean", probabilities, 0.1, (0.0, 0.0), evidence)
