"""One chip of any wafer by itself: its pixels and nothing that anybody, or the machine, has said about it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from inspector.records.record import Record
from inspector.station.chip.chip_canvas import ChipCanvas
from inspector.station.people.chip_reader import ChipReader, Place

_DWELL_S = 0.150  # shorter than any look: a key so soon was meant for the chip before


class LoneChip(ChipCanvas):
    """Shows a place; `is_ready` once its pixels have been on the screen long enough to be looked at."""

    def __init__(
        self, record: Record, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._place: Place | None = None
        self._seen_at: float | None = None
        self._reader = ChipReader(record, self)
        self._reader.arrived.connect(self._show_arrived)
        self.painted.connect(self._see)

    @property
    def is_ready(self) -> bool:
        return self._seen_at is not None and self._clock() - self._seen_at >= _DWELL_S

    @property
    def ms_seen(self) -> int | None:
        """Milliseconds since the chip was painted; None before."""
        return None if self._seen_at is None else round((self._clock() - self._seen_at) * 1000)

    def show_place(self, place: Place | None, *following: Place) -> None:
        """Show a chip, None: nothing; those that follow are read already."""
        if place != self._place:
            self._place = place
            self._seen_at = None
            self.show_chip(None, None, "")  # the same chip of another wafer is another picture
        if place is not None:
            self._reader.want(place, *following)
            self._show_arrived(place)

    def show_wait(self) -> None:
        """Which chip comes is known; what is said about it is read first."""
        self.show_place(None)
        self.show_chip(None, None, self.tr("The chip is being read …"))

    def shutdown(self) -> None:
        self._reader.stop()

    def _show_arrived(self, place: Place) -> None:
        if place == self._place and self.picture is None:
            picture = self._reader.picture(place)
            waiting = self._reader.problem(place) or self.tr("The chip is being read …")
            self.show_chip(place[1], picture, "" if picture is not None else waiting)

    def _see(self) -> None:
        if self._place is not None and self._seen_at is None:
            self._seen_at = self._clock()
