"""Copies the record while it is open, before its tables change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path


def back_up(path: Path) -> Path:
    """Copy the SQLite file at `path` to `<stem>.backups/`, checked, and return the copy's path.

    SQLite's own backup is used: a plain copy of an open database can be torn. OSError or sqlite3.Error where it fails.
    """
    folder = path.with_name(f"{path.stem}.backups")
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    partial = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the copy is damaged: {verdict}")
    partial.replace(target)
    return target
