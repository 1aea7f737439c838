"""The wafer map in its window: large, gone to by a chip's name, and seen as each person likes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QSplitter
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, QUEUE

from inspector.station.main_window import MainWindow
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.turning import Turn
from inspector.station.panels.rows import RowList
from inspector.wafer.grid import ChipId

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def type_name(qtbot: QtBot, window: MainWindow, text: str) -> None:
    field = window.findChild(QLineEdit, "chip_name")
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def test_that_a_chip_is_gone_to_by_typing_its_name(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Key.Key_G, CTRL)
    type_name(qtbot, window, "c03 r01")

    assert window.session.current == ChipId(3, 1)
    assert window.work.go_to_field.isHidden()
    assert window.session.record.decisions(KEY) == [], "digits that are typed are no answers"


def test_that_a_wrong_name_is_said_under_the_field_and_nothing_moves(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.current
    qtbot.keyClick(window, Key.Key_G, CTRL)
    type_name(qtbot, window, "9/9")

    assert "Columns run from 0 to 3" in window.work.go_to_field.problem
    assert window.session.current == before
    qtbot.keyClick(window.findChild(QLineEdit, "chip_name"), Key.Key_Escape)
    assert window.work.go_to_field.isHidden()


def test_that_the_large_wafer_has_the_keyboard_again_after_a_chip_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Key.Key_M)
    for leave in (Key.Key_Return, Key.Key_Escape):
        qtbot.keyClick(window, Key.Key_G, CTRL)
        qtbot.keyClicks(window.findChild(QLineEdit, "chip_name"), "3/1")
        qtbot.keyClick(window.findChild(QLineEdit, "chip_name"), leave)

        assert window.focusWidget() is window.work.map


def test_that_the_large_wafer_takes_the_chips_room_and_gives_it_back(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1200, 760)  # narrow: the wafer is the overview in the corner
    small = window.work.map.width()

    qtbot.keyClick(window, Key.Key_M)
    qtbot.waitUntil(lambda: window.work.map.width() > 2 * small)
    hidden = window.work.chip_side.isHidden()
    qtbot.keyClick(window.work.map, Key.Key_M)

    assert hidden
    assert not window.work.chip_side.isHidden()
    qtbot.waitUntil(lambda: window.work.map.width() <= small + 8)


def test_that_the_large_wafer_has_the_keyboard_again_after_its_grid_was_left_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Key.Key_M)
    window.named["correct_grid"].trigger()
    qtbot.waitUntil(lambda: window.focusWidget() is not window.work.map)
    qtbot.keyClick(window.focusWidget(), Key.Key_Escape)

    assert window.focusWidget() is window.work.map
    qtbot.keyClick(window.work.map, Key.Key_M)
    assert window.focusWidget() is window.work


@pytest.mark.parametrize("height", [768, 700])
def test_that_a_low_screen_shortens_the_overview_and_no_queue(qtbot: QtBot, window: MainWindow, height: int) -> None:
    window.resize(1366, height)
    queues = window.findChild(RowList, "queues")
    panel = queues.parentWidget()

    qtbot.waitUntil(lambda: window.work.is_narrow and queues.geometry().bottom() < panel.height())
    assert window.height() == height
    assert window.work.map.height() >= 96


def test_that_the_layers_do_not_cover_the_small_wafer_that_they_change(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1200, 760)
    window.move(0, 0)
    screen = window.screen().availableGeometry()
    anchor = window.work.map
    window.move(0, screen.bottom() - anchor.mapToGlobal(anchor.rect().bottomLeft()).y() - 40)  # no room below

    window.work.map_tools.show_layers()
    popup = window.work.map_tools.layers

    around = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
    assert not popup.geometry().intersects(around)
    popup.close()


def test_that_nobody_answers_for_a_chip_that_the_large_wafer_hides(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.deciding.is_ready)
    window.work.set_map_large(True)

    for key in (Key.Key_2, Key.Key_Return, Key.Key_U):
        qtbot.keyClick(window.work.map, key)
    window.work.set_map_large(False)
    qtbot.wait(200)

    assert window.session.record.decisions(KEY) == []
    assert window.session.current == QUEUE[0]


def test_that_esc_leads_back_from_the_large_wafer(qtbot: QtBot, window: MainWindow) -> None:
    window.work.set_map_large(True)

    qtbot.keyClick(window.work.map, Key.Key_Escape)

    assert not window.work.is_map_large


def test_that_the_layout_is_remembered_for_each_person(window: MainWindow) -> None:
    panes, session = window.work.findChild(QSplitter, "panes"), window.session
    usual = panes.sizes()
    panes.setSizes([usual[0] + 80, *usual[1:]])
    katos = panes.sizes()
    window.named["beside"].trigger()
    kato_sees = window.work.context.isVisibleTo(window.work)

    session.set_operator("Mori")
    assert panes.sizes() == usual
    assert window.work.context.isVisibleTo(window.work) != kato_sees
    session.set_operator("Kato")

    assert panes.sizes() == katos != usual
    assert window.work.context.isVisibleTo(window.work) == kato_sees


def test_that_looks_are_remembered_for_each_person(window: MainWindow) -> None:
    wafer = window.work.map
    wafer.turn_right()
    wafer.set_looks(MapLooks(Turn(1), outlines=0.3))

    window.session.set_operator("Sato")
    of_sato = wafer.looks
    window.session.set_operator("Kato")

    assert of_sato == MapLooks()
    assert wafer.looks == MapLooks(Turn(1), outlines=0.3)
    assert [window.session.standing(c).class_name for c in CHIPS] == ["pit"] * 3 + ["clean"] * 9
