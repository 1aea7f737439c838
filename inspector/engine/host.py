"""The engine's own process: runs one job at a time and sends what it finds to the window's process."""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from multiprocessing.connection import Connection

from inspector.engine.events import (
    ChipsJudged,
    Command,
    EngineReady,
    Event,
    Heartbeat,
    JobFailed,
    JobFinished,
    Quit,
    StartJob,
    StopJob,
    TrainRequest,
    Written,
)
from inspector.engine.jobs import Events, Models, inspect_job
from inspector.engine.train_job import train_job
from inspector.imaging.alignment.align import GridDoubtError
from inspector.wafer.errors import ImageSpoiltError, InspectorError

_log = logging.getLogger(__name__)
_HEARTBEAT_S = 0.5
_AHEAD = 2  # batches that may be under way before the receiver has written the first of them


class Host:
    """Takes commands from one connection and answers with events; ends when the other side is gone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._models = Models()
        self._unwritten = 0
        self._stops = 0  # how often the job was asked to stop
        self._quit = False

    def run(self) -> None:
        """Serve until Quit or until the other process has gone."""
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        try:
            self._send(EngineReady(""))
            while not self._quit:
                command: Command = self._connection.recv()
                if isinstance(command, StartJob):
                    self._serve(command)
                elif isinstance(command, Quit):
                    self._quit = True
        except (EOFError, BrokenPipeError, ConnectionError):
            _log.info("the window's process has gone; the engine ends")

    def _serve(self, start: StartJob) -> None:
        self._unwritten, self._stops = 0, 0
        try:
            with closing(self._events(start)) as events:
                for event in events:
                    self._unwritten += isinstance(event, ChipsJudged)
                    self._send(event)
                    self._listen()
                    if self._quit or (self._stops and not isinstance(start.request, TrainRequest)):
                        break
            self._send(JobFinished(start.job, stopped=self._stops > 0))
        except InspectorError as error:
            best = error.best if isinstance(error, GridDoubtError) else None
            self._send(JobFailed(start.job, str(error), isinstance(error, ImageSpoiltError), best))
        except (EOFError, BrokenPipeError, ConnectionError):
            raise
        except Exception as error:
            _log.exception("job %d failed", start.job)
            self._send(JobFailed(start.job, f"The engine met an error it did not expect ({error!r}): see the log."))

    def _events(self, start: StartJob) -> Events:
        """A training ends by itself when it is asked to stop: what it has learned is compared first."""
        if isinstance(start.request, TrainRequest):
            return train_job(start.job, start.request, lambda: self._stops)
        return inspect_job(start.job, start.request, self._models)

    def _listen(self) -> None:
        """Take what has come in; wait only while too many batches are not on disk yet."""
        while self._connection.poll(None if self._unwritten > _AHEAD and not self._stops else 0):
            command: Command = self._connection.recv()
            if isinstance(command, Written):
                self._unwritten = max(0, self._unwritten - 1)
            elif isinstance(command, StopJob):
                self._stops += 1
            elif isinstance(command, Quit):
                self._quit, self._stops = True, self._stops + 1

    def _send(self, event: Event) -> None:
        with self._sending:
            self._connection.send(event)

    def _beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(_HEARTBEAT_S):
            try:
                self._send(Heartbeat())
            except OSError:
                return


def main(connection: Connection) -> None:
    """Entry point of the spawned process."""
    Host(connection).run()
