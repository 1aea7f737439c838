"""Small marks over the chip's picture: the heat's peak, where a person saw the defect, and a word at the upper edge."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

_INKS = ((QColor(0, 0, 0, 200), 3.5), (QColor("#ffffff"), 1.5))
_DARK, _BRIGHT = QColor(0, 0, 0, 200), QColor("#ffffff")


def paint_peak(painter: QPainter, at: QPointF, unit: float) -> None:
    """A ring with four strokes outwards: the place itself stays to be seen. at: physical pixels."""
    radius = 13 * unit
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, thick in _INKS:
        painter.setPen(QPen(ink, thick * unit))
        painter.drawEllipse(at, radius, radius)
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            outward = QPointF(x, y) * radius
            painter.drawLine(at + outward, at + outward * 1.5)


def paint_point(painter: QPainter, at: QPointF, unit: float, *, offered: bool = False) -> None:
    """A square around the place that a person gave; dashed while it is only offered. at: physical pixels."""
    side = 34 * unit
    box = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, thick in _INKS:
        style = Qt.PenStyle.DashLine if offered and ink == _BRIGHT else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, thick * unit, style, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(box)


def paint_word(painter: QPainter, area: QRectF, text: str, palette: QPalette, *, low: bool = False) -> None:
    """One or two lines on a strip at the upper edge of an area, or low at its lower edge; logical pixels."""
    if not text:
        return
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    room = area.adjusted(8, 0, -8, 0)
    height = QFontMetricsF(painter.font()).boundingRect(room, int(flags), text).height() + 12
    strip = QRectF(area.left(), area.bottom() - height if low else area.top(), area.width(), height)
    painter.fillRect(strip, palette.color(QPalette.ColorRole.ToolTipBase))
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawText(strip.adjusted(8, 0, -8, 0), flags, text)
