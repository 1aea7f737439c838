"""The wafer's picture with the grid over it and corners to drag; a glass shows what lies under one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.imaging.wafer_image import WaferImage
from inspector.station.grid.grid_marks import Marks
from inspector.station.grid.grid_painting import GLASS_SCALE, glass_view, paint_chips, paint_handle, paint_magnifier
from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look.roles import accent, canvas
from inspector.station.map.map_layers import grid_transform
from inspector.station.map.map_overlay import paint_scale_bar
from inspector.station.map.map_picture import MARGIN
from inspector.station.map.navigation import Navigation
from inspector.station.map.tiles import PixelLook, Tiles
from inspector.station.map.turning import Turn
from inspector.station.map.viewport import Viewport

_REACH = 14.0  # logical pixels around a corner that take hold of it
_NUDGES = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_DIGITS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}


_STILL = 4.0  # logical pixels that the pointer may move in a click
_MOST_STEPS = 200


class GridCanvas(QWidget):
    """Drag a corner to place it, drag elsewhere to move the picture; 1, 2, 3 choose a corner, arrows nudge it.

    Where corners are put by clicks, a click puts the next one. Ctrl+Z takes back the last step. `moved` says that the
    grid lies elsewhere now. Call `close_image()` before the image is closed.
    """

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("grid_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Wafer with the grid to correct"))
        self.marks: Marks | None = None
        self._steps: list[Marks] = []  # the corners before each step, the newest last
        self.view = Viewport(QRectF(0, 0, 1, 1), QSizeF(1, 1))
        self._tiles = Tiles(self)
        self._tiles.arrived.connect(lambda _: self.update())
        self._um_per_px: float | None = None
        self._chosen = 0
        self._dragging = False
        self._panning = False
        self._last = self._pressed = QPointF()
        self._navigation = Navigation(self, self, arrows=False)

    def show_grid(self, image: WaferImage, marks: Marks, turn: Turn, um_per_px: float | None) -> None:
        """Begin with corners on an image, seen as a person likes to have wafers turned."""
        self._tiles.set_image(image, PixelLook(turn))
        self.marks, self._steps = marks, []
        self._chosen, self._um_per_px = 0, um_per_px
        self.view = Viewport.fitted(self._tiles.scene(), self._physical_size(), MARGIN * self.devicePixelRatioF())
        self._want()

    def begin_again(self) -> None:
        """Back to the corners as they were at first; this can be taken back too."""
        if self.marks is not None:
            self._keep_step()
            self.marks = self.marks.begun_again()
            self._tell()

    @property
    def can_take_back(self) -> bool:
        return bool(self._steps)

    def take_back(self) -> None:
        """The corners as they were before the last step."""
        if self._steps:
            self._dragging = False  # the corner that is held may be gone
            self.marks = self._steps.pop()
            self._tell()

    def close_image(self) -> None:
        """No thread reads the image after this."""
        self._tiles.set_image(None)
        self._dragging = self._panning = False
        self.marks, self._steps = None, []
        self.update()

    @property
    def is_settled(self) -> bool:
        """True where everything that can be seen has been read."""
        return self._tiles.is_idle

    @property
    def chosen(self) -> int:
        """The corner that the arrow keys move."""
        return self._chosen

    def handle_at(self, index: int) -> QPointF:
        """Where a corner is in the widget, logical pixels."""
        assert self.marks is not None, "there are no corners without a grid"
        at = self._tiles.to_scene.map(QPointF(*self.marks.place(index)))
        return self.view.to_screen(at) / self.devicePixelRatioF()

    def choose(self, index: int) -> None:
        """Let the arrow keys move this corner, and bring it into sight."""
        self._chosen = index
        self._want()
        if not self.rect().contains(self.handle_at(index).toPoint()):
            self.view.centre_on(self.view.to_scene(self.handle_at(index) * self.devicePixelRatioF()))
            self._want()
        self.update()

    def zoom_by(self, factor: float, around: QPointF) -> None:
        self.view.zoom(factor, around * self.devicePixelRatioF())
        self._want()

    def pan_by(self, dx: float, dy: float) -> None:
        self.view.pan(dx * self.devicePixelRatioF(), dy * self.devicePixelRatioF())
        self._want()

    def fit(self) -> None:
        self.view.fit()
        self._want()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), canvas(self.palette()))
        if self.marks is not None:
            unit = self.devicePixelRatioF()
            painter.save()
            painter.scale(1 / unit, 1 / unit)
            self._tiles.paint(painter, self.view, QRectF(QPointF(), self.view.size).toRect())
            if self.marks.placed is not None:
                to_screen = grid_transform(self.marks.placed) * self._tiles.to_scene * self.view.transform()
                paint_chips(painter, self.marks.placed, to_screen, self.view.size, unit)
            painter.restore()
            for index in range(self.marks.count):
                put = self.marks.is_put(index)
                paint_handle(painter, self.handle_at(index), index, put, index == self._chosen, self.palette())
            paint_scale_bar(painter, QSizeF(self.size()), self.view.scale / unit, self._um_per_px)
            if self._chosen < self.marks.count and self.view.scale < GLASS_SCALE / 2:
                self._paint_magnifier(painter)
        if self.hasFocus():
            painter.setPen(accent(self.palette()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_magnifier(self, painter: QPainter) -> None:
        """In the upper corner that is farther from the chosen one."""
        assert self.marks is not None, "asked for only with a grid"
        chip = self.marks.chip_around(self._chosen)
        corners = self._tiles.to_scene.map(QPolygonF([QPointF(*corner) for corner in chip]))
        left = self.handle_at(self._chosen).x() > self.width() / 2
        paint_magnifier(painter, QSizeF(self.size()), self._tiles, self._glass(), corners, left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view.margin = MARGIN * self.devicePixelRatioF()
        self.view.resize(self._physical_size())
        self._want()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._last = self._pressed = event.position()
        if self.marks is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._panning = event.button() == Qt.MouseButton.MiddleButton or not self._take_hold(event.position())
        self._dragging = not self._panning
        if self._dragging:
            self._keep_step()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        by = event.position() - self._last
        self._last = event.position()
        if self._panning:
            self.pan_by(by.x(), by.y())
        elif self._dragging and self.marks is not None:
            step = self._to_image_step(by)
            self.marks.nudge(self._chosen, step.x(), step.y())
            self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        still = (event.position() - self._pressed).manhattanLength() <= _STILL
        if self._panning and still and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position())
        self._dragging = self._panning = False
        self.update()

    def _click(self, point: QPointF) -> None:
        assert self.marks is not None, "only a wafer is panned"
        if not self._tiles.scene().contains(self.view.to_scene(point * self.devicePixelRatioF())):
            return
        before, at = self.marks.snapshot(), self._image_point(point)
        index = self.marks.click(at.x(), at.y())
        if index is not None:
            self._keep_step(before)
            self._chosen = index
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Closer to a corner, and back to the whole wafer; where clicks put corners, wheel and keys do that."""
        if self.marks is not None and self.marks.is_by_clicks:
            return
        if self.view.is_fitted:
            self.zoom_by(8.0, event.position())
        else:
            self.fit()

    def event(self, event: QEvent) -> bool:
        """While a grid is corrected, the station's keys are not heard here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_undo(event):
            event.accept()
            return True
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._is_undo(event):
            self.take_back()
        elif self.marks is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in _DIGITS and _DIGITS[key] < self.marks.count:
            self.choose(_DIGITS[key])
        elif key in _NUDGES and self._chosen < self.marks.count:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._nudge(QPointF(*_NUDGES[key]) * (10 if far else 1))
        else:
            super().keyPressEvent(event)

    def _nudge(self, by: QPointF) -> None:
        """Move the chosen corner by pixels of the image, in the direction that the screen shows."""
        assert self.marks is not None, "asked for only with a grid"
        way = self._tiles.to_scene.inverted()[0]
        step = way.map(by) - way.map(QPointF())
        self._keep_step()
        self.marks.nudge(self._chosen, step.x(), step.y())
        self._tell()

    def _is_undo(self, event: QKeyEvent) -> bool:
        return self.marks is not None and event.matches(QKeySequence.StandardKey.Undo)

    def _keep_step(self, before: Marks | None = None) -> None:
        assert self.marks is not None, "only corners can be moved"
        self._steps = [*self._steps, before or self.marks.snapshot()][-_MOST_STEPS:]

    def _take_hold(self, point: QPointF) -> bool:
        """Of the handle under the pointer, else of any chip's corner there."""
        assert self.marks is not None, "asked for only with a grid"
        for index in sorted(range(self.marks.count), key=lambda i: (self.handle_at(i) - point).manhattanLength()):
            if (self.handle_at(index) - point).manhattanLength() <= _REACH:
                self._chosen = index
                return True
        at = self._image_point(point)
        taken = self.marks.take(at.x(), at.y(), _REACH * 0.7 * self.devicePixelRatioF() / self.view.scale)
        self._chosen = self._chosen if taken is None else taken
        return taken is not None

    def _image_point(self, point: QPointF) -> QPointF:
        scene = self.view.to_scene(point * self.devicePixelRatioF())
        return self._tiles.to_scene.inverted()[0].map(scene)

    def _to_image_step(self, by: QPointF) -> QPointF:
        way = self._tiles.to_scene.inverted()[0]
        scale = self.devicePixelRatioF() / self.view.scale
        return way.map(by * scale) - way.map(QPointF())

    def _tell(self) -> None:
        self._want()
        self.moved.emit()

    def _want(self) -> None:
        if self.marks is not None:
            glass = (self._glass(),) if self._chosen < self.marks.count else ()
            self._tiles.want(self.view, *glass)
        self.update()

    def _glass(self) -> Viewport:
        """What the magnifying glass shows: the pixels around the chosen corner."""
        assert self.marks is not None, "asked for only with a grid"
        at = self._tiles.to_scene.map(QPointF(*self.marks.place(self._chosen)))
        return glass_view(self._tiles.scene(), at, self.devicePixelRatioF())

    def _physical_size(self) -> QSizeF:
        size = QSizeF(self.size()) * self.devicePixelRatioF()
        return QSizeF(max(1, round(size.width())), max(1, round(size.height())))
