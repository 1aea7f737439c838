"""The machine's side of the station: images wait in a line, the engine judges them, every batch goes to the record."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.engine.events import (
    ChipsJudged,
    EngineDied,
    EngineReady,
    Event,
    InspectRequest,
    JobFailed,
    JobFinished,
    JobNote,
    JobProgress,
    ModelLoaded,
    WaferPrepared,
    WaferRead,
)
from inspector.imaging.sources.stamp import same_image
from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.engine_words import death_words
from inspector.station.state.jobs import JobState, Link
from inspector.station.state.pulse import Pulse
from inspector.station.state.requests import (
    DoubtfulImage,
    ImageToJudge,
    drop_spare_copy,
    entry_as_read,
    first_request,
    request_to_go_on,
)
from inspector.station.state.writing import Writing
from inspector.wafer.errors import InspectorError, RecordError
from inspector.wafer.grid import PlacedGrid

_log = logging.getLogger(__name__)
_POLL_MS = 30
_REST_POLL_MS = 500


class Judging(QObject):
    """Runs one engine job at a time and writes what comes back before anybody is told.

    The record is written beside the window. What the engine says after a write waits until that write is on disk, and
    the engine is not asked for more meanwhile: after its death it goes on from what is on disk.
    """

    prepared = Signal(object)  # WaferKey
    judged = Signal(object, object, object)  # WaferKey, ModelFacts, tuple of (ChipId, Judgement)
    changed = Signal(object)  # JobState
    failed = Signal(str)
    grid_in_doubt = Signal(object)  # DoubtfulImage

    def __init__(self, record: Record, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = JobState()
        self._record = record
        self._link = link
        self._line: deque[ImageToJudge] = deque()
        self._current: ImageToJudge | None = None
        self._request: InspectRequest | None = None
        self._placed: PlacedGrid | None = None  # of the job under way
        self._job: int | None = None
        self._heard: deque[Event] = deque()
        self._writing = Writing(self)
        self._writing.rested.connect(self.poll)
        self._further = Pulse(self)
        self._further.beat.connect(lambda: self.changed.emit(self.state))
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

    def judge_again(self, image: ImageToJudge) -> None:
        """Judge what a wafer of the record lacks before all that waits; a job on that wafer under way begins again."""
        if self._current is not None and self._current.key == image.key and self._job is not None:
            self._request = None  # what this job still says is not taken
            self._link.stop_job()
        self._line.appendleft(image)
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
            self._next()  # the source file is still being compared; its answer finds nobody

    def close(self) -> None:
        """Stop everything; afterwards neither process nor thread is left, and what was being written is on disk."""
        self._timer.stop()
        self._line.clear()
        self._heard.clear()
        self._writing.close()
        self._background.stop()
        self._link.close()

    def poll(self) -> None:
        """Take in whatever the engine has said, as far as nothing has to be on disk first."""
        if not self._heard and not self._writing.is_under_way:
            self._heard.extend(self._link.poll())
        self._take_on()

    def catch_up(self) -> None:
        """Take in all that the engine has said by now; waits until it is on disk."""
        self.poll()
        while self._writing.is_under_way:
            self._writing.finish()
            self._take_on()

    def _take_on(self) -> None:
        while self._heard and not self._writing.is_under_way:
            self._take(self._heard.popleft())

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
            known = self._record.wafer(image.key)
            assert known is not None, "only a known wafer goes on"
            if image.from_copy and (self._record.images_folder / known.copy_name).is_file():
                return self._compare(image, True)
            self._background.run(image, lambda: same_image(image.source, image.recipe, known.sha256, known.stamp))
        else:
            self._ask(request)

    def _compare(self, image: object, found: object) -> None:
        """The wafer is in the record already: go on where it stopped, if it is the same image."""
        if image is not self._current or not isinstance(image, ImageToJudge):
            return
        if not isinstance(found, bool):
            self.failed.emit(str(found))
            return self._next()
        try:
            request = request_to_go_on(self._record, image, found)
        except InspectorError as error:
            self.failed.emit(str(error))
            return self._next()
        if request.sha256 and request.copy.is_file() and not image.from_copy:
            self.prepared.emit(image.key)
        self._ask(request)

    def _ask(self, request: InspectRequest) -> None:
        self._request, self._placed = request, request.placed
        self._job = self._link.inspect(request)

    def _take(self, event: Event) -> None:
        if isinstance(event, EngineReady):
            self._tell(replace(self.state, device=event.device_title or self.state.device))
        elif isinstance(event, ModelLoaded):
            self._tell(replace(self.state, device=event.device_title))
        elif isinstance(event, WaferPrepared):
            self._write_wafer(event)
        elif isinstance(event, WaferRead):
            self._finish_wafer(event)
        elif isinstance(event, ChipsJudged):
            self._write_batch(event)
        elif isinstance(event, JobProgress):
            self._progress(event.phase, event.done, event.total, event.seconds_left)
        elif isinstance(event, JobNote):
            self.failed.emit(event.message)  # nothing has failed, but somebody should know before deciding
        elif isinstance(event, JobFinished):
            drop_spare_copy(self._record, self._current, self._request)
            self._next()
        elif isinstance(event, JobFailed):
            if event.changed:
                self._withdraw(event.message)
            self.failed.emit(event.message)
            if event.best is not None and self._current is not None:
                self.grid_in_doubt.emit(DoubtfulImage(self._current, event.best))
            self._next()
        elif isinstance(event, EngineDied):
            _log.error("%s", event.message)
            self.failed.emit(death_words(event.restarting))

    def _progress(self, phase: str, done: int, total: int, seconds_left: float | None) -> None:
        if self.state.phase == "stopping":
            return
        state = replace(self.state, phase=phase, done=done, total=total, seconds_left=seconds_left)
        if phase != self.state.phase:
            self._tell(state)
        else:
            self.state = state
            self._further.ask()

    def _write_wafer(self, event: WaferPrepared) -> None:
        image, request = self._current, self._request
        if image is None or request is None:
            return
        entry = entry_as_read(image, request, event)

        def written(error: RecordError | None) -> None:
            if error is not None:
                self._give_up(error)
                with suppress(OSError):
                    request.copy.unlink(missing_ok=True)  # the record does not know it, or it is of another image
                return
            self._placed = event.placed
            if request.copy.is_file():
                self.prepared.emit(image.key)

        self._writing.begin(partial(self._record.add_wafer, entry), written)

    def _finish_wafer(self, event: WaferRead) -> None:
        """The image was read whole: only now its working copy can be looked at."""
        if self._current is None or self._placed is None:
            return
        key = self._current.key

        def written(error: RecordError | None) -> None:
            if error is not None:
                self._give_up(error)
            else:
                self.prepared.emit(key)

        self._writing.begin(partial(self._record.finish_wafer, key, event.sha256), written)

    def _withdraw(self, reason: str) -> None:
        """The image changed before it was read whole: nothing that was judged on it stands."""
        key = self._current.key if self._current is not None else None
        try:
            entry = self._record.wafer(key) if key is not None else None
            if entry is not None and not entry.sha256:
                self._record.withdraw_wafer(entry.key, reason)
        except RecordError as error:
            self.failed.emit(str(error))

    def _write_batch(self, event: ChipsJudged) -> None:
        image = self._current
        if image is None or self._request is None:
            return

        def written(error: RecordError | None) -> None:
            if error is not None:
                self._give_up(error)
                return
            self._link.written(event.job, [chip for chip, _ in event.judged])
            self._progress("judging", event.done, event.total, event.seconds_left)
            self.judged.emit(image.key, event.facts, event.judged)

        work = partial(self._record.add_judgements, image.key, event.facts, event.judged, self._placed)
        self._writing.begin(work, written)

    def _give_up(self, error: RecordError) -> None:
        self.failed.emit(str(error))
        self.stop()

    def _tell(self, state: JobState) -> None:
        self.state = state
        self._further.forget()
        self.changed.emit(state)
