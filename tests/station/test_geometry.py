"""Every page can be read whole: in both languages, on a small screen and on a large one, with large buttons too."""

from __future__ import annotations

import pytest
from geometry import problems
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector.station.main_window import MainWindow
from inspector.station.pages.table import PAGES

NAMES = ("work", *(spec.name for spec in PAGES))


def shown(window: MainWindow, name: str) -> None:
    if name != "work":
        window.pages.show_page(name)
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (3840, 2160)])
@pytest.mark.parametrize("name", NAMES)
def test_that_nothing_is_cut_off_and_nothing_overlaps(
    window: MainWindow, name: str, width: int, height: int, language: str
) -> None:
    window.resize(width, height)
    window.use_language("ja" if language == "ja" else "en")
    shown(window, name)

    assert problems(window) == []


@pytest.mark.parametrize("name", NAMES)
def test_that_large_buttons_have_room_on_a_small_screen(window: MainWindow, name: str) -> None:
    window.resize(1366, 768)
    window.session.settings.looks.gloves = True
    window.use_language("en")
    shown(window, name)

    assert problems(window) == []


def test_that_the_look_finds_what_is_wrong(qtbot: QtBot) -> None:
    bad = QWidget()
    qtbot.addWidget(bad)
    layout = QHBoxLayout(bad)
    label, button = QLabel("a rather long line of text", bad), QPushButton("Another long text", bad)
    layout.addWidget(label)
    label.setFixedWidth(40)
    button.setGeometry(label.geometry())
    bad.show()
    button.setGeometry(label.geometry())

    found = problems(bad)

    assert any("needs" in line for line in found)
    assert any("lies over" in line for line in found)
