"""What holds for everybody at this station: when it locks itself, and what a second person does not see."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from inspector.station.state.session import Session
from inspector.wafer.errors import InspectorError
from inspector.wafer.roles import Act

_LONGEST = 120  # minutes


class StationRules(QWidget):
    """Kept in the settings as soon as they are changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._minutes = QSpinBox(self)
        self._minutes.setObjectName("lock_minutes")
        self._minutes.setRange(0, _LONGEST)
        self._minutes.setSpecialValueText(self.tr("never"))
        self._minutes.setSuffix(self.tr(" min"))
        self._minutes.setMinimumHeight(32)
        self._minutes.setKeyboardTracking(False)  # one change for a number that is typed
        self._minutes.setValue(session.settings.lock_minutes)
        self._minutes.setAccessibleName(self.tr("Lock the station after"))
        self._minutes.valueChanged.connect(self._keep_minutes)
        self._blind = QCheckBox(self.tr("The second review hides lot, wafer and chip names"), self)
        self._blind.setObjectName("blind_names")
        self._blind.setMinimumHeight(32)
        self._blind.setChecked(session.settings.blind_names)
        self._blind.toggled.connect(self._keep_blind)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(QLabel(self.tr("Lock the station after"), self))
        line.addWidget(self._minutes)
        line.addWidget(QLabel(self.tr("without a key or a touch"), self))
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._blind)
        session.people.changed.connect(self._show_able)
        self._show_able()

    def _show_able(self) -> None:
        why = self._session.people.why_not(Act.CHANGE_SETTINGS)
        for field in (self._minutes, self._blind):
            field.setEnabled(not why)
            field.setToolTip(why)

    def _keep_minutes(self, minutes: int) -> None:
        if self._may("lock_minutes", minutes):
            self._session.settings.lock_minutes = minutes
        self._show_kept()

    def _keep_blind(self, hidden: bool) -> None:
        if self._may("blind_names", hidden):
            self._session.settings.blind_names = hidden
        self._show_kept()

    def _may(self, name: str, value: object) -> bool:
        """The record is asked, and keeps who changed what."""
        session = self._session
        try:
            session.record.people.done(Act.CHANGE_SETTINGS, name, {name: value}, session.operator)
        except InspectorError as error:
            session.failed.emit(str(error))
            return False
        return True

    def _show_kept(self) -> None:
        with QSignalBlocker(self._minutes), QSignalBlocker(self._blind):
            self._minutes.setValue(self._session.settings.lock_minutes)
            self._blind.setChecked(self._session.settings.blind_names)
