"""Reads what helps to decide on one chip: alike chips that people have decided on, and the same place on other wafers.

Inside a transaction that the caller holds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Table, func, select

from inspector.records.decisions import decision_of, fold, read_decisions
from inspector.records.judgements import newest_class, newest_rows
from inspector.records.placements import lapsed, moved_wafers
from inspector.records.rows import is_any_of
from inspector.records.schema import decision, judgement, recipe, wafer
from inspector.records.wafers import is_there
from inspector.wafer.decision import Decision, StandingAnswer
from inspector.wafer.grid import ChipId, WaferKey

_LOOKED_AT = 24  # decisions for a class that are compared with a chip: the nearest wafers' and then the newest
_FARTHEST = 1.0  # Hellinger distance of two rows that share no class


@dataclass(frozen=True)
class Verified:
    """A chip on which a person's answer stands. distance: 0 the very same probabilities, 1 nothing in common.

    away: 0 on the same wafer, 1 in the same lot, 2 elsewhere.
    """

    key: WaferKey
    chip: ChipId
    decision: Decision
    distance: float
    away: int


def verified(
    connection: Connection, product: str, class_name: str, beside: tuple[WaferKey, ChipId], row: NDArray[np.float32]
) -> list[Verified]:
    """Chips of a product on which a person's answer `class_name` stands: the same wafer's first, nearest first.

    beside: the chip to compare with, which is left out. row: float32 (K,), its probabilities; the distance is
    Hellinger's between the rows of both chips, 1 where one was not judged by the same classes.
    """
    key, own = beside
    same_wafer = (wafer.c.lot == key.lot) & (wafer.c.wafer == key.wafer)
    recipes = select(recipe.c.id).where(func.json_extract(recipe.c.json, "$.product.name") == product)
    query = (
        select(decision.c.seq, decision.c.wafer_id, wafer.c.lot, wafer.c.wafer)
        .join(wafer, decision.c.wafer_id == wafer.c.id)
        .where(decision.c.to_class == class_name, is_there())
        .where(wafer.c.recipe_id.in_(recipes))  # looked through once, not for every decision
        .order_by(same_wafer.desc(), (wafer.c.lot == key.lot).desc(), decision.c.seq.desc())
        .limit(_LOOKED_AT)
    )
    found: dict[int, tuple[WaferKey, list[int]]] = {}
    for entry in connection.execute(query):
        found.setdefault(entry.wafer_id, (WaferKey(entry.lot, entry.wafer), []))[1].append(entry.seq)
    alike = []
    for wafer_row, (there, seqs) in found.items():
        standing = _standing(connection, wafer_row, there, seqs)
        rows = newest_rows(connection, wafer_row, standing)
        alike += [
            Verified(there, chip, answer.decision, _distance(row, rows.get(chip)), _away(key, there))
            for chip, answer in standing.items()
            if answer.is_human and answer.class_name == class_name and answer.decision and (there, chip) != (key, own)
        ]
    return sorted(alike, key=lambda v: (v.away, v.distance, -v.decision.seq))


def _away(key: WaferKey, there: WaferKey) -> int:
    return 0 if there == key else 1 if there.lot == key.lot else 2


def _standing(
    connection: Connection, wafer_row: int, key: WaferKey, seqs: Sequence[int]
) -> dict[ChipId, StandingAnswer]:
    log = read_decisions(connection, wafer_row, key, seqs)
    return fold({}, log, lapsed(connection, wafer_row, log))


def _distance(a: NDArray[np.float32], b: NDArray[np.float32] | None) -> float:
    if b is None or a.shape != b.shape:
        return _FARTHEST
    apart = float(np.square(np.sqrt(np.clip(a, 0, None)) - np.sqrt(np.clip(b, 0, None))).sum())
    return math.sqrt(apart / 2) if math.isfinite(apart) else _FARTHEST


def at_place(connection: Connection, lot: str, chip: ChipId) -> dict[WaferKey, StandingAnswer]:
    """The standing answers on the same place of every wafer of a lot on which it is judged or decided."""
    named = select(wafer.c.id, wafer.c.wafer).where(wafer.c.lot == lot, is_there()).order_by(wafer.c.id)
    keys = {row: WaferKey(lot, name) for row, name in connection.execute(named).all()}
    logs: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(select(decision).where(*_here(decision, keys, chip)).order_by(decision.c.seq)):
        logs[row.wafer_id].append(decision_of(row, keys[row.wafer_id]))
    judged = select(judgement.c.wafer_id, judgement.c.class_name).where(*_here(judgement, keys, chip))
    newest = {row.wafer_id: row.class_name for row in connection.execute(judged.order_by(judgement.c.seq))}
    moved, found = moved_wafers(connection), {}
    for row, key in keys.items():
        machine, gone = {chip: newest[row]} if row in newest else {}, frozenset[int]()
        if row in moved:
            machine, gone = newest_class(connection, row, chip), lapsed(connection, row, logs[row])
        answers = fold(machine, logs[row], gone)
        if chip in answers:
            found[key] = answers[chip]
    return found


def _here(table: Table, wafers: Iterable[int], chip: ChipId) -> tuple[ColumnElement[bool], ...]:
    """The conditions on rows: of one place of these wafers."""
    return is_any_of(table.c.wafer_id, wafers), table.c.chip_row == chip.row, table.c.chip_column == chip.column
