"""The window's end of the engine: starts it, listens, stops a job, and goes on after a crash (never imports torch)."""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np

from inspector.engine.events import (
    ChipsJudged,
    Command,
    EngineDied,
    Event,
    Heartbeat,
    InspectRequest,
    JobFailed,
    JobFinished,
    ModelLoaded,
    Quit,
    StartJob,
    StopJob,
    TrainRequest,
    WaferPrepared,
    WaferRead,
    Written,
)
from inspector.wafer.grid import ChipId
from inspector.wafer.judgement import Judgement, ModelFacts

_log = logging.getLogger(__name__)
_DEATHS = 3  # on the same chip, before that chip is left undecided
_SILENCE_S = 30.0  # a living engine that has not beaten its heart for so long is stopped and started anew
_STARTING_S = 300.0  # a busy machine may take long to load what judges and learns; a heart beats only after that
_QUIT_S = 3.0
CHECKPOINT = "checkpoint"  # the folder in a training's own folder: what `learning.checkpoint` keeps
YIELDS, TRAINING_YIELDS = 10, 15  # niceness: judging goes before training, the window before both


def _engine_process(connection: Connection, yields: int) -> None:
    """Runs in the child. The host is named by a string: importing it here would pull torch into the window."""
    if hasattr(os, "nice"):
        os.nice(yields)  # the window comes first: an operator notices 50 ms, judging does not
    importlib.import_module("inspector.engine.host").main(connection)


@dataclass
class _Running:
    """The job under way, as far as the parent knows it."""

    job: int
    request: InspectRequest | TrainRequest
    written: set[ChipId] = field(default_factory=set)
    facts: ModelFacts | None = None
    deaths: Counter[ChipId | None] = field(default_factory=Counter)

    def next_chip(self) -> ChipId | None:
        """The first chip that is not on disk; None while the grid is not known, and of a training."""
        if isinstance(self.request, TrainRequest) or self.request.placed is None:
            return None
        done = self.request.skip | self.written
        return next((chip for chip in self.request.placed.chip_ids() if chip not in done), None)


class EngineLink:
    """One engine process and at most one job. Call `poll` often; it never blocks.

    yields: the process's niceness. The station has a second link for training, so that no image waits for it.
    """

    def __init__(self, yields: int = YIELDS) -> None:
        self._yields = yields
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._running: _Running | None = None
        self._jobs = 0
        self._heard, self._spoke = 0.0, False
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The engine's process id while it runs."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the engine's process; does nothing when it runs."""
        if self._process is not None:
            return
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_engine_process, args=(theirs, self._yields), name="engine", daemon=True
        )
        self._process.start()
        theirs.close()
        self._connection = ours
        self._heard, self._spoke = time.monotonic(), False

    def inspect(self, request: InspectRequest) -> int:
        """Start judging an image; returns the job's number. RuntimeError while another job runs."""
        return self._begin(request)

    def train(self, request: TrainRequest) -> int:
        """Start a training; returns the job's number. RuntimeError while another job runs."""
        return self._begin(request)

    def _begin(self, request: InspectRequest | TrainRequest) -> int:
        if self._running is not None:
            raise RuntimeError("one job at a time: wait for JobFinished")
        self.start()
        self._jobs += 1
        self._stopping = False
        self._running = _Running(self._jobs, request)
        self._send(StartJob(self._jobs, request))
        return self._jobs

    def written(self, job: int, chips: Iterable[ChipId]) -> None:
        """Say that a batch is on disk: only then the engine goes on, and a restart does not judge it again."""
        if self._running is not None and self._running.job == job:
            self._running.written.update(chips)
            self._send(Written(job))

    def stop_job(self) -> None:
        """Ask the job to stop after its present step; JobFinished(stopped=True) follows."""
        if self._running is not None:
            self._stopping = True
            self._send(StopJob())

    def poll(self) -> list[Event]:
        """Everything that has happened since the last call, in order."""
        if self._process is None:
            return []
        alive = self._process.is_alive()  # asked before reading, so that last words are still heard
        heard = self._receive()
        events = [event for event in heard if self._note(event)]
        if not alive and not heard:  # what a dead engine left behind is written first, and only then judged on
            events = self._after_death()
        elif alive and time.monotonic() - self._heard > (limit := _SILENCE_S if self._spoke else _STARTING_S):
            _log.error("the engine has been silent for %.0f s", limit)
            self._process.kill()
        return events

    def close(self) -> None:
        """End the engine's process: asked first, killed only when it does not answer."""
        if self._process is None:
            return
        self._send(Quit())
        self._process.join(_QUIT_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._drop()
        self._running = None

    def _send(self, command: Command) -> None:
        if self._connection is not None:
            try:
                self._connection.send(command)
            except OSError:
                _log.info("the engine does not listen; the next poll sees why")

    def _receive(self) -> list[Event]:
        events: list[Event] = []
        try:
            while self._connection is not None and self._connection.poll(0):
                events.append(self._connection.recv())
        except (EOFError, OSError):
            pass
        if events:
            self._heard, self._spoke = time.monotonic(), True
        return events

    def _note(self, event: Event) -> bool:
        """Keep what a restart needs; False where the event is of no use to the window."""
        running = self._running
        if isinstance(event, Heartbeat):
            return False
        job = getattr(event, "job", None)
        if job is not None and (running is None or job != running.job):
            return False
        if running is not None:
            if isinstance(event, ModelLoaded):
                running.facts = event.facts
            elif isinstance(event, WaferPrepared) and isinstance(running.request, InspectRequest):
                running.request = replace(running.request, placed=event.placed, sha256=event.sha256)
            elif isinstance(event, WaferRead) and isinstance(running.request, InspectRequest):
                running.request = replace(running.request, sha256=event.sha256)
            elif isinstance(event, JobFinished | JobFailed):
                self._running = None
        return True

    def _after_death(self) -> list[Event]:
        code = self._process.exitcode if self._process is not None else None
        self._drop()
        running = self._running
        _log.error("the engine ended with code %s", code)
        if running is None:
            return [EngineDied(None, False, f"The engine ended by itself (code {code}); it starts again when needed.")]
        if self._stopping:
            self._running = None
            return [EngineDied(running.job, False, f"The engine ended (code {code})."), JobFinished(running.job, True)]
        chip = running.next_chip()
        running.deaths[chip] += 1
        if running.deaths[chip] < _DEATHS:
            self._restart(running)
            return [EngineDied(running.job, True, f"The engine ended by itself (code {code}); it goes on by itself.")]
        if chip is None or running.facts is None:
            self._running = None
            request = running.request
            what = request.source.name if isinstance(request, InspectRequest) else "The training"
            return [
                EngineDied(running.job, False, f"The engine ended by itself {_DEATHS} times (code {code})."),
                JobFailed(running.job, f"{what} made the engine end {_DEATHS} times: see the log."),
            ]
        running.written.add(chip)
        self._restart(running)
        message = f"Chip {chip.column} / {chip.row} ended the engine {_DEATHS} times: it is left undecided."
        return [EngineDied(running.job, True, message), self._left_undecided(running, running.facts, chip)]

    def _left_undecided(self, running: _Running, facts: ModelFacts, chip: ChipId) -> ChipsJudged:
        count = len(facts.classes)
        nothing = Judgement(
            None, np.zeros(count, np.float32), float("nan"), (0.0, 0.0), np.zeros((count, 1, 1), np.uint8)
        )
        assert isinstance(running.request, InspectRequest)
        assert running.request.placed is not None
        total = len(running.request.placed.chip_ids())
        done = len(running.request.skip | running.written)
        return ChipsJudged(running.job, facts, ((chip, nothing),), done, total, None)

    def _restart(self, running: _Running) -> None:
        """A new process goes on from what is on disk; from the second death on chip by chip, to find the deadly one."""
        self.start()
        if isinstance(running.request, TrainRequest):
            resumes = running.request.resume or (running.request.out / CHECKPOINT).is_dir()
            self._send(StartJob(running.job, replace(running.request, resume=resumes)))
            return
        request = replace(running.request, skip=running.request.skip | running.written)
        if running.deaths.total() > 1:
            request = replace(request, batch=1)
        self._send(StartJob(running.job, request))

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._process = None
