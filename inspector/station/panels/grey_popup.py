"""Window and level of a grey image: its histogram with two ends to drag, an automatic choice, and a way back."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from inspector.imaging.wafer_image import WaferImage
from inspector.station.look import roles
from inspector.station.map.grey_window import GreyWindow, auto_window, grey_histogram
from inspector.station.map.wafer_map import WaferMap
from inspector.station.panels.popup import make_popup
from inspector.station.state.background import Background
from inspector.station.state.session import Session

_ROW = 32
_LONGEST = 1024  # px of the level that the histogram is taken from


class Histogram(QWidget):
    """Grey values from left to right; the two ends of the window can be dragged, or moved with the arrow keys."""

    changed = Signal(object)  # GreyWindow

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("histogram")
        self.setAccessibleName(self.tr("Grey values of the image"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(280, 120)
        self._counts: NDArray[np.int64] = np.zeros(256, np.int64)
        self._window = GreyWindow.whole(8)
        self._most = 255.0
        self._held_low: bool | None = None

    def show_counts(self, counts: NDArray[np.int64], bits: int) -> None:
        self._counts, self._most = counts, float(2**bits - 1)
        self.update()

    def show_window(self, window: GreyWindow) -> None:
        self._window = window
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette, area = self.palette(), QRectF(self.rect())
        painter.fillRect(area, palette.base())
        heights = np.sqrt(self._counts / max(1, int(self._counts.max())))  # rare values stay to be seen
        xs = np.linspace(area.left(), area.right(), len(heights))
        points = [QPointF(x, area.bottom() - h * (area.height() - 8)) for x, h in zip(xs, heights, strict=True)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(roles.quiet(palette))
        painter.drawPolygon(QPolygonF([area.bottomLeft(), *points, area.bottomRight()]))
        for value in (self._window.low, self._window.high):
            x = self._place(value)
            painter.setPen(QPen(roles.accent(palette), 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, area.bottom()))
        painter.setPen(QPen(palette.text().color(), 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            QPointF(self._place(self._window.low), area.bottom()), QPointF(self._place(self._window.high), 0)
        )
        if self.hasFocus():
            painter.setPen(roles.accent(palette))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._held_low = abs(x - self._place(self._window.low)) <= abs(x - self._place(self._window.high))
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held_low is not None:
            value = event.position().x() / max(1, self.width() - 1) * self._most
            self._move(self._held_low, value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held_low = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        low = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        value = (self._window.low if low else self._window.high) + step * self._most / 255
        self._move(low, value)

    def _move(self, low: bool, value: float) -> None:
        least = self._most / 255
        if low:
            window = GreyWindow(min(max(value, 0.0), self._window.high - least), self._window.high)
        else:
            window = GreyWindow(self._window.low, max(min(value, self._most), self._window.low + least))
        self.show_window(window)
        self.changed.emit(window)

    def _place(self, value: float) -> float:
        return value / self._most * (self.width() - 1)


class GreyPopup(QFrame):
    """Changes how the open wafer is shown, never its pixels; another wafer begins with all its values."""

    def __init__(self, session: Session, wafer_map: WaferMap, parent: QWidget) -> None:
        super().__init__(parent)
        make_popup(self, "grey_popup")
        self._session = session
        self._map = wafer_map
        self._counted: WaferImage | None = None
        self._counts: NDArray[np.int64] | None = None
        self._background = Background(self, threads=1)
        self._background.done.connect(self._take_counts)
        self.histogram = Histogram(self)
        self.histogram.changed.connect(self._take)
        self._values = QLabel(self)
        self._values.setObjectName("grey_values")
        self._auto = self._button("grey_auto", self.tr("Auto"), self._choose_auto)
        self._reset = self._button("grey_reset", self.tr("Reset"), self._choose_all)
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self.histogram, 0, 0, 1, 3)
        layout.addWidget(self._values, 1, 0)
        layout.setColumnStretch(0, 1)
        layout.addWidget(self._auto, 1, 1)
        layout.addWidget(self._reset, 1, 2)

    def prepare(self) -> None:
        """Show the window of now, and count the open image's values beside the window."""
        image = self._session.image
        grey = image is not None and image.channels == 1
        for part in (self.histogram, self._auto, self._reset):
            part.setEnabled(grey)
        if image is None or not grey:
            self._values.setText(self.tr("Window and level are for grey images."))
            return
        self._show_values()
        if image is not self._counted:
            self._counted, self._counts = image, None
            self._background.run(image, partial(_count, image))

    def shutdown(self) -> None:
        self._background.stop()

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setMinimumHeight(_ROW)
        button.clicked.connect(act)
        return button

    def _bits(self) -> int:
        return self._session.image.bits if self._session.image is not None else 8

    def _take_counts(self, image: object, counts: object) -> None:
        if image is self._counted and isinstance(counts, np.ndarray):
            self._counts = counts
            self.histogram.show_counts(counts, self._bits())

    def _take(self, window: GreyWindow) -> None:
        self._map.set_grey(window)
        self._show_values()

    def _choose_auto(self) -> None:
        if self._counts is not None:
            self._take(auto_window(self._counts, self._bits()))

    def _choose_all(self) -> None:
        self._map.set_grey(None)
        self._show_values()

    def _show_values(self) -> None:
        window = self._map.grey or GreyWindow.whole(self._bits())
        self.histogram.show_window(window)
        self._values.setText(
            self.tr("Window {window}, level {level}").format(
                window=f"{window.window:,.0f}", level=f"{window.level:,.0f}"
            )
        )


def _count(image: WaferImage) -> NDArray[np.int64]:
    """Counts of a coarse level's values, in 256 bins over all values that the image can have."""
    level = next(n for n in range(image.levels) if max(image.level_size(n)) <= _LONGEST or n == image.levels - 1)
    width, height = image.level_size(level)
    pixels = (
        image.read_original(level, 0, 0, width, height) if image.bits > 8 else image.read(level, 0, 0, width, height)
    )
    return grey_histogram(pixels, image.bits)
