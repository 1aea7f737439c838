"""Notices that nobody has touched the station for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """`passed` once nothing was touched for `after()` seconds (0: never), and again after the next such time.

    It listens to the windows that have the keyboard, not to every event of every widget: the window must stay quick.
    """

    passed = Signal()

    def __init__(
        self, parent: QObject, after: Callable[[], float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._after = after
        self._clock = clock
        self._touched_at = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
            self._listen(app.focusWindow())

    def touch(self) -> None:
        """Somebody is there."""
        self._touched_at = self._clock()

    @property
    def seconds(self) -> float:
        """For how long nobody has touched anything."""
        return self._clock() - self._touched_at

    def look(self) -> None:
        """Say so where the time has passed."""
        after = self._after()
        if after > 0 and self.seconds >= after:
            self.touch()
            self.passed.emit()

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False
