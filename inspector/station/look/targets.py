"""What a finger in a glove must hit is larger: 48 pixels instead of 32."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QSlider, QToolButton, QWidget

GLOVE = 48  # logical pixels


def enlarge(root: QWidget) -> None:
    """Let every button, field and slider under a widget be at least as high as a gloved finger is wide."""
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QSlider):
        for widget in root.findChildren(kind):
            widget.setMinimumHeight(max(widget.minimumHeight(), GLOVE))
            if isinstance(widget, QToolButton):
                widget.setMinimumWidth(max(widget.minimumWidth(), GLOVE))
