from __future__ import annotations

import dataclasses
import math

import pytest
import record_fakes as fakes

from inspector.records.record import Record
from inspector.wafer.decision import AnswerState, DecisionKind, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey

KEY = fakes.KEY
A, B, C = ChipId(1, 0), ChipId(2, 0), ChipId(1, 1)


def test_that_a_decision_comes_back_exactly_after_reopening(record: Record) -> None:
    new = fakes.relabel(A, "pit", subtype="dark-pit", reason="seen\nat x50", point=(12.125, 7.5), batch="b1")

    appended = record.append(KEY, [new, NewDecision(B, DecisionKind.UNSURE, "aki", "clean")])

    with Record.open(record.url) as again:
        assert again.decisions(KEY) == appended
    assert [d.seq for d in appended] == [1, 2]
    assert appended[0].new == new
    assert appended[0].time.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


def test_that_one_bad_decision_keeps_all_of_its_batch_out(record: Record) -> None:
    bad = NewDecision(B, DecisionKind.WITHDRAW, "aki", withdraws=77)

    with pytest.raises(RecordError, match="Decision 77 is not one on chip"):
        record.append(KEY, [fakes.confirm(A), bad])

    assert record.decisions(KEY) == []


def test_that_a_withdrawal_of_another_chips_decision_is_refused(record: Record) -> None:
    first = record.append(KEY, [fakes.confirm(A)])[0]

    with pytest.raises(RecordError, match="withdraw a decision of that chip"):
        record.append(KEY, [NewDecision(B, DecisionKind.WITHDRAW, "aki", withdraws=first.seq)])


@pytest.mark.parametrize("point", [(math.nan, 1.0), (1.0, math.inf)])
def test_that_a_point_that_is_no_place_is_refused(record: Record, point: tuple[float, float]) -> None:
    with pytest.raises(RecordError, match="is not a place"):
        record.append(KEY, [fakes.relabel(A, "pit", point=point)])


@pytest.mark.parametrize("field", ["operator", "reason"])
def test_that_text_which_is_not_unicode_is_refused(record: Record, field: str) -> None:
    with pytest.raises(RecordError, match="not text"):
        record.append(KEY, [dataclasses.replace(fakes.confirm(A), **{field: "\udcff"})])


def test_that_decisions_on_several_wafers_are_all_or_none(record: Record) -> None:
    other = WaferKey("L1", "W2")
    record.add_wafer(fakes.entry(other))

    with pytest.raises(RecordError, match="no wafer 'W3'"):
        record.append_many(
            [(KEY, fakes.confirm(A)), (other, fakes.confirm(A)), (WaferKey("L1", "W3"), fakes.confirm(A))]
        )

    assert record.head_seq == 0
    assert len(record.append_many([(KEY, fakes.confirm(A)), (other, fakes.confirm(A))])) == 2
    assert [len(record.decisions(k)) for k in (KEY, other)] == [1, 1]


def test_that_the_standing_answer_is_the_last_decision_else_the_machine(record: Record) -> None:
    record.add_judgements(KEY, fakes.facts(), [(A, fakes.judgement("clean")), (B, fakes.judgement("pit"))])
    record.append(KEY, [fakes.relabel(A, "scratch"), fakes.relabel(A, "pit"), fakes.relabel(C, "pit")])

    standing = record.standing(KEY)

    assert {chip: (a.class_name, a.state) for chip, a in standing.items()} == {
        A: ("pit", AnswerState.RELABELLED),
        B: ("pit", AnswerState.MACHINE),
        C: ("pit", AnswerState.RELABELLED),
    }


def test_that_a_withdrawn_decision_stays_in_the_log(record: Record) -> None:
    record.add_judgements(KEY, fakes.facts(), [(A, fakes.judgement("clean"))])
    first = record.append(KEY, [fakes.relabel(A, "pit")])[0]

    withdrawn = record.withdraw(KEY, [first.seq], "ben", "wrong key")

    assert record.standing(KEY)[A].state is AnswerState.MACHINE
    assert record.decisions(KEY) == [first, *withdrawn]
    new = withdrawn[0].new
    assert (new.kind, new.withdraws, new.operator, new.reason) == (DecisionKind.WITHDRAW, 1, "ben", "wrong key")
    assert new.from_class == "pit"


def test_that_withdrawing_twice_is_the_same_as_once(record: Record) -> None:
    seqs = [d.seq for d in record.append(KEY, [fakes.relabel(A, "pit"), fakes.relabel(B, "pit")])]
    record.withdraw(KEY, seqs[:1], "aki")

    second = record.withdraw(KEY, [*seqs, *seqs], "aki")

    assert [d.new.withdraws for d in second] == [seqs[1]]
    assert record.withdraw(KEY, seqs, "aki") == []


def test_that_a_withdrawal_can_be_withdrawn(record: Record) -> None:
    first = record.append(KEY, [fakes.relabel(A, "pit")])[0]
    taken = record.withdraw(KEY, [first.seq], "aki")

    record.withdraw(KEY, [taken[0].seq], "aki")

    assert record.standing(KEY)[A].class_name == "pit"


def test_that_withdrawing_what_the_wafer_does_not_have_is_refused(record: Record) -> None:
    other = WaferKey("L1", "W2")
    record.add_wafer(fakes.entry(other))
    elsewhere = record.append(other, [fakes.confirm(A)])[0]

    with pytest.raises(RecordError, match=f"'W1' has no decision {elsewhere.seq}"):
        record.withdraw(KEY, [elsewhere.seq], "aki")


def test_that_counts_follow_judgements_and_what_still_stands(record: Record) -> None:
    other = WaferKey("L2", "W2")
    record.add_wafer(fakes.entry(other))
    record.add_judgements(KEY, fakes.facts("m1"), [(c, fakes.judgement()) for c in (A, B, C)])
    record.add_judgements(KEY, fakes.facts("m2"), [(A, fakes.judgement())])
    decided = record.append(KEY, [fakes.confirm(A), fakes.relabel(A, "pit"), fakes.confirm(B), fakes.confirm(C)])
    record.withdraw(KEY, [decided[1].seq, decided[2].seq], "aki")

    assert record.counts() == {KEY: (3, 2), other: (0, 0)}
    assert (record.count(KEY), record.count(other)) == ((3, 2), (0, 0))
    assert list(record.counts("L2")) == [other]
