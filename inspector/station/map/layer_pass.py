"""One painting of what lies over the wafer's picture: tint, hatches, outlines, frames, decisions, glyphs, heat."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from inspector.imaging.heat import heat_rgba
from inspector.station.look.glyphs import badge, mark
from inspector.station.look.theme import hatch_brush
from inspector.station.map.map_answers import FIRST_CLASS, MISSING, NOT_IMAGED, NOT_JUDGED, PARTIAL, MapAnswers
from inspector.station.map.tiles import to_qimage
from inspector.wafer.grid import ChipId, Grid

EVIDENCE_FROM = 40  # logical pixels: smaller chips show one heat value, larger ones their map
_FRAMES_FROM = 36
_OUTLINES_FROM = 5
_GLYPHS_FROM = 9
_BADGES_FROM = 64
HATCH = QColor(150, 150, 150, 110)


@dataclass(frozen=True)
class MapStyle:
    """unit: physical pixels in a logical one. Opacities 0 to 1: outlines, answers, and heat, None where it is off."""

    unit: float
    outline: QColor
    outlines: float = 1.0
    answers: float = 1.0
    heat: float | None = None


@dataclass(frozen=True)
class ChipPlaces:
    """rects: of every place of the grid, row by row, upright grid pixels. chip_px: a chip's side on the screen."""

    grid: Grid
    rects: list[QRectF]
    to_screen: QTransform
    chip_px: float


class LayerPass:
    """One painting of the layers: the parts share the visible block and its size on the screen."""

    def __init__(
        self,
        painter: QPainter,
        places: ChipPlaces,
        seen: tuple[slice, slice],
        answers: MapAnswers,
        style: MapStyle,
    ) -> None:
        self._painter = painter
        self._answers = answers
        self._style = style
        self._seen = seen
        self._grid = places.grid
        self._rects = places.rects
        self._transform = places.to_screen
        self._codes = answers.codes[seen]
        self._logical = places.chip_px / style.unit  # the chip's side in logical pixels
        self._per_px = 1.0 / max(1e-9, math.sqrt(abs(self._transform.determinant())))  # grid units in a screen pixel

    def tint(self) -> None:
        size = self._logical
        good, defect = np.interp(size, [8, 60, 220], [0.42, 0.16, 0.0]), np.interp(size, [8, 60, 220], [0.88, 0.4, 0.0])
        if defect <= 0:
            return
        if size < _FRAMES_FROM:
            self._draw_per_chip(self._answers.tint_image(float(good), float(defect)))
            return
        for code in np.unique(self._codes[self._codes >= FIRST_CLASS]):
            colour = QColor(self._answers.colours[code])
            colour.setAlphaF(float(defect if self._answers.is_defect[code] else good))
            self._fill(self._codes == code, QBrush(colour))

    def heat(self, images: dict[ChipId, QImage], opacity: float) -> None:
        self._painter.setOpacity(opacity)
        if self._logical < EVIDENCE_FROM:
            self._draw_per_chip(to_qimage(heat_rgba(self._answers.p_defect, None)))
        else:
            self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for i in self._indices(self._codes != MISSING):
                image = images.get(ChipId(i % self._grid.columns, i // self._grid.columns))
                if image is not None:
                    self._painter.drawImage(self._rects[i], image)
        self._painter.setOpacity(1.0)

    def not_judged(self) -> None:
        self._hatch(self._codes == NOT_JUDGED, crossed=False)

    def left_out(self) -> None:
        """Chips that nobody judges: partial ones as a broken outline alone, those without pixels crossed both ways."""
        unit = self._style.unit
        self._hatch(self._codes == NOT_IMAGED, crossed=True)
        if self._logical < _OUTLINES_FROM:
            return
        inset = 1.5 * unit * self._per_px
        rects = [r.adjusted(inset, inset, -inset, -inset) for r in self._of(self._codes == PARTIAL)]
        for ink, dashes in ((QColor(0, 0, 0, 150), None), (QColor(255, 255, 255, 200), (3.0, 3.0))):
            self._stroke(rects, ink, 1.0, dashes)

    def _of(self, mask: NDArray[np.bool_]) -> list[QRectF]:
        return [self._rects[i] for i in self._indices(mask)]

    def _hatch(self, mask: NDArray[np.bool_], *, crossed: bool) -> None:
        rects = self._runs(mask)
        if rects:
            brush = hatch_brush(HATCH, self._style.unit, crossed=crossed)
            inverse, _ = self._transform.inverted()
            brush.setTransform(inverse)  # the hatch keeps its size on the screen
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(brush)
            self._painter.drawRects(rects)

    def outlines(self) -> None:
        if self._logical < _OUTLINES_FROM or self._style.outlines <= 0:
            return
        colour = QColor(self._style.outline)
        colour.setAlphaF(colour.alphaF() * float(np.interp(self._logical, [_OUTLINES_FROM, 14], [0.25, 1.0])))
        self._stroke(self._of((self._codes != MISSING) & (self._codes != PARTIAL)), colour, 1.0)

    def frames(self) -> None:
        """Where the tint has faded so that the picture can be seen, a frame keeps saying the class."""
        if self._logical < _FRAMES_FROM:
            return
        width = 2.0 if self._logical < 120 else 3.0
        inset = width / 2 * self._style.unit * self._per_px
        for code in np.unique(self._codes[self._codes >= FIRST_CLASS]):
            rects = [rect.adjusted(inset, inset, -inset, -inset) for rect in self._of(self._codes == code)]
            self._stroke(rects, self._answers.colours[code], width)

    def decisions(self) -> None:
        if self._logical < _GLYPHS_FROM:
            return
        wide = self._logical >= _FRAMES_FROM
        inset = (4.5 if wide else 1.5) * self._style.unit * self._per_px
        inner = [r.adjusted(inset, inset, -inset, -inset) for r in self._of(self._answers.decided[self._seen])]
        if wide:
            self._stroke(inner, QColor(0, 0, 0, 150), 3.5)
        self._stroke(inner, QColor("#ffffff"), 1.6 if wide else 1.0)
        side = float(np.interp(self._logical, [9, 60], [5, 14])) * self._style.unit * self._per_px
        self._painter.setPen(self._pen(QColor(0, 0, 0, 170), 1.0))
        self._painter.setBrush(QColor("#ffffff"))
        for i in self._indices(self._answers.changed[self._seen]):
            corner = self._rects[i].topRight()
            self._painter.drawPolygon(QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)]))

    def glyphs(self) -> None:
        if self._logical < _GLYPHS_FROM:
            return
        as_badge = self._logical >= _BADGES_FROM
        side = round((22 if as_badge else min(self._logical * 0.62, 20)) * self._style.unit)
        for code in np.unique(self._codes):
            glyph = self._answers.glyphs[code]
            if not glyph:
                continue
            image = badge(self._answers.colours[code].name(), glyph, side) if as_badge else mark(glyph, side)
            for i in self._indices(self._codes == code):
                place = (
                    self._badge_place(i)
                    if as_badge
                    else self._transform.map(self._rects[i].center()) - QPointF(side, side) / 2
                )
                self._painter.drawImage(QPointF(round(place.x()), round(place.y())), image)

    def _badge_place(self, index: int) -> QPointF:
        inset = 8 * self._style.unit
        return self._transform.mapRect(self._rects[index]).topLeft() + QPointF(inset, inset)

    def _draw_per_chip(self, image: QImage) -> None:
        """Draw an image with one pixel per chip so that each pixel fills its chip's place."""
        (x, y), (px, py) = self._grid.origin, self._grid.pitch
        street = QPointF(px - self._grid.chip[0], py - self._grid.chip[1]) / 2
        target = QRectF(x - street.x(), y - street.y(), px * self._grid.columns, py * self._grid.rows)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._painter.drawImage(target, image)

    def _indices(self, mask: NDArray[np.bool_]) -> list[int]:
        """Places in the list of rectangles where a mask over the visible block is True."""
        rows, columns = np.nonzero(mask)
        found: list[int] = ((rows + self._seen[0].start) * self._grid.columns + columns + self._seen[1].start).tolist()
        return found

    def _fill(self, mask: NDArray[np.bool_], brush: QBrush) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(brush)
        self._painter.drawRects(self._of(mask))

    def _stroke(
        self, rects: list[QRectF], colour: QColor, width: float, dashes: tuple[float, float] | None = None
    ) -> None:
        if not rects:
            return
        pen = self._pen(colour, width)
        if dashes:
            pen.setDashPattern(dashes)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRects(rects)

    def _pen(self, colour: QColor, width: float) -> QPen:
        pen = QPen(colour, width * self._style.unit)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return pen

    def _runs(self, mask: NDArray[np.bool_]) -> list[QRectF]:
        """Neighbouring chips of a row as one rectangle each."""
        if not mask.any():
            return []
        edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
        rows, starts = np.nonzero(edges == 1)
        _, ends = np.nonzero(edges == -1)
        first_row, first_column = self._seen[0].start, self._seen[1].start
        offset = (rows + first_row) * self._grid.columns + first_column
        pairs = zip((offset + starts).tolist(), (offset + ends - 1).tolist(), strict=True)
        return [self._rects[a].united(self._rects[b]) for a, b in pairs]
