"""The two stacks of a person, told from what the record holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inspector.wafer.decision import Decision, DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import NewOpinion, Opinion, OpinionKind
from inspector.wafer.steps import Steps, fold_steps

KEY, START = WaferKey("L", "W"), datetime(2026, 1, 1, tzinfo=UTC)
A, B, C = ChipId(0, 0), ChipId(1, 0), ChipId(2, 0)


def decided(seq: int, chip: ChipId, to: str = "pit", batch: str | None = None, at: int | None = None) -> Decision:
    new = NewDecision(chip, DecisionKind.RELABEL, "aki", "clean", to, batch=batch)
    return Decision(seq, START + timedelta(seconds=seq if at is None else at), KEY, new)


def withdrawn(seq: int, chip: ChipId, target: int) -> Decision:
    new = NewDecision(chip, DecisionKind.WITHDRAW, "aki", batch=f"w{seq}", withdraws=target)
    return Decision(seq, START + timedelta(seconds=seq), KEY, new)


def said(seq: int, chip: ChipId, after: int, made: int | None = None, withdraws: int | None = None) -> Opinion:
    kind = OpinionKind.REVIEW if withdraws is None else OpinionKind.WITHDRAW
    new = NewOpinion(chip, kind, "aki", "pit" if made else None, withdraws=withdraws)
    return Opinion(seq, START, KEY, new, 1, made, after)


def shown(steps: Steps) -> tuple[list[tuple[ChipId, ...]], list[tuple[ChipId, ...]]]:
    return [s.chips for s in steps.undo], [s.chips for s in steps.redo]


def test_that_a_batch_is_one_step_each_time_that_it_is_done() -> None:
    batch = [decided(1, A, batch="b", at=1), decided(2, B, batch="b", at=1)]
    back = [withdrawn(3, A, 1), withdrawn(4, B, 2)]
    again = [decided(5, A, batch="b", at=5), decided(6, B, batch="b", at=5)]

    assert shown(fold_steps(batch, [], ())) == ([(A, B)], [])
    assert shown(fold_steps([*batch, *back], [], {1, 2})) == ([], [(A, B)])
    assert shown(fold_steps([*batch, *back, *again], [], {1, 2})) == ([(A, B)], [])


def test_that_of_a_batch_only_what_still_stands_is_left_to_take_back() -> None:
    batch = [decided(1, A, batch="b", at=1), decided(2, B, batch="b", at=1)]

    assert shown(fold_steps(batch, [], {1})) == ([(B,)], [])


def test_that_something_new_forgets_what_was_taken_back() -> None:
    log = [decided(1, A), withdrawn(2, A, 1), decided(3, A, "scratch")]

    assert shown(fold_steps(log, [], {1})) == ([(A,)], [])


def test_that_opinions_and_decisions_keep_their_order() -> None:
    own = [decided(2, A), decided(4, C)]
    made = decided(3, B)
    opinions = [said(1, B, after=2, made=3), said(2, A, after=4)]

    assert shown(fold_steps([*own, made], opinions, ())) == ([(A,), (C,), (B,), (A,)], [])
    back = said(3, A, after=4, withdraws=2)
    assert shown(fold_steps([*own, made], [*opinions, back], ())) == ([(C,), (B,), (A,)], [(A,)])
    assert shown(fold_steps([*own, made, withdrawn(5, B, 3)], opinions, {3})) == ([(A,), (C,), (A,)], [(B,)])
