"""What mouse and keys do to the thumbnails: choose them, move the keyboard's place, open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from inspector.station.gallery.keys import extends, is_toggle, move_of
from inspector.station.gallery.rubber_band import RubberBand
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.gallery.gallery_view import GalleryView

_LEFT = Qt.MouseButton.LeftButton


class Choosing(QObject):
    """A click toggles, with Shift it extends; a drag draws a frame; a double click opens."""

    def __init__(self, view: GalleryView) -> None:
        super().__init__(view)
        self._view = view
        self.band = RubberBand(self, view.scroll_by)
        self.band.changed.connect(view.viewport().update)
        self.under: ChipId | None = None
        view.viewport().installEventFilter(self)
        self._toggled: ChipId | None = None  # by the click that a double click begins with

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the mouse does over the thumbnails ends here."""
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        answers = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double_click,
        }
        if event.type() not in answers or not isinstance(event, QMouseEvent):
            return False
        answers[event.type()](event)
        return True

    def _press(self, event: QMouseEvent) -> None:
        if event.button() == _LEFT:
            self.band.begin(self._whole(event))

    def _move(self, event: QMouseEvent) -> None:
        if event.buttons() & _LEFT:
            y, height = event.position().toPoint().y(), self._view.viewport().height()
            self.band.drag(self._whole(event), min(y, 0) + max(y - height, 0))
        else:
            self._point_at(self._chip_at(event))

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            return
        frame = self.band.end()
        self._toggled = None
        chip = self._chip_at(event)
        selection = self._view.selection
        if frame.isValid():
            selection.add(self._view.chips.under(frame))
        elif chip is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            selection.extend_to(chip)
        elif chip is not None:
            selection.toggle(chip)
            self._toggled = chip
        self._view.selection_moved()

    def _double_click(self, event: QMouseEvent) -> None:
        """Open a chip; the click before had only meant to."""
        chip = self._chip_at(event)
        if chip is None or event.button() != _LEFT:
            return
        if chip == self._toggled:
            self._view.selection.toggle(chip)
            self._view.selection_moved()
        self._view.opened.emit(chip)

    def key(self, event: QKeyEvent) -> bool:
        """True where the key was one of those that look around and choose."""
        view, selection, move = self._view, self._view.selection, move_of(event)
        if move is not None and view.chips.order:
            page = max(1, view.viewport().height() // view.chips.layout.step)
            rows = move.down + move.pages * page
            chip = self._first_in_sight() if selection.focus is None else None
            chip = chip or view.chips.after(selection.focus, move.across, rows, move.to)
            if extends(event):
                selection.extend_to(chip)
            else:
                selection.move_to(chip)
            view.reveal(chip)
        elif is_toggle(event):
            if selection.focus is not None and not event.isAutoRepeat():
                selection.toggle(selection.focus)
        else:
            return False
        view.selection_moved()
        return True

    def _point_at(self, chip: ChipId | None) -> None:
        if chip != self.under:
            before, self.under = self.under, chip
            self._view.repaint_chips([c for c in (before, chip) if c is not None])

    def _first_in_sight(self) -> ChipId | None:
        return next(iter(self._view.whole_in_sight()), None)

    def _chip_at(self, event: QMouseEvent) -> ChipId | None:
        return self._view.chips.chip_at(self._whole(event))

    def _whole(self, event: QMouseEvent) -> QPoint:
        """The point in the whole gallery."""
        return event.position().toPoint() + QPoint(0, self._view.offset)
