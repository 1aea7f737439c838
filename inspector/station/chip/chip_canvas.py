"""The picture of one chip: sharp pixels, a frame in its class's colour, heat and the peak over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.station.look.chip_look import ChipLook, Standing
from inspector.station.look.roles import canvas, canvas_text
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId

_STEP = 1.25  # zoom of one wheel notch
_FRAME = 4.0  # logical pixels
_MARGIN = 10.0  # logical pixels: the frame, the white line of a decided chip and a little air


class ChipCanvas(QWidget):
    """Zoom by wheel, move by drag, double click shows the whole chip again.

    `painted(chip)` when the chip's own pixels are on the screen for the first time since it was set.
    """

    painted = Signal(object)

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
        self._told = False
        self._teller = QTimer(self)
        self._teller.setSingleShot(True)
        self._teller.setInterval(0)  # told when this frame is done, not while it is painted
        self._teller.timeout.connect(self._tell)
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
            self._paint_chip(painter, self._picture)
            self._paint_frame(painter, unit)
            self._paint_peak(painter, unit)
            if not self._told:
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
        if self._heat is not None:
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

    def _paint_frame(self, painter: QPainter, unit: float) -> None:
        if self._look is None:
            return
        width = _FRAME * unit
        style = Qt.PenStyle.SolidLine if self._look.standing is Standing.CLASS else Qt.PenStyle.DashLine
        frame = self._target().adjusted(-width / 2, -width / 2, width / 2, width / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        join = Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(QColor(self._look.colour), width, style, Qt.PenCapStyle.FlatCap, join))
        painter.drawRect(frame)
        if self._look.decided:
            for ink, thick in ((QColor(0, 0, 0, 160), 4.0), (QColor("#ffffff"), 2.0)):
                painter.setPen(QPen(ink, thick * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, join))
                painter.drawRect(self._target().adjusted(unit, unit, -unit, -unit))

    def _paint_peak(self, painter: QPainter, unit: float) -> None:
        if self._peak is None or self._heat is None:
            return
        at, radius = self.view.to_screen(self._peak), 13 * unit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, thick in ((QColor(0, 0, 0, 200), 3.5), (QColor("#ffffff"), 1.5)):
            painter.setPen(QPen(ink, thick * unit))
            painter.drawEllipse(at, radius, radius)
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                outward = QPointF(x, y) * radius
                painter.drawLine(at + outward, at + outward * 1.5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_size()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.view.zoom(_STEP ** (event.angleDelta().y() / 120), event.position() * self.devicePixelRatioF())
        event.accept()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and not self.view.is_fitted:
            by = (event.position() - self._dragged_from) * self.devicePixelRatioF()
            self._dragged_from = event.position()
            self.view.pan(by.x(), by.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_zoom()

    def _take_size(self) -> None:
        size = self._physical_size()
        if size != self.view.size:
            self.view.resize(size)

    def _physical_size(self) -> QSizeF:
        size = QSizeF(self.size()) * self.devicePixelRatioF()
        return QSizeF(max(1, round(size.width())), max(1, round(size.height())))
