"""What is drawn over the picture while a grid is corrected: chips, three handles, a magnifying glass."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen, QPolygonF, QTransform

from inspector.station.look.roles import accent
from inspector.station.map.tiles import Tiles
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import Grid, PlacedGrid

_LINES_FROM = 6.0  # logical pixels of a chip: smaller ones, of which a window holds very many, are a veil only
_HANDLE = 11.0
_GLASS = 200.0
GLASS_SCALE = 8.0  # physical pixels that an image pixel has under the glass
_GAP = 16.0
_SHADE = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255, 220)
_VEIL = QColor(255, 255, 255, 60)
_SEAM = QColor(255, 255, 255, 120)


def paint_chips(painter: QPainter, placed: PlacedGrid, to_screen: QTransform, window: QSizeF, unit: float) -> None:
    """The expected chips that the window shows: outlines, or a veil over chips that are too small for them.

    Physical pixels; to_screen: of upright grid pixels.
    """
    grid = placed.grid
    px = min(grid.chip) * math.sqrt(abs(to_screen.determinant())) / unit
    box = to_screen.inverted()[0].mapRect(QRectF(QPointF(), window))
    (x, y), (wide, high) = grid.origin, grid.pitch
    columns = range(max(0, int((box.left() - x) // wide)), min(grid.columns, int((box.right() - x) // wide) + 1))
    rows = range(max(0, int((box.top() - y) // high)), min(grid.rows, int((box.bottom() - y) // high) + 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setTransform(to_screen)
    if px < _LINES_FROM:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        runs = _runs(grid, columns, rows)
        size = QSizeF(*grid.chip)
        painter.drawRects(
            [QRectF(QPointF(x + c * wide, y + r * high), size + QSizeF((end - c - 1) * wide, 0)) for r, c, end in runs]
        )
    else:
        _paint_outlines(painter, grid, columns, rows, px, unit)
    painter.restore()


def _paint_outlines(painter: QPainter, grid: Grid, columns: range, rows: range, px: float, unit: float) -> None:
    (x, y), (wide, high), size = grid.origin, grid.pitch, QSizeF(*grid.chip)
    rects = [
        QRectF(QPointF(x + c * wide, y + r * high), size) for r in rows for c in columns if (c, r) not in grid.missing
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((_SHADE, 3.0), (_LINE, 1.0)):
        if width > 1 and px < 3 * _LINES_FROM:
            continue
        pen = QPen(ink, width * unit)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRects(rects)


def _runs(grid: Grid, columns: range, rows: range) -> list[tuple[int, int, int]]:
    """Row, first column and the one behind the last of each run of expected chips."""
    there = np.zeros((len(rows), len(columns) + 2), dtype=np.int8)  # with nothing on both sides
    there[:, 1:-1] = 1
    for c, r in grid.missing:
        if c in columns and r in rows:
            there[r - rows.start, c - columns.start + 1] = 0
    steps = np.diff(there, axis=1)
    firsts, ends = np.argwhere(steps == 1), np.argwhere(steps == -1)[:, 1]
    found = np.column_stack([firsts, ends]).tolist()
    return [(rows.start + r, columns.start + c, columns.start + end) for r, c, end in found]


def paint_handle(painter: QPainter, at: QPointF, index: int, put: bool, chosen: bool, palette: QPalette) -> None:
    """A numbered ring around a corner: filled once it was put, larger while the arrows move it. Logical pixels."""
    ink = accent(palette)
    radius = _HANDLE + (3 if chosen else 0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 190), 5.0), (QColor("#ffffff"), 3.0), (ink, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(QColor(0, 0, 0, 190), 3))
    _cross(painter, at)
    painter.setPen(QPen(QColor("#ffffff"), 1))
    _cross(painter, at)
    tag = QRectF(at.x() + radius + 2, at.y() - radius - 14, 18, 18)
    painter.setPen(QPen(QColor("#ffffff"), 1))
    painter.setBrush(ink.darker(160) if put else QColor(0, 0, 0, 190))
    painter.drawRoundedRect(tag, 4, 4)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(index + 1))


def glass_view(scene: QRectF, at: QPointF, ratio: float) -> Viewport:
    """The part of a scene under the glass: a scene point in the middle, even where the scene ends."""
    side = round(_GLASS * ratio)
    view = Viewport(scene, QSizeF(side, side), GLASS_SCALE)
    view.origin = QPointF(side / 2, side / 2) - at * view.scale
    return view


def paint_magnifier(
    painter: QPainter, window: QSizeF, tiles: Tiles, view: Viewport, chip: QPolygonF, left: bool
) -> None:
    """A round glass in an upper corner: the pixels of `view`, and a chip (its corners, scene units). Logical pixels."""
    x = _GAP if left else window.width() - _GAP - _GLASS
    glass = QRectF(x, _GAP, _GLASS, _GLASS)
    ratio = view.size.width() / _GLASS
    painter.save()
    path = QPainterPath()
    path.addEllipse(glass)
    painter.setClipPath(path)
    painter.fillRect(glass, QColor("#101010"))
    painter.translate(glass.topLeft())
    painter.scale(1 / ratio, 1 / ratio)
    tiles.paint(painter, view, QRect(QPoint(), view.size.toSize()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((_SHADE, 3 * ratio), (_LINE, ratio)):
        painter.setPen(QPen(ink, width))
        painter.drawPolygon(view.transform().map(chip))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(0, 0, 0, 190), 4.0), (_SEAM, 2.0)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(glass)


def _cross(painter: QPainter, at: QPointF) -> None:
    for dx, dy in ((4.0, 0.0), (0.0, 4.0)):
        painter.drawLine(at - QPointF(dx, dy), at + QPointF(dx, dy))
