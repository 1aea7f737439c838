"""The wafer map turned, in layers, through a grey window, by fingers and keys; chips that nobody judges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fakes import FakeImage, FakeSession, judged, look, noise, settle, small_recipe, small_session
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture
from pytestqt.qtbot import QtBot

from inspector.station.look.chip_look import chip_sentence
from inspector.station.map.grey_window import GreyWindow
from inspector.station.map.map_legend import legend_lines
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.map_overlay import around
from inspector.station.map.turning import Turn
from inspector.station.map.wafer_map import WaferMap
from inspector.station.panels.grey_popup import GreyPopup
from inspector.station.panels.layers_popup import LayersPopup
from inspector.wafer.grid import ChipId

FIRST, SECOND, LAST = ChipId(0, 0), ChipId(1, 0), ChipId(3, 2)
CHIPS = [ChipId(c, r) for r in range(3) for c in range(4)]


def shown(qtbot: QtBot, session: FakeSession, width: int = 480, height: int = 360) -> WaferMap:
    wafer_map = WaferMap(session)
    qtbot.addWidget(wafer_map, before_close_func=WaferMap.shutdown)
    wafer_map.resize(width, height)
    wafer_map.show()
    settle(qtbot, wafer_map)
    return wafer_map


def place(wafer_map: WaferMap, session: FakeSession, chip: ChipId) -> QPoint:
    """The middle of a chip in the widget, however the view is turned."""
    middle = QPointF(*session.placed.corners(chip).mean(axis=0))
    image = session.image
    return wafer_map.view.to_screen(wafer_map.looks.turn.transform(image.width, image.height).map(middle)).toPoint()


def patch(wafer_map: WaferMap, session: FakeSession, chip: ChipId, reach: int = 18) -> np.ndarray:
    at = place(wafer_map, session, chip)
    return look(wafer_map)[at.y() - reach : at.y() + reach, at.x() - reach : at.x() + reach].astype(int)


def flat_session() -> FakeSession:
    recipe = small_recipe()
    return small_session(recipe, np.full_like(noise(recipe), 120))


@pytest.mark.parametrize("turn", [Turn(1), Turn(2), Turn(3), Turn(0, True), Turn(3, True)])
def test_that_turning_the_view_changes_no_chips_name(qtbot: QtBot, turn: Turn) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)

    wafer_map.set_looks(MapLooks(turn))
    settle(qtbot, wafer_map)
    for chip in CHIPS:
        qtbot.mouseClick(wafer_map, Qt.MouseButton.LeftButton, pos=place(wafer_map, session, chip))

    assert session.visited == CHIPS


def test_that_a_turned_view_shows_the_images_pixels_turned(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = FakeSession(recipe, small_session(recipe).placed, FakeImage(noise(recipe)))
    wafer_map = shown(qtbot, session, 400, 400)
    wafer_map.set_looks(MapLooks(Turn(1, True), outlines=0, answers=0))
    wafer_map.view.scale = 1.0
    wafer_map.view.centre_on(QPointF(100, 140))
    wafer_map._picture.repaint_all()
    settle(qtbot, wafer_map)
    whole = session.image.read(0, 0, 0, session.image.width, session.image.height)
    origin = wafer_map.view.origin.toPoint()

    expected = np.rot90(whole[:, ::-1], -1)[:, :, 0]
    seen = look(wafer_map)[:, :, 0]
    rows, columns = slice(80, 120), slice(80, 120)
    part = seen[origin.y() + 80 : origin.y() + 120, origin.x() + 80 : origin.x() + 120]

    assert np.array_equal(part, expected[rows, columns])


def test_that_turning_keeps_the_place_and_says_so(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    said: list[str] = []
    session.said.connect(said.append)
    wafer_map.zoom_to(ChipId(1, 1))

    wafer_map.turn_right()
    wafer_map.mirror()
    settle(qtbot, wafer_map)

    middle = wafer_map.rect().center()
    assert (place(wafer_map, session, ChipId(1, 1)) - middle).manhattanLength() < 4
    assert "90°" in said[0]
    assert "mirrored" in said[1]


def test_that_layers_can_be_faded_until_the_picture_is_left(qtbot: QtBot) -> None:
    session = flat_session()
    session.judge([judged(chip, "pit", 0.99) for chip in CHIPS])
    wafer_map = shown(qtbot, session)

    def colour() -> float:
        settle(qtbot, wafer_map)
        part = patch(wafer_map, session, SECOND)
        return float(np.abs(part - part.mean(axis=2, keepdims=True)).mean())

    full = colour()
    wafer_map.set_looks(replace(wafer_map.looks, answers=0.5))
    half = colour()
    wafer_map.set_looks(replace(wafer_map.looks, answers=0.0, outlines=0.0))
    none = colour()

    assert full > half > 1
    assert none == 0


def test_that_the_sliders_and_the_map_agree(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())
    popup = LayersPopup(wafer_map, wafer_map)
    told: list[MapLooks] = []
    wafer_map.looks_changed.connect(told.append)

    popup.findChild(type(popup._sliders["heat"]), "layer_answers").setValue(40)
    wafer_map.set_heat_opacity(0.25)

    assert told[-1] == MapLooks(answers=0.4, heat=0.25)
    assert popup._sliders["heat"].value() == 25


def test_that_partial_chips_and_chips_without_pixels_never_look_like_a_class(qtbot: QtBot) -> None:
    session = flat_session()
    session.placed = replace(session.placed, partial=frozenset({FIRST}), not_imaged=frozenset({SECOND}))
    session.judge([judged(LAST, "pit", 0.99)])
    wafer_map = shown(qtbot, session, 300, 240)  # too small for the legend, which would lie over the first chip

    partial, empty, pit = (patch(wafer_map, session, chip, reach=12) for chip in (FIRST, SECOND, LAST))

    for part in (partial, empty):
        assert np.abs(part - part.mean(axis=2, keepdims=True)).max() <= 1, "no colour"
    assert np.ptp(partial) == 0, "a partial chip is an outline only"
    assert np.ptp(empty) > 5, "a chip without pixels is crossed"
    assert np.abs(pit - pit.mean(axis=2, keepdims=True)).max() > 20


def test_that_the_legend_and_the_tooltip_say_why_a_chip_is_not_judged() -> None:
    session = flat_session()
    session.placed = replace(session.placed, partial=frozenset({FIRST}), not_imaged=frozenset({SECOND}))

    assert [text for text, _ in legend_lines(session.placed)] == ["Partial: 1", "Not imaged: 1"]
    assert "cut by the wafer's edge" in chip_sentence(session, FIRST)
    assert "a shot is missing" in chip_sentence(session, SECOND)
    assert legend_lines(small_session().placed) == []


def test_that_a_grey_window_shows_more_contrast_and_the_reset_shows_the_pixels(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = small_session(recipe, noise(recipe, 110, 130))
    wafer_map = shown(qtbot, session)
    wafer_map.set_looks(MapLooks(outlines=0, answers=0))
    settle(qtbot, wafer_map)
    before = look(wafer_map)

    wafer_map.set_grey(GreyWindow(110, 130))
    settle(qtbot, wafer_map)
    spread = np.ptp(patch(wafer_map, session, SECOND))
    wafer_map.set_grey(None)
    settle(qtbot, wafer_map)

    assert spread > 150
    assert np.array_equal(look(wafer_map), before)


def test_that_another_wafer_begins_with_all_its_greys(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    wafer_map.set_grey(GreyWindow(10, 20))

    session.open(session.recipe, session.placed, FakeImage(noise(session.recipe)))

    assert wafer_map.grey is None


def test_that_auto_counts_the_pixels_beside_the_window(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = small_session(recipe, noise(recipe, 100, 140))
    wafer_map = shown(qtbot, session)
    popup = GreyPopup(session, wafer_map, wafer_map)
    popup.prepare()
    qtbot.waitUntil(lambda: popup._counts is not None)

    popup._auto.click()
    chosen = wafer_map.grey
    popup._reset.click()
    popup.shutdown()

    assert chosen is not None
    assert (chosen.low, chosen.high) == (pytest.approx(100, abs=2), pytest.approx(139, abs=2))
    assert wafer_map.grey is None


def test_that_a_native_pinch_zooms_around_the_fingers(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())
    at = QPointF(300, 200)
    before = wafer_map.view.to_scene(at)
    device = QPointingDevice.primaryPointingDevice()
    zoom = Qt.NativeGestureType.ZoomNativeGesture

    QApplication.sendEvent(wafer_map, QNativeGestureEvent(zoom, device, 2, at, at, at, 1.0, QPointF()))

    assert wafer_map.view.scale == pytest.approx(2 * wafer_map.view.fit_scale)
    assert (wafer_map.view.to_scene(at) - before).manhattanLength() < 0.01


def test_that_a_pinch_on_a_touch_screen_zooms(qtbot: QtBot) -> None:
    wafer_map = shown(qtbot, small_session())
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.5)
    pinch.setCenterPoint(QPointF(wafer_map.mapToGlobal(QPoint(240, 180))))

    QApplication.sendEvent(wafer_map, QGestureEvent([pinch]))

    assert wafer_map.view.scale == pytest.approx(1.5 * wafer_map.view.fit_scale)


def test_that_arrows_move_a_zoomed_map(qtbot: QtBot) -> None:
    session = small_session()
    wafer_map = shown(qtbot, session)
    wafer_map.zoom_to(ChipId(1, 1))
    before = place(wafer_map, session, ChipId(1, 1))

    qtbot.keyClick(wafer_map, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(wafer_map, Qt.Key.Key_Down)

    moved = place(wafer_map, session, ChipId(1, 1)) - before
    assert moved.x() < 0
    assert moved.y() < 0


def test_that_the_overviews_frame_is_dragged_without_a_jump(qtbot: QtBot) -> None:
    session = small_session(small_recipe(16, 12))
    wafer_map = shown(qtbot, session)
    for _ in range(6):
        wafer_map.zoom_in()
    settle(qtbot, wafer_map)
    overview = wafer_map._floats._place(wafer_map.size())
    assert overview is not None
    seen, whole = wafer_map.view.seen.center(), wafer_map.view.scene
    factor = overview.width() / whole.width()
    inside = overview.topLeft() + (seen - whole.topLeft()) * factor + QPointF(4, 3)

    def send(kind: QEvent.Type, at: QPointF) -> None:
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, QPointF(wafer_map.mapToGlobal(at)), button, button, Qt.KeyboardModifier())
        QApplication.sendEvent(wafer_map, event)

    send(QEvent.Type.MouseButtonPress, inside)
    pressed = wafer_map.view.seen.center()
    send(QEvent.Type.MouseMove, inside + QPointF(5, 0))
    dragged = wafer_map.view.seen.center()
    send(QEvent.Type.MouseButtonRelease, inside + QPointF(5, 0))

    assert (pressed - seen).manhattanLength() < 1
    assert dragged.x() - seen.x() == pytest.approx(5 / factor, rel=0.05)
    assert session.visited == []


def test_that_a_chip_is_brought_into_sight_by_name(qtbot: QtBot) -> None:
    session = small_session(small_recipe(16, 12))
    wafer_map = shown(qtbot, session)

    wafer_map.go_to(ChipId(15, 11))

    assert session.visited == [ChipId(15, 11)]
    assert wafer_map.rect().contains(place(wafer_map, session, ChipId(15, 11)))
    assert wafer_map.view.scale > wafer_map.view.fit_scale


def test_that_the_overview_is_shaded_outside_the_frame_and_nowhere_twice() -> None:
    place = QRectF(10, 20, 100, 80)
    for frame in (QRectF(40, 50, 20, 10), QRectF(-5, -5, 60, 60), QRectF(10, 20, 100, 80), QRectF(300, 300, 5, 5)):
        parts = around(place, frame)
        inside = place.intersected(frame)

        assert sum(p.width() * p.height() for p in parts) == 8000 - inside.width() * inside.height()
        assert all(place.contains(p) and not p.intersects(inside) for p in parts)
        assert not any(a.intersects(b) for n, a in enumerate(parts) for b in parts[:n])
