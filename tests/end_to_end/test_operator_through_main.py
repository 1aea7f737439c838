"""An operator clears a queue of more than 40 chips in the real window, by keyboard alone: relabels, a batch, undos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from acting import run_station
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.imaging import cv2
from inspector.imaging.working_copy import make_working_copy
from inspector.records.record import Record, WaferEntry
from inspector.station.gallery.gallery_page import GalleryPage
from inspector.station.main_window import MainWindow
from inspector.station.state.queues import QueueName
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

Steps = Generator[Callable[[], bool], None, None]
KEY = WaferKey("L9", "W01")
ASKED = 44
RECIPE = Recipe.model_validate(
    {
        "product": {"name": "small", "title": {"en": "Small wafer"}},
        "grid": {"columns": 8, "rows": 8, "chip": (40, 40), "pitch": (44, 44), "origin": (4, 4), "align": False},
        "classes": [
            {"name": "clean", "verdict": "good", "key": "1"},
            {"name": "pit", "verdict": "defect", "key": "2"},
            {"name": "scratch", "verdict": "defect", "key": "3"},
        ],
        "model": {"input": (40, 40)},
    }
)
FACTS = ModelFacts("small", "e" * 64, (0.0, 4.0), ("clean", "pit", "scratch"), "cpu")
CHIPS = RECIPE.grid.grid().chip_ids()


def judgement(p_defect: float) -> Judgement:
    row = np.array([1 - p_defect, p_defect * 0.9, p_defect * 0.1], np.float32)
    evidence = np.zeros((3, 2, 2), np.uint8)
    evidence[1, 0, 0] = round(255 * p_defect)
    return Judgement("pit" if p_defect >= 0.5 else "clean", row, p_defect, (10.0, 10.0), evidence)


def record_with_queue(folder: Path) -> str:
    """A judged wafer of 64 chips of which 44 are defects in the machine's eyes."""
    image = np.random.default_rng(5).integers(60, 180, (360, 360), np.uint8)
    source = folder / "W01.png"
    source.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    url = f"sqlite:///{(folder / 'record.db').as_posix()}"
    with Record.open(url) as record:
        mark = [step.found for step in make_working_copy(source, record.images_folder / "w.tif", RECIPE)][-1]
        assert mark is not None
        placed = PlacedGrid(RECIPE.grid.grid())
        text = RECIPE.model_dump_json()
        record.add_wafer(WaferEntry(KEY, str(source), mark.sha256, text, placed, "w.tif", datetime.now(UTC)))
        judged = [(c, judgement(0.99 - n / 1000 if n < ASKED else 0.001)) for n, c in enumerate(CHIPS)]
        record.add_judgements(KEY, FACTS, judged)
    return url


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whoever has the keyboard, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


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
