"""Counts over the whole record that the station shows while people work: quick on a million chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, select

from inspector.records.decisions import fold, read_decisions
from inspector.records.file import RecordFile
from inspector.records.judgements import machine_classes
from inspector.records.placements import lapsed, moved_wafers
from inspector.records.schema import decision, judgement, opinion, placement, wafer
from inspector.records.wafers import is_there
from inspector.wafer.grid import WaferKey


class Decided(NamedTuple):
    """What a chip that a person confirmed or relabelled was judged, and what it stands as; judged None: undecided,
    or not judged."""

    judged: str | None
    decided: str
    subtype: str


@dataclass(frozen=True)
class WaferStamp:
    """The newest judgement, decision, opinion and placement of a wafer: while they are the same, so is every count."""

    judgement: int
    decision: int
    opinion: int
    placement: int


class ReviewCounts:
    """Questions whose answers are counts; each is one snapshot, and none loads a judgement's row into Python."""

    def __init__(self, file: RecordFile) -> None:
        self._file = file

    def stamps(self, lot: str) -> dict[WaferKey, WaferStamp]:
        """The stamp of every wafer of a lot, in the order in which they were added."""
        with self._file.reading() as connection:
            query = select(wafer.c.id, wafer.c.wafer).where(is_there(), wafer.c.lot == lot).order_by(wafer.c.id)
            rows = connection.execute(query).all()
            return {WaferKey(lot, row.wafer): _stamp(connection, row.id) for row in rows}

    def decided(self) -> dict[WaferKey, Counter[Decided]]:
        """The chips of every wafer whose standing answer is a person's, by judgement and answer, in order of adding."""
        with self._file.reading() as connection:
            query = select(wafer.c.id, wafer.c.lot, wafer.c.wafer).where(is_there()).order_by(wafer.c.id)
            keys = {row.id: WaferKey(row.lot, row.wafer) for row in connection.execute(query)}
            shaken = _shaken_wafers(connection)
            counts = {key: Counter[Decided]() for key in keys.values()}
            for row in connection.execute(_firm(shaken)):
                if row.wafer_id in keys:
                    counts[keys[row.wafer_id]][Decided(row.judged, row.to_class, row.subtype)] += row.chips
            for number in shaken & keys.keys():
                counts[keys[number]] = _folded(connection, number, keys[number])
        return counts

    def moments(self, operator: str, newest: int) -> list[datetime]:
        """When a person made the newest decisions, oldest first; those of one batch count as one moment."""
        one = func.coalesce(decision.c.batch, decision.c.seq)
        query = (
            select(func.max(decision.c.time).label("time"))
            .where(decision.c.operator == operator)
            .group_by(one)
            .order_by(func.max(decision.c.seq).desc())
            .limit(newest)
        )
        recent = select(decision.c.seq).where(decision.c.operator == operator).order_by(decision.c.time.desc())
        query = query.where(decision.c.seq.in_(recent.limit(20 * newest)))
        with self._file.reading() as connection:
            return [datetime.fromisoformat(time) for time in reversed(connection.execute(query).scalars().all())]

    def shared_wafers(self) -> list[WaferKey]:
        """The wafers on which two people or more answered the same chip, by decision or by opinion."""
        chip = ("wafer_id", "chip_column", "chip_row")
        said = select(*(decision.c[n] for n in chip), decision.c.operator).where(decision.c.to_class.is_not(None))
        also = select(*(opinion.c[n] for n in chip), opinion.c.operator).where(opinion.c.class_name.is_not(None))
        both = said.union(also).subquery()
        shared = select(both.c.wafer_id).group_by(*(both.c[n] for n in chip)).having(func.count() > 1)
        query = select(wafer.c.lot, wafer.c.wafer).where(is_there(), wafer.c.id.in_(shared)).order_by(wafer.c.id)
        with self._file.reading() as connection:
            return [WaferKey(row.lot, row.wafer) for row in connection.execute(query)]


def _stamp(connection: Connection, number: int) -> WaferStamp:
    newest = (
        connection.execute(select(func.max(table.c.seq)).where(table.c.wafer_id == number)).scalar_one() or 0
        for table in (judgement, decision, opinion, placement)
    )
    return WaferStamp(*newest)


def _shaken_wafers(connection: Connection) -> set[int]:
    """Wafers with withdrawals or a moved grid: their decisions are folded one by one."""
    withdrawn = select(decision.c.wafer_id).where(decision.c.withdraws.is_not(None)).distinct()
    return set(connection.execute(withdrawn).scalars()) | moved_wafers(connection)


def _firm(shaken: Iterable[int]) -> Select[Any]:
    """On all other wafers the last decision of a chip stands, and its newest judgement holds."""
    chip = (decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row)
    last = (  # SQLite takes the bare columns from the row of the maximum
        select(*chip, decision.c.to_class, decision.c.subtype, func.max(decision.c.seq))
        .where(decision.c.wafer_id.not_in(list(shaken)))
        .group_by(*chip)
        .subquery()
    )
    here = and_(judgement.c.wafer_id == last.c.wafer_id, judgement.c.chip_row == last.c.chip_row)
    judged = (
        select(judgement.c.class_name)
        .where(here, judgement.c.chip_column == last.c.chip_column)
        .order_by(judgement.c.seq.desc())
        .limit(1)
        .scalar_subquery()
        .label("judged")
    )
    answer = (last.c.wafer_id, judged, last.c.to_class, func.coalesce(last.c.subtype, "").label("subtype"))
    query = select(*answer, func.count().label("chips")).where(last.c.to_class.is_not(None))
    return query.group_by(last.c.wafer_id, judged, last.c.to_class, last.c.subtype)


def _folded(connection: Connection, number: int, key: WaferKey) -> Counter[Decided]:
    log = read_decisions(connection, number, key)
    machine = machine_classes(connection, number)
    answers = fold(machine, log, lapsed(connection, number, log))
    return Counter(
        Decided(machine.get(chip), str(a.class_name), (a.decision.new.subtype if a.decision else None) or "")
        for chip, a in answers.items()
        if a.is_human
    )
