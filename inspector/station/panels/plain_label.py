"""A line of words that wraps and takes nothing for markup; quiet where it may wait."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(name: str, parent: QWidget, *, quiet: bool = False) -> QLabel:
    """name: of the object, for tests and screen readers' tools."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
