"""The keys of a page that answers by itself: they come before the window's own while the page is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inspector.station.keys.held_keys import HeldKeys

Act = Callable[[], object]
_NAMES = {Qt.Key.Key_Right: "Right", Qt.Key.Key_Left: "Left", Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter"}


class PageKeys(QObject):
    """keys(): what each key does now, by its character in lower case or as "Right", "Left", "Enter".

    A key that is held down acts once.
    """

    def __init__(self, page: QWidget, keys: Callable[[], Mapping[str, Act]]) -> None:
        super().__init__(page)
        self._keys = keys
        self._held = HeldKeys()
        self._is_held = False
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            self._is_held = self._held.is_repeat(event)
            if self._act(event) is not None:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyRelease:
            self._held.is_repeat(event)
        elif event.type() == QEvent.Type.KeyPress:
            act = self._act(event)
            if act is not None:
                if not event.isAutoRepeat() and not self._is_held:
                    act()
                return True
        return False

    def _act(self, event: QKeyEvent) -> Act | None:
        plain = Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & ~plain:
            return None
        name = _NAMES.get(Qt.Key(event.key())) or event.text().lower()
        return self._keys().get(name) if name else None
