"""Brings the pages on which grids are corrected and made to the front, and takes them away again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget

from inspector.station.grid.click_desk import ClickDesk, ClickTask
from inspector.station.grid.click_page import ClickPage
from inspector.station.grid.grid_desk import GridDesk
from inspector.station.grid.grid_page import GridPage
from inspector.station.grid.grid_task import GridTask
from inspector.station.map.turning import Turn
from inspector.station.state.session import Session
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.manifest import IMAGE_SUFFIXES


class GridMode(QObject):
    """Lives as long as the pages do. turn: how the view is turned now. leave: shows the page that belongs there.

    judge_asked(paths): an image is to be judged with the recipe that has just been written.
    """

    judge_asked = Signal(object)

    def __init__(
        self, desk: GridDesk, pages: QStackedWidget, turn: Callable[[], Turn], leave: Callable[[], object]
    ) -> None:
        super().__init__(pages)
        self._desk, self._pages, self._turn, self._leave = desk, pages, turn, leave
        self.page = GridPage(pages)
        self.click_page = ClickPage(pages)
        for page in (self.page, self.click_page):
            pages.addWidget(page)
        desk.reading.connect(self._wait)
        desk.ready.connect(self._begin)
        desk.ended.connect(self._end)
        self.page.applied.connect(desk.apply)
        self.page.left.connect(desk.cancel)
        self._follow_clicks(desk.clicks)

    def _follow_clicks(self, clicks: ClickDesk) -> None:
        clicks.reading.connect(self._wait_for_clicks)
        clicks.ready.connect(self._begin_clicks)
        clicks.fitted.connect(self.click_page.take_fit)
        clicks.ended.connect(self._end_clicks)
        self.click_page.fit_asked.connect(clicks.fit)
        self.click_page.left.connect(clicks.end)
        self.click_page.saved.connect(self._ask_recipe)

    @property
    def answers(self) -> Mapping[str, Callable[[], object]]:
        """The actions that lead to the two pages."""
        return {"correct_grid": self._desk.correct_open_wafer, "new_grid": self.ask_image}

    @property
    def is_shown(self) -> bool:
        """True while a grid is corrected."""
        return self._pages.currentWidget() is self.page

    @property
    def is_clicking(self) -> bool:
        """True while a grid is made."""
        return self._pages.currentWidget() is self.click_page

    def ask_image(self) -> None:
        """Choose the image of which a grid is to be made."""
        settings = self._session.settings
        dialog = QFileDialog(self._pages.window(), self.tr("Image of a whole wafer"), str(settings.folder("open")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in IMAGE_SUFFIXES)
        dialog.setNameFilters([self.tr("Images ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.make_grid(Path(path)))
        self._show_dialog(dialog)

    def make_grid(self, image: Path) -> None:
        """Begin to make a grid from an image."""
        self._session.settings.keep_folder("open", image.absolute().parent)
        self._desk.make_grid(image)

    @property
    def _session(self) -> Session:
        return self._desk.session

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

    def _wait_for_clicks(self, name: str, share: float) -> None:
        self.click_page.wait(name, share)
        self._pages.setCurrentWidget(self.click_page)
        self.click_page.setFocus()

    def _begin_clicks(self, task: ClickTask) -> None:
        self._pages.setCurrentWidget(self.click_page)
        self.click_page.begin(task, self._turn())

    def _end_clicks(self) -> None:
        self.click_page.end()
        if self.is_clicking:
            self._leave()

    def _ask_recipe(self, placed: PlacedGrid) -> None:
        from inspector.station.grid.save_grid import SaveGrid

        dialog = SaveGrid(self._session, placed, self._pages.window())
        dialog.judge_asked.connect(self._judge)
        self._show_dialog(dialog)

    def _judge(self) -> None:
        source = self._desk.clicks.source
        self._desk.clicks.end()
        if source is not None:
            self.judge_asked.emit([source])

    def _show_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._pages.window().activateWindow)
        dialog.open()
