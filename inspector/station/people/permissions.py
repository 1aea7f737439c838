"""Switches off the actions that the person at the station may not do, and says why; the record refuses them too."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from inspector.station.keys.actions import ACTIONS, Menu
from inspector.station.pages.table import PAGES
from inspector.station.state.people import People
from inspector.wafer.roles import Act

ACT_OF_ACTION: Mapping[str, Act] = {
    "open": Act.OPEN_IMAGES,
    "hot_folder": Act.OPEN_IMAGES,
    "export": Act.EXPORT,
    "models": Act.ACTIVATE_MODEL,
    "confirm": Act.CONFIRM,
    "confirm_rest": Act.BATCH,
    "unsure": Act.UNSURE,
    "exclude": Act.EXCLUDE,
    "subtype": Act.CONFIRM,
    "point": Act.CONFIRM,
    "note": Act.NOTE,
    "correct_grid": Act.MOVE_GRID,
    "new_grid": Act.MOVE_GRID,
    "second_review": Act.SECOND_REVIEW,
    "disputes": Act.ADJUDICATE,
}
_SIGNED_IN = frozenset({"lock", "sign_out"})
_ALWAYS = frozenset({"undo", "redo", "new_grid"})  # of the menus below, what needs no open wafer
_OF_WAFER = (Menu.DECIDE, Menu.GO, Menu.WAFER)


def show_able(named: Mapping[str, QAction], people: People, has_wafer: bool) -> None:
    """Switch a window's actions. has_wafer: a wafer is open."""
    of_wafer = {spec.name for spec in ACTIONS if spec.menu in _OF_WAFER and spec.name not in _ALWAYS}
    of_wafer |= {spec.name for spec in PAGES if spec.needs_wafer}
    for name in of_wafer | ACT_OF_ACTION.keys() | _SIGNED_IN:
        if name not in named:
            continue
        why = people.why_not(ACT_OF_ACTION[name]) if name in ACT_OF_ACTION else ""
        if name in _SIGNED_IN and people.person is None:
            why = QCoreApplication.translate("People", "Nobody signs in yet: see People.")
        named[name].setEnabled(not why and (has_wafer or name not in of_wafer))
        named[name].setToolTip(why)
