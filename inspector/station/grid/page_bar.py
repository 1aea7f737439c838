"""The bar above a page on which a grid is placed: what is to be done at the left, the buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.panels.buttons import Face, KeyButton

_ROOM = 16  # logical pixels beside a button's words


class PageBar(QHBoxLayout):
    """`title` and `hint` below it; what is added comes to the right of them. name: the page's, in object names."""

    def __init__(self, page: QWidget, name: str) -> None:
        super().__init__()
        self._page, self._name = page, name
        self.title = QLabel(page)
        self.title.setObjectName(f"{name}_title")
        self.title.setFont(theme.title_font())
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = QLabel(page)
        self.hint.setObjectName(f"{name}_hint")
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        self.setContentsMargins(16, 8, 16, 8)
        self.setSpacing(8)
        self.addLayout(words, 1)

    def add_button(self, name: str, face: Face, act: object, *, primary: bool = False) -> KeyButton:
        """A button as wide as its words need; act: what a click calls."""
        button = KeyButton(face, self._page, primary=primary)
        button.setObjectName(f"{self._name}_{name}")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFixedWidth(button.sizeHint().width() + _ROOM)
        button.clicked.connect(act)
        self.addWidget(button)
        return button

    def above(self, *rows: QHBoxLayout | QWidget) -> None:
        """Lays the page out: this bar, then these rows, of which the last takes the room that is left."""
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self)
        for row in rows:
            layout.addLayout(row) if isinstance(row, QHBoxLayout) else layout.addWidget(row)
        layout.setStretch(layout.count() - 1, 1)
