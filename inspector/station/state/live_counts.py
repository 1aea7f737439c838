"""How far the open wafer is and what it yields, followed chip by chip so that no decision waits for a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from inspector.exchange.figures.rates import Yield
from inspector.station.state.queues import is_decided
from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId


class _Chip(NamedTuple):
    """asked: it wants eyes or wanted them. judged, standing: True good, False a defect, None without a class."""

    asked: bool
    decided: bool
    judged: bool | None
    standing: bool | None


class LiveCounts(QObject):
    """asked: chips of the open wafer that want eyes or wanted them; decided: those of them that a person decided."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._chips: dict[ChipId, _Chip] = {}
        self._counts: Counter[_Chip] = Counter()
        self._is_good: dict[str | None, bool] = {}
        session.wafer_opened.connect(self._count_all)
        session.judgements_added.connect(self._count)
        session.decided.connect(self._count)
        self._count_all()

    @property
    def asked(self) -> int:
        return sum(n for chip, n in self._counts.items() if chip.asked)

    @property
    def decided(self) -> int:
        return sum(n for chip, n in self._counts.items() if chip.asked and chip.decided)

    @property
    def yields(self) -> tuple[Yield, Yield]:
        """By the machine's judgements alone, and by the standing answers."""
        judged: Counter[bool | None] = Counter()
        standing: Counter[bool | None] = Counter()
        for chip, n in self._counts.items():
            judged[chip.judged] += n
            standing[chip.standing] += n
        return _yield(judged), _yield(standing)

    def _count_all(self) -> None:
        self._chips.clear()
        self._counts.clear()
        self._is_good = {c.name: c.is_good for c in self._session.classes or ()}
        self._count(self._session.chips())

    def _count(self, chips: Iterable[ChipId]) -> None:
        for chip in chips:
            before, now = self._chips.get(chip), self._look(chip)
            if before is not None:
                self._counts[before] -= 1
            self._counts[now] += 1
            self._chips[chip] = now
        self.changed.emit()

    def _look(self, chip: ChipId) -> _Chip:
        session = self._session
        judgement, standing = session.judgement(chip), session.standing(chip)
        judged = judgement.class_name if judgement is not None else None
        asked = session.asked(chip) is not None
        good = self._is_good.get
        return _Chip(asked, is_decided(standing), good(judged), good(standing.class_name))


def _yield(counts: Counter[bool | None]) -> Yield:
    return Yield(counts[True], counts[False], counts[None])
