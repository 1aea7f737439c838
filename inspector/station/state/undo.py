"""Undo and redo of steps: redo appends them to the record, undo appends their withdrawal; nothing is erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from inspector.records.record import Record
from inspector.station.state.sentences import told
from inspector.wafer.decision import Decision, NewDecision
from inspector.wafer.errors import InspectorError, OutdatedError, RoleError
from inspector.wafer.grid import ChipId, WaferKey


class Hearer(Protocol):
    """Who is told of each step once it is in the record: the session."""

    record: Record

    @property
    def operator(self) -> str: ...
    def take_decisions(self, key: WaferKey, written: Sequence[Decision], text: str, again: bool) -> None: ...
    def take_withdrawal(self, key: WaferKey, written: Sequence[Decision], chip: ChipId, text: str) -> None: ...


class StepCommand(QUndoCommand):
    """One step of the operator.

    `append` and `withdraw` write to the record and may fail with an InspectorError; `redo` and `undo`, which Qt calls,
    only tell what has been written. So the stack moves only after the record did.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._unheard = 0  # moves of the stack that nobody is told of, because everybody has read the record

    def append(self) -> None:
        """Write the step. InspectorError where that can't be done: then it does not stand."""
        raise NotImplementedError

    def withdraw(self) -> None:
        """Write the step's withdrawal. InspectorError where that can't be done: then it still stands."""
        raise NotImplementedError

    def take_back_unheard(self) -> None:
        """The step was taken back in the past: it stands on the stack to be done again."""
        self._unheard = 2

    def leave_out(self) -> None:
        """The step can never be taken back, or done, again: at the stack's next move it goes without a word."""
        self._unheard = 1
        self.setObsolete(True)

    def _is_unheard(self) -> bool:
        unheard, self._unheard = self._unheard > 0, max(0, self._unheard - 1)
        return unheard


class DecideCommand(StepCommand):
    """One decision, or one for each chip of a selection."""

    def __init__(self, hearer: Hearer, key: WaferKey, decisions: Sequence[NewDecision], text: str) -> None:
        super().__init__(text)
        self._hearer = hearer
        self._key = key
        self._decisions = tuple(decisions)
        self._seqs: tuple[int, ...] = ()
        self._written: Sequence[Decision] = ()
        self._is_new = True

    @classmethod
    def of_past(cls, hearer: Hearer, written: Sequence[Decision], text: str) -> DecideCommand:
        """A step that is in the record already, from before this start of the station; decisions of one wafer."""
        command = cls(hearer, written[0].wafer, [d.new for d in written], text)
        command._seqs = tuple(d.seq for d in written)
        command._is_new, command._unheard = False, 1
        return command

    @property
    def chips(self) -> tuple[ChipId, ...]:
        return tuple(d.chip for d in self._decisions)

    def append(self) -> None:
        self._written = self._hearer.record.append(self._key, self._decisions)
        self._seqs = tuple(d.seq for d in self._written)

    def withdraw(self) -> None:
        self._written = self._hearer.record.withdraw(self._key, self._seqs, self._hearer.operator)
        self._seqs = ()

    def redo(self) -> None:
        if self._is_unheard():
            return
        again, self._is_new = not self._is_new, False
        self._hearer.take_decisions(self._key, self._written, self.text(), again=again)

    def undo(self) -> None:
        if not self._is_unheard():
            self._hearer.take_withdrawal(self._key, self._written, self.chips[0], self.text())


class UndoStack(QUndoStack):
    """Moves only after the record was written; where that fails it stays, and the same can be tried again.

    A step that the record will never take, as its wafer was withdrawn or the chip is an engineer's now, is left out, so
    that those beyond it can be reached.
    """

    failed = Signal(str)

    def decide(self, command: StepCommand) -> bool:
        """Write a new step and put it on the stack; False where it could not be written."""
        try:
            command.append()
        except InspectorError as error:
            self.failed.emit(str(error))
            return False
        self.push(command)
        return True

    def remember(self, done: Iterable[StepCommand], undone: Sequence[StepCommand] = ()) -> None:
        """Begin with these steps of the past instead of what is on the stack.

        done: steps that stand, oldest first. undone: steps that were taken back, the one to do again first leading.
        """
        self.clear()
        for step in done:
            self.push(step)
        for step in undone:
            step.take_back_unheard()
            self.push(step)
        for _ in undone:
            super().undo()

    def undo(self) -> None:
        """Take back the newest step that stands."""
        command = self.command(self.index() - 1) if self.canUndo() else None
        if isinstance(command, StepCommand):
            self._move(command, command.withdraw, super().undo)

    def redo(self) -> None:
        """Do the oldest step that was taken back once more."""
        command = self.command(self.index()) if self.canRedo() else None
        if isinstance(command, StepCommand):
            self._move(command, command.append, super().redo)

    def _move(self, command: StepCommand, write: Callable[[], None], move: Callable[[], None]) -> None:
        try:
            write()
        except (OutdatedError, RoleError) as error:
            command.leave_out()
            self.failed.emit(
                self.tr("{why} This step is left out; press again for the one beyond it.").format(why=told(error))
            )
        except InspectorError as error:
            self.failed.emit(str(error))
            return
        move()
