"""Writes and reads the operators' decisions, inside a transaction that the caller holds."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, distinct, func, or_, select, tuple_

from inspector.records.entries import check_name, check_text, now_text
from inspector.records.placements import lapsed
from inspector.records.schema import decision, placement, wafer
from inspector.wafer.decision import AnswerState, Decision, DecisionKind, NewDecision, StandingAnswer, standing_answer
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey

Placed = tuple[int, WaferKey, NewDecision]  # the wafer's row, its key, what was decided


def insert_decisions(connection: Connection, placed: Sequence[Placed]) -> list[Decision]:
    """Appends decisions, numbered and timed here. RecordError where one can't be kept; the caller then rolls back."""
    if not placed:
        return []
    _check(connection, placed)
    time, first = now_text(), head_seq(connection) + 1
    numbered = list(enumerate(placed, start=first))
    connection.execute(decision.insert(), [_values(seq, row, new, time) for seq, (row, _, new) in numbered])
    return [Decision(seq, datetime.fromisoformat(time), key, new) for seq, (_, key, new) in numbered]


def _check(connection: Connection, placed: Sequence[Placed]) -> None:
    for _, _, new in placed:
        check_name(new.operator, "The operator's name")
        for text in (new.from_class, new.to_class, new.subtype, new.reason, new.batch):
            check_text(text or "", "The decision's text")
        if new.point is not None and not all(math.isfinite(v) for v in new.point):
            raise RecordError(
                f"The point {new.point} on chip {tuple(new.chip)} is not a place: point at the chip again."
            )
    withdrawals = [(row, new) for row, _, new in placed if new.withdraws is not None]
    if not withdrawals:
        return
    taken_back = _any_of(new.withdraws for _, new in withdrawals)
    columns = (decision.c.seq, decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row)
    known = {tuple(row) for row in connection.execute(select(*columns).where(taken_back))}
    for row, new in withdrawals:
        if (new.withdraws, row, new.chip.column, new.chip.row) not in known:
            raise RecordError(
                f"Decision {new.withdraws} is not one on chip {tuple(new.chip)}: withdraw a decision of that chip."
            )


def _values(seq: int, wafer_row: int, new: NewDecision, time: str) -> dict[str, Any]:
    x, y = new.point or (None, None)
    return {
        "seq": seq,
        "wafer_id": wafer_row,
        "chip_column": int(new.chip.column),
        "chip_row": int(new.chip.row),
        "kind": new.kind.value,
        "operator": new.operator,
        "time": time,
        "from_class": new.from_class,
        "to_class": new.to_class,
        "subtype": new.subtype,
        "reason": new.reason,
        "point_x": None if x is None else float(x),
        "point_y": None if y is None else float(y),
        "batch": new.batch,
        "withdraws": new.withdraws,
    }


def head_seq(connection: Connection) -> int:
    """The number of the newest decision of the whole record, 0 where there is none."""
    return connection.execute(select(func.max(decision.c.seq))).scalar_one() or 0


def _any_of(seqs: Iterable[int | None]) -> ColumnElement[bool]:
    numbers = func.json_each(json.dumps(list(seqs))).table_valued("value")  # one parameter, however many there are
    return decision.c.seq.in_(select(numbers.c.value))


def read_decisions(
    connection: Connection, wafer_row: int, key: WaferKey, beside: Iterable[int] | None = None
) -> list[Decision]:
    """Every decision on a wafer, withdrawn ones too, in seq order; with `beside`, those on the same chips as these."""
    query = select(decision).where(decision.c.wafer_id == wafer_row).order_by(decision.c.seq)
    if beside is not None:
        chip = (decision.c.chip_column, decision.c.chip_row)
        query = query.where(tuple_(*chip).in_(select(*chip).where(decision.c.wafer_id == wafer_row, _any_of(beside))))
    return [_decision(row, key) for row in connection.execute(query)]


def _decision(row: Row[Any], key: WaferKey) -> Decision:
    point = None if row.point_x is None or row.point_y is None else (row.point_x, row.point_y)
    new = NewDecision(
        ChipId(row.chip_column, row.chip_row),
        DecisionKind(row.kind),
        row.operator,
        row.from_class,
        row.to_class,
        row.subtype,
        row.reason,
        point,
        row.batch,
        row.withdraws,
    )
    return Decision(row.seq, datetime.fromisoformat(row.time), key, new)


def fold(
    machine: dict[ChipId, str | None], log: Iterable[Decision], gone: Collection[int] = ()
) -> dict[ChipId, StandingAnswer]:
    """The standing answer of every chip that is judged or decided; gone: decisions that lapsed, as their chip moved."""
    by_chip: defaultdict[ChipId, list[Decision]] = defaultdict(list)
    for entry in log:
        by_chip[entry.chip].append(entry)
    chips = machine | dict.fromkeys(by_chip.keys() - machine.keys())
    return {chip: standing_answer(name, by_chip.get(chip, ()), gone) for chip, name in chips.items()}


def taken_back(log: Iterable[Decision]) -> set[int]:
    """The decisions that withdrawals which still stand have taken back."""
    withdrawn: set[int] = set()
    for entry in sorted(log, key=lambda d: d.seq, reverse=True):
        if entry.new.withdraws is not None and entry.seq not in withdrawn:
            withdrawn.add(entry.new.withdraws)
    return withdrawn


def count_decided(connection: Connection) -> dict[int, int]:
    """How many chips of each wafer have a decision that stands.

    Only chips with withdrawals, and those of wafers whose grid was moved, are folded here.
    """
    chip = tuple_(decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row)
    shaken = select(decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row).where(
        or_(decision.c.withdraws.is_not(None), decision.c.wafer_id.in_(select(placement.c.wafer_id)))
    )
    place = decision.c.chip_row * (1 << 32) + decision.c.chip_column
    firm: Select[Any] = (
        select(decision.c.wafer_id, func.count(distinct(place)).label("chips"))
        .where(chip.not_in(shaken))
        .group_by(decision.c.wafer_id)
    )
    counts = defaultdict(int, {row.wafer_id: row.chips for row in connection.execute(firm)})
    query = select(decision, wafer.c.lot, wafer.c.wafer).join(wafer).where(chip.in_(shaken)).order_by(decision.c.seq)
    logs: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(query):
        logs[row.wafer_id].append(_decision(row, WaferKey(row.lot, row.wafer)))
    for wafer_row, log in logs.items():
        answers = fold({}, log, lapsed(connection, wafer_row, log)).values()
        counts[wafer_row] += sum(a.state is not AnswerState.MACHINE for a in answers)
    return dict(counts)
