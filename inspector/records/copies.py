"""Which working copies beside the record are those of its wafers."""

from __future__ import annotations

from sqlalchemy import select

from inspector.records.file import RecordFile
from inspector.records.schema import wafer


class Copies:
    """Asks the record's file."""

    def __init__(self, file: RecordFile) -> None:
        self._file = file

    def names(self) -> set[str]:
        """The file names of the copies of every wafer, withdrawn ones too."""
        with self._file.reading() as connection:
            return set(connection.execute(select(wafer.c.copy_name)).scalars())
