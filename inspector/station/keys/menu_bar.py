"""The menus, filled from the table of actions, and the choice of the look under View."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from inspector.station.keys.actions import ACTIONS, Menu, menu_title
from inspector.station.state.settings import Scheme


@dataclass(frozen=True)
class Choice:
    """Something in the View menu that is on or off."""

    name: str
    words: str
    is_on: bool
    turn: Callable[[bool], object]


def make_menu_bar(
    window: QWidget,
    named: Mapping[str, QAction],
    scheme: Scheme,
    use_scheme: Callable[[Scheme], object],
    choices: Sequence[Choice] = (),
) -> QMenuBar:
    """A bar for the window with every action of the table in its menu."""
    bar = QMenuBar(window)
    for menu in Menu:
        shown = bar.addMenu(menu_title(menu))
        shown.setObjectName(f"menu_{menu}")
        shown.setToolTipsVisible(True)
        for spec in ACTIONS:
            if spec.menu is menu:
                shown.addAction(named[spec.name])
        if menu is Menu.VIEW:
            shown.addSeparator()
            _add_schemes(shown, scheme, use_scheme)
            shown.addSeparator()
            for choice in choices:
                _add_choice(shown, choice)
    return bar


def _add_choice(menu: QMenu, choice: Choice) -> None:
    action = menu.addAction(choice.words)
    action.setObjectName(f"choice_{choice.name}")
    action.setCheckable(True)
    action.setChecked(choice.is_on)
    action.toggled.connect(choice.turn)


def _add_schemes(menu: QMenu, chosen: Scheme, use_scheme: Callable[[Scheme], object]) -> None:
    schemes: tuple[tuple[Scheme, str], ...] = (
        ("system", QCoreApplication.translate("MainWindow", "Look: as the system")),
        ("light", QCoreApplication.translate("MainWindow", "Look: light")),
        ("dark", QCoreApplication.translate("MainWindow", "Look: dark")),
    )
    group = QActionGroup(menu)
    for scheme, words in schemes:
        action = menu.addAction(words)
        action.setObjectName(f"scheme_{scheme}")
        action.setCheckable(True)
        action.setChecked(chosen == scheme)
        group.addAction(action)
        action.triggered.connect(partial(use_scheme, scheme))
