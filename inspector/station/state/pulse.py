"""Keeps the window from doing more often than the eye can follow what many small events ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

_REST_MS = 250


class Pulse(QObject):
    """Beats at once when it is asked for the first time, then at most once in `rest_ms` however often it is asked."""

    beat = Signal()

    def __init__(self, parent: QObject, rest_ms: int = _REST_MS) -> None:
        super().__init__(parent)
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(rest_ms)
        self._timer.timeout.connect(self.now)

    def ask(self) -> None:
        """Beat now, or at the end of the rest."""
        self._asked = True
        if not self._timer.isActive():
            self.now()

    def now(self) -> None:
        """Beat without waiting any longer, where anybody has asked."""
        if self._asked:
            self._asked = False
            self._timer.start()
            self.beat.emit()

    def forget(self) -> None:
        """What was asked for has been done in another way."""
        self._asked = False
