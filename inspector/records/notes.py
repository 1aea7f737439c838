"""Writes and reads the notes that people leave on chips, inside a transaction that the caller holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from inspector.records.entries import check_name, check_text, now_text
from inspector.records.rows import next_seq
from inspector.records.schema import note
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId

_LENGTH = 2000


@dataclass(frozen=True)
class Note:
    """What somebody wrote on a chip. time: UTC."""

    seq: int
    time: datetime
    chip: ChipId
    operator: str
    text: str


def insert_note(connection: Connection, wafer_row: int, chip: ChipId, text: str, operator: str) -> Note:
    """Appends a note. RecordError for an empty text, or one of more than 2000 characters."""
    check_name(operator, "The operator's name")
    check_text(text, "The note")
    text = text.strip()
    if not 0 < len(text) <= _LENGTH:
        raise RecordError(f"A note has 1 to {_LENGTH} characters: write it anew.")
    return _insert(connection, wafer_row, chip, text, operator)


def withdraw_note(connection: Connection, wafer_row: int, seq: int, operator: str) -> None:
    """Takes a note back; one that is taken back already is left as it is. RecordError where the wafer has no such."""
    check_name(operator, "The operator's name")
    found = note_operator(connection, wafer_row, seq)
    if found is None:
        raise RecordError(f"The wafer has no note {seq}: open the wafer again and look.")
    query = select(note.c.chip_column, note.c.chip_row).where(note.c.seq == seq)
    column, row = connection.execute(query).one()
    if connection.execute(select(note.c.seq).where(note.c.withdraws == seq)).first() is None:
        _insert(connection, wafer_row, ChipId(column, row), "", operator, seq)


def note_operator(connection: Connection, wafer_row: int, seq: int) -> str | None:
    """Who wrote a note; None where the wafer has no such note."""
    query = select(note.c.operator).where(note.c.wafer_id == wafer_row, note.c.seq == seq, note.c.withdraws.is_(None))
    return connection.execute(query).scalar()


def read_notes(connection: Connection, wafer_row: int) -> dict[ChipId, list[Note]]:
    """The notes of a wafer that nobody took back, oldest first."""
    back = select(note.c.withdraws).where(note.c.wafer_id == wafer_row, note.c.withdraws.is_not(None))
    query = select(note).where(note.c.wafer_id == wafer_row, note.c.withdraws.is_(None), note.c.seq.not_in(back))
    found: dict[ChipId, list[Note]] = {}
    for row in connection.execute(query.order_by(note.c.seq)):
        chip = ChipId(row.chip_column, row.chip_row)
        one = Note(row.seq, datetime.fromisoformat(row.time), chip, row.operator, row.text)
        found.setdefault(chip, []).append(one)
    return found


def _insert(
    connection: Connection, wafer_row: int, chip: ChipId, text: str, operator: str, withdraws: int | None = None
) -> Note:
    seq, time = next_seq(connection, note), now_text()
    place = {"wafer_id": wafer_row, "chip_column": int(chip.column), "chip_row": int(chip.row)}
    written = {"seq": seq, "operator": operator, "time": time, "text": text, "withdraws": withdraws}
    connection.execute(note.insert().values(**place, **written))
    return Note(seq, datetime.fromisoformat(time), chip, operator, text)
