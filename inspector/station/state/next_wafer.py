"""Finds the wafer on which work goes on, beside the window where wafers have to be read for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import QObject, Signal

from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.lot_tables import LotTables, read_table
from inspector.wafer.chip_table import ChipTable
from inspector.wafer.grid import WaferKey

Wants = Callable[[ChipTable], bool]
_Read = dict[WaferKey, ChipTable]


class NextWafer(QObject):
    """`found` names the first wafer of the line that is wanted, or None; one search at a time."""

    found = Signal(object)

    def __init__(self, record: Record, tables: LotTables, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._tables = tables
        self._left = Event()  # of the search under way
        self._background = Background(self, threads=1)
        self._background.done.connect(self._hear)

    def look(self, keys: Sequence[WaferKey], wants: Wants) -> None:
        """Go along the line; at once as far as its wafers are known, in a thread from there on."""
        self.forget()
        for place, key in enumerate(keys):
            table = self._tables.known(key)
            if table is None:
                left = self._left
                self._background.run(left, lambda: _first(self._record, keys[place:], wants, left))  # noqa: B023 (returns)
                return
            if wants(table):
                self.found.emit(key)
                return
        self.found.emit(None)

    def forget(self) -> None:
        """Nobody waits for the search under way any more."""
        self._left.set()
        self._left = Event()

    def stop(self) -> None:
        """Leave no thread behind."""
        self.forget()
        self._background.stop()

    def _hear(self, left: object, answer: object) -> None:
        if left is not self._left or not isinstance(answer, tuple):
            return
        key, read = answer
        for other, table in read.items():
            self._tables.put(other, table)
        self.found.emit(key)


def _first(record: Record, keys: Sequence[WaferKey], wants: Wants, left: Event) -> tuple[WaferKey | None, _Read]:
    """The first wafer that is wanted, and what was read on the way."""
    read: _Read = {}
    for key in keys:
        table = None if left.is_set() else read_table(record, key)
        if table is not None:
            read[key] = table
            if wants(table):
                return key, read
    return None, read
