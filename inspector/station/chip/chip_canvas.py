"""The picture of one chip: sharp pixels, a frame in its class's colour, heat and the peak over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.station.chip.chip_marks import paint_peak, paint_point, paint_word
from inspector.station.look.chip_look import ChipLook, Standing
from inspector.station.look.roles import canvas, canvas_text
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId

_STEP = 1.25  # zoom of one wheel notch
_FRAME = 4.0  # logical pixels
_MARGIN = 10.0  # logical pixels: the frame, the white line of a decided chip and a little air
_CLICK = 4.0  # logical pixels that a hand may tremble while it clicks


class ChipCanvas(QWidget):
    """Zoom by wheel, move by drag, double click shows the whole chip again.

    `painted(chip)` when the chip's own pixels are on the screen for the first time since it was set. `pointed(QPointF)`
    where one clicks while a point is asked for, in chip pixels.
    """

    painted = Signal(object)
    pointed = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip_canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self._chip: ChipId | None = None
        self._picture: QImage | None = None
        self._reduced: QImage | None = None
        self._text = ""
        self._look: ChipLook | None = None
        self._heat: QImage | None = None
        self._opacity = 1.0
        self._peak: QPointF | None = None
        self._point: QPointF | None = None
        self._offered: QPointF | None = None
        self._asks = False
        self._word = ""
        self._other: QImage | None = None
        self._other_look: ChipLook | None = None
        self._told = False
        self._teller = QTimer(self)
        self._teller.setSingleShot(True)
        self._teller.setInterval(0)  # told when this frame is done, not while it is painted
        self._teller.timeout.connect(self._tell)
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self.view = Viewport(QRectF(0, 0, 1, 1), QSizeF(1, 1))

    @property
    def picture(self) -> QImage | None:
        """The chip's pixels as they are shown."""
        return self._picture

    @property
    def text(self) -> str:
        """What stands there while there is no picture."""
        return self._text

    @property
    def heat(self) -> QImage | None:
        """The heat picture that lies over the chip; None where none is shown."""
        return self._heat

    def show_chip(self, chip: ChipId | None, picture: QImage | None, text: str) -> None:
        """Show a chip's pixels, or the text where there are none."""
        if chip != self._chip:
            self._told = False
            self._teller.stop()  # the frame that it would tell of showed the chip before
        same_size = picture is not None and self._picture is not None and picture.size() == self._picture.size()
        self._chip, self._picture, self._reduced, self._text = chip, picture, None, text
        if picture is not None and not (same_size and self._told):
            scene = QRectF(QPointF(), QSizeF(picture.size()))
            self.view = Viewport.fitted(scene, self._physical_size(), _MARGIN * self.devicePixelRatioF())
        self.update()

    def show_look(self, look: ChipLook | None) -> None:
        """The frame's colour; None: no frame."""
        self._look = look
        self.update()

    def show_heat(self, heat: QImage | None, opacity: float, peak: QPointF | None) -> None:
        """Heat over the chip (None: none). peak: in chip pixels, None where nothing is hot."""
        self._heat, self._opacity, self._peak = heat, opacity, peak
        self.update()

    @property
    def point(self) -> QPointF | None:
        """Where a person saw the defect, in chip pixels."""
        return self._point

    def show_point(self, point: QPointF | None) -> None:
        """Where a person saw the defect, in chip pixels; None: nobody has said."""
        self._point = point
        self.update()

    @property
    def asks(self) -> bool:
        """True while a click says where the defect is."""
        return self._asks

    @property
    def word(self) -> str:
        """What stands on the strip at the upper edge."""
        return self._word

    def ask_point(self, word: str, offered: QPointF | None) -> None:
        """Let the next click say where the defect is. offered: a place that is marked as a proposal, in chip pixels."""
        self._asks, self._word, self._offered = True, word, offered
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    def end_asking(self) -> None:
        """Clicks move the picture again."""
        self._asks, self._word, self._offered = False, "", None
        self.unsetCursor()
        self.update()

    @property
    def other(self) -> QImage | None:
        """The picture of another chip that is shown in this one's place."""
        return self._other

    def show_other(self, picture: QImage | None, look: ChipLook | None, word: str) -> None:
        """Show another chip in this one's place, with its frame and a word that says which; None: this one again."""
        self._other, self._other_look, self._word = picture, look, word
        self._reduced = None
        self.update()

    def reset_zoom(self) -> None:
        """Show the whole chip."""
        self.view.fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take_size()
        painter = QPainter(self)
        painter.fillRect(self.rect(), canvas(self.palette()))
        if self._picture is None:
            painter.setPen(canvas_text(self.palette()))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(16, 16, -16, -16), flags, self._text)
        else:
            unit = self.devicePixelRatioF()
            painter.scale(1 / unit, 1 / unit)
            self._paint_chip(painter, self._other or self._picture)
            self._paint_frame(painter, unit, self._other_look if self._other else self._look)
            if self._other is None:
                self._paint_marks(painter, unit)
            painter.resetTransform()
            hides = self._offered is not None and self._offered.y() < self.view.scene.center().y()
            paint_word(painter, QRectF(self.rect()), self._word, self.palette(), low=hides)
            if not self._told and self._other is None:
                self._told = True
                self._teller.start()
        painter.end()

    def _tell(self) -> None:
        if self._picture is not None:
            self.painted.emit(self._chip)

    def _target(self) -> QRectF:
        """Where the chip lies, on whole physical pixels."""
        return QRectF(self.view.rect_to_screen(self.view.scene).toRect())

    def _paint_chip(self, painter: QPainter, picture: QImage) -> None:
        target, scale = self._target(), self.view.scale
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        if scale < 1:
            painter.drawImage(target.topLeft(), self._reduced_to(picture, target.size().toSize()))
        else:
            painter.drawImage(target, picture)
        if self._heat is not None and self._other is None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._opacity)
            painter.drawImage(target, self._heat)
            painter.setOpacity(1.0)

    def _reduced_to(self, picture: QImage, size: QSize) -> QImage:
        """The mean of the pixels that fall together: plain bilinear would lose defects of two pixels."""
        if self._reduced is None or self._reduced.size() != size:
            way = Qt.TransformationMode.SmoothTransformation
            self._reduced = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, way)
        return self._reduced

    def _paint_frame(self, painter: QPainter, unit: float, look: ChipLook | None) -> None:
        if look is None:
            return
        width = _FRAME * unit
        style = Qt.PenStyle.SolidLine if look.standing is Standing.CLASS else Qt.PenStyle.DashLine
        frame = self._target().adjusted(-width / 2, -width / 2, width / 2, width / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        join = Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(QColor(look.colour), width, style, Qt.PenCapStyle.FlatCap, join))
        painter.drawRect(frame)
        if look.decided:
            for ink, thick in ((QColor(0, 0, 0, 160), 4.0), (QColor("#ffffff"), 2.0)):
                painter.setPen(QPen(ink, thick * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, join))
                painter.drawRect(self._target().adjusted(unit, unit, -unit, -unit))

    def _paint_marks(self, painter: QPainter, unit: float) -> None:
        if self._peak is not None and self._heat is not None:
            paint_peak(painter, self.view.to_screen(self._peak), unit)
        if self._point is not None:
            paint_point(painter, self.view.to_screen(self._point), unit)
        if self._offered is not None:
            paint_point(painter, self.view.to_screen(self._offered), unit, offered=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_size()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.view.zoom(_STEP ** (event.angleDelta().y() / 120), event.position() * self.devicePixelRatioF())
        event.accept()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and not self.view.is_fitted:
            by = (event.position() - self._dragged_from) * self.devicePixelRatioF()
            self._dragged_from = event.position()
            self.view.pan(by.x(), by.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        if not self._asks:
            self.unsetCursor()
            return
        self.setCursor(Qt.CursorShape.CrossCursor)
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK:
            point = self.view.to_scene(event.position() * self.devicePixelRatioF())
            if self.view.scene.contains(point):
                self.pointed.emit(point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_zoom()

    def _take_size(self) -> None:
        size = self._physical_size()
        if size != self.view.size:
            self.view.resize(size)

    def _physical_size(self) -> QSizeF:
        size = QSizeF(self.size()) * self.devicePixelRatioF()
        return QSizeF(max(1, round(size.width())), max(1, round(size.height())))
