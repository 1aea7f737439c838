"""Undo and redo of decisions: redo appends them to the record, undo appends their withdrawal; nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from inspector.records.record import Record
from inspector.wafer.decision import Decision, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey


class Hearer(Protocol):
    """Who is told of each step once it is in the record: the session."""

    record: Record

    @property
    def operator(self) -> str: ...
    def take_decisions(self, key: WaferKey, written: Sequence[Decision], text: str, again: bool) -> None: ...
    def take_withdrawal(self, key: WaferKey, written: Sequence[Decision], chip: ChipId, text: str) -> None: ...


class DecideCommand(QUndoCommand):
    """One step of the operator: one decision, or one for each chip of a selection.

    `append` and `withdraw` write to the record and may fail; `redo` and `undo`, which Qt calls, only tell what has been
    written. So the stack moves only after the record did.
    """

    def __init__(self, hearer: Hearer, key: WaferKey, decisions: Sequence[NewDecision], text: str) -> None:
        super().__init__(text)
        self._hearer = hearer
        self._key = key
        self._decisions = tuple(decisions)
        self._seqs: tuple[int, ...] = ()
        self._written: Sequence[Decision] = ()
        self._fresh = True

    @property
    def chips(self) -> tuple[ChipId, ...]:
        return tuple(d.chip for d in self._decisions)

    def append(self) -> None:
        """Write the decisions. RecordError where that can't be done: then they do not stand."""
        self._written = self._hearer.record.append(self._key, self._decisions)
        self._seqs = tuple(d.seq for d in self._written)

    def withdraw(self) -> None:
        """Write the decisions' withdrawal. RecordError where that can't be done: then they still stand."""
        self._written = self._hearer.record.withdraw(self._key, self._seqs, self._hearer.operator)
        self._seqs = ()

    def redo(self) -> None:
        fresh, self._fresh = self._fresh, False
        self._hearer.take_decisions(self._key, self._written, self.text(), again=not fresh)

    def undo(self) -> None:
        self._hearer.take_withdrawal(self._key, self._written, self.chips[0], self.text())


class UndoStack(QUndoStack):
    """Moves only after the record was written; where that fails it stays, and the same can be tried again."""

    failed = Signal(str)

    def decide(self, command: DecideCommand) -> bool:
        """Write a new step and put it on the stack; False where it could not be written."""
        try:
            command.append()
        except RecordError as error:
            self.failed.emit(str(error))
            return False
        self.push(command)
        return True

    def undo(self) -> None:
        """Take back the newest step that stands."""
        command = self.command(self.index() - 1) if self.canUndo() else None
        if isinstance(command, DecideCommand):
            try:
                command.withdraw()
            except RecordError as error:
                self.failed.emit(str(error))
                return
            super().undo()

    def redo(self) -> None:
        """Decide the oldest step that was taken back once more."""
        command = self.command(self.index()) if self.canRedo() else None
        if isinstance(command, DecideCommand):
            try:
                command.append()
            except RecordError as error:
                self.failed.emit(str(error))
                return
            super().redo()
