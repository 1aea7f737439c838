"""Conditions on tables whose rows belong to chips, and numbers for new rows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, Connection, Table, func, select, tuple_

from inspector.wafer.grid import ChipId


def on_chips(table: Table, wafer_row: int, chips: Iterable[ChipId] | None) -> ColumnElement[bool]:
    """The condition on rows: of this wafer and of these chips, by the table's index; chips None: of all."""
    of_wafer = table.c.wafer_id == wafer_row
    if chips is None:
        return of_wafer
    packed = json.dumps([[int(chip.row), int(chip.column)] for chip in chips])
    listed = func.json_each(packed).table_valued("value")  # one parameter, however many there are
    places = select(func.json_extract(listed.c.value, "$[0]"), func.json_extract(listed.c.value, "$[1]"))
    return of_wafer & tuple_(table.c.chip_row, table.c.chip_column).in_(places)


def is_any_of(column: Column[int], numbers: Iterable[int | None]) -> ColumnElement[bool]:
    """The condition on rows: the column holds one of these numbers."""
    listed = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return column.in_(select(listed.c.value))


def next_seq(connection: Connection, table: Table) -> int:
    """The number of a table's next row; the transaction holds the record, so nobody else takes it."""
    return (connection.execute(select(func.max(table.c.seq))).scalar_one() or 0) + 1
