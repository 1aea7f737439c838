"""The people of the station: how to begin, adding, roles, PINs, retiring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crews import BOSS, KATO, PINS, SATO, change_to, crew_record, sign_in
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector.station.main_window import MainWindow
from inspector.station.pages.page import Page
from inspector.station.panels.rows import RowList
from inspector.wafer.roles import Role

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def boss(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The administrator has signed in and looks at the people."""
    window = open_window(crew_record(tmp_path))
    change_to(qtbot, window, BOSS)
    window.answering.act("people")
    return window


def fill(page: Page, name: str = "", pin: str = "", again: str = "", role: Role | None = None) -> None:
    if name:
        page.findChild(QLineEdit, "person_name").setText(name)
    page.findChild(QLineEdit, "person_pin").setText(pin)
    page.findChild(QLineEdit, "person_pin_again").setText(again or pin)
    if role is not None:
        page.findChild(QComboBox, "person_role").setCurrentIndex(list(Role).index(role))


def press(page: Page, name: str) -> None:
    button = page.findChild(QPushButton, f"person_{name}")
    assert button.isEnabled(), button.toolTip()
    button.click()


def choose(page: Page, name: str) -> None:
    rows = page.findChild(RowList, "people_list")
    rows.chosen.emit(name)


def names(window: MainWindow) -> list[str]:
    return [person.name for person in window.session.people.known]


def test_that_the_page_says_how_to_begin_and_the_first_person_is_an_administrator(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.answering.act("people")
    page = window.pages.page
    role = page.findChild(QComboBox, "person_role")

    assert page.findChild(QLabel, "people_hint").text().startswith("Nobody signs in yet")
    assert (role.currentData(), role.isEnabled()) == (Role.ADMINISTRATOR, False)


def test_that_the_first_person_is_signed_in_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.answering.act("people")
    fill(window.pages.page, "Ueda", "4711")

    press(window.pages.page, "add")

    qtbot.waitUntil(lambda: window.session.person is not None and window.gate.page is None)
    assert (window.session.operator, window.session.person.role) == ("Ueda", Role.ADMINISTRATOR)
    assert window.session.record.people.acting == window.session.person


def test_that_an_added_person_can_sign_in(qtbot: QtBot, boss: MainWindow) -> None:
    fill(boss.pages.page, "Hara", "5678", role=Role.ENGINEER)
    press(boss.pages.page, "add")

    boss.answering.act("sign_out")
    sign_in(qtbot, boss, "Hara", "5678")

    qtbot.waitUntil(lambda: boss.session.operator == "Hara")
    assert boss.session.person.role is Role.ENGINEER


@pytest.mark.parametrize(
    ("name", "pin", "again", "why"),
    [
        ("", "1234", "1234", "A person needs a name."),
        ("Hara", "123", "123", "A PIN has 4 to 12 digits."),
        ("Hara", "1234", "1235", "The two PINs differ."),
    ],
)
def test_that_adding_waits_for_a_name_and_two_equal_pins(
    boss: MainWindow, name: str, pin: str, again: str, why: str
) -> None:
    fill(boss.pages.page, name, pin, again)

    button = boss.pages.page.findChild(QPushButton, "person_add")

    assert (button.isEnabled(), button.toolTip()) == (False, why)


def test_that_a_name_that_can_be_mistaken_is_refused_and_said(boss: MainWindow) -> None:
    fill(boss.pages.page, "kato", "1234")

    press(boss.pages.page, "add")

    assert "Kato already" in boss.pages.page.findChild(QLabel, "people_said").text()
    assert "kato" not in names(boss)


def test_that_a_role_is_changed(boss: MainWindow) -> None:
    choose(boss.pages.page, KATO)
    fill(boss.pages.page, role=Role.ENGINEER)

    press(boss.pages.page, "change")

    roles = {person.name: person.role for person in boss.session.people.known}
    assert roles[KATO] is Role.ENGINEER


def test_that_a_new_pin_takes_the_place_of_the_old_one(qtbot: QtBot, boss: MainWindow) -> None:
    choose(boss.pages.page, KATO)
    fill(boss.pages.page, pin="7777")
    press(boss.pages.page, "pin")
    boss.answering.act("sign_out")

    sign_in(qtbot, boss, KATO, PINS[KATO])
    said = boss.gate.page.findChild(QLabel, "sign_in_said")
    qtbot.waitUntil(lambda: said.text().startswith("Name and PIN do not fit"))
    sign_in(qtbot, boss, KATO, "7777")

    qtbot.waitUntil(lambda: boss.session.operator == KATO)


def test_that_a_retired_person_is_not_offered_and_their_name_stays_in_the_record(boss: MainWindow) -> None:
    choose(boss.pages.page, SATO)

    press(boss.pages.page, "retire")

    assert SATO not in names(boss)
    assert [(e.name, e.is_here) for e in boss.session.record.people.everyone() if e.name == SATO] == [(SATO, False)]


def test_that_an_operator_can_only_change_their_own_pin(qtbot: QtBot, boss: MainWindow) -> None:
    change_to(qtbot, boss, KATO)
    page = boss.pages.page
    able, live = {}, {}
    for name in (SATO, KATO):
        choose(page, name)
        fill(page, pin="1234")
        buttons = ("change", "pin", "retire")
        able[name] = [page.findChild(QPushButton, f"person_{b}").isEnabled() for b in buttons]
        fields = ("name", "role", "pin", "pin_again")
        live[name] = [page.findChild(QWidget, f"person_{f}").isEnabled() for f in fields]

    assert able == {SATO: [False] * 3, KATO: [False, True, False]}
    assert live == {SATO: [False] * 4, KATO: [False, False, True, True]}
    assert "Not for your role" in page.findChild(QWidget, "person_name").toolTip()
    assert "Not for your role" in page.findChild(QPushButton, "person_retire").toolTip()
