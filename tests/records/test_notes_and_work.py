"""Notes on chips, what people did, and what they can still take back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import record_fakes as fakes
from record_fakes import KEY

from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import NewOpinion, OpinionKind

A, B, C = ChipId(1, 0), ChipId(2, 0), ChipId(3, 0)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OTHER = WaferKey("L1", "W2")


@pytest.fixture
def wafers(record: Record) -> Record:
    """A second wafer, whose recipe knows second opinions."""
    record.add_wafer(fakes.reviewed(OTHER, sha256="bb"))
    return record


def timed(chip: ChipId, ms: int | None, operator: str = "aki") -> NewDecision:
    return NewDecision(chip, DecisionKind.CONFIRM, operator, "clean", "clean", ms_spent=ms)


def undoable(record: Record, operator: str = "aki") -> list[tuple[ChipId, ...]]:
    return [step.chips for step in record.work.steps(operator, LONG_AGO).undo]


def redoable(record: Record, operator: str = "aki") -> list[tuple[ChipId, ...]]:
    return [step.chips for step in record.work.steps(operator, LONG_AGO).redo]


def test_that_notes_stay_on_their_chip_until_they_are_taken_back(record: Record) -> None:
    first = record.add_note(KEY, A, " dust? ", "aki")
    second = record.add_note(KEY, A, "dust, wiped off", "ben")
    record.add_note(KEY, B, "scratch\nfrom the tweezers", "aki")
    record.withdraw_note(KEY, first.seq, "aki")
    record.withdraw_note(KEY, first.seq, "aki")

    assert {chip: [n.text for n in notes] for chip, notes in record.notes(KEY).items()} == {
        A: ["dust, wiped off"],
        B: ["scratch\nfrom the tweezers"],
    }
    assert record.notes(KEY)[A] == [second]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "half a character \ud800"])
def test_that_a_note_holds_text(record: Record, text: str) -> None:
    with pytest.raises(RecordError):
        record.add_note(KEY, A, text, "aki")


def test_that_the_time_spent_on_a_decision_is_kept(record: Record) -> None:
    record.append(KEY, [timed(A, 1250), timed(B, None)])

    assert [d.new.ms_spent for d in record.decisions(KEY)] == [1250, None]


def test_that_the_work_of_a_shift_is_told_by_person(wafers: Record) -> None:
    start = datetime.now(UTC)
    wafers.append(KEY, [timed(A, 1000), timed(B, 3000), timed(C, 2000)])
    [seq] = [d.seq for d in wafers.append(OTHER, [NewDecision(A, DecisionKind.UNSURE, "aki")])]
    wafers.add_opinion(OTHER, NewOpinion(A, OpinionKind.REVIEW, "ben", "pit", ms_spent=900))
    wafers.withdraw(OTHER, [seq], "aki")
    wafers.add_note(KEY, A, "dust", "aki")

    aki, ben = wafers.work.since(start)
    assert (aki.operator, aki.confirmed, aki.unsure, aki.withdrawn, aki.notes, aki.decided) == ("aki", 3, 1, 1, 1, 4)
    assert (ben.operator, ben.decided, ben.reviewed) == ("ben", 0, 1)  # the answer counts once
    assert (aki.seconds, ben.seconds) == (2.0, 0.9)
    assert start <= aki.first <= aki.last
    assert wafers.work.since(aki.last + timedelta(seconds=1)) == []
    assert wafers.work.since(LONG_AGO, until=start) == []


def test_that_the_pace_comes_from_the_clock_where_nothing_was_measured(record: Record) -> None:
    record.append(KEY, [timed(A, None)])
    lone = record.work.since(LONG_AGO)[0].seconds
    record.append(KEY, [timed(B, None), timed(C, None)])  # one step
    pair = record.work.since(LONG_AGO)[0].seconds

    assert lone is None
    assert pair is not None
    assert 0 < pair < 60


def test_that_steps_that_stand_can_be_taken_back_newest_first(wafers: Record) -> None:
    wafers.append(KEY, [timed(A, None)])
    batch = [NewDecision(c, DecisionKind.RELABEL, "aki", "clean", "pit", batch="b") for c in (B, C)]
    wafers.append(OTHER, batch)
    wafers.append(KEY, [timed(B, None, "ben")])

    [newest, oldest] = wafers.work.steps("aki", LONG_AGO).undo
    assert (newest.wafer, newest.chips, oldest.wafer, oldest.chips) == (OTHER, (B, C), KEY, (A,))
    assert wafers.work.steps("aki", datetime.now(UTC)).undo == ()
    assert undoable(wafers, "ben") == [(B,)]


def test_that_a_step_that_was_taken_back_can_be_done_again_until_something_new_is_done(record: Record) -> None:
    for chip in (A, B, C):
        record.append(KEY, [timed(chip, None)])
    log = record.decisions(KEY)
    record.withdraw(KEY, [log[2].seq], "aki")
    record.withdraw(KEY, [log[1].seq], "aki")
    both = (undoable(record), redoable(record))
    record.append(KEY, [log[1].new])
    one = (undoable(record), redoable(record))
    record.append(KEY, [timed(A, None)])

    assert both == ([(A,)], [(B,), (C,)])
    assert one == ([(B,), (A,)], [(C,)])
    assert (undoable(record), redoable(record)) == ([(A,), (B,), (A,)], [])


def test_that_what_somebody_else_took_back_is_no_longer_a_step(record: Record) -> None:
    [mine] = record.append(KEY, [timed(A, None)])
    record.withdraw(KEY, [mine.seq], "ben")

    assert (undoable(record), redoable(record)) == ([], [])


def test_that_a_decision_that_lapsed_is_no_longer_a_step(record: Record) -> None:
    record.append(KEY, [timed(A, None)])
    record.move_grid(KEY, fakes.shifted(40), "ena")
    record.append(KEY, [timed(B, None)])

    assert undoable(record) == [(B,)]


def test_that_opinions_are_steps_among_the_decisions(wafers: Record) -> None:
    wafers.append(OTHER, [NewDecision(chip, DecisionKind.UNSURE, "ben") for chip in (A, B)])
    wafers.append(KEY, [timed(A, None)])
    answered, _ = wafers.add_opinion(OTHER, NewOpinion(A, OpinionKind.REVIEW, "aki", "pit"))
    unsure, _ = wafers.add_opinion(OTHER, NewOpinion(B, OpinionKind.REVIEW, "aki"))
    wafers.append(KEY, [timed(C, None)])
    all_of_them = undoable(wafers)
    wafers.withdraw_opinions(OTHER, [unsure.seq], "aki")
    wafers.withdraw_opinions(OTHER, [answered.seq], "aki")

    assert all_of_them == [(C,), (B,), (A,), (A,)]
    assert (undoable(wafers), redoable(wafers)) == ([(C,), (A,)], [(A,), (B,)])
