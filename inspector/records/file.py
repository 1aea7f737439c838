"""The record's open file: transactions that read or write, where it lies, and that it is still the same file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from inspector.records import events
from inspector.records.connection import explained
from inspector.wafer.errors import RecordError, RoleError


class RecordFile:
    """What every part of the record reads and writes through."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self.reader = engine.execution_options(reads=True)
        self._identity = _file_identity(path)

    @property
    def images_folder(self) -> Path:
        """The folder of the working copies beside the record, `<stem>.images`. Made when it is missing."""
        folder = self.path.with_name(f"{self.path.stem}.images")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise RecordError(f"The folder {folder} can't be made ({error.strerror}): allow writing there.") from error
        return folder

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the record."""
        with explained(self.path), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when it ends; an act that it refuses to a person leaves an event instead."""
        if _file_identity(self.path) != self._identity:  # SQLite would go on writing into the moved file, unseen
            raise RecordError(f"The record {self.path} was moved or replaced while it was open: open it again.")
        try:
            with explained(self.path), self.engine.begin() as connection:
                yield connection
        except RoleError as refused:
            with explained(self.path), self.engine.begin() as connection:
                events.insert_refusal(connection, refused)
            raise


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
