"""The station's hot folder: looks into it beside the window, and hands its wafers to the engine one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.exchange.hot_folder.candidates import Rules
from inspector.exchange.hot_folder.watching import Arrival, HotFolder
from inspector.exchange.retention import Retention, drop_copies, drop_orphans
from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.jobs import JobState
from inspector.station.state.recipes_for_lists import model_for, read_listed
from inspector.station.state.requests import ImageToJudge
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.station.state.settings import WatchChoice
from inspector.wafer.errors import InspectorError, ModelError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe

_LOOK_MS = 2000


@dataclass
class _Watched:
    """What is watched, as it was when watching began."""

    hot: HotFolder
    recipe: Recipe


@dataclass
class _Seen:
    """What one look has brought: done in a thread, told to the window."""

    watched: _Watched
    arrivals: list[Arrival]
    taken: Arrival | None
    trouble: str = ""


class Watching(QObject):
    """On or off; what it was told is kept in the settings, and goes on at the next start.

    A wafer is taken only while the engine rests, so that images opened by hand come first. Stopping the job that judges
    a wafer of the folder stops the watching too: else the same wafer would be taken again at once.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None, look_ms: int = _LOOK_MS) -> None:
        super().__init__(parent)
        self.arrivals: list[Arrival] = []
        self.trouble = ""
        self._session = session
        self._watched: _Watched | None = None
        self._taken: Arrival | None = None
        self._began = self._stopped = False
        self._reason = ""
        self._ended: list[tuple[Arrival, str]] = []  # why it is refused, "" where it is judged
        self._job: WaferKey | None = None
        self._background = Background(self, threads=1)
        self._background.done.connect(self._hear)
        self._timer = QTimer(self)
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self.look)
        session.job_changed.connect(self._follow)
        session.failed.connect(self._note)
        if self.choice.is_on:
            self.start(self.choice)
        record = session.record
        self._background.run("orphans", lambda: drop_orphans(record))

    @property
    def choice(self) -> WatchChoice:
        return self._session.settings.watch

    @property
    def is_on(self) -> bool:
        return self._watched is not None

    def start(self, choice: WatchChoice, settle_s: float | None = None) -> None:
        """Watch from now on, and at the next start of the station; what is wrong with the choice is in `trouble`."""
        self._rest()
        try:
            recipe = read_listed(choice.recipe).recipe
            if self._model(recipe) is None:
                text = self.tr(
                    "There is no model for the recipe {recipe}: train one, or choose its folder when opening."
                )
                raise ModelError(text.format(recipe=recipe.title(self._session.language)))
        except InspectorError as error:
            self.trouble = told(error)
            self.changed.emit()
            return
        rules = Rules(Path(choice.folder), choice.lot or None, choice.done_file or None)
        if settle_s is not None:
            rules = Rules(rules.folder, rules.lot, rules.done_file, settle_s)
        self._watched = _Watched(HotFolder(rules, recipe, self._session.record), recipe)
        self._session.settings.watch = choice.turned(on=True)
        self._timer.start()
        self.changed.emit()
        self.look()

    def stop(self) -> None:
        """Look no more; what is being judged goes on."""
        self._rest()
        self._session.settings.watch = self.choice.turned(on=False)
        self.changed.emit()

    def _rest(self) -> None:
        self._timer.stop()
        self._watched, self._taken, self.trouble, self.arrivals, self._ended = None, None, "", [], []

    def shutdown(self) -> None:
        """Leave no thread behind; the settings stay as they are."""
        self._timer.stop()
        self._watched = None
        self._background.stop()

    def look(self) -> None:
        """Look into the folder, beside the window."""
        watched, ended = self._watched, self._ended
        if watched is not None and not self._background.running:
            self._ended = []
            rests = self._taken is None and not self._session.job.is_active
            self._background.run("look", lambda: _look(watched, ended, rests))

    def _hear(self, key: object, found: object) -> None:
        if key != "look" or not isinstance(found, _Seen) or found.watched is not self._watched:
            return
        self.arrivals, self.trouble = found.arrivals, found.trouble
        if found.taken is not None:
            self._judge(found.watched, found.taken)
        self.changed.emit()

    def _judge(self, watched: _Watched, taken: Arrival) -> None:
        model = self._model(watched.recipe)  # another one may have been activated since the watching began
        if model is None:
            self.stop()
            self.trouble = self.tr("The model of {recipe} is gone: activate another one under Models.").format(
                recipe=watched.recipe.title(self._session.language)
            )
            self.changed.emit()
            return
        self._taken, self._began, self._stopped, self._reason = taken, False, False, ""
        self._session.judge_again(ImageToJudge(taken.path, taken.key, watched.recipe, model))

    def _model(self, recipe: Recipe) -> Path | None:
        return model_for(recipe, self._session.settings.model(recipe.name), self._session.record)

    def _note(self, reason: str) -> None:
        if self._taken is not None and self._began:
            self._reason = reason

    def _follow(self, state: JobState) -> None:
        """The engine's job has moved on: to another wafer, or to rest."""
        if self._job is not None and self._job != state.key:
            self._keep_copies()
        self._job = state.key
        if self._taken is None:
            return
        if state.key == self._taken.key:
            self._began = True
            self._stopped = self._stopped or state.phase == "stopping"
        elif self._began or not (state.is_active or state.waiting):
            self._end(self._taken)

    def _end(self, taken: Arrival) -> None:
        self._taken = None
        if _is_judged(self._session.record, taken.key):
            self._ended.append((taken, ""))
        elif self._reason and not self._stopped:
            self._ended.append((taken, self._reason))
        else:
            return self.stop()
        QTimer.singleShot(0, self, self.look)  # the next one at once

    def _keep_copies(self) -> None:
        try:
            retention = Retention.parse(self._session.settings.keep)
        except InspectorError:
            return  # the panel says so where it is entered
        record, spare = self._session.record, {self._session.key} if self._session.key else set()
        if retention.is_limited:
            self._background.run("keep", lambda: drop_copies(record, retention, spare))


def _look(watched: _Watched, ended: list[tuple[Arrival, str]], rests: bool) -> _Seen:
    """One look, in a thread: what was judged is noted first, then what has come is seen and the next wafer taken."""
    hot = watched.hot
    for arrival, reason in ended:
        if reason:
            hot.refuse(arrival.path, InspectorError(reason))
        else:
            hot.finish(arrival.path)
    try:
        hot.look()
        taken = hot.take() if rests else None
    except InspectorError as error:
        return _Seen(watched, hot.arrivals(), None, told(error))
    return _Seen(watched, hot.arrivals(), taken)


def _is_judged(record: Record, key: WaferKey) -> bool:
    entry = record.wafer(key)
    return bool(entry and entry.sha256 and record.count(key).judged >= entry.placed.chip_count)
