"""Makes records with people, and signs them in through the window as they would do it themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stations import judged_record

from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.people.touch_button import TouchButton
from inspector.wafer.roles import Role

BOSS, KATO, MORI, SATO = "Ueda", "Kato", "Mori", "Sato"
PINS = {BOSS: "9999", KATO: "1111", MORI: "2222", SATO: "3333"}


def crew_record(folder: Path) -> str:
    """A record with one judged wafer, an administrator, two operators and an engineer; returns its URL."""
    url = judged_record(folder)
    with Record.open(url) as record:
        record.people.add(BOSS, Role.ADMINISTRATOR, PINS[BOSS])
        record.people.sign_in(BOSS, PINS[BOSS])
        for name, role in ((KATO, Role.OPERATOR), (MORI, Role.OPERATOR), (SATO, Role.ENGINEER)):
            record.people.add(name, role, PINS[name])
    return url


def sign_in(qtbot: QtBot, window: MainWindow, name: str, pin: str = "") -> None:
    """Touch a name, type the PIN, press Enter."""
    page = window.gate.page
    assert page is not None, "the station is open"
    page.findChild(TouchButton, f"sign_in_{name}").click()
    QTest.keyClicks(page.pad.field, pin or PINS[name])
    QTest.keyClick(page.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.people.is_checking)


def change_to(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """The next person takes the seat."""
    if window.gate.page is None:
        window.answering.act("sign_out")
    sign_in(qtbot, window, name)
    qtbot.waitUntil(lambda: window.session.operator == name and window.gate.page is None)
