"""Tells a key that is held down from one that is pressed again, so that a held key decides once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_PAIR_MS = 5  # no finger lifts and presses so fast: X sends each repeat as a release and a press, not always marked
_RUNNING = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
    | {Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Plus, Qt.Key.Key_Minus}
)


class HeldKeys:
    """Is shown every key event of a window. Keys that only move, and keys with Ctrl, may repeat.

    QAction.setAutoRepeat(False) is not enough: it is forgotten when an action's keys are set anew, and repeats that X
    does not mark pass it.
    """

    def __init__(self) -> None:
        self._released: dict[int, int] = {}

    def is_repeat(self, event: QKeyEvent) -> bool:
        """True for the question before a shortcut (ShortcutOverride) where a held key asks it again."""
        if event.type() == QEvent.Type.KeyRelease:
            self._released[event.key()] = event.timestamp()
        if event.type() != QEvent.Type.ShortcutOverride or event.key() in _RUNNING:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return event.isAutoRepeat() or self._follows_at_once(event)

    def _follows_at_once(self, event: QKeyEvent) -> bool:
        released = self._released.get(event.key(), 0)
        return released > 0 and 0 <= event.timestamp() - released <= _PAIR_MS
