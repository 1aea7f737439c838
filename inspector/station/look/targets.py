"""What a finger in a glove must hit is larger: 48 pixels instead of 32."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QSlider,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

TARGET, GLOVE = 32, 48  # logical pixels


class TallRows(QStyledItemDelegate):
    """Rows of a list that a finger chooses from. least: their height, logical pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.least = TARGET

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, self.least))


def enlarge(root: QWidget) -> None:
    """Let every button, field, slider and row to choose under a widget be as high as a gloved finger is wide."""
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QSlider):
        for widget in root.findChildren(kind):
            widget.setMinimumHeight(max(widget.minimumHeight(), GLOVE))
            if isinstance(widget, QToolButton):
                widget.setMinimumWidth(max(widget.minimumWidth(), GLOVE))
    for view in root.findChildren(QAbstractItemView):
        rows = view.itemDelegate()
        if isinstance(rows, TallRows):
            rows.least = GLOVE
            rows.sizeHintChanged.emit(QModelIndex())
            view.updateGeometry()
