"""Keeps Python from holding the window up: garbage is collected here and at rest only, threads give way at once."""

from __future__ import annotations

import gc
import linecache
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000
_REST_S = 3.0  # without a touch: a moment of rest
_LONG_REST_S = 60.0  # the same: whoever worked has gone
_ENOUGH = 10  # younger collections since the last full one: Python's own measure
_TOO_MANY = 200  # the same: no rest comes, and what is unreachable by now must go
_THAW_S = 1800.0
_YOUNG_MS = 30
_GIVE_WAY_S = 0.0005


class QuietPython(QObject):
    """Looks once a second for how long nobody has touched the station; Python collects everything only at rest.

    A full collection looks at whatever is alive, at first some hundred thousand objects of modules and panels, and
    takes 80 ms for them. So they are frozen (`gc.freeze`), and so is what has outlived a full collection and what has
    been read with a wafer (call `keep_what_is_there` then): the next one sees only what is new. After a minute without
    a touch all of it is looked through, at most every half hour.

    A thread that loops in Python keeps the window waiting for the interpreter's lock, by default 5 ms each time that
    the window has let go of it: beside one that reads wafers from the record, one gap in a hundred was longer than
    50 ms, and is 20 ms with a tenth of that. Call `stop()` at the end.
    """

    def __init__(self, rested: Callable[[], float], parent: QObject) -> None:
        """rested: for how many seconds nobody has touched anything."""
        super().__init__(parent)
        self._rested = rested
        self._before = gc.get_threshold()
        self._gave_way = sys.getswitchinterval()
        sys.setswitchinterval(_GIVE_WAY_S)
        linecache.clearcache()  # the source of every module, which Qt has read and nobody needs
        gc.freeze()
        gc.disable()
        self._young = QTimer(self)
        self._young.setInterval(_YOUNG_MS)
        self._young.timeout.connect(self.tend)
        self._young.start()
        self._thawed = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def tend(self) -> None:
        """Collect the young, as Python would by itself, but in this thread.

        In another thread the collector would end widgets there that hang in a cycle, and wait for the interpreter's
        lock with one of Qt's in its hands: the window then stands still for ever.
        """
        young, middle, _ = gc.get_count()
        if middle > self._before[1]:
            gc.collect(1)
        elif young > self._before[0]:
            gc.collect(0)

    def keep_what_is_there(self) -> None:
        """Much has just been read that will stay for a while: no collection looks at it."""
        gc.freeze()

    def look(self) -> None:
        """Collect if this is a moment of rest, or if none has come for too long."""
        rested, waiting = self._rested(), gc.get_count()[2]
        if rested >= _LONG_REST_S and time.monotonic() - self._thawed > _THAW_S:
            gc.unfreeze()
            self._thawed = time.monotonic()
        elif waiting < _ENOUGH or (rested < _REST_S and waiting < _TOO_MANY):
            return
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Everything as before; Python collects by itself again."""
        self._timer.stop()
        self._young.stop()
        sys.setswitchinterval(self._gave_way)
        gc.enable()
        gc.unfreeze()
