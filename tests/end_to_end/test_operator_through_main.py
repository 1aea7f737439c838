"""An operator clears a queue of more than 40 chips in the real window, by keyboard alone: relabels, a batch, undos."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from acting import Steps, run_station
from asked_wafer import ASKED, KEY, press, record_with_queue
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from inspector.records.record import Record
from inspector.station.gallery.gallery_page import GalleryPage
from inspector.station.main_window import MainWindow
from inspector.station.state.queues import QueueName
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import ChipId


def test_that_a_queue_is_cleared_by_keyboard_with_relabels_a_batch_and_undos(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = record_with_queue(tmp_path)
    seen: dict[str, Any] = {}

    def answer(window: MainWindow, key: Qt.Key) -> Steps:
        chip = window.session.current
        assert chip is not None
        yield lambda: window.deciding.is_ready
        press(window, key)
        yield lambda: window.session.standing(chip).is_human

    def shift(window: MainWindow) -> Steps:
        session = window.session
        yield lambda: session.key == KEY and session.current is not None
        session.set_operator("Kato")
        assert len(session.queue()) == ASKED
        relabelled: list[ChipId] = []
        for number in range(24):
            if number in (3, 9, 15):
                relabelled.append(session.current)  # type: ignore[arg-type]
                yield from answer(window, Qt.Key.Key_3)
            else:
                yield from answer(window, Qt.Key.Key_Return)
        seen["relabelled"] = relabelled
        for _ in range(2):
            press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: session.counts()[QueueName.DECIDED].offered == 22
        for _ in range(2):
            yield from answer(window, Qt.Key.Key_Return)
        press(window, Qt.Key.Key_G)
        yield lambda: isinstance(window.pages.page, GalleryPage)
        page = window.pages.page
        assert isinstance(page, GalleryPage)
        left = [chip for chip in session.queue() if not session.standing(chip).is_human]
        assert len(left) == ASKED - 24
        view = page.view
        press(window, Qt.Key.Key_Home)
        while not set(left) <= view.sight.seen:  # only what has stood on the screen is confirmed
            yield lambda: set(left) & set(view.whole_in_sight()) <= view.sight.seen
            press(window, Qt.Key.Key_Down)
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield lambda: session.counts()[QueueName.REVIEW].offered == 0
        seen["stack"] = session.undo_stack.undoText()

    run_station(url, shift, monkeypatch)

    with Record.open(url) as record:
        standing, log = record.standing(KEY), record.decisions(KEY)
    kinds = Counter(decision.kind for decision in log)
    assert sum(answer.is_human for answer in standing.values()) == ASKED
    assert {c for c, a in standing.items() if a.state is AnswerState.RELABELLED} == set(seen["relabelled"])
    assert kinds == {DecisionKind.CONFIRM: 43, DecisionKind.RELABEL: 3, DecisionKind.WITHDRAW: 2}
    batches = Counter(d.new.batch for d in log if d.kind is DecisionKind.CONFIRM and d.new.batch)
    assert list(batches.values()) == [ASKED - 24]
    assert all(decision.new.operator == "Kato" for decision in log)
