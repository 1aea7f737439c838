"""The grid of thumbnails: it paints what is in sight only, and lets chips be chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from inspector.station.gallery.arrangement import Arrangement
from inspector.station.gallery.cell_painter import CellPainter, CellState
from inspector.station.gallery.choosing import Choosing
from inspector.station.gallery.heading import paint_heading
from inspector.station.gallery.keys import is_own_key
from inspector.station.gallery.layout import GAP, HEADING
from inspector.station.gallery.sections import Section
from inspector.station.gallery.selection import Selection
from inspector.station.gallery.sight import Sight
from inspector.station.gallery.thumbnails import ThumbLook, Thumbnails
from inspector.station.gallery.tips import spoken, tip_at
from inspector.station.look import roles
from inspector.station.look.chip_look import chip_look
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
        self._marks: dict[ChipId, QPixmap] = {}  # what is drawn over each chip seen so far, at the size of now
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

    def show_sections(self, sections: Sequence[Section], message: str, *, from_top: bool = False) -> None:
        """Show these, where the person looks or from the top. message: what stands there when nothing else does."""
        before = self._in_sight()
        self._message = message
        self.chips.show(sections)
        self.selection.set_order(self.chips.order, self.chips.places)
        self._lay_out(before, from_top=from_top)
        self._tell()

    def set_side(self, side: int) -> None:
        """Logical pixels of a thumbnail's square."""
        if side != self._painter.side:
            before = self._in_sight()
            self._painter.side = side
            self._lay_out(before)

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
            self._marks.pop(chip, None)
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
        self._marks.clear()
        self.sight.forget(None)
        self.thumbnails.follow_session()

    def rest(self) -> None:
        """The gallery is left: what it has read takes no memory."""
        self.sight.look_away()
        self.thumbnails.forget()

    def shutdown(self) -> None:
        """Let no thread go on."""
        self.sight.look_away()
        self.thumbnails.stop()

    def repaint_chips(self, chips: Iterable[ChipId]) -> None:
        for rect in self.chips.repainted(chips, _FRAME):
            self.viewport().update(rect.translated(0, -self.offset))

    def _in_sight(self) -> dict[ChipId, QRect]:
        """Where each chip of which any part is in sight stands in the viewport, the first one first."""
        chips = self.chips.chips_in(self.offset, self.offset + self.viewport().height())
        return {chip: self.rect_of(chip) for chip in chips}

    def _lay_out(self, before: Mapping[ChipId, QRect], *, from_top: bool = False) -> None:
        """The first chip that was in sight before stays where it stood, unless that was the very top."""
        self._painter.unit = self.devicePixelRatioF()
        self._marks.clear()
        was_top = from_top or self.offset == 0
        self.chips.fit(self.viewport().width(), self._painter.side)
        bar, height, layout = self.verticalScrollBar(), self.viewport().height(), self.chips.layout
        bar.setRange(0, max(0, layout.height - height))
        bar.setPageStep(max(1, height - layout.step))
        bar.setSingleStep(max(8, layout.step // 3))
        first = next((chip for chip in before if self.chips.rect(chip).isValid()), None)
        if was_top:
            bar.setValue(0)
        elif first is not None:
            bar.setValue(self.chips.rect(first).top() - before[first].top())
        self.sight.stayed({chip for chip, rect in before.items() if self.rect_of(chip) == rect})
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
        painted = []
        for place, x, y in layout.squares_in(top, bottom):
            chip = self.chips.order[place]
            self._painter.paint(painter, x, y - offset, chip, self._marks.get(chip) or self._mark(chip))
            painted.append(chip)
        self._paint_states(painter, painted)
        if not self.chips.order:
            painter.setPen(roles.canvas_text(self.palette()))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(32, 32, -32, -32), flags, self._message)
        if self._choosing.band.is_drawn:
            self._choosing.band.paint(painter, offset, self.palette())
        painter.end()
        self.sight.painted(painted)
        self.sight.look_soon()

    def _mark(self, chip: ChipId) -> QPixmap:
        found = self._marks[chip] = self._painter.mark(chip_look(self._session, chip))
        return found

    def _paint_states(self, painter: QPainter, painted: Sequence[ChipId]) -> None:
        """The frames of those that are chosen, under the pointer or have the keyboard."""
        band, focus, under = self._choosing.band, self.selection.focus, self._choosing.under
        banded = self.chips.under(band.rect) if band.is_drawn else ()
        chosen = self.selection.chips.union(banded)
        for chip in painted:
            if chip in chosen or chip in (focus, under):
                state = CellState(chip in chosen, chip == focus, self.hasFocus(), chip == under)
                self._painter.paint_state(painter, self.rect_of(chip), state, self.palette())

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Moves what is painted and paints only what comes in."""
        if self._choosing.band.is_drawn:
            self.viewport().update()
        else:
            self.viewport().scroll(0, down)
        self.sight.look()
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self._in_sight())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_own_key(event):
            event.accept()
            return True
        done = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lay_out(self._in_sight())
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        elif event.type() == QEvent.Type.Show:
            self._want()
        elif event.type() == QEvent.Type.Hide:
            self.sight.look_away()
        return done

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = tip_at(self._session, self.chips, event.pos() + QPoint(0, self.offset))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._choosing.key(event):
            event.ignore()

    def _tell(self) -> None:
        """What is read aloud: the chip with the keyboard, and how many are chosen."""
        self.setAccessibleName(self.tr("Gallery"))
        self.setAccessibleDescription(spoken(self._session, self.selection.focus, len(self.selection.chips)))
        self.selection_changed.emit()
