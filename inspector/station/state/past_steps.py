"""Fills the undo stack with what a person has done within the shift, before this start of the station too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from inspector.records.record import Record
from inspector.station.state.answer import Answer
from inspector.station.state.background import Background
from inspector.station.state.undo import DecideCommand, StepCommand
from inspector.station.state.words import decision_in_words
from inspector.wafer.classes import ClassSet
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.steps import Step, Steps

if TYPE_CHECKING:
    from inspector.station.state.session import Session

SHIFT = timedelta(hours=12)
_MOST = 500  # steps that are kept for undo: nobody goes back further by one key


class PastSteps(QObject):
    """Reads beside the window; what is decided meanwhile is not lost from the stack."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._turn = 0
        self._background = Background(self, 1)
        self._background.done.connect(self._take)
        session.operator_changed.connect(self.read)
        session.closing.connect(self._stop)
        QTimer.singleShot(0, self, self.read)

    @property
    def is_settled(self) -> bool:
        """True where the stack holds what the record says."""
        return self._background.running == 0

    def read(self) -> None:
        """Look up the steps of whoever is at the station now."""
        self._turn += 1
        read = partial(_read, self._session.record, self._session.operator)
        self._background.run(self._turn, read)

    def _stop(self) -> None:
        self._turn += 1
        self._background.stop()

    def _take(self, turn: int, value: object) -> None:
        if turn != self._turn or not isinstance(value, Steps) or not (value.undo or value.redo):
            return
        if self._session.undo_stack.count():  # somebody was quicker: the record knows these steps too
            try:
                value = _read(self._session.record, self._session.operator)
            except InspectorError as error:
                self._session.failed.emit(str(error))
                return
        self._fill(value)

    def _fill(self, steps: Steps) -> None:
        known: dict[WaferKey, tuple[ClassSet, datetime | None]] = {}
        done = self._commands(reversed(steps.undo[:_MOST]), known)
        undone = self._commands(steps.redo[:_MOST], known)
        self._session.undo_stack.remember(done, undone)

    def _commands(
        self, steps: Iterable[Step], known: dict[WaferKey, tuple[ClassSet, datetime | None]]
    ) -> list[StepCommand]:
        """The steps that can be taken back one by one: of one wafer, and not from before its grid was corrected."""
        commands: list[StepCommand] = []
        for step in steps:
            if step.opinion is not None:
                commands.append(self._session.opinions.past_command(step.opinion))
                continue
            if len({d.wafer for d in step.decisions}) != 1:
                continue
            if step.wafer not in known:
                known[step.wafer] = self._of_wafer(step.wafer)
            classes, moved = known[step.wafer]
            if moved is not None and step.decisions[0].time <= moved:
                continue
            text = _in_words(step, classes, self._session.language)
            commands.append(DecideCommand.of_past(self._session, step.decisions, text))
        return commands

    def _of_wafer(self, key: WaferKey) -> tuple[ClassSet, datetime | None]:
        """Its classes, and when its grid was corrected last."""
        record = self._session.record
        entry, placements = record.wafer(key), record.placements(key)
        classes = recipe_from_json(entry.recipe_json).class_set if entry is not None else ClassSet(())
        return classes, placements[-1].time if len(placements) > 1 else None


def _read(record: Record, operator: str) -> Steps:
    return record.work.steps(operator, datetime.now(UTC) - SHIFT)


def _in_words(step: Step, classes: ClassSet, language: str) -> str:
    new = step.decisions[0].new
    same = all((d.new.kind, d.new.to_class) == (new.kind, new.to_class) for d in step.decisions)
    if not same:
        text = QCoreApplication.translate("Session", "{count} chips, decided together")
        return text.format(count=len(step.decisions))
    answer = Answer(new.kind, new.to_class, new.subtype, new.point, new.reason)
    return decision_in_words(step.chips, answer, classes, language)
