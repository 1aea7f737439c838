"""The laser wafer's criteria: what a mark means, and what the marks make of a chip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspector.imaging.synthetic import criteria
from inspector.imaging.synthetic.criteria import Dot, Fringe, Haze, Hillock, Scratch, Stripes, judge_chip, judge_mark

CHIP = (384, 384)
STRIPES = Stripes((100.0, 260.0), 40.0)
ON, OFF = 100.0, 180.0  # x on a stripe, and far from both


def dot(x: float, contrast: float = -30.0) -> Dot:
    return Dot(x, 200.0, 6.0, contrast)


def scratch(length: float, x: float = OFF) -> Scratch:
    steps = 20
    return Scratch(tuple((x, 100 + length * i / steps) for i in range(steps + 1)), 2.0, 30.0, False)


def haze(level: float) -> Haze:
    return Haze(OFF, 200.0, (50.0, 60.0), level, False, 1)


def fringe(amplitude: float, window: tuple[float, float, float, float] | None = None) -> Fringe:
    return Fringe(amplitude, 40.0, True, 0.0, (100.0, 100.0), window)


def class_of(*marks: criteria.Mark) -> str:
    return judge_chip(marks, STRIPES, CHIP, 0.0).class_name


def test_that_the_same_dot_is_a_pit_on_the_stripe_and_a_speck_beside_it() -> None:
    assert class_of(dot(ON)) == "pit"
    assert class_of(dot(OFF)) == "speck"


def test_that_a_dot_counts_from_where_its_rim_touches_the_stripe() -> None:
    border = ON + STRIPES.width / 2

    assert class_of(dot(border + 2.9)) == "pit"
    assert class_of(dot(border + 3.1)) == "speck"


@pytest.mark.parametrize(("gap", "borderline"), [(-3.5, False), (-2.5, True), (2.5, True), (3.5, False)])
def test_that_a_dot_near_the_stripe_border_is_borderline(gap: float, borderline: bool) -> None:
    mark = dot(ON + STRIPES.width / 2 + 3.0 + gap)

    assert judge_chip([mark], STRIPES, CHIP, 0.0).borderline is borderline


@pytest.mark.parametrize(
    ("length", "name", "borderline"),
    [(30.0, "speck", False), (46.0, "speck", True), (50.0, "scratch", True), (80.0, "scratch", False)],
)
def test_that_a_scratch_counts_from_its_limit_on(length: float, name: str, borderline: bool) -> None:
    truth = judge_chip([scratch(length)], STRIPES, CHIP, 0.0)

    assert (truth.class_name, truth.borderline) == (name, borderline)


def test_that_a_short_scratch_on_a_stripe_is_a_defect() -> None:
    assert class_of(scratch(30.0, x=ON)) == "scratch"


@pytest.mark.parametrize(
    ("level", "name", "borderline"),
    [
        (0.02, "clean", False),
        (0.037, "clean", True),
        (0.08, "haze", False),
        (0.14, "haze", True),
        (0.16, "growth", True),
        (0.3, "growth", False),
    ],
)
def test_that_haze_is_light_up_to_its_limit(level: float, name: str, borderline: bool) -> None:
    truth = judge_chip([haze(level)], STRIPES, CHIP, 0.0)

    assert (truth.class_name, truth.borderline) == (name, borderline)


def test_that_a_small_hillock_is_judged_as_a_dot() -> None:
    assert class_of(Hillock(OFF, 200.0, 20.0, 40.0)) == "growth"
    assert class_of(Hillock(OFF, 200.0, 8.0, 40.0)) == "speck"
    assert class_of(Hillock(ON, 200.0, 8.0, 40.0)) == "pit"


def test_that_the_gravest_mark_names_the_chip_and_only_its_marks_are_boxed() -> None:
    marks = [dot(OFF), dot(ON), fringe(0.1), dot(260.0)]

    truth = judge_chip(marks, STRIPES, CHIP, 0.0)

    assert truth.class_name == "pit"
    assert truth.boxes is not None
    assert [round(x + w / 2) for x, _, w, _ in truth.boxes] == [100, 260]


def test_that_a_borderline_speck_beside_a_clear_defect_leaves_the_chip_clear() -> None:
    near = dot(ON + STRIPES.width / 2 + 3.0 + 1.0)

    assert judge_chip([near], STRIPES, CHIP, 0.0).borderline
    assert not judge_chip([near, dot(ON)], STRIPES, CHIP, 0.0).borderline


def test_that_a_fringe_over_the_whole_chip_has_no_box_and_a_local_one_has() -> None:
    whole = judge_chip([fringe(0.1)], STRIPES, CHIP, 0.0)
    local = judge_chip([fringe(0.1, (100.0, 120.0, 40.0, 30.0))], STRIPES, CHIP, 0.0)

    assert whole.boxes is None
    assert local.boxes == ((58.0, 88.0, 84.0, 64.0),)


def test_that_a_clean_chip_has_nothing_to_locate_and_its_tone_as_sub_type() -> None:
    bright, dark = judge_chip([], STRIPES, CHIP, 0.01), judge_chip([], STRIPES, CHIP, -0.01)

    assert (bright.boxes, bright.subtype) == ((), "bright")
    assert (dark.boxes, dark.subtype) == ((), "dark")


def test_that_the_boxes_along_a_scratch_hold_all_of_its_points() -> None:
    slanting = Scratch(tuple((50.0 + 5 * i, 60.0 + 4 * i) for i in range(50)), 2.0, 30.0, False)

    finding = judge_mark(slanting, STRIPES, CHIP)

    assert finding is not None
    assert finding.boxes is not None
    assert len(finding.boxes) > 3
    for x, y in slanting.points:
        assert any(bx <= x <= bx + w and by <= y <= by + h for bx, by, w, h in finding.boxes)


def test_that_boxes_end_at_the_chip_border() -> None:
    truth = judge_chip([replace(haze(0.1), x=0.0)], STRIPES, CHIP, 0.0)

    assert truth.boxes == ((0.0, 138.0, 52.0, 124.0),)
