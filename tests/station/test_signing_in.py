"""Signing in by name and PIN, the lock, and what each role finds switched off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crews import BOSS, KATO, MORI, SATO, change_to, crew_record, sign_in
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE

from inspector.records.events import EventKind
from inspector.station.dialogs.key_sheet import KeySheet
from inspector.station.main_window import MainWindow
from inspector.station.people.idle import Idle
from inspector.station.people.operator_menu import OperatorMenu
from inspector.station.people.touch_button import TouchButton
from inspector.station.state.session import Session
from inspector.wafer.errors import RoleError
from inspector.wafer.roles import Act

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def station(tmp_path: Path, open_window: OpenWindow) -> MainWindow:
    """On a record with people: nobody has signed in."""
    return open_window(crew_record(tmp_path))


def readable(window: MainWindow) -> list[QWidget]:
    """What can be seen of the window's own widgets, without the sign-in page."""
    page = window.gate.page
    seen = [w for w in window.findChildren(QWidget) if w.isVisible()]
    return [w for w in seen if page is None or (w is not page and not page.isAncestorOf(w))]


def test_that_a_record_without_people_asks_nobody_to_sign_in(window: MainWindow) -> None:
    assert window.gate.page is None
    assert window.session.operator == "Kato"
    assert window.findChild(QLineEdit, "operator").isVisible()
    assert not window.findChild(OperatorMenu, "operator_menu").isVisible()


def test_that_nothing_is_readable_before_somebody_has_signed_in(station: MainWindow) -> None:
    assert readable(station) == []
    assert KEY.wafer not in station.windowTitle()


def test_that_keys_do_nothing_behind_the_lock(qtbot: QtBot, station: MainWindow) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_3, Qt.Key.Key_U, Qt.Key.Key_Right, Qt.Key.Key_H):
        qtbot.keyClick(station, key)
    qtbot.keyClick(station, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert station.session.record.decisions(KEY) == []
    assert station.session.current == QUEUE[0]
    assert readable(station) == []


def test_that_the_right_pin_opens_the_station_and_signs_the_decisions(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, KATO)

    station.session.confirm()

    assert station.findChild(OperatorMenu, "operator_menu").text() == "Kato · Operator ▾"
    assert not station.findChild(QLineEdit, "operator").isVisible()
    assert [d.new.operator for d in station.session.record.decisions(KEY)] == [KATO]
    assert KEY.wafer in station.windowTitle()


def test_that_the_pin_can_be_touched_in(qtbot: QtBot, station: MainWindow) -> None:
    page = station.gate.page
    page.findChild(TouchButton, "sign_in_Mori").click()

    for name in ("pin_1", "pin_clear", "pin_2", "pin_2", "pin_2", "pin_2", "pin_enter"):
        page.findChild(TouchButton, name).click()

    qtbot.waitUntil(lambda: station.gate.page is None)
    assert station.session.operator == MORI


def test_that_a_wrong_pin_is_said_and_leaves_an_event(qtbot: QtBot, station: MainWindow) -> None:
    sign_in(qtbot, station, KATO, "0000")

    said = station.gate.page.findChild(QLabel, "sign_in_said")
    qtbot.waitUntil(lambda: said.text().startswith("Name and PIN do not fit"))
    assert station.session.person is None
    assert [e.person for e in station.session.record.people.events(EventKind.WRONG_PIN)] == [KATO]


def test_that_the_pin_is_never_shown(station: MainWindow) -> None:
    station.gate.page.choose(KATO)
    field = station.gate.page.pad.field
    QTest.keyClicks(field, "12a4")

    assert field.text() == "124"
    assert field.displayText() != "124"


def test_that_locking_hides_what_was_open_and_the_same_person_finds_it_again(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, KATO)
    station.session.step(1)
    station.answering.act("key_sheet")
    sheet = station.findChild(KeySheet)

    station.answering.act("lock")
    locked = (sheet.isVisible(), readable(station) == [sheet], station.session.record.people.acting)
    sign_in(qtbot, station, KATO)
    qtbot.waitUntil(lambda: station.gate.page is None)

    assert locked == (False, False, None)
    assert sheet.isVisible()
    assert station.session.current == QUEUE[1]


def test_that_another_person_begins_without_the_dialogs_and_the_undo_of_the_one_before(
    qtbot: QtBot, station: MainWindow
) -> None:
    change_to(qtbot, station, KATO)
    station.session.confirm()
    station.answering.act("key_sheet")
    sheet = station.findChild(KeySheet)
    station.answering.act("lock")

    change_to(qtbot, station, MORI)
    qtbot.waitUntil(lambda: sheet not in station.findChildren(KeySheet) or not sheet.isVisible())
    qtbot.keyClick(station, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert len(station.session.record.decisions(KEY)) == 1
    assert station.findChild(QLabel, "said").text() == ""


def test_that_the_station_locks_when_nobody_has_touched_it_for_the_minutes_of_the_settings(
    qtbot: QtBot, station: MainWindow
) -> None:
    change_to(qtbot, station, KATO)
    now = [0.0]
    idle = Idle(station, lambda: 60.0 * station.session.settings.lock_minutes, lambda: now[0])
    idle.passed.connect(station.session.people.lock)

    now[0] = 599.0
    idle.look()
    open_before = station.gate.page is None
    QTest.mouseMove(station.windowHandle(), QPoint(50, 50))
    QTest.mouseMove(station.windowHandle(), QPoint(60, 60))
    now[0] = 1198.0
    idle.look()
    open_after_a_touch = station.gate.page is None
    now[0] = 1200.0
    idle.look()

    assert (open_before, open_after_a_touch) == (True, True)
    assert station.gate.page is not None


def test_that_no_minutes_means_never(qapp: QObject) -> None:
    now = [0.0]
    idle = Idle(qapp, lambda: 0.0, lambda: now[0])
    said: list[str] = []
    idle.passed.connect(lambda: said.append("passed"))

    now[0] = 1e9
    idle.look()
    idle.deleteLater()

    assert said == []


def test_that_the_language_can_be_changed_on_the_sign_in_page(qtbot: QtBot, station: MainWindow) -> None:
    station.gate.page.findChild(QToolButton, "sign_in_language").click()

    assert station.session.language == "ja"
    assert readable(station) == []
    station.use_language("en")
    assert readable(station) == []


@pytest.mark.parametrize(
    ("name", "off"),
    [
        (KATO, {"export", "models", "correct_grid", "disputes"}),
        (SATO, set()),
        (BOSS, set()),
    ],
)
def test_that_what_a_role_may_not_do_is_switched_off_and_says_why(
    qtbot: QtBot, station: MainWindow, name: str, off: set[str]
) -> None:
    change_to(qtbot, station, name)

    asked = ("open", "confirm", "unsure", "export", "models", "correct_grid", "disputes", "second_review", "lock")
    switched_off = {a for a in asked if not station.named[a].isEnabled()}

    assert switched_off == off
    assert all("Not for your role (Operator)" in station.named[a].toolTip() for a in off)


def test_that_a_refusal_below_the_window_is_said_and_leaves_an_event(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, KATO)
    placed = station.session.placed

    station.session.move_grid(KEY, placed)

    assert "may not move grid" in station.banner.text
    assert station.session.record.placements(KEY)[-1].operator == ""
    refused = station.session.record.people.events(EventKind.REFUSED)
    assert [(e.person, e.act) for e in refused] == [(KATO, Act.MOVE_GRID)]


def test_that_nothing_is_decided_in_the_name_of_somebody_else(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, KATO)

    with pytest.raises(RoleError, match="has signed in"):
        station.session.record.move_grid(KEY, station.session.placed, SATO)

    assert len(station.session.record.placements(KEY)) == 1


def test_that_lock_minutes_are_kept_and_broken_ones_read_as_ten(session: Session) -> None:
    session.settings.lock_minutes = 3
    kept = session.settings.lock_minutes
    session.settings._store.setValue("people/lock_minutes", "soon")

    assert (kept, session.settings.lock_minutes) == (3, 10)


def test_that_only_who_may_change_settings_changes_the_lock(qtbot: QtBot, station: MainWindow) -> None:
    change_to(qtbot, station, KATO)
    station.answering.act("people")

    minutes = station.findChild(QSpinBox, "lock_minutes")

    assert not minutes.isEnabled()
    assert "Not for your role" in minutes.toolTip()


def test_that_the_station_locks_and_says_why_where_the_record_cannot_be_written(
    qtbot: QtBot, station: MainWindow, tmp_path: Path
) -> None:
    sign_in(qtbot, station, KATO)
    there = station.session.record.path
    there.rename(tmp_path / "elsewhere.db")

    with qtbot.waitSignal(station.session.failed) as failed:
        station.session.people.lock()
    (tmp_path / "elsewhere.db").rename(there)

    assert "was moved or replaced" in failed.args[0]
    assert station.gate.page is not None
    assert station.session.record.people.acting is None


def test_that_the_record_refuses_other_rules_to_who_may_not_change_them_and_keeps_who_did(
    qtbot: QtBot, station: MainWindow
) -> None:
    change_to(qtbot, station, KATO)
    station.answering.act("people")
    minutes = station.findChild(QSpinBox, "lock_minutes")
    kept = station.session.settings.lock_minutes

    minutes.setValue(kept + 1)  # past the window
    refused, shown = station.session.settings.lock_minutes, minutes.value()
    change_to(qtbot, station, BOSS)
    minutes.setValue(kept + 1)

    assert (refused, shown, station.session.settings.lock_minutes) == (kept, kept, kept + 1)
    asked = station.session.record.people.events(act=Act.CHANGE_SETTINGS)
    assert [(e.kind, e.person) for e in asked] == [(EventKind.REFUSED, KATO), (EventKind.DONE, BOSS)]
