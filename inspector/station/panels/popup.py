"""A small panel that hangs under a button and closes by itself when one clicks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget


def make_popup(frame: QFrame, name: str) -> None:
    """Let a frame be a popup: Esc or a click elsewhere closes it."""
    frame.setObjectName(name)
    frame.setWindowFlags(Qt.WindowType.Popup)
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    frame.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)


def show_under(frame: QWidget, anchor: QWidget) -> None:
    """Show a popup under a widget, its right edge on the widget's; beside it where there is no room below."""
    frame.adjustSize()
    around = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
    room = anchor.screen().availableGeometry()
    place = QRect(QPoint(around.right() + 1 - frame.width(), around.bottom() + 5), frame.size())
    if place.bottom() > room.bottom():
        place.moveBottomLeft(around.bottomRight() + QPoint(5, 0))
    place.moveRight(min(place.right(), room.right()))
    place.moveBottom(min(place.bottom(), room.bottom()))
    frame.move(max(place.x(), room.left()), max(place.y(), room.top()))
    frame.show()
