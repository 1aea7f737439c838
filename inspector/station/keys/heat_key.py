"""The key of the heat map (H): held down it peeks at the other view of the chip, tapped it stays there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_HELD_S = 0.3


class HeatView(Protocol):
    """What can show and hide the heat map."""

    @property
    def heat_visible(self) -> bool: ...
    def set_heat_visible(self, visible: bool) -> None: ...


class HeatKey(QObject):
    """Watches one window's keys; keys of text fields never come here, because a field takes them first."""

    def __init__(
        self,
        view: HeatView,
        parent: QObject,
        keys: Callable[[], Sequence[str]] = lambda: ("H",),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._view, self._keys = view, keys
        self._clock = clock
        self._down_at: float | None = None
        self._down = Qt.Key.Key_unknown

    def toggle(self) -> None:
        self._view.set_heat_visible(not self._view.heat_visible)

    def handles(self, event: QKeyEvent) -> bool:
        """True where the event was that key going down or up; the view has changed then."""
        pressed = QKeySequence(event.keyCombination())
        if self._down_at is None or event.type() == QEvent.Type.KeyPress:
            if not any(pressed == QKeySequence(key) for key in self._keys()):
                return False
            self._down = Qt.Key(event.key())
        elif event.key() != self._down:
            return False
        if event.isAutoRepeat():
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._down_at = self._clock()
            self.toggle()
        elif event.type() == QEvent.Type.KeyRelease and self._down_at is not None:
            if self._clock() - self._down_at >= _HELD_S:
                self.toggle()
            self._down_at = None
        return True
