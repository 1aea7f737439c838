"""Counts the wafers of a large record beside the window, so that opening the station does not wait for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.lots import Lots

_AFTER_MS = 500  # the window and its first wafer come before


class LotCounts(QObject):
    """`changed` says that the lots have got counts which they lacked."""

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

    def stop(self) -> None:
        """Leave no thread behind."""
        self._timer.stop()
        self._background.stop()

    def _count(self) -> None:
        self._counting = True
        self._background.run("counts", self._record.counts)

    def _hear(self, _: object, counts: object) -> None:
        self._counting = False
        if isinstance(counts, dict):
            self._lots.take_counts(counts)
            self.changed.emit()
