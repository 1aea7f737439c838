"""Drives the real station without a screen: looks, confirms, relabels, undoes, exports, and keeps pictures of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.cli.show import follow
from inspector.exchange.dataset_folders import export
from inspector.station.app import build
from inspector.station.main_window import MainWindow
from inspector.station.state.queues import QueueName
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, WaferKey

_WAIT_S = 20.0
_DWELL_MS = 200  # longer than the guard against a held key


class _Operator:
    """Presses keys as a person would: only after the chip has been painted."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path) -> None:
        self._app = app
        self._window = window
        self._folder = folder
        self.pictures: list[Path] = []

    def wait(self, until: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _WAIT_S
        while not until():
            if time.monotonic() > end:
                raise InspectorError(f"The demo waited {_WAIT_S:.0f} s for {what}: run inspector doctor.")
            self._app.processEvents()
            time.sleep(0.005)

    def see_chip(self) -> ChipId:
        work = self._window.work
        self.wait(lambda: work.chip.is_settled and work.map.is_settled and work.filmstrip.is_settled, "the pictures")
        QTest.qWait(_DWELL_MS)
        chip = self._window.session.current
        assert chip is not None, "the station shows a chip"
        return chip

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._window, key, modifier)
        self._app.processEvents()

    def keep_picture(self, name: str) -> None:
        path = self._folder / f"{name}.png"
        if not self._window.grab().save(str(path)):
            raise InspectorError(f"The picture {path} can't be written: free some space or name another folder.")
        self.pictures.append(path)


def tour(url: str, wafer: WaferKey, chip: ChipId, folder: Path) -> list[Path]:
    """Confirm, relabel and undo one chip each, export, and return the pictures written into the folder."""
    app, window = build(url, wafer=wafer, chip=chip, argv=["inspector"])
    before = (window.session.settings.language, window.session.settings.scheme)
    try:
        window.use_language("en")
        window.use_scheme("light")
        window.resize(1920, 1080)
        window.show()
        operator = _Operator(app, window, folder)
        _review(operator, window)
        for _ in follow(export(window.session.record, folder / "export"), "Exporting"):
            pass
        _show_other_looks(operator, window)
        return operator.pictures
    finally:
        window.use_language(before[0])
        window.use_scheme(before[1])
        window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _review(operator: _Operator, window: MainWindow) -> None:
    session = window.session
    confirmed = operator.see_chip()
    operator.keep_picture("1-review")
    _show_heat(operator, window)
    session.go_to(confirmed)
    operator.see_chip()

    operator.press(Qt.Key.Key_Return)
    operator.wait(lambda: session.standing(confirmed).state is AnswerState.CONFIRMED, "the confirmation")
    relabelled = operator.see_chip()
    assert session.classes is not None, "a wafer is open"
    stands = session.standing(relabelled).class_name
    other = next(c for c in session.classes if c.key and c.name != stands)
    operator.press(Qt.Key(ord(other.key)))
    operator.wait(lambda: session.standing(relabelled).state is AnswerState.RELABELLED, "the relabelling")
    undone = operator.see_chip()
    operator.press(Qt.Key.Key_Return)
    operator.wait(lambda: session.standing(undone).is_human, "the third decision")
    operator.see_chip()
    operator.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    operator.wait(lambda: session.standing(undone).state is AnswerState.MACHINE, "the undo")
    operator.see_chip()
    operator.keep_picture("3-undone")


def _show_heat(operator: _Operator, window: MainWindow) -> None:
    """The surest defect, with its heat map."""
    session = window.session
    session.choose_queue(QueueName.DEFECTS)
    operator.see_chip()
    if not window.work.chip.heat_visible:
        operator.press(Qt.Key.Key_H)
    operator.see_chip()
    operator.keep_picture("2-heat")
    session.choose_queue(QueueName.REVIEW)


def _show_other_looks(operator: _Operator, window: MainWindow) -> None:
    window.use_scheme("dark")
    operator.see_chip()
    operator.keep_picture("4-dark")
    window.use_language("ja")
    window.use_scheme("light")
    operator.see_chip()
    operator.keep_picture("5-japanese")
    window.resize(1366, 768)
    operator.see_chip()
    operator.keep_picture("6-small-screen")
