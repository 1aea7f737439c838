"""The hand-over of a shift: who did what, what is left, the note for the next shift, and its file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crews import KATO, MORI, SATO, change_to, crew_record
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextBrowser
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE

from inspector.station.main_window import MainWindow
from inspector.station.pages.page import Page
from inspector.station.panels.buttons import KeyButton
from inspector.station.people.shift import SHIFT, last_hand_over, read_shift

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def station(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """Kato has confirmed one chip, changed a defect to good, been unsure about a third, and written a note."""
    window = open_window(crew_record(tmp_path))
    change_to(qtbot, window, KATO)
    window.session.confirm()
    window.session.relabel("clean")
    window.session.unsure()
    window.session.record.add_note(KEY, QUEUE[1], "dust?", KATO)
    return window


def sheet_of(qtbot: QtBot, window: MainWindow) -> tuple[Page, str]:
    window.pages.show_page("hand_over")
    page = window.pages.page
    give = page.findChild(KeyButton, "hand_over_give")
    qtbot.waitUntil(lambda: give.isEnabled())
    return page, page.findChild(QTextBrowser, "hand_over_sheet").toPlainText()


def test_that_the_sheet_counts_what_each_person_did_and_what_is_left(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    station.session.go_to(QUEUE[3])
    station.session.confirm()

    shift = read_shift(station.session.record, datetime.now(UTC))

    assert [(w.operator, w.decided, w.relabelled, w.unsure) for w in shift.work] == [(KATO, 3, 1, 1), (MORI, 1, 0, 0)]
    (left,) = shift.left
    assert (left.key, left.open, left.second, left.disputed, left.returned) == (KEY, 0, 2, 0, 0)
    assert [(n.operator, n.text) for n in shift.notes] == [(KATO, "dust?")]


def test_that_the_page_shows_the_sheet(qtbot: QtBot, station: MainWindow) -> None:
    _, text = sheet_of(qtbot, station)

    assert KATO in text
    assert "L1 · W01" in text
    assert "dust?" in text
    assert "What is left" in text


def test_that_a_hand_over_is_in_the_record_and_the_next_shift_counts_from_there(
    qtbot: QtBot, station: MainWindow
) -> None:
    page, _ = sheet_of(qtbot, station)
    note = page.findChild(QPlainTextEdit, "hand_over_note")
    note.setPlainText("W01: stage 2 is askew.")

    page.findChild(KeyButton, "hand_over_give").click()

    made = last_hand_over(station.session.record)
    assert made is not None
    assert (made.operator, made.note) == (KATO, "W01: stage 2 is askew.")
    assert note.toPlainText() == ""
    change_to(qtbot, station, SATO)
    shift = read_shift(station.session.record, datetime.now(UTC))
    assert (shift.since, shift.work, shift.before) == (made.time, (), made)
    sheet_of(qtbot, station)
    qtbot.waitUntil(lambda: "stage 2" in page.findChild(QTextBrowser, "hand_over_sheet").toPlainText())


def test_that_a_shift_is_twelve_hours_at_most(qtbot: QtBot, station: MainWindow) -> None:
    station.session.record.people.done("hand_over", "shift", {"note": ""})  # type: ignore[arg-type]
    later = datetime.now(UTC) + timedelta(hours=13)

    assert read_shift(station.session.record, later).since == later - SHIFT


@pytest.mark.parametrize("name", ["shift.html", "shift.txt"])
def test_that_the_sheet_is_saved_with_the_note(qtbot: QtBot, station: MainWindow, tmp_path: Path, name: str) -> None:
    page, _ = sheet_of(qtbot, station)
    page.findChild(QPlainTextEdit, "hand_over_note").setPlainText("<b>askew</b>")

    page._save_as(str(tmp_path / name))  # type: ignore[attr-defined]

    text = (tmp_path / name).read_text(encoding="utf-8")
    assert page.findChild(QLabel, "hand_over_said").text() == f"Saved as {name}."
    assert KATO in text
    assert "L1 · W01" in text
    assert ("&lt;b&gt;askew" in text) == name.endswith("html")


def test_that_a_file_that_cannot_be_written_is_said(qtbot: QtBot, station: MainWindow, tmp_path: Path) -> None:
    page, _ = sheet_of(qtbot, station)

    page._save_as(str(tmp_path / "nowhere" / "shift.html"))  # type: ignore[attr-defined]

    assert "can't be written" in page.findChild(QLabel, "hand_over_said").text()
