"""A page: one view that fills the window's middle and answers keys while it is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inspector.station.state.session import Session

Answers = Mapping[str, Callable[[], object]]  # by the names of `keys.actions.ACTIONS`


class Page(QWidget):
    """Built when it is first shown, and again when the language changes. Esc leads back to the work page.

    page_asked: another page is to be shown, by its name.
    """

    done = Signal()
    is_of_open_wafer = True  # else the window does not name the open wafer above it
    page_asked = Signal(str)

    @property
    def answers(self) -> Answers:
        """What this page does at an action while it is in sight; an action that it leaves out goes to the window."""
        return {}

    def press_class(self, name: str) -> None:
        """The key of a class was pressed while the page is in sight; a page that decides nothing leaves it."""

    def come(self) -> None:
        """The page is in sight now: read what has changed since it was last shown."""

    def shutdown(self) -> None:
        """The window closes, or the page is built anew: stop every thread."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class PageSpec:
    """name: of the page and of the action that opens it. make: imports and builds the page, at its first showing.

    needs_wafer: there is nothing to see before a wafer is open.
    """

    name: str
    make: Callable[[Session, QWidget], Page]
    needs_wafer: bool = True
