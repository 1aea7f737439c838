"""The gallery's lowest line: what was done last, and the keys that matter here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from inspector.station.state.session import Session


class GalleryStatus(QWidget):
    """Says what the session says."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery_status")
        said = QLabel(self)
        said.setObjectName("gallery_said")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        keys = QLabel(self.tr("Space chooses  ·  Ctrl+A all in sight  ·  digits relabel  ·  Esc goes back"), self)
        keys.setObjectName("gallery_keys")
        keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(24)
        layout.addWidget(said, 1)
        layout.addWidget(keys)
        session.said.connect(said.setText)
