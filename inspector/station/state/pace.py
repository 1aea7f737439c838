"""How fast the person at the station decides, from the record and from every decision since."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from inspector.station.state.background import Background
from inspector.station.state.session import Session
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId
from inspector.wafer.review_pace import seconds_per_decision

_NEWEST = 200  # decisions of a person that the pace looks back on


class Pace(QObject):
    """seconds: the median between two decisions of the present person; None while too few are known."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._moments: deque[datetime] = deque(maxlen=_NEWEST)
        self.seconds: float | None = None
        self._background = Background(self, 1)
        self._background.done.connect(self._take)
        session.operator_changed.connect(self._read)
        session.decided.connect(self._add)
        self._read()

    def shutdown(self) -> None:
        self._background.stop()

    def _read(self) -> None:
        operator, counting = self._session.operator, self._session.record.counting
        self._moments.clear()
        self._tell()
        self._background.run(operator, lambda: counting.moments(operator, _NEWEST))

    def _take(self, operator: str, moments: object) -> None:
        """What the record holds, and what was decided while it was read; without it, the pace begins with now."""
        if operator == self._session.operator and isinstance(moments, list):
            self._moments = deque(sorted({*moments, *self._moments}), maxlen=_NEWEST)
            self._tell()

    def _add(self, chips: Iterable[ChipId]) -> None:
        """The newest decision on any of these chips; a batch is one moment."""
        logs = (self._session.log(chip) for chip in chips)
        newest = max((log[-1] for log in logs if log), key=lambda decision: decision.seq, default=None)
        if newest is None or newest.kind is DecisionKind.WITHDRAW or newest.new.operator != self._session.operator:
            return
        if newest.time not in self._moments:
            self._moments.append(newest.time)
        self._tell()

    def _tell(self) -> None:
        self.seconds = seconds_per_decision(self._moments)
        self.changed.emit()
