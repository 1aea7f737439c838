"""The chip among its eight neighbours: real pixels with the streets between, each with its standing answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.imaging.chips_around import around_size, cut_around
from inspector.imaging.wafer_image import WaferImage
from inspector.station.chip.chip_pointing import ChipPointing
from inspector.station.look.chip_look import Standing, chip_look
from inspector.station.look.glyphs import badge
from inspector.station.look.roles import accent, canvas, canvas_text
from inspector.station.look.theme import hatch_brush
from inspector.station.map.tiles import to_qimage
from inspector.station.state.background import Background
from inspector.wafer.grid import ChipId, PlacedGrid

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_LONGEST = 1024  # px of the picture: beyond it a chip's own pixels are seen better in the crop
_BADGE = 18  # logical pixels


class Neighbourhood(QWidget):
    """Reads only while it can be seen; a click on a neighbour goes there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("neighbourhood")
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self._session = session
        self._picture: QImage | None = None
        self._shown: tuple[int, ChipId] | None = None
        self._turn = 0  # counts the wafers shown, so that a late picture of an earlier one is known
        self._image: WaferImage | None = None
        self._reading = 0
        self._background = Background(self, 1)
        ChipPointing(self, session, self._chip_at)
        self._background.done.connect(self._keep)
        session.wafer_opened.connect(self._open)
        session.current_changed.connect(self.read)
        session.decided.connect(self._renew)
        session.judgements_added.connect(self._renew)
        self._open()

    @property
    def is_settled(self) -> bool:
        """True where no picture is still to come."""
        return self._reading == 0

    @property
    def picture(self) -> QImage | None:
        return self._picture

    def shutdown(self) -> None:
        self._background.stop()
        self._reading = 0

    def read(self) -> None:
        """Fetch the picture around the current chip, if one can see it."""
        chip, image, placed = self._session.current, self._session.image, self._session.placed
        if image is not self._image:
            self._open()
            return
        self.update()
        wanted = (self._turn, chip) if chip is not None else None
        if wanted is None or wanted == self._shown or image is None or placed is None or not self.isVisible():
            return
        self._picture, self._shown = None, wanted
        self._reading += 1
        self._background.run(wanted, partial(_cut, image, placed, wanted[1]))

    def place_of(self, chip: ChipId) -> QRectF:
        """Where a neighbour, or the chip itself, lies on this widget, in logical pixels."""
        placed, current = self._session.placed, self._session.current
        if placed is None or current is None:
            return QRectF()
        grid, area = placed.grid, self._area()
        scale = area.width() / around_size(grid)[0]
        x = area.left() + (chip.column - current.column + 1) * grid.pitch[0] * scale
        y = area.top() + (chip.row - current.row + 1) * grid.pitch[1] * scale
        return QRectF(x, y, grid.chip[0] * scale, grid.chip[1] * scale)

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def fit_width(self, width: int) -> None:
        """As high as the picture is at this width, up to a square."""
        placed = self._session.placed
        across, down = around_size(placed.grid) if placed is not None else (1.0, 1.0)
        self.setFixedHeight(max(self.minimumWidth(), min(round(width * down / across), width)))

    def _area(self) -> QRectF:
        placed = self._session.placed
        across, down = around_size(placed.grid) if placed is not None else (1.0, 1.0)
        scale = min(self.width() / across, self.height() / down)
        area = QRectF(0, 0, across * scale, down * scale)
        area.moveCenter(QRectF(self.rect()).center())
        return area

    def _neighbours(self) -> list[ChipId]:
        placed, current = self._session.placed, self._session.current
        if placed is None or current is None:
            return []
        near = [ChipId(current.column + c, current.row + r) for r in (-1, 0, 1) for c in (-1, 0, 1)]
        grid = placed.grid
        inside = [n for n in near if 0 <= n.column < grid.columns and 0 <= n.row < grid.rows]
        return [n for n in inside if n not in grid.missing]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), canvas(self.palette()))
        if self._session.current is None:
            painter.setPen(canvas_text(self.palette()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No chip is chosen."))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._picture is not None:
                painter.drawImage(self._area(), self._picture)
            for chip in self._neighbours():
                self._paint_answer(painter, chip)
        painter.end()

    def _paint_answer(self, painter: QPainter, chip: ChipId) -> None:
        look, box = chip_look(self._session, chip), self.place_of(chip)
        join = Qt.PenJoinStyle.MiterJoin
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.standing is Standing.NOT_JUDGED:
            painter.fillRect(box, hatch_brush(QColor(150, 150, 150, 110)))
        else:
            painter.setPen(QPen(QColor(look.colour), 2, j=join))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
            if look.decided:
                painter.setPen(QPen(QColor("#ffffff"), 1, j=join))
                painter.drawRect(box.adjusted(3, 3, -3, -3))
        if look.glyph:
            pixels = round(_BADGE * self.devicePixelRatioF())
            painter.drawImage(
                QRectF(box.left() + 5, box.top() + 5, _BADGE, _BADGE), badge(look.colour, look.glyph, pixels)
            )
        if chip == self._session.current:
            painter.setPen(QPen(accent(self.palette()), 3, j=join))
            painter.drawRect(box.adjusted(-3, -3, 3, 3))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._chip_at(event.position())
        goes = over is not None and over != self._session.current
        self.setCursor(Qt.CursorShape.PointingHandCursor if goes else Qt.CursorShape.ArrowCursor)

    def showEvent(self, event: QShowEvent) -> None:
        self.read()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._shown = None
        super().hideEvent(event)

    def _chip_at(self, point: QPointF) -> ChipId | None:
        return next((chip for chip in self._neighbours() if self.place_of(chip).contains(point)), None)

    def _open(self) -> None:
        self._background.stop()
        self._reading = 0
        self._turn += 1
        self._picture, self._shown, self._image = None, None, self._session.image
        self.setAccessibleName(self.tr("The chip among its neighbours"))
        self.updateGeometry()
        self.read()

    def _renew(self, chips: tuple[ChipId, ...]) -> None:
        if not self.isVisible():
            return
        near = self._neighbours()
        if any(chip in near for chip in chips):
            self.update()

    def _keep(self, token: tuple[int, ChipId], value: object) -> None:
        if token[0] == self._turn and self._reading:
            self._reading -= 1
        if token == self._shown and isinstance(value, QImage):
            self._picture = value
            self.update()


def _cut(image: WaferImage, placed: PlacedGrid, chip: ChipId) -> QImage:
    return to_qimage(cut_around(image, placed, chip, _LONGEST))
