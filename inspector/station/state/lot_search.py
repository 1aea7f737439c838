"""The search line held against the wafers of a lot: how many chips of each fit it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.lot_tables import LotTables, read_table
from inspector.station.state.pulse import Pulse
from inspector.wafer.chip_query import Query
from inspector.wafer.chip_table import ChipTable
from inspector.wafer.grid import WaferKey


class LotSearch(QObject):
    """Counts at once where the chips are known, and as their wafers are read, beside the window, elsewhere."""

    changed = Signal()

    def __init__(self, record: Record, tables: LotTables, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._tables = tables
        self._query = Query()
        self._wanted: list[WaferKey] = []
        self._reading: WaferKey | None = None
        self._counts: dict[WaferKey, int] = {}
        self._background = Background(self, threads=1)
        self._background.done.connect(self._hear)
        self._pulse = Pulse(self)
        self._pulse.beat.connect(self.changed)

    def ask(self, query: Query, keys: Sequence[WaferKey]) -> None:
        """Count on these wafers, in this order; an empty search counts nothing."""
        self._query, self._counts = query.of_chips, {}
        self._wanted = []
        for key in keys if self._query.terms else ():
            table = self._tables.known(key)
            if table is not None:
                self._count(key, table)
            else:
                self._wanted.append(key)
        self._read_next()

    def read_ahead(self, keys: Sequence[WaferKey]) -> None:
        """These wafers will be asked for soon."""
        self._wanted += [key for key in keys if key not in self._wanted and self._tables.known(key) is None]
        self._read_next()

    def found(self, key: WaferKey) -> int | None:
        """How many chips of the wafer fit; None where that is not known, or not yet."""
        return self._counts.get(key)

    def stop(self) -> None:
        """Leave no thread behind."""
        self._wanted = []
        self._background.stop()

    def _read_next(self) -> None:
        if self._reading is None and self._wanted:
            self._reading = self._wanted.pop(0)
            self._background.run(self._reading, partial(read_table, self._record, self._reading))

    def _hear(self, key: object, table: object) -> None:
        assert isinstance(key, WaferKey), "only wafers are read"
        self._reading = None
        if isinstance(table, ChipTable):
            self._tables.put(key, table)
            if self._query.terms:
                self._count(key, table)
                self._pulse.ask()
        self._read_next()

    def _count(self, key: WaferKey, table: ChipTable) -> None:
        self._counts[key] = int(table.matches(self._query, time.time()).sum())
