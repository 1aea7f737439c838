"""Writes and reads the wafers of a record, inside a transaction that the caller holds."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from inspector.records.entries import WaferEntry, check_name, placed_from_json, placed_to_json, time_text
from inspector.records.schema import recipe, wafer
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey


def insert_wafer(connection: Connection, entry: WaferEntry) -> None:
    """Adds a wafer; one that is there with the same image is left as it is. RecordError for another image."""
    check_name(entry.key.lot, "The lot's name")
    check_name(entry.key.wafer, "The wafer's name")
    by_key = (wafer.c.lot == entry.key.lot) & (wafer.c.wafer == entry.key.wafer)
    there = connection.execute(select(wafer.c.sha256, wafer.c.source).where(by_key)).one_or_none()
    if there is None:
        connection.execute(wafer.insert().values(_values(entry, _recipe_id(connection, entry.recipe_json))))
    elif there.sha256 != entry.sha256:
        raise RecordError(
            f"Wafer {entry.key.wafer!r} of lot {entry.key.lot!r} is in the record with another image "
            f"({there.source!r}): give this image another wafer name or lot."
        )


def _values(entry: WaferEntry, recipe_id: int) -> dict[str, Any]:
    return {
        "lot": entry.key.lot,
        "wafer": entry.key.wafer,
        "source": entry.source,
        "sha256": entry.sha256,
        "recipe_id": recipe_id,
        "placed": placed_to_json(entry.placed),
        "copy_name": entry.copy_name,
        "added": time_text(entry.added),
    }


def _recipe_id(connection: Connection, recipe_json: str) -> int:
    digest = hashlib.sha256(recipe_json.encode()).hexdigest()
    found = connection.execute(select(recipe.c.id).where(recipe.c.digest == digest)).scalar_one_or_none()
    if found is None:
        found = (connection.execute(select(func.max(recipe.c.id))).scalar_one() or 0) + 1
        connection.execute(recipe.insert().values(id=found, digest=digest, json=recipe_json))
    return found


def wafer_id(connection: Connection, key: WaferKey) -> int | None:
    """The row of a wafer, None where the record has no such wafer."""
    by_key = (wafer.c.lot == key.lot) & (wafer.c.wafer == key.wafer)
    return connection.execute(select(wafer.c.id).where(by_key)).scalar_one_or_none()


def known_wafer_id(connection: Connection, key: WaferKey) -> int:
    """The row of a wafer. RecordError where the record has no such wafer."""
    found = wafer_id(connection, key)
    if found is None:
        raise RecordError(
            f"The record has no wafer {key.wafer!r} in lot {key.lot!r}: check the names, or judge its image first."
        )
    return found


def read_wafers(connection: Connection, lot: str | None, name: str | None = None) -> list[WaferEntry]:
    """The wafers, in the order in which they were added: all, those of a lot, or the one with that name."""
    query = select(wafer, recipe.c.json).join(recipe).order_by(wafer.c.id)
    if lot is not None:
        query = query.where(wafer.c.lot == lot)
    if name is not None:
        query = query.where(wafer.c.wafer == name)
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Row[Any]) -> WaferEntry:
    return WaferEntry(
        WaferKey(row.lot, row.wafer),
        row.source,
        row.sha256,
        row.json,
        placed_from_json(row.placed),
        row.copy_name,
        datetime.fromisoformat(row.added),
    )
