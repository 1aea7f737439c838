"""What the person at the station has narrowed the queues to, and in which order; remembered for each person."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.settings import StationSettings
from inspector.wafer.chip_query import Query, QueryWords, Term, parse
from inspector.wafer.errors import QueryError


class Filters(QObject):
    """Says `changed` after each change; the session then sorts the queue anew."""

    changed = Signal()

    def __init__(self, settings: StationSettings, parent: QObject) -> None:
        super().__init__(parent)
        self.query = Query()
        self.order = QueueOrder.OWN
        self._settings = settings
        self._person: str | None = None

    def recall(self, person: str, words: QueryWords) -> None:
        """Take up what this person left, once; terms that the open wafer's recipe does not know are dropped."""
        if person == self._person:
            return
        self._person = person
        text, order = self._settings.filters(person)
        self.query = Query()
        try:
            self.query = parse(text, words)
        except QueryError:
            self._keep()
        self.order = QueueOrder(order) if order in tuple(QueueOrder) else QueueOrder.OWN

    def take(self, query: Query) -> None:
        """Narrow to this and nothing else."""
        if query != self.query:
            self.query = query
            self._keep()
            self.changed.emit()

    def drop(self, term: Term) -> None:
        self.take(self.query.without(term))

    def clear(self) -> None:
        """Every chip again; the order stays."""
        self.take(Query())

    def sort_by(self, order: QueueOrder) -> None:
        """Said even where the order is the same: similarity starts from the chip that is looked at now."""
        self.order = order
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        if self._person is not None:
            self._settings.keep_filters(self._person, self.query.text, self.order)
