"""What floats over the wafer map: the scale bar, the overview when zoomed in, and the ring around the current chip."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF

from inspector.station.map.viewport import Viewport

_BAR_PX = 120.0  # the longest a scale bar may become, logical pixels
_ROOM_FOR_BAR = 320.0
_OVERVIEW_PX = 176.0
_GAP = 16.0
_INK = QColor("#ffffff")
_GROUND = QColor(0, 0, 0, 165)


def round_length(longest: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `longest` (> 0)."""
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= longest * (1 + 1e-9))


def length_text(image_px: float, um_per_px: float | None) -> str:
    """A length in the picture with its unit: micrometres or millimetres where the recipe knows them, else pixels."""
    if um_per_px is None:
        return f"{image_px:g} px"
    um = image_px * um_per_px
    return f"{um / 1000:g} mm" if um >= 1000 else f"{um:g} µm"


def scale_bar(scale: float, um_per_px: float | None) -> tuple[float, str]:
    """Length on the screen (logical pixels) and text of the bar. scale: logical screen pixels per image pixel."""
    unit = um_per_px or 1.0
    length = round_length(_BAR_PX / scale * unit)
    return length / unit * scale, length_text(length / unit, um_per_px)


def paint_scale_bar(painter: QPainter, window: QSizeF, scale: float, um_per_px: float | None) -> None:
    """Bottom left, on a ground of its own so that it reads on any picture; left out where it would hide the wafer.

    All in logical pixels.
    """
    if window.width() < _ROOM_FOR_BAR:
        return
    length, text = scale_bar(scale, um_per_px)
    metrics = QFontMetricsF(painter.font())
    width = max(length, metrics.horizontalAdvance(text)) + 24
    box = QRectF(_GAP, window.height() - _GAP - 40, width, 40)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(_INK)
    painter.drawText(box.adjusted(0, 5, 0, -16), Qt.AlignmentFlag.AlignCenter, text)
    left, y = box.center().x() - length / 2, box.bottom() - 10
    painter.setPen(QPen(_INK, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    for x in (left + 1, left + length - 1):
        painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))


def paint_ring(painter: QPainter, corners: QPolygonF, colour: QColor, unit: float) -> None:
    """A ring around the current chip, just outside of it and never smaller than the eye finds. Physical pixels."""
    box = corners.boundingRect()
    if box.width() < 14 * unit:
        side = 14 * unit
        middle = box.center()
        ring = QPolygonF(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))
    else:
        ring = _grown(corners, 2.5 * unit)
    slim = min(1.0, max(0.6, box.width() / (60 * unit)))  # a ring around a small chip leaves its neighbours to be seen
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(0, 0, 0, 200), 7.0), (QColor("#ffffff"), 5.0), (colour, 3.0)):
        pen = QPen(ink, width * unit * slim)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(ring)


def _grown(corners: QPolygonF, by: float) -> QPolygonF:
    points = [corners.at(i) for i in range(4)]
    middle = (points[0] + points[1] + points[2] + points[3]) / 4
    grown = []
    for point in points:
        away = point - middle
        length = math.hypot(away.x(), away.y()) or 1.0
        grown.append(point + away * (by * math.sqrt(2) / length))
    return QPolygonF(grown)


def around(place: QRectF, frame: QRectF) -> list[QRectF]:
    """What of a place lies outside a frame, as rectangles: a path with a hole takes several times as long to fill."""
    inner = place.intersected(frame)
    if inner.isEmpty():
        return [place]
    left, top, right, bottom = inner.left(), inner.top(), inner.right(), inner.bottom()
    parts = [
        QRectF(place.left(), place.top(), place.width(), top - place.top()),
        QRectF(place.left(), bottom, place.width(), place.bottom() - bottom),
        QRectF(place.left(), top, left - place.left(), bottom - top),
        QRectF(right, top, place.right() - right, bottom - top),
    ]
    return [part for part in parts if not part.isEmpty()]


class Overview:
    """The whole wafer in a corner while the map shows a part of it. All in logical pixels."""

    def __init__(self) -> None:
        self._picture: QImage | None = None
        self._scaled: QImage | None = None
        self._held: QPointF | None = None
        self._kept: QPixmap | None = None
        self._kept_of: object = None

    def set_picture(self, picture: QImage | None) -> None:
        """The whole image at a coarse level; None where there is none (yet)."""
        self._picture = picture
        self._scaled = None

    def place(self, window: QSizeF, view: Viewport) -> QRectF | None:
        """Where the overview lies; None while the whole wafer is seen anyway or the window is too small for it."""
        longest = min(_OVERVIEW_PX, 0.3 * min(window.width(), window.height()))
        if view.scale <= view.fit_scale * 1.3 or longest < 64:
            return None
        factor = longest / max(view.scene.width(), view.scene.height())
        size = view.scene.size() * factor
        return QRectF(
            window.width() - _GAP - size.width(), window.height() - _GAP - size.height(), size.width(), size.height()
        )

    def take(self, place: QRectF | None, view: Viewport, point: QPointF) -> bool:
        """A press: True where it takes hold of the overview; inside the frame it does not make the view jump."""
        self._held = None
        if place is None or not place.contains(point):
            return False
        seen = view.seen.intersected(view.scene)
        at = self._scene_point(place, view, point)
        self._held = at - seen.center() if seen.contains(at) else QPointF()
        return True

    def drag(self, place: QRectF | None, view: Viewport, point: QPointF) -> QPointF | None:
        """The scene point to show in the middle, while the overview is held; else None."""
        if self._held is None or place is None:
            return None
        return self._scene_point(place, view, point) - self._held

    def release(self) -> None:
        self._held = None

    def _scene_point(self, place: QRectF, view: Viewport, point: QPointF) -> QPointF:
        return view.scene.topLeft() + (point - place.topLeft()) * (view.scene.width() / place.width())

    def paint(
        self, painter: QPainter, place: QRectF, view: Viewport, ratio: float, tint: QImage, grid: QPolygonF
    ) -> None:
        """tint: one pixel per chip. grid: the corners of the grid's extent in scene units. ratio: pixels a point."""
        factor = place.width() / view.scene.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(place.adjusted(-2, -2, 2, 2), QColor("#101010"))
        painter.drawPixmap(place.topLeft(), self._still(place, view, ratio, tint, grid))
        seen = view.seen.intersected(view.scene).translated(-view.scene.topLeft())
        frame = QRectF(place.topLeft() + seen.topLeft() * factor, seen.size() * factor)
        for part in around(place, frame):
            painter.fillRect(part, QColor(0, 0, 0, 110))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((QColor("#000000"), 4.0), (_INK, 2.0)):
            painter.setPen(QPen(ink, width))
            painter.drawRect(frame.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(QColor(255, 255, 255, 130), 1))
        painter.drawRect(place.adjusted(-2, -2, 1, 1))

    def _still(self, place: QRectF, view: Viewport, ratio: float, tint: QImage, grid: QPolygonF) -> QPixmap:
        """Picture and tint, painted anew only when one of them has changed: the frame moves with every pixel."""
        size = (place.size() * ratio).toSize()
        of = (size, tint.cacheKey(), self._picture.cacheKey() if self._picture is not None else 0, view.scene)
        if self._kept is None or of != self._kept_of:
            kept = QPixmap(size)
            kept.fill(QColor("#101010"))
            kept.setDevicePixelRatio(ratio)
            here = QRectF(QPointF(), place.size())
            inside = QPainter(kept)
            if self._picture is not None:
                inside.drawImage(here, self._sharp(place, ratio))
            self._paint_tint(inside, here, view, tint, grid, place.width() / view.scene.width())
            inside.end()
            self._kept, self._kept_of = kept, of
        return self._kept

    def _paint_tint(
        self, painter: QPainter, place: QRectF, view: Viewport, tint: QImage, grid: QPolygonF, factor: float
    ) -> None:
        across, down, start = grid.at(1) - grid.at(0), grid.at(3) - grid.at(0), grid.at(0) - view.scene.topLeft()
        painter.save()
        painter.setClipRect(place)
        painter.translate(place.topLeft())
        painter.scale(factor, factor)
        columns, rows = tint.width(), tint.height()
        step_x, step_y = across / columns, down / rows
        from_pixels = painter.transform()
        from_pixels.setMatrix(step_x.x(), step_x.y(), 0, step_y.x(), step_y.y(), 0, start.x(), start.y(), 1)
        painter.setTransform(from_pixels, True)
        painter.drawImage(0, 0, tint)
        painter.restore()

    def _sharp(self, place: QRectF, ratio: float) -> QImage:
        size = (place.size() * ratio).toSize()
        if self._scaled is None or self._scaled.size() != size:
            assert self._picture is not None
            self._scaled = self._picture.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._scaled
