from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.decision import Decision, DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import (
    NewOpinion,
    Opinion,
    OpinionKind,
    ReviewState,
    SecondReason,
    SecondRules,
    chip_review,
    is_drawn,
    needs_second,
    standing_opinions,
)

KEY, CHIP = WaferKey("L", "W"), ChipId(1, 2)
START = datetime(2026, 1, 1, tzinfo=UTC)
_VERDICTS = {"clean": Verdict.GOOD, "haze": Verdict.GOOD, "pit": Verdict.DEFECT, "scratch": Verdict.DEFECT}
CLASSES = ClassSet(tuple(ChipClass(name, verdict, "", (), {}, "#000000", "") for name, verdict in _VERDICTS.items()))
BOTH = SecondRules(frozenset(SecondReason), 0.0, CLASSES)


def decided(seq: int, to: str | None, stood: str | None = "pit", by: str = "aki") -> Decision:
    kind = DecisionKind.UNSURE if to is None else DecisionKind.CONFIRM if to == stood else DecisionKind.RELABEL
    return Decision(seq, START + timedelta(seconds=seq), KEY, NewDecision(CHIP, kind, by, stood, to))


def withdrawn(seq: int, target: int) -> Decision:
    new = NewDecision(CHIP, DecisionKind.WITHDRAW, "aki", withdraws=target)
    return Decision(seq, START + timedelta(seconds=seq), KEY, new)


def said(seq: int, kind: OpinionKind, about: int, to: str | None = None, made: int | None = None) -> Opinion:
    reason = "blurred" if kind is OpinionKind.RETURN else ""
    return Opinion(seq, START, KEY, NewOpinion(CHIP, kind, "ben", to, reason, about), about, made)


def taken_back(seq: int, target: int, about: int) -> Opinion:
    return Opinion(seq, START, KEY, NewOpinion(CHIP, OpinionKind.WITHDRAW, "ben", about=about, withdraws=target), about)


def state(log: list[Decision], opinions: list[Opinion] | None = None, machine: str | None = "pit") -> ReviewState:
    return chip_review(machine, log, opinions or [], BOTH).state


def test_that_a_chip_that_nobody_decided_on_is_open() -> None:
    assert state([]) is ReviewState.OPEN
    assert state([decided(1, "clean"), withdrawn(2, 1)]) is ReviewState.OPEN


@pytest.mark.parametrize(
    ("machine", "stood", "to", "waits"),
    [
        ("pit", "pit", "clean", True),
        ("clean", "pit", "clean", True),  # a person had called it a defect
        ("pit", "clean", "clean", True),  # confirms a good answer that a person gave against the machine
        ("pit", None, "clean", True),
        ("clean", "clean", "haze", False),
        (None, None, "clean", False),
        ("pit", "pit", "pit", False),
        ("pit", "pit", "scratch", False),
        ("clean", "clean", "pit", False),
        ("clean", "clean", None, True),
        ("an older class", "an older class", "clean", False),
    ],
)
def test_that_a_defect_called_good_and_an_unsure_chip_wait_for_a_second_person(
    machine: str | None, stood: str | None, to: str | None, waits: bool
) -> None:
    expected = ReviewState.SECOND_REVIEW if waits else ReviewState.DECIDED

    assert state([decided(1, to, stood)], machine=machine) is expected


def test_that_saying_good_twice_or_by_way_of_unsure_does_not_get_round_the_second_person() -> None:
    twice = [decided(1, "pit", "clean"), decided(2, "clean", "pit", "ben"), decided(3, "clean", "clean", "ben")]
    by_unsure = [decided(1, "pit", "clean"), decided(2, None, "pit", "ben"), decided(3, "clean", None, "ben")]
    undone = [decided(1, "pit", "clean"), withdrawn(2, 1), decided(3, "clean", "clean", "ben")]

    assert state(twice, machine="clean") is ReviewState.SECOND_REVIEW
    assert state(by_unsure, machine="clean") is ReviewState.SECOND_REVIEW
    assert state(undone, machine="clean") is ReviewState.DECIDED


def test_that_the_recipe_names_what_a_second_person_sees() -> None:
    none, unsure = (SecondRules(frozenset(r), 0.0, CLASSES) for r in ((), (SecondReason.UNSURE,)))

    assert not needs_second(KEY, "pit", decided(1, None).new, none)
    assert needs_second(KEY, "pit", decided(1, None).new, unsure)
    assert not needs_second(KEY, "pit", decided(1, "clean").new, unsure)


def test_that_the_same_class_closes_the_review_and_another_opens_a_dispute() -> None:
    log = [decided(4, "clean")]

    assert state(log, [said(1, OpinionKind.REVIEW, 4, "clean")]) is ReviewState.AGREED
    assert state(log, [said(1, OpinionKind.REVIEW, 4, "haze")]) is ReviewState.DISPUTED
    assert state(log, [said(1, OpinionKind.REVIEW, 4, "pit")]) is ReviewState.DISPUTED
    assert state(log, [said(1, OpinionKind.REVIEW, 4, None)]) is ReviewState.DISPUTED
    assert state([decided(4, None)], [said(1, OpinionKind.REVIEW, 4, None)]) is ReviewState.DISPUTED


def test_that_the_answer_of_the_second_person_stands_where_the_first_was_unsure() -> None:
    log = [decided(1, None, "clean"), decided(2, "clean", None, by="ben")]
    opinion = said(1, OpinionKind.REVIEW, 1, "clean", made=2)

    assert state(log, [opinion], machine="clean") is ReviewState.DECIDED
    assert state(log, [opinion], machine="pit") is ReviewState.SECOND_REVIEW  # one person alone against the machine
    assert state([*log, withdrawn(3, 2)], [opinion], machine="clean") is ReviewState.SECOND_REVIEW


def test_that_an_answer_of_the_second_person_is_no_review_of_the_answer_that_is_given_again_over_it() -> None:
    log = [decided(1, None, "clean"), decided(2, "clean", None, by="ben"), withdrawn(3, 1), decided(4, None, "clean")]

    assert state(log, [said(1, OpinionKind.REVIEW, 1, "clean", made=2)], machine="clean") is ReviewState.SECOND_REVIEW


def test_that_an_engineer_settles_or_returns_a_dispute_and_can_take_that_back() -> None:
    log, opinions = [decided(1, "clean")], [said(1, OpinionKind.REVIEW, 1, "pit")]
    settled = [*log, decided(2, "clean", "clean", by="eng")]
    ruling = said(2, OpinionKind.ADJUDICATE, 1, "clean", made=2)
    back = said(2, OpinionKind.RETURN, 1)

    review = chip_review("pit", settled, [*opinions, ruling], BOTH)
    assert (review.state, [o.seq for o in review.opinions]) == (ReviewState.ADJUDICATED, [1, 2])
    assert state([*settled, withdrawn(3, 2)], [*opinions, ruling]) is ReviewState.DISPUTED
    assert state(log, [*opinions, back]) is ReviewState.RETURNED
    assert state(log, [*opinions, back, taken_back(3, 2, 1)]) is ReviewState.DISPUTED


def test_that_a_settled_chip_is_settled_though_the_answers_in_dispute_are_not_known_yet() -> None:
    ruling = said(2, OpinionKind.ADJUDICATE, 1, "clean", made=2)

    assert state([decided(2, "clean", by="eng")], [ruling]) is ReviewState.ADJUDICATED


def test_that_a_later_decision_begins_anew() -> None:
    opinions = [said(1, OpinionKind.REVIEW, 1, "pit"), said(2, OpinionKind.RETURN, 1)]
    log = [decided(1, "clean"), decided(2, "clean", "clean")]

    assert state(log, opinions) is ReviewState.SECOND_REVIEW
    assert state([*log, withdrawn(3, 2)], opinions) is ReviewState.RETURNED


def test_that_an_opinion_that_was_taken_back_does_not_count() -> None:
    opinions = [said(1, OpinionKind.REVIEW, 1, "pit"), taken_back(2, 1, 1), said(3, OpinionKind.REVIEW, 1, "clean")]

    assert [o.seq for o in standing_opinions(reversed(opinions))] == [3]
    assert state([decided(1, "clean")], opinions) is ReviewState.AGREED


def test_that_only_settled_answers_may_be_learned_from() -> None:
    settled = {s for s in ReviewState if s.is_settled}

    assert settled == {ReviewState.DECIDED, ReviewState.AGREED, ReviewState.ADJUDICATED}


def test_that_a_share_of_good_answers_is_drawn_by_chip_and_stays_the_same() -> None:
    rules = SecondRules(frozenset(), 0.1, CLASSES)
    chips = [ChipId(c, r) for c in range(100) for r in range(100)]
    asked = [
        c
        for c in chips
        if needs_second(KEY, "clean", NewDecision(c, DecisionKind.CONFIRM, "aki", "clean", "clean"), rules)
    ]

    assert 0.09 < len(asked) / len(chips) < 0.11
    assert asked == [c for c in chips if is_drawn(KEY, c, 0.1, "second")]
    assert asked != [c for c in chips if is_drawn(KEY, c, 0.1, "another purpose")]
    assert all(is_drawn(KEY, c, 1.0, "") for c in chips[:100])
    assert not any(is_drawn(KEY, c, 0.0, "") for c in chips[:100])
    assert not needs_second(KEY, "pit", NewDecision(asked[0], DecisionKind.CONFIRM, "aki", "pit", "pit"), rules)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": OpinionKind.ADJUDICATE},
        {"kind": OpinionKind.RETURN},
        {"kind": OpinionKind.RETURN, "class_name": "pit", "reason": "blurred"},
        {"kind": OpinionKind.REVIEW, "withdraws": 3},
        {"kind": OpinionKind.WITHDRAW},
        {"kind": OpinionKind.REVIEW, "class_name": "pit", "operator": " "},
    ],
)
def test_that_an_opinion_that_makes_no_sense_is_never_made(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"opinion|adjudication|returned"):
        NewOpinion(CHIP, **({"operator": "ben"} | values))  # type: ignore[arg-type]
