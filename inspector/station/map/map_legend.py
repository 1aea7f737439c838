"""The legend of chips that nobody judges; it is there only while the wafer has such chips."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from inspector.station.look.theme import hatch_brush
from inspector.wafer.grid import PlacedGrid

_GAP = 16.0
_LINE = 24.0
_SWATCH = 14.0
_LEAST_WINDOW = 320.0
_INK = QColor("#ffffff")
_GROUND = QColor(0, 0, 0, 165)


def legend_lines(placed: PlacedGrid) -> list[tuple[str, bool]]:
    """(words with their count, without pixels): what the legend says of this wafer."""
    lines = []
    if placed.partial:
        text = QCoreApplication.translate("MapLegend", "Partial: {count}")
        lines.append((text.format(count=f"{len(placed.partial):,}"), False))
    if placed.not_imaged:
        text = QCoreApplication.translate("MapLegend", "Not imaged: {count}")
        lines.append((text.format(count=f"{len(placed.not_imaged):,}"), True))
    return lines


def paint_legend(painter: QPainter, window: QSizeF, placed: PlacedGrid) -> None:
    """Top left, on a ground of its own; left out where it would hide the wafer. Logical pixels."""
    lines = legend_lines(placed)
    if not lines or window.width() < _LEAST_WINDOW:
        return
    metrics = QFontMetricsF(painter.font())
    width = max(metrics.horizontalAdvance(text) for text, _ in lines) + _SWATCH + 32
    box = QRectF(_GAP, _GAP, width, _LINE * len(lines) + 8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, 4, 4)
    for number, (text, without_pixels) in enumerate(lines):
        line = QRectF(box.left() + 12, box.top() + 4 + number * _LINE, width - 24, _LINE)
        swatch = QRectF(line.topLeft() + QPointF(0, (_LINE - _SWATCH) / 2), QSizeF(_SWATCH, _SWATCH))
        pen = QPen(_INK, 1)
        if without_pixels:
            painter.setBrush(hatch_brush(QColor(190, 190, 190), crossed=True))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen.setDashPattern((3.0, 3.0))
        painter.setPen(pen)
        painter.drawRect(swatch)
        painter.setPen(_INK)
        painter.drawText(line.adjusted(_SWATCH + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
