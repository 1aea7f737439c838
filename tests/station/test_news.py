"""Two stations on one record: what one writes, the other one shows soon, and nothing jumps there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, QUEUE, FakeLink, judged_record

from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.wafer.decision import AnswerState, DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.roles import Role
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

SECOND = WaferKey("L1", "W02")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return judged_record(tmp_path, (KEY, SECOND))


@pytest.fixture
def here(url: str, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """Kato's station, with the first wafer open."""
    made = Session(Record.open(url), StationSettings(tmp_path / "station.ini"), FakeLink())
    made.set_operator("Kato")
    made.show_wafer(KEY)
    yield made
    made.close()


@pytest.fixture
def other(url: str) -> Iterator[Record]:
    """The same record, as another station has it open."""
    with Record.open(url) as record:
        yield record


def good(chip: ChipId, who: str = "Mori") -> NewDecision:
    return NewDecision(chip, DecisionKind.RELABEL, who, "pit", "clean")


def hear(qtbot: QtBot, session: Session) -> None:
    """What the timer does every other second, now."""
    heads = session.record.work.heads()
    session.news.look()
    qtbot.waitUntil(lambda: session.read_up_to == heads)


def test_that_the_record_tells_what_came_since(here: Session, other: Record) -> None:
    since = other.work.heads()
    nothing = other.work.news(since, KEY, since, "Kato")
    [own] = here.record.append(SECOND, [good(CHIPS[0], "Kato")])
    [theirs] = here.record.append(KEY, [good(CHIPS[1])])
    opinion, _ = here.record.add_opinion(KEY, NewOpinion(CHIPS[1], OpinionKind.REVIEW, "Abe", "clean"))
    here.record.add_note(KEY, CHIPS[2], "dust", "Mori")

    news = other.work.news(since, KEY, since, "Kato")
    beside = other.work.news(since, SECOND, since, "Kato")

    assert (nothing.decisions, nothing.people, nothing.heads) == ((), False, since)
    assert (news.decisions, news.opinions, news.noted) == ((theirs,), (opinion,), (CHIPS[2],))
    assert (news.elsewhere, news.is_moved, news.people) == ({}, False, False)
    assert beside.decisions == (own,)
    assert beside.elsewhere == {KEY: (len(CHIPS), 1)}
    assert other.work.news(news.heads, KEY, news.heads, "Kato").decisions == ()


def test_that_an_answer_from_another_station_is_shown_and_the_cursor_stays(
    qtbot: QtBot, here: Session, other: Record
) -> None:
    here.go_to(QUEUE[1])
    queue = here.queue()
    other.append(KEY, [good(QUEUE[0]), good(QUEUE[1])])

    with qtbot.waitSignal(here.decided) as told:
        hear(qtbot, here)

    assert set(told.args[0]) == set(QUEUE[:2])
    assert (here.current, here.queue()) == (QUEUE[1], queue)
    assert here.standing(QUEUE[0]).class_name == "clean"
    assert here.review_state(QUEUE[0]) is ReviewState.SECOND_REVIEW
    assert here.counts()[QueueName.SECOND_REVIEW].offered == 2
    assert here.counts()[QueueName.REVIEW].offered == len(QUEUE) - 2


def test_that_an_older_answer_from_elsewhere_does_not_hide_ones_own(qtbot: QtBot, here: Session, other: Record) -> None:
    other.append(KEY, [good(QUEUE[0])])
    here.relabel("pit", [QUEUE[0]])

    hear(qtbot, here)

    assert here.standing(QUEUE[0]).class_name == "pit"
    assert [d.new.operator for d in here.log(QUEUE[0])] == ["Mori", "Kato"]
    assert here.undo_stack.canUndo()


def test_that_both_ends_of_a_second_review_meet(qtbot: QtBot, here: Session, other: Record) -> None:
    here.relabel("clean", [QUEUE[0]])
    opinion, _ = other.add_opinion(KEY, NewOpinion(QUEUE[0], OpinionKind.REVIEW, "Mori", "pit"))
    hear(qtbot, here)
    disputed = here.review_state(QUEUE[0])
    other.withdraw_opinions(KEY, [opinion.seq], "Mori")
    hear(qtbot, here)

    assert (disputed, here.review_state(QUEUE[0])) == (ReviewState.DISPUTED, ReviewState.SECOND_REVIEW)


def test_that_the_lists_count_what_was_decided_on_another_wafer(qtbot: QtBot, here: Session, other: Record) -> None:
    other.append(SECOND, [good(QUEUE[0])])

    with qtbot.waitSignal(here.wafers_changed):
        hear(qtbot, here)

    assert {w.key: w.decided for _, wafers in here.lots() for w in wafers} == {KEY: 0, SECOND: 1}


def test_that_nothing_is_told_where_nothing_came_from_elsewhere(qtbot: QtBot, here: Session) -> None:
    here.relabel("clean", [QUEUE[0]])

    with qtbot.assertNotEmitted(here.decided), qtbot.assertNotEmitted(here.news.came):
        hear(qtbot, here)


def test_that_the_station_looks_by_itself(qtbot: QtBot, here: Session, other: Record) -> None:
    other.append(KEY, [good(QUEUE[0])])

    qtbot.waitUntil(lambda: here.standing(QUEUE[0]).state is AnswerState.RELABELLED, timeout=30_000)


def test_that_the_first_person_of_the_record_locks_a_station_that_is_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = window.gate.page
    with Record.open(window.session.record.url) as record:
        record.people.add("Ueda", Role.ADMINISTRATOR, "9999")

    window.session.news.look()
    qtbot.waitUntil(lambda: window.gate.page is not None)

    assert before is None
    assert window.session.people.is_locked
    assert [p.name for p in window.session.people.known] == ["Ueda"]


def test_that_a_question_about_a_point_is_not_ended_from_elsewhere(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = window.session
    point = window.answering.decisions.point
    qtbot.waitUntil(lambda: window.deciding.is_ready)
    point.ask()
    with Record.open(session.record.url) as record:
        record.append(KEY, [good(QUEUE[2])])
    hear(qtbot, session)
    still = point.asks
    with Record.open(session.record.url) as record:
        record.append(KEY, [good(QUEUE[0])])
    hear(qtbot, session)

    assert (still, point.asks) == (True, False)
