"""Everything that floats over the wafer map: current chip, scale bar, legend, and the overview that moves the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from inspector.station.look.roles import accent
from inspector.station.map.map_legend import paint_legend
from inspector.station.map.map_overlay import Overview, paint_ring, paint_scale_bar
from inspector.station.map.map_picture import MapPicture

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class MapFloats:
    """Painted after the picture; the overview can be held and dragged. Points in logical pixels of the widget."""

    def __init__(self, picture: MapPicture, session: Session) -> None:
        self._picture = picture
        self._session = session
        self._overview = Overview()
        self._wanted = True

    def take_overview(self) -> None:
        """The image was read further: its coarse picture may be whole now."""
        picture = self._picture.whole() if self._wanted else None
        if picture is not None:
            self._wanted = False
            self._overview.set_picture(picture)
            self._picture.stale.emit()

    def renew_overview(self) -> None:
        """Its grey values changed: the old picture stays until the new one is there."""
        self._wanted = True

    def forget_overview(self) -> None:
        self._wanted = True
        self._overview.set_picture(None)

    def take(self, size: QSize, point: QPointF) -> bool:
        """A press: True where it takes hold of the overview."""
        return self._overview.take(self._place(size), self._picture.view, point)

    def drag(self, size: QSize, point: QPointF) -> bool:
        """While the overview is held, move the view to that place; else False."""
        middle = self._overview.drag(self._place(size), self._picture.view, point)
        if middle is None:
            return False
        self._picture.view.centre_on(middle)
        self._picture.repaint_all()
        return True

    def release(self) -> None:
        self._overview.release()

    def holds(self, size: QSize, point: QPointF) -> bool:
        """True for a point on the overview."""
        place = self._place(size)
        return place is not None and place.contains(point)

    def paint(self, painter: QPainter, widget: QWidget) -> None:
        layers, view, unit = self._picture.layers, self._picture.view, self._picture.unit
        if layers is None:
            return
        window, current, recipe = QSizeF(widget.size()), self._session.current, self._session.recipe
        if current is not None:
            painter.save()
            painter.scale(1 / unit, 1 / unit)
            paint_ring(painter, self._picture.polygon(current), accent(widget.palette()), unit)
            painter.restore()
        um_per_px = recipe.image.um_per_px if recipe is not None else None
        paint_scale_bar(painter, window, view.scale / unit, um_per_px)
        place, tint = self._place(widget.size()), self._picture.tint()
        if place is not None and tint is not None:
            self._overview.paint(painter, place, view, unit, tint, layers.extent())
        paint_legend(painter, window, layers.placed)
        if widget.hasFocus():
            painter.setPen(accent(widget.palette()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _place(self, size: QSize) -> QRectF | None:
        return self._overview.place(QSizeF(size), self._picture.view)
