"""The key H: held down it peeks at the other view of the chip, tapped it stays there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_HELD_S = 0.3


class HeatView(Protocol):
    """What can show and hide the heat map."""

    @property
    def heat_visible(self) -> bool: ...
    def set_heat_visible(self, visible: bool) -> None: ...


class HeatKey(QObject):
    """Watches one window's keys; keys of text fields never come here, because a field takes them first."""

    def __init__(self, view: HeatView, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._view = view
        self._clock = clock
        self._down_at: float | None = None

    def toggle(self) -> None:
        self._view.set_heat_visible(not self._view.heat_visible)

    def handles(self, event: QKeyEvent) -> bool:
        """True where the event was H going down or up; the view has changed then."""
        if event.key() != Qt.Key.Key_H or event.modifiers():
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
