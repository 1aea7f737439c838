"""The second review through the window: blind, by another person, settled by an engineer, and undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crews import BOSS, KATO, MORI, PINS, SATO, change_to, crew_record
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE

from inspector.station.chip.beside import Facts
from inspector.station.chip.history import history_lines
from inspector.station.main_window import MainWindow
from inspector.station.pages.page import Page
from inspector.station.panels.buttons import KeyButton
from inspector.station.panels.rows import RowList
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import ChipId
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

OpenWindow = Callable[..., MainWindow]
PIT = QUEUE[0]  # the machine says pit, P(defect) 0.99
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def station(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """Kato has changed a defect to good: it waits for another person."""
    window = open_window(crew_record(tmp_path))
    change_to(qtbot, window, KATO)
    window.session.go_to(PIT)
    window.session.relabel("clean")
    return window


def show(qtbot: QtBot, window: MainWindow, name: str) -> Page:
    """Open a page and wait until its chip can be answered, or until it says that there is none."""
    if window.pages.made(name) is None or window.pages.page is not window.pages.made(name):
        window.answering.act(name)
    page = window.pages.page
    assert page is not None
    qtbot.waitUntil(lambda: window.session.opinions.is_read)
    return page


def seen(qtbot: QtBot, page: Page) -> None:
    qtbot.waitUntil(lambda: page.chip.is_ready)  # type: ignore[attr-defined]


def nothing_waits(page: Page, name: str) -> str:
    """What stands in the middle of an empty page, where no picture is in sight."""
    title = page.findChild(QLabel, f"{name}_empty_title")
    return title.text() if title.isVisible() and not page.chip.isVisible() else ""  # type: ignore[attr-defined]


def state(window: MainWindow, chip: ChipId = PIT) -> ReviewState:
    return window.session.record.reviews(KEY)[chip].state


def words_in_sight(window: MainWindow) -> str:
    texts = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
            texts += [widget.text()] if isinstance(widget, QLabel | QPushButton) else []
    return "\n".join(texts)


def dispute(qtbot: QtBot, window: MainWindow) -> None:
    """Mori says pit, where Kato had said clean."""
    change_to(qtbot, window, MORI)
    page = show(qtbot, window, "second_review")
    qtbot.waitUntil(lambda: page.chip.isVisible() and page.chip.is_ready)  # type: ignore[attr-defined]
    qtbot.keyClick(page, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: state(window) is ReviewState.DISPUTED)


def test_that_a_defect_relabelled_to_good_is_reviewed_blind_disputed_settled_and_undone(
    qtbot: QtBot, station: MainWindow
) -> None:
    before = state(station)
    dispute(qtbot, station)

    change_to(qtbot, station, SATO)
    page = show(qtbot, station, "disputes")
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_3)
    settled = (state(station), station.session.standing(PIT).class_name)
    qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)
    undone = (state(station), station.session.standing(PIT).class_name, station.pages.page is page)
    qtbot.keyClick(station, Qt.Key.Key_Y, CTRL)

    assert before is ReviewState.SECOND_REVIEW
    assert settled == (ReviewState.ADJUDICATED, "pit")
    assert undone == (ReviewState.DISPUTED, "clean", True)
    assert state(station) is ReviewState.ADJUDICATED
    said = [(o.kind, o.new.operator, o.new.class_name) for o in station.session.record.opinions(KEY)]
    assert said[:2] == [(OpinionKind.REVIEW, MORI, "pit"), (OpinionKind.ADJUDICATE, SATO, "pit")]
    decided = [(d.kind, d.new.operator) for d in station.session.record.decisions(KEY)]
    assert decided[0] == (DecisionKind.RELABEL, KATO)
    assert [name for _, name in decided[1:]] == [SATO] * 3


def test_that_the_same_answer_closes_the_review(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")
    seen(qtbot, page)

    qtbot.keyClick(page, Qt.Key.Key_1)

    assert state(station) is ReviewState.AGREED
    assert station.session.standing(PIT).state is AnswerState.RELABELLED
    assert nothing_waits(page, "second_review") == "Nothing waits for a second person"
    (opinion,) = station.session.record.opinions(KEY)
    assert opinion.new.ms_spent is not None
    assert opinion.new.ms_spent >= 150


def test_that_who_decided_first_is_not_asked_again(qtbot: QtBot, station: MainWindow) -> None:
    page = show(qtbot, station, "second_review")

    qtbot.keyClick(page, Qt.Key.Key_3)

    assert nothing_waits(page, "second_review") == "Nothing waits for a second person"
    assert state(station) is ReviewState.SECOND_REVIEW


def test_that_nothing_in_sight_tells_the_first_answer_or_the_machines(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")
    seen(qtbot, page)

    words = words_in_sight(station)
    chip = page.chip  # type: ignore[attr-defined]
    marked = [b for b in page.findChildren(KeyButton) if b.isChecked()]

    assert KATO not in words
    assert "P(defect)" not in words
    assert "of 100" not in words.lower()
    assert not station.work.isVisible()
    assert (chip.heat, marked) == (None, [])
    assert page.findChild(QLabel, "second_review_name").text() == ""
    assert station.session.undo_stack.count() == 0
    assert station.findChild(QLabel, "said").text() == ""


def test_that_the_blind_picture_has_no_frame_in_a_class_colour(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")
    seen(qtbot, page)

    image = page.chip.grab().toImage()  # type: ignore[attr-defined]
    places = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    colours = {image.pixelColor(x, y).getRgb()[:3] for x, y in places}

    assert len(colours) > 10
    assert all(max(colour) - min(colour) <= 2 for colour in colours)


def test_that_the_names_are_shown_where_the_station_does_not_hide_them(qtbot: QtBot, station: MainWindow) -> None:
    station.session.settings.blind_names = False
    change_to(qtbot, station, MORI)

    page = show(qtbot, station, "second_review")
    seen(qtbot, page)

    assert page.findChild(QLabel, "second_review_name").text() == "L1 · W01 · chip 0 / 0"


def test_that_a_key_before_the_chip_was_seen_answers_nothing(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")

    page.press_class("pit")

    assert station.session.record.opinions(KEY) == []


def test_that_an_answer_can_be_undone_and_goes_back_to_the_chip(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_1)
    station.pages.go_home()

    qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)

    assert state(station) is ReviewState.SECOND_REVIEW
    assert station.pages.page is page
    assert page.findChild(QLabel, "second_review_count").text() == "1 of 1 that wait"


def test_that_an_answer_can_be_undone_after_a_restart(
    qtbot: QtBot, station: MainWindow, open_window: OpenWindow
) -> None:
    dispute(qtbot, station)
    url = station.session.record.url
    station.close()
    again = open_window(url)
    change_to(qtbot, again, MORI)
    qtbot.waitUntil(again.session.undo_stack.canUndo)

    qtbot.keyClick(again, Qt.Key.Key_Z, CTRL)

    assert state(again) is ReviewState.SECOND_REVIEW
    assert again.pages.page is again.pages.made("second_review")


def test_that_later_leaves_the_chip_waiting(qtbot: QtBot, station: MainWindow) -> None:
    station.session.go_to(QUEUE[1])
    station.session.relabel("speck")
    change_to(qtbot, station, MORI)
    page = show(qtbot, station, "second_review")
    seen(qtbot, page)

    qtbot.keyClick(page, Qt.Key.Key_Right)

    assert page.findChild(QLabel, "second_review_count").text() == "2 of 2 that wait"
    assert station.session.record.opinions(KEY) == []


def test_that_the_engineer_sees_both_answers_the_machines_and_the_notes(qtbot: QtBot, station: MainWindow) -> None:
    station.session.record.add_note(KEY, PIT, "dust on the stripe", KATO)
    dispute(qtbot, station)
    change_to(qtbot, station, SATO)

    page = show(qtbot, station, "disputes")
    seen(qtbot, page)

    view = page.findChild(QWidget, "dispute_view")
    words = [label.text() for label in view.findChildren(QLabel) if label.text() and label.isVisible()]
    assert words[0] == "Chip 0 / 0 · W01 · L1"
    assert [w for w in words if w in ("Clean", "Pit")] == ["Clean", "Pit", "Pit"]
    assert any(w.startswith("First answer · Kato") for w in words)
    assert any(w.startswith("Second answer, blind · Mori") for w in words)
    assert "Machine · tiny · P(defect) 0.99" in words
    assert any("dust on the stripe" in w for w in words)
    assert page.chip.heat is not None  # type: ignore[attr-defined]
    qtbot.keyClick(page, Qt.Key.Key_H)
    assert page.chip.heat is None  # type: ignore[attr-defined]


def test_that_a_dispute_goes_back_with_a_reason_only(qtbot: QtBot, station: MainWindow) -> None:
    dispute(qtbot, station)
    change_to(qtbot, station, SATO)
    page = show(qtbot, station, "disputes")
    seen(qtbot, page)
    button, line = page.findChild(QPushButton, "return_chip"), page.findChild(QLineEdit, "return_reason")
    without = button.isEnabled()

    qtbot.keyClick(page, Qt.Key.Key_R)
    qtbot.keyClicks(line, "3 is not sharp")
    button.click()

    assert not without
    assert state(station) is ReviewState.RETURNED
    assert station.session.record.opinions(KEY)[-1].new.reason == "3 is not sharp"
    assert station.session.standing(PIT).class_name == "clean"
    qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)
    assert state(station) is ReviewState.DISPUTED


def test_that_a_returned_chip_says_why_to_who_looks_at_it(qtbot: QtBot, station: MainWindow) -> None:
    dispute(qtbot, station)
    change_to(qtbot, station, SATO)
    station.session.opinions.read()
    qtbot.waitUntil(lambda: len(station.session.opinions.disputes()) == 1)
    station.session.opinions.give_back(station.session.opinions.disputes()[0], "not sharp")
    change_to(qtbot, station, KATO)
    station.session.go_to(QUEUE[2])

    station.session.go_to(PIT)

    assert station.findChild(QLabel, "said").text() == "Returned by Sato: not sharp"


def test_that_a_dispute_is_shown_beside_verified_examples(qtbot: QtBot, station: MainWindow) -> None:
    station.session.go_to(QUEUE[1])
    station.session.confirm()
    dispute(qtbot, station)
    change_to(qtbot, station, SATO)

    page = show(qtbot, station, "disputes")

    examples = page.findChild(QWidget, "dispute_examples")
    qtbot.waitUntil(lambda: "Pit" in [label.text() for label in examples.findChildren(QLabel) if label.isVisible()])
    assert "W01, chip 1 / 0, Kato" in [label.text() for label in examples.findChildren(QLabel)]


def test_that_an_operator_cannot_settle_a_dispute(qtbot: QtBot, station: MainWindow) -> None:
    dispute(qtbot, station)

    page = show(qtbot, station, "disputes") if station.named["disputes"].isEnabled() else None
    station.pages.show_page("disputes")
    page = station.pages.page
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_3)

    assert not page.findChild(KeyButton, "answer_pit").isEnabled()
    assert state(station) is ReviewState.DISPUTED
    assert "Not for your role" in page.findChild(QLabel, "disputes_said").text()


def test_that_an_empty_page_of_disputes_teaches(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, SATO)

    page = show(qtbot, station, "disputes")

    qtbot.waitUntil(lambda: nothing_waits(page, "disputes") == "No dispute waits")
    assert "settle it with the key of a class" in page.findChild(QLabel, "disputes_empty_text").text()
    assert page.findChild(RowList, "disputes_list").rows.rowCount() == 0


def test_that_a_party_reads_why_another_engineer_settles_it(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, SATO)
    second = show(qtbot, station, "second_review")
    seen(qtbot, second)
    qtbot.keyClick(second, Qt.Key.Key_3)

    page = show(qtbot, station, "disputes")
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_3)

    why = page.findChild(QLabel, "disputes_why")
    assert (why.isVisible(), why.text()) == (True, f"One of the two answers is yours: {BOSS} can settle it.")
    assert page.findChild(KeyButton, "answer_pit").toolTip() == why.text()
    assert not page.findChild(QLineEdit, "return_reason").isEnabled()
    assert state(station) is ReviewState.DISPUTED
    change_to(qtbot, station, BOSS)
    page = show(qtbot, station, "disputes")
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_3)
    assert state(station) is ReviewState.ADJUDICATED


def test_that_who_decided_first_can_not_end_a_dispute_by_undo(qtbot: QtBot, station: MainWindow) -> None:
    station.session.go_to(QUEUE[1])
    station.session.confirm()
    change_to(qtbot, station, KATO)
    qtbot.waitUntil(lambda: station.session.undo_stack.count() == 2)
    station.session.record.people.sign_in(MORI, PINS[MORI])  # at another station
    station.session.record.add_opinion(KEY, NewOpinion(PIT, OpinionKind.REVIEW, MORI, "pit"))
    station.session.record.people.sign_in(KATO, PINS[KATO])

    qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)
    with qtbot.waitSignal(station.session.failed) as failed:
        qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)

    assert failed.args[0].startswith("Kato is an operator, who may not adjudicate")
    assert state(station) is ReviewState.DISPUTED
    assert station.session.standing(QUEUE[1]).state is AnswerState.MACHINE
    assert not station.session.undo_stack.canUndo()


def test_that_the_history_tells_opinions_but_not_to_who_may_be_the_second_person(
    qtbot: QtBot, station: MainWindow
) -> None:
    session = station.session
    facts = Facts(KEY, PIT)

    def lines() -> list[str]:
        return [line.split("  ", 1)[1] for line in history_lines(session, facts)]

    dispute(qtbot, station)
    disputed = lines()
    qtbot.keyClick(station, Qt.Key.Key_Z, CTRL)
    own = lines()
    change_to(qtbot, station, SATO)
    waiting = lines()
    change_to(qtbot, station, MORI)
    show(qtbot, station, "second_review")
    seen(qtbot, station.pages.page)
    qtbot.keyClick(station.pages.page, Qt.Key.Key_3)
    change_to(qtbot, station, SATO)
    page = show(qtbot, station, "disputes")
    seen(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_3)
    settled = lines()

    assert disputed == ["Mori: second review: Pit", "Kato: changed to Clean"]
    assert own[0] == "Mori took back: second review: Pit"
    assert waiting == ["Kato: changed to Clean"]
    assert settled[:2] == ["Sato: dispute settled: Pit", "Mori: second review: Pit"]
    assert len(settled) == 5


def test_that_a_dispute_is_read_beside_the_window_and_answered_only_when_it_is_there(
    qtbot: QtBot, station: MainWindow
) -> None:
    dispute(qtbot, station)
    change_to(qtbot, station, SATO)

    page = show(qtbot, station, "disputes")
    before = [page.findChild(QWidget, name).isVisible() for name in ("dispute_view", "return_reason")]
    page.press_class("pit")
    seen(qtbot, page)

    assert before == [False, False]
    assert state(station) is ReviewState.DISPUTED
    assert page.findChild(QWidget, "dispute_view").isVisible()
