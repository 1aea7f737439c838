"""Keeps letters that are typed into a field away from the window's shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def takes_typing(event: QEvent) -> bool:
    """True where the event asked whether a key is a shortcut; the field has taken it then, unless Ctrl is held."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
        event.setAccepted(not event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return True
    return False
