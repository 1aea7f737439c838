"""The filmstrip: what was before, what comes next, and what has been answered."""

from __future__ import annotations

from threading import get_ident

import numpy as np
from fakes import FakeSession, judged, look, settle, small_recipe, small_session
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from inspector.station.chip.filmstrip import Filmstrip, around
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId


def shown(qtbot: QtBot, session: FakeSession, width: int = 1200) -> Filmstrip:
    strip = Filmstrip(session)
    qtbot.addWidget(strip, before_close_func=Filmstrip.shutdown)
    strip.resize(width, 100)
    strip.show()
    settle(qtbot, strip)
    return strip


def part(strip: Filmstrip, chip: ChipId) -> np.ndarray:
    rect = strip.rect_of(chip).toRect()
    return look(strip)[rect.top() : rect.top() + rect.width(), rect.left() : rect.right() + 1]


@given(st.integers(0, 30), st.integers(0, 40), st.integers(0, 6))
def test_that_the_current_chip_is_in_the_middle_of_its_neighbours(length: int, place: int, sides: int) -> None:
    queue = [ChipId(n, 0) for n in range(length)]
    current = ChipId(place, 0)

    window = dict(around(queue, current, sides))

    assert window[0] == current
    assert len(window) <= 2 * sides + 1
    if current in queue:
        wanted = {n for n in range(-sides, sides + 1) if 0 <= place + n < length}
        assert {n: queue[place + n] for n in wanted} == window


def test_that_a_queue_without_a_current_chip_lies_ahead() -> None:
    queue = [ChipId(n, 0) for n in range(9)]

    assert around(queue, None, 2) == [(1, queue[0]), (2, queue[1])]


def test_that_five_on_each_side_are_shown_and_the_current_one_stands_in_the_middle(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session)

    session.go_to(chips[6])

    assert strip.chips() == chips[1:12]
    assert abs(strip.rect_of(chips[6]).center().x() - strip.width() / 2) < 1


def test_that_a_narrow_strip_leaves_out_both_ends_alike(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session, width=320)

    session.go_to(chips[6])

    assert strip.chips() == chips[5:8]
    assert all(strip.rect().contains(strip.rect_of(c).toRect()) for c in strip.chips())


def test_that_the_ends_say_how_much_of_the_queue_lies_beyond_and_go_five_further(qtbot: QtBot) -> None:
    session = small_session(small_recipe(columns=8, rows=4))
    chips = session.chips()
    session.set_queue(chips[:30])
    strip = shown(qtbot, session, width=1600)
    back = strip.findChild(QToolButton, "filmstrip_back")
    ahead = strip.findChild(QToolButton, "filmstrip_ahead")
    session.go_to(chips[0])
    at_the_start = back.isVisible(), ahead.isVisible()

    ahead.click()
    ahead.click()

    assert at_the_start == (False, True)
    assert session.current == chips[10]
    assert (back.text(), ahead.text()) == ("‹ 5", "14 ›")
    back.click()
    assert session.current == chips[5]


def test_that_a_click_goes_to_the_chip(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session)
    session.go_to(chips[3])

    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect_of(chips[5]).center().toPoint())

    assert session.current == chips[5]


def test_that_the_pictures_are_cut_beside_the_window(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session)

    session.go_to(chips[0])
    settle(qtbot, strip)

    assert np.ptp(part(strip, chips[1]).astype(int)) > 60
    assert get_ident() not in session.image.threads


def test_that_answer_and_decision_can_be_seen(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session)
    session.go_to(chips[0])
    settle(qtbot, strip)

    def count(colour: tuple[int, int, int]) -> int:
        return int((part(strip, chips[1]) == colour).all(axis=2).sum())

    pit, white = (0xD5, 0x5E, 0x00), (255, 255, 255)
    before = count(pit), count(white)
    session.judge([judged(chips[1], "pit", 0.9)])
    judged_pit = count(pit), count(white)
    session.decide(chips[1], DecisionKind.CONFIRM, "pit")
    decided = count(white)
    corner = part(strip, chips[1])[-22:-8, -22:-8].reshape(-1, 3)

    assert before == (0, 0)
    assert judged_pit[0] > 300
    assert judged_pit[1] == 0
    assert decided > 100
    assert (corner == 255).all(axis=1).sum() > 8, "a tick stands in the corner"


def test_that_a_new_queue_is_shown_at_once(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    strip = shown(qtbot, session)
    session.go_to(chips[3])

    session.set_queue([chips[3], chips[8]])

    assert strip.chips() == [chips[3], chips[8]]


def test_that_nothing_open_paints_nothing(qtbot: QtBot) -> None:
    strip = shown(qtbot, FakeSession())

    assert strip.chips() == []
    assert np.ptp(look(strip)) == 0
