"""Review limits keep what nobody looks at under the recipe's limit, provably, and ask for few good chips."""

from __future__ import annotations

import numpy as np
import pytest

from inspector.learning.review_limits import CalibrationChips, choose_limits
from inspector.wafer.recipe import ReviewSection
from inspector.wafer.scores import upper_bound


def _chips(p: np.ndarray, is_defect: np.ndarray, novel: np.ndarray | None = None) -> CalibrationChips:
    return CalibrationChips(p, p < 0.5, is_defect, np.zeros(len(p), bool) if novel is None else novel)


def _drawn(number: int, seed: int = 0) -> CalibrationChips:
    """Calibrated: a chip with P(defect) p is a defect with probability p."""
    rng = np.random.default_rng(seed)
    p = 1 / (1 + np.exp(-np.where(rng.random(number) < 0.15, rng.normal(5, 3, number), rng.normal(-10, 2, number))))
    return _chips(p, rng.random(number) < p)


def test_that_accepted_chips_are_proven_to_hold_few_escapes() -> None:
    chips, wanted = _drawn(4000), ReviewSection()

    found = choose_limits(chips, wanted)

    taken = chips.accepted(found.limits.low)
    assert found.proven
    assert (found.accepted, found.escapes) == (taken.sum(), (taken & chips.is_defect).sum())
    assert found.bound == pytest.approx(upper_bound(found.escapes, found.accepted))
    assert found.bound <= wanted.max_escape
    assert found.asked_good is not None
    assert found.asked_good <= wanted.max_asked + 0.02  # overkill and what lies at the limit besides


def test_that_the_limits_hold_on_chips_that_they_were_not_chosen_by() -> None:
    shares = []
    for seed in range(20):
        low = choose_limits(_drawn(4000, seed), ReviewSection()).limits.low
        fresh = _drawn(20000, seed + 100)
        taken = fresh.accepted(low)
        shares.append((taken & fresh.is_defect).sum() / taken.sum())

    assert max(shares) <= 0.003


def test_that_a_stricter_recipe_asks_for_more_chips() -> None:
    chips = _drawn(6000)

    lax, strict = (choose_limits(chips, ReviewSection(max_escape=m, max_asked=0.0)) for m in (0.01, 0.001))

    assert strict.limits.low < lax.limits.low
    assert strict.accepted < lax.accepted


def test_that_eyes_which_the_recipe_spares_are_spent_on_the_likeliest_escapes() -> None:
    chips = _drawn(6000)

    few, many = (choose_limits(chips, ReviewSection(max_escape=0.01, max_asked=m)) for m in (0.0, 0.1))

    assert many.limits.low < few.limits.low
    assert many.escapes <= few.escapes


def test_that_too_few_chips_prove_nothing_and_say_so() -> None:
    chips = _drawn(200)

    found = choose_limits(chips, ReviewSection())

    assert not found.proven
    assert found.limits.low <= 0.05
    assert "not proven" in found.note
    assert f"among {found.accepted} accepted chips" in found.note


def test_that_a_novel_or_undecided_chip_is_never_accepted() -> None:
    p = np.full(3000, 0.001)
    p[0] = np.nan
    novel = np.arange(3000) == 1
    chips = CalibrationChips(p, np.isfinite(p), np.zeros(3000, bool), novel)

    found = choose_limits(chips, ReviewSection())

    assert found.accepted == 2998
    assert found.asked_good == pytest.approx(2 / 3000)


def test_that_the_least_sure_tenth_of_the_defects_is_borderline() -> None:
    p = np.concatenate([np.full(2000, 0.001), np.linspace(0.5, 1.0, 101)])

    found = choose_limits(_chips(p, p >= 0.5), ReviewSection())

    assert found.limits.high == pytest.approx(0.55, abs=0.01)


def test_that_chips_of_one_verdict_still_give_limits() -> None:
    found = choose_limits(_chips(np.full(50, 0.01), np.zeros(50, bool)), ReviewSection())

    assert 0 < found.limits.low <= 0.05 <= found.limits.high
    assert found.expected_escape is None
