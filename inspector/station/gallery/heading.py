"""The heading of a section: the class's badge, a title, and how many chips follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter

from inspector.station.gallery.sections import Section
from inspector.station.look import roles, theme
from inspector.station.look.glyphs import badge

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_BADGE = 18
_GAP = 8


def paint_heading(painter: QPainter, box: QRect, section: Section, session: Session) -> None:
    """box: the heading's place; the words stand at its bottom, near their thumbnails."""
    palette = QGuiApplication.palette()
    font = QFont(theme.text_font())
    font.setBold(True)
    left = box.left()
    line = QRect(box.left(), box.bottom() - 30, box.width(), 28)
    classes = session.classes
    if section.class_name is not None and classes is not None and section.class_name in classes:
        of_class = classes[section.class_name]
        unit = painter.device().devicePixelRatioF()
        glyph = "" if of_class.is_good else of_class.glyph
        image = badge(of_class.colour, glyph, round(_BADGE * unit))
        painter.drawImage(QRectF(left, line.center().y() - _BADGE / 2 + 0.5, _BADGE, _BADGE), image)
        left += _BADGE + _GAP
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(roles.canvas_text(palette))
    count = f"{len(section.chips):,}"
    metrics = QFontMetrics(font)
    room = line.right() - left - metrics.horizontalAdvance(count) - 2 * _GAP
    title = metrics.elidedText(section.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(left, line.top(), room, line.height()), middle, title)
    left += metrics.horizontalAdvance(title) + 2 * _GAP
    painter.setFont(theme.text_font())
    painter.drawText(QRect(left, line.top(), line.right() - left, line.height()), middle, count)
