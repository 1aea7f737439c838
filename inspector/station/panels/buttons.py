"""The station's large buttons: a key cap, a class's colour and glyph, a title; and the one primary button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inspector.station.look import roles
from inspector.station.look.glyphs import badge

_HEIGHT = 40
_CAP = 22
_BADGE = 20
_GAP = 6
_PAD = 8
_Role = QPalette.ColorRole


@dataclass(frozen=True)
class Face:
    """What stands on a button. key: on its key cap. colour, glyph: of a class; empty for a button without one."""

    title: str
    key: str = ""
    colour: str = ""
    glyph: str = ""


class KeyButton(QAbstractButton):
    """A button that shows its key; checked while its answer is the one that stands."""

    def __init__(self, face: Face, parent: QWidget | None = None, *, primary: bool = False) -> None:
        super().__init__(parent)
        self._primary = primary
        self._face = face
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the chip
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_face(face)

    @property
    def face(self) -> Face:
        return self._face

    def set_face(self, face: Face) -> None:
        self._face = face
        self.setText(face.title.replace("&", "&&"))
        self.setAccessibleName(f"{face.title} ({face.key})" if face.key else face.title)
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Space on a focused button presses it, although Space is a key of the station too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Space and not event.modifiers())
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)  # as it is when its answer stands
        width = self._title_left() + QFontMetrics(bold).horizontalAdvance(self._face.title) + _PAD + 2
        return QSize(width + (self._cap_width() if self._primary else 0), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._ink()
        cap = self._cap_rect()
        if self._face.key:
            _paint_cap(painter, cap, self._face.key, ink)
        if self._face.colour:
            ratio = self.devicePixelRatioF()
            image = badge(self._face.colour, self._face.glyph, round(_BADGE * ratio))
            left = cap.right() + _GAP
            painter.drawImage(QRectF(left, (self.height() - _BADGE) / 2, _BADGE, _BADGE), image)
        self._paint_title(painter, ink)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        palette, box = self.palette(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = palette.color(_Role.Highlight if self._primary else _Role.Button)
        if self.isDown():
            ground = ground.darker(115)
        elif self.underMouse() and self.isEnabled():
            ground = ground.lighter(108)
        ring = Qt.PenStyle.NoPen
        painter.setPen(ring)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(QColor(self._face.colour or roles.accent(palette)), 2))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(_Role.HighlightedText) if self._primary else roles.accent(palette), 2))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 3, 3)

    def _paint_title(self, painter: QPainter, ink: QColor) -> None:
        font = QFont(self.font())
        font.setBold(self._primary or self.isChecked())
        painter.setFont(font)
        painter.setPen(ink)
        left = self._title_left()
        right = self.width() - _PAD - (self._cap_width() + _GAP if self._primary else 0)
        room = QRect(left, 0, max(right - left, 0), self.height())
        title = QFontMetrics(font).elidedText(self._face.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _ink(self) -> QColor:
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        return self.palette().color(group, _Role.HighlightedText if self._primary else _Role.ButtonText)

    def _cap_width(self) -> int:
        if not self._face.key:
            return 0
        return max(_CAP, QFontMetrics(self.font()).horizontalAdvance(self._face.key) + 12)

    def _cap_rect(self) -> QRectF:
        """At the left of a class, at the right of the primary button."""
        width = self._cap_width()
        left = self.width() - 10 - width if self._primary else _PAD
        return QRectF(left, (self.height() - _CAP) / 2, width, _CAP)

    def _title_left(self) -> int:
        if self._primary:
            return 14
        left = _PAD + (self._cap_width() + _GAP if self._face.key else 0)
        return left + (_BADGE + _GAP if self._face.colour else 0)


def _paint_cap(painter: QPainter, box: QRectF, key: str, ink: QColor) -> None:
    line = QColor(ink)
    line.setAlpha(110)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
