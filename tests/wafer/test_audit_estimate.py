"""Escapes are estimated from the audit class by class, with bounds that hold."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest

from inspector.wafer.audit_estimate import Stratum, escape_estimate
from inspector.wafer.scores import exact_bounds


def test_that_each_class_is_weighed_by_its_accepted_chips() -> None:
    found = escape_estimate([Stratum("clean", 1000, 100, 2), Stratum("haze", 500, 50, 1), Stratum("fringe", 60, 6, 0)])

    assert found.estimate == pytest.approx(1000 / 100 * 2 + 500 / 50 * 1)
    assert (found.accepted, found.audited, found.found) == (1560, 156, 3)
    assert found.low < 30 < found.high


def test_that_one_class_has_the_exact_bounds_of_the_tables() -> None:
    found = escape_estimate([Stratum("clean", 1000, 10, 1)])

    assert (found.low, found.high) == pytest.approx((2.53, 445.02), abs=0.01)  # Clopper-Pearson, 1 of 10
    assert exact_bounds(1, 10)[1] * 1000 == pytest.approx(found.high)


def test_that_a_class_audited_whole_adds_no_doubt() -> None:
    found = escape_estimate([Stratum("clean", 40, 40, 3)])

    assert (found.low, found.estimate, found.high) == (3.0, 3.0, 3.0)


def test_that_a_class_that_nobody_audited_leaves_the_total_open() -> None:
    found = escape_estimate([Stratum("clean", 1000, 100, 0), Stratum("haze", 20, 0, 0)])

    assert found.estimate is None
    assert found.high > 20.0


def test_that_nothing_accepted_means_nothing_escaped() -> None:
    found = escape_estimate([Stratum("clean", 0, 0, 0)])

    assert (found.estimate, found.low, found.high) == (0.0, 0.0, 0.0)


def test_that_the_bounds_hold_for_two_classes_together() -> None:
    """Brute force over every possible audit: the true total lies within the bounds in 95 % of all draws or more."""
    (n_a, k_a, m_a), (n_b, k_b, m_b) = (60, 6, 12), (40, 2, 8)  # chips, true defects, audited
    within = 0.0
    for x, y in product(range(k_a + 1), range(k_b + 1)):
        found = escape_estimate([Stratum("a", n_a, m_a, x), Stratum("b", n_b, m_b, y)])
        if found.low <= k_a + k_b <= found.high:
            within += _draws(n_a, k_a, m_a, x) * _draws(n_b, k_b, m_b, y)

    assert within >= 0.95


def _draws(chips: int, defects: int, audited: int, found: int) -> float:
    return comb(defects, found) * comb(chips - defects, audited - found) / comb(chips, audited)
