"""The tour walks through the window, decides nothing by itself, and does not come back by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from stations import QUEUE

from inspector.station.main_window import MainWindow
from inspector.station.tour.tour import Tour


def test_that_the_tour_goes_to_its_end_inside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.named["tour"].trigger()
    tour = window.findChild(Tour)
    titles = set()
    for step in range(6):
        assert tour.step == step
        assert window.work.rect().contains(tour.geometry())
        titles.add(tour.findChild(QPushButton, "tour_next").text())
        with qtbot.waitSignal(tour.ended, raising=False, timeout=1 if step < 5 else 1000) as ended:
            tour.findChild(QPushButton, "tour_next").click()
    assert ended.signal_triggered
    assert titles == {"Next", "Begin"}
    assert window.session.settings.looks.tour_seen


def test_that_the_station_answers_while_the_tour_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.named["tour"].trigger()

    qtbot.waitUntil(lambda: window.deciding.is_ready)
    qtbot.keyClick(window.work, Qt.Key.Key_3)

    assert window.session.standing(QUEUE[0]).is_human
    assert window.findChild(Tour).isVisible()


def test_that_the_first_answer_ends_the_last_step(window: MainWindow, qtbot: QtBot) -> None:
    window.named["tour"].trigger()
    tour = window.findChild(Tour)
    for _ in range(5):
        tour.findChild(QPushButton, "tour_next").click()
    qtbot.waitUntil(lambda: window.deciding.is_ready)

    with qtbot.waitSignal(tour.ended):
        qtbot.keyClick(window.work, Qt.Key.Key_3)


def test_that_enter_goes_through_the_tour_and_confirms_nothing_before_its_end(window: MainWindow, qtbot: QtBot) -> None:
    window.named["tour"].trigger()
    tour = window.findChild(Tour)
    qtbot.waitUntil(lambda: window.deciding.is_ready)
    for step in range(5):
        assert tour.step == step
        qtbot.keyClick(window.work, Qt.Key.Key_Return)
    with qtbot.waitSignal(tour.ended):
        qtbot.keyClick(window.work, Qt.Key.Key_Return)
    assert not any(window.session.standing(chip).is_human for chip in QUEUE)

    qtbot.keyClick(window.work, Qt.Key.Key_Return)

    assert window.session.standing(QUEUE[0]).is_human


def test_that_esc_ends_the_tour_and_a_second_one_can_come(window: MainWindow, qtbot: QtBot) -> None:
    window.named["tour"].trigger()
    with qtbot.waitSignal(window.findChild(Tour).ended):
        qtbot.keyClick(window.work, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.findChild(Tour) is None)
    window.named["tour"].trigger()

    assert window.findChild(Tour).isVisible()
