"""Runs a job, which is a generator of Progress, beside the window: seen as it goes, stopped between two steps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from inspector.station.state.sentences import told
from inspector.wafer.errors import InspectorError
from inspector.wafer.progress import Job, Progress

_TOLD_EVERY_S = 0.05  # a person sees no more, and the window has other things to do


class _Run(QRunnable):
    def __init__(self, make: Callable[[], Job[Any]], teller: ThreadJob, number: int) -> None:
        super().__init__()
        self.setAutoDelete(False)  # see `background.py`
        self.is_over = False
        self._make, self._teller, self._number = make, teller, number
        self.stop = threading.Event()

    def run(self) -> None:
        try:
            self._tell("finished", self._work())
        except (InspectorError, OSError) as error:
            self._tell("failed", told(error))
        finally:
            self.is_over = True

    def _work(self) -> object:
        found, told = None, 0.0
        with closing(self._make()) as steps:
            for step in steps:
                found = step.found if step.found is not None else found
                if self.stop.is_set():
                    return None
                if time.monotonic() - told > _TOLD_EVERY_S:
                    told = time.monotonic()
                    self._tell("stepped", Progress(step.done, step.total, None, step.seconds_left, step.phase))
        return found

    def _tell(self, what: str, value: object) -> None:
        with suppress(RuntimeError):  # the window went meanwhile: nobody waits for it
            self._teller.heard.emit(self._number, what, value)


class ThreadJob(QObject):
    """One job at a time. finished: with what its last steps found; stopped: it ended before, and cleaned up."""

    heard = Signal(int, str, object)  # from the thread; the others are said in the window's own
    stepped = Signal(object)  # Progress
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._run: _Run | None = None
        self._begun: list[_Run] = []
        self._number = 0
        self.heard.connect(self._hear)

    @property
    def is_running(self) -> bool:
        return self._run is not None

    def start(self, make: Callable[[], Job[Any]]) -> None:
        """Begin a job; one that runs is stopped first, and what it still says is not heard."""
        self.forget()
        self._number += 1
        self._run = _Run(make, self, self._number)
        self._begun = [one for one in self._begun if not one.is_over] + [self._run]
        self._pool.start(self._run)

    def stop(self) -> None:
        """Stop after the present step; `stopped` follows."""
        if self._run is not None:
            self._run.stop.set()

    def forget(self) -> None:
        """Stop, and hear nothing of it any more."""
        self.stop()
        self._run = None

    def shutdown(self) -> None:
        """Stop and wait: afterwards no thread is left."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone()

    def _hear(self, number: int, what: str, value: object) -> None:
        if self._run is None or number != self._number:
            return
        if what == "stepped":
            self.stepped.emit(value)
            return
        was_stopped, self._run = self._run.stop.is_set(), None
        self._begun = [one for one in self._begun if not one.is_over]
        if was_stopped:
            self.stopped.emit()
        elif what == "failed":
            self.failed.emit(str(value))
        else:
            self.finished.emit(value)
