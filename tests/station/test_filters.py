"""The search line narrows queues and lists, is remembered for each person, and work goes on from wafer to wafer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from stations import CHIPS, FACTS, KEY, QUEUE, FakeLink, add_wafer, judged, judged_record, judgement, wafer_png

from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.panels.filter_bar import FilterBar
from inspector.station.panels.lots_panel import LotsPanel
from inspector.station.panels.queue_panel import QueuePanel
from inspector.station.panels.rows import RowList
from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.wafer.chip_query import parse
from inspector.wafer.grid import WaferKey

SECOND = WaferKey(KEY.lot, "W02")
OTHER = WaferKey("L2", "W01")


@pytest.fixture
def opened(session: Session) -> Session:
    session.show_wafer(KEY)
    return session


@pytest.fixture
def bar(opened: Session, qtbot: QtBot) -> FilterBar:
    made = FilterBar(opened)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def add(session: Session, folder: Path, *keys: WaferKey) -> None:
    """More judged wafers, alike."""
    for number, key in enumerate(keys, start=1):
        add_wafer(session.record, wafer_png(folder, f"{key.lot}{key.wafer}.png", number), key)
        session.record.add_judgements(key, FACTS, judged())
        session._lots.take(key)


def search(session: Session, line: str) -> None:
    session.filters.take(parse(line, session.query_words()))


def enter(qtbot: QtBot, bar: FilterBar, line: str) -> None:
    bar.ask()
    bar.field.setText(line)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def pills(bar: FilterBar) -> list[str]:
    return [p.text() for p in bar.findChildren(QToolButton, "filter_pill") if p.isVisibleTo(bar)]


def test_that_enter_narrows_the_queue_and_makes_a_pill(opened: Session, bar: FilterBar, qtbot: QtBot) -> None:
    enter(qtbot, bar, "class:pit p>0.9 zone:upper")

    assert opened.queue() == QUEUE[:2]
    assert pills(bar) == ["class:pit  ×", "p>0.9  ×", "zone:upper  ×"]
    assert bar.field.text() == ""
    assert bar.note == "2 of this queue. Esc: back to the chip"


def test_that_the_current_chip_stays_where_the_filter_leaves_it(opened: Session) -> None:
    opened.go_to(QUEUE[3])
    search(opened, "p<0.5")
    stayed = opened.current
    search(opened, "p>0.5")

    assert (stayed, opened.current) == (QUEUE[3], QUEUE[0])


def test_that_a_word_that_is_not_known_is_explained_and_changes_nothing(
    opened: Session, bar: FilterBar, qtbot: QtBot
) -> None:
    enter(qtbot, bar, "class:crack")

    assert bar.note == "“crack” is no class. Known are clean, speck, pit."
    assert bar.field.text() == "class:crack"
    assert opened.queue() == QUEUE


def test_that_a_japanese_title_is_understood(opened: Session, bar: FilterBar, qtbot: QtBot) -> None:
    enter(qtbot, bar, "class：ピット")

    assert opened.filters.query.text == "class:pit"


def test_that_one_sees_how_many_chips_would_be_left_before_one_takes_it(bar: FilterBar, qtbot: QtBot) -> None:
    bar.ask()
    qtbot.keyClicks(bar.field, "p>0.5")

    assert bar.note == "3 of this queue. Enter: take it"
    qtbot.keyClicks(bar.field, " cla")
    assert bar.note == "", "a word that is not finished is not complained about"


def test_that_a_click_on_a_pill_removes_it_and_another_clears_all(
    opened: Session, bar: FilterBar, qtbot: QtBot
) -> None:
    search(opened, "class:pit p>0.9 open")
    bar.findChildren(QToolButton, "filter_pill")[1].click()
    without = opened.filters.query.text
    qtbot.wait(1)
    bar.findChild(QToolButton, "clear_filters").click()

    assert without == "class:pit state:open"
    assert opened.queue() == QUEUE
    qtbot.waitUntil(lambda: pills(bar) == [])


def test_that_space_on_a_pill_removes_it_and_confirms_nothing(window: MainWindow, qtbot: QtBot) -> None:
    session, bar = window.session, window.work.queues.filter_bar
    search(session, "class:pit")
    pill = bar.findChild(QToolButton, "filter_pill")
    pill.setFocus()
    qtbot.keyClick(pill, Qt.Key.Key_Space)

    assert session.filters.query.terms == ()
    assert session.record.decisions(KEY) == []


def test_that_the_slash_leads_to_the_search_line_and_esc_back_to_the_chip(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.work.queues.filter_bar
    window.work.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    asked = bar.field.hasFocus()
    qtbot.keyClicks(bar.field, "1p")
    typed = bar.field.text(), window.session.record.decisions(KEY)
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)

    assert asked
    assert typed == ("1p", []), "letters and digits are typed and decide nothing"
    assert window.work.hasFocus()
    assert bar.field.text() == ""


def test_that_ctrl_backspace_clears_the_search_line(window: MainWindow, qtbot: QtBot) -> None:
    search(window.session, "class:pit zone:edge")
    window.named["clear_search"].trigger()

    assert window.session.queue() == QUEUE


def test_that_a_queue_that_the_search_line_empties_says_so(window: MainWindow) -> None:
    search(window.session, "p:0.5..0.55")

    assert window.session.queue() == []
    assert window.session.current is None
    shown = [label.text() for label in window.work.findChildren(QLabel)]
    assert "No chip of this queue fits the search line." in shown


def test_that_backspace_in_an_empty_line_takes_the_last_pill_back(
    opened: Session, bar: FilterBar, qtbot: QtBot
) -> None:
    search(opened, "class:pit p>0.9")
    qtbot.keyClick(bar.field, Qt.Key.Key_Backspace)

    assert opened.filters.query.text == "class:pit"
    assert bar.field.text() == "p>0.9"


def test_that_words_are_offered_while_one_types(bar: FilterBar, qtbot: QtBot) -> None:
    bar.ask()
    qtbot.keyClicks(bar.field, "class:p")
    offered = bar.field.offered
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)

    assert offered == ["class:pit"]
    assert bar.field.offered == []
    assert bar.field.text() == "class:p"


def test_that_the_numbers_say_how_many_fit(opened: Session, qtbot: QtBot) -> None:
    panel = QueuePanel(opened)
    qtbot.addWidget(panel)
    search(opened, "p>0.9")

    rows = panel.findChild(RowList, "queues").rows
    shown = {row.stands_for: row.number for row in map(rows.row, range(rows.rowCount()))}
    assert shown[QueueName.REVIEW] == "2 / 4"
    assert shown[QueueName.EVERYTHING] == "2 / 12"
    assert shown[QueueName.UNSURE] == "0"


def test_that_queues_between_people_are_shown_when_they_hold_something(opened: Session, qtbot: QtBot) -> None:
    panel = QueuePanel(opened)
    qtbot.addWidget(panel)
    rows = panel.findChild(RowList, "queues").rows

    def shown() -> set[object]:
        return {rows.row(n).stands_for for n in range(rows.rowCount())}

    before = QueueName.SECOND_REVIEW in shown()
    opened.relabel("clean")
    opened.set_operator("Mori")

    assert not before
    assert opened.counts()[QueueName.SECOND_REVIEW].offered == 1
    assert QueueName.SECOND_REVIEW in shown()


def test_that_a_queue_with_a_page_of_its_own_asks_for_that_page(opened: Session, qtbot: QtBot) -> None:
    panel = QueuePanel(opened)
    qtbot.addWidget(panel)
    panel.use_pages(frozenset({QueueName.AUDIT}))

    with qtbot.waitSignal(panel.page_asked) as asked:
        panel.findChild(RowList, "queues").chosen.emit(QueueName.AUDIT)

    assert asked.args == ["audit"]
    assert opened.queue_name is QueueName.REVIEW


@pytest.mark.parametrize("order", list(QueueOrder))
def test_that_an_order_is_chosen_and_remembered(opened: Session, order: QueueOrder, qtbot: QtBot) -> None:
    panel = QueuePanel(opened)
    qtbot.addWidget(panel)
    opened.filters.sort_by(order)

    assert sorted(opened.queue()) == sorted(QUEUE)
    assert opened.settings.filters("Kato") == ("", order)
    assert panel._orders[order].isChecked()


def test_that_everybody_has_filters_of_their_own(opened: Session) -> None:
    search(opened, "class:pit")
    opened.set_operator("Mori")
    of_mori = opened.filters.query.text, opened.queue()
    opened.set_operator("Kato")

    assert of_mori == ("", QUEUE)
    assert opened.filters.query.text == "class:pit"
    assert opened.queue() == QUEUE[:3]


def test_that_filters_are_there_again_after_a_restart(tmp_path: Path, link: FakeLink, qtbot: QtBot) -> None:
    url, lines = judged_record(tmp_path), []
    for _ in range(2):
        session = Session(Record.open(url), StationSettings(tmp_path / "station.ini"), link)
        session.set_operator("Kato")
        session.show_wafer(KEY)
        lines.append(session.filters.query.text)
        search(session, "p>0.9 zone:edge")
        session.close()
        session.deleteLater()

    assert lines == ["", "p>0.9 zone:edge"]


def test_that_a_line_of_another_products_classes_is_dropped(opened: Session) -> None:
    opened.settings.keep_filters("Mori", "class:crack", "sideways")
    opened.set_operator("Mori")

    assert opened.filters.query.terms == ()
    assert opened.filters.order is QueueOrder.OWN


def test_that_the_wafers_say_how_many_of_their_chips_fit(opened: Session, tmp_path: Path, qtbot: QtBot) -> None:
    add(opened, tmp_path, SECOND, OTHER)
    panel = LotsPanel(opened)
    qtbot.addWidget(panel)
    rows = panel.findChild(RowList, "wafers").rows

    def numbers() -> dict[object, str]:
        return {r.stands_for: r.number for r in map(rows.row, range(rows.rowCount())) if r.stands_for}

    search(opened, "p>0.9")
    qtbot.waitUntil(lambda: numbers()[SECOND] == "2 found")

    assert numbers() == {KEY: "2 found", SECOND: "2 found", OTHER: "0 / 12"}
    search(opened, "p>0.9 lot:L2")
    qtbot.waitUntil(lambda: numbers() == {OTHER: "2 found"})


def test_that_the_wafers_of_a_lot_can_be_chosen_by_name(opened: Session, tmp_path: Path, qtbot: QtBot) -> None:
    add(opened, tmp_path, SECOND, OTHER)
    panel = LotsPanel(opened)
    qtbot.addWidget(panel)
    rows = panel.findChild(RowList, "wafers").rows
    search(opened, "wafer:*2")
    one = [rows.row(n).stands_for for n in range(rows.rowCount())]
    search(opened, "wafer:W77")

    assert one == [None, SECOND]
    assert rows.row(0).text == "No wafer fits the search line."
    assert opened.queue() == QUEUE, "the open wafer's queue is another matter"


def test_that_the_end_of_a_queue_leads_to_the_next_wafer_with_chips_in_it(
    opened: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    third = WaferKey(KEY.lot, "W03")
    add(opened, tmp_path, SECOND, third, OTHER)
    said: list[str] = []
    opened.said.connect(said.append)
    opened.show_wafer(SECOND)
    opened.choose_queue(QueueName.DEFECTS)
    opened.confirm()
    opened.confirm()
    qtbot.waitUntil(lambda: opened.key == third)
    queue = opened.queue_name
    opened.confirm()
    opened.confirm()
    qtbot.waitUntil(lambda: opened.key == KEY)

    assert queue is QueueName.DEFECTS
    assert opened.current == QUEUE[0]
    assert said[-1] == "Wafer W03 is done in this queue; wafer W01 is open now."


def test_that_a_filter_says_which_wafer_still_has_chips(opened: Session, tmp_path: Path, qtbot: QtBot) -> None:
    third = WaferKey(KEY.lot, "W03")
    add(opened, tmp_path, SECOND)
    add_wafer(opened.record, wafer_png(tmp_path, "third.png", 9), third)
    opened.record.add_judgements(third, FACTS, [(CHIPS[-1], judgement(0.985))])
    opened._lots.take(third)
    search(opened, "p:0.98..0.987")
    opened.go_to(QUEUE[0])
    opened.confirm()

    qtbot.waitUntil(lambda: opened.key == third)
    assert opened.queue() == [CHIPS[-1]]


def test_that_the_station_stays_on_a_wafer_where_it_is_told_to(opened: Session, tmp_path: Path, qtbot: QtBot) -> None:
    add(opened, tmp_path, SECOND)
    opened.settings.goes_on = False
    said: list[str] = []
    opened.said.connect(said.append)

    for _ in QUEUE:
        opened.confirm()
    qtbot.wait(50)

    assert opened.key == KEY
    assert said[-1] == "That was the last chip of this queue."


def test_that_nobody_is_taken_away_from_a_chip_that_they_went_to_meanwhile(
    opened: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    add(opened, tmp_path, SECOND)
    for _ in QUEUE:
        opened.confirm()
    opened.go_to(CHIPS[-1])
    qtbot.wait(300)

    assert (opened.key, opened.current) == (KEY, CHIPS[-1])
