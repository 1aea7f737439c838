"""Wheel, pinch and keys that zoom and move a picture: the same on the wafer map and where a grid is corrected."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

STEP = 1.25  # zoom of one wheel notch or key press
_PART = 0.2  # of the window that a key press moves the picture by
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Steered(Protocol):
    """What can be zoomed and moved. Points and distances in logical pixels of the widget."""

    def zoom_by(self, factor: float, around: QPointF) -> None: ...
    def pan_by(self, dx: float, dy: float) -> None: ...
    def fit(self) -> None: ...


class Navigation(QObject):
    """Watches one widget's events and steers its picture."""

    def __init__(self, widget: QWidget, picture: Steered, *, arrows: bool = True) -> None:
        """arrows: the arrow keys move the picture; else they are left to the widget."""
        super().__init__(widget)
        self._arrows = arrows
        self._widget = widget
        self._picture = picture
        self._native = False  # the system sends its own zoom gestures: Qt's, made from the same fingers, would double
        widget.grabGesture(Qt.GestureType.PinchGesture)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            self._picture.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._native_gesture(event)
        if isinstance(event, QGestureEvent):
            return self._gesture(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._native = True
        self._picture.zoom_by(max(0.1, 1.0 + event.value()), event.position())
        return True

    def _gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        if not self._native and pinch.scaleFactor() > 0:
            self._picture.zoom_by(pinch.scaleFactor(), self._widget.mapFromGlobal(pinch.centerPoint()))
        event.accept()
        return True

    def _key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held & Qt.KeyboardModifier.ControlModifier:
            return False
        middle = QPointF(self._widget.width() / 2, self._widget.height() / 2)
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._picture.zoom_by(STEP, middle)
        elif key == Qt.Key.Key_Minus:
            self._picture.zoom_by(1 / STEP, middle)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_F):
            self._picture.fit()
        elif self._arrows and key in _ARROWS and (held == Qt.KeyboardModifier.ShiftModifier or not held):
            dx, dy = _ARROWS[key]
            self._picture.pan_by(dx * _PART * self._widget.width(), dy * _PART * self._widget.height())
        else:
            return False
        return True
