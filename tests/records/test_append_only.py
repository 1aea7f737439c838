from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import record_fakes as fakes

from inspector.records.record import Record
from inspector.records.schema import metadata
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.roles import Act, Role
from inspector.wafer.second_review import NewOpinion, OpinionKind

TABLES = sorted(metadata.tables)
A = ChipId(1, 0)


@pytest.fixture
def raw(record: Record, record_file: Path) -> Iterator[sqlite3.Connection]:
    """Another program's connection to a record with a row in every table, without any of our settings."""
    record.add_judgements(fakes.KEY, fakes.facts(), [(A, fakes.judgement())])
    record.append(fakes.KEY, [fakes.confirm(A), fakes.relabel(A, "pit")])
    record.move_grid(fakes.KEY, fakes.shifted(3), "aki")
    second = WaferKey("L1", "W3")
    record.add_wafer(fakes.reviewed(second, sha256="dd"))
    record.append(second, [NewDecision(A, DecisionKind.UNSURE, "aki")])
    record.add_opinion(second, NewOpinion(A, OpinionKind.REVIEW, "ben"))
    record.add_note(second, A, "looks like dust", "aki")
    record.people.done(Act.EXPORT, "a folder", operator="aki")
    record.people.add("aki", Role.ADMINISTRATOR, fakes.PIN)
    unread = fakes.entry(WaferKey("L1", "W2"), sha256="")
    record.add_wafer(unread)
    record.finish_wafer(unread.key, "cc")
    record.withdraw_wafer(unread.key, "its image changed")
    with closing(sqlite3.connect(record_file, isolation_level=None)) as other:
        yield other


def _rows(raw: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return raw.execute(f"SELECT * FROM {table}").fetchall()


def _key(raw: sqlite3.Connection, table: str) -> str:
    return next(name for _, name, *_, key in raw.execute(f"PRAGMA table_info({table})") if key)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table} LIMIT 1",
        "INSERT INTO {table} SELECT * FROM {table} WHERE 1 LIMIT 1 ON CONFLICT DO UPDATE SET {key} = {key}",
    ],
)
def test_that_no_program_changes_or_replaces_a_row(raw: sqlite3.Connection, table: str, statement: str) -> None:
    before = _rows(raw, table)

    with pytest.raises(sqlite3.IntegrityError, match=f"append-only: {table} is never changed or deleted"):
        raw.execute(statement.format(table=table, key=_key(raw, table)))

    assert before
    assert _rows(raw, table) == before


def test_that_a_wafer_can_not_be_replaced_through_its_name(raw: sqlite3.Connection) -> None:
    columns = "lot, wafer, source, sha256, recipe_id, placed, copy_name, added"
    others = "lot, wafer, 'forged', sha256, recipe_id, placed, copy_name, added"

    with pytest.raises(sqlite3.IntegrityError, match="append-only: wafer"):
        raw.execute(f"INSERT OR REPLACE INTO wafer ({columns}) SELECT {others} FROM wafer")


@pytest.mark.parametrize(
    "values",
    [
        "-1, 1, 1, 0, 'unsure', 'aki', 't', NULL, NULL, NULL",  # a row that would block every later one
        "9, 1, 1, 0, 'unsure', '  ', 't', NULL, NULL, NULL",
        "9, 1, 1, 0, 'relabel', 'aki', 't', 'clean', NULL, NULL",
        "9, 1, 1, 0, 'withdraw', 'aki', 't', NULL, NULL, NULL",
        "9, 1, 1, 0, 'delete', 'aki', 't', NULL, NULL, NULL",
    ],
)
def test_that_the_file_itself_refuses_a_decision_that_makes_no_sense(raw: sqlite3.Connection, values: str) -> None:
    columns = "seq, wafer_id, chip_column, chip_row, kind, operator, time, from_class, to_class, withdraws, reason"

    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        raw.execute(f"INSERT INTO decision ({columns}) VALUES ({values}, '')")
