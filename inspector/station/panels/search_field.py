"""The line in which a search is typed, with what could come next in a list below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from inspector.station.keys.typing_keys import takes_typing
from inspector.station.panels.rows import Row, RowDelegate, RowsModel
from inspector.wafer.chip_completions import Completion

_ROOM = 64  # pixels between a word and its meaning, and around them
_SHOWN = 12  # completions; what comes after is found by typing on
Offer = Callable[[str], list[tuple[Completion, str]]]


class SearchField(QLineEdit):
    """`left`: Esc, or Enter in an empty line. `taken_back`: Backspace in an empty line."""

    left = Signal()
    taken_back = Signal()

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self._model = RowsModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_SHOWN)
        popup = self._completer.popup()
        assert popup is not None, "a completer makes its list when it is asked for"
        self._popup = popup
        self._popup.setItemDelegate(RowDelegate(self))
        chosen = self._completer.activated[QModelIndex]  # type: ignore[index]  # the stub knows one of two signals
        chosen.connect(self._complete)
        self.textEdited.connect(self._offer_more)

    @property
    def offered(self) -> list[str]:
        """What the list below the line holds while it is shown."""
        if not self._popup.isVisible():
            return []
        return [self._completion(self._model.index(row)).text for row in range(self._model.rowCount())]

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if event.key() == Qt.Key.Key_Escape:
            if popup.isVisible():
                popup.hide()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.taken_back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and popup.isVisible():
            chosen = popup.currentIndex()
            popup.hide()
            if chosen.isValid():
                self._complete(chosen)
            else:
                self.returnPressed.emit()
        elif event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self._offer_more()
        else:
            super().keyPressEvent(event)
        event.accept()

    def _offer_more(self) -> None:
        offered = self._offer(self.text()[: self.cursorPosition()])
        self._model.show([Row(c.value or c.text, meaning, c) for c, meaning in offered])
        if offered:
            metrics = self.fontMetrics()
            wide = max(metrics.horizontalAdvance((c.value or c.text) + meaning) for c, meaning in offered)
            self._popup.setMinimumWidth(wide + _ROOM)
            self._completer.complete()
        else:
            self._popup.hide()

    def _completion(self, index: QModelIndex) -> Completion:
        found = self._model.row(index.row()).stands_for
        assert isinstance(found, Completion), "the list holds completions only"
        return found

    def _complete(self, index: QModelIndex) -> None:
        """A field waits for its value; a value is followed by the next word."""
        chosen = self._completion(index)
        ended = bool(chosen.value)
        rest = self.text()[self.cursorPosition() :]
        self.setText(f"{self.text()[: chosen.start]}{chosen.text}{' ' if ended else ''}{rest.lstrip()}")
        self.setCursorPosition(chosen.start + len(chosen.text) + ended)
        self.textEdited.emit(self.text())
