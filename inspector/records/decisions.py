"""Writes and reads the operators' decisions, inside a transaction that the caller holds."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, distinct, func, or_, select, true, tuple_

from inspector.records.entries import check_name, check_text, now_text
from inspector.records.judgements import machine_classes
from inspector.records.placements import lapsed
from inspector.records.rows import is_any_of, on_chips
from inspector.records.schema import decision, placement, wafer
from inspector.wafer.decision import (
    AnswerState,
    Decision,
    DecisionKind,
    NewDecision,
    StandingAnswer,
    standing_answer,
    taken_back,
)
from inspector.wafer.errors import OutdatedError, RecordError
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
    named = is_any_of(decision.c.seq, (new.withdraws for _, new in withdrawals))
    columns = (decision.c.seq, decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row)
    known = {tuple(row) for row in connection.execute(select(*columns).where(named))}
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
        "ms_spent": new.ms_spent,
    }


def head_seq(connection: Connection) -> int:
    """The number of the newest decision of the whole record, 0 where there is none."""
    return connection.execute(select(func.max(decision.c.seq))).scalar_one() or 0


def read_decisions(
    connection: Connection,
    wafer_row: int,
    key: WaferKey,
    beside: Iterable[int] | None = None,
    *,
    chips: Iterable[ChipId] | None = None,
) -> list[Decision]:
    """Every decision on a wafer, withdrawn ones too, in seq order.

    With `chips`, those on these chips; with `beside`, those on the same chips as the decisions with these seqs.
    """
    if beside is not None:
        named = select(decision.c.chip_column, decision.c.chip_row)
        here = named.where(decision.c.wafer_id == wafer_row, is_any_of(decision.c.seq, beside))
        chips = {ChipId(column, row) for column, row in connection.execute(here)}
    query = select(decision).where(on_chips(decision, wafer_row, chips)).order_by(decision.c.seq)
    return [decision_of(row, key) for row in connection.execute(query)]


def decision_of(row: Row[Any], key: WaferKey) -> Decision:
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
        row.ms_spent,
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


def read_standing(connection: Connection, wafer_row: int, key: WaferKey) -> dict[ChipId, StandingAnswer]:
    """The standing answer of every chip of a wafer that is judged or decided."""
    log = read_decisions(connection, wafer_row, key)
    return fold(machine_classes(connection, wafer_row), log, lapsed(connection, wafer_row, log))


def authors(connection: Connection, seqs: Iterable[int]) -> set[str]:
    """Whose these decisions are."""
    query = select(decision.c.operator).where(is_any_of(decision.c.seq, seqs)).distinct()
    return set(connection.execute(query).scalars())


def withdraw_decisions(
    connection: Connection, wafer_row: int, key: WaferKey, seqs: Iterable[int], operator: str, reason: str
) -> list[Decision]:
    """Appends withdrawals of decisions; what is taken back already is left. OutdatedError for an unknown one."""
    wanted = list(dict.fromkeys(seqs))
    log = {d.seq: d for d in read_decisions(connection, wafer_row, key, wanted)}
    for seq in wanted:
        if seq not in log:
            raise OutdatedError(f"Wafer {key.wafer!r} has no decision {seq}: open the wafer again and look.")
    moved = lapsed(connection, wafer_row, log.values())
    machine = machine_classes(connection, wafer_row, {d.chip for d in log.values()})
    before = fold(machine, log.values(), moved)
    gone = taken_back(log.values())
    batch = uuid.uuid4().hex
    news = [
        NewDecision(
            chip=log[seq].chip,
            kind=DecisionKind.WITHDRAW,
            operator=operator,
            from_class=before[log[seq].chip].class_name,
            reason=reason,
            batch=batch,
            withdraws=seq,
        )
        for seq in wanted
        if seq not in gone
    ]
    return insert_decisions(connection, [(wafer_row, key, new) for new in news])


def count_decided(connection: Connection, only: int | None = None) -> dict[int, int]:
    """How many chips of each wafer, or of one, have a decision that stands.

    Only chips with withdrawals, and those of wafers whose grid was moved, are folded here.
    """
    chip = tuple_(decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row)
    shaken = select(decision.c.wafer_id, decision.c.chip_column, decision.c.chip_row).where(
        _of(only), or_(decision.c.withdraws.is_not(None), decision.c.wafer_id.in_(select(placement.c.wafer_id)))
    )
    place = decision.c.chip_row * (1 << 32) + decision.c.chip_column
    firm: Select[Any] = (
        select(decision.c.wafer_id, func.count(distinct(place)).label("chips"))
        .where(_of(only), chip.not_in(shaken))
        .group_by(decision.c.wafer_id)
    )
    counts = defaultdict(int, {row.wafer_id: row.chips for row in connection.execute(firm)})
    query = select(decision, wafer.c.lot, wafer.c.wafer).join(wafer).where(_of(only), chip.in_(shaken))
    query = query.order_by(decision.c.seq)
    logs: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in connection.execute(query):
        logs[row.wafer_id].append(decision_of(row, WaferKey(row.lot, row.wafer)))
    for wafer_row, log in logs.items():
        answers = fold({}, log, lapsed(connection, wafer_row, log)).values()
        counts[wafer_row] += sum(a.state is not AnswerState.MACHINE for a in answers)
    return dict(counts)


def _of(only: int | None) -> ColumnElement[bool]:
    return true() if only is None else decision.c.wafer_id == only
