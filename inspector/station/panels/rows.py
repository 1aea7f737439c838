"""The lists at the left: a name, a number at the right, a thin bar where something is under way."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from inspector.station.look import roles
from inspector.station.look.targets import TallRows

Index = QModelIndex | QPersistentModelIndex
_ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD = 10


@dataclass(frozen=True)
class Row:
    """One line. stands_for: what is chosen with it, None for a heading. progress: 0 to 1, None for no bar."""

    text: str
    number: str
    stands_for: Hashable | None
    tip: str = ""
    progress: float | None = None


class RowsModel(QAbstractListModel):
    """Rows that change in place while their order stays the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text} {row.number}".strip()
        return row if role == _ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].stands_for is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def show(self, rows: Sequence[Row]) -> None:
        """Take over new rows; where only texts and numbers differ, only these are repainted."""
        if [r.stands_for for r in rows] != [r.stands_for for r in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif list(rows) != self._rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def row(self, number: int) -> Row:
        return self._rows[number]

    def find(self, stands_for: Hashable | None) -> QModelIndex:
        """The index of a row; an invalid one where there is none."""
        place = next((n for n, row in enumerate(self._rows) if row.stands_for == stands_for), None)
        return QModelIndex() if place is None or stands_for is None else self.index(place)


class RowDelegate(TallRows):
    """Paints a row with the number right-aligned; a heading in quiet type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.least)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROW_ROLE)
        box: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        ink, quiet = palette.color(QPalette.ColorRole.Text), roles.quiet(palette)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Midlight))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), roles.accent(palette))
        elif state & QStyle.StateFlag.State_MouseOver and row.stands_for is not None:
            painter.fillRect(box, palette.color(QPalette.ColorRole.Button))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(roles.accent(palette))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        font: QFont = QFont(option.font)
        painter.setFont(font)
        room = box.adjusted(_PAD if row.stands_for is None else 2 * _PAD, 0, -_PAD, 0)
        metrics = QFontMetrics(font)
        painter.setPen(quiet)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.number)
        painter.setPen(quiet if row.stands_for is None else ink)
        room.setRight(room.right() - metrics.horizontalAdvance(row.number) - 8)
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if row.progress is not None:
            _paint_bar(painter, QRect(box.left() + 2 * _PAD, box.bottom() - 3, box.width() - 3 * _PAD, 2), row, palette)


def _paint_bar(painter: QPainter, box: QRect, row: Row, palette: QPalette) -> None:
    painter.fillRect(box, palette.color(QPalette.ColorRole.Mid))
    done = QRect(box)
    done.setWidth(round(box.width() * min(max(row.progress or 0.0, 0.0), 1.0)))
    painter.fillRect(done, roles.accent(palette))


class RowList(QListView):
    """Chooses with a click or with the keys of a list; a click leaves the keyboard with the chip."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self._look = RowDelegate(self)
        self.setItemDelegate(self._look)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_rows(self, rows: Sequence[Row], current: Hashable | None) -> None:
        """Show rows and mark the one that is open; says nothing."""
        self.rows.show(rows)
        index = self.rows.find(current)
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()

    def height_of_rows(self) -> int:
        return self.rows.rowCount() * self._look.least + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits belong to the station, not to a search in the list."""
        if event.text().strip() and event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows.row(index.row()).stands_for is not None:
            self.chosen.emit(self.rows.row(index.row()).stands_for)
