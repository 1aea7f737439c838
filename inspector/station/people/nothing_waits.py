"""What stands on a page of waiting chips while none waits: what will come here, and what is done with it then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.panels.plain_label import plain_label

_WIDE = 560  # logical pixels: lines that are still read at a glance


class NothingWaits(QWidget):
    """A title and a few sentences in the middle; below them what was said last."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_empty")
        self._title = self._label(f"{name}_empty_title")
        font = QFont(theme.title_font())
        font.setBold(True)
        self._title.setFont(font)
        self._text = self._label(f"{name}_empty_text", quiet=True)
        self._said = self._label(f"{name}_empty_said")
        column = QVBoxLayout()  # between stretches: a layout that aligns a label cuts its last lines off
        column.setSpacing(16)
        column.addStretch(2)
        for label in (self._title, self._text, self._said):
            column.addWidget(label)
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column)
        layout.addStretch(1)

    def _label(self, name: str, *, quiet: bool = False) -> QLabel:
        label = plain_label(name, self, quiet=quiet)
        label.setFixedWidth(_WIDE)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label

    def show_words(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)

    def say(self, words: str) -> None:
        self._said.setText(words)
