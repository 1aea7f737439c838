"""Second opinions, disputes and what settles them, in the record."""

from __future__ import annotations

import pytest
import record_fakes as fakes
from record_fakes import KEY

from inspector.records.record import Record
from inspector.wafer.decision import AnswerState, DecisionKind, NewDecision
from inspector.wafer.errors import RecordError, RoleError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

A, B, C = ChipId(1, 0), ChipId(2, 0), ChipId(3, 0)


@pytest.fixture
def reviewed(record: Record) -> Record:
    """A record without people; on wafer KEY every chip is judged a pit, and Aki called A and B good."""
    record.withdraw_wafer(KEY, "its recipe says nothing of classes")
    record.add_wafer(fakes.reviewed(sha256="bb"))
    chips = fakes.reviewed().placed.chip_ids()
    record.add_judgements(KEY, fakes.facts(), [(chip, fakes.judgement("pit", 0.9)) for chip in chips])
    record.append(KEY, [_good(A), _good(B)])
    return record


def _good(chip: ChipId, operator: str = "Aki") -> NewDecision:
    return NewDecision(chip, DecisionKind.RELABEL, operator, "pit", "clean", point=(3.0, 4.0))


def review(record: Record, chip: ChipId, to: str | None, by: str = "Ben", about: int | None = None):  # type: ignore[no-untyped-def]
    return record.add_opinion(KEY, NewOpinion(chip, OpinionKind.REVIEW, by, to, about=about, ms_spent=1500))


def state(record: Record, chip: ChipId = A) -> ReviewState:
    found = record.reviews(KEY, [chip])
    return found[chip].state if chip in found else ReviewState.OPEN


def test_that_a_second_person_closes_what_waits(reviewed: Record) -> None:
    before = state(reviewed)
    opinion, made = review(reviewed, A, "clean")

    assert (before, state(reviewed), made) == (ReviewState.SECOND_REVIEW, ReviewState.AGREED, [])
    assert reviewed.opinions(KEY) == [opinion]
    assert (opinion.about, opinion.after, opinion.new.ms_spent) == (1, 2, 1500)
    assert reviewed.standing(KEY)[A].decision is not None
    assert state(reviewed, B) is ReviewState.SECOND_REVIEW


def test_that_the_second_person_is_another_one_and_comes_once(reviewed: Record) -> None:
    with pytest.raises(RoleError, match="Aki decided on chip 1 / 0 first"):
        review(reviewed, A, "clean", by="Aki")
    review(reviewed, A, "clean")
    with pytest.raises(RecordError, match="Chip 1 / 0 does not wait for a second opinion any more"):
        review(reviewed, A, "clean", by="Cho")
    with pytest.raises(RecordError, match="Chip 3 / 0 does not wait"):
        review(reviewed, C, "clean")

    assert len(reviewed.opinions(KEY)) == 1


def test_that_an_opinion_on_a_decision_that_was_replaced_meanwhile_is_refused(reviewed: Record) -> None:
    reviewed.append(KEY, [_good(A, "Cho")])

    with pytest.raises(RecordError, match="was decided again meanwhile"):
        review(reviewed, A, "clean", about=1)

    assert review(reviewed, A, "clean", about=3)[0].about == 3


def test_that_an_opinion_names_a_class_of_the_recipe(reviewed: Record) -> None:
    with pytest.raises(RecordError, match="no class 'haze': choose one of clean, pit, scratch"):
        review(reviewed, A, "haze")


def test_that_a_settled_dispute_is_a_decision_and_both_are_taken_back_together(reviewed: Record) -> None:
    review(reviewed, A, "pit")
    disputed = state(reviewed)
    opinion, [made] = reviewed.add_opinion(KEY, NewOpinion(A, OpinionKind.ADJUDICATE, "Ena", "scratch", "a long line"))
    settled, standing = reviewed.reviews(KEY)[A], reviewed.standing(KEY)[A]
    back = reviewed.withdraw_opinions(KEY, [opinion.seq], "Ena")

    assert (disputed, settled.state) == (ReviewState.DISPUTED, ReviewState.ADJUDICATED)
    assert [o.new.operator for o in settled.opinions] == ["Ben", "Ena"]
    assert (standing.class_name, standing.state, standing.decision) == ("scratch", AnswerState.RELABELLED, made)
    assert (made.new.reason, opinion.made) == ("a long line", made.seq)
    assert (len(back[0]), [d.new.withdraws for d in back[1]]) == (0, [made.seq])
    assert (state(reviewed), reviewed.standing(KEY)[A].class_name) == (ReviewState.DISPUTED, "clean")
    assert reviewed.withdraw_opinions(KEY, [opinion.seq], "Ena") == ([], [])


def test_that_a_confirmed_answer_keeps_the_point_of_the_first_person(reviewed: Record) -> None:
    review(reviewed, A, "pit")
    _, [made] = reviewed.add_opinion(KEY, NewOpinion(A, OpinionKind.ADJUDICATE, "Ena", "clean"))

    assert (made.kind, made.new.point) == (DecisionKind.CONFIRM, (3.0, 4.0))


def test_that_a_returned_chip_waits_to_be_decided_again(reviewed: Record) -> None:
    review(reviewed, A, "pit")
    opinion, made = reviewed.add_opinion(KEY, NewOpinion(A, OpinionKind.RETURN, "Ena", reason="out of focus"))
    returned = state(reviewed)
    reviewed.withdraw_opinions(KEY, [opinion.seq], "Ena")
    disputed = state(reviewed)
    reviewed.add_opinion(KEY, NewOpinion(A, OpinionKind.RETURN, "Ena", reason="out of focus"))
    reviewed.append(KEY, [fakes.confirm(A, "pit")])

    assert (returned, disputed, made) == (ReviewState.RETURNED, ReviewState.DISPUTED, [])
    assert state(reviewed) is ReviewState.DECIDED


def test_that_the_second_person_answers_for_one_who_was_unsure(reviewed: Record) -> None:
    reviewed.append(KEY, [NewDecision(C, DecisionKind.UNSURE, "Aki", "pit")])
    opinion, [made] = review(reviewed, C, "pit")
    answered = (state(reviewed, C), reviewed.standing(KEY)[C].class_name)
    reviewed.withdraw_opinions(KEY, [opinion.seq], "Ben")

    assert answered == (ReviewState.DECIDED, "pit")
    assert (made.kind, made.new.operator) == (DecisionKind.CONFIRM, "Ben")
    assert (state(reviewed, C), reviewed.standing(KEY)[C].class_name) == (ReviewState.SECOND_REVIEW, None)


def test_that_two_unsure_people_leave_it_to_an_engineer(reviewed: Record) -> None:
    reviewed.append(KEY, [NewDecision(C, DecisionKind.UNSURE, "Aki", "pit")])
    review(reviewed, C, None)

    assert state(reviewed, C) is ReviewState.DISPUTED


def test_that_all_waiting_chips_are_found_by_wafer_and_lot(reviewed: Record) -> None:
    other = WaferKey("L2", "W1")
    reviewed.add_wafer(fakes.reviewed(other, sha256="cc"))
    reviewed.append(other, [NewDecision(A, DecisionKind.UNSURE, "Aki"), fakes.confirm(B, "pit"), fakes.confirm(C)])
    review(reviewed, A, "pit")

    found = {key: {c: r.state for c, r in chips.items()} for key, chips in reviewed.all_reviews().items()}
    assert found == {
        KEY: {A: ReviewState.DISPUTED, B: ReviewState.SECOND_REVIEW},
        other: {A: ReviewState.SECOND_REVIEW},
    }
    assert list(reviewed.all_reviews("L2")) == [other]
    assert list(reviewed.all_reviews(states=[ReviewState.DISPUTED])) == [KEY]


def test_that_a_decision_on_a_chip_that_moved_away_waits_for_nobody(reviewed: Record) -> None:
    reviewed.move_grid(KEY, fakes.shifted(40), "Ena")

    assert state(reviewed) is ReviewState.OPEN
    assert reviewed.all_reviews() == {}


def test_that_an_unknown_opinion_can_not_be_taken_back(reviewed: Record) -> None:
    with pytest.raises(RecordError, match="no opinion 7"):
        reviewed.withdraw_opinions(KEY, [7], "Ben")


def test_that_a_chip_waits_in_the_lists_too_where_only_an_earlier_answer_said_defect(reviewed: Record) -> None:
    chip = ChipId(3, 2)
    other = WaferKey("L1", "W9")
    reviewed.add_wafer(fakes.reviewed(other, sha256="cc"))
    reviewed.add_judgements(other, fakes.facts(), [(chip, fakes.judgement("clean", 0.1))])
    said = (("pit", "clean"), (None, "pit"), ("clean", None))
    for to, stood in said:
        kind = DecisionKind.UNSURE if to is None else DecisionKind.RELABEL
        reviewed.append(other, [NewDecision(chip, kind, "Aki", stood, to)])

    assert reviewed.reviews(other)[chip].state is ReviewState.SECOND_REVIEW
    assert reviewed.all_reviews()[other].keys() == {chip}


def test_that_nobody_takes_another_persons_opinion_back_by_giving_one(reviewed: Record) -> None:
    opinion, _ = review(reviewed, A, "pit")
    withdrawal = NewOpinion(A, OpinionKind.WITHDRAW, "Aki", withdraws=opinion.seq)

    with pytest.raises(RecordError, match="taken back"):
        reviewed.add_opinion(KEY, withdrawal)

    assert (state(reviewed), reviewed.opinions(KEY)) == (ReviewState.DISPUTED, [opinion])


def test_that_undo_and_redo_of_an_answer_end_no_dispute(reviewed: Record) -> None:
    """In a record without people nobody is refused; what was said blindly of the same answer still holds."""
    review(reviewed, A, "pit")
    reviewed.withdraw(KEY, [1], "Aki")
    undone = state(reviewed)
    reviewed.append(KEY, [_good(A)])
    redone = state(reviewed)
    settled, _ = reviewed.add_opinion(KEY, NewOpinion(A, OpinionKind.ADJUDICATE, "Eno", "pit"))

    assert (undone, redone) == (ReviewState.OPEN, ReviewState.DISPUTED)
    found = reviewed.reviews(KEY, [A])[A]
    assert found.state is ReviewState.ADJUDICATED
    assert found.parties == {"Aki", "Ben"}
    assert [o.new.operator for o in found.opinions] == ["Ben", settled.new.operator]


def test_that_another_answer_after_undo_is_asked_about_anew(reviewed: Record) -> None:
    review(reviewed, A, "pit")
    reviewed.withdraw(KEY, [1], "Aki")
    reviewed.append(KEY, [_good(A, "Cho")])
    by_another = state(reviewed)
    review(reviewed, B, "pit")
    reviewed.add_opinion(KEY, NewOpinion(B, OpinionKind.RETURN, "Eno", reason="look again"))
    reviewed.withdraw(KEY, [2], "Aki")
    reviewed.append(KEY, [_good(B)])

    assert by_another is ReviewState.SECOND_REVIEW
    assert state(reviewed, B) is ReviewState.SECOND_REVIEW
