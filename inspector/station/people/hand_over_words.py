"""The hand-over of a shift in words: who did what, what is left, what was written."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from inspector.exchange.sheet import Part, Sheet
from inspector.records.work import Work
from inspector.station.people.shift import Shift
from inspector.station.state.words import clock


class HandOverWords(QObject):
    """Speaks the language of now."""

    def sheet(self, shift: Shift, language: str, note: str = "") -> Sheet:
        """note: what the next shift must know."""
        parts = [self._work(shift), self._left(shift), self._notes(shift)]
        before = shift.before
        if before is not None and before.note:
            title = self.tr("Written at the last hand-over")
            parts.append(Part(title, lines=(self._by(before.operator, before.time, before.note),)))
        if note.strip():
            parts.append(Part(self.tr("For the next shift"), lines=(note.strip(),)))
        about = self.tr("From {since} to {until}").format(since=clock(shift.since), until=clock(shift.until))
        return Sheet(language, self.tr("Shift hand-over"), about, tuple(parts))

    def _work(self, shift: Shift) -> Part:
        head = (
            self.tr("Name"),
            self.tr("Decided"),
            self.tr("Changed"),
            self.tr("Unsure"),
            self.tr("Second reviews"),
            self.tr("Settled"),
            self.tr("Taken back"),
            self.tr("Notes"),
            self.tr("Seconds a chip"),
        )
        rows = tuple(self._work_row(work) for work in shift.work)
        nothing = () if rows else (self.tr("Nobody has decided anything in this shift yet."),)
        return Part(self.tr("Who did what"), head, rows, nothing)

    def _work_row(self, work: Work) -> tuple[str, ...]:
        numbers = (
            work.decided,
            work.relabelled,
            work.unsure,
            work.reviewed,
            work.adjudicated + work.returned,
            work.withdrawn,
            work.notes,
        )
        pace = "–" if work.seconds is None else f"{work.seconds:.1f}"
        return (work.operator, *(f"{number:,}" for number in numbers), pace)

    def _left(self, shift: Shift) -> Part:
        head = (
            self.tr("Lot · wafer"),
            self.tr("Want eyes"),
            self.tr("Second review"),
            self.tr("Disputed"),
            self.tr("Returned"),
        )
        rows = []
        for left in shift.left:
            if left.is_open:
                numbers = (left.open, left.second, left.disputed, left.returned)
                rows.append((f"{left.key.lot} · {left.key.wafer}", *(f"{n:,}" for n in numbers)))
        nothing = () if rows else (self.tr("Nothing waits on the wafers of this shift."),)
        return Part(self.tr("What is left"), head, tuple(rows), nothing)

    def _notes(self, shift: Shift) -> Part:
        lines = []
        for note in shift.notes:
            place = self.tr("{lot} · {wafer}, chip {column} / {row}").format(
                lot=note.key.lot, wafer=note.key.wafer, column=note.column, row=note.row
            )
            lines.append(f"{place}: {self._by(note.operator, note.time, note.text)}")
        return Part(self.tr("Notes on chips"), lines=tuple(lines) or (self.tr("No note was written."),))

    def _by(self, who: str, time: datetime, text: str) -> str:
        return self.tr("{text} ({who}, {time})").format(text=text, who=who, time=clock(time))
