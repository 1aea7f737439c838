"""The window's middle: the first screen, the work page, and one of the other pages over them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.station.pages.page import Page, PageSpec
from inspector.station.pages.table import PAGES, QUEUE_PAGES
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session


class Pages(QStackedWidget):
    """Knows which page is in sight. changed: another one came; built: a page was made, with its controls."""

    changed = Signal()
    built = Signal(QWidget)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._made: dict[str, Page] = {}
        self._home: QWidget | None = None
        session.opinions.shown.connect(self._show_opinion)
        self.currentChanged.connect(lambda _: self.changed.emit())

    @property
    def page(self) -> Page | None:
        """The page in sight; None while it is the first screen, the work page or the grid's correction."""
        current = self.currentWidget()
        return current if isinstance(current, Page) else None

    def made(self, name: str) -> Page | None:
        """A page that has been shown before."""
        return self._made.get(name)

    def set_home(self, widget: QWidget) -> None:
        """What every page leads back to; it comes into sight unless a page is there."""
        self._home = widget
        if self.page is None:
            self.go_home()

    def go_home(self) -> None:
        if self._home is not None:
            self.setCurrentWidget(self._home)
            self._home.setFocus()

    def toggle(self, name: str) -> None:
        """Show a page; the one that is in sight gives way to the work page."""
        page = self._made.get(name) or self._make(next(spec for spec in PAGES if spec.name == name))
        if page is self.currentWidget():
            self.go_home()
            return
        self.setCurrentWidget(page)
        page.come()
        page.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page, also where it is in sight already."""
        page = self._made.get(name)
        if page is None or page is not self.currentWidget():
            self.toggle(name)

    def _show_opinion(self, name: str) -> None:
        """A second opinion was undone or given again: its page shows the chip."""
        self.show_page(name)

    def show_queue(self, name: str) -> None:
        """Show the page that a queue has for itself."""
        self.show_page(QUEUE_PAGES[QueueName(name)])

    def shutdown(self) -> None:
        for page in self._made.values():
            page.shutdown()

    def _make(self, spec: PageSpec) -> Page:
        page = spec.make(self._session, self)
        page.setObjectName(f"page_{spec.name}")
        page.done.connect(self.go_home)
        page.page_asked.connect(self.show_page)
        self._made[spec.name] = page
        self.addWidget(page)
        self.built.emit(page)
        return page
