"""A grid is made from an image: three clicks, chips counted between them, edges found, written into a recipe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot
from stations import wafer_png

from inspector import paths
from inspector.imaging import cv2
from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.grid.click_page import ClickPage
from inspector.station.grid.save_grid import SaveGrid
from inspector.station.main_window import MainWindow
from inspector.wafer.recipe_file import read_recipe

CHIP, PITCH, ORIGIN, COLUMNS, ROWS = (50, 38), (58, 48), (22, 17), 9, 7
Key = Qt.Key


def wafer_image(folder: Path) -> Path:
    """Bright chips with a texture of their own, dark streets; two places are empty."""
    noise = np.random.default_rng(3)
    height = 2 * ORIGIN[1] + (ROWS - 1) * PITCH[1] + CHIP[1]
    width = 2 * ORIGIN[0] + (COLUMNS - 1) * PITCH[0] + CHIP[0]
    pixels = noise.integers(18, 26, (height, width), np.uint8)
    for column in range(COLUMNS):
        for row in range(ROWS):
            if (column, row) not in ((0, 0), (8, 6)):
                x, y = ORIGIN[0] + column * PITCH[0], ORIGIN[1] + row * PITCH[1]
                pixels[y : y + CHIP[1], x : x + CHIP[0]] = noise.integers(140, 170, CHIP[::-1], np.uint8)
    path = folder / "new product.png"
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def corner(column: int, row: int, right: bool = False, low: bool = False) -> tuple[float, float]:
    return (
        ORIGIN[0] + column * PITCH[0] + (CHIP[0] if right else 0),
        ORIGIN[1] + row * PITCH[1] + (CHIP[1] if low else 0),
    )


def on_screen(page: ClickPage, at: tuple[float, float]) -> QPoint:
    canvas = page.canvas
    scene = canvas._tiles.to_scene.map(QPointF(*at))
    return (canvas.view.to_screen(scene) / canvas.devicePixelRatioF()).toPoint()


def click(qtbot: QtBot, page: ClickPage, *points: tuple[float, float]) -> None:
    for at in points:
        qtbot.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=on_screen(page, at))


def settle(qtbot: QtBot, window: MainWindow) -> None:
    page, desk = window.grid_mode.click_page, window.grid_desk.clicks
    qtbot.waitUntil(lambda: page.is_settled and desk.is_settled and page.canvas.is_settled, timeout=20_000)
    qtbot.wait(20)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> ClickPage:
    """The page with an image of a wafer that no recipe knows."""
    window.grid_mode.make_grid(wafer_image(tmp_path))
    page = window.grid_mode.click_page
    qtbot.waitUntil(lambda: page.canvas.marks is not None, timeout=20_000)
    settle(qtbot, window)
    return page


ROW = (corner(1, 3), corner(1, 3, right=True, low=True), corner(7, 3))


def test_that_three_clicks_make_the_grid_of_the_whole_wafer(qtbot: QtBot, window: MainWindow, page: ClickPage) -> None:
    click(qtbot, page, *ROW)
    at_once = page.canvas.marks.placed
    settle(qtbot, window)

    assert at_once is not None, "the grid follows before the edges are looked for"
    assert page.canvas.marks.between == (6, 0)
    grid = page.canvas.marks.placed.grid
    assert (grid.columns, grid.rows, set(grid.missing)) == (COLUMNS, ROWS, {(0, 0), (8, 6)})
    assert np.allclose(grid.pitch, PITCH, atol=0.05)
    assert np.allclose(grid.chip, CHIP, atol=1.0)
    assert "9 × 7, 61 whole chips" in page.findChild(QLabel, "click_found").text()


def test_that_a_person_can_say_how_many_columns_lie_between(qtbot: QtBot, window: MainWindow, page: ClickPage) -> None:
    click(qtbot, page, *ROW)
    settle(qtbot, window)

    page.findChild(QSpinBox, "click_columns").setValue(5)

    assert page.canvas.marks.clicked.grid.columns == 6
    settle(qtbot, window)
    assert page.canvas.marks.fitted is None, "the image shows no such grid"
    assert "as clicked" in page.findChild(QLabel, "click_found").text()


def test_that_of_grids_that_wait_only_the_last_is_fitted(qtbot: QtBot, window: MainWindow, page: ClickPage) -> None:
    click(qtbot, page, *ROW)
    settle(qtbot, window)
    desk, found = window.grid_desk.clicks, []
    desk.fitted.connect(lambda clicked, _: found.append(clicked))
    here = page.canvas.marks.clicked
    wishes = [replace(here, matrix=(*here.matrix[:5], here.matrix[5] + n / 4)) for n in range(4)]

    for wish in wishes:
        desk.fit(wish)
    qtbot.waitUntil(lambda: desk.is_settled, timeout=20_000)

    assert found == [wishes[0], wishes[3]]


def test_that_clicks_are_taken_back_one_by_one(qtbot: QtBot, window: MainWindow, page: ClickPage) -> None:
    window.session.confirm()
    click(qtbot, page, *ROW)

    for left in (2, 1, 0):
        qtbot.keyClick(page.canvas, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.canvas.marks.count == left

    assert window.session.undo_stack.canUndo(), "no decision was taken back"
    assert page.canvas.marks.placed is None
    assert not page.findChild(QSpinBox, "click_columns").isVisible()


def test_that_a_corner_can_be_nudged_and_clicks_beside_the_image_put_nothing(
    qtbot: QtBot, window: MainWindow, page: ClickPage
) -> None:
    click(qtbot, page, (-30.0, -30.0))
    assert page.canvas.marks.count == 0

    click(qtbot, page, *ROW[:2])
    before = page.canvas.marks.place(1)
    qtbot.keyClick(page.canvas, Key.Key_Right)

    assert page.canvas.marks.place(1) == pytest.approx((before[0] + 1, before[1]))
    assert not window.session.undo_stack.canUndo()


def test_that_impossible_clicks_are_told_and_not_saved(qtbot: QtBot, page: ClickPage) -> None:
    click(qtbot, page, ROW[0], ROW[1], (ROW[0][0] + 6, ROW[0][1] + 4))

    assert "same chip" in page.findChild(QLabel, "click_found").text()
    qtbot.keyClick(page.canvas, Key.Key_Return)
    assert page.window().findChild(SaveGrid) is None


def test_that_escape_leaves_nothing_behind(qtbot: QtBot, window: MainWindow, page: ClickPage) -> None:
    folder = window.session.record.images_folder
    assert len(list(folder.iterdir())) == 2, "the open wafer's copy and the image's own"

    click(qtbot, page, ROW[0])
    qtbot.keyClick(page.canvas, Key.Key_Escape)

    assert not window.grid_mode.is_clicking
    assert [path.name for path in folder.iterdir()] == ["L1-W01.tif"]


def test_that_an_image_left_while_it_is_read_does_not_come_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.grid_mode.make_grid(wafer_image(tmp_path))
    assert window.grid_desk.clicks._background.stop(), "all has been said, nothing of it heard"

    qtbot.keyClick(window.grid_mode.click_page, Key.Key_Escape)
    qtbot.wait(50)

    assert not window.grid_mode.is_clicking


def test_that_a_click_taken_back_while_it_is_dragged_is_let_go(qtbot: QtBot, page: ClickPage) -> None:
    click(qtbot, page, *ROW[:2])
    at = on_screen(page, ROW[1])
    qtbot.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=at)

    for _ in range(2):
        qtbot.keyClick(page.canvas, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseMove(page.canvas, at + QPoint(5, 5))

    assert page.canvas.marks.count == 1
    assert page.canvas.marks.place(0) == pytest.approx(ROW[0], abs=0.6)


def test_that_an_image_that_can_not_be_read_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")

    with qtbot.waitSignal(window.session.failed) as told:
        window.grid_mode.make_grid(bad)

    assert "bad.png" in told.args[0]
    qtbot.waitUntil(lambda: not window.grid_mode.is_clicking)
    assert not window.grid_desk.is_busy


def test_that_the_action_needs_no_open_wafer(tmp_path: Path, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(f"sqlite:///{(tmp_path / 'empty.db').as_posix()}")

    assert window.named["new_grid"].isEnabled()
    assert not window.named["correct_grid"].isEnabled()


def save(qtbot: QtBot, window: MainWindow, page: ClickPage) -> SaveGrid:
    click(qtbot, page, *ROW)
    settle(qtbot, window)
    qtbot.keyClick(page.canvas, Key.Key_Return)
    dialog = window.findChild(SaveGrid)
    assert dialog is not None
    return dialog


def test_that_a_new_recipe_takes_everything_else_from_a_known_one_and_judges_the_image(
    qtbot: QtBot, window: MainWindow, page: ClickPage, recipe_file: Path
) -> None:
    window.session.settings.recipe = str(recipe_file)
    before = recipe_file.read_text()
    dialog = save(qtbot, window, page)
    assert "columns = 9" in dialog.findChild(QPlainTextEdit, "grid_toml").toPlainText()

    target = recipe_file.with_name("larger.toml")
    dialog.write(target)

    made = read_recipe(target)
    assert (made.grid.columns, made.grid.rows, made.grid.missing) == (9, 7, ((0, 0), (8, 6)))
    assert [c.name for c in made.classes] == ["clean", "pit"]
    assert recipe_file.read_text() == before
    assert "larger.toml" in dialog.findChild(QLabel, "said").text()
    assert "40 × 40" in dialog.findChild(QLabel, "said").text(), "the model still sees what the old recipe said"
    dialog.findChild(QPushButton, "judge").click()
    opened = window.findChild(OpenDialog)
    assert [path.name for path in opened.images] == ["new product.png"]
    assert opened.recipe == made
    assert not window.grid_mode.is_clicking
    opened.reject()


def test_that_ones_own_recipe_takes_the_grid_and_a_shipped_one_never(
    qtbot: QtBot, window: MainWindow, page: ClickPage, recipe_file: Path
) -> None:
    dialog = save(qtbot, window, page)
    into, recipes = dialog.findChild(QPushButton, "into_recipe"), dialog.findChild(QComboBox, "recipe")
    assert recipes.currentData().place == "laser-wafer"
    assert not into.isEnabled()
    dialog.use_recipe(str(paths.resource("recipes", "laser-wafer.toml")))
    assert not into.isEnabled(), "nor where its file was chosen"

    dialog.use_recipe(str(recipe_file))
    into.click()

    assert read_recipe(recipe_file).grid.columns == 9
    dialog.reject()


def test_that_a_recipe_that_can_not_be_written_is_told_in_place(
    qtbot: QtBot, window: MainWindow, page: ClickPage, tmp_path: Path
) -> None:
    dialog = save(qtbot, window, page)

    dialog.write(tmp_path / "nowhere" / "new.toml")

    assert "choose another folder" in dialog.findChild(QLabel, "said").text()
    assert not dialog.findChild(QPushButton, "judge").isVisible()
    dialog.reject()


def test_that_another_image_can_be_opened_while_one_is_left(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.grid_mode.make_grid(wafer_image(tmp_path))
    window.grid_desk.cancel()
    window.grid_mode.make_grid(wafer_png(tmp_path, "W09.png"))

    page = window.grid_mode.click_page
    qtbot.waitUntil(lambda: page.canvas.marks is not None, timeout=20_000)

    assert "W09.png" in page.findChild(QLabel, "click_title").text()
