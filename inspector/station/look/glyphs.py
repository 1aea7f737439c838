"""The small signs that tell answers apart without colour: drawn as shapes, sharp at every size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

_POLYGONS: dict[str, list[tuple[float, float]]] = {
    "▲": [(0, -0.46), (0.48, 0.38), (-0.48, 0.38)],
    "▼": [(0, 0.46), (-0.48, -0.38), (0.48, -0.38)],
    "■": [(-0.42, -0.42), (0.42, -0.42), (0.42, 0.42), (-0.42, 0.42)],
    "◆": [(0, -0.5), (0.32, 0), (0, 0.5), (-0.32, 0)],
    "／": [(0.3, -0.48), (0.48, -0.3), (-0.3, 0.48), (-0.48, 0.3)],
    "✚": [
        *[(-0.15, -0.46), (0.15, -0.46), (0.15, -0.15), (0.46, -0.15), (0.46, 0.15), (0.15, 0.15)],
        *[(0.15, 0.46), (-0.15, 0.46), (-0.15, 0.15), (-0.46, 0.15), (-0.46, -0.15), (-0.15, -0.15)],
    ],
    "×": [
        *[(-0.42, -0.26), (-0.26, -0.42), (0, -0.16), (0.26, -0.42), (0.42, -0.26), (0.16, 0)],
        *[(0.42, 0.26), (0.26, 0.42), (0, 0.16), (-0.26, 0.42), (-0.42, 0.26), (-0.16, 0)],
    ],
}


@lru_cache(maxsize=64)
def glyph_path(glyph: str) -> QPainterPath:
    """A glyph as a path around (0, 0), one unit wide and high; any character that is no known shape is set as text."""
    path = QPainterPath()
    if glyph in _POLYGONS:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _POLYGONS[glyph]]))
        path.closeSubpath()
    elif glyph == "●":
        path.addEllipse(QPointF(0, 0), 0.4, 0.4)
    elif glyph:
        font = QFont()
        font.setPixelSize(100)
        font.setBold(True)
        path.addText(0, 0, font, glyph)
        box = path.boundingRect()
        size = max(box.width(), box.height(), 1.0)
        path.translate(-box.center())
        return QTransform.fromScale(0.92 / size, 0.92 / size).map(path)
    return path


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever is read more easily on a colour (relative luminance of WCAG)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor("#000000") if luminance > 0.179 else QColor("#ffffff")


def draw_glyph(painter: QPainter, rect: QRectF, glyph: str, ink: QColor, halo: QColor | None = None) -> None:
    """A glyph that fills a square, with a halo around it where it has to stand on a picture."""
    if not glyph:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(rect.width(), rect.height())
    path = glyph_path(glyph)
    if halo is not None:
        pen = QPen(halo, 3.0 / max(rect.width(), 1.0))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    painter.fillPath(path, ink)
    painter.restore()


@lru_cache(maxsize=256)
def badge(colour: str, glyph: str, side: int) -> QImage:
    """A square of the class's colour with its glyph, `side` physical pixels wide: marks a chip on map and thumbnail."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill, radius = QColor(colour), side * 0.16
    painter.setPen(QPen(QColor(0, 0, 0, 120), max(1.0, side / 24)))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), radius, radius)
    inner = side * 0.62
    draw_glyph(painter, QRectF((side - inner) / 2, (side - inner) / 2, inner, inner), glyph, ink_on(fill))
    painter.end()
    return image


@lru_cache(maxsize=256)
def mark(glyph: str, side: int) -> QImage:
    """A white glyph with a dark halo, `side` physical pixels wide: reads on any tint while chips are small."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    inset = min(1.5, side * 0.15)
    box = QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset)
    draw_glyph(painter, box, glyph, QColor("#ffffff"), QColor(0, 0, 0, 190))
    painter.end()
    return image
