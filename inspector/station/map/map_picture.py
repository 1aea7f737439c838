"""The wafer map's picture: tiles, answers and heat, kept as painted, so that only what changed is painted again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSizeF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPixmap, QPolygonF, QRegion, QTransform

from inspector.station.look.roles import canvas, is_dark
from inspector.station.map.grey_window import GreyWindow
from inspector.station.map.layer_pass import EVIDENCE_FROM, MapStyle
from inspector.station.map.map_answers import MapAnswers
from inspector.station.map.map_heat import MapHeat
from inspector.station.map.map_layers import MapLayers
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.tiles import PixelLook, Tiles
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId, PlacedGrid

if TYPE_CHECKING:
    from inspector.station.state.session import Session

MARGIN = 16.0  # logical pixels around a fitted wafer
_FEW = 64  # chips whose places are repainted one by one


class MapPicture(QObject):
    """What the session's wafer looks like through `view`. All in physical pixels; `unit` of them are a logical one.

    `stale` says that `paint` has something new to show; `sharpened` that the image was read further.
    """

    stale = Signal()
    sharpened = Signal()
    overview_stale = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tiles = Tiles(self)
        self._heat = MapHeat(session, self)
        self._tiles.arrived.connect(self._tile_arrived)
        self._heat.arrived.connect(self.repaint_chips)
        self._layers: MapLayers | None = None
        self._answers: MapAnswers | None = None
        self._kept = QPixmap()
        self._dirty = QRegion()
        self.unit = 1.0
        self.looks = MapLooks()
        self.heat_visible = False
        self.view = Viewport(QRectF(0, 0, 1, 1), QSizeF(1, 1))

    @property
    def is_settled(self) -> bool:
        """True where everything that can be seen has been read and painted."""
        return self._tiles.is_idle and self._heat.is_idle and self._dirty.isEmpty()

    @property
    def layers(self) -> MapLayers | None:
        """None while no wafer is open."""
        return self._layers

    @property
    def is_current(self) -> bool:
        """False where the session has another image or grid than the one that is painted."""
        placed = self._layers.placed if self._layers is not None else None
        return self._session.image is self._tiles.image and self._session.placed == placed

    def take_wafer(self, size: QSizeF) -> None:
        """Show the session's wafer from its beginning, or nothing where none is open."""
        placed: PlacedGrid | None = self._session.placed
        self._tiles.set_image(self._session.image, PixelLook(self.looks.turn))
        self._heat.stop()
        self._heat.forget()
        self._layers = MapLayers(placed, self._turned()) if placed is not None else None
        self._answers = MapAnswers(placed, self._session.classes) if placed is not None else None
        self.take_answers(self._session.chips())
        self.view = Viewport.fitted(self._scene(), size, MARGIN * self.unit)
        self.repaint_all()

    def take_image(self) -> None:
        """The image of the wafer that is shown has come, or its grid was placed: the rest stays as it is."""
        fitted, view, grey = self.view.is_fitted, self.view, self.grey
        self.take_wafer(view.size)
        self.set_grey(grey)
        if not fitted and view.scene == self.view.scene:
            self.view = view

    def turn(self, looks: MapLooks) -> None:
        """Turn the view; the place in its middle and the scale stay."""
        middle = QPointF(self.view.size.width() / 2, self.view.size.height() / 2)
        held, fitted, scale, grey = self.to_image(middle), self.view.is_fitted, self.view.scale, self.grey
        self.looks = looks
        self.take_wafer(self.view.size)
        self.set_grey(grey)
        if not fitted:
            self.view.scale = scale
            self.view.centre_on(self._turned().map(held))

    @property
    def grey(self) -> GreyWindow | None:
        return self._tiles.look.grey

    def set_grey(self, grey: GreyWindow | None) -> None:
        """Show grey values through a window; None shows them as they are."""
        if grey != self.grey:
            self._tiles.set_grey(grey)
            self.repaint_all()
            self.overview_stale.emit()

    def to_image(self, point: QPointF) -> QPointF:
        """A point of the screen -> image pixels."""
        return self._turned().inverted()[0].map(self.view.to_scene(point))

    def take_answers(self, chips: tuple[ChipId, ...] | list[ChipId]) -> None:
        """Read these chips' answers from the session again."""
        if self._answers is not None:
            self._answers.read(self._session, chips)
            self.repaint_chips(chips)

    def take_judgements(self, chips: tuple[ChipId, ...]) -> None:
        self._heat.forget(chips)
        self.take_answers(chips)

    def stop(self) -> None:
        """Let no thread go on."""
        self._tiles.stop()
        self._heat.stop()

    def whole(self) -> QImage | None:
        """The whole image, coarse, for the overview."""
        return self._tiles.whole()

    def tint(self) -> QImage | None:
        """One pixel per chip in its class's colour, for the overview."""
        return self._answers.tint_image(0.35, 0.9) if self._answers is not None else None

    def chip_at(self, point: QPointF) -> ChipId | None:
        """The chip under a point of the screen."""
        if self._layers is None:
            return None
        at = self.to_image(point)
        return self._layers.placed.chip_at(at.x(), at.y())

    def polygon(self, chip: ChipId) -> QPolygonF:
        """A chip's corners on the screen; empty while no wafer is open."""
        return self._layers.screen_polygon(self.view, chip) if self._layers is not None else QPolygonF()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture; only the strips that come into sight are painted."""
        moved = self.view.pan(dx, dy)
        window = self._kept.rect()
        if moved == (0, 0) or window.isEmpty():
            return
        self._kept.setDevicePixelRatio(1.0)
        self._kept.scroll(*moved, window)
        self._dirty = self._dirty.translated(*moved).intersected(window)
        self._dirty += QRegion(window).subtracted(QRegion(window.translated(*moved)))
        self.stale.emit()

    def repaint_all(self) -> None:
        self._repaint(QRectF(QPointF(), self.view.size))

    def repaint_chips(self, chips: tuple[ChipId, ...] | list[ChipId]) -> None:
        if len(chips) > _FEW:
            self.repaint_all()
            return
        for chip in chips:
            self._repaint(self.polygon(chip).boundingRect())

    def paint(self, painter: QPainter, palette: QPalette) -> None:
        """Paint the picture into a widget's painter, bringing up to date what is stale."""
        if not self._dirty.isEmpty() or self._kept.size() != self.view.size.toSize():
            self._bring_up_to_date(palette)
        self._kept.setDevicePixelRatio(self.unit)
        painter.drawPixmap(0, 0, self._kept)

    def _bring_up_to_date(self, palette: QPalette) -> None:
        if self._kept.size() != self.view.size.toSize():
            self._kept = QPixmap(self.view.size.toSize())
            self._dirty = QRegion(self._kept.rect())
        self._kept.setDevicePixelRatio(1.0)
        lines = QColor(255, 255, 255, 90) if self._tiles.image is not None or is_dark(palette) else QColor(0, 0, 0, 110)
        heat = self.looks.heat if self.heat_visible else None
        style = MapStyle(self.unit, lines, self.looks.outlines, self.looks.answers, heat)
        painter = QPainter(self._kept)
        for rect in cast("Iterable[QRect]", self._dirty):
            painter.setClipRect(rect)
            painter.fillRect(rect, canvas(palette))
            self._tiles.paint(painter, self.view, rect)
            if self._layers is not None and self._answers is not None:
                self._layers.paint(painter, self.view, rect, self._answers, self._heat.images, style)
        painter.end()
        self._dirty = QRegion()
        self._tiles.want(self.view)
        shows_maps = self._layers is not None and self._layers.chip_px(self.view) >= EVIDENCE_FROM * self.unit
        if self.heat_visible and self._layers is not None and shows_maps:
            self._heat.want(self._layers.chips_seen(self.view, self._kept.rect()))

    def _turned(self) -> QTransform:
        """Image pixels -> the scene's."""
        image = self._session.image
        return self.looks.turn.transform(image.width, image.height) if image is not None else QTransform()

    def _scene(self) -> QRectF:
        """The image as it is turned, or where there is none the upright grid with a street around it."""
        image = self._session.image
        if image is not None:
            return self._turned().mapRect(QRectF(0, 0, image.width, image.height))
        if self._layers is None:
            return QRectF(0, 0, 1, 1)
        box, street = self._layers.extent().boundingRect(), max(self._layers.placed.grid.pitch) * 0.1
        return box.adjusted(-street, -street, street, street)

    def _tile_arrived(self, rect: QRectF) -> None:
        self._repaint(self.view.rect_to_screen(rect))
        self.sharpened.emit()

    def _repaint(self, rect: QRectF) -> None:
        """A border keeps lines on the edge whole."""
        window = QRect(QPoint(), self.view.size.toSize())
        self._dirty += QRegion(rect.toAlignedRect().adjusted(-3, -3, 3, 3).intersected(window))
        self.stale.emit()
