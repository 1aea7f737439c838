"""What stands beside the chip: neighbours, verified examples, repeaters and the chip's history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE, judged_record

from inspector.imaging.chips import cut_chip
from inspector.imaging.chips_around import around_size
from inspector.station.chip.chip_context import ChipContext
from inspector.station.main_window import MainWindow
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey

SECOND, THIRD = WaferKey("L1", "W02"), WaferKey("L1", "W03")
HERE = QUEUE[0]
Open = Callable[..., MainWindow]


def settle(qtbot: QtBot, window: MainWindow) -> ChipContext:
    """Wait until the current chip is seen, and all that stands beside it is there."""
    context = window.work.context
    qtbot.waitUntil(lambda: window.deciding.is_ready)
    qtbot.waitUntil(lambda: context.beside.facts is not None and context.is_settled)
    return context


def looked_at(qtbot: QtBot, window: MainWindow, chip: ChipId = HERE) -> ChipContext:
    window.session.go_to(ChipId(0, 2))  # so that it is looked at anew, where it is in sight already
    window.session.go_to(chip)
    return settle(qtbot, window)


def text(context: ChipContext, name: str) -> str:
    label = context.findChild(QLabel, name)
    assert label is not None
    return label.text()


def grey(picture: QImage) -> np.ndarray:
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.width(), 4)
    return rows[:, :, 0].copy()


@pytest.fixture
def lot(tmp_path: Path, open_window: Open) -> MainWindow:
    """Three wafers of one lot, all judged alike; the first one is open."""
    window = open_window(judged_record(tmp_path, (KEY, SECOND, THIRD)))
    window.session.show_wafer(KEY)
    return window


def decide(window: MainWindow, key: WaferKey, chip: ChipId, to_class: str) -> None:
    kind = DecisionKind.RELABEL if to_class != "pit" else DecisionKind.CONFIRM
    window.session.record.append(key, [NewDecision(chip, kind, "Sato", "pit", to_class)])


def test_that_without_verified_examples_the_tiles_say_how_one_comes_to_be(qtbot: QtBot, lot: MainWindow) -> None:
    context = looked_at(qtbot, lot)

    assert context.references.tiles[0].words == (
        "No chip of this product is confirmed as Pit yet: confirm one, and it stands here."
    )
    assert context.references.tiles[1].words.startswith("No chip of this product is confirmed as Clean yet")


def test_that_examples_of_the_proposed_class_and_of_the_runner_up_are_shown(qtbot: QtBot, lot: MainWindow) -> None:
    decide(lot, SECOND, QUEUE[1], "pit")
    decide(lot, KEY, QUEUE[2], "clean")

    context = looked_at(qtbot, lot)

    pit, clean = (tile.words.split("\n") for tile in context.references.tiles)
    assert pit[:2] == ["Pit", "W02  1 / 0"]
    assert clean[:2] == ["Clean", "2 / 0"]
    assert pit[2].startswith("Sato, ")


def test_that_b_blinks_between_the_chip_and_the_very_pixels_of_the_example(qtbot: QtBot, lot: MainWindow) -> None:
    decide(lot, SECOND, QUEUE[1], "pit")
    context, canvas = looked_at(qtbot, lot), lot.work.chip.canvas
    entry = lot.session.record.wafer(SECOND)
    assert entry is not None

    qtbot.keyClick(lot, Qt.Key.Key_B)
    shown, word = canvas.other, canvas.word
    qtbot.keyClick(lot, Qt.Key.Key_B)

    lot.session.show_wafer(SECOND)
    image = lot.session.image
    assert shown is not None
    assert image is not None
    assert np.array_equal(grey(shown), cut_chip(image, entry.placed, QUEUE[1])[:, :, 0])
    assert word.startswith("Reference: Pit (W02  1 / 0, Sato")
    assert canvas.other is None
    assert context.blinks is None


def test_that_another_chip_is_never_shown_as_an_example(qtbot: QtBot, lot: MainWindow) -> None:
    decide(lot, SECOND, QUEUE[1], "pit")
    looked_at(qtbot, lot)
    qtbot.keyClick(lot, Qt.Key.Key_B)

    lot.session.step(1)

    assert lot.work.chip.canvas.other is None
    settle(qtbot, lot)


def test_that_b_without_an_example_says_so(qtbot: QtBot, lot: MainWindow) -> None:
    looked_at(qtbot, lot)

    with qtbot.waitSignal(lot.session.said) as said:
        qtbot.keyClick(lot, Qt.Key.Key_B)

    assert said.args == ["There is no verified example to compare with yet."]


def test_that_repeaters_are_counted_over_the_lot_and_lead_there(qtbot: QtBot, lot: MainWindow) -> None:
    decide(lot, THIRD, HERE, "clean")
    context = looked_at(qtbot, lot)

    place = context.findChild(QLabel, "same_place")
    assert place.text() == 'Defect here on 2 of 3 wafers: <a href="0">W02</a>'
    place.linkActivated.emit("0")

    assert (lot.session.key, lot.session.current) == (SECOND, HERE)
    settle(qtbot, lot)


def test_that_the_row_says_how_many_defects_it_has_and_leads_to_them(qtbot: QtBot, lot: MainWindow) -> None:
    context = looked_at(qtbot, lot)

    row = context.findChild(QLabel, "same_row")
    assert row.text() == 'Row 0: 3 defects: <a href="1">1 / 0</a>, <a href="2">2 / 0</a>'
    row.linkActivated.emit("2")

    assert lot.session.current == ChipId(2, 0)
    settle(qtbot, lot)


def test_that_the_history_tells_who_did_what_and_renews_itself(qtbot: QtBot, lot: MainWindow) -> None:
    context = looked_at(qtbot, lot)
    lot.session.relabel("speck", stay=True)
    lot.session.undo_stack.undo()
    qtbot.waitUntil(lambda: text(context, "history_lines").count("\n") == 2)

    lines = [line.split("  ", 1)[1] for line in text(context, "history_lines").splitlines()]

    assert lines == [
        "Kato took back: changed to Speck",
        "Kato: changed to Speck",
        "machine (tiny): Pit, P(defect) 0.99",
    ]


def test_that_z_shows_the_chip_among_its_neighbours_and_a_click_goes_there(qtbot: QtBot, lot: MainWindow) -> None:
    looked_at(qtbot, lot, ChipId(1, 1))
    chip = lot.work.chip

    qtbot.keyClick(lot, Qt.Key.Key_Z)
    around = chip.findChild(type(lot.work.context.neighbourhood), "neighbourhood_large")
    qtbot.waitUntil(lambda: around.picture is not None)
    size = (around.picture.width(), around.picture.height())
    centre = around.place_of(ChipId(2, 1)).center()
    qtbot.mouseClick(around, Qt.MouseButton.LeftButton, pos=QPoint(round(centre.x()), round(centre.y())))

    assert size == around_size(lot.session.placed.grid)
    assert lot.session.current == ChipId(2, 1)
    assert not chip.shows_neighbours, "the next chip is seen alone first"
    settle(qtbot, lot)


def test_that_esc_leads_back_from_the_neighbours_to_the_chip(qtbot: QtBot, lot: MainWindow) -> None:
    looked_at(qtbot, lot, ChipId(1, 1))
    qtbot.keyClick(lot, Qt.Key.Key_Z)
    assert lot.work.chip.shows_neighbours

    qtbot.keyClick(lot.work, Qt.Key.Key_Escape)

    assert not lot.work.chip.shows_neighbours
    assert lot.session.current == ChipId(1, 1)
    settle(qtbot, lot)


def test_that_what_stands_beside_the_chip_waits_until_the_chip_is_painted(qtbot: QtBot, lot: MainWindow) -> None:
    settle(qtbot, lot)

    lot.session.step(1)

    assert lot.work.context.beside.facts is None
    settle(qtbot, lot)


@pytest.mark.parametrize(
    ("size", "beside", "around"),
    [((1366, 768), False, False), ((1920, 1080), True, False), ((3840, 2160), True, True)],
)
def test_that_large_windows_show_what_small_ones_keep_behind_a_key(
    qtbot: QtBot, lot: MainWindow, size: tuple[int, int], beside: bool, around: bool
) -> None:
    lot.resize(*size)
    settle(qtbot, lot)
    context = lot.work.context

    assert (context.isVisible(), context.neighbourhood.isVisible()) == (beside, around)
    qtbot.keyClick(lot, Qt.Key.Key_I)
    assert context.isVisible() is not beside


def test_that_shift_h_goes_through_the_other_classes_and_ends_with_the_judged_one(
    qtbot: QtBot, lot: MainWindow
) -> None:
    looked_at(qtbot, lot)
    captions = []

    for _ in range(3):
        qtbot.keyClick(lot, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
        captions.append(lot.work.findChild(QLabel, "heat_caption").text())

    assert captions == [
        "Heat: evidence for Clean (Shift+H: next class)",
        "Heat: evidence for Speck (Shift+H: next class)",
        "Heat: evidence for the judged class, Pit",
    ]
