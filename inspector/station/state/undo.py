"""Undo and redo of decisions: redo appends them to the record, undo appends their withdrawal; nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from inspector.wafer.decision import NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class DecideCommand(QUndoCommand):
    """One step of the operator: one decision, or one for each chip of a selection.

    The record is written before anything else is told. Where it can't be written, the decision does not stand: a first
    decision vanishes from the stack, and an undo or redo that failed can simply be tried again.
    """

    def __init__(self, session: Session, key: WaferKey, decisions: Sequence[NewDecision], text: str) -> None:
        super().__init__(text)
        self._session = session
        self._key = key
        self._decisions = tuple(decisions)
        self._seqs: tuple[int, ...] = ()
        self._fresh = True

    @property
    def chips(self) -> tuple[ChipId, ...]:
        return tuple(d.chip for d in self._decisions)

    @property
    def stands(self) -> bool:
        """True while the record holds the decisions and no withdrawal of them."""
        return bool(self._seqs)

    def redo(self) -> None:
        fresh, self._fresh = self._fresh, False
        if self._seqs:
            return
        try:
            written = self._session.record.append(self._key, self._decisions)
        except RecordError as error:
            self.setObsolete(fresh)
            self._session.failed.emit(str(error))
            return
        self._seqs = tuple(d.seq for d in written)
        self._session.take_decisions(self._key, written, self.text(), again=not fresh)

    def undo(self) -> None:
        if not self._seqs:
            return
        try:
            written = self._session.record.withdraw(self._key, self._seqs, self._session.operator)
        except RecordError as error:
            self._session.failed.emit(str(error))
            return
        self._seqs = ()
        self._session.take_withdrawal(self._key, written, self.chips[0], self.text())
