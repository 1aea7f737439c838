"""The p-chart has the limits of the published example and names the lots that stand out, and only these."""

from __future__ import annotations

import math

import pytest

from inspector.wafer.control_chart import Alarm, limits, p_chart

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: 30 wafers of 50 chips each, fraction defective
NIST = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def test_that_the_limits_are_those_of_the_published_example() -> None:
    centre = sum(NIST) / (50 * len(NIST))

    assert centre == pytest.approx(0.2313, abs=5e-5)
    assert limits(centre, 50) == pytest.approx((0.0524, 0.4102), abs=5e-5)


def test_that_lots_beyond_the_first_limits_do_not_set_the_centre() -> None:
    chart = p_chart([(f"W{n}", events, 50) for n, events in enumerate(NIST, start=1)], least=50)

    assert chart.centre == pytest.approx((sum(NIST) - 22 - 24 - 20) / (50 * 27))
    # samples 15 and 23 in the handbook; 21 as well once these are left out, as Montgomery finds on the same data
    assert [p.name for p in chart.out_of_control if Alarm.ABOVE in p.alarms] == ["W15", "W21", "W23"]


def test_that_one_bad_lot_does_not_make_the_others_look_odd() -> None:
    chart = p_chart([(f"L{n}", 300, 7000) for n in range(5)] + [("bad", 775, 7000), ("L5", 300, 7000)])

    assert [p.name for p in chart.out_of_control] == ["bad"]


def test_that_each_lot_has_the_limits_of_its_own_number_of_chips() -> None:
    small, large = p_chart([("A", 10, 100), ("B", 90, 900)], least=1).points

    assert small.high - 0.1 == pytest.approx(3 * math.sqrt(0.1 * 0.9 / 100))
    assert large.high - 0.1 == pytest.approx((small.high - 0.1) / 3)
    assert small.low == pytest.approx(0.01)


def test_that_a_limit_is_never_below_nothing() -> None:
    assert p_chart([("A", 1, 100)], least=1).points[0].low == 0.0


def test_that_a_share_below_its_limit_stands_out_too() -> None:
    chart = p_chart([("A", 500, 1000), ("B", 500, 1000), ("C", 300, 1000)])

    assert [p.alarms for p in chart.points][2] == (Alarm.BELOW,)


def test_that_the_eighth_lot_in_a_row_on_one_side_is_named() -> None:
    lots = [(f"L{n}", 104, 1000) for n in range(9)] + [(f"M{n}", 96, 1000) for n in range(9)]

    named = {p.name: p.alarms for p in p_chart(lots).out_of_control}

    assert named == {
        "L7": (Alarm.RUN_ABOVE,),
        "L8": (Alarm.RUN_ABOVE,),
        "M7": (Alarm.RUN_BELOW,),
        "M8": (Alarm.RUN_BELOW,),
    }


def test_that_a_lot_on_the_centre_line_ends_a_run() -> None:
    lots = [("a", 11, 100)] * 4 + [("b", 10, 100)] + [("c", 11, 100)] * 4 + [("d", 9, 100)] * 8

    assert all(not p.alarms for p in p_chart(lots[:-1], least=1).points)


def test_that_a_lot_with_too_few_chips_raises_no_alarm_and_breaks_no_run() -> None:
    above, below = [(f"L{n}", 104, 1000) for n in range(8)], [(f"M{n}", 96, 1000) for n in range(9)]
    lots = [*above[:7], ("few", 9, 10), *above[7:], *below]

    points = {p.name: p for p in p_chart(lots).points}

    assert not points["few"].judged
    assert points["few"].alarms == ()
    assert Alarm.RUN_ABOVE in points["L7"].alarms


def test_that_without_decided_chips_there_is_no_chart() -> None:
    chart = p_chart([("A", 0, 0)])

    assert chart.centre is None
    assert chart.points == ()
