"""Who said what: last answers that stand, blind ones in second review, and never an adjudication as a rating."""

from __future__ import annotations

import report_fakes as fakes

from inspector.exchange.figures.people import read_people, read_shared
from inspector.records.record import Record
from inspector.wafer.grid import WaferKey
from inspector.wafer.scores import Rate
from inspector.wafer.second_review import NewOpinion, OpinionKind

KEY = WaferKey("A", "W1")
CHIPS = fakes.CHIPS
PIT = ("pit", 0.98)
CLASSES = fakes.RECIPE.class_set


def _reviewed(record: Record, place: int, class_name: str, operator: str = "ben") -> int:
    opinion, _ = record.add_opinion(KEY, NewOpinion(CHIPS[place], OpinionKind.REVIEW, operator, class_name))
    return opinion.seq


def test_that_the_last_answer_of_each_person_counts(record: Record) -> None:
    fakes.add_wafer(record, KEY, [fakes.SURE] * 3)
    fakes.decide(record, KEY, 0, "haze")
    fakes.decide(record, KEY, 0, "clean")
    fakes.decide(record, KEY, 0, "pit", operator="ben")
    fakes.decide(record, KEY, 1, "pit")

    shared = read_shared(record, KEY, CLASSES)

    assert shared.answers == {CHIPS[0]: {"aki": "clean", "ben": "pit"}}
    assert shared.blind == frozenset()
    assert shared.settled == {CHIPS[0]: "pit"}


def test_that_withdrawn_and_unsure_answers_are_none(record: Record) -> None:
    fakes.add_wafer(record, KEY, [fakes.SURE] * 3)
    fakes.decide(record, KEY, 0, "clean")
    record.withdraw(KEY, [fakes.decide(record, KEY, 0, "pit", operator="ben")], "ben")
    fakes.decide(record, KEY, 1, "clean")
    fakes.decide(record, KEY, 1, "unsure", operator="ben")

    assert read_shared(record, KEY, CLASSES).answers == {}


def test_that_a_second_reviewers_answer_counts_as_blind(record: Record) -> None:
    fakes.add_wafer(record, KEY, [PIT] * 3)
    for place in range(3):
        fakes.decide(record, KEY, place, "clean")
    _reviewed(record, 0, "clean")
    _reviewed(record, 1, "pit")

    shared = read_shared(record, KEY, CLASSES)

    assert shared.answers == {CHIPS[0]: {"aki": "clean", "ben": "clean"}, CHIPS[1]: {"aki": "clean", "ben": "pit"}}
    assert shared.blind == {CHIPS[0], CHIPS[1]}
    assert shared.settled == {CHIPS[0]: "clean"}  # the other one is disputed


def test_that_an_adjudication_settles_and_is_no_rating(record: Record) -> None:
    fakes.add_wafer(record, KEY, [PIT] * 2)
    fakes.decide(record, KEY, 0, "clean")
    _reviewed(record, 0, "pit")
    record.add_opinion(KEY, NewOpinion(CHIPS[0], OpinionKind.ADJUDICATE, "ena", "pit"))

    shared = read_shared(record, KEY, CLASSES)

    assert shared.answers == {CHIPS[0]: {"aki": "clean", "ben": "pit"}}
    assert shared.settled == {CHIPS[0]: "pit"}


def test_that_people_are_measured_over_the_whole_record(record: Record) -> None:
    fakes.add_wafer(record, KEY, [PIT] * 4)
    for place, second in enumerate(["clean", "clean", "pit", "pit"]):
        fakes.decide(record, KEY, place, "clean")
        _reviewed(record, place, second)
    record.add_opinion(KEY, NewOpinion(CHIPS[2], OpinionKind.ADJUDICATE, "ena", "pit"))

    found = read_people(record, fakes.RECIPE)

    assert (found.chips, found.blind, found.settled) == (4, 4, 3)
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.same_verdict) == ("aki", "ben", Rate(2, 4))
    assert pair.kappa_verdict == 0.0  # one of them always said good: nothing beyond chance
    aki, ben = found.persons
    assert (aki.missed, aki.alarms) == (Rate(1, 1), Rate(0, 2))
    assert (ben.missed, ben.alarms) == (Rate(0, 1), Rate(0, 2))


def test_that_a_record_without_shared_chips_has_nobody_to_compare(record: Record) -> None:
    fakes.add_wafer(record, KEY, [fakes.SURE])
    fakes.decide(record, KEY, 0, "clean")

    found = read_people(record, fakes.RECIPE)

    assert (found.chips, found.pairs, found.persons, found.group.kappa) == (0, (), (), None)
