"""What has been written to the record since somebody looked last, by whichever program; inside a held transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from inspector.records.counting import read_counts
from inspector.records.decisions import decision_of
from inspector.records.entries import WaferCounts
from inspector.records.opinions import opinion_of
from inspector.records.schema import decision, note, opinion, person, placement, wafer
from inspector.records.wafers import is_there, wafer_id
from inspector.wafer.decision import Decision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import Opinion


@dataclass(frozen=True)
class Heads:
    """The number of the newest row of each kind in the whole record, 0 where there is none.

    Rows are numbered under the writer's lock, so that whatever comes later has a higher number.
    """

    decision: int = 0
    opinion: int = 0
    note: int = 0
    placement: int = 0
    person: int = 0


@dataclass(frozen=True)
class News:
    """heads: as they are now. people: the people of the record have changed.

    decisions, opinions, noted, is_moved: on the wafer that was asked about; oldest first; is_moved: its grid was.
    elsewhere: judged and decided chips of the other wafers on which other people have decided.
    """

    heads: Heads
    people: bool = False
    decisions: tuple[Decision, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    noted: tuple[ChipId, ...] = ()
    is_moved: bool = False
    elsewhere: Mapping[WaferKey, WaferCounts] = field(default_factory=dict)


def read_heads(connection: Connection) -> Heads:
    """One look-up at the end of each table, however many rows there are."""
    tables = (decision, opinion, note, placement, person)
    row = connection.execute(select(*(select(func.max(table.c.seq)).scalar_subquery() for table in tables))).one()
    return Heads(*(number or 0 for number in row))


def read_news(connection: Connection, since: Heads, key: WaferKey | None, read: Heads, but: str) -> News:
    """since: of the last look. key: the wafer that is open, which was read at `read`. but: whoever asks."""
    heads = read_heads(connection)
    if heads in (since, read) and since == read:
        return News(heads)
    row = wafer_id(connection, key) if key is not None else None
    elsewhere = _elsewhere(connection, since, row, but)
    people = heads.person > since.person
    if key is None or row is None:
        return News(heads, people, elsewhere=elsewhere)
    later = {table: (table.c.wafer_id == row) & (table.c.seq > getattr(read, table.name)) for table in _ON_WAFERS}
    new = {table: connection.execute(select(table).where(later[table]).order_by(table.c.seq)).all() for table in later}
    return News(
        heads,
        people,
        tuple(decision_of(found, key) for found in new[decision]),
        tuple(opinion_of(found, key) for found in new[opinion]),
        tuple(ChipId(found.chip_column, found.chip_row) for found in new[note]),
        bool(new[placement]),
        elsewhere,
    )


_ON_WAFERS = (decision, opinion, note, placement)


def _elsewhere(connection: Connection, since: Heads, row: int | None, but: str) -> dict[WaferKey, WaferCounts]:
    touched = select(decision.c.wafer_id).where(decision.c.seq > since.decision, decision.c.operator != but)
    said = select(opinion.c.wafer_id).where(opinion.c.seq > since.opinion, opinion.c.operator != but)
    query = select(wafer.c.id, wafer.c.lot, wafer.c.wafer).where(is_there(), wafer.c.id.in_(touched.union(said)))
    keys = [WaferKey(found.lot, found.wafer) for found in connection.execute(query) if found.id != row]
    return {key: read_counts(connection, key=key).get(key, WaferCounts(0, 0)) for key in keys}
