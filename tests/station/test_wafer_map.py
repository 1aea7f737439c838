"""The wafer map: real pixels, answers told apart with and without colour, and quick under the hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fakes import FakeImage, FakeSession, judged, look, noise, settle, small_recipe, small_session
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.station.look.chip_look import chip_sentence
from inspector.station.map.map_overlay import length_text, round_length, scale_bar
from inspector.station.map.wafer_map import WaferMap
from inspector.station.state.background import Background
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId, PlacedGrid

FIRST, SECOND, LAST = ChipId(0, 0), ChipId(1, 0), ChipId(3, 2)


def shown(qtbot: QtBot, session: FakeSession, width: int = 480, height: int = 360) -> WaferMap:
    wafer_map = WaferMap(session)
    qtbot.addWidget(wafer_map, before_close_func=WaferMap.shutdown)
    wafer_map.resize(width, height)
    wafer_map.show()
    settle(qtbot, wafer_map)
    return wafer_map


def place(wafer_map: WaferMap, session: FakeSession, chip: ChipId) -> QPoint:
    """The middle of a chip in the widget."""
    middle = session.placed.corners(chip).mean(axis=0)
    return wafer_map.view.to_screen(QPointF(*middle)).toPoint()


def patch(wafer_map: WaferMap, session: FakeSession, chip: ChipId) -> NDArray[np.uint8]:
    """What is shown of one upright chip, without the line around it."""
    (left, top), _, (right, bottom), _ = session.placed.corners(chip)
    view = wafer_map.view
    start, end = view.to_screen(QPointF(left, top)).toPoint(), view.to_screen(QPointF(right, bottom)).toPoint()
    return look(wafer_map)[start.y() + 2 : end.y() - 2, start.x() + 2 : end.x() - 2]


def turn_wheel(wafer_map: WaferMap, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(wafer_map.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(wafer_map, event)


def flat_session(**sizes: int) -> FakeSession:
    recipe = small_recipe(**sizes)
    return small_session(recipe, np.full_like(noise(recipe), 120))


def test_that_a_judged_chip_takes_its_classs_colour(qtbot: QtBot) -> None:
    session = flat_session()
    wafer_map = shown(qtbot, session)
    session.judge([judged(FIRST, "clean", 0.01), judged(SECOND, "pit", 0.99)])
    settle(qtbot, wafer_map)

    good = patch(wafer_map, session, FIRST).reshape(-1, 3).mean(axis=0)
    defect = patch(wafer_map, session, SECOND).reshape(-1, 3).mean(axis=0)

    assert good[1] > good[0], "clean is green"
    assert defect[0] > defect[2], "a pit is vermilion"


def test_that_defects_are_told_apart_without_colour(qtbot: QtBot) -> None:
    session = flat_session(chip=24)
    wafer_map = shown(qtbot, session, 200, 160)
    grey = {}

    for name in ("clean", "pit", "scratch"):
        session.judge([judged(FIRST, name, 0.5)])
        settle(qtbot, wafer_map)
        grey[name] = patch(wafer_map, session, FIRST).astype(float).mean(axis=2)

    assert np.ptp(grey["pit"]) > 80, "a glyph stands on the chip"
    shapes = [g > g.mean() for g in (grey["pit"], grey["scratch"])]
    assert (shapes[0] != shapes[1]).mean() > 0.05
    assert np.ptp(grey["clean"]) < np.ptp(grey["pit"]) / 2


def test_that_a_chip_that_is_not_judged_is_hatched_in_grey(qtbot: QtBot) -> None:
    session = flat_session()

    chip = patch(shown(qtbot, session), session, FIRST).astype(int)

    assert np.ptp(chip.mean(axis=2)) > 5
    assert np.abs(chip - chip.mean(axis=2, keepdims=True)).max() <= 1, "no colour"


def test_that_a_decision_shows_a_white_inner_outline_and_a_change_a_notch_as_well(qtbot: QtBot) -> None:
    session = flat_session()
    wafer_map = shown(qtbot, session)
    session.judge([judged(FIRST, "clean", 0.1)])

    def white(chip: ChipId) -> tuple[int, int]:
        settle(qtbot, wafer_map)
        part = patch(wafer_map, session, chip).min(axis=2) > 235
        corner = part[: part.shape[0] // 6, -part.shape[1] // 6 :]
        return int(part.sum()), int(corner.sum())

    machine = white(FIRST)
    session.decide(FIRST, DecisionKind.CONFIRM, "clean")
    confirmed = white(FIRST)
    session.decide(FIRST, DecisionKind.RELABEL, "haze")
    changed = white(FIRST)

    assert machine == (0, 0)
    assert confirmed[0] > 100
    assert changed[1] > confirmed[1] + 20


def test_that_a_click_goes_to_the_chip_and_a_drag_does_not(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)

    qtbot.mouseClick(wafer_map, Qt.MouseButton.LeftButton, pos=place(wafer_map, session, LAST))
    start = place(wafer_map, session, FIRST)
    qtbot.mousePress(wafer_map, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(wafer_map, start + QPoint(40, 30))
    qtbot.mouseRelease(wafer_map, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 30))

    assert session.visited == [LAST]


def test_that_a_click_finds_the_chip_in_a_turned_grid(qtbot: QtBot) -> None:
    session = small_session()
    c, s = math.cos(0.05), math.sin(0.05)
    session.placed = PlacedGrid(session.placed.grid, (c, -s, 12.0, s, c, -6.0))
    wafer_map = shown(qtbot, session)

    for chip in (FIRST, LAST, ChipId(3, 0)):
        qtbot.mouseClick(wafer_map, Qt.MouseButton.LeftButton, pos=place(wafer_map, session, chip))

    assert session.visited == [FIRST, LAST, ChipId(3, 0)]


def test_that_the_wheel_keeps_the_place_under_the_pointer(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())
    at = QPoint(300, 200)
    before = wafer_map.view.to_scene(QPointF(at))

    turn_wheel(wafer_map, at, 4)

    after = wafer_map.view.to_scene(QPointF(at))
    assert (after - before).manhattanLength() < 0.01
    assert wafer_map.view.scale > 2 * wafer_map.view.fit_scale


def test_that_it_zooms_from_the_whole_wafer_to_single_pixels_and_back(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())

    turn_wheel(wafer_map, QPoint(200, 150), 100)
    closest = wafer_map.view.scale
    turn_wheel(wafer_map, QPoint(200, 150), -200)

    assert closest == 32
    assert wafer_map.view.is_fitted


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_0])
def test_that_keys_zoom_and_fit(qtbot: QtBot, key: Qt.Key) -> None:
    wafer_map = shown(qtbot, small_session())
    fitted = wafer_map.view.scale

    qtbot.keyClick(wafer_map, Qt.Key.Key_Plus)
    qtbot.keyClick(wafer_map, Qt.Key.Key_Plus)
    qtbot.keyClick(wafer_map, Qt.Key.Key_Minus)
    zoomed = wafer_map.view.scale
    qtbot.keyClick(wafer_map, key)

    assert zoomed == pytest.approx(1.25 * fitted)
    assert wafer_map.view.is_fitted


def test_that_a_double_click_fits_a_zoomed_map(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())
    turn_wheel(wafer_map, QPoint(200, 150), 6)

    qtbot.mouseDClick(wafer_map, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))

    assert wafer_map.view.is_fitted


def test_that_panning_shows_the_same_as_painting_afresh(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(c, ("clean", "pit")[sum(c) % 2], 0.5) for c in session.chips()])
    wafer_map = shown(qtbot, session)
    turn_wheel(wafer_map, QPoint(240, 180), 5)
    settle(qtbot, wafer_map)

    start = QPoint(200, 200)
    qtbot.mousePress(wafer_map, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        qtbot.mouseMove(wafer_map, start + QPoint(-7 * step, 5 * step))
        wafer_map.repaint()
    qtbot.mouseRelease(wafer_map, Qt.MouseButton.LeftButton, pos=start + QPoint(-56, 40))
    settle(qtbot, wafer_map)
    panned = look(wafer_map)
    turn_wheel(wafer_map, start, 0)  # paints everything again
    settle(qtbot, wafer_map)

    assert np.array_equal(panned, look(wafer_map))


def test_that_the_grid_is_shown_before_there_is_an_image(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = FakeSession(recipe, PlacedGrid(recipe.grid.grid()), None)
    wafer_map = shown(qtbot, session)

    qtbot.mouseClick(wafer_map, Qt.MouseButton.LeftButton, pos=place(wafer_map, session, SECOND))

    assert session.visited == [SECOND]
    assert np.ptp(patch(wafer_map, session, FIRST)) > 0, "hatched"


def test_that_the_image_appears_when_it_comes(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = FakeSession(recipe, PlacedGrid(recipe.grid.grid()), None)
    wafer_map = shown(qtbot, session)
    before = patch(wafer_map, session, FIRST).astype(int).std()

    session.image = FakeImage(noise(recipe))
    session.job_changed.emit(None)
    settle(qtbot, wafer_map)

    assert patch(wafer_map, session, FIRST).astype(int).std() > before + 5


def test_that_a_better_image_does_not_move_a_zoomed_map(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    turn_wheel(wafer_map, QPoint(300, 200), 5)
    before = place(wafer_map, session, LAST)

    session.image = FakeImage(noise(session.recipe, seed=5))
    session.judge([judged(FIRST, "clean", 0.1)])
    settle(qtbot, wafer_map)

    assert place(wafer_map, session, LAST) == before


def test_that_nothing_open_is_said_in_words(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, FakeSession())

    assert np.ptp(look(wafer_map)) > 50, "a sentence stands in the middle"


def test_that_the_current_chip_comes_into_sight(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    wafer_map.zoom_to(FIRST)

    session.go_to(LAST)

    assert wafer_map.rect().contains(place(wafer_map, session, LAST))


def test_that_the_overview_moves_the_view(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    turn_wheel(wafer_map, QPoint(0, 0), 8)
    settle(qtbot, wafer_map)
    assert not wafer_map.rect().contains(place(wafer_map, session, LAST))

    qtbot.mouseClick(wafer_map, Qt.MouseButton.LeftButton, pos=QPoint(480 - 26, 360 - 26))

    assert wafer_map.rect().contains(place(wafer_map, session, LAST))
    assert session.visited == []


def test_that_heat_shows_where_the_evidence_is_and_goes_again(qtbot: QtBot) -> None:
    session = flat_session()
    evidence = np.zeros((4, 8, 8), np.uint8)
    evidence[2, 1, 1] = 255
    session.judge([judged(FIRST, "pit", 0.99, evidence), judged(SECOND, "clean", 0.01)])
    wafer_map = shown(qtbot, session)
    plain = look(wafer_map)

    wafer_map.set_heat_visible(True)
    settle(qtbot, wafer_map)
    hot, cold = patch(wafer_map, session, FIRST).astype(int), patch(wafer_map, session, SECOND).astype(int)
    wafer_map.set_heat_visible(False)
    settle(qtbot, wafer_map)

    warm = hot[:, :, 0] - hot[:, :, 2]
    side = warm.shape[0]
    inner = warm[side // 8 : side // 3, side // 8 : side // 3]
    assert inner.max() > 60
    assert np.ptp(cold[side // 4 : -side // 4, side // 4 : -side // 4]) <= 1, "a cold chip is seen as it is"
    assert np.array_equal(look(wafer_map), plain)


def test_that_a_chip_is_told_in_one_line() -> None:
    session = flat_session()
    session.judge([judged(FIRST, "pit", 0.94), judged(SECOND, None, float("nan"))])

    assert chip_sentence(session, FIRST) == "chip 0 / 0 - Pit, P(defect) 0.94"
    assert chip_sentence(session, SECOND) == "chip 1 / 0 - Undecided"
    assert chip_sentence(session, LAST) == "chip 3 / 2 - Not judged yet"
    session.decide(FIRST, DecisionKind.UNSURE)
    assert chip_sentence(session, FIRST) == "chip 0 / 0 - Unsure, P(defect) 0.94, put aside by Kato"


@given(st.floats(1e-3, 1e6))
def test_that_a_scale_bar_is_a_round_length_that_fits(longest: float) -> None:
    length = round_length(longest)

    assert longest / 2.5 * (1 - 1e-6) <= length <= longest * (1 + 1e-6)
    assert length / 10 ** math.floor(math.log10(length) + 1e-9) == pytest.approx(
        round(length / 10 ** math.floor(math.log10(length) + 1e-9))
    )


def test_that_the_scale_bar_names_its_unit() -> None:
    assert scale_bar(0.25, 0.5) == (100.0, "200 µm")
    assert scale_bar(0.01, 0.5)[1] == "5 mm"
    assert scale_bar(2.0, None) == (100.0, "50 px")
    assert length_text(3, 0.1).startswith("0.3")


def test_that_no_thread_is_left_when_the_window_goes(qtbot: QtBot) -> None:
    session = small_session(small_recipe(8, 8, 256))
    wafer_map = WaferMap(session)
    wafer_map.resize(500, 500)
    wafer_map.show()
    wafer_map.repaint()

    wafer_map.shutdown()

    assert [b.running for b in wafer_map.findChildren(Background)] == [0]
    wafer_map.close()
    wafer_map.deleteLater()
