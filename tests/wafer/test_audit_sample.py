"""The random audit is drawn class by class, and the same everywhere."""

from __future__ import annotations

import random

import pytest

from inspector.wafer.audit_sample import AuditSample
from inspector.wafer.grid import ChipId, WaferKey

CHIPS = [ChipId(c, r) for r in range(64) for c in range(64)]
CLASSES = {chip: "clean" if chip.column < 48 else "speck" if chip.column < 63 else "haze" for chip in CHIPS}


def sample(wafer: str = "W01", share: float = 0.01, shuffled: int = 0) -> AuditSample:
    made, chips = AuditSample(WaferKey("L1", wafer), share), list(CHIPS)
    random.Random(shuffled).shuffle(chips)
    for at in range(0, len(chips), 100):
        made.put((chip, CLASSES[chip]) for chip in chips[at : at + 100])
    return made


def test_that_one_in_a_hundred_of_each_class_is_drawn() -> None:
    drawn = sample().by_class()

    for name, chips in drawn.items():
        exact = 0.01 * sum(c == name for c in CLASSES.values())
        assert exact - 1 < len(chips) < exact + 1
        assert all(CLASSES[chip] == name for chip in chips)


def test_that_every_station_draws_the_same_chips_in_whatever_order_they_are_judged() -> None:
    assert sample(shuffled=1).drawn() == sample(shuffled=2).drawn()


def test_that_another_wafer_draws_other_chips() -> None:
    assert sample("W01").drawn() != sample("W02").drawn()


def test_that_few_chips_of_a_class_are_drawn_as_often_as_many() -> None:
    counts = []
    for number in range(2000):
        made = AuditSample(WaferKey("L1", f"P{number}"), 0.05)
        made.put([(ChipId(0, 0), "clean")])
        counts.append(len(made.drawn()))

    assert sum(counts) / len(counts) == pytest.approx(0.05, abs=0.015)


def test_that_a_chip_that_is_not_accepted_any_more_is_not_drawn() -> None:
    made = sample(share=1.0)
    made.put([(CHIPS[0], None), (CHIPS[1], "speck")])

    assert CHIPS[0] not in made.drawn()
    assert CHIPS[1] in made.by_class()["speck"]
    assert len(made.drawn()) == len(CHIPS) - 1


def test_that_no_share_draws_nothing() -> None:
    assert sample(share=0).drawn() == frozenset()
