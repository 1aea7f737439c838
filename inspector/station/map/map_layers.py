"""What lies over the wafer's picture: outlines, answers as tint and glyph, decisions and heat."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from inspector.station.map.layer_pass import ChipPlaces, LayerPass, MapStyle
from inspector.station.map.map_answers import MapAnswers
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId, PlacedGrid


def grid_transform(placed: PlacedGrid) -> QTransform:
    """Upright grid pixels -> image pixels."""
    a, b, x, c, d, y = placed.matrix
    return QTransform(a, c, b, d, x, y)


class MapLayers:
    """Paints the chips of one placed grid, in screen pixels, restricted to an area.

    turned: image pixels -> the scene's, where the view is turned.
    """

    def __init__(self, placed: PlacedGrid, turned: QTransform) -> None:
        self.placed = placed
        self._grid = placed.grid
        self._to_scene = grid_transform(placed) * turned
        columns = self._grid.columns
        width, height = self._grid.chip
        self._rects = [
            QRectF(
                self._grid.origin[0] + (i % columns) * self._grid.pitch[0],
                self._grid.origin[1] + (i // columns) * self._grid.pitch[1],
                width,
                height,
            )
            for i in range(columns * self._grid.rows)
        ]
        self._upright = placed.matrix[1] == 0 and placed.matrix[3] == 0

    def chip_px(self, view: Viewport) -> float:
        """The shorter side of a chip on the screen, physical pixels."""
        turn = math.sqrt(abs(self._to_scene.determinant()))
        return min(self._grid.chip) * turn * view.scale

    def seen(self, view: Viewport, area: QRect) -> tuple[slice, slice]:
        """Rows and columns of the chips that touch an area (screen pixels)."""
        inverse, _ = self._transform(view).inverted()
        box = inverse.mapRect(QRectF(area))
        (x, y), (px, py) = self._grid.origin, self._grid.pitch
        first, last = math.floor((box.left() - x) / px), math.floor((box.right() - x) / px)
        top, bottom = math.floor((box.top() - y) / py), math.floor((box.bottom() - y) / py)
        return (
            slice(min(max(0, top), self._grid.rows), max(0, min(self._grid.rows, bottom + 1))),
            slice(min(max(0, first), self._grid.columns), max(0, min(self._grid.columns, last + 1))),
        )

    def chips_seen(self, view: Viewport, area: QRect) -> list[ChipId]:
        rows, columns = self.seen(view, area)
        every = (ChipId(c, r) for r in range(rows.start, rows.stop) for c in range(columns.start, columns.stop))
        return [chip for chip in every if chip not in self._grid.missing]

    def extent(self) -> QPolygonF:
        """The corners of the whole grid with its streets, scene units: that at chip (0, 0) first, clockwise upright."""
        (x, y), (px, py) = self._grid.origin, self._grid.pitch
        width, height = px * self._grid.columns, py * self._grid.rows
        left, top = x - (px - self._grid.chip[0]) / 2, y - (py - self._grid.chip[1]) / 2
        box = QRectF(left, top, width, height)
        return self._to_scene.map(QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]))

    def screen_polygon(self, view: Viewport, chip: ChipId) -> QPolygonF:
        """The chip's four corners on the screen."""
        rect = self._rects[chip.row * self._grid.columns + chip.column]
        return self._transform(view).map(
            QPolygonF([rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()])
        )

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        area: QRect,
        answers: MapAnswers,
        heat: dict[ChipId, QImage],
        style: MapStyle,
    ) -> None:
        """Everything over the picture. heat: evidence images that are there; without one a chip shows P(defect)."""
        places = ChipPlaces(self._grid, self._rects, self._transform(view), self.chip_px(view))
        pass_ = LayerPass(painter, places, self.seen(view, area), answers, style)
        painter.save()
        painter.setTransform(self._transform(view))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._upright)
        if style.heat is not None:
            pass_.heat(heat, style.heat)
        painter.setOpacity(style.answers)
        if style.heat is None and style.answers > 0:
            pass_.tint()
        pass_.not_judged()
        pass_.left_out()
        painter.setOpacity(style.outlines)
        pass_.outlines()
        painter.setOpacity(style.answers)
        if style.answers > 0:
            pass_.frames()
            pass_.decisions()
            painter.resetTransform()
            pass_.glyphs()
        painter.restore()

    def _transform(self, view: Viewport) -> QTransform:
        return self._to_scene * view.transform()
