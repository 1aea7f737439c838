"""One line under the disputed chip: why it goes back to who decided first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.station.people.person_form import NameField, action_button


class ReturnLine(QWidget):
    """`returned(reason)`; without a reason nothing is returned."""

    returned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why_not = ""
        self._reason = NameField(self)
        self._reason.setObjectName("return_reason")
        self._reason.setMinimumHeight(32)
        self._reason.setMaxLength(400)
        self._reason.setPlaceholderText(self.tr("Why it goes back (R)"))
        self._reason.setAccessibleName(self.tr("Reason for returning the chip"))
        self._reason.textChanged.connect(self._show_able)
        self._reason.returnPressed.connect(self._send)
        self._button = action_button(self.tr("Return"), "return_chip", self)
        self._button.clicked.connect(self._send)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._reason, 1)
        layout.addWidget(self._button)

    def show_person(self, name: str, why_not: str) -> None:
        """To whom it goes back. why_not: empty where it may be returned."""
        self._why_not = why_not
        self._button.setText(self.tr("Return to {name}").format(name=name))
        self._reason.setEnabled(not why_not)
        self._show_able()

    def ask(self) -> None:
        self._reason.setFocus()

    @property
    def is_begun(self) -> bool:
        """True where a reason stands that has not been given."""
        return bool(self._reason.text().strip())

    def clear(self) -> None:
        self._reason.clear()

    def _show_able(self) -> None:
        why = self._why_not or ("" if self._reason.text().strip() else self.tr("Write a reason first."))
        self._button.setEnabled(not why)
        self._button.setToolTip(why)

    def _send(self) -> None:
        if self._button.isEnabled():
            self.returned.emit(self._reason.text().strip())
