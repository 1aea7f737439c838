"""One bar at the top: where, how far, on what, who."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look import theme
from inspector.station.pages.page import Page
from inspector.station.pages.pages import Pages
from inspector.station.panels.job_bar import JobBar
from inspector.station.people.operator_menu import OperatorMenu
from inspector.station.state.jobs import JobState
from inspector.station.state.session import Session
from inspector.station.state.words import device_words


class OperatorField(QLineEdit):
    """The name that signs decisions. Keys typed here are letters of a name, never answers on a chip."""

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.clearFocus()
        event.accept()


class TopBar(QWidget):
    """The way back from a page, lot and wafer, the job, the engine's device, the language, the operator."""

    language_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = self._make_back_button()
        self.setObjectName("top_bar")
        self._session = session
        self._where = QLabel(self)
        self._where.setObjectName("where")
        self._where.setFont(theme.title_font())
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._job = JobBar(session, self)
        self._device = QLabel(self)
        self._device.setObjectName("device")
        self._device.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._device.setToolTip(self.tr("What the machine judges on"))
        self._language = self._make_language_button()
        self._operator = self._make_operator_field()
        self.operator_menu = OperatorMenu(session, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._back)
        layout.addWidget(self._where)
        layout.addWidget(self._job)
        layout.addStretch(1)
        for widget in (self._device, self._language, self._operator, self.operator_menu):
            layout.addWidget(widget)
        session.wafer_opened.connect(self._show_where)
        session.job_changed.connect(self._show_device)
        session.operator_changed.connect(self._operator.setText)
        session.people.changed.connect(self._show_people)
        self._show_people()
        self._show_where()
        self._show_device(session.job)

    def follow(self, pages: Pages) -> None:
        """Offer the way back while a page is over the chips: the same place for every page, for hand and eye."""
        self._back.clicked.connect(pages.go_home)
        pages.changed.connect(lambda: self._show_page(pages.page))

    def _show_page(self, page: Page | None) -> None:
        self._back.setVisible(page is not None)
        for widget in (self._where, self._job):
            widget.setVisible(page is None or page.is_of_open_wafer)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._back.setIcon(theme.icon("previous"))
        super().changeEvent(event)

    def _make_back_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("back")
        button.setText(self.tr("Back"))
        button.setIcon(theme.icon("previous"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(self.tr("Leave this page (Esc)"))
        button.setMinimumHeight(32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        return button

    def _make_language_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("language")
        button.setText("English" if self._session.language == "ja" else "日本語")
        button.setToolTip(self.tr("Change the language"))
        button.setAutoRaise(True)
        button.setMinimumHeight(32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.language_asked)
        return button

    def _make_operator_field(self) -> OperatorField:
        field = OperatorField(self._session.operator, self)
        field.setObjectName("operator")
        field.setAccessibleName(self.tr("Operator"))
        field.setPlaceholderText(self.tr("Operator"))
        field.setToolTip(self.tr("Your name: it signs every decision"))
        field.setMaxLength(80)
        field.setTextMargins(6, 0, 6, 0)
        field.setFixedWidth(140)
        field.setMinimumHeight(32)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.editingFinished.connect(self._keep_operator)
        return field

    def _show_people(self) -> None:
        """The name is typed only where nobody signs in."""
        self._operator.setVisible(not self._session.people.is_needed)

    def _keep_operator(self) -> None:
        self._session.set_operator(self._operator.text())

    def _show_where(self) -> None:
        key = self._session.key
        self._where.setText(f"{key.lot}  ·  {key.wafer}" if key else self.tr("Wafer Inspector"))
        self._where.setToolTip(self.tr("Lot and wafer") if key else "")

    def _show_device(self, state: JobState) -> None:
        self._device.setText(device_words(state.device))
        self._device.setVisible(bool(state.device))
