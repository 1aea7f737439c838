"""A table of figures with room between its columns: rows that one reads across, headings over their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QWidget

_ROW = 28
_GAP = 16  # between two columns


class _Roomy(QStyledItemDelegate):
    def __init__(self, row: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + _GAP, max(hint.height(), self._row))


class RoomyTable(QTreeWidget):
    """numbers: the columns whose figures stand at the right. row: least height of one, pixels."""

    def __init__(self, name: str, parent: QWidget, numbers: Sequence[int] = (), row: int = _ROW) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Roomy(row, self))
        self._numbers = frozenset(numbers)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)

    def set_titles(self, titles: Sequence[str]) -> None:
        """Name the columns."""
        self.setHeaderLabels(list(titles))
        for column in range(len(titles)):
            self.headerItem().setTextAlignment(column, self.side(column))

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Where a column's text stands."""
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
