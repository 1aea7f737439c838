"""Who answers an action: the page in sight, the window, or one of the work page's tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from inspector.station.chip.chip_decisions import ChipDecisions
from inspector.station.keys.actions import ACTIONS
from inspector.station.keys.deciding_keys import DecidingKeys
from inspector.station.pages.pages import Pages
from inspector.station.panels.work_area import WorkArea
from inspector.station.state.session import Session

Act = Callable[[], object]
_DECIDES = frozenset(spec.name for spec in ACTIONS if spec.decides)


class Provider(Protocol):
    """A tool of the work page that answers actions of its own."""

    @property
    def answers(self) -> Mapping[str, Act]: ...


class Answering:
    """Hands every action and every class key on; what decides waits until the chip has been seen."""

    def __init__(self, session: Session, pages: Pages, work: WorkArea, deciding: DecidingKeys) -> None:
        self._session, self._pages, self._work, self._deciding = session, pages, work, deciding
        self.decisions = ChipDecisions(session, work.chip, work.strip)
        self.own: dict[str, Act] = {}
        self.providers: list[Provider] = []

    def act(self, name: str) -> None:
        """An action was asked for, by its key or in a menu."""
        page = self._pages.page
        if page is not None and name in page.answers:
            page.answers[name]()
        elif name in self.own:
            self._do(name, self.own[name])
        else:
            for provider in self.providers:
                if name in provider.answers:
                    return self._do(name, provider.answers[name])

    def press_class(self, name: str, *, stay: bool = False) -> None:
        """The key of a class; stay: with Shift, so the chip stays in sight."""
        page = self._pages.page
        if page is not None:
            page.press_class(name)
        else:
            self._decide(name, lambda: self.decisions.relabel(name, stay=stay))

    def click_class(self, name: str) -> None:
        self._deciding.click(lambda: self.decisions.relabel(name, by_click=True))

    def click(self, name: str) -> None:
        """A button that decides as an action of that name does."""
        self._deciding.click(self.decisions.answers[name])

    def _do(self, name: str, act: Act) -> None:
        if name in _DECIDES:
            self._decide(name, act)
        else:
            act()

    def _decide(self, key: str, act: Act) -> None:
        """While the chip is not on the screen, nobody answers for it."""
        if self._pages.currentWidget() is self._work and not self._work.is_map_large:
            self._deciding.press(key, act)
        else:
            words = QCoreApplication.translate("Answering", "The chip is not in sight: M or Esc shows it again.")
            self._session.said.emit(words)
