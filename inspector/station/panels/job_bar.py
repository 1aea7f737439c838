"""How far the machine is: which wafer, how many chips, how long it still takes, and Stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from inspector.station.look import theme
from inspector.station.state.jobs import JobState
from inspector.station.state.session import Session
from inspector.station.state.words import duration, phase_word


class JobBar(QWidget):
    """At rest it says how much of the open wafer is judged; Stop and the bar are there only while something runs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job_bar")
        self._session = session
        self._text = QLabel(self)
        self._text.setObjectName("job_text")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("job_progress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(160, 8)
        self._left = QLabel(self)
        self._left.setObjectName("job_time_left")
        self._left.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._stop = QToolButton(self)
        self._stop.setObjectName("job_stop")
        self._stop.setText(self.tr("Stop"))
        self._stop.setIcon(theme.icon("stop"))
        self._stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._stop.setToolTip(self.tr("Stop judging after the present step; what is judged stays"))
        self._stop.setMinimumHeight(32)
        self._stop.clicked.connect(session.stop_job)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self._text, self._bar, self._left, self._stop):
            layout.addWidget(widget)
        session.job_changed.connect(self._show)
        session.wafer_opened.connect(self._show_now)
        session.decided.connect(self._show_now)
        session.wafers_changed.connect(self._show_now)
        self._show_now()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._stop.setIcon(theme.icon("stop"))
        super().changeEvent(event)

    def _show_now(self) -> None:
        self._show(self._session.job)

    def _show(self, state: JobState) -> None:
        for widget in (self._bar, self._left, self._stop):
            widget.setVisible(state.is_active)
        self._text.setText(self._job_text(state) if state.is_active else self._rest_text())
        self._bar.setRange(0, max(state.total, 0))  # 0 to 0 is Qt's "busy"
        self._bar.setUpdatesEnabled(False)  # else Qt paints everything that waits to be painted, here and now
        self._bar.setValue(state.done)
        self._bar.setUpdatesEnabled(True)
        self._left.setText(self._left_text(state))
        self._stop.setEnabled(state.phase != "stopping")

    def _job_text(self, state: JobState) -> str:
        words = phase_word(state.phase)
        if state.phase == "judging":
            words = self.tr("{judged} of {chips} judged").format(judged=f"{state.done:,}", chips=f"{state.total:,}")
        if state.key is not None and state.key != self._session.key:
            return f"{state.key.wafer}: {words}"
        return words

    def _left_text(self, state: JobState) -> str:
        parts = [duration(state.seconds_left)]
        if state.waiting:
            parts.append(self.tr("{count} more waiting").format(count=state.waiting))
        return "  ·  ".join(part for part in parts if part)

    def _rest_text(self) -> str:
        wafer = self._session.summary()
        if wafer is None:
            return ""
        text = self.tr("{judged} of {chips} judged, {decided} decided")
        return text.format(judged=f"{wafer.judged:,}", chips=f"{wafer.chips:,}", decided=f"{wafer.decided:,}")
