"""A button for every class of a recipe, none of them marked: what a person answers who sees no other answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.state.words import verdict_word
from inspector.wafer.classes import ClassSet

_COLUMNS = 2


class ClassButtons(QWidget):
    """`chosen(class name)` on a click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._classes: ClassSet | None = None
        self._language = ""
        self._buttons: list[KeyButton] = []

    def show_classes(self, classes: ClassSet | None, language: str) -> None:
        """Buttons for these classes; the same ones stay as they are."""
        if classes == self._classes and language == self._language:
            return
        self._classes, self._language = classes, language
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, chip_class in enumerate(classes or ()):
            title = chip_class.title(language)
            button = KeyButton(Face(title, chip_class.key.upper(), chip_class.colour, chip_class.glyph), self)
            button.setObjectName(f"answer_{chip_class.name}")
            button.setToolTip(f"{title} ({verdict_word(chip_class)})")
            button.clicked.connect(partial(self.chosen.emit, chip_class.name))
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self._buttons.append(button)

    def set_able(self, why_not: str) -> None:
        """Empty: every button can be pressed; else none can, for this reason."""
        for button in self._buttons:
            button.setEnabled(not why_not)
            if why_not:
                button.setToolTip(why_not)
