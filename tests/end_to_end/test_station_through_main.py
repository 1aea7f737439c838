"""The whole job in the real window, through `main()`: drop, judge, decide by keyboard, undo, close, reopen."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from acting import run_station
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from running import Synthetic

from inspector import paths
from inspector.imaging.synthetic import synthesize
from inspector.records.record import Record
from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.main_window import MainWindow
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe_file import read_recipe

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wafer(tmp_path_factory: pytest.TempPathFactory) -> Synthetic:
    """A laser wafer of 52 chips of 384 px, more than one batch."""
    folder = tmp_path_factory.mktemp("L7")
    recipe = read_recipe(paths.resource("recipes", "laser-wafer.toml"))
    for _ in synthesize(folder, recipe, wafers=1, seed=21, columns=8, rows=8, chip=384):
        pass
    (image,) = folder.glob("*.tif")
    return Synthetic(image, folder / "recipe.toml", folder / "truth.csv")


def _drop(window: MainWindow, image: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(image))])
    at, copy = QPoint(200, 200), Qt.DropAction.CopyAction
    button, modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(at, copy, mime, button, modifier))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, mime, button, modifier))


def _decide_by_keyboard(window: MainWindow, keys: str) -> Generator[Callable[[], bool], None, None]:
    session = window.session
    for key in keys:
        chip = session.current
        assert chip is not None
        yield lambda chip=chip: window.deciding.is_ready and session.judgement(chip) is not None
        if key == "\r":
            QTest.keyClick(window, Qt.Key.Key_Return)
        else:
            QTest.keyClick(window, Qt.Key(ord(key.upper())))
        yield lambda chip=chip: session.standing(chip).state is not AnswerState.MACHINE


def test_that_a_dropped_wafer_is_judged_while_chips_are_decided_by_keyboard_and_all_is_there_after_reopening(
    qapp: QApplication, wafer: Synthetic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'station.db'}"
    key = WaferKey(wafer.image.parent.name, wafer.image.stem)
    states: dict[str, Any] = {}

    def first_shift(window: MainWindow) -> Generator[Callable[[], bool], None, None]:
        session = window.session
        session.set_operator("Kato")
        _drop(window, wafer.image)
        yield lambda: window.findChild(OpenDialog) is not None
        dialog = window.findChild(OpenDialog)
        assert dialog is not None
        dialog.use_recipe(str(wafer.recipe))
        dialog.use_model(paths.shipped_model("laser-wafer"))
        dialog.findChild(QPushButton, "judge").click()
        yield lambda: session.key is not None
        session.choose_queue("everything")
        yield lambda: session.current is not None
        yield lambda: session.judgement(session.current) is not None
        states["judged at the first decision"] = sum(session.judgement(c) is not None for c in session.chips())
        yield from _decide_by_keyboard(window, "\r5\r1\r6\r\r7\r")
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: len(session.record.decisions(session.key)) == 11
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        yield lambda: len(session.record.decisions(session.key)) == 12
        yield lambda: not session.job.is_active
        states["answers"] = {c: session.standing(c).class_name for c in session.chips()}

    run_station(url, first_shift, monkeypatch)

    with Record.open(url) as record:
        kinds = [decision.kind for decision in record.decisions(key)]
        assert len(record.judgements(key)) == 52
    assert len(kinds) == 12
    assert kinds.count(DecisionKind.WITHDRAW) == 1

    def second_shift(window: MainWindow) -> Generator[Callable[[], bool], None, None]:
        session = window.session
        yield lambda: session.key == key
        states["answers again"] = {c: session.standing(c).class_name for c in session.chips()}
        states["decided again"] = sum(session.standing(c).is_human for c in session.chips())

    run_station(url, second_shift, monkeypatch)

    assert states["judged at the first decision"] < 52
    assert states["answers again"] == states["answers"]
    assert states["decided again"] == 10
