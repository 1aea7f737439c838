"""Asks where on the chip a defect is: one click, or Enter for the heat's peak; any other way goes on without."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from inspector.station.chip.chip_view import ChipView
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class PointMark(QObject):
    """The decision is in the record before it asks: whoever goes away without an answer loses nothing."""

    def __init__(self, session: Session, view: ChipView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._offered: QPointF | None = None
        self._stays = False
        self._skip = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
        self._skip.setEnabled(False)
        self._skip.activated.connect(self.skip)
        view.canvas.pointed.connect(self._take)
        session.current_changed.connect(self.end)
        session.wafer_opened.connect(self.end)
        session.decided.connect(self._end_about)  # undo took back what the point was asked for

    @property
    def asks(self) -> bool:
        return self._view.canvas.asks

    def ask(self, *, stays: bool = False) -> None:
        """Ask where the current chip's defect is. stays: afterwards the chip stays in sight."""
        self._offered, self._stays = self._view.peak(), stays
        if self._offered is not None:
            words = self.tr("Where is the defect? Click it, or Enter: the marked place. Esc: without")
        else:
            words = self.tr("Where is the defect? Click it. Esc or Enter: without")
        self._view.show_neighbours(False)
        self._view.canvas.ask_point(words, self._offered)
        self._skip.setEnabled(True)

    def take_offered(self) -> None:
        """The marked place is right; without one, go on without."""
        if self._offered is None:
            self.skip()
        else:
            self._take(self._offered)

    def skip(self) -> None:
        """Go on without a point."""
        stays = self._stays
        self.end()
        if not stays:
            self._session.go_on()

    def end(self) -> None:
        """Ask no more."""
        if self.asks:
            self._skip.setEnabled(False)
            self._view.canvas.end_asking()

    def _end_about(self, chips: Collection[ChipId]) -> None:
        if self._session.current in chips:  # what others decide elsewhere ends no question
            self.end()

    def _take(self, point: QPointF) -> None:
        stays = self._stays
        self.end()
        self._session.mark((round(point.x(), 1), round(point.y(), 1)), stay=stays)
