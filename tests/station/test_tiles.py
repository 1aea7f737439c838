"""The tiles of the wafer's picture: only what is seen, coarse first, beside the window, and never too many."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import get_ident

import numpy as np
import pytest
from fakes import FakeImage
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.station.map import tiles as tiles_module
from inspector.station.map.tiles import Tiles
from inspector.station.map.viewport import Viewport
from inspector.wafer.errors import ImageError


@pytest.fixture
def tiles(qtbot: QtBot) -> Iterator[Tiles]:
    parent = QObject()
    made = Tiles(parent)
    yield made
    made.stop()


def pixels(side: int, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(1, 255, (side, side, 1), dtype=np.uint8)


def whole_view(image: FakeImage, window: int = 400) -> Viewport:
    return Viewport.fitted(QRectF(0, 0, image.width, image.height), QSizeF(window, window))


def close_view(image: FakeImage, x: float, y: float, window: int = 400) -> Viewport:
    """One image pixel on one screen pixel, with (x, y) at the top left."""
    return Viewport(QRectF(0, 0, image.width, image.height), QSizeF(window, window), 1.0, QPointF(-x, -y))


def painted(tiles: Tiles, view: Viewport) -> NDArray[np.uint8]:
    size = view.size.toSize()
    canvas = QImage(size, QImage.Format.Format_RGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    tiles.paint(painter, view, QRect(0, 0, size.width(), size.height()))
    painter.end()
    return np.frombuffer(canvas.constBits(), np.uint8).reshape(size.height(), size.width(), 4)[:, :, 0].copy()


def wait(qtbot: QtBot, tiles: Tiles) -> None:
    qtbot.waitUntil(lambda: tiles.is_idle, timeout=5000)


def test_that_at_full_size_each_screen_pixel_is_the_images_pixel(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(pixels(1500))
    tiles.set_image(image)
    view = close_view(image, 450, 490)

    tiles.want(view)
    wait(qtbot, tiles)

    assert np.array_equal(painted(tiles, view), image.read(0, 450, 490, 400, 400)[:, :, 0])


def test_that_pixels_are_read_beside_the_window(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(pixels(1200))
    tiles.set_image(image)

    tiles.want(close_view(image, 0, 0))
    wait(qtbot, tiles)

    assert image.threads
    assert get_ident() not in image.threads


def test_that_the_coarse_picture_comes_first_and_only_seen_tiles_follow(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(pixels(4096))
    tiles.set_image(image)

    tiles.want(close_view(image, 1100, 1100))
    wait(qtbot, tiles)

    levels = [level for level, _, _ in image.reads]
    assert levels[0] == 2
    assert {(x, y) for level, x, y in image.reads if level == 0} == {(1024, 1024)}


def test_that_a_coarser_tile_stands_in_while_the_fine_one_is_read(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(np.full((2048, 2048, 1), 200, np.uint8))
    tiles.set_image(image)
    tiles.want(whole_view(image))
    wait(qtbot, tiles)

    shown = painted(tiles, close_view(image, 600, 600))

    assert (shown == 200).all()


def test_that_wishes_of_an_earlier_view_are_dropped(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(pixels(4096))
    tiles.set_image(image)

    tiles.want(close_view(image, 0, 0, window=2000))
    tiles.want(close_view(image, 3600, 3600))
    wait(qtbot, tiles)

    far = [(x, y) for level, x, y in image.reads if level == 0 and x < 2500]
    assert len(far) <= 3, "no more than what was already being read"
    assert (0, 3584, 3584) in image.reads


def test_that_no_more_than_the_limit_is_kept(qtbot: QtBot, tiles: Tiles, monkeypatch: pytest.MonkeyPatch) -> None:
    image = FakeImage(pixels(4096))
    tile, coarse = 512 * 512 * 4, 1024 * 1024 * 4
    monkeypatch.setattr(tiles_module, "SPARE_BYTES", 3 * tile)
    tiles.set_image(image)

    for x in range(0, 3500, 300):
        tiles.want(close_view(image, x, 0))
        wait(qtbot, tiles)

    seen = 2  # tiles under a window of 400 pixels
    assert tiles.kept_bytes <= coarse + (seen + 3) * tile
    assert tiles.whole() is not None, "the coarse picture stays"


def test_that_all_that_is_seen_is_kept_on_a_screen_of_any_size(
    qtbot: QtBot, tiles: Tiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = FakeImage(pixels(4096))
    monkeypatch.setattr(tiles_module, "SPARE_BYTES", 0)
    tiles.set_image(image)
    view = close_view(image, 100, 200, window=3000)

    for x in (0, 100):
        tiles.want(close_view(image, x, 200, window=3000))
        wait(qtbot, tiles)

    assert np.array_equal(painted(tiles, view), image.read(0, 100, 200, 3000, 3000)[:, :, 0])


def test_that_a_late_tile_of_the_image_before_is_not_shown(qtbot: QtBot, tiles: Tiles) -> None:
    first, second = FakeImage(np.full((600, 600, 1), 50, np.uint8)), FakeImage(np.full((600, 600, 1), 220, np.uint8))
    tiles.set_image(first)
    tiles.want(close_view(first, 0, 0))
    while tiles.threads_at_work:  # read, but not handed over: this loop lets no event through
        time.sleep(0.001)

    tiles.set_image(second)
    QApplication.processEvents()
    tiles.want(close_view(second, 0, 0))
    wait(qtbot, tiles)

    assert (painted(tiles, close_view(second, 0, 0)) == 220).all()


def test_that_a_tile_that_can_not_be_read_is_asked_for_once(qtbot: QtBot, tiles: Tiles) -> None:
    class Broken(FakeImage):
        def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
            super().read(level, x, y, width, height)
            raise ImageError("The working copy is cut short: open the wafer's image again.")

    image = Broken(pixels(400))
    tiles.set_image(image)

    for _ in range(3):
        tiles.want(close_view(image, 0, 0))
        wait(qtbot, tiles)

    assert len(image.reads) == 1
    assert (painted(tiles, close_view(image, 0, 0)) == 0).all()


def test_that_stopping_leaves_no_thread_at_work(qtbot: QtBot, tiles: Tiles) -> None:
    image = FakeImage(pixels(4096))
    tiles.set_image(image)
    tiles.want(close_view(image, 0, 0, window=3000))

    tiles.stop()
    reads = len(image.reads)
    qtbot.waitUntil(lambda: tiles.is_idle)

    assert len(image.reads) == reads
    assert tiles.threads_at_work == 0
