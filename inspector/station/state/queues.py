"""The queues of a wafer: which chips each holds, in which order, and how many are still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from inspector.station.state.queue_order import QueueOrder, class_order, similarity_ranks, uncertainty, wafer_order
from inspector.wafer.chip_query import ALL, ChipState, Query
from inspector.wafer.chip_table import ChipTable, Rows
from inspector.wafer.decision import AnswerState, StandingAnswer
from inspector.wafer.grid import ChipId


class QueueName(StrEnum):
    """The queues in the order in which the station shows them."""

    REVIEW = "review"
    DEFECTS = "defects"
    BORDERLINE = "borderline"
    NOVEL = "novel"
    UNDECIDED = "undecided"
    AUDIT = "audit"
    SECOND_REVIEW = "second_review"
    DISPUTED = "disputed"
    RETURNED = "returned"
    UNSURE = "unsure"
    DECIDED = "decided"
    EVERYTHING = "everything"


ASKED = ChipState.UNDECIDED | ChipState.DEFECT | ChipState.BORDERLINE | ChipState.NOVEL
OPEN_QUEUES = {
    QueueName.REVIEW: ASKED,
    QueueName.DEFECTS: ChipState.DEFECT,
    QueueName.BORDERLINE: ChipState.BORDERLINE,
    QueueName.NOVEL: ChipState.NOVEL,
    QueueName.UNDECIDED: ChipState.UNDECIDED,
    QueueName.AUDIT: ChipState.AUDIT,
}
_STATE_QUEUES = {
    QueueName.SECOND_REVIEW: ChipState.SECOND,
    QueueName.DISPUTED: ChipState.DISPUTED,
    QueueName.RETURNED: ChipState.RETURNED,
    QueueName.UNSURE: ChipState.UNSURE,
    QueueName.DECIDED: ChipState.DECIDED,
}
NEXT_WAFER_QUEUES = frozenset(QueueName) - {QueueName.DECIDED, QueueName.EVERYTHING}  # those that can be done with
BETWEEN_PEOPLE = (QueueName.SECOND_REVIEW, QueueName.DISPUTED, QueueName.RETURNED)


@dataclass(frozen=True)
class Asker:
    """Who looks and what for. operator: their own decisions are not theirs to review. now: seconds since 1970."""

    operator: str = ""
    query: Query = ALL
    now: float = 0.0


@dataclass(frozen=True)
class QueueCount:
    """offered: chips that a queue offers. found: those among them on which the filter holds."""

    offered: int
    found: int


def is_decided(answer: StandingAnswer) -> bool:
    """True where a person has had a say: confirmed, relabelled, unsure or excluded."""
    return answer.state is not AnswerState.MACHINE


def in_queue(name: QueueName, table: ChipTable, operator: str, kept: Rows | None = None) -> Rows:
    """bool (N,): the chips of a queue.

    kept: chips of a queue of open chips that were decided while it was open; they keep their place, so that the chip
    before is still the chip before. Elsewhere such a queue holds open chips only.
    """
    if name is QueueName.EVERYTHING:
        return np.ones(len(table), dtype=bool)
    if name in OPEN_QUEUES:
        still = ~table.has(ChipState.DECIDED)
        return table.has(OPEN_QUEUES[name]) & (still if kept is None else still | kept)
    found = table.has(_STATE_QUEUES[name])
    return found & ~table.decided_by(operator) if name is QueueName.SECOND_REVIEW else found


def queue_counts(table: ChipTable, asker: Asker) -> dict[QueueName, QueueCount]:
    """How many chips each queue still offers; the queues of open chips count what nobody has decided."""
    found = table.matches(asker.query, asker.now)
    counts = {}
    for name in QueueName:
        rows = in_queue(name, table, asker.operator)
        counts[name] = QueueCount(int(np.count_nonzero(rows)), int(np.count_nonzero(rows & found)))
    return counts


def holds_chips(name: QueueName, table: ChipTable, asker: Asker) -> bool:
    """True where a queue offers chips on which the filter holds."""
    return bool((in_queue(name, table, asker.operator) & table.matches(asker.query, asker.now)).any())


class ReviewQueue:
    """The chosen queue as a list that grows while the machine judges, and in which nothing jumps."""

    def __init__(self) -> None:
        self.name = QueueName.REVIEW
        self.order = QueueOrder.OWN
        self.chips: list[ChipId] = []
        self._places: dict[ChipId, int] = {}
        self._kept: set[ChipId] = set()
        self._start: ChipId | None = None  # of the order by similarity
        self._ranks: NDArray[np.float64] | None = None  # of the order by similarity, until it is chosen again
        self._classes: NDArray[np.int32] | None = None  # as they were when the queue was chosen

    def __contains__(self, chip: object) -> bool:
        return chip in self._places

    def choose(self, name: QueueName, order: QueueOrder | None = None, start: ChipId | None = None) -> None:
        """Another queue or order; chips decided in the meantime leave the queues of open chips.

        start: the chip with which the order by similarity begins.
        """
        self.name, self.order, self._start = name, order or self.order, start
        self._ranks, self._classes = None, None
        self._kept.clear()

    def keep(self, chips: Iterable[ChipId]) -> None:
        """These have just been decided: they keep their place while this queue is open."""
        self._kept.update(chips)

    def sort(self, table: ChipTable, asker: Asker) -> None:
        """Take over what the table says now."""
        kept = np.zeros(len(table), dtype=bool)
        kept[[table.rows[chip] for chip in self._kept if chip in table.rows]] = True
        found = table.matches(asker.query, asker.now) | kept
        rows = np.flatnonzero(in_queue(self.name, table, asker.operator, kept) & found)
        keys = self._keys(table, rows, kept)
        ordered = rows[np.lexsort(keys)] if keys else rows
        self.chips = [table.chips[row] for row in ordered.tolist()]
        self._places = {chip: place for place, chip in enumerate(self.chips)}

    def _keys(self, table: ChipTable, rows: NDArray[np.int64], kept: Rows) -> list[NDArray[np.float64]]:
        """What the rows are sorted by, the most important last; without any, they stay as they lie on the wafer."""
        if self.order is QueueOrder.OWN:
            return [key[rows] for key in self._own(table)]
        if self.order is QueueOrder.UNCERTAINTY:
            return [uncertainty(table)[rows]]
        if self.order is QueueOrder.WAFER:
            return [wafer_order(table)[rows]]
        if self._classes is None or self._ranks is None or len(self._classes) != len(table):
            self._classes = table.klass.copy()
            self._ranks = self._similar(table, rows)
        self._classes = np.where(kept, self._classes, table.klass)
        if self.order is QueueOrder.CLASS:
            return [*(key[rows] for key in self._own(table)), class_order(table, self._classes)[rows]]
        return [self._ranks[rows]]

    def _similar(self, table: ChipTable, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Chips that are judged later stand at the end until the order is chosen again."""
        ranks = np.full(len(table), np.inf)
        if self.order is QueueOrder.SIMILARITY:
            start = table.rows.get(self._start) if self._start is not None else None
            ranks[rows] = similarity_ranks(table, rows, start)
        return ranks

    def _own(self, table: ChipTable) -> Sequence[NDArray[np.float64]]:
        if self.name in OPEN_QUEUES:
            return [table.urgency[1], table.urgency[0]]
        if self.name in _STATE_QUEUES:
            return [table.seq.astype(np.float64)]
        return []

    def place(self, chip: ChipId) -> int | None:
        """From 0; None for a chip outside the queue."""
        return self._places.get(chip)

    def next_open(self, before: list[ChipId], chip: ChipId, table: ChipTable) -> ChipId | None:
        """Where to go on after a decision on `chip`: the next open one, from the start again after the end.

        before: the queue as it was before the decision, in which `chip` may have had its place.
        """
        start = before.index(chip) + 1 if chip in before else 0
        after, earlier = before[start:], before[:start]
        if self.name is QueueName.DECIDED:
            return next((c for c in after if c != chip), None)
        if self.name in _STATE_QUEUES:
            return next((c for c in after + earlier if c in self and c != chip), None)
        known = set(before)
        new = (c for c in self.chips if c not in known)
        return next((c for c in chain(after, new, earlier) if c in self and not table.is_decided(c)), None)
