"""Writes and reads the wafers of a record, inside a transaction that the caller holds."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from inspector.records.entries import (
    WaferEntry,
    check_name,
    check_text,
    now_text,
    placed_from_json,
    placed_to_json,
    time_text,
)
from inspector.records.schema import placement, reading, recipe, wafer, wafer_withdrawal
from inspector.wafer.errors import OutdatedError, RecordError
from inspector.wafer.grid import WaferKey


def insert_wafer(connection: Connection, entry: WaferEntry) -> None:
    """Adds a wafer; one that is there with the same image is left as it is. RecordError for another image.

    Where either image is still being read, the same image is one with the same stamp.
    """
    check_name(entry.key.lot, "The lot's name")
    check_name(entry.key.wafer, "The wafer's name")
    there = next(iter(read_wafers(connection, entry.key.lot, entry.key.wafer)), None)
    if there is None:
        connection.execute(wafer.insert().values(_values(entry, _recipe_id(connection, entry.recipe_json))))
    elif not _same_image(there, entry):
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
        "stamp": entry.stamp or None,
    }


def _same_image(there: WaferEntry, entry: WaferEntry) -> bool:
    return there.sha256 == entry.sha256 if there.sha256 and entry.sha256 else there.stamp == entry.stamp


def finish_reading(connection: Connection, wafer_row: int, sha256: str) -> None:
    """Keeps the fingerprint of an image that has been read whole. RecordError where it has another one already."""
    known = connection.execute(_wafers().where(wafer.c.id == wafer_row)).one()
    if not known.read_sha256 and not known.sha256:
        connection.execute(reading.insert().values(wafer_id=wafer_row, sha256=sha256, time=now_text()))
    elif sha256 not in (known.read_sha256, known.sha256):
        raise RecordError(
            f"Wafer {known.wafer!r} of lot {known.lot!r} is in the record with another image: give this image another "
            "wafer name or lot."
        )


def withdraw_wafer(connection: Connection, wafer_row: int, reason: str) -> None:
    """Sets a wafer aside with everything on it; nothing of it is deleted."""
    check_text(reason, "The reason")
    if not reason.strip():
        raise RecordError("A wafer can't be withdrawn without a reason: say why.")
    connection.execute(wafer_withdrawal.insert().values(wafer_id=wafer_row, reason=reason, time=now_text()))


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
    return connection.execute(select(wafer.c.id).where(by_key, is_there())).scalar_one_or_none()


def known_wafer_id(connection: Connection, key: WaferKey) -> int:
    """The row of a wafer. OutdatedError where the record has no such wafer, or no longer."""
    found = wafer_id(connection, key)
    if found is None:
        raise OutdatedError(
            f"The record has no wafer {key.wafer!r} in lot {key.lot!r}: check the names, or judge its image first."
        )
    return found


def read_wafers(connection: Connection, lot: str | None, name: str | None = None) -> list[WaferEntry]:
    """The wafers, in the order in which they were added: all, those of a lot, or the one with that name."""
    query = _wafers().where(is_there()).order_by(wafer.c.id)
    if lot is not None:
        query = query.where(wafer.c.lot == lot)
    if name is not None:
        query = query.where(wafer.c.wafer == name)
    return [_entry(row) for row in connection.execute(query)]


def is_there() -> ColumnElement[bool]:
    """The condition on wafers: not withdrawn."""
    return wafer.c.id.not_in(select(wafer_withdrawal.c.wafer_id))


def _wafers() -> Select[Any]:
    newest = select(placement.c.placed).where(placement.c.wafer_id == wafer.c.id).order_by(placement.c.seq.desc())
    moved = newest.limit(1).scalar_subquery().label("moved")
    query = select(wafer, recipe.c.json, reading.c.sha256.label("read_sha256"), moved).join(recipe)
    return query.outerjoin(reading, reading.c.wafer_id == wafer.c.id)


def _entry(row: Row[Any]) -> WaferEntry:
    return WaferEntry(
        WaferKey(row.lot, row.wafer),
        row.source,
        row.read_sha256 or row.sha256,
        row.json,
        placed_from_json(row.moved or row.placed),
        row.copy_name,
        datetime.fromisoformat(row.added),
        row.stamp or "",
    )
