"""Where a wafer's grid lay and lies, and what that leaves standing; inside a transaction that the caller holds."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select, true

from inspector.records.entries import Placement, check_name, now_text, placed_from_json, placed_to_json
from inspector.records.schema import decision, judgement, placement, wafer
from inspector.wafer.decision import Decision
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.placing import moved_chips

_JUDGED_WITHIN_PX = 1.0


@dataclass(frozen=True)
class _Era:
    """One place of the grid, as text, and the last judgement and decision that were made on it."""

    placed: str
    last_judgement: int
    last_decision: int


def insert_placement(connection: Connection, wafer_row: int, placed: PlacedGrid, operator: str) -> Placement:
    """Appends where the grid lies from now on; what was judged and decided until now belongs to the place before."""
    check_name(operator, "The operator's name")
    seq = (connection.execute(select(func.max(placement.c.seq))).scalar_one() or 0) + 1
    last_judgement = connection.execute(select(func.max(judgement.c.seq))).scalar_one() or 0
    last_decision = connection.execute(select(func.max(decision.c.seq))).scalar_one() or 0
    time = now_text()
    values = {"seq": seq, "wafer_id": wafer_row, "placed": placed_to_json(placed), "operator": operator, "time": time}
    connection.execute(placement.insert().values(**values, last_judgement=last_judgement, last_decision=last_decision))
    return Placement(seq, placed, operator, datetime.fromisoformat(time))


def read_placements(connection: Connection, wafer_row: int) -> list[Placement]:
    """Every place of a wafer's grid, oldest first; the first one is as the machine found it, with seq 0."""
    found = connection.execute(select(wafer.c.placed, wafer.c.added).where(wafer.c.id == wafer_row)).one()
    query = select(placement).where(placement.c.wafer_id == wafer_row).order_by(placement.c.seq)
    first = Placement(0, placed_from_json(found.placed), "", datetime.fromisoformat(found.added))
    return [
        first,
        *(
            Placement(row.seq, placed_from_json(row.placed), row.operator, datetime.fromisoformat(row.time))
            for row in connection.execute(query)
        ),
    ]


def moved_wafers(connection: Connection) -> set[int]:
    """The wafers whose grid was ever moved."""
    return set(connection.execute(select(placement.c.wafer_id).distinct()).scalars())


def judged_here(connection: Connection, wafer_row: int) -> ColumnElement[bool]:
    """The condition on a wafer's judgements: made within a pixel of where their chip lies now."""
    eras, now = _eras(connection, wafer_row)
    elsewhere, first = [], 0
    place = judgement.c.chip_row * (1 << 32) + judgement.c.chip_column
    for era in eras:
        if gone := _judged_elsewhere(era.placed, now):
            numbers = func.json_each(_places(gone)).table_valued("value")  # one parameter, however many there are
            made_then = judgement.c.seq.between(first + 1, era.last_judgement)
            elsewhere.append(and_(made_then, place.in_(select(numbers.c.value))))
        first = era.last_judgement
    return not_(or_(*elsewhere)) if elsewhere else true()


def lapsed(connection: Connection, wafer_row: int, log: Iterable[Decision]) -> frozenset[int]:
    """The decisions of a wafer that no longer stand: their chip lies more than half a pitch from where it lay then."""
    eras, now = _eras(connection, wafer_row)
    if not eras:
        return frozenset()
    found = set()
    for entry in log:
        era = next((era for era in eras if entry.seq <= era.last_decision), None)
        if era is not None and entry.chip in _decided_elsewhere(era.placed, now):
            found.add(entry.seq)
    return frozenset(found)


def moved_since(connection: Connection, wafer_row: int, placed: PlacedGrid) -> Collection[ChipId]:
    """The chips that are to be judged elsewhere now than on this grid, or no longer."""
    return _judged_elsewhere(placed_to_json(placed), _eras(connection, wafer_row)[1])


def _eras(connection: Connection, wafer_row: int) -> tuple[list[_Era], str]:
    """The places that the grid was moved from, oldest first, and the one where it lies now."""
    found = connection.execute(select(wafer.c.placed).where(wafer.c.id == wafer_row)).scalar_one()
    query = select(placement).where(placement.c.wafer_id == wafer_row).order_by(placement.c.seq)
    eras = []
    for row in connection.execute(query):
        eras.append(_Era(found, row.last_judgement, row.last_decision))
        found = row.placed
    return eras, found


@lru_cache(maxsize=64)
def _judged_elsewhere(before: str, now: str) -> frozenset[ChipId]:
    if before == now:
        return frozenset()
    old, new = placed_from_json(before), placed_from_json(now)
    return moved_chips(old, new, _JUDGED_WITHIN_PX) | (frozenset(old.grid.chip_ids()) - frozenset(new.chip_ids()))


@lru_cache(maxsize=64)
def _decided_elsewhere(before: str, now: str) -> frozenset[ChipId]:
    old, new = placed_from_json(before), placed_from_json(now)
    pitch = np.hypot(*new.affine[:, :2]) * new.grid.pitch  # in image pixels
    gone = frozenset(old.grid.chip_ids()) - frozenset(new.grid.chip_ids())
    return moved_chips(old, new, float(pitch.min()) / 2) | gone


def _places(chips: Iterable[ChipId]) -> str:
    return json.dumps([chip.row * (1 << 32) + chip.column for chip in chips])
