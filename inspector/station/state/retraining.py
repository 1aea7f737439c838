"""A training in an engine of its own: what it was asked, how its curve goes, and where its model lies in the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from inspector.engine.events import (
    EngineDied,
    EpochDone,
    Event,
    JobFailed,
    JobFinished,
    JobNote,
    JobProgress,
    ModelReady,
    TrainRequest,
)
from inspector.engine.link import TRAINING_YIELDS, EngineLink
from inspector.records.models import model_in_use, models_folder
from inspector.station.state.background import Background
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.station.state.training_folders import (
    bytes_of,
    new_training,
    remove_finished,
    remove_trainings,
    stopped_training,
    trainings,
)
from inspector.wafer.errors import ModelError, RecordError, printable
from inspector.wafer.recipe import Recipe
from inspector.wafer.roles import Act

_log = logging.getLogger(__name__)
_POLL_MS = 100
_NAME = "retraining"


class TrainingLink(Protocol):
    """What is asked of the engine that trains; `EngineLink` is the real one."""

    def train(self, request: TrainRequest) -> int: ...
    def poll(self) -> list[Event]: ...
    def stop_job(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class TrainingWish:
    """What a person asks for. minutes: the budget. begin_with_present: else from what is shipped, or at random."""

    dataset: Path
    recipe: Recipe
    minutes: float
    begin_with_present: bool = True
    also: tuple[Path, ...] = ()
    calibrate_on: Path | None = None
    resume: Path | None = None


@dataclass(frozen=True)
class TrainingState:
    """phase: "" at rest, else "starting", "reading", "learning", "calibrating", "comparing", "stopping" or a split.

    said: the last word about it that a person must know. ready: the folder of the model that it brought.
    """

    phase: str = ""
    recipe: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    epochs: tuple[EpochDone, ...] = ()
    said: str = ""
    ready: Path | None = None

    @property
    def is_active(self) -> bool:
        return bool(self.phase)


class Retraining(QObject):
    """At most one training. It lives as long as its session, whatever page is in sight.

    The training has an engine process of its own that yields to the judging one: no image ever waits for it. Where
    the window closes meanwhile, its checkpoint stays, and it can be gone on with.
    """

    changed = Signal(object)  # TrainingState
    model_ready = Signal(object)  # Path

    def __init__(self, session: Session, make_link: Callable[[], TrainingLink] | None = None) -> None:
        super().__init__(session)
        self.setObjectName(_NAME)
        self.state = TrainingState()
        self._session = session
        self._make_link = make_link or (lambda: EngineLink(TRAINING_YIELDS))
        self._link: TrainingLink | None = None
        self._out: Path | None = None  # of the training that runs
        self._background = Background(self, threads=1)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.poll)
        session.closing.connect(self.close)

    @classmethod
    def of(cls, session: Session) -> Retraining:
        """The session's one; made when it is first asked for."""
        found = session.findChild(cls, _NAME)
        return found if isinstance(found, cls) else cls(session)

    def start(self, wish: TrainingWish) -> None:
        """Begin, or go on with a stopped training. What can't be done is said in `changed`."""
        if self.state.is_active:
            return
        record, recipe = self._session.record, wish.recipe
        try:
            present = model_in_use(record, recipe.name)
            facts = {"recipe": recipe.name, "dataset": printable(wish.dataset), "minutes": wish.minutes}
            record.people.done(Act.RETRAIN, recipe.name, facts, self._session.operator)
        except (RecordError, ModelError) as error:
            self._tell(replace(self.state, said=told(error)))
            return
        home = models_folder(record, recipe.name)
        request = TrainRequest(
            wish.dataset,
            recipe.model_dump_json(),
            wish.resume or new_training(home),
            home,
            minutes=wish.minutes,
            start=present if wish.begin_with_present else None,
            also=wish.also,
            present=present,
            calibrate_on=wish.calibrate_on,
            resume=wish.resume is not None,
            command=f"station: {printable(wish.dataset.name)}, {wish.minutes:g} min",
        )
        if self._link is None:
            self._link = self._make_link()
        self._link.train(request)
        self._out = request.out
        epochs = self.state.epochs if wish.resume else ()
        self._tell(TrainingState("starting", recipe.name, epochs=epochs))
        self._timer.start()

    def stop(self) -> None:
        """Keep the best so far and compare it; asked again, leave the comparison out."""
        if self._link is not None and self.state.is_active:
            self._link.stop_job()
            self._tell(replace(self.state, phase="stopping"))

    def stopped_training(self, recipe: str) -> Path | None:
        """The newest training of a recipe that can be gone on with."""
        return stopped_training(models_folder(self._session.record, recipe))

    def left_bytes(self, recipe: str) -> int:
        """What the trainings of a recipe have left on the disk, without the models that they brought."""
        return bytes_of(trainings(models_folder(self._session.record, recipe)))

    def clear_up(self, recipe: str) -> None:
        """Remove what trainings have left: none of them can be gone on with, their models stay."""
        if not self.state.is_active:
            remove_trainings(trainings(models_folder(self._session.record, recipe)))
            self._tell(replace(self.state, said=self._removed()))

    def poll(self) -> None:
        """Take in what the engine has said."""
        for event in self._link.poll() if self._link is not None else ():
            self._take(event)

    def close(self) -> None:
        """End the engine; what was learned up to its last checkpoint stays."""
        self._timer.stop()
        if self._link is not None:
            self._link.close()
            self._link = None
        self._background.stop()

    def _take(self, event: Event) -> None:
        state = self.state
        if isinstance(event, JobProgress):
            phase = "stopping" if state.phase == "stopping" and event.phase == "learning" else event.phase
            self._tell(replace(state, phase=phase, done=event.done, total=event.total, seconds_left=event.seconds_left))
        elif isinstance(event, EpochDone):
            before = tuple(e for e in state.epochs if e.epoch < event.epoch)  # an epoch may come again after a death
            self._tell(replace(state, epochs=(*before, event)))
        elif isinstance(event, JobNote):
            self._tell(replace(state, said=told(event.message)))
        elif isinstance(event, ModelReady):
            self._tell(replace(state, ready=event.folder))
            if self._out is not None:
                self._background.run("finished", partial(remove_finished, self._out))
            self.model_ready.emit(event.folder)
        elif isinstance(event, JobFailed):
            self._end(event.message)
        elif isinstance(event, JobFinished):
            self._end("" if state.ready else self._nothing())
        elif isinstance(event, EngineDied) and event.restarting:
            _log.error("%s", event.message)
            self._tell(replace(state, said=self._goes_on()))

    def _end(self, said: str) -> None:
        self._timer.stop()
        link, self._link = self._link, None
        if link is not None:
            self._background.run("close", link.close)  # its memory is wanted for judging; ending takes a moment
        self._tell(replace(self.state, phase="", seconds_left=None, said=said or self.state.said))

    def _nothing(self) -> str:
        return QCoreApplication.translate("Retraining", "Stopped before anything was learned: nothing is kept.")

    def _removed(self) -> str:
        return QCoreApplication.translate("Retraining", "What trainings had left is removed; their models stay.")

    def _goes_on(self) -> str:
        return QCoreApplication.translate(
            "Retraining", "The training ended by itself and goes on where it was written down last."
        )

    def _tell(self, state: TrainingState) -> None:
        self.state = state
        self.changed.emit(state)
