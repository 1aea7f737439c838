"""What a mouse does on a view that draws several chips: a click goes to one, and its tip says what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from inspector.station.look.chip_look import chip_sentence
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class ChipPointing(QObject):
    """An event filter of one view. chip_at: the chip under a place of the view, in logical pixels."""

    def __init__(self, view: QWidget, session: Session, chip_at: Callable[[QPointF], ChipId | None]) -> None:
        super().__init__(view)
        self._view, self._session, self._chip_at = view, session, chip_at
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._chip_at(QPointF(event.pos()))
            text = chip_sentence(self._session, chip) if chip is not None else ""
            QToolTip.showText(event.globalPos(), text, self._view)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            chip = self._chip_at(event.position())
            if chip is not None and event.button() == Qt.MouseButton.LeftButton:
                self._session.go_to(chip)
                return True
        return False
