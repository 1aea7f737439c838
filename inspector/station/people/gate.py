"""The lock: while nobody has signed in, or the person is away, nothing of the work is seen, heard or done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from inspector.station.people.idle import Idle
from inspector.station.people.sign_in_page import SignInPage
from inspector.station.state.people import People
from inspector.station.state.session import Session


class Gate(QObject):
    """Lays the sign-in page over a window. `renew()` after the window was built anew, in another language too."""

    def __init__(self, window: QMainWindow, session: Session, switch_language: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._people: People = session.people
        self._switch_language = switch_language
        self._page: SignInPage | None = None
        self._hidden: list[QWidget] = []
        self._last = ""
        self._title = ""
        self.idle = Idle(self, lambda: 60.0 * session.settings.lock_minutes)
        self.idle.passed.connect(self._people.lock)
        self._people.lock_changed.connect(self._follow)

    @property
    def page(self) -> SignInPage | None:
        """What lies over the window; None while the station is open."""
        return self._page

    def renew(self) -> None:
        """Cover what the window has just built, where it is locked."""
        if self._page is not None:
            self._open()
        if self._people.is_locked:
            self._close()

    def _follow(self, locked: bool) -> None:
        if locked and self._page is None:
            self._close()
        elif not locked and self._page is not None:
            self._open()
            self._bring_back()

    def _close(self) -> None:
        app, window = QApplication.instance(), self._window
        assert isinstance(app, QApplication), "a window needs its application"
        self._last = self._people.person.name if self._people.person is not None else ""
        while popup := QApplication.activePopupWidget():
            popup.close()
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible() and other.parent() is not None and other.window() is other:
                self._hidden.append(other)
                other.hide()
        self._page = SignInPage(self._people, self._session.language, window)
        self._page.language_asked.connect(self._switch_language)
        self._set_covered(True)
        self._page.setGeometry(window.rect())
        self._page.show()
        self._page.raise_()
        self._page.choose(self._last)
        window.installEventFilter(self)
        app.installEventFilter(self)

    def _open(self) -> None:
        app, page = QApplication.instance(), self._page
        assert page is not None, "only what is locked is opened"
        if app is not None:
            app.removeEventFilter(self)
        self._window.removeEventFilter(self)
        self._page = None
        page.hide()
        page.deleteLater()  # later: its own PIN field has asked for this
        self._set_covered(False)
        self.idle.touch()

    def _bring_back(self) -> None:
        """The dialogs that were open come back for the person who left them; anybody else begins without."""
        hidden, self._hidden = self._hidden, []
        same = self._people.person is not None and self._people.person.name == self._last
        for other in hidden:
            if isValid(other):  # the window may have been built anew for another person
                other.show() if same else other.close()

    def _set_covered(self, covered: bool) -> None:
        window = self._window
        centre = window.centralWidget()
        if centre is not None:
            centre.setVisible(not covered)
        window.menuBar().setVisible(not covered)
        window.setAcceptDrops(not covered)
        if covered:
            self._hide_title()
        else:
            window.setWindowTitle(self._title)
            if centre is not None:
                centre.setFocus()

    def _hide_title(self) -> None:
        """The window's title names the lot: behind the lock it says only what program this is."""
        plain = self.tr("Wafer Inspector")
        if self._window.windowTitle() != plain:
            self._title = self._window.windowTitle()
            self._window.setWindowTitle(plain)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window and self._page is not None:
            if kind == QEvent.Type.Resize:
                self._page.setGeometry(self._window.rect())
            elif kind == QEvent.Type.WindowTitleChange:
                self._hide_title()
        if kind == QEvent.Type.Shortcut:
            return True
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # the key goes to the sign-in page, to no shortcut
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(watched, QWidget):
            return not self._is_mine(watched)
        return False

    def _is_mine(self, widget: QWidget) -> bool:
        """True for the sign-in page and what stands on it."""
        page = self._page
        return page is not None and (widget is page or page.isAncestorOf(widget))
