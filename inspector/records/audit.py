"""Keeps the record append-only: triggers refuse every change, and a look at opening finds triggers that are gone."""

from __future__ import annotations

from sqlalchemy import Connection

_SAME = {  # what makes a new row collide with an old one, so that REPLACE would delete the old one unseen
    "recipe": "id = NEW.id OR digest = NEW.digest",
    "wafer": "id = NEW.id OR (lot = NEW.lot AND wafer = NEW.wafer "
    "AND id NOT IN (SELECT wafer_id FROM wafer_withdrawal))",
    "reading": "wafer_id = NEW.wafer_id",
    "wafer_withdrawal": "wafer_id = NEW.wafer_id",
    "placement": "seq = NEW.seq",
    "model": "id = NEW.id",
    "judgement": "seq = NEW.seq",
    "evidence": "judgement_seq = NEW.judgement_seq",
    "decision": "seq = NEW.seq",
    "person": "seq = NEW.seq",
    "event": "seq = NEW.seq",
    "opinion": "seq = NEW.seq",
    "note": "seq = NEW.seq",
}


def triggers() -> dict[str, str]:
    """Every trigger that a record must have: its name and the statement that makes it."""
    made = {}
    for table, same in _SAME.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, 'the record is append-only: {table} is never changed or deleted'); END"
        exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        made[f"{table}_no_update"] = f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
        made[f"{table}_no_delete"] = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
        made[f"{table}_no_replace"] = f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {exists} {refuse}"
    return made


def install(connection: Connection) -> None:
    """Make the triggers that are not there; a migration that rebuilds a table drops that table's triggers."""
    there = _there(connection)
    for name, statement in triggers().items():
        if name not in there:
            connection.exec_driver_sql(statement)


def missing(connection: Connection) -> list[str]:
    """Names of triggers that are gone or that say something else than they must."""
    there = _there(connection)
    return [name for name, statement in triggers().items() if there.get(name) != statement]


def _there(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}
