"""What others do disturbs nobody at work: no answer goes to another chip, and no text is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from crews import BOSS, KATO, MORI, PINS, SATO, change_to, crew_record
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE, FakeLink, judged_record

from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.pages.page import Page
from inspector.station.people.touch_button import TouchButton
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.roles import Role
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def here(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """Kato's station, on a record without people."""
    made = Session(Record.open(judged_record(tmp_path)), StationSettings(tmp_path / "station.ini"), FakeLink())
    made.set_operator("Kato")
    made.show_wafer(KEY)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Record]:
    """The same record, as another station has it open."""
    with Record.open(f"sqlite:///{tmp_path / 'record.db'}") as record:
        yield record


def disputed(record: Record, chip: ChipId, first: str = "Mori", second: str = "Abe") -> None:
    record.append(KEY, [NewDecision(chip, DecisionKind.RELABEL, first, "pit", "clean")])
    record.add_opinion(KEY, NewOpinion(chip, OpinionKind.REVIEW, second, "pit"))


def hear(qtbot: QtBot, session: Session) -> None:
    heads = session.record.work.heads()
    session.news.look()
    qtbot.waitUntil(lambda: session.read_up_to == heads)


def read(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.opinions.changed):
        session.opinions.read()


def test_that_a_dispute_is_settled_before_its_answers_were_heard_of(qtbot: QtBot, here: Session, other: Record) -> None:
    disputed(other, QUEUE[0])
    read(qtbot, here)
    [waiting] = here.opinions.disputes()

    assert here.opinions.adjudicate(waiting, "pit", "Pit")
    assert here.standing(QUEUE[0]).class_name == "pit"
    hear(qtbot, here)

    assert here.review_state(QUEUE[0]) is ReviewState.ADJUDICATED
    assert [d.new.operator for d in here.log(QUEUE[0])] == ["Mori", "Kato"]


def test_that_what_was_read_before_an_answer_does_not_bring_it_back(qtbot: QtBot, here: Session, other: Record) -> None:
    disputed(other, QUEUE[0])
    read(qtbot, here)
    [waiting] = here.opinions.disputes()
    here.opinions.read()
    while here.opinions._reading.running:
        time.sleep(0.01)  # it has been read, and nobody has been told yet

    here.opinions.adjudicate(waiting, "pit", "Pit")
    qtbot.waitSignal(here.opinions.changed).wait()

    assert here.opinions.disputes() == []


def shifted(record: Record) -> PlacedGrid:
    """The wafer's grid, one chip further to the right."""
    entry = record.wafer(KEY)
    assert entry is not None
    return replace(entry.placed, matrix=(1.0, 0.0, 44.0, 0.0, 1.0, 0.0))


def test_that_nobody_answers_on_a_grid_that_others_have_moved(here: Session, other: Record, qtbot: QtBot) -> None:
    here.go_to(QUEUE[1])
    here.confirm()
    here.go_to(QUEUE[2])
    moved = shifted(other)
    other.move_grid(KEY, moved, "Mori")

    with qtbot.waitSignal(here.said) as said:
        here.confirm()

    assert said.args[0].startswith("Somebody has moved the grid of this wafer")
    assert [d.chip for d in other.decisions(KEY)] == [QUEUE[1]]
    assert (here.placed, here.current) == (moved, QUEUE[2])
    assert not here.undo_stack.canUndo()


def test_that_a_grid_that_others_have_moved_is_shown_as_it_lies(here: Session, other: Record, qtbot: QtBot) -> None:
    moved = shifted(other)
    other.move_grid(KEY, moved, "Mori")

    hear(qtbot, here)

    assert here.placed == moved


def test_that_ones_own_move_is_no_news(here: Session, qtbot: QtBot) -> None:
    before = here.record.work.heads()
    moved = shifted(here.record)
    here.move_grid(KEY, moved)
    spoken: list[str] = []
    here.said.connect(spoken.append)

    here.take_news(here.record.work.news(before, KEY, before, "Kato"))  # asked for before the move

    assert (here.placed, spoken) == (moved, [])
    assert here.undo_stack.canUndo()


@pytest.fixture
def station(tmp_path: Path, open_window: OpenWindow) -> MainWindow:
    """On a record with people; nobody has signed in."""
    return open_window(crew_record(tmp_path))


@pytest.fixture
def elsewhere(station: MainWindow) -> Iterator[Record]:
    """The record as another station has it open."""
    with Record.open(station.session.record.url) as record:
        yield record


def as_person(record: Record, name: str) -> Record:
    record.people.sign_in(name, PINS[name])
    return record


def two_say(record: Record, chip: ChipId) -> None:
    as_person(record, KATO).append(KEY, [NewDecision(chip, DecisionKind.RELABEL, KATO, "pit", "clean")])
    as_person(record, MORI).add_opinion(KEY, NewOpinion(chip, OpinionKind.REVIEW, MORI, "pit"))


def page_of(qtbot: QtBot, window: MainWindow, name: str) -> Page:
    window.answering.act(name)
    page = window.pages.page
    assert page is not None
    qtbot.waitUntil(lambda: page.chip.isVisible() and page.chip.is_ready)  # type: ignore[attr-defined]
    return page


def test_that_a_reason_is_not_given_to_the_next_dispute(qtbot: QtBot, station: MainWindow, elsewhere: Record) -> None:
    two_say(elsewhere, QUEUE[0])
    two_say(elsewhere, QUEUE[1])
    change_to(qtbot, station, SATO)
    page = page_of(qtbot, station, "disputes")
    line, title = page.findChild(QLineEdit, "return_reason"), page.findChild(QLabel, "dispute_title")
    qtbot.keyClick(page, Qt.Key.Key_R)
    qtbot.keyClicks(line, "not sharp")
    as_person(elsewhere, BOSS).add_opinion(KEY, NewOpinion(QUEUE[0], OpinionKind.ADJUDICATE, BOSS, "pit"))

    hear(qtbot, station.session)
    qtbot.wait(300)
    kept = (line.text(), title.text().startswith("Chip 0 / 0"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: title.text().startswith("Chip 1 / 0") and page.chip.is_ready)  # type: ignore[attr-defined]
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert kept == ("not sharp", True)
    assert "does not wait for an engineer any more" in station.banner.text
    assert line.text() == ""
    assert station.session.record.reviews(KEY)[QUEUE[1]].state is ReviewState.DISPUTED


def test_that_a_blind_reviewer_keeps_the_chip_in_sight(qtbot: QtBot, station: MainWindow, elsewhere: Record) -> None:
    for chip in QUEUE:
        as_person(elsewhere, KATO).append(KEY, [NewDecision(chip, DecisionKind.RELABEL, KATO, "pit", "clean")])
    change_to(qtbot, station, MORI)
    page = page_of(qtbot, station, "second_review")
    qtbot.keyClick(page, Qt.Key.Key_1)
    station.session.undo_stack.undo()
    station.session.undo_stack.redo()  # shows the page; the chip waits no more
    qtbot.keyClick(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.chip.is_ready)  # type: ignore[attr-defined]
    count = page.findChild(QLabel, "second_review_count")
    before = count.text()
    as_person(elsewhere, KATO).withdraw(KEY, [elsewhere.decisions(KEY)[1].seq], KATO)

    hear(qtbot, station.session)
    qtbot.waitUntil(lambda: len(station.session.opinions.to_review()) == 2)

    assert (before, count.text()) == ("2 of 3 that wait", "1 of 2 that wait")
    assert page.chip.is_ready  # type: ignore[attr-defined]


@pytest.fixture
def boss(qtbot: QtBot, station: MainWindow) -> Page:
    change_to(qtbot, station, BOSS)
    station.answering.act("people")
    page = station.pages.page
    assert page is not None
    return page


def fill(page: Page, name: str, pin: str) -> None:
    page.findChild(QLineEdit, "person_name").setText(name)
    for field in ("person_pin", "person_pin_again"):
        page.findChild(QLineEdit, field).setText(pin)


def hear_people(qtbot: QtBot, session: Session) -> None:
    session.news.look()
    qtbot.waitUntil(lambda: session.news._since == session.record.work.heads())


def test_that_ones_own_change_of_people_is_no_news(qtbot: QtBot, station: MainWindow, boss: Page) -> None:
    fill(boss, "Abe", "4444")
    boss.findChild(QPushButton, "person_add").click()
    fill(boss, "Ono", "55")

    hear_people(qtbot, station.session)

    assert boss.findChild(QLabel, "people_said").text() == "Abe can sign in now."
    assert boss.findChild(QLineEdit, "person_name").text() == "Ono"
    assert boss.findChild(QLineEdit, "person_pin").text() == "55"


def test_that_a_pin_is_typed_on_while_people_are_added_elsewhere(
    qtbot: QtBot, station: MainWindow, elsewhere: Record
) -> None:
    page = station.gate.page
    assert page is not None
    page.findChild(TouchButton, f"sign_in_{KATO}").click()
    qtbot.keyClicks(page.pad.field, PINS[KATO][:2])
    as_person(elsewhere, BOSS).people.add("Ono", Role.OPERATOR, "5555")

    hear_people(qtbot, station.session)
    offered = page.findChild(TouchButton, "sign_in_Ono")
    qtbot.keyClicks(page.pad.field, PINS[KATO][2:])
    qtbot.keyClick(page.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: station.gate.page is None)

    assert offered is not None
    assert station.session.operator == KATO
