"""Paints one thumbnail with what is known of its chip; marks are drawn once for each kind of answer and then copied."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap, QPolygonF

from inspector.station.gallery.thumbnails import Thumbnails
from inspector.station.look import roles
from inspector.station.look.chip_look import ChipLook, Standing
from inspector.station.look.glyphs import badge
from inspector.station.look.theme import hatch_brush
from inspector.wafer.grid import ChipId

_KEPT_MARKS = 128
_JOIN = Qt.PenJoinStyle.MiterJoin


@dataclass(frozen=True)
class CellState:
    """What of a thumbnail the person changes by looking around. has_keys: a key would move the focus now."""

    chosen: bool
    focused: bool
    has_keys: bool
    under: bool


class CellPainter:
    """side: logical pixels of the square. unit: physical pixels in one. opacity: of the heat, 0 to 1."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        self._thumbnails = thumbnails
        self._marks: OrderedDict[tuple[ChipLook, int, float], QPixmap] = OrderedDict()
        self.side = 128
        self.unit = 1.0
        self.opacity = 0.6
        self.heat = False

    def paint(self, painter: QPainter, left: int, top: int, chip: ChipId, mark: QPixmap) -> None:
        """The chip's picture, heat and answer. left, top: of its square, logical pixels. mark: of its answer."""
        picture, is_sharp = self._thumbnails.picture(chip)
        whole = self._thumbnails.whole
        target = None
        if picture is not None and is_sharp and picture.width() == picture.height() == round(self.side * self.unit):
            picture.setDevicePixelRatio(self.unit)
            painter.drawImage(left, top, picture)
        elif picture is not None:
            target = self._target(left, top, picture.size())
            painter.drawImage(target, picture)
        elif whole is not None:
            source = self._thumbnails.whole_rect(chip)
            target = self._target(left, top, source.size().toSize().expandedTo(QSize(1, 1)))
            painter.drawImage(target, whole, source)
        if self.heat:
            heat = self._thumbnails.heat(chip)
            if heat is not None:
                painter.setOpacity(self.opacity)
                painter.drawImage(target or QRectF(left, top, self.side, self.side), heat)
                painter.setOpacity(1.0)
        painter.drawPixmap(left, top, mark)

    def mark(self, look: ChipLook) -> QPixmap:
        """What is drawn over a picture to say its answer, at the size of now."""
        key = (look, self.side, self.unit)
        found = self._marks.get(key)
        if found is None:
            found = self._marks[key] = _draw_mark(look, self.side, self.unit)
            if len(self._marks) > _KEPT_MARKS:
                self._marks.popitem(last=False)
        return found

    def paint_state(self, painter: QPainter, box: QRect, state: CellState, palette: QPalette) -> None:
        """The frames around a thumbnail: chosen, under the pointer, with the keyboard."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state.chosen:
            painter.setPen(QPen(roles.accent(palette), 3, j=_JOIN))
            painter.drawRect(QRectF(box).adjusted(-1.5, -1.5, 1.5, 1.5))
            self._paint_tick(painter, box, palette)
        elif state.under:
            painter.setPen(QPen(roles.quiet(palette), 1, j=_JOIN))
            painter.drawRect(QRectF(box).adjusted(-2.5, -2.5, 1.5, 1.5))
        if state.focused:
            ink = palette.color(QPalette.ColorRole.WindowText) if state.has_keys else roles.quiet(palette)
            painter.setPen(QPen(ink, 2 if state.has_keys else 1, j=_JOIN))
            painter.drawRect(QRectF(box).adjusted(-4, -4, 4, 4))

    def _paint_tick(self, painter: QPainter, box: QRect, palette: QPalette) -> None:
        """Chosen without colour too: a tick in the lower right corner."""
        middle = QPointF(box.right() - 11, box.bottom() - 11)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(middle, 9, 9)
        painter.setPen(QPen(QColor("#ffffff"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([middle + QPointF(-4, 0.5), middle + QPointF(-1, 3.5), middle + QPointF(4.5, -3.5)])
        painter.restore()

    def _target(self, left: int, top: int, size: QSize) -> QRectF:
        """Where a picture of this size lies in the square: as large as it fits, on whole logical pixels."""
        fitted = size.scaled(self.side, self.side, Qt.AspectRatioMode.KeepAspectRatio)
        across, down = (self.side - fitted.width()) // 2, (self.side - fitted.height()) // 2
        return QRectF(left + across, top + down, fitted.width(), fitted.height())


def _draw_mark(look: ChipLook, side: int, unit: float) -> QPixmap:
    """Frame in the class's colour, glyph, white inner outline where a person decided, notch where it was changed."""
    pixmap = QPixmap(QSize(side, side) * unit)
    pixmap.setDevicePixelRatio(unit)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    box = QRectF(0, 0, side, side)
    if look.standing is Standing.NOT_JUDGED:
        painter.fillRect(box, hatch_brush(QColor(150, 150, 150, 110)))
    else:
        width = 2.0 if side < 96 else 3.0
        painter.setPen(QPen(QColor(look.colour), width, j=_JOIN))
        painter.drawRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        if look.decided:
            _outline(painter, box.adjusted(width, width, -width, -width))
        if look.changed:
            _notch(painter, box, side)
        if look.glyph:
            pixels = round((16 if side < 96 else 20) * unit)
            inset = width + (4 if look.decided else 2)
            painter.drawImage(
                QRectF(inset, inset, pixels / unit, pixels / unit), badge(look.colour, look.glyph, pixels)
            )
    painter.end()
    return pixmap


def _outline(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5, j=_JOIN))
    painter.drawRect(box.adjusted(1, 1, -1, -1))
    painter.setPen(QPen(QColor("#ffffff"), 1.6, j=_JOIN))
    painter.drawRect(box.adjusted(1, 1, -1, -1))


def _notch(painter: QPainter, box: QRectF, side: int) -> None:
    cut = max(10.0, side / 8)
    corner = box.topRight()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
    painter.setBrush(QColor("#ffffff"))
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(cut, 0), corner + QPointF(0, cut)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
