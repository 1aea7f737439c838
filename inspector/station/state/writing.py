"""Writes to the record beside the window, one piece after the other, and says when it is on disk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.station.state.background import Background
from inspector.wafer.errors import RecordError

_log = logging.getLogger(__name__)
_CLOSE_MS = 3000
Then = Callable[[RecordError | None], None]


class Writing(QObject):
    """At most one write is under way; `rested` says, in the window's thread, that the next may begin."""

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._background.done.connect(self._hear)
        self._under_way: tuple[Future[None], Then] | None = None

    @property
    def is_under_way(self) -> bool:
        """True until whoever asked for the write has been told of its end."""
        return self._under_way is not None

    def begin(self, work: Callable[[], None], then: Then) -> None:
        """Do `work` in a thread; `then` is called in the window's, with the error where the record refused it."""
        assert self._under_way is None, "one write at a time"
        outcome: Future[None] = Future()
        self._under_way = outcome, then
        self._background.run(outcome, partial(_fulfil, outcome, work))

    def finish(self) -> None:
        """Wait for the write under way and tell of it now; `rested` is left out."""
        if self._under_way is not None:
            wait([self._under_way[0]])
            self._tell()

    def close(self) -> None:
        """Wait for the write under way, at most 3 s; nobody is told of it any more."""
        under_way, self._under_way = self._under_way, None
        if not self._background.stop(_CLOSE_MS):
            _log.error("a write to the record takes more than %d ms: it ends by itself", _CLOSE_MS)
        elif under_way is not None and under_way[0].done() and under_way[0].exception() is not None:
            _log.error("the last write was refused: %s", under_way[0].exception())

    def _hear(self, outcome: object, _: object) -> None:
        if self._under_way is not None and outcome is self._under_way[0]:
            self._tell()
            self.rested.emit()

    def _tell(self) -> None:
        assert self._under_way is not None
        (outcome, then), self._under_way = self._under_way, None
        error = outcome.exception()
        if error is not None and not isinstance(error, RecordError):
            raise error
        then(error)


def _fulfil(outcome: Future[None], work: Callable[[], None]) -> None:
    try:
        work()
    except BaseException as error:  # told in the window's thread, where somebody hears it
        outcome.set_exception(error)
    else:
        outcome.set_result(None)
