"""The wafer's picture as tiles: only what is seen is read, beside the window, and a little more of it is kept."""

from __future__ import annotations

import math
import os
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPainter, QTransform

from inspector.station.map.grey_window import GreyWindow
from inspector.station.map.turning import UPRIGHT, Turn
from inspector.station.map.viewport import Viewport
from inspector.station.state.background import Background

if TYPE_CHECKING:
    from inspector.imaging.wafer_image import WaferImage

TILE = 512  # level pixels; the side of the working copy's own tiles
SPARE_BYTES = 48 * 2**20  # kept of what was seen before, beside what is seen now
_THREADS = min(3, max(1, (os.cpu_count() or 2) - 1))  # a core is left to the window, which they would keep waiting
_WHOLE = 1024  # a level no longer than this is shown while finer tiles are on their way


class TileKey(NamedTuple):
    """A tile's place in the pyramid: column and row count in tiles."""

    level: int
    column: int
    row: int


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """uint8 (h, w, 1 | 3 | 4) -> a QImage of its own, in the format that paints fastest."""
    height, width, channels = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    known = {
        1: (QImage.Format.Format_Grayscale8, QImage.Format.Format_RGB32),
        3: (QImage.Format.Format_RGB888, QImage.Format.Format_RGB32),
        4: (QImage.Format.Format_RGBA8888, QImage.Format.Format_ARGB32_Premultiplied),
    }
    given, wanted = known[channels]
    view = QImage(pixels.data, width, height, width * channels, given)
    return view.convertToFormat(wanted)  # a deep copy: the numpy memory may go


def to_kept_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """As `to_qimage`, but grey takes one byte a pixel, not four: where many pictures are kept and one is shown."""
    height, width, channels = pixels.shape
    if channels != 1:
        return to_qimage(pixels)
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


@dataclass(frozen=True)
class PixelLook:
    """How the image's pixels become those of the screen. grey: None shows grey values, and colours, as they are."""

    turn: Turn = UPRIGHT
    grey: GreyWindow | None = None


class Tiles(QObject):
    """Tiles of one wafer image; `arrived(QRectF)` names the part of the scene that can now be painted sharper.

    The scene is the image, turned as the look says. Tiles are read, windowed and turned beside the window.
    """

    arrived = Signal(QRectF)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self, _THREADS)
        self._background.done.connect(self._keep)
        self._image: WaferImage | None = None
        self._look = PixelLook()
        self._to_scene = QTransform()
        self._shown = 0  # counts the images and turns shown, so that late tiles of an earlier one are known
        self._stale: set[TileKey] = set()  # kept in an earlier grey window: shown until they are read again
        self._kept: OrderedDict[TileKey, QImage] = OrderedDict()
        self._bytes = 0
        self._seen_bytes = 0
        self._wanted: list[TileKey] = []
        self._reading: set[TileKey] = set()
        self._failed: set[TileKey] = set()

    @property
    def kept_bytes(self) -> int:
        return self._bytes

    @property
    def image(self) -> WaferImage | None:
        return self._image

    @property
    def is_idle(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return not self._wanted and not self._reading

    @property
    def threads_at_work(self) -> int:
        return self._background.running

    @property
    def look(self) -> PixelLook:
        return self._look

    @property
    def to_scene(self) -> QTransform:
        """Image pixels -> the scene's."""
        return self._to_scene

    def set_image(self, image: WaferImage | None, look: PixelLook | None = None) -> None:
        """Show another image (None: none), or the same turned; no thread touches the old one after this."""
        self.stop()
        self._image = image
        self._look = look or self._look
        self._to_scene = self._look.turn.transform(image.width, image.height) if image is not None else QTransform()
        self._shown += 1
        self._kept.clear()
        self._stale.clear()
        self._failed.clear()
        self._bytes = 0

    def set_grey(self, grey: GreyWindow | None) -> None:
        """Show grey values through another window: what is there stays until it has been read again."""
        if grey != self._look.grey:
            self._look = replace(self._look, grey=grey)
            self._stale = set(self._kept)

    def stop(self) -> None:
        """Let no thread go on; tiles that are there stay."""
        self._wanted.clear()
        self._background.stop()
        self._reading.clear()

    def scene(self) -> QRectF:
        """The whole picture as it is turned."""
        if self._image is None:
            return QRectF()
        return self._to_scene.mapRect(QRectF(0, 0, self._image.width, self._image.height))

    def paint(self, painter: QPainter, view: Viewport, area: QRect) -> None:
        """Paint what is there of the area (screen pixels); what is missing is asked for and painted coarser."""
        if self._image is None:
            return
        level = self.level_for(view.scale)
        keys = list(self._covering(level, view.rect_to_scene(QRectF(area))))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.scale * 2**level < 2.0)
        if any(key not in self._kept for key in keys):
            self._paint_coarser(painter, view, level, area)
        for key in keys:
            tile = self._kept.get(key)
            if tile is not None:
                self._kept.move_to_end(key)
                painter.drawImage(self._target(key, view), tile)
        painter.restore()

    def whole(self) -> QImage | None:
        """The whole image at its coarsest, for the overview; None until all of it is there."""
        if self._image is None:
            return None
        scene, side = self.scene(), 2**self._coarse
        keys = list(self._covering(self._coarse, scene))
        if any(key not in self._kept or key in self._stale for key in keys):
            return None
        width, height = self._look.turn.size(*self._image.level_size(self._coarse))
        picture = QImage(int(width), int(height), QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        view = Viewport(scene, QSizeF(width, height), 1 / side)
        for key in keys:
            painter.drawImage(self._target(key, view), self._kept[key])
        painter.end()
        return picture

    def want(self, *views: Viewport) -> None:
        """Ask for the tiles that these views lack, coarse first, then from the middle; earlier wishes are dropped."""
        if self._image is None:
            return
        keys = [*self._covering(self._coarse, self.scene())]
        for view in views:
            keys += self._from_the_middle(view)
        self._seen_bytes = 4 * TILE * TILE * len(set(keys))
        known = (self._kept.keys() - self._stale) | self._reading | self._failed
        self._wanted = [k for k in dict.fromkeys(keys) if k not in known]
        self._read_on()

    def _from_the_middle(self, view: Viewport) -> list[TileKey]:
        seen, level = view.seen, self.level_for(view.scale)
        middle, side = self._from_scene.map(seen.center()), TILE * 2**level
        return sorted(
            self._covering(level, seen),
            key=lambda k: math.hypot((k.column + 0.5) * side - middle.x(), (k.row + 0.5) * side - middle.y()),
        )

    def level_for(self, scale: float) -> int:
        """The coarsest level that still has a pixel for each screen pixel."""
        if self._image is None or scale >= 1:
            return 0
        return min(int(math.log2(1 / scale)), self._image.levels - 1)

    @property
    def _coarse(self) -> int:
        assert self._image is not None
        longest = max(self._image.width, self._image.height)
        return min(max(0, math.ceil(math.log2(longest / _WHOLE))), self._image.levels - 1)

    @property
    def _from_scene(self) -> QTransform:
        return self._to_scene.inverted()[0]

    def _covering(self, level: int, part: QRectF) -> Iterator[TileKey]:
        """The tiles of a level under a part of the scene."""
        assert self._image is not None
        rect = self._from_scene.mapRect(part)
        width, height = self._image.level_size(level)
        side = TILE * 2**level
        columns = range(max(0, int(rect.left() // side)), min(-(-width // TILE), int(rect.right() // side) + 1))
        rows = range(max(0, int(rect.top() // side)), min(-(-height // TILE), int(rect.bottom() // side) + 1))
        return (TileKey(level, column, row) for row in rows for column in columns)

    def _scene_rect(self, key: TileKey) -> QRectF:
        assert self._image is not None
        side = TILE * 2**key.level
        whole = QRectF(0, 0, self._image.width, self._image.height)
        return self._to_scene.mapRect(QRectF(key.column * side, key.row * side, side, side).intersected(whole))

    def _target(self, key: TileKey, view: Viewport) -> QRect:
        """Where a tile lies on the screen; edges are rounded alike, so that neighbours meet without a seam."""
        rect = view.rect_to_screen(self._scene_rect(key))
        left, top = round(rect.left()), round(rect.top())
        return QRect(left, top, round(rect.right()) - left, round(rect.bottom()) - top)

    def _paint_coarser(self, painter: QPainter, view: Viewport, level: int, area: QRect) -> None:
        seen = view.rect_to_scene(QRectF(area))
        for coarser in sorted({k.level for k in self._kept if k.level > level}, reverse=True):
            for key in self._covering(coarser, seen):
                tile = self._kept.get(key)
                if tile is not None:
                    painter.drawImage(self._target(key, view), tile)

    def _read_on(self) -> None:
        if self._image is None:
            return
        while self._wanted and len(self._reading) < _THREADS:
            key = self._wanted.pop(0)
            self._reading.add(key)
            token = (self._shown, self._look, key)
            self._background.run(token, partial(_read, self._image, key, self._look))

    def _keep(self, token: tuple[int, PixelLook, TileKey], tile: object) -> None:
        shown, look, key = token
        if shown != self._shown:
            return  # of an image, or a turn, that is no longer shown
        self._reading.discard(key)
        if isinstance(tile, QImage):
            self._bytes += tile.sizeInBytes() - (self._kept[key].sizeInBytes() if key in self._kept else 0)
            self._kept[key] = tile
            self._stale.discard(key)
            if look != self._look:
                self._stale.add(key)
            self._forget_oldest()
            self.arrived.emit(self._scene_rect(key))
        else:
            self._failed.add(key)
        self._read_on()

    def _forget_oldest(self) -> None:
        for key in list(self._kept):
            if self._bytes <= SPARE_BYTES + self._seen_bytes:
                return
            if key.level != self._coarse:  # the coarse picture stays: it is what a fast pan shows
                self._bytes -= self._kept.pop(key).sizeInBytes()
                self._stale.discard(key)


def _read(image: WaferImage, key: TileKey, look: PixelLook) -> QImage:
    width, height = image.level_size(key.level)
    x, y = key.column * TILE, key.row * TILE
    size = min(TILE, width - x), min(TILE, height - y)
    if look.grey is None or image.channels != 1:
        pixels = image.read(key.level, x, y, *size)
    elif image.bits > 8:
        pixels = look.grey.apply(image.read_original(key.level, x, y, *size))
    else:
        pixels = look.grey.apply(image.read(key.level, x, y, *size))
    return to_qimage(np.asarray(look.turn.pixels(pixels), dtype=np.uint8))
