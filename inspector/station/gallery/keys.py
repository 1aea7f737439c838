"""The keys that belong to the grid of thumbnails itself: they look around and choose, and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True)
class Move:
    """across: places. down: rows. pages: as many rows as are in sight. to: the first (-1) or last (1) place of all."""

    across: int = 0
    down: int = 0
    pages: int = 0
    to: int = 0


_MOVES = {
    _Key.Key_Left: Move(across=-1),
    _Key.Key_Right: Move(across=1),
    _Key.Key_Up: Move(down=-1),
    _Key.Key_Down: Move(down=1),
    _Key.Key_PageUp: Move(pages=-1),
    _Key.Key_PageDown: Move(pages=1),
    _Key.Key_Home: Move(to=-1),
    _Key.Key_End: Move(to=1),
}


def move_of(event: QKeyEvent) -> Move | None:
    """Where a key leads, with Shift too; None for any other key."""
    if event.modifiers() & ~(_SHIFT | _KEYPAD):
        return None
    return _MOVES.get(_Key(event.key()))


def extends(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & _SHIFT)


def is_toggle(event: QKeyEvent) -> bool:
    """Space chooses the thumbnail with the keyboard, or no longer."""
    return event.key() == _Key.Key_Space and not event.modifiers()


def is_own_key(event: QEvent) -> bool:
    """True for keys that the window's shortcuts must leave alone while the thumbnails have the keyboard."""
    return isinstance(event, QKeyEvent) and (move_of(event) is not None or is_toggle(event))
