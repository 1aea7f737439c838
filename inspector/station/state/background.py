"""Does small pieces of work beside the window, so that the window never waits for pixels."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from inspector.wafer.errors import InspectorError


class _Work(QRunnable):
    """Deleted in the window's thread, by whoever keeps it: in the pool's thread that would happen without Python's
    lock, beside whatever the window is making just then."""

    def __init__(self, key: Hashable, work: Callable[[], object], teller: Background) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._key = key
        self._work = work
        self._teller = teller

    def run(self) -> None:
        try:
            self._tell()
        finally:
            with suppress(RuntimeError):
                self._teller.over.emit(self)

    def _tell(self) -> None:
        try:
            value = self._work()
        except (InspectorError, OSError, ValueError) as error:
            value = error
        with suppress(RuntimeError):  # the window went while this was worked on: nobody waits for it
            self._teller.done.emit(self._key, value)


class Background(QObject):
    """Runs functions in a pool of its own; `done(key, value)` arrives in the thread of whoever listens.

    A function that fails with an InspectorError, OSError or ValueError hands that error over as its value. Deleting
    this object waits for what is being worked on.
    """

    done = Signal(object, object)
    over = Signal(object)  # a piece of work, to be let go of in the window's thread

    def __init__(self, parent: QObject, threads: int) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._begun: set[_Work] = set()
        self.over.connect(self._let_go)

    @property
    def threads(self) -> int:
        return self._pool.maxThreadCount()

    @property
    def running(self) -> int:
        """How many pieces are being worked on now."""
        return self._pool.activeThreadCount()

    def run(self, key: Hashable, work: Callable[[], object], urgency: int = 0) -> None:
        """Start a piece of work as soon as a thread is free, the most urgent first."""
        begun = _Work(key, work, self)
        self._begun.add(begun)
        self._pool.start(begun, urgency)

    def stop(self, longest_ms: int = -1) -> bool:
        """Forget what has not begun and wait for the rest: afterwards no thread is left.

        longest_ms: -1 waits for ever; else False where something still goes on after that time.
        """
        self._pool.clear()
        if not self._pool.waitForDone(longest_ms):
            return False
        self._begun.clear()
        return True

    def _let_go(self, work: _Work) -> None:
        self._begun.discard(work)
