"""Brings the page on which a grid is corrected to the front, and takes it away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from inspector.station.grid.grid_desk import GridDesk
from inspector.station.grid.grid_page import GridPage
from inspector.station.grid.grid_task import GridTask
from inspector.station.map.turning import Turn


class GridMode(QObject):
    """Lives as long as the pages do. turn: how the view is turned now. leave: shows the page that belongs there."""

    def __init__(
        self, desk: GridDesk, pages: QStackedWidget, turn: Callable[[], Turn], leave: Callable[[], object]
    ) -> None:
        super().__init__(pages)
        self._pages, self._turn, self._leave = pages, turn, leave
        self.page = GridPage(pages)
        pages.addWidget(self.page)
        desk.reading.connect(self._wait)
        desk.ready.connect(self._begin)
        desk.ended.connect(self._end)
        self.page.applied.connect(desk.apply)
        self.page.left.connect(desk.cancel)

    @property
    def is_shown(self) -> bool:
        return self._pages.currentWidget() is self.page

    def _wait(self, name: str, share: float) -> None:
        self.page.wait(name, share)
        self._pages.setCurrentWidget(self.page)
        self.page.setFocus()

    def _begin(self, task: GridTask) -> None:
        self._pages.setCurrentWidget(self.page)
        self.page.begin(task, self._turn())

    def _end(self) -> None:
        self.page.end()
        if self.is_shown:
            self._leave()
