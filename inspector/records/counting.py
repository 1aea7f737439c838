"""Counts judged and decided chips of wafers, of all or of a few, inside a transaction that the caller holds."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from inspector.records.decisions import count_decided
from inspector.records.entries import WaferCounts
from inspector.records.judgements import count_judged
from inspector.records.schema import judgement, wafer
from inspector.records.wafers import is_there
from inspector.wafer.grid import WaferKey


def read_counts(connection: Connection, lot: str | None = None, key: WaferKey | None = None) -> Counts:
    """Of every wafer, of those of a lot, or of one, in the order in which they were added.

    One pass over an index of all judgements (0.2 s in a million), or over those of the wafers that are asked for.
    """
    query = select(wafer.c.id, wafer.c.lot, wafer.c.wafer).where(is_there()).order_by(wafer.c.id)
    if key is not None:
        query = query.where(wafer.c.lot == key.lot, wafer.c.wafer == key.wafer)
    elif lot is not None:
        query = query.where(wafer.c.lot == lot)
    rows = {row.id: WaferKey(row.lot, row.wafer) for row in connection.execute(query)}
    if lot is None and key is None:
        judged, decided = count_judged(connection), count_decided(connection)
    else:
        judged = {row: count_judged(connection, row).get(row, 0) for row in rows}
        decided = {row: count_decided(connection, row).get(row, 0) for row in rows}
    return {name: WaferCounts(judged.get(row, 0), decided.get(row, 0)) for row, name in rows.items()}


def last_judgement(connection: Connection) -> int:
    """The number of the newest judgement, 0 where there is none: about how many there are, at once."""
    return connection.execute(select(func.max(judgement.c.seq))).scalar_one() or 0


Counts = dict[WaferKey, WaferCounts]
