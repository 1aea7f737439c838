"""Keeps Python's full garbage collections for moments in which nobody works: each one would hold the window up."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_LOOK_MS = 1000
_STILL = 3  # looks at which nothing has moved: a moment of rest
_LONG = 60  # the same: somebody has gone
_ENOUGH = 10  # younger collections since the last full one: Python's own measure
_TOO_MANY = 200  # the same: no rest comes, and what is unreachable by now must go
_THAW_S = 1800.0
_NEVER = 1 << 30


class QuietMemory(QObject):
    """Looks once a second whether the pointer and the shown chip rest, and lets Python collect everything only then.

    What is there at the start, some hundred thousand objects of modules and panels, took 80 ms each time; it is frozen
    (`gc.freeze`), and so is whatever has outlived a full collection, which then sees only what is new. Where nobody has
    moved anything for a minute, all of it is looked through, at most every half hour. Call `stop()` at the end.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._before = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(*self._before[:2], _NEVER)
        gc.enable()
        self._still = 0
        self._seen = self._sight()
        self._thawed = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect if this is a moment of rest, or if none has come for too long."""
        seen = self._sight()
        self._still = self._still + 1 if seen == self._seen else 0
        self._seen = seen
        waiting = gc.get_count()[2]
        if self._still >= _LONG and time.monotonic() - self._thawed > _THAW_S:
            gc.unfreeze()
            self._thawed = time.monotonic()
        elif waiting < _ENOUGH or (self._still < _STILL and waiting < _TOO_MANY):
            return
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Python collects by itself again, as before."""
        self._timer.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def _sight(self) -> tuple[object, ...]:
        return QCursor.pos(), self._session.key, self._session.current
