"""The first screen, while there is nothing yet: what to do, and one button for each way to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.state.jobs import JobState
from inspector.station.state.session import Session
from inspector.station.state.words import phase_word


class Welcome(QWidget):
    """Offers to open an image, the demo lot and the guide; says what goes on while the first image is being read."""

    open_asked = Signal()
    help_asked = Signal()

    def __init__(self, session: Session, open_demo: Callable[[], object] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        title = QLabel(self.tr("Drop a wafer image here, or open the demo lot"), self)
        font = QFont(theme.title_font())
        font.setBold(True)
        title.setFont(font)
        self._hint = QLabel(self)
        self._hint.setObjectName("welcome_hint")
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._rest = self.tr(
            "Every chip is judged, and the chips that want eyes wait for you: Enter confirms, a digit corrects."
        )
        self._has_demo = open_demo is not None
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in self._buttons(open_demo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget in (title, self._hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(8)
        layout.addSpacing(16)
        layout.addLayout(buttons)
        if not self._has_demo:
            command = QLabel(self.tr("The demo lot is made by the command: inspector demo"), self)
            command.setObjectName("welcome_command")
            command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            command.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            layout.addSpacing(16)
            layout.addWidget(command, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        session.job_changed.connect(self._show_job)
        self._show_job(session.job)

    def _buttons(self, open_demo: Callable[[], object] | None) -> list[KeyButton]:
        opener = KeyButton(Face(self.tr("Open image…"), "Ctrl+O"), self, primary=True)
        opener.setObjectName("welcome_open")
        opener.clicked.connect(self.open_asked)
        guide = KeyButton(Face(self.tr("Operator's guide"), "F1"), self)
        guide.setObjectName("welcome_help")
        guide.clicked.connect(self.help_asked)
        made = [opener, guide]
        if open_demo is not None:
            demo = KeyButton(Face(self.tr("Open the demo lot")), self)
            demo.setObjectName("welcome_demo")
            demo.clicked.connect(open_demo)
            made.insert(1, demo)
        for button in made:
            button.setFixedWidth(max(button.sizeHint().width() + 16, 180))
        return made

    def _show_job(self, state: JobState) -> None:
        self._hint.setText(f"{phase_word(state.phase)} …" if state.is_active else self._rest)
