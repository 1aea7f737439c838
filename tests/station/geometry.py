"""Looks for text that is cut off or lies over other text, in whatever widgets are in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QCheckBox, QLabel, QLineEdit, QRadioButton, QWidget

_SLACK = 2  # px: rounding of font metrics
_BREAKS = re.compile(r"\s+|(?<=[\u2e80-\uffef])")  # where a line may end: at spaces, and after any Japanese character


def problems(root: QWidget) -> list[str]:
    """One line for each text that can't be read whole."""
    shown = [w for w in root.findChildren(QWidget) if w.isVisible() and w.width() > 0 and not _scrolled_away(w, root)]
    found = [f"{name(w)} {what}" for w in shown for what in _cut(w)]
    texts = [w for w in shown if text_of(w)]
    by_parent: dict[QWidget, list[QWidget]] = {}
    for widget in texts:
        by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for siblings in by_parent.values():
        for one, other in combinations(siblings, 2):
            common = one.geometry() & other.geometry()
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(f"{name(one)} lies over {name(other)}")
    return found


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {text_of(widget)[:40]!r}"


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.placeholderText() if isinstance(widget, QLineEdit) and not widget.text() else ""


def _cut(widget: QWidget) -> Iterator[str]:
    text = text_of(widget)
    if not text or "<" in text:
        return
    lines = text.split("\n")
    wide = max(widget.fontMetrics().horizontalAdvance(line) for line in lines)
    room = widget.contentsRect()
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + _SLACK:
                yield f"needs {widget.heightForWidth(widget.width())} px of height and has {widget.height()}"
            wide = max(widget.fontMetrics().horizontalAdvance(piece) for piece in _BREAKS.split(text))
        if wide > room.width() + _SLACK:
            yield f"needs {wide} px of width and has {room.width()}"
    elif isinstance(widget, QLineEdit):
        if wide > room.width() + _SLACK:
            yield f"needs {wide} px of width and has {room.width()}"
    elif _has_own_width(widget) and widget.minimumSizeHint().width() > widget.width() + _SLACK:
        yield f"needs {widget.minimumSizeHint().width()} px of width and has {widget.width()}"


def _has_own_width(widget: QWidget) -> bool:
    return isinstance(widget, QCheckBox | QRadioButton) or type(widget).__name__ in ("QPushButton", "KeyButton")


def _scrolled_away(widget: QWidget, root: QWidget) -> bool:
    """True for what lies in a scroll area, outside of what is in sight of it."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            seen = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
            return not parent.rect().contains(seen)
        parent = above
    return False
