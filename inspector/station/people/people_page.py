"""The people of the station: who they are, what they may do, and how to begin with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.pages.page import Page
from inspector.station.panels.rows import Row, RowList
from inspector.station.people.person_form import PersonForm, action_button
from inspector.station.people.station_rules import StationRules
from inspector.station.state.people import role_title
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.wafer.errors import InspectorError
from inspector.wafer.roles import Act, Role

_NEW = ""  # what the row "Add a person" stands for


class PeoplePage(Page):
    """A list at the left, the chosen person at the right; every change is in the record at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people = session.people
        self._chosen = _NEW
        self._title = QLabel(self.tr("People"), self)
        self._title.setFont(theme.title_font())
        self._hint = self._quiet_label("people_hint")
        self._list = RowList("people_list", self)
        self._list.setFixedWidth(280)
        self._list.chosen.connect(self._choose)
        self._form = PersonForm(self)
        self._form.changed.connect(self._show_able)
        self._said = self._quiet_label("people_said")
        self._buttons: dict[str, QPushButton] = {}
        for name, words, act in self._acts():
            button = action_button(words, f"person_{name}", self)
            button.clicked.connect(act)
            self._buttons[name] = button
        self._rules = StationRules(session, self)
        self._lay_out()
        self._people.changed.connect(self._show_people)
        self._show_people()

    def _acts(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [
            ("add", self.tr("Add"), self._add),
            ("change", self.tr("Change the role"), self._change),
            ("pin", self.tr("Set a new PIN"), self._set_pin),
            ("retire", self.tr("Retire"), self._retire),
        ]

    def _quiet_label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in self._buttons.values():
            acts.addWidget(button)
        acts.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self._form)
        right.addLayout(acts)
        right.addWidget(self._said)
        right.addSpacing(16)
        right.addWidget(self._rules)
        right.addStretch(1)
        frame = QFrame(self)
        frame.setLayout(right)
        frame.setMaximumWidth(640)
        both = QHBoxLayout()
        both.setSpacing(32)
        both.addWidget(self._list)
        both.addWidget(frame, 1)
        both.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (self._title, self._hint):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(both, 1)

    def come(self) -> None:
        self._people.reload()

    def _show_people(self) -> None:
        known = self._people.known
        rows = [Row(self.tr("Add a person"), "+", _NEW)]
        rows += [Row(p.name, role_title(p.role), p.name) for p in known]
        if self._chosen not in {row.stands_for for row in rows}:
            self._chosen = _NEW
        self._list.show_rows(rows, self._chosen)
        self._hint.setText(
            self.tr("People sign in by name and PIN. What each role may do is checked in the record itself.")
            if known
            else self.tr(
                "Nobody signs in yet: everybody may do everything, under the name at the top right. Add the first "
                "person, an administrator, and from then on everybody works under their own name."
            )
        )
        self._choose(self._chosen)

    def _choose(self, name: str) -> None:
        self._chosen = name
        person = next((p for p in self._people.known if p.name == name), None)
        first = not self._people.is_needed
        if person is not None:
            self._form.show_person(person.name, person.role, is_new=False)
        else:
            self._form.show_person("", Role.ADMINISTRATOR if first else Role.OPERATOR, is_new=True, only_role=first)
        self._said.clear()
        self._show_able()

    def _show_able(self) -> None:
        """Which buttons can be pressed now; the others say why not."""
        person = next((p for p in self._people.known if p.name == self._chosen), None)
        refused = self._people.why_not(Act.MANAGE_PEOPLE)
        is_me = self._people.person is not None and self._people.person.name == self._chosen
        self._form.set_able(refused, "" if is_me else refused)
        same_role = person is not None and person.role is self._form.role
        name_problem = "" if self._form.name else self.tr("A person needs a name.")
        why = {
            "add": refused or name_problem or self._form.pin_problem,
            "change": refused or (self.tr("Choose another role first.") if same_role else ""),
            "pin": ("" if is_me else refused) or self._form.pin_problem,
            "retire": refused or (self.tr("Nobody can retire themselves.") if is_me else ""),
        }
        for name, button in self._buttons.items():
            button.setVisible((name == "add") == (person is None))
            button.setEnabled(not why[name])
            button.setToolTip(why[name])

    def _add(self) -> None:
        form, first = self._form, not self._people.is_needed
        name, pin = form.name, form.pin
        if not self._write(lambda: self._session.record.people.add(name, form.role, pin, self._session.operator)):
            return
        if first:
            self._people.sign_in(name, pin)
        self._tell(self.tr("{name} can sign in now.").format(name=name))

    def _change(self) -> None:
        name, role = self._chosen, self._form.role
        if self._write(lambda: self._session.record.people.change(name, role)):
            self._tell(self.tr("{name} is {role} now.").format(name=name, role=role_title(role)))

    def _set_pin(self) -> None:
        name, pin = self._chosen, self._form.pin
        if self._write(lambda: self._session.record.people.set_pin(name, pin)):
            self._tell(self.tr("{name} has a new PIN.").format(name=name))

    def _retire(self) -> None:
        name = self._chosen
        if self._write(lambda: self._session.record.people.remove(name)):
            self._tell(self.tr("{name} can't sign in any more; what {name} decided stays.").format(name=name))

    def _write(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except InspectorError as error:
            self._said.setText(told(error))
            return False
        return True

    def _tell(self, words: str) -> None:
        self._people.reload()
        self._said.setText(words)
