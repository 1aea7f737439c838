"""Ctrl+G: type a chip's name and go there; what is wrong with it is said under the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from inspector.station.keys.typing_keys import takes_typing
from inspector.station.map.chip_name import chip_called
from inspector.station.state.session import Session

_TOP = 12


class _NameField(QLineEdit):
    left = Signal()

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()


class GoToField(QFrame):
    """Lies over the upper edge of its parent while it is asked for; `chosen(ChipId)` names the chip."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._before: QWidget | None = None  # who had the keyboard
        self.setObjectName("go_to_chip")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._session = session
        self._field = _NameField(self)
        self._field.setObjectName("chip_name")
        self._field.setMinimumHeight(32)
        self._field.setFixedWidth(140)
        self._field.setPlaceholderText("3/5")
        self._field.setAccessibleName(self.tr("Name of the chip"))
        label = QLabel(self.tr("Go to chip"), self)
        label.setBuddy(self._field)
        hint = QLabel(self.tr("column / row, Enter goes, Esc closes"), self)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._problem = QLabel(self)
        self._problem.setObjectName("chip_name_problem")
        self._problem.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setHorizontalSpacing(8)
        for column, part in enumerate((label, self._field, hint)):
            layout.addWidget(part, 0, column)
        layout.addWidget(self._problem, 1, 1, 1, 2)
        self._field.returnPressed.connect(self._go)
        self._field.textEdited.connect(self._forget_problem)
        self._field.left.connect(self.close_field)
        self.hide()

    @property
    def problem(self) -> str:
        """What is wrong with the name; empty where nothing is."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def ask(self) -> None:
        """Show the field and take the keyboard."""
        if self._session.placed is None:
            return
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._field.clear()
        self._forget_problem()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_field(self) -> None:
        """Hand the keyboard back to whoever had it."""
        self.hide()
        before = self._before if self._before is not None and self._before.isVisible() else self._over
        before.setFocus()

    def place(self) -> None:
        """In the middle of the parent's upper edge."""
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, _TOP)

    def _go(self) -> None:
        placed = self._session.placed
        if placed is None:
            return self.close_field()
        found = chip_called(self._field.text(), placed.grid)
        if isinstance(found, str):
            self._problem.setText(found)
            self._problem.show()
            self.place()
            self._field.selectAll()
        else:
            self.close_field()
            self.chosen.emit(found)

    def _forget_problem(self) -> None:
        self._problem.hide()
        self.place()
