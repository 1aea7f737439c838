"""Where a PIN is typed or touched in: a hidden field, ten digits, clear and sign in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look import theme
from inspector.station.people.touch_button import TouchButton

_LONGEST = 12
_GAP = 8


class PinField(QLineEdit):
    """Digits only, never shown; keys typed here are no answers on a chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_LONGEST)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.setMinimumHeight(40)
        self.setFont(theme.title_font())

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)


class PinPad(QWidget):
    """`entered(pin)` on Enter or the large button; the field is empty again then."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PinField(self)
        self.field.setObjectName("pin")
        self.field.setAccessibleName(self.tr("PIN"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.setPlaceholderText(self.tr("PIN"))
        self.field.returnPressed.connect(self._enter)
        pad = QGridLayout()
        pad.setSpacing(_GAP)
        for place, digit in enumerate("123456789"):
            pad.addWidget(self._digit(digit), place // 3, place % 3)
        clear = TouchButton(self.tr("Clear"), parent=self)
        clear.setObjectName("pin_clear")
        clear.clicked.connect(self.field.clear)
        pad.addWidget(clear, 3, 0)
        pad.addWidget(self._digit("0"), 3, 1, 1, 2)
        self._enter_button = TouchButton(self.tr("Sign in"), parent=self, primary=True)
        self._enter_button.setObjectName("pin_enter")
        self._enter_button.clicked.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.field)
        layout.addLayout(pad)
        layout.addWidget(self._enter_button)
        self.setFixedWidth(288)

    def begin(self) -> None:
        """An empty field that has the keyboard."""
        self.field.clear()
        self.field.setFocus()

    def _digit(self, digit: str) -> TouchButton:
        button = TouchButton(digit, parent=self)
        button.setObjectName(f"pin_{digit}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # who has a keyboard types the digits
        button.clicked.connect(partial(self.field.insert, digit))
        return button

    def _enter(self) -> None:
        pin = self.field.text()
        if pin:
            self.field.clear()
            self.entered.emit(pin)
