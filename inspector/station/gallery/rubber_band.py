"""A frame that is drawn with the mouse over the thumbnails; what it touches is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from inspector.station.look import roles

_SCROLL_MS = 30


class RubberBand(QObject):
    """Points are those of the whole gallery, not of what is in sight. scroll: by so many pixels, at an edge."""

    changed = Signal()

    def __init__(self, parent: QObject, scroll: Callable[[int], object]) -> None:
        super().__init__(parent)
        self._scroll = scroll
        self._start: QPoint | None = None
        self._end = QPoint()
        self._drawn = False
        self._pull = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._scroll_on)

    @property
    def is_drawn(self) -> bool:
        """True once the mouse has been dragged far enough not to be a click."""
        return self._drawn

    @property
    def rect(self) -> QRect:
        return QRect(self._start, self._end).normalized() if self._start is not None else QRect()

    def begin(self, point: QPoint) -> None:
        self._start, self._end, self._drawn = point, point, False

    def drag(self, point: QPoint, beyond: int) -> None:
        """The mouse is here now. beyond: pixels above (negative) or below what is in sight."""
        if self._start is None:
            return
        self._end = point
        far = (point - self._start).manhattanLength() >= QApplication.startDragDistance()
        self._drawn = self._drawn or far
        self._pull = beyond
        if self._drawn and beyond and not self._timer.isActive():
            self._timer.start()
        elif not beyond:
            self._timer.stop()
        self.changed.emit()

    def end(self) -> QRect:
        """The frame as it was let go; empty where it was a click."""
        found = self.rect if self._drawn else QRect()
        self._start, self._drawn = None, False
        self._timer.stop()
        return found

    def _scroll_on(self) -> None:
        self._scroll(max(-60, min(60, self._pull)))

    def paint(self, painter: QPainter, offset: int, palette: QPalette) -> None:
        """offset: how far the gallery is scrolled."""
        colour = roles.accent(palette)
        ground = QColor(colour)
        ground.setAlpha(40)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(ground)
        painter.drawRect(self.rect.translated(0, -offset))
