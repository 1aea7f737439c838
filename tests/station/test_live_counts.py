"""The line at the bottom follows every decision, and says how long the rest will take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, QUEUE

from inspector.exchange.figures.rates import yields
from inspector.exchange.figures.tally import tally_wafer
from inspector.station.main_window import MainWindow
from inspector.station.state.live_counts import LiveCounts
from inspector.station.state.pace import Pace
from inspector.station.state.pace_words import time_left
from inspector.station.state.session import Session


def _line(window: MainWindow) -> QLabel:
    found = window.findChild(QLabel, "progress_line")
    assert found is not None
    return found


def test_that_the_counts_follow_decisions_and_their_undoing(session: Session) -> None:
    session.show_wafer(KEY)
    counts = LiveCounts(session, QObject(session))
    assert (counts.asked, counts.decided) == (4, 0)
    assert [y.share for y in counts.yields] == [9 / 12, 9 / 12]

    session.relabel("speck", [QUEUE[0]])
    session.relabel("pit", [CHIPS[-1]])  # a chip that nobody was asked about

    assert (counts.asked, counts.decided) == (4, 1)
    assert [y.defect for y in counts.yields] == [3, 3]
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (counts.decided, counts.yields[1].defect) == (0, 3)


def test_that_the_counts_are_those_of_the_record(session: Session) -> None:
    session.show_wafer(KEY)
    counts = LiveCounts(session, QObject(session))
    session.relabel("clean", [QUEUE[0]])
    session.relabel("pit", [QUEUE[3]])

    entry = session.record.wafer(KEY)
    assert entry is not None
    tally = tally_wafer(session.record, entry).tally

    assert counts.yields == yields(tally, session.classes)
    assert (counts.asked, counts.asked - counts.decided) == (tally.asked, tally.waiting.total())


def test_that_the_line_says_what_is_decided_and_the_yield_before_and_after(window: MainWindow) -> None:
    assert _line(window).text() == "decided 0 of 4, yield 75.0 % → 75.0 %"

    window.session.relabel("speck")

    assert _line(window).text() == "decided 1 of 4, yield 75.0 % → 83.3 %"
    assert "by the machine alone" in _line(window).toolTip()


def test_that_the_pace_is_the_persons_own_from_the_record_on(qtbot: QtBot, session: Session) -> None:
    session.show_wafer(KEY)
    for chip in CHIPS[:7]:
        session.relabel("speck", [chip])
    pace = Pace(session, QObject(session))

    qtbot.waitUntil(lambda: pace.seconds is not None)

    assert pace.seconds is not None
    assert 0 <= pace.seconds < 10
    session.set_operator("Sato")
    assert pace.seconds is None
    pace.shutdown()


def test_that_the_pace_counts_each_decision_and_a_batch_once(qtbot: QtBot, session: Session) -> None:
    session.show_wafer(KEY)
    pace = Pace(session, QObject(session))
    for chip in CHIPS[:5]:
        session.relabel("speck", [chip])
    session.relabel("clean", list(CHIPS[5:9]))
    qtbot.waitUntil(lambda: pace.seconds is not None)  # six moments, five gaps

    assert time_left(60, 2.0) == "2 min"
    assert time_left(1, 1.0) == "1 min"
    assert time_left(3600, 2.0) == "2 h 0 min"
    assert time_left(5, None) == ""
    pace.shutdown()


def test_that_the_minutes_left_stand_in_the_line_once_the_pace_is_known(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    for chip in CHIPS[5:12]:
        session.relabel("speck", [chip])

    qtbot.waitUntil(lambda: "about 1 min left" in _line(window).text())

    for chip in QUEUE:
        session.relabel("speck", [chip])
    assert "left" not in _line(window).text()


def test_that_a_moment_read_from_the_record_is_not_counted_twice(qtbot: QtBot, session: Session) -> None:
    session.show_wafer(KEY)
    for chip in CHIPS[:3]:
        session.relabel("speck", [chip])
    pace = Pace(session, QObject(session))
    session.relabel("speck", [CHIPS[3]])
    start = datetime.now(UTC)
    moments = [start - timedelta(seconds=s) for s in (50, 40, 30, 20, 10)]
    newest = session.log(CHIPS[3])[-1].time

    pace._take("Kato", [*moments, newest])

    assert pace.seconds == 10.0
    pace.shutdown()
