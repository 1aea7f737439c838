"""Who did what since when: for a shift's hand-over, for what a person can still take back, and as news."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from inspector.records.decisions import decision_of
from inspector.records.entries import time_text
from inspector.records.file import RecordFile
from inspector.records.news import Heads, News, read_heads, read_news
from inspector.records.opinions import opinion_of
from inspector.records.placements import lapsed, moved_wafers
from inspector.records.schema import decision, note, opinion, wafer
from inspector.records.wafers import is_there
from inspector.wafer.decision import Decision, DecisionKind, taken_back
from inspector.wafer.grid import WaferKey
from inspector.wafer.second_review import Opinion, OpinionKind
from inspector.wafer.steps import Steps, fold_steps

_PAUSE_S = 300.0  # a longer gap between two decisions is a break, not thought


@dataclass(frozen=True)
class Work:
    """What one person did. All counts are of rows that were written; what was taken back counts under `withdrawn` too.

    seconds: median per decision or opinion, from the chip's painting where the station measured it, else from one to
    the next; None where nothing can be said. first, last: UTC.
    """

    operator: str
    confirmed: int
    relabelled: int
    unsure: int
    excluded: int
    withdrawn: int
    reviewed: int
    adjudicated: int
    returned: int
    notes: int
    seconds: float | None
    first: datetime
    last: datetime

    @property
    def decided(self) -> int:
        return self.confirmed + self.relabelled + self.unsure + self.excluded


class WorkDone:
    """Questions about the people's work; each answer is one snapshot of the record."""

    def __init__(self, file: RecordFile) -> None:
        self._file = file

    def since(self, time: datetime, until: datetime | None = None) -> list[Work]:
        """What each person did from `time` on (and before `until`), by name; nobody who did nothing."""
        rows: defaultdict[str, list[tuple[str, Row[Any]]]] = defaultdict(list)
        with self._file.reading() as connection:
            made = select(opinion.c.made).where(opinion.c.made.is_not(None))
            for name, table in (("decision", decision), ("opinion", opinion), ("note", note)):
                query = select(table).where(table.c.time >= time_text(time)).order_by(table.c.seq)
                if until is not None:
                    query = query.where(table.c.time < time_text(until))
                if table is decision:
                    query = query.where(decision.c.seq.not_in(made))  # counts as the opinion that brought it
                for row in connection.execute(query):
                    rows[row.operator].append((name, row))
        return [_work(operator, rows[operator]) for operator in sorted(rows)]

    def wafers(self, since: datetime) -> list[WaferKey]:
        """The wafers that came, or on which people answered or wrote, from `since` on; in the order of their coming."""
        text = time_text(since)
        touched = [select(t.c.wafer_id).where(t.c.time >= text) for t in (decision, opinion, note)]
        chosen = or_(wafer.c.added >= text, *(wafer.c.id.in_(query) for query in touched))
        query = select(wafer.c.lot, wafer.c.wafer).where(is_there(), chosen).order_by(wafer.c.id)
        with self._file.reading() as connection:
            return [WaferKey(row.lot, row.wafer) for row in connection.execute(query)]

    def heads(self) -> Heads:
        """The newest rows of the record: what is read afterwards has at least these."""
        with self._file.reading() as connection:
            return read_heads(connection)

    def news(self, since: Heads, key: WaferKey | None, read: Heads, but: str) -> News:
        """What was written after `since`, and on the wafer `key` after `read`; `but`: not what this person did on
        other wafers. Where nothing was written, it costs one look at the ends of the tables."""
        with self._file.reading() as connection:
            return read_news(connection, since, key, read, but)

    def steps(self, operator: str, since: datetime) -> Steps:
        """The steps of a person from `since` on that can be taken back, and those that can be done again."""
        with self._file.reading() as connection:
            mine = (opinion.c.operator == operator, opinion.c.time >= time_text(since))
            query = select(opinion, wafer.c.lot, wafer.c.wafer.label("name")).join(wafer).where(*mine, is_there())
            opinions = [opinion_of(row, WaferKey(row.lot, row.name)) for row in connection.execute(query)]
            own = _own_decisions(connection, operator, since)
            return fold_steps(own, opinions, _gone(connection, own, opinions))


def _own_decisions(connection: Connection, operator: str, since: datetime) -> list[Decision]:
    mine = (decision.c.operator == operator, decision.c.time >= time_text(since))
    query = select(decision, wafer.c.lot, wafer.c.wafer.label("name")).join(wafer).where(*mine, is_there())
    rows = connection.execute(query.order_by(decision.c.seq))
    return [decision_of(row, WaferKey(row.lot, row.name)) for row in rows]


def _gone(connection: Connection, own: Iterable[Decision], opinions: Iterable[Opinion]) -> set[int]:
    """The seqs of decisions that no longer stand: anybody may have taken them back, and grids may have moved."""
    seqs = [d.seq for d in own] + [o.made for o in opinions if o.made is not None]
    if not seqs:
        return set()
    moved = moved_wafers(connection)
    later = or_(decision.c.withdraws.is_not(None), decision.c.wafer_id.in_(moved))
    query = select(decision, wafer.c.lot, wafer.c.wafer.label("name")).join(wafer)
    log: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(query.where(decision.c.seq >= min(seqs), later)):
        log[row.wafer_id].append(decision_of(row, WaferKey(row.lot, row.name)))
    back = taken_back(d for of_wafer in log.values() for d in of_wafer)
    return back.union(*(lapsed(connection, number, log[number]) for number in moved & log.keys()))


def _work(operator: str, rows: list[tuple[str, Row[Any]]]) -> Work:
    counts = Counter((table, row.kind) if table != "note" else (table, "") for table, row in rows)
    notes = sum(1 for table, row in rows if table == "note" and row.withdraws is None)
    times = sorted(datetime.fromisoformat(row.time) for _, row in rows)
    kinds = {kind: counts["decision", kind.value] for kind in DecisionKind}
    said = {kind: counts["opinion", kind.value] for kind in OpinionKind}
    return Work(
        operator,
        kinds[DecisionKind.CONFIRM],
        kinds[DecisionKind.RELABEL],
        kinds[DecisionKind.UNSURE],
        kinds[DecisionKind.EXCLUDE],
        kinds[DecisionKind.WITHDRAW] + said[OpinionKind.WITHDRAW],
        said[OpinionKind.REVIEW],
        said[OpinionKind.ADJUDICATE],
        said[OpinionKind.RETURN],
        notes,
        _pace([row for table, row in rows if table != "note" and row.withdraws is None]),
        times[0],
        times[-1],
    )


def _pace(rows: list[Row[Any]]) -> float | None:
    measured = [row.ms_spent / 1000 for row in rows if row.ms_spent is not None]
    if measured:
        return float(median(measured))
    moments = sorted({datetime.fromisoformat(row.time) for row in rows})  # a batch is one moment
    gaps = [(b - a).total_seconds() for a, b in pairwise(moments)]
    thought = [gap for gap in gaps if gap <= _PAUSE_S]
    return float(median(thought)) if thought else None
