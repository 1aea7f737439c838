"""Counts wafers beside the window: those of a large record once it is open, and those that are judged meanwhile."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.records.record import Record, WaferCounts
from inspector.station.state.background import Background
from inspector.station.state.lots import Lots, WaferSummary
from inspector.wafer.grid import WaferKey

_AFTER_MS = 500  # the window and its first wafer come before


class LotCounts(QObject):
    """`changed` says that the lots have got counts which they lacked, or newer ones."""

    changed = Signal()

    def __init__(self, record: Record, lots: Lots, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._lots = lots
        self._counting = False
        self._background = Background(self, threads=1)
        self._background.done.connect(self._hear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._count)

    def begin(self) -> None:
        """Count what the lots lack, if anything, once the window is there."""
        if not self._timer.isActive() and not self._counting and not self._lots.is_counted:
            self._timer.start()

    def recount(self, key: WaferKey) -> None:
        """Count one wafer anew: what was judged on it is on disk, and it is not the one that is open."""
        self._background.run((key, self._lots.summary(key)), partial(self._record.count, key))

    def stop(self) -> None:
        """Leave no thread behind."""
        self._timer.stop()
        self._background.stop()

    def _count(self) -> None:
        self._counting = True
        self._background.run("counts", self._record.counts)

    def _hear(self, asked: object, counts: object) -> None:
        if isinstance(asked, tuple):
            if isinstance(counts, WaferCounts):
                key, before = asked
                self._take(key, before, counts)
            return
        self._counting = False
        if isinstance(counts, dict):
            self._lots.take_counts(counts)
            self.changed.emit()

    def _take(self, key: WaferKey, before: WaferSummary | None, counts: WaferCounts) -> None:
        """before: what was known when this was asked for; where more has become known, it is counted again."""
        if self._lots.summary(key) is before:
            self._lots.update(key, *counts)
            self.changed.emit()
        else:
            self.recount(key)
