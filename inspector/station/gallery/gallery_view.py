"""The grid of thumbnails: it paints what is in sight only, and lets chips be chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from inspector.station.gallery.arrangement import Arrangement
from inspector.station.gallery.cell_painter import CellPainter, CellState
from inspector.station.gallery.choosing import Choosing
from inspector.station.gallery.heading import heading_tip, paint_heading
from inspector.station.gallery.keys import is_own_key
from inspector.station.gallery.layout import GAP, HEADING
from inspector.station.gallery.sections import Section
from inspector.station.gallery.selection import Selection
from inspector.station.gallery.sight import Sight
from inspector.station.gallery.thumbnails import ThumbLook, Thumbnails
from inspector.station.look import roles
from inspector.station.look.chip_look import ChipLook, chip_look, chip_sentence
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_FRAME = 6  # logical pixels around a square that its frames take


class GalleryView(QAbstractScrollArea):
    """`selection_changed()`, `opened(ChipId)` by a double click. Call `shutdown()` when the window closes.

    Nothing here decides. `sight` tells what has been seen.
    """

    selection_changed = Signal()
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery_view")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.chips = Arrangement()
        self.selection = Selection()
        self.thumbnails = Thumbnails(session, self)
        self.sight = Sight(self, self.thumbnails, self.whole_in_sight)
        self._session = session
        self._painter = CellPainter(self.thumbnails)
        self._looks: dict[ChipId, ChipLook] = {}
        self._message = ""
        self._any_defect = False
        self._choosing = Choosing(self)
        self.thumbnails.arrived.connect(self.repaint_chips)
        self.thumbnails.whole_arrived.connect(self.viewport().update)
        self._tell()

    @property
    def is_settled(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return self.thumbnails.is_idle

    @property
    def offset(self) -> int:
        """How far the gallery is scrolled."""
        return self.verticalScrollBar().value()

    @property
    def rows_in_sight(self) -> int:
        return max(1, self.viewport().height() // self.chips.layout.step)

    def rect_of(self, chip: ChipId) -> QRect:
        """Where a chip's square stands in the viewport now; empty where the gallery does not hold it."""
        rect = self.chips.rect(chip)
        return rect.translated(0, -self.offset) if rect.isValid() else rect

    def whole_in_sight(self) -> list[ChipId]:
        """The chips that stand whole in the part of the viewport that nothing covers."""
        seen = self.viewport().visibleRegion().boundingRect()
        if seen.isEmpty() or self.window().isMinimized():
            return []
        return self.chips.whole_in(seen.translated(0, self.offset))

    def show_sections(self, sections: Sequence[Section], message: str) -> None:
        """Show these; the place where the person looks is kept. message: what stands there when nothing else does."""
        kept = self._kept_place()
        self._message = message
        self.chips.show(sections)
        self.selection.set_order(self.chips.order)
        self._lay_out(kept)
        self._tell()

    def set_side(self, side: int) -> None:
        """Logical pixels of a thumbnail's square."""
        if side != self._painter.side:
            kept = self._kept_place()
            self._painter.side = side
            self._lay_out(kept)

    def set_heat(self, visible: bool, any_defect: bool, opacity: float) -> None:
        self._painter.heat, self._painter.opacity, self._any_defect = visible, opacity, any_defect
        self._want()
        self.viewport().update()

    def choose_in_sight(self) -> None:
        """Choose what stands whole on the screen, and nothing that would have to be scrolled to."""
        self.selection.add(self.whole_in_sight())
        self.selection_moved()

    def choose_only(self, chips: Iterable[ChipId]) -> None:
        self.selection.clear()
        self.selection.add(chips)
        self.selection_moved()

    def move_to(self, chip: ChipId) -> None:
        """Give a chip the keyboard and bring it in sight."""
        if self.selection.place(chip) is not None:
            self.selection.move_to(chip)
            self.reveal(chip)
            self.selection_moved()

    def reveal(self, chip: ChipId) -> None:
        """Scroll as little as brings a chip in sight, with room for a heading above it."""
        rect, bar, height = self.chips.rect(chip), self.verticalScrollBar(), self.viewport().height()
        if rect.top() - HEADING < bar.value():
            bar.setValue(rect.top() - HEADING)
        elif rect.bottom() + GAP > bar.value() + height:
            bar.setValue(rect.bottom() + GAP - height)

    def scroll_by(self, pixels: int) -> None:
        self.verticalScrollBar().setValue(self.offset + pixels)

    def selection_moved(self) -> None:
        """What is chosen, or what has the keyboard, changed."""
        self.viewport().update()
        self._tell()

    def answers_changed(self, chips: Iterable[ChipId]) -> None:
        """What stands on these is another answer now."""
        chips = tuple(chips)
        for chip in chips:
            self._looks.pop(chip, None)
        self.repaint_chips(chips)
        self._tell()

    def judged_anew(self, chips: Iterable[ChipId]) -> None:
        """The machine has answered on these: nobody has seen them with that answer."""
        chips = tuple(chips)
        self.thumbnails.forget_heat(chips)
        self.sight.forget(chips)
        self.answers_changed(chips)
        self._want()

    def forget_all(self) -> None:
        """Another wafer, or another person: nothing has been seen."""
        self._looks.clear()
        self.sight.forget(None)
        self.thumbnails.follow_session()

    def rest(self) -> None:
        """The gallery is left: what it has read takes no memory."""
        self.shutdown()
        self.thumbnails.forget()

    def shutdown(self) -> None:
        """Let no thread go on."""
        self.sight.look_away()
        self.thumbnails.stop()

    def repaint_chips(self, chips: Iterable[ChipId]) -> None:
        for rect in self.chips.repainted(chips, _FRAME):
            self.viewport().update(rect.translated(0, -self.offset))

    def _kept_place(self) -> tuple[ChipId, int] | None:
        """The first chip in sight and how far from the top it stands; None at the very top."""
        first = self.chips.chips_in(self.offset, self.offset + self.viewport().height())[:1]
        return (first[0], self.chips.rect(first[0]).top() - self.offset) if first and self.offset else None

    def _lay_out(self, kept: tuple[ChipId, int] | None) -> None:
        self._painter.unit = self.devicePixelRatioF()
        self.chips.fit(self.viewport().width(), self._painter.side)
        bar, height, layout = self.verticalScrollBar(), self.viewport().height(), self.chips.layout
        bar.setRange(0, max(0, layout.height - height))
        bar.setPageStep(max(1, height - layout.step))
        bar.setSingleStep(max(8, layout.step // 3))
        if kept is not None and self.chips.rect(kept[0]).isValid():
            bar.setValue(self.chips.rect(kept[0]).top() - kept[1])
        self.sight.nothing_painted()
        self._want()
        self.viewport().update()

    def _want(self) -> None:
        """Ask for what is in sight, then for a page below and one above."""
        longest = round(self._painter.side * self._painter.unit)
        self.sight.look_changed(ThumbLook(longest, self._painter.heat, self._any_defect))
        top, height = self.offset, self.viewport().height()
        if self.isVisible():
            ahead = self.chips.chips_in(top + height, top + 2 * height) + self.chips.chips_in(top - height, top)
            self.thumbnails.want(self.chips.chips_in(top, top + height), ahead)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), roles.canvas(self.palette()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset, area, layout = self.offset, event.rect(), self.chips.layout
        top, bottom = area.top() + offset - _FRAME, area.bottom() + offset + _FRAME
        for number, box in layout.headings(top, bottom):
            paint_heading(painter, box.translated(0, -offset), self.chips.sections[number], self._session)
        for place in layout.places_in(top, bottom):
            self._paint_place(painter, layout.rect(place), self.chips.order[place])
        if not self.chips.order:
            painter.setPen(roles.canvas_text(self.palette()))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(32, 32, -32, -32), flags, self._message)
        if self._choosing.band.is_drawn:
            self._choosing.band.paint(painter, offset, self.palette())
        painter.end()
        self.sight.look_soon()

    def _paint_place(self, painter: QPainter, rect: QRect, chip: ChipId) -> None:
        box = rect.translated(0, -self.offset)
        look = self._looks.get(chip)
        if look is None:
            look = self._looks[chip] = chip_look(self._session, chip)
        self._painter.paint(painter, box, chip, look)
        self.sight.painted(chip)
        band, under = self._choosing.band, chip == self._choosing.under
        chosen = chip in self.selection.chips or (band.is_drawn and rect.intersects(band.rect))
        focused = chip == self.selection.focus
        if chosen or focused or under:
            state = CellState(chosen, focused, self.hasFocus(), under)
            self._painter.paint_state(painter, box, state, self.palette())

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Moves what is painted and paints only what comes in."""
        if self._choosing.band.is_drawn:
            self.viewport().update()
        else:
            self.viewport().scroll(0, down)
        self.sight.look()
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self._kept_place())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_own_key(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lay_out(self._kept_place())
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos() + QPoint(0, self.offset)), self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._choosing.key(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        self._want()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.sight.look_away()
        super().hideEvent(event)

    def _tip(self, point: QPoint) -> str:
        """What a point of the whole gallery says on hover."""
        chip, section = self.chips.chip_at(point), self.chips.section_at(point)
        if chip is not None:
            return chip_sentence(self._session, chip)
        return heading_tip(self._session, section) if section is not None else ""

    def _tell(self) -> None:
        """What is read aloud: the chip with the keyboard, and how many are chosen."""
        focus = self.selection.focus
        self.setAccessibleName(self.tr("Gallery"))
        words = [chip_sentence(self._session, focus)] if focus is not None else []
        words.append(self.tr("{count} chosen").format(count=f"{len(self.selection.chips):,}"))
        self.setAccessibleDescription(", ".join(words))
        self.selection_changed.emit()
