"""Undo and redo: each is in the record before the stack moves, and one that fails moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stations import FACTS, KEY, QUEUE, add_wafer, judged, wafer_png

from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.state.session import Session
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey

Full = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def opened(session: Session) -> Session:
    session.show_wafer(KEY)
    return session


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Full:
    """While it is entered, one of the record's methods finds the disk full."""

    def refuse(*_: object) -> None:
        raise RecordError("The disk is full: free some space.")

    @contextmanager
    def entered(method: str) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(Record, method, refuse)
            yield

    return entered


def kinds(session: Session) -> list[DecisionKind]:
    return [d.kind for d in session.record.decisions(KEY)]


def test_that_undo_appends_a_withdrawal_and_goes_to_the_chip(opened: Session, qtbot: QtBot) -> None:
    opened.relabel("speck")

    with qtbot.waitSignal(opened.said) as said:
        opened.undo_stack.undo()

    assert kinds(opened) == [DecisionKind.RELABEL, DecisionKind.WITHDRAW]
    assert opened.current == QUEUE[0]
    assert opened.standing(QUEUE[0]).state is AnswerState.MACHINE
    assert said.args == ["Undone: Chip 0 / 0: Speck"]


def test_that_redo_appends_the_decision_again(opened: Session) -> None:
    opened.relabel("speck")
    opened.undo_stack.undo()

    opened.undo_stack.redo()

    assert kinds(opened) == [DecisionKind.RELABEL, DecisionKind.WITHDRAW, DecisionKind.RELABEL]
    assert opened.standing(QUEUE[0]).class_name == "speck"


def test_that_a_selection_is_one_step_to_undo(opened: Session) -> None:
    opened.relabel("speck", QUEUE[:3])
    first = opened.record.decisions(KEY)

    opened.undo_stack.undo()

    assert len({d.new.batch for d in first}) == 1
    assert first[0].new.batch is not None
    assert all(opened.standing(chip).state is AnswerState.MACHINE for chip in QUEUE[:3])


def test_that_undo_on_another_wafer_opens_that_wafer(opened: Session, tmp_path: Path) -> None:
    second = WaferKey("L1", "W02")
    add_wafer(opened.record, wafer_png(tmp_path, "W02.png", seed=2), second)
    opened.record.add_judgements(second, FACTS, judged())
    opened.confirm()
    opened.show_wafer(second)

    opened.undo_stack.undo()

    assert opened.key == KEY
    assert opened.current == QUEUE[0]
    assert opened.standing(QUEUE[0]).state is AnswerState.MACHINE


def test_that_a_decision_that_cannot_be_written_does_not_stand(opened: Session, qtbot: QtBot, full: Full) -> None:
    with full("append"), qtbot.waitSignal(opened.failed) as failed:
        opened.confirm()

    assert failed.args == ["The disk is full: free some space."]
    assert opened.current == QUEUE[0]
    assert opened.standing(QUEUE[0]).state is AnswerState.MACHINE
    assert not opened.undo_stack.canUndo()


def test_that_a_failed_undo_leaves_the_stack_where_it_was(opened: Session, full: Full, qtbot: QtBot) -> None:
    opened.confirm()
    opened.relabel("speck")
    with full("withdraw"), qtbot.waitSignal(opened.failed) as failed:
        opened.undo_stack.undo()
    assert failed.args == ["The disk is full: free some space."]
    assert opened.standing(QUEUE[1]).state is AnswerState.RELABELLED

    opened.undo_stack.undo()

    log = opened.record.decisions(KEY)
    assert [(d.chip, d.kind) for d in log[2:]] == [(QUEUE[1], DecisionKind.WITHDRAW)]
    assert opened.standing(QUEUE[0]).state is AnswerState.CONFIRMED
    assert opened.undo_stack.redoText() == "Chip 1 / 0: Speck"


def test_that_a_failed_redo_leaves_the_stack_where_it_was(opened: Session, full: Full, qtbot: QtBot) -> None:
    opened.relabel("speck")
    opened.confirm()
    opened.undo_stack.undo()
    opened.undo_stack.undo()
    with full("append"), qtbot.waitSignal(opened.failed):
        opened.undo_stack.redo()
    assert opened.standing(QUEUE[0]).state is AnswerState.MACHINE

    opened.undo_stack.redo()

    assert opened.standing(QUEUE[0]).class_name == "speck"
    assert opened.standing(QUEUE[1]).state is AnswerState.MACHINE
    assert opened.undo_stack.canRedo()


def test_that_the_keys_for_undo_and_redo_can_be_pressed_again_after_they_failed(window: MainWindow, full: Full) -> None:
    session = window.session
    session.confirm()
    session.relabel("speck")
    with full("withdraw"):
        window.named["undo"].trigger()
    window.named["undo"].trigger()
    with full("append"):
        window.named["redo"].trigger()

    window.named["redo"].trigger()

    written = [DecisionKind.CONFIRM, DecisionKind.RELABEL, DecisionKind.WITHDRAW, DecisionKind.RELABEL]
    assert kinds(session) == written
    assert not session.undo_stack.canRedo()


def test_that_a_new_decision_that_fails_keeps_what_can_be_redone(opened: Session, full: Full) -> None:
    opened.relabel("speck")
    opened.undo_stack.undo()

    with full("append"):
        opened.confirm()
    opened.undo_stack.redo()

    assert opened.standing(QUEUE[0]).class_name == "speck"


@pytest.fixture
def both(opened: Session, tmp_path: Path) -> Session:
    """A step on the open wafer, and a newer one on another wafer that was withdrawn since."""
    second = WaferKey("L1", "W02")
    add_wafer(opened.record, wafer_png(tmp_path, "W02.png", seed=2), second)
    opened.record.add_judgements(second, FACTS, judged())
    opened.confirm()
    opened.show_wafer(second)
    opened.confirm()
    opened.show_wafer(KEY)
    return opened


def test_that_a_step_on_a_withdrawn_wafer_does_not_block_those_below_it(both: Session, qtbot: QtBot) -> None:
    both.record.withdraw_wafer(WaferKey("L1", "W02"), "its image changed")

    with qtbot.waitSignal(both.failed) as failed:
        both.undo_stack.undo()
    left = both.undo_stack.undoText()
    both.undo_stack.undo()

    assert failed.args[0].startswith("The record has no wafer 'W02'")
    assert failed.args[0].endswith("This step is left out; press again for the one beyond it.")
    assert left.startswith("Chip 0 / 0")
    assert kinds(both) == [DecisionKind.CONFIRM, DecisionKind.WITHDRAW]
    assert (both.undo_stack.canUndo(), both.undo_stack.count()) == (False, 1)


def test_that_a_step_that_can_not_be_done_again_is_left_out_too(both: Session, qtbot: QtBot) -> None:
    both.undo_stack.undo()
    both.record.withdraw_wafer(WaferKey("L1", "W02"), "its image changed")
    with qtbot.waitSignal(both.failed):
        both.undo_stack.redo()

    assert not both.undo_stack.canRedo()
    assert both.undo_stack.count() == 1
