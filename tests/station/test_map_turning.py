"""Turning and mirroring the view, grey windows, and chips' names as people type them: all without a window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from inspector.station.map.chip_name import chip_called
from inspector.station.map.grey_window import GreyWindow, auto_window, grey_histogram
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.turning import UPRIGHT, Turn
from inspector.wafer.grid import ChipId, Grid

GRID = Grid(8, 6, (10, 10), (12, 12), (0, 0), frozenset({ChipId(0, 0)}))
TURNS = [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)]


@pytest.mark.parametrize("turn", TURNS)
def test_that_points_turn_as_pixels_do(turn: Turn) -> None:
    pixels = np.arange(5 * 3, dtype=np.uint8).reshape(3, 5, 1)

    turned = turn.pixels(pixels)
    to_scene = turn.transform(5, 3)

    assert turned.shape[1::-1] == turn.size(5, 3)
    for y in range(3):
        for x in range(5):
            at = to_scene.map(QPointF(x + 0.5, y + 0.5))
            assert turned[int(at.y()), int(at.x()), 0] == pixels[y, x, 0]


@pytest.mark.parametrize("turn", TURNS)
def test_that_the_view_turns_and_mirrors_as_it_is_seen(turn: Turn) -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4, 1)

    assert np.array_equal(turn.further(1).pixels(pixels), np.rot90(turn.pixels(pixels), -1))
    assert np.array_equal(turn.mirror().pixels(pixels), turn.pixels(pixels)[:, ::-1])
    assert turn.further(4) == turn
    assert turn.mirror().mirror() == turn


@given(st.builds(Turn, st.integers(0, 3), st.booleans()), st.tuples(*[st.floats(0, 1)] * 3))
def test_that_looks_are_remembered(turn: Turn, opacities: tuple[float, float, float]) -> None:
    looks = MapLooks(turn, *opacities)

    assert MapLooks.from_text(looks.to_text()) == looks


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", '["a", 0, 1, 1, 1]', "{}", "[1e400, false, 1, 1, 1]"])
def test_that_broken_settings_are_the_defaults(text: str) -> None:
    assert MapLooks.from_text(text) == MapLooks()
    assert MapLooks().turn == UPRIGHT


def test_that_a_window_spreads_its_values_over_all_greys() -> None:
    shown = GreyWindow(1000, 3000).apply(np.array([[[0], [1000], [2000], [3000], [65535]]], np.uint16))

    assert shown.ravel().tolist() == [0, 0, 128, 255, 255]
    assert shown.dtype == np.uint8


def test_that_the_whole_window_changes_no_pixel() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1)

    assert np.array_equal(GreyWindow.whole(8).apply(pixels), pixels)


@pytest.mark.parametrize("bits", [8, 12, 16])
def test_that_auto_finds_the_values_that_are_there(bits: int) -> None:
    low, high = 2**bits // 4, 2**bits // 2
    pixels = np.linspace(low, high - 1, 40_000).astype(np.uint16).reshape(200, 200, 1)
    pixels[0, :20] = 2**bits - 1  # a few hot pixels

    window = auto_window(grey_histogram(pixels, bits), bits)

    assert window.low == pytest.approx(low, abs=2**bits / 64)
    assert window.high == pytest.approx(high, abs=2**bits / 64)
    assert window.level == pytest.approx((low + high) / 2, abs=2**bits / 64)


def test_that_auto_of_nothing_is_everything() -> None:
    assert auto_window(np.zeros(256, np.int64), 12) == GreyWindow(0, 4095)


@pytest.mark.parametrize(
    "text",
    ["3/5", "3,5", " 3 5 ", "c03 r05", "C3R5", "r5 c3", "col 3 row 5", "column 3, row 5", "3-5", "\uff13\uff0f\uff15"],
)
def test_that_a_chip_is_found_by_its_name(text: str) -> None:
    assert chip_called(text, GRID) == ChipId(3, 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Type column and row"),
        ("chip", "Type column and row"),
        ("3/5/7", "Type column and row"),
        ("8/0", "Columns run from 0 to 7, rows from 0 to 5."),
        ("0/6", "Columns run from 0 to 7, rows from 0 to 5."),
        ("0/0", "The recipe expects no chip at 0 / 0."),
    ],
)
def test_that_a_wrong_name_is_answered_with_the_reason(text: str, reason: str) -> None:
    found = chip_called(text, GRID)

    assert isinstance(found, str)
    assert reason in found
