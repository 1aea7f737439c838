"""What a batch would change is worked out before anybody decides it."""

from __future__ import annotations

from collections.abc import Collection

from stations import RECIPE

from inspector.station.gallery.batch_plan import TABLE_ABOVE, BatchPlan, FromTo, Ground, LeftOut, Wish, plan_batch
from inspector.wafer.decision import AnswerState, DecisionKind, NewDecision, StandingAnswer
from inspector.wafer.grid import ChipId
from inspector.wafer.second_review import ReviewState

CLASSES = RECIPE.class_set
CONFIRM, CLEAN, PIT = Wish(DecisionKind.CONFIRM), Wish(DecisionKind.RELABEL, "clean"), Wish(DecisionKind.RELABEL, "pit")


def machine(*names: str | None) -> dict[ChipId, StandingAnswer]:
    """Chips in a row, with the machine's answers."""
    return {ChipId(n, 0): StandingAnswer(name, AnswerState.MACHINE) for n, name in enumerate(names)}


def plan(
    answers: dict[ChipId, StandingAnswer],
    wish: Wish,
    *,
    seen: Collection[ChipId] | None = None,
    states: dict[ChipId, ReviewState] | None = None,
    second: bool = True,
) -> BatchPlan:
    def goes_to_second(new: NewDecision) -> bool:
        return second and new.from_class == "pit" and new.to_class in ("clean", "speck")

    state = (states or {}).get
    ground = Ground(CLASSES, "Kato", answers.__getitem__, lambda chip: state(chip, ReviewState.OPEN), goes_to_second)
    return plan_batch(list(answers), wish, ground, answers if seen is None else seen, "b1")


def test_that_the_table_counts_what_changes_and_what_stays() -> None:
    found = plan(machine("pit", "speck", "pit", "clean", None), CLEAN)

    assert found.rows == (
        FromTo("pit", CLEAN, 2, passes=True),
        FromTo(None, CLEAN, 1),
        FromTo("speck", CLEAN, 1),
        FromTo("clean", CLEAN, 1),
    )
    assert (found.to_pass, found.to_fail, found.second) == (2, 0, 2)
    assert [d.kind for d in found.decisions] == [DecisionKind.RELABEL] * 3 + [
        DecisionKind.CONFIRM,
        DecisionKind.RELABEL,
    ]
    assert {d.batch for d in found.decisions} == {"b1"}


def test_that_a_good_chip_made_a_defect_fails() -> None:
    found = plan(machine("clean", "pit"), PIT)

    assert (found.to_fail, found.to_pass) == (1, 0)


def test_that_confirming_keeps_each_chips_own_class() -> None:
    found = plan(machine("pit", "clean"), CONFIRM)

    assert [(d.kind, d.from_class, d.to_class) for d in found.decisions] == [
        (DecisionKind.CONFIRM, "pit", "pit"),
        (DecisionKind.CONFIRM, "clean", "clean"),
    ]
    assert found.to_pass == found.to_fail == 0


def test_that_nothing_unseen_is_decided() -> None:
    answers = machine("pit", "pit", "pit")

    found = plan(answers, CONFIRM, seen={ChipId(1, 0)})

    assert [d.chip for d in found.decisions] == [ChipId(1, 0)]
    assert found.left_out == {LeftOut.NOT_SEEN: (ChipId(0, 0), ChipId(2, 0))}


def test_that_what_several_people_answered_is_left_out() -> None:
    answers = machine("pit", "pit", "pit", "pit")
    settled = (ReviewState.ADJUDICATED, ReviewState.DISPUTED, ReviewState.AGREED)
    states = dict(zip(answers, settled, strict=False))

    found = plan(answers, CLEAN, states=states)

    assert [d.chip for d in found.decisions] == [ChipId(3, 0)]
    assert found.left_out == {LeftOut.SETTLED: tuple(answers)[:3]}


def test_that_there_is_nothing_to_confirm_where_nothing_stands_or_a_person_has_spoken() -> None:
    answers = machine(None, "clean", "gone")
    answers[ChipId(1, 0)] = StandingAnswer("clean", AnswerState.CONFIRMED)

    found = plan(answers, CONFIRM)

    assert not found.decisions
    assert found.left_out == {LeftOut.NO_ANSWER: (ChipId(0, 0), ChipId(2, 0)), LeftOut.ALREADY: (ChipId(1, 0),)}


def test_that_the_same_answer_is_not_given_twice() -> None:
    answers = machine("clean", "clean", "clean")
    answers[ChipId(0, 0)] = StandingAnswer("clean", AnswerState.RELABELLED)
    answers[ChipId(1, 0)] = StandingAnswer(None, AnswerState.UNSURE)

    assert [d.chip for d in plan(answers, CLEAN).decisions] == [ChipId(1, 0), ChipId(2, 0)]
    unsure = plan(answers, Wish(DecisionKind.UNSURE))
    assert [d.chip for d in unsure.decisions] == [ChipId(0, 0), ChipId(2, 0)]


def test_that_more_than_fifty_chips_are_read_as_a_table_first() -> None:
    few, many = machine(*["clean"] * TABLE_ABOVE), machine(*["clean"] * (TABLE_ABOVE + 1))

    assert not plan(few, CONFIRM).wants_table
    assert plan(many, CONFIRM).wants_table


def test_that_a_defect_made_good_without_a_second_person_is_read_first() -> None:
    answers = machine("pit", "clean")

    assert not plan(answers, CLEAN).wants_table
    assert plan(answers, CLEAN, second=False).wants_table
    assert plan(answers, CLEAN, second=False).unguarded == 1


def test_that_a_single_chip_is_no_batch() -> None:
    assert plan(machine("pit"), CONFIRM).decisions[0].batch is None
