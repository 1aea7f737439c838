"""The move of a wafer's grid as a step that can be taken back: a move back is a new place in the record."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication

from inspector.records.record import Record
from inspector.station.state.undo import StepCommand
from inspector.wafer.errors import OutdatedError
from inspector.wafer.grid import PlacedGrid, WaferKey


class GridHearer(Protocol):
    """Who is told once the grid lies elsewhere: the session."""

    record: Record

    @property
    def operator(self) -> str: ...
    def hear_engine(self) -> None: ...
    def take_moved_grid(self, key: WaferKey, text: str) -> None: ...


class MoveGridCommand(StepCommand):
    """Judgements and decisions follow the place: those made where the grid lies again stand again.

    Only the grid as it lies after this step is taken back: where somebody has moved it since, that holds.
    """

    def __init__(self, hearer: GridHearer, key: WaferKey, before: PlacedGrid, after: PlacedGrid) -> None:
        super().__init__(QCoreApplication.translate("Session", "Grid of {wafer} moved").format(wafer=key.wafer))
        self._hearer, self._key = hearer, key
        self._before, self._after = before, after
        self._is_new = True

    def append(self) -> None:
        self._move(self._before, self._after)

    def withdraw(self) -> None:
        self._move(self._after, self._before)

    def redo(self) -> None:
        if self._is_unheard():
            return
        moved = QCoreApplication.translate("Session", "The grid is moved; chips that moved are judged again.")
        redone = QCoreApplication.translate("Session", "Redone: {what}").format(what=self.text())
        self._hearer.take_moved_grid(self._key, moved if self._is_new else redone)
        self._is_new = False

    def undo(self) -> None:
        if not self._is_unheard():
            text = QCoreApplication.translate("Session", "Undone: {what}").format(what=self.text())
            self._hearer.take_moved_grid(self._key, text)

    def _move(self, expected: PlacedGrid, wanted: PlacedGrid) -> None:
        self._hearer.hear_engine()  # what was judged on the grid as it lay belongs to that place
        entry = self._hearer.record.wafer(self._key)
        if entry is None or entry.placed != expected:
            text = QCoreApplication.translate("Session", "The grid of {wafer} has been moved by somebody else since.")
            raise OutdatedError(text.format(wafer=self._key.wafer))
        self._hearer.record.move_grid(self._key, wanted, self._hearer.operator)
