"""Ctrl+K: type a few letters of what you want to do, and do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from inspector.station.keys.actions import ACTIONS, action_text, key_text
from inspector.station.keys.key_map import KeyMap
from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look.targets import TARGET, TallRows

_WIDTH, _ROWS, _FEWEST, _TOP = 480, 9, 3, 12
_BESIDES = 160  # logical pixels: all but the rows, and some room below
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Words(QLineEdit):
    moved = Signal(QKeyEvent)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self.moved.emit(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
        event.accept()


class CommandSearch(QFrame):
    """Lies over the upper edge of its parent while it is asked for. named: the window's actions by name."""

    def __init__(self, named: Callable[[], Mapping[str, QAction]], key_map: KeyMap, parent: QWidget) -> None:
        super().__init__(parent)
        self._named, self._map, self._over = named, key_map, parent
        self._before: QWidget | None = None
        self.setObjectName("command_search")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._words = _Words(self)
        self._words.setObjectName("command_words")
        self._words.setPlaceholderText(self.tr("What do you want to do?"))
        self._words.setAccessibleName(self._words.placeholderText())
        self._words.setMinimumHeight(32)
        self._list = QListWidget(self)
        self._list.setObjectName("commands")
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(TallRows(self._list))
        self._hint = QLabel(self.tr("↑ ↓ choose, Enter does it, Esc closes"), self)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for part in (self._words, self._list, self._hint):
            layout.addWidget(part)
        self._words.textChanged.connect(self._show_found)
        self._words.returnPressed.connect(self._do)
        self._words.moved.connect(lambda event: QListWidget.keyPressEvent(self._list, event))
        self._words.left.connect(self.close_search)
        self._list.itemClicked.connect(self._do)
        self.hide()

    def ask(self) -> None:
        """Show the field and take the keyboard; asked for again, it closes."""
        if self.isVisible():
            return self.close_search()
        self._before = self.window().focusWidget()
        self._words.clear()
        self._show_found()
        self.show()
        self.place()
        self.raise_()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_search(self) -> None:
        """Hand the keyboard back to whoever had it."""
        self.hide()
        before = self._before if self._before is not None and self._before.isVisible() else self._over
        before.setFocus()

    def place(self) -> None:
        """In the middle of the parent's upper edge."""
        row = max(self._list.sizeHintForRow(0), TARGET)
        rows = max(_FEWEST, min(_ROWS, (self._over.height() - _BESIDES) // row))
        self._list.setFixedHeight(rows * row + 4)
        self.setFixedWidth(min(_WIDTH, self._over.width() - 32))
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, _TOP)

    def _show_found(self) -> None:
        self._list.clear()
        for name, text, keys in self._found(self._words.text()):
            action = self._named()[name]
            item = QListWidgetItem(f"{text}    {keys}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, name)
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(action.toolTip())
            self._list.addItem(item)
        able = (n for n in range(self._list.count()) if self._list.item(n).flags() & Qt.ItemFlag.ItemIsEnabled)
        self._list.setCurrentRow(next(able, -1))

    def _found(self, typed: str) -> list[tuple[str, str, str]]:
        """(name, words, keys) of what fits, the best first: the words in any order, then only their letters."""
        wanted = typed.casefold().split()
        found = []
        for place, spec in enumerate(ACTIONS):
            text = action_text(spec).rstrip("…")
            both = f"{text} {spec.text} {spec.name}".casefold()
            if all(word in both for word in wanted):
                rank = 0 if wanted and text.casefold().startswith(wanted[0]) else 1
            elif _letters_in_order("".join(wanted), text.casefold()):
                rank = 2
            else:
                continue
            keys = " / ".join(dict.fromkeys(key_text(key) for key in self._map.keys(spec)))
            found.append((rank, place, spec.name, text, keys))
        return [(name, text, keys) for _, _, name, text, keys in sorted(found)]

    def _do(self) -> None:
        item = self._list.currentItem()
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        self.close_search()
        self._named()[name].trigger()


def _letters_in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
