"""Watches what really stands on the screen, so that nobody answers for a thumbnail that nobody could see."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence, Set

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.station.gallery.seen import SeenChips
from inspector.station.gallery.thumbnails import ThumbLook, Thumbnails
from inspector.wafer.grid import ChipId

_LOOK_MS = 60


class Sight(QObject):
    """`changed()`: more chips, or fewer, have been seen.

    A chip counts when its thumbnail was painted sharp, with its heat where heat is on, and has stood whole on the
    screen for a moment. whole_in_sight: the chips that stand whole on the screen, asked again and again.
    """

    changed = Signal()

    def __init__(
        self,
        parent: QObject,
        thumbnails: Thumbnails,
        whole_in_sight: Callable[[], Sequence[ChipId]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._whole_in_sight = whole_in_sight
        self._seen = SeenChips(clock)
        self._painted: set[ChipId] = set()
        self._look: ThumbLook | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look_again)

    @property
    def seen(self) -> Set[ChipId]:
        return self._seen.chips

    def painted(self, chips: Iterable[ChipId]) -> None:
        """These have just been painted, sharp or not."""
        self._painted.update(filter(self._thumbnails.is_complete, chips))

    def stayed(self, chips: Set[ChipId]) -> None:
        """Only these are still painted where they were; everything else was moved and is about to be painted anew."""
        self._painted &= chips
        self.look()

    def look_changed(self, look: ThumbLook) -> None:
        """Thumbnails are shown in another size, or with heat, from now on."""
        if look != self._look:
            self._look = look
            self._thumbnails.set_look(look)
            self._painted.clear()

    def look_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """What stands on the screen now, after a step of scrolling or a paint."""
        here = self._painted.intersection(self._whole_in_sight())
        self._painted = here
        if self._seen.show(here):
            self.changed.emit()

    def look_away(self) -> None:
        """Nothing is on the screen any more."""
        self._timer.stop()
        self._painted.clear()
        self._seen.show(())

    def forget(self, chips: Iterable[ChipId] | None) -> None:
        """These (None: all) show something else now."""
        gone = set(chips) if chips is not None else None
        self._seen.forget(gone)
        self._painted = self._painted - gone if gone is not None else set()
        self.changed.emit()

    def _look_again(self) -> None:
        self.look()
        if self._seen.waits:
            self._timer.start()
