"""A callout that walks from part to part while the station stays in use: Enter goes on in it, and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from inspector.station.look import roles
from inspector.station.panels.plain_label import plain_label
from inspector.station.panels.work_area import WorkArea
from inspector.station.state.session import Session
from inspector.station.tour.steps import TourStep, tour_steps

_WIDTH, _GAP, _LINE = 320, 12, 3
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)  # what one presses at a button that says "Next"


class _Ring(QWidget):
    """A ring around what the words are about; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(roles.accent(self.palette()), _LINE))
        painter.drawRoundedRect(self.rect().adjusted(_LINE, _LINE, -_LINE, -_LINE), 6, 6)
        painter.end()


def begin_tour(session: Session, work: WorkArea) -> Tour | None:
    """Walk through the work page from the start; None where no wafer is open. It does not come by itself again."""
    if session.key is None or not work.isVisible():
        return None
    before = work.findChild(Tour)
    if before is not None:
        before.end()
    session.settings.looks.tour_seen = True
    tour = Tour(tour_steps(work), work)
    session.decided.connect(tour.end_begun)
    return tour


class Tour(QFrame):
    """Lies over its parent until it is ended; ended(): by its last step, by the answer to it, or by Esc.

    Enter is the tour's while it lasts: who has not been told yet what it does to a chip must not do it by accident.
    """

    ended = Signal()

    def __init__(self, steps: Sequence[TourStep], parent: QWidget) -> None:
        super().__init__(parent)
        self._steps, self._place, self._over = tuple(steps), 0, parent
        self._ring = _Ring(parent)
        self.setObjectName("tour")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self._title, self._text, self._count = (
            plain_label(name, self) for name in ("tour_title", "tour_text", "tour_count")
        )
        bold = QFont(self.font())
        bold.setBold(True)
        self._title.setFont(bold)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._end = self._button("tour_end", self.tr("End the tour"))
        self._end.setToolTip(self.tr("Esc ends the tour"))
        self._back = self._button("tour_back", self.tr("Back"))
        self._next = self._button("tour_next", self.tr("Next"))
        self._end.clicked.connect(self.end)
        self._back.clicked.connect(lambda: self._go(-1))
        self._next.clicked.connect(lambda: self._go(1))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._end)
        row.addStretch(1)
        for button in (self._back, self._next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for part in (self._title, self._text, self._count):
            column.addWidget(part)
        column.addLayout(row)
        parent.installEventFilter(self)
        self._show()

    @property
    def step(self) -> int:
        """From 0."""
        return self._place

    def end(self) -> None:
        self._over.removeEventFilter(self)
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self.ended.emit()

    def end_begun(self) -> None:
        """The person has answered: the last step, which asks for that, is done."""
        if self._place + 1 == len(self._steps):
            self.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._takes(event):
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._show()
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Enter goes on, before it is a shortcut of the window; Esc ends. Every other key is the station's."""
        goes_on = event.key() in _ON and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() == QEvent.Type.ShortcutOverride and goes_on:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not (goes_on or event.key() == Qt.Key.Key_Escape):
            return False
        if not goes_on:
            self.end()
        elif not event.isAutoRepeat():
            self._go(1)
        return True

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setMinimumHeight(32)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _go(self, by: int) -> None:
        self._place += by
        if self._place >= len(self._steps):
            self.end()
        else:
            self._show()

    def _show(self) -> None:
        step = self._steps[self._place]
        self._title.setText(step.title)
        self._text.setText(step.text)
        is_last = self._place + 1 == len(self._steps)
        going_on = self.tr("{place} of {count}  ·  Enter: next")
        words = self.tr("{place} of {count}  ·  Enter: begin") if is_last else going_on
        self._count.setText(words.format(place=self._place + 1, count=len(self._steps)))
        self._back.setEnabled(self._place > 0)
        self._next.setText(self.tr("Begin") if is_last else self.tr("Next"))
        self.layout().activate()  # type: ignore[union-attr]
        self.setFixedHeight(self.heightForWidth(_WIDTH) if self.hasHeightForWidth() else self.sizeHint().height())
        beside = step.beside()
        around = QRect(beside.mapTo(self._over, QPoint(0, 0)), beside.size())
        self._ring.setGeometry(around)
        self._ring.show()
        self._ring.raise_()
        self.move(self._where(around))
        self.show()
        self.raise_()

    def _where(self, around: QRect) -> QPoint:
        """Beside the part: right of it, else left, else above it, inside the window in any case."""
        room, y = self._over.rect(), around.top() + _GAP
        if around.right() + _GAP + self.width() <= room.right():
            place = QPoint(around.right() + _GAP, y)
        elif around.left() - _GAP - self.width() >= room.left():
            place = QPoint(around.left() - _GAP - self.width(), y)
        else:
            place = QPoint(around.center().x() - self.width() // 2, around.top() - _GAP - self.height())
        x = min(max(place.x(), _GAP), room.right() - self.width() - _GAP)
        return QPoint(x, min(max(place.y(), _GAP), room.bottom() - self.height() - _GAP))
