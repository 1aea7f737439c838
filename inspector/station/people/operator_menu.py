"""Who is at the station, in the top bar, with what that person can do about it in a menu."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from inspector.station.state.people import role_title
from inspector.station.state.session import Session

_ENTRIES = ("second_review", "disputes", "", "hand_over", "people", "", "lock", "sign_out")


class OperatorMenu(QToolButton):
    """Shown where the record has people; else the field with the operator's name stands in its place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("operator_menu")
        self._people = session.people
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(32)
        self.setAutoRaise(True)
        self._menu = QMenu(self)
        self._menu.setObjectName("operator_menu_list")
        self._menu.setToolTipsVisible(True)
        self.clicked.connect(self._drop_down)
        self._people.changed.connect(self._show_person)
        self._show_person()

    def fill(self, named: Mapping[str, QAction]) -> None:
        """The window's own actions, by name."""
        self._menu.clear()
        for name in _ENTRIES:
            if name:
                self._menu.addAction(named[name])
            else:
                self._menu.addSeparator()

    def _drop_down(self) -> None:
        corner = self.mapToGlobal(QPoint(self.width() - self._menu.sizeHint().width(), self.height()))
        self._menu.popup(corner)

    def _show_person(self) -> None:
        person = self._people.person
        self.setVisible(self._people.is_needed)
        if person is None:
            self.setText(self.tr("Nobody"))
            return
        self.setText(self.tr("{name} · {role} ▾").format(name=person.name, role=role_title(person.role)))
        self.setToolTip(self.tr("Who is signed in, and whose name stands under each decision"))
        self.setAccessibleName(self.tr("Signed in: {who}").format(who=self.text()))
