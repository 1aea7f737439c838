"""The page in front of everything: who is working, and that person's PIN."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.people.pin_pad import PinPad
from inspector.station.people.touch_button import TouchButton
from inspector.station.state.people import People, role_title

_COLUMNS = 2
_GAP = 8


class SignInPage(QWidget):
    """Names to touch at the left, the PIN at the right; nothing of the work behind it can be seen."""

    language_asked = Signal()

    def __init__(self, people: People, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in_page")
        self.setAutoFillBackground(True)
        self._people = people
        self._chosen = ""
        self._buttons: dict[str, TouchButton] = {}
        self._title = self._label("sign_in_title")
        font = QFont(theme.title_font())
        font.setBold(True)
        self._title.setFont(font)
        self._hint = self._label("sign_in_hint")
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._name = self._label("sign_in_name")
        self._name.setFont(theme.title_font())
        self._said = self._label("sign_in_said")
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(3 * self._said.fontMetrics().lineSpacing())
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._names = QGridLayout()
        self._names.setSpacing(_GAP)
        self.pad = PinPad(self)
        self.pad.entered.connect(self._enter)
        self._lay_out(language)
        people.refused.connect(self._refuse)
        people.changed.connect(self.show_people)
        people.lock_changed.connect(self.show_people)
        self.show_people()

    def _lay_out(self, language: str) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, _GAP, 0)
        column.addLayout(self._names)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("sign_in_names")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.setFixedWidth(480)
        entry = QVBoxLayout()
        entry.setSpacing(_GAP)
        entry.addWidget(self._name, 0, Qt.AlignmentFlag.AlignHCenter)
        entry.addWidget(self.pad)
        entry.addWidget(self._said)
        entry.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(48)
        both.addStretch(1)
        both.addWidget(area)
        both.addLayout(entry)
        both.addStretch(1)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self._language_button(language))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(_GAP)
        layout.addLayout(top)
        layout.addStretch(1)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(24)
        layout.addLayout(both)
        layout.addStretch(2)

    def _language_button(self, language: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("sign_in_language")
        button.setText("English" if language == "ja" else "日本語")
        button.setToolTip(self.tr("Change the language"))
        button.setAutoRaise(True)
        button.setMinimumHeight(32)
        button.clicked.connect(self.language_asked)
        return button

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def show_people(self) -> None:
        """The names of now. Whoever is chosen stays; else who is away is, and one name alone needs no choosing."""
        for button in self._buttons.values():
            self._names.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for place, person in enumerate(self._people.known):
            button = TouchButton(person.name, role_title(person.role), self)
            button.setObjectName(f"sign_in_{person.name}")
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose, person.name))
            self._names.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self._buttons[person.name] = button
        away = self._people.person
        if away is not None:
            self._title.setText(self.tr("The station is locked"))
            self._hint.setText(self.tr("{name} is signed in. Somebody else may take over.").format(name=away.name))
        else:
            self._title.setText(self.tr("Who is working?"))
            self._hint.setText(self.tr("Touch your name, then enter your PIN."))
        if self._chosen in self._buttons:
            self._buttons[self._chosen].setChecked(True)  # who is typing a PIN goes on
            return
        only = next(iter(self._buttons)) if len(self._buttons) == 1 else ""
        self.choose(away.name if away is not None else only)

    def choose(self, name: str) -> None:
        """The PIN that is asked for is this person's; empty: nobody's yet."""
        self._chosen = name
        self._said.clear()
        for own, button in self._buttons.items():
            button.setChecked(own == name)
        self._name.setText(name or self.tr("Choose your name"))
        self.pad.setEnabled(bool(name))
        if name:
            self.pad.begin()
        elif self._buttons:
            next(iter(self._buttons.values())).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        self.choose(self._chosen)
        super().showEvent(event)

    def _enter(self, pin: str) -> None:
        self._said.setText(self.tr("Checking …"))
        self._people.sign_in(self._chosen, pin)

    def _refuse(self, why: str) -> None:
        self._said.setText(why)
        self.pad.begin()
