"""The pace is the middle of the gaps between one person's decisions, breaks left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector.wafer.review_pace import minutes_left, seconds_per_decision

START = datetime(2026, 11, 22, 8, tzinfo=UTC)


def _times(*gaps: float) -> list[datetime]:
    return [START + timedelta(seconds=sum(gaps[:n])) for n in range(len(gaps) + 1)]


def test_that_the_pace_is_the_median_gap() -> None:
    assert seconds_per_decision(_times(2, 3, 2, 60, 4)) == 3.0


def test_that_a_break_is_no_gap() -> None:
    assert seconds_per_decision(_times(2, 3, 1800, 2, 3, 2, 121)) == 2.0
    assert seconds_per_decision(_times(2, 3, 120, 2, 2)) == 2.0  # two minutes are still one chip


def test_that_the_order_of_the_moments_does_not_matter() -> None:
    assert seconds_per_decision(_times(1, 2, 3, 4, 5)[::-1]) == 3.0


def test_that_fewer_than_five_gaps_give_no_pace() -> None:
    assert seconds_per_decision(_times(2, 2, 2, 2)) is None
    assert seconds_per_decision([]) is None


def test_that_minutes_left_follow_from_what_waits() -> None:
    assert minutes_left(90, 6.0) == pytest.approx(9.0)
    assert minutes_left(0, None) == 0.0
    assert minutes_left(3, None) is None
