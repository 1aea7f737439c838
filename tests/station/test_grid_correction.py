"""A person corrects a grid: it follows three corners, the record keeps it, and only what moved is judged again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from stations import CHIPS, FACTS, KEY, PLACED, QUEUE, RECIPE, FakeLink, judged, judged_record, model_folder, wafer_png

from inspector.engine.events import ChipsJudged, JobFailed, JobFinished
from inspector.records.record import Record
from inspector.station.grid.grid_canvas import GridCanvas
from inspector.station.grid.grid_marks import GridMarks
from inspector.station.main_window import MainWindow
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey

GRID = Grid(8, 6, (60.0, 50.0), (64.0, 54.0), (10.0, 12.0))
MOVED = PlacedGrid(PLACED.grid, (1.0, 0.0, 10.0, 0.0, 1.0, 6.0))
Key = Qt.Key


def affine(turn: float, sx: float, sy: float, dx: float, dy: float) -> PlacedGrid:
    c, s = np.cos(turn), np.sin(turn)
    return PlacedGrid(GRID, (float(sx * c), float(-sy * s), dx, float(sx * s), float(sy * c), dy))


@given(st.floats(-0.05, 0.05), st.floats(0.97, 1.03), st.floats(0.97, 1.03), st.floats(-40, 40), st.floats(-40, 40))
def test_that_three_corners_bring_the_grid_to_any_place(
    turn: float, sx: float, sy: float, dx: float, dy: float
) -> None:
    truth = affine(turn, sx, sy, dx, dy)
    marks = GridMarks(PlacedGrid(GRID))

    for index, mark in enumerate(list(marks.marks)):
        marks.put(index, *truth.corners(mark.chip)[mark.corner])

    assert np.abs(marks.placed.affine - truth.affine).max() < 1e-6
    assert marks.is_sensible


def test_that_the_first_corner_shifts_and_the_second_turns_and_scales() -> None:
    start = affine(0.01, 1.01, 0.99, 5, 7)
    marks = GridMarks(start)

    marks.nudge(0, 12, -8)
    shifted = marks.placed
    marks.nudge(1, 0, 9)

    assert np.allclose(shifted.affine[:, :2], start.affine[:, :2])
    assert np.allclose(shifted.affine[:, 2] - start.affine[:, 2], (12, -8))
    assert marks.placed.corners(marks.marks[0].chip)[0] == pytest.approx(marks.place(0))
    assert marks.placed.corners(marks.marks[1].chip)[1] == pytest.approx(marks.place(1))
    ratio = marks.placed.affine[:, :2] @ np.linalg.inv(shifted.affine[:, :2])
    assert ratio[0, 0] == pytest.approx(ratio[1, 1])
    assert ratio[0, 1] == pytest.approx(-ratio[1, 0]), "a similarity: what was measured of the shape stays"


def test_that_any_chips_corner_can_be_taken_in_place_of_the_nearest_mark() -> None:
    marks = GridMarks(PlacedGrid(GRID))

    chip, corner, away = marks.nearest_corner(10 + 5 * 64 + 59, 12 + 4 * 54 + 51)
    index = marks.seat(chip, corner)

    assert (chip, corner) == (ChipId(5, 4), 2)
    assert away == pytest.approx(np.hypot(1, 1))
    assert (marks.marks[index].chip, marks.marks[index].corner) == (chip, corner)
    assert marks.seat(chip, corner) == index
    assert not marks.is_changed


def test_that_an_impossible_grid_is_told() -> None:
    marks = GridMarks(PlacedGrid(GRID))

    marks.put(0, 10, 12)
    marks.put(1, 10, 400)
    marks.put(2, 400, 12)

    assert not marks.is_sensible, "turned over"


def begin(qtbot: QtBot, window: MainWindow) -> GridCanvas:
    window.named["correct_grid"].trigger()
    qtbot.waitUntil(lambda: window.grid_mode.is_shown)
    canvas = window.grid_mode.page.canvas
    qtbot.waitUntil(lambda: canvas.is_settled)
    return canvas


def drag(canvas: GridCanvas, index: int, by: QPointF) -> None:
    """Drag a corner's handle by logical pixels of the screen."""
    at, button = canvas.handle_at(index), Qt.MouseButton.LeftButton
    kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
    for kind, point in zip(kinds, (at, at + by, at + by), strict=True):
        held = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, point, QPointF(canvas.mapToGlobal(point)), button, button, held)
        QApplication.sendEvent(canvas, event)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A model for the tiny recipe, as if it were shipped."""
    folder = model_folder(tmp_path / "models" / "tiny")
    monkeypatch.setattr("inspector.station.state.inspecting.model_for", lambda *_: folder)
    return folder


@pytest.mark.usefixtures("models")
def test_that_a_dragged_grid_is_written_and_only_moved_chips_are_judged_again(
    qtbot: QtBot, window: MainWindow, link: FakeLink
) -> None:
    window.session.go_to(QUEUE[1])
    canvas = begin(qtbot, window)

    drag(canvas, 0, QPointF(30, 6) * canvas.view.scale / canvas.devicePixelRatioF())
    qtbot.keyClick(canvas, Key.Key_Return)

    record = window.session.record
    placed = record.wafer(KEY).placed
    assert placed.matrix == pytest.approx((1, 0, 30, 0, 1, 6), abs=1e-6)
    assert record.placements(KEY)[-1].operator == "Kato"
    assert window.session.placed == placed
    assert window.session.current == QUEUE[1]
    assert set(placed.partial) == {ChipId(3, r) for r in range(3)}, "the image cuts the last column now"
    assert link.requests[-1].placed == placed
    assert link.requests[-1].skip == frozenset(), "all of them moved"
    assert not window.grid_mode.is_shown


def correct(qtbot: QtBot, window: MainWindow) -> PlacedGrid:
    """Move the grid of the open wafer; returns it as it lies then."""
    canvas = begin(qtbot, window)
    drag(canvas, 0, QPointF(30, 6) * canvas.view.scale / canvas.devicePixelRatioF())
    qtbot.keyClick(canvas, Key.Key_Return)
    return window.session.record.wafer(KEY).placed


@pytest.mark.usefixtures("models")
def test_that_the_move_is_the_step_that_undo_takes_back_and_decisions_come_after_it(
    qtbot: QtBot, window: MainWindow, link: FakeLink
) -> None:
    session, record = window.session, window.session.record
    session.confirm()
    moved = correct(qtbot, window)
    assert session.standing(QUEUE[0]).decision is None, "its chip lies elsewhere now"

    session.undo_stack.undo()

    assert record.wafer(KEY).placed == session.placed == PLACED
    assert len(record.placements(KEY)) == 3, "the way back is a place of its own"
    assert session.standing(QUEUE[0]).decision is not None, "the decision stands where it was made"
    link.say(JobFinished(1, stopped=True))
    session.hear_engine()
    assert link.requests[-1].skip == frozenset(CHIPS), "what was judged here is judged"
    session.undo_stack.undo()
    assert session.standing(QUEUE[0]).decision is None
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert record.wafer(KEY).placed == moved


@pytest.mark.usefixtures("models")
def test_that_a_grid_that_somebody_else_has_moved_since_is_not_moved_back(qtbot: QtBot, window: MainWindow) -> None:
    correct(qtbot, window)
    with Record.open(window.session.record.url) as other:
        other.move_grid(KEY, MOVED, "Sato")

    window.session.undo_stack.undo()

    assert window.session.record.wafer(KEY).placed == MOVED
    assert "somebody else" in window.banner.text
    assert not window.session.undo_stack.canUndo()


@pytest.mark.usefixtures("models")
def test_that_chips_that_stay_are_not_judged_again(qtbot: QtBot, window: MainWindow, link: FakeLink) -> None:
    canvas = begin(qtbot, window)
    marks = canvas.marks
    assert marks is not None
    for index in (0, 2):  # the left side stays
        marks.put(index, *marks.place(index))
    marks.nudge(1, 0.0, 4.0)
    canvas.moved.emit()

    qtbot.keyClick(canvas, Key.Key_Enter)

    stayed = {chip for chip in CHIPS if chip.column == 0}
    assert stayed <= set(link.requests[-1].skip) < set(CHIPS)
    link.say(ChipsJudged(1, FACTS, judged(c for c in CHIPS if c not in link.requests[-1].skip), 12, 12, 0.0))
    window.session.hear_engine()
    assert set(window.session.record.judged_chips(KEY, FACTS.digest)) == set(CHIPS)


def test_that_escape_leaves_the_grid_from_the_bar_above_too(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    outside = window.findChild(QToolButton, "language")
    outside.setFocus()

    qtbot.keyClick(outside, Key.Key_Escape)

    assert not window.grid_mode.is_shown


def test_that_escape_leaves_the_grid_and_the_record_as_they_were(
    qtbot: QtBot, window: MainWindow, link: FakeLink
) -> None:
    canvas = begin(qtbot, window)
    drag(canvas, 1, QPointF(40, 40))

    qtbot.keyClick(canvas, Key.Key_Escape)

    assert not window.grid_mode.is_shown
    assert window.session.record.wafer(KEY).placed == PLACED
    assert len(window.session.record.placements(KEY)) == 1
    assert link.requests == []


def test_that_arrows_nudge_the_chosen_corner_by_one_and_ten_pixels(qtbot: QtBot, window: MainWindow) -> None:
    canvas = begin(qtbot, window)
    assert canvas.marks is not None

    qtbot.keyClick(canvas, Key.Key_2)
    before = canvas.marks.place(1)
    qtbot.keyClick(canvas, Key.Key_Right)
    qtbot.keyClick(canvas, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert canvas.chosen == 1
    assert canvas.marks.place(1) == pytest.approx((before[0] + 1, before[1] + 10))
    assert window.session.standing(QUEUE[0]).decision is None, "no key of the review was heard"


def test_that_nothing_can_be_applied_before_a_corner_was_moved(qtbot: QtBot, window: MainWindow) -> None:
    canvas = begin(qtbot, window)

    qtbot.keyClick(canvas, Key.Key_Return)

    assert window.grid_mode.is_shown
    assert len(window.session.record.placements(KEY)) == 1


def test_that_the_arrow_follows_the_screen_when_the_view_is_turned(qtbot: QtBot, window: MainWindow) -> None:
    window.work.map.turn_right()
    canvas = begin(qtbot, window)
    assert canvas.marks is not None
    before = canvas.marks.place(0)

    qtbot.keyClick(canvas, Key.Key_Right)

    assert canvas.marks.place(0) == pytest.approx((before[0], before[1] - 1)), "the image's up lies at the right"


def refuse(window: MainWindow, link: FakeLink, source: Path, models: Path) -> None:
    """The engine finds the grid of an image, but not surely enough."""
    window.session.open_images([source], RECIPE, "L2", models)
    link.say(JobFailed(len(link.requests), f"{source.name} shows the grid in no sure place.", best=MOVED))
    window.session.hear_engine()


def test_that_a_refused_image_is_placed_by_hand_and_judged(
    qtbot: QtBot, window: MainWindow, link: FakeLink, models: Path, tmp_path: Path
) -> None:
    refuse(window, link, wafer_png(tmp_path, "W09.png", seed=4), models)
    offer = window.banner.findChild(QToolButton, "banner_place_grid")
    assert "W09.png" in offer.text()

    offer.click()
    canvas = window.grid_mode.page.canvas
    qtbot.waitUntil(lambda: canvas.marks is not None)
    assert canvas.marks is not None
    assert canvas.marks.start.matrix == MOVED.matrix, "it begins where the grid most likely lies"
    drag(canvas, 0, QPointF(-10, -6) * canvas.view.scale / canvas.devicePixelRatioF())
    qtbot.keyClick(canvas, Key.Key_Return)

    key = WaferKey("L2", "W09")
    entry = window.session.record.wafer(key)
    assert entry is not None
    assert entry.placed.matrix == pytest.approx(PLACED.matrix, abs=1e-6)
    assert window.session.key == key
    assert link.requests[-1].placed == entry.placed
    assert (window.session.record.images_folder / entry.copy_name).is_file()


def test_that_a_refused_image_that_is_left_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow, link: FakeLink, models: Path, tmp_path: Path
) -> None:
    before = set(window.session.record.images_folder.iterdir())
    refuse(window, link, wafer_png(tmp_path, "W09.png", seed=4), models)
    window.banner.findChild(QToolButton, "banner_place_grid").click()
    canvas = window.grid_mode.page.canvas
    qtbot.waitUntil(lambda: canvas.marks is not None)

    qtbot.keyClick(canvas, Key.Key_Escape)

    assert set(window.session.record.images_folder.iterdir()) == before
    assert window.session.record.wafer(WaferKey("L2", "W09")) is None
    assert window.session.key == KEY


def test_that_the_offer_stays_until_the_grid_is_placed_or_declined(
    qtbot: QtBot, window: MainWindow, link: FakeLink, models: Path, tmp_path: Path
) -> None:
    for name in ("W08.png", "W09.png"):
        refuse(window, link, wafer_png(tmp_path, name), models)
        link.say(JobFinished(len(link.requests), stopped=False))
        window.session.hear_engine()

    def offer() -> QToolButton:
        return window.banner.findChild(QToolButton, "banner_place_grid")

    offer().click()
    canvas = window.grid_mode.page.canvas
    qtbot.waitUntil(lambda: canvas.marks is not None)
    assert not offer().isVisible(), "while it is taken up"
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert offer().isVisible()
    window.use_language("ja")
    assert "W08.png" in offer().text()

    offer().click()
    canvas = window.grid_mode.page.canvas
    qtbot.waitUntil(lambda: canvas.marks is not None)
    qtbot.keyClick(canvas, Key.Key_Return)
    assert window.session.record.wafer(WaferKey("L2", "W08")) is not None
    assert "W09.png" in offer().text()

    window.banner.findChild(QToolButton, "banner_close").click()
    assert not offer().isVisible()
    assert window.session.doubtful == []


def test_that_an_image_that_can_not_be_read_offers_nothing(window: MainWindow, link: FakeLink, models: Path) -> None:
    window.session.open_images([Path("gone.png")], RECIPE, "L2", models)
    link.say(JobFailed(1, "gone.png is not there."))
    window.session.hear_engine()

    assert window.banner.findChild(QToolButton, "banner_place_grid").isHidden()


def test_that_chips_nobody_photographed_stay_where_they_are(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    url = judged_record(tmp_path)
    with Record.open(url) as record:
        record.move_grid(KEY, replace(PLACED, not_imaged=frozenset({ChipId(2, 1)})), "Kato")
    window = open_window(url)
    canvas = begin(qtbot, window)
    assert canvas.marks is not None

    canvas.marks.nudge(0, 44.0, 0.0)  # by one column
    placed = window.grid_mode.page._task.finished(canvas.marks.placed)

    assert placed.not_imaged == {ChipId(1, 1)}
