"""The queue as a strip of small pictures: five chips back, the current one in the middle, five ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from inspector.station.chip.chip_crops import ChipCrops
from inspector.station.chip.chip_pointing import ChipPointing
from inspector.station.look.chip_look import ChipLook, Standing, chip_look, chip_sentence
from inspector.station.look.glyphs import badge
from inspector.station.look.roles import accent, canvas, quiet
from inspector.station.look.theme import hatch_brush
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

SIDES = 5
_KEPT_BYTES = 32 * 2**20
_THUMB = 256  # physical pixels: sharp on a screen with two pixels a point
_GAP = 8.0
_LOWEST, _HIGHEST = 100, 168  # logical pixels
_TEXT = 20.0
_END = 72  # logical pixels: width of the buttons at the ends


class _Cell(NamedTuple):
    chip: ChipId
    rect: QRectF


class Filmstrip(QWidget):
    """A click goes to the chip. Call `shutdown()` when the window closes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._session = session
        self._crops = ChipCrops(session, self, _KEPT_BYTES, _THUMB)
        self._cells: list[_Cell] = []
        self._under: ChipId | None = None
        self._back = self._end("filmstrip_back", -SIDES)
        self._ahead = self._end("filmstrip_ahead", SIDES)
        ChipPointing(self, session, self._chip_at)
        self._crops.arrived.connect(self._show_crop)
        session.wafer_opened.connect(self._arrange)
        session.current_changed.connect(self._arrange)
        session.queue_changed.connect(self._arrange)
        session.job_changed.connect(self._look_for_image)
        session.decided.connect(self._arrange)
        self._arrange()

    @property
    def is_settled(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return self._crops.is_idle

    def chips(self) -> list[ChipId]:
        """The chips that are shown, from left to right."""
        return [cell.chip for cell in self._cells]

    def rect_of(self, chip: ChipId) -> QRectF:
        """Where a chip is shown; empty where it is not."""
        return next((cell.rect for cell in self._cells if cell.chip == chip), QRectF())

    def shutdown(self) -> None:
        """Let no thread go on; what is shown stays."""
        self._crops.stop()

    def sizeHint(self) -> QSize:
        return QSize(11 * 88, _LOWEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * 88, _LOWEST)

    def _arrange(self) -> None:
        """Lay the queue out around the current chip; what does not fit is left out on both sides alike."""
        height = self.height() - 2 * _GAP
        side = max(32.0, height - _TEXT)
        sides = min(SIDES, max(0, int((self.width() - side) / 2 / (side + _GAP))))
        queue = self._session.queue()
        window = around(queue, self._session.current, sides)
        middle = self.width() / 2
        self._cells = [
            _Cell(chip, QRectF(middle - side / 2 + place * (side + _GAP), _GAP, side, height)) for place, chip in window
        ]
        self._show_ends(queue)
        current = self._session.current
        near_first = sorted(window, key=lambda entry: abs(entry[0]))
        self._crops.want([chip for _, chip in near_first])
        self.setAccessibleName(self.tr("Filmstrip of the queue"))
        self.setAccessibleDescription(chip_sentence(self._session, current) if current is not None else "")
        self.update()

    def _end(self, name: str, by: int) -> QToolButton:
        """A button at an end of the strip: five chips further."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.resize(_END, 48)
        button.clicked.connect(lambda: self._jump(by))
        button.hide()
        return button

    def _show_ends(self, queue: list[ChipId]) -> None:
        """How many chips of the queue lie beyond what is shown, where there is room to say so."""
        chips = self.chips()
        lies_in = bool(chips) and chips[0] in queue
        before = queue.index(chips[0]) if lies_in else 0
        after = len(queue) - before - len(chips) if lies_in else 0
        room = min((cell.rect.left() for cell in self._cells), default=0.0)
        for button, count, left, text, words in (
            (self._back, before, _GAP, f"‹ {before:,}", self.tr("{count} more before; five back")),
            (self._ahead, after, self.width() - _GAP - _END, f"{after:,} ›", self.tr("{count} more ahead; five on")),
        ):
            button.setText(text)
            button.setToolTip(words.format(count=f"{count:,}"))
            button.setAccessibleName(words.format(count=f"{count:,}"))
            button.move(round(left), (self.height() - button.height()) // 2)
            button.setVisible(count > 0 and room >= _END + 2 * _GAP)

    def _jump(self, by: int) -> None:
        queue, current = self._session.queue(), self._session.current
        if queue:
            place = queue.index(current) if current in queue else 0
            self._session.go_to(queue[min(max(place + by, 0), len(queue) - 1)])

    def _look_for_image(self) -> None:
        self._crops.want([cell.chip for cell in self._cells])

    def _show_crop(self, chip: ChipId) -> None:
        self.update(self.rect_of(chip).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        unit = self.devicePixelRatioF()
        for cell in self._cells:
            self._paint_cell(painter, cell, unit)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: _Cell, unit: float) -> None:
        look = chip_look(self._session, cell.chip)
        side = cell.rect.width()
        box = QRectF(cell.rect.left(), cell.rect.top(), side, side)
        is_current = cell.chip == self._session.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(box, canvas(self.palette()))
        self._paint_thumb(painter, cell.chip, box)
        self._paint_answer(painter, look, box, unit)
        if is_current or cell.chip == self._under:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = accent(self.palette()) if is_current else quiet(self.palette())
            painter.setPen(QPen(colour, 3 if is_current else 1, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(box.adjusted(-3, -3, 3, 3))
        role = self.palette().ColorRole.WindowText
        painter.setPen(self.palette().color(role) if is_current else quiet(self.palette()))
        text = QRectF(box.left() - _GAP / 2, box.bottom() + 4, side + _GAP, _TEXT - 4)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, f"{cell.chip.column} / {cell.chip.row}")

    def _paint_thumb(self, painter: QPainter, chip: ChipId, box: QRectF) -> None:
        picture = self._crops.get(chip)
        if picture is None:
            return
        size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(box.center() - QPointF(size.width(), size.height()) / 2, size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, picture)

    def _paint_answer(self, painter: QPainter, look: ChipLook, box: QRectF, unit: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.standing is Standing.NOT_JUDGED:
            painter.fillRect(box, hatch_brush(QColor(150, 150, 150, 110)))
            return
        join = Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(QColor(look.colour), 3, j=join))
        painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        if look.decided:
            painter.setPen(QPen(QColor("#ffffff"), 1.5, j=join))
            painter.drawRect(box.adjusted(4, 4, -4, -4))
        pixels = round(18 * unit)
        mark = badge(look.colour, look.glyph, pixels)
        if look.glyph:
            painter.drawImage(QRectF(box.left() + 6, box.top() + 6, pixels / unit, pixels / unit), mark)
        if look.decided:
            self._paint_tick(painter, QPointF(box.right() - 15, box.bottom() - 15))

    def _paint_tick(self, painter: QPainter, middle: QPointF) -> None:
        """A person has decided."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawEllipse(middle, 9, 9)
        painter.setPen(QPen(QColor("#ffffff"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([middle + QPointF(-4, 0.5), middle + QPointF(-1, 3.5), middle + QPointF(4.5, -3.5)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._chip_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wanted = min(max(_LOWEST, event.size().width() // 16), _HIGHEST)
        if wanted != self.maximumHeight():
            self.setFixedHeight(wanted)  # larger pictures on larger screens
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._arrange()
        super().changeEvent(event)

    def _point_at(self, chip: ChipId | None) -> None:
        if chip != self._under:
            self._under = chip
            self.setCursor(Qt.CursorShape.PointingHandCursor if chip is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    def _chip_at(self, point: QPointF) -> ChipId | None:
        return next((cell.chip for cell in self._cells if cell.rect.contains(point)), None)


def around(queue: list[ChipId], current: ChipId | None, sides: int) -> list[tuple[int, ChipId]]:
    """(place, chip) of the queue around the current chip, place 0 in the middle.

    A chip outside the queue stands alone in the middle; without a current chip the queue's start lies ahead.
    """
    if current is None:
        return list(enumerate(queue[:sides], start=1))
    if current not in queue:
        return [(0, current)]
    middle = queue.index(current)
    first = max(0, middle - sides)
    return [(n - middle, queue[n]) for n in range(first, min(len(queue), middle + sides + 1))]
