"""The fields for one person: name, role and a PIN typed twice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPushButton, QWidget

from inspector.station.keys.typing_keys import takes_typing
from inspector.station.people.pin_pad import PinField
from inspector.station.state.people import role_title
from inspector.wafer.roles import Role

_HEIGHT = 32


class NameField(QLineEdit):
    """Keys typed here are letters of a name, never answers on a chip."""

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)


class PersonForm(QWidget):
    """`changed` on every key. With a fixed name it is about a person who is there already."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = NameField(self)
        self._name.setObjectName("person_name")
        self._name.setMaxLength(80)
        self._role = QComboBox(self)
        self._role.setObjectName("person_role")
        for role in Role:
            self._role.addItem(role_title(role), role)
        self._one_role = ""  # why no other role can be chosen
        self._pins = [PinField(self), PinField(self)]
        for field, name in zip(self._pins, ("person_pin", "person_pin_again"), strict=True):
            field.setObjectName(name)
            field.setFont(self.font())
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        words = (self.tr("Name"), self.tr("Role"), self.tr("PIN, 4 to 12 digits"), self.tr("The same PIN again"))
        fields: tuple[QWidget, ...] = (self._name, self._role, *self._pins)
        for word, widget in zip(words, fields, strict=True):
            widget.setMinimumHeight(_HEIGHT)
            widget.setAccessibleName(word)
            form.addRow(word, widget)
        for edit in (self._name, *self._pins):
            edit.textChanged.connect(self.changed)
        self._role.currentIndexChanged.connect(self.changed)

    @property
    def name(self) -> str:
        return self._name.text().strip()

    @property
    def role(self) -> Role:
        return Role(self._role.currentData())

    @property
    def pin(self) -> str:
        return self._pins[0].text()

    @property
    def pin_problem(self) -> str:
        """Why the PIN can't be taken; empty where it can."""
        first, second = (field.text() for field in self._pins)
        if len(first) < 4:
            return self.tr("A PIN has 4 to 12 digits.")
        return "" if first == second else self.tr("The two PINs differ.")

    def show_person(self, name: str, role: Role, *, is_new: bool, only_role: bool = False) -> None:
        """Empty PIN fields for this person. only_role: no other role can be chosen."""
        self._name.setText(name)
        self._name.setReadOnly(not is_new)
        self._role.setCurrentIndex(list(Role).index(role))
        self._one_role = self.tr("The first person is an administrator.") if only_role else ""
        for field in self._pins:
            field.clear()

    def set_able(self, why_not: str, pin_why_not: str) -> None:
        """Why name and role, and why the PIN, can't be changed here; empty where they can."""
        role_why_not = why_not or self._one_role
        whys = (why_not, role_why_not, pin_why_not, pin_why_not)
        for widget, why in zip((self._name, self._role, *self._pins), whys, strict=True):
            widget.setEnabled(not why)
            widget.setToolTip(why)


def action_button(words: str, name: str, parent: QWidget) -> QPushButton:
    """A plain button of these pages."""
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setMinimumHeight(_HEIGHT)
    button.setAutoDefault(False)
    return button
