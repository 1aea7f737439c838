"""The machine's side of the station: images wait in a line, the engine judges them, every batch goes to the record."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from inspector.engine.events import (
    ChipsJudged,
    EngineDied,
    EngineReady,
    Event,
    InspectRequest,
    JobFailed,
    JobFinished,
    JobProgress,
    ModelLoaded,
    WaferPrepared,
)
from inspector.imaging.source import Fingerprint, fingerprint
from inspector.records.record import Record, WaferEntry
from inspector.station.state.background import Background
from inspector.station.state.requests import ImageToJudge, first_request, request_to_go_on
from inspector.wafer.errors import InspectorError, RecordError, printable
from inspector.wafer.grid import ChipId, WaferKey

_log = logging.getLogger(__name__)
_POLL_MS = 30
_REST_POLL_MS = 500


class Link(Protocol):
    """What the station asks of the engine; `inspector.engine.link.EngineLink` is the real one."""

    def start(self) -> None: ...
    def inspect(self, request: InspectRequest) -> int: ...
    def written(self, job: int, chips: Iterable[ChipId]) -> None: ...
    def poll(self) -> list[Event]: ...
    def stop_job(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class JobState:
    """What the job bar shows.

    phase: "" at rest, else "starting", "loading", "reading", "aligning", "judging" or "stopping".
    waiting: images that come after this one. device: the engine's device in words, empty until it is known.
    """

    phase: str = ""
    key: WaferKey | None = None
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    waiting: int = 0
    device: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.phase)


class Judging(QObject):
    """Runs one engine job at a time and writes what comes back before anybody is told."""

    prepared = Signal(object)  # WaferKey
    judged = Signal(object, object, object)  # WaferKey, ModelFacts, tuple of (ChipId, Judgement)
    changed = Signal(object)  # JobState
    failed = Signal(str)

    def __init__(self, record: Record, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = JobState()
        self._record = record
        self._link = link
        self._line: deque[ImageToJudge] = deque()
        self._current: ImageToJudge | None = None
        self._request: InspectRequest | None = None
        self._job: int | None = None
        self._background = Background(self, threads=1)
        self._background.done.connect(self._compare)
        self._timer = QTimer(self)
        self._timer.setInterval(_REST_POLL_MS)
        self._timer.timeout.connect(self.poll)

    def start_engine(self) -> None:
        """Start the engine's process ahead of the first image."""
        self._link.start()
        self._timer.start()

    def add(self, images: Sequence[ImageToJudge]) -> None:
        """Put images at the end of the line."""
        self._line.extend(images)
        self._tell(replace(self.state, waiting=len(self._line)))
        self._timer.start()
        if self._current is None:
            self._next()

    def stop(self) -> None:
        """Stop the image under way after its present step and forget the line; what is judged stays."""
        self._line.clear()
        if self._current is None:
            return
        self._tell(replace(self.state, phase="stopping", waiting=0))
        if self._job is not None:
            self._link.stop_job()
        else:
            self._finish()  # the source file is still being compared; its answer finds nobody

    def close(self) -> None:
        """Stop everything; afterwards neither process nor thread is left."""
        self._timer.stop()
        self._line.clear()
        self._background.stop()
        self._link.close()

    def poll(self) -> None:
        """Take in whatever the engine has said."""
        for event in self._link.poll():
            self._take(event)

    def _next(self) -> None:
        self._job, self._request, self._current = None, None, None
        while self._line and self._current is None:
            self._begin(self._line.popleft())
        if self._current is None:
            self._timer.setInterval(_REST_POLL_MS)
            self._tell(JobState(device=self.state.device))

    def _begin(self, image: ImageToJudge) -> None:
        self._current = image
        self._timer.setInterval(_POLL_MS)
        self._tell(JobState("starting", image.key, waiting=len(self._line), device=self.state.device))
        try:
            request = first_request(self._record, image)
        except RecordError as error:
            self._current = None
            self.failed.emit(str(error))
            return
        if request is None:
            self._background.run(image, lambda: fingerprint(image.source))
        else:
            self._ask(request)

    def _compare(self, image: object, found: object) -> None:
        """The wafer is in the record already: go on where it stopped, if it is the same image."""
        if image is not self._current or not isinstance(image, ImageToJudge):
            return
        if not isinstance(found, Fingerprint):
            self.failed.emit(str(found))
            return self._finish()
        try:
            request = request_to_go_on(self._record, image, found.sha256)
        except InspectorError as error:
            self.failed.emit(str(error))
            return self._finish()
        if request.placed is not None:
            self.prepared.emit(image.key)
        self._ask(request)

    def _ask(self, request: InspectRequest) -> None:
        self._request = request
        self._job = self._link.inspect(request)

    def _take(self, event: Event) -> None:
        if isinstance(event, EngineReady):
            self._tell(replace(self.state, device=event.device_title or self.state.device))
        elif isinstance(event, ModelLoaded):
            self._tell(replace(self.state, device=event.device_title))
        elif isinstance(event, WaferPrepared):
            self._write_wafer(event)
        elif isinstance(event, ChipsJudged):
            self._write_batch(event)
        elif isinstance(event, JobProgress):
            self._progress(event.phase, event.done, event.total, event.seconds_left)
        elif isinstance(event, JobFinished):
            self._finish()
        elif isinstance(event, JobFailed):
            self.failed.emit(event.message)
            self._finish()
        elif isinstance(event, EngineDied):
            _log.error("%s", event.message)
            self.failed.emit(_death(event.restarting))

    def _progress(self, phase: str, done: int, total: int, seconds_left: float | None) -> None:
        if self.state.phase != "stopping":
            self._tell(replace(self.state, phase=phase, done=done, total=total, seconds_left=seconds_left))

    def _write_wafer(self, event: WaferPrepared) -> None:
        image, request = self._current, self._request
        if image is None or request is None:
            return
        entry = WaferEntry(
            image.key,
            printable(image.source.absolute()),
            event.sha256,
            request.recipe_json,
            event.placed,
            event.copy_name,
            datetime.now(UTC),
        )
        try:
            known = self._record.wafer(image.key)
            self._record.add_wafer(entry)
        except RecordError as error:
            with suppress(OSError):
                request.copy.unlink(missing_ok=True)  # a copy of which the record does not know, or of another image
            self._give_up(error)
            return
        self.prepared.emit(image.key)
        if known is not None and (known.placed.grid, known.placed.matrix) != (event.placed.grid, event.placed.matrix):
            self._begin_again(image)

    def _begin_again(self, image: ImageToJudge) -> None:
        """Its copy is made anew, but the grid was found elsewhere than before: judge it on the grid of the record."""
        self._request = None  # what this job still says is not taken
        self._line.appendleft(image)
        self._link.stop_job()

    def _write_batch(self, event: ChipsJudged) -> None:
        image = self._current
        if image is None or self._request is None:
            return
        try:
            self._record.add_judgements(image.key, event.facts, event.judged)
        except RecordError as error:
            self._give_up(error)
            return
        self._link.written(event.job, [chip for chip, _ in event.judged])
        self._progress("judging", event.done, event.total, event.seconds_left)
        self.judged.emit(image.key, event.facts, event.judged)

    def _give_up(self, error: RecordError) -> None:
        self.failed.emit(str(error))
        self.stop()

    def _finish(self) -> None:
        self._next()

    def _tell(self, state: JobState) -> None:
        self.state = state
        self.changed.emit(state)


def _death(restarting: bool) -> str:
    if restarting:
        return QCoreApplication.translate(
            "Judging", "The engine ended by itself and goes on where it stopped; nothing that was judged is lost."
        )
    return QCoreApplication.translate("Judging", "The engine ended by itself; it starts again with the next image.")
