"""Looking around: which wafer is open, which queue, which chip; nothing here changes any data."""

from __future__ import annotations

from PySide6.QtCore import QObject

from inspector.records.record import Record
from inspector.station.state.known import Known
from inspector.station.state.look_settings import ClassColours
from inspector.station.state.next_wafer import NextWafer
from inspector.station.state.open_wafer import OpenWafer
from inspector.station.state.queues import NEXT_WAFER_QUEUES, QueueName, holds_chips
from inspector.station.state.settings import StationSettings
from inspector.wafer.grid import ChipId, WaferKey


class Looking(Known):
    """Moves between wafers, queues and chips."""

    def __init__(self, record: Record, settings: StationSettings, parent: QObject | None = None) -> None:
        super().__init__(record, settings, parent)
        self._next = NextWafer(record, self._tables, self)
        self._next.found.connect(self._take_next)
        self.current_changed.connect(self._next.forget)
        self.wafer_opened.connect(self._next.forget)
        self.filters.changed.connect(self._filter)
        self.operator_changed.connect(self._take_person)

    def set_operator(self, name: str) -> None:
        self.settings.operator = name
        self.operator_changed.emit(self.operator)

    def show_wafer(self, key: WaferKey, queue: QueueName = QueueName.REVIEW) -> None:
        """Open a wafer of the record with a queue; the chip to look at first is the first of that queue."""
        heads, entry = self.record.work.heads(), self.record.wafer(key)
        if entry is None:
            text = self.tr("Wafer {wafer} of lot {lot} is not in the record.")
            self.failed.emit(text.format(wafer=key.wafer, lot=key.lot))
            return
        if self._lots.summary(key) is None:
            self._lots.refresh()  # another program has added it
            self._lot_counts.begin()
            self.wafers_changed.emit()
        before, self._open = self._open, OpenWafer(self.record, entry, heads)
        self._open.use_colours(self.settings.looks.class_colours)
        if before is not None:
            self._tables.put(before.entry.key, before.table)
        self._tables.forget(key)
        self.filters.recall(self.operator, self.query_words())
        self._queue.choose(queue, self.filters.order)
        self._sort_queue()
        first = self._queue.chips or (self._open.chips if self._open.recipe.is_whole else [])
        self.current = first[0] if first else None
        self.settings.keep_wafer(self.record.url, key)
        self._search_lots()
        self.wafer_opened.emit(key)
        if before is not None:
            before.close()
        self.queue_changed.emit()
        self.current_changed.emit(self.current)
        if self._open.image is None:
            self.failed.emit(self._open.image_problem)

    def use_class_colours(self, colours: ClassColours) -> None:
        """Remember which colours classes have; whoever shows them is built anew."""
        self.settings.looks.class_colours = colours
        if self._open is not None:
            self._open.use_colours(colours)

    def choose_queue(self, name: QueueName | str) -> None:
        """Show another queue; the current chip stays where the queue holds it."""
        self._queue.choose(QueueName(name), self.filters.order, self.current)
        self._show_queue()

    def _take_person(self) -> None:
        """Somebody else works here now, with filters of their own."""
        if self._open is not None:
            current = self.current
            self.filters.recall(self.operator, self.query_words())
            self._filter()
            self.go_to(current)  # who takes over sees the same chip

    def _filter(self) -> None:
        """The search line or the order has changed."""
        self._queue.choose(self._queue.name, self.filters.order, self.current)
        self._show_queue()
        self._search_lots()
        self.wafers_changed.emit()

    def _search_lots(self) -> None:
        """Count on the wafers that `lot:` and `wafer:` name, else on those of the open lot."""
        query = self.filters.query
        named = [w.key for _, wafers in self.found_lots() for w in wafers if query.of_wafers or self._is_near(w.key)]
        self._search.ask(query, [key for key in named if key != self.key])

    def read_lot_ahead(self) -> None:
        """The other wafers of the lot will soon be searched, or gone on to."""
        if self.key is not None:
            self._search.read_ahead(self._lots.after(self.key, whole_list=False))

    def _is_near(self, key: WaferKey) -> bool:
        return self.key is not None and key.lot == self.key.lot

    def _show_queue(self) -> None:
        self._next.forget()
        self._sort_queue()
        self.queue_changed.emit()
        if self._open is not None and self.current not in self._queue:
            self._look_at(self._queue.chips[0] if self._queue.chips else None)

    def go_to(self, chip: ChipId | None) -> None:
        """Look at a chip, whether it is in the queue or not; None and a chip of another wafer change nothing."""
        if self._open is not None and chip in self._open.chip_set:
            self._look_at(chip)

    def step(self, by: int) -> None:
        """Look at the next chip of the queue, or the one before; changes no data."""
        chips = self._queue.chips
        place = self._queue.place(self.current) if self.current else None
        if place is not None:
            self._look_at(chips[min(max(place + by, 0), len(chips) - 1)])
        elif chips:
            self._look_at(chips[0])

    def step_wafer(self, by: int) -> None:
        """Open the next wafer of the list, or the one before; changes no data."""
        key = self._lots.neighbour(self.key, by) if self.key is not None else None
        if key is not None:
            self.show_wafer(key)

    def _go_to_next_wafer(self) -> None:
        """The queue is done here: open the next wafer of the lot on which it still offers chips, if there is one.

        Of all lots where each image is one part, and of the wafers that the search line names where it names any.
        """
        name, asker, query = self._queue.name, self._asker(), self.filters.query
        keys: list[WaferKey] = []
        if self.key is not None and self.recipe is not None and self.settings.goes_on and name in NEXT_WAFER_QUEUES:
            line = self._lots.after(self.key, whole_list=self.recipe.is_whole or bool(query.of_wafers))
            keys = [key for key in line if query.fits_wafer(key)]
        self._next.look(keys, lambda table: holds_chips(name, table, asker))

    def _take_next(self, key: WaferKey | None) -> None:
        if key is None or self.key is None:
            self.said.emit(self.tr("That was the last chip of this queue."))
            return
        left = self.key
        self.show_wafer(key, self._queue.name)
        text = self.tr("Wafer {before} is done in this queue; wafer {wafer} is open now.")
        self.said.emit(text.format(before=left.wafer, wafer=key.wafer))

    def _look_at(self, chip: ChipId | None) -> None:
        if chip != self.current:
            self.current = chip
            self.current_changed.emit(chip)

    def _sort_queue(self) -> None:
        if self._open is not None:
            self._queue.sort(self._open.table, self._asker())
            self._lots.update(self._open.entry.key, self._open.judged_count, self._open.decided_count)
