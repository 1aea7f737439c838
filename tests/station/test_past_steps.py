"""Undo and redo go on after a restart, within the shift, and only over one's own steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE, FakeLink, judged_record

from inspector.records.record import Record
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import WaferKey

SECOND = WaferKey("L1", "W02")
Start = Callable[..., Session]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts the station anew on one record, and waits until it knows what was done before."""
    url = judged_record(tmp_path, (KEY, SECOND))
    opened: list[Session] = []

    def start_again(operator: str = "Kato", key: WaferKey = KEY) -> Session:
        if opened:
            opened.pop().close()
        session = Session(Record.open(url), StationSettings(tmp_path / "station.ini"), FakeLink())
        opened.append(session)
        session.set_operator(operator)
        session.show_wafer(key)
        qtbot.wait(1)  # the queued first look
        qtbot.waitUntil(lambda: session.past.is_settled)
        qtbot.wait(1)
        return session

    yield start_again
    for session in opened:
        session.close()


def kinds(session: Session, key: WaferKey = KEY) -> list[DecisionKind]:
    return [d.kind for d in session.record.decisions(key)]


def test_that_undo_reaches_behind_a_restart_and_says_what_it_undid(start: Start, qtbot: QtBot) -> None:
    start().relabel("speck")
    again = start()

    with qtbot.waitSignal(again.said) as said:
        again.undo_stack.undo()

    assert kinds(again) == [DecisionKind.RELABEL, DecisionKind.WITHDRAW]
    assert again.current == QUEUE[0]
    assert again.standing(QUEUE[0]).state is AnswerState.MACHINE
    assert said.args == ["Undone: Chip 0 / 0: Speck"]


def test_that_a_batch_is_undone_in_one_step_after_a_restart(start: Start) -> None:
    start().relabel("speck", QUEUE)
    again = start()

    again.undo_stack.undo()

    assert not again.undo_stack.canUndo()
    assert {again.standing(chip).state for chip in QUEUE} == {AnswerState.MACHINE}


def test_that_undo_goes_to_another_wafer_after_a_restart(start: Start) -> None:
    start(key=SECOND).relabel("speck")
    again = start(key=KEY)

    again.undo_stack.undo()

    assert (again.key, again.current) == (SECOND, QUEUE[0])


def test_that_what_was_undone_before_the_restart_can_be_done_again(start: Start, qtbot: QtBot) -> None:
    first = start()
    for name in ("speck", "clean", "pit"):
        first.relabel(name)
    first.undo_stack.undo()
    first.undo_stack.undo()
    again = start()

    with qtbot.waitSignal(again.said) as said:
        again.undo_stack.redo()

    assert said.args == ["Redone: Chip 1 / 0: Clean"]
    assert again.standing(QUEUE[1]).class_name == "clean"
    again.undo_stack.redo()
    assert again.standing(QUEUE[2]).class_name == "pit"
    assert not again.undo_stack.canRedo()


def test_that_a_restart_changes_nothing_in_the_record(start: Start) -> None:
    first = start()
    first.relabel("speck")
    first.undo_stack.undo()
    before = kinds(first)

    assert kinds(start()) == before


def test_that_nobody_undoes_what_another_person_did(start: Start) -> None:
    start("Kato").relabel("speck")

    assert not start("Sato").undo_stack.canUndo()
    assert start("Kato").undo_stack.canUndo()


def test_that_undo_does_not_reach_behind_a_corrected_grid(start: Start) -> None:
    first = start()
    first.relabel("speck")
    assert first.placed is not None
    first.record.move_grid(KEY, first.placed, "Kato")

    assert not start().undo_stack.canUndo()


def test_that_a_step_of_the_first_moment_is_not_lost(start: Start, qtbot: QtBot) -> None:
    start().relabel("speck")
    again = start()
    again.relabel("clean")
    again.past.read()
    qtbot.waitUntil(lambda: again.past.is_settled)
    qtbot.wait(1)

    again.undo_stack.undo()
    again.undo_stack.undo()

    assert [again.standing(chip).state for chip in QUEUE[:2]] == [AnswerState.MACHINE] * 2


def test_that_another_name_cannot_undo_what_was_done_under_the_one_before(start: Start, qtbot: QtBot) -> None:
    session = start()
    session.relabel("speck")

    session.set_operator("Mori")
    at_once = session.undo_stack.canUndo()
    qtbot.waitUntil(lambda: session.past.is_settled)
    session.set_operator("Kato")
    qtbot.waitUntil(session.undo_stack.canUndo)

    assert not at_once
    assert kinds(session) == [DecisionKind.RELABEL]
