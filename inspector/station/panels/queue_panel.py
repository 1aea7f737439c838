"""The queues with their counts: what wants eyes first, what has been decided, everything."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector.station.panels.rows import Row, RowList
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.station.state.words import queue_meaning, queue_title


class QueuePanel(QWidget):
    """Chooses the queue; its numbers follow every decision and every batch."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._list = RowList("queues", self)
        self._list.setAccessibleName(self.tr("Queues"))
        self._list.chosen.connect(session.choose_queue)
        heading = QLabel(self.tr("Queues"), self)
        heading.setObjectName("queues_heading")
        heading.setContentsMargins(10, 8, 0, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(self._list)
        session.queue_changed.connect(self._show_counts)
        session.wafer_opened.connect(self._show_counts)
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self._session.counts()
        rows = [Row(queue_title(name), f"{counts[name]:,}", name, queue_meaning(name)) for name in QueueName]
        self._list.show_rows(rows, self._session.queue_name if self._session.key else None)
        self._list.setFixedHeight(self._list.height_of_rows())
