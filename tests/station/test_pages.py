"""Every page: the way back by hand and by Esc, and what it says before its numbers have come."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QToolButton
from pytestqt.qtbot import QtBot

from inspector.station.main_window import MainWindow
from inspector.station.pages.table import PAGES


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_that_every_page_has_the_way_back_at_the_same_place(qtbot: QtBot, window: MainWindow, name: str) -> None:
    back = window.findChild(QToolButton, "back")
    assert back.isHidden()

    window.pages.show_page(name)
    assert back.isVisible()
    assert back.x() == 16
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)

    assert window.pages.currentWidget() is window.work
    assert back.isHidden()


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_that_esc_leads_back_from_every_page(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.pages.show_page(name)

    qtbot.keyClick(window.pages.page, Qt.Key.Key_Escape)

    assert window.pages.page is None


def test_that_the_export_page_offers_nothing_before_the_answers_are_counted(window: MainWindow) -> None:
    window.pages.show_page("export")

    page = window.pages.page
    assert page.findChild(QLabel, "summary").text() == "Counting…"
    for name in ("export", "check"):
        button = page.findChild(QPushButton, name)
        assert (button.isEnabled(), button.toolTip()) == (False, "The answers are still being counted.")


def test_that_the_page_of_models_offers_none_before_it_has_found_one(window: MainWindow) -> None:
    window.pages.show_page("models")

    page = window.pages.page
    assert page.findChild(QLabel, "model_title").text() == "Looking for models…"
    assert page.findChild(QPushButton, "use_model").isHidden()
    assert page.findChild(QTabWidget).isHidden()


def test_that_disputes_are_not_denied_before_they_were_looked_for(window: MainWindow) -> None:
    window.pages.show_page("disputes")

    assert window.pages.page.findChild(QLabel, "disputes_empty_title").text() == "Looking …"
