"""A question in place: a few answers by digit, or a line of words, over the answer buttons; no dialog, no waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from inspector.station.keys.held_keys import HeldKeys
from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look.theme import text_font
from inspector.station.panels.buttons import Face, KeyButton

_MARGIN = 8
_WIDEST = 480  # logical pixels
_LONGEST = 500  # characters of what a person writes
_DIGITS = "123456789"


@dataclass(frozen=True)
class Question:
    """title: what is asked. options: (value, words), at most nine. line: what may be written in the field; empty: no
    field. hint: the keys, in one line. again: a key that takes the first option, besides Enter."""

    title: str
    options: tuple[tuple[str, str], ...] = ()
    line: str = ""
    hint: str = ""
    again: str = ""


class _Line(QLineEdit):
    """Hands the keys on that it has no use for: digits and Enter while it is empty, Esc always."""

    key_left = Signal(QKeyEvent)

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chooses = not self.text() and event.text() in _DIGITS and bool(event.text())
        if chooses or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.key_left.emit(event)
        else:
            super().keyPressEvent(event)
        event.accept()


class AskStrip(QFrame):
    """Lies over the lower part of its parent while it asks, and hands the keyboard back when it is done."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ask_strip")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = parent
        self._before: QWidget | None = None  # who had the keyboard
        self._question = Question("")
        self._answer: Callable[[str], object] | None = None
        self._title = QLabel(self)
        self._title.setObjectName("ask_title")
        self._title.setFont(text_font())
        self._title.setWordWrap(True)
        self._line = _Line(self)
        self._line.setObjectName("ask_line")
        self._line.setMinimumHeight(32)
        self._line.setMaxLength(_LONGEST)
        self._hint = QLabel(self)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setWordWrap(True)
        self._buttons: list[KeyButton] = []
        self._held = HeldKeys()
        self._repeats = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, _MARGIN, 16, _MARGIN)
        self._rows.setSpacing(4)
        for part in (self._title, self._line, self._hint):
            self._rows.addWidget(part)
        self._line.key_left.connect(self.keyPressEvent)
        parent.installEventFilter(self)
        self.hide()

    @property
    def question(self) -> Question | None:
        """What is asked now; None while nothing is."""
        return self._question if self._answer is not None else None

    def ask(self, question: Question, answer: Callable[[str], object]) -> None:
        """Ask; `answer` is called with the option's value or the words that were written, never after Esc."""
        if self._answer is None:
            self._before = self.window().focusWidget()
        self._question, self._answer = question, answer
        self._title.setText(question.title)
        self._hint.setText(question.hint)
        self._line.clear()
        self._line.setPlaceholderText(question.line)
        self._line.setAccessibleName(question.line or question.title)
        self._line.setVisible(bool(question.line))
        self.setAccessibleName(question.title)
        self._show_options()
        self.show()
        self.place()
        self.raise_()
        (self._line if question.line and not question.options else self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_strip(self) -> None:
        """Ask no more, and hand the keyboard back to whoever had it."""
        if self._answer is None:
            return
        self._answer = None
        self.hide()
        before = self._before if self._before is not None and self._before.isVisible() else self._over.window()
        before.setFocus()
        self.closed.emit()

    def take_first(self) -> None:
        """The first option is the answer."""
        if self._answer is not None and self._question.options:
            self._take(self._question.options[0][0])

    def place(self) -> None:
        """On the parent's lower edge, as wide as it is, but no wider than is read at a glance."""
        width = min(self._over.width(), _WIDEST)
        height = self._rows.heightForWidth(width) if self._rows.hasHeightForWidth() else self.sizeHint().height()
        height = min(max(height, self.minimumSizeHint().height()), self._over.height())
        self.setGeometry(0, self._over.height() - height, width, height)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            repeats = self._held.is_repeat(event)
            if event.type() == QEvent.Type.ShortcutOverride:
                self._repeats = repeats
        return takes_typing(event) or super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._repeats or event.isAutoRepeat():
            return  # the key that asked is still held down
        options, text = self._question.options, event.text()
        place = _DIGITS.find(text) if text else -1
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        elif 0 <= place < len(options):
            self._take(options[place][0])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_written()
        elif options and self._question.again and text.lower() == self._question.again.lower():
            self._take(options[0][0])
        elif self._question.line and text.isprintable() and (text.strip() or self._line.text()):
            self._line.setFocus()
            self._line.insert(text)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        event.accept()

    def _take_written(self) -> None:
        """What was written, else the first option."""
        written = self._line.text().strip()
        if written:
            self._take(written)
        elif self._question.options:
            self._take(self._question.options[0][0])
        else:
            self.close_strip()

    def _take(self, value: str) -> None:
        answer = self._answer
        self.close_strip()
        if answer is not None:
            answer(value)

    def _show_options(self) -> None:
        for button in self._buttons:
            self._rows.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, (value, words) in enumerate(self._question.options):
            button = KeyButton(Face(words, _DIGITS[number]), self)
            button.setObjectName(f"option_{number + 1}")
            button.setProperty("value", value)
            button.clicked.connect(self._clicked)
            self._rows.insertWidget(1 + number, button)
            button.show()
            self._buttons.append(button)

    def _clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self._take(button.property("value"))
