"""The figures are right: against counting by hand, published tables and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.wafer import scores

DEFECT = np.array([False, False, True])
#                        judged: good, fine, bad, undecided
TABLE = np.array([[8, 1, 1, 0], [0, 5, 0, 1], [1, 1, 6, 0]], dtype=np.int64)


def test_that_the_confusion_counts_truth_down_and_judged_across_with_undecided_last() -> None:
    table = scores.confusion([0, 0, 1, 2, 2], [0, 2, 1, 2, -1], 3)

    assert table.tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 1]]


def test_that_recall_and_precision_are_counted_by_row_and_by_column() -> None:
    assert scores.recalls(TABLE) == [8 / 10, 5 / 6, 6 / 8]
    assert scores.precisions(TABLE) == [8 / 9, 5 / 7, 6 / 7]
    assert scores.accuracy(TABLE) == 19 / 24
    assert scores.macro_recall(TABLE) == pytest.approx((8 / 10 + 5 / 6 + 6 / 8) / 3)


def test_that_confusing_two_good_classes_is_no_overkill() -> None:
    assert scores.pass_fail(TABLE, DEFECT) == (6, 2, 2, 14)  # one good chip failed, one undecided
    assert scores.pass_fail_accuracy(TABLE, DEFECT) == 20 / 24
    assert scores.escape_rate(TABLE, DEFECT) == 2 / 8
    assert scores.overkill_rate(TABLE, DEFECT) == 2 / 16
    assert scores.balanced_pass_fail(TABLE, DEFECT) == pytest.approx((6 / 8 + 14 / 16) / 2)


def test_that_a_figure_without_chips_is_none_and_not_perfect() -> None:
    empty = np.zeros((3, 4), dtype=np.int64)

    assert scores.accuracy(empty) is None
    assert scores.macro_recall(empty) is None
    assert scores.escape_rate(empty, DEFECT) is None
    assert scores.balanced_pass_fail(empty, DEFECT) is None
    assert scores.calibration_error([], []) is None


def test_that_macro_recall_leaves_out_classes_without_chips() -> None:
    table = np.array([[3, 1, 0, 0], [0, 0, 0, 0], [0, 0, 2, 0]], dtype=np.int64)

    assert scores.macro_recall(table) == pytest.approx((3 / 4 + 1) / 2)


def test_that_the_calibration_error_is_the_weighted_gap_of_fifteen_bins() -> None:
    sure = [0.95, 0.95, 0.95, 0.95, 0.55, 0.55]
    right = [True, True, True, False, True, False]

    gap = 4 / 6 * abs(0.75 - 0.95) + 2 / 6 * abs(0.5 - 0.55)

    assert scores.calibration_error(sure, right) == pytest.approx(gap)


def test_that_a_confidence_on_a_bin_edge_belongs_to_the_bin_below() -> None:
    one_bin = scores.calibration_error([1 / 15, 0.5 / 15], [True, False])

    assert one_bin == pytest.approx(abs(0.5 - 0.75 / 15))


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [(0, 10, 0.0, 0.30850), (1, 10, 0.00253, 0.44502), (5, 10, 0.18709, 0.81291), (10, 10, 0.69150, 1.0)],
)
def test_that_the_exact_bounds_are_those_of_the_tables(events: int, trials: int, low: float, high: float) -> None:
    assert scores.exact_bounds(events, trials) == pytest.approx((low, high), abs=1e-5)


@pytest.mark.parametrize(("trials", "rate"), [(59, 0.05), (299, 0.01), (2995, 0.001)])
def test_that_no_miss_among_enough_chips_proves_the_rate(trials: int, rate: float) -> None:
    assert scores.upper_bound(0, trials) <= rate < scores.upper_bound(0, trials - 1)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.data())
def test_that_the_bounds_hold_exactly_the_tail_they_promise(trials: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, trials))
    low, high = scores.exact_bounds(events, trials)

    assert low <= events / trials <= high
    if events < trials:
        assert _at_most(events, trials, high) == pytest.approx(0.025, abs=1e-6)
    if events > 0:
        assert 1 - _at_most(events - 1, trials, low) == pytest.approx(0.025, abs=1e-6)


def _at_most(events: int, trials: int, rate: float) -> float:
    return sum(math.comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(events + 1))


def test_that_a_hundred_thousand_chips_do_not_break_the_bounds() -> None:
    low, high = scores.exact_bounds(300, 100_000)

    assert 0.0026 < low < 0.003 < high < 0.0034


def test_that_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="7 events in 5 trials"):
        scores.exact_bounds(7, 5)
