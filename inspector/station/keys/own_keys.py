"""Lets a focused button or list keep its own keys, so that Space on "Stop" stops and does not confirm a chip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QWidget

_PRESS = (Qt.Key.Key_Space,)
_CHOOSE = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)


class OwnKeys(QObject):
    """An event filter for the controls of a window; the window's shortcuts get every other key."""

    def keep(self, root: QWidget) -> None:
        """Watch every button, list and combo box under a widget."""
        for kind in (QAbstractButton, QAbstractItemView, QComboBox):
            for widget in root.findChildren(kind):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = _PRESS if isinstance(watched, QAbstractButton) else _CHOOSE
            if event.key() in keys and not event.modifiers():
                event.accept()
                return True
        return False
