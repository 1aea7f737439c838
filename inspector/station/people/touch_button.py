"""A large flat button with its words in the middle: a name to touch, a digit of the PIN pad."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inspector.station.look import roles, theme

_PAD = 16
_Role = QPalette.ColorRole


class TouchButton(QAbstractButton):
    """Words in the large size, a quiet line under them; checked while it is the chosen one."""

    def __init__(self, words: str, below: str = "", parent: QWidget | None = None, *, primary: bool = False) -> None:
        super().__init__(parent)
        self._below = below
        self._primary = primary
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{words}, {below}" if below else words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        return self.text().replace("&&", "&")

    def event(self, event: QEvent) -> bool:
        """Space and Enter press a focused button, whatever else they do at the station."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        widest = max(
            QFontMetrics(theme.title_font()).horizontalAdvance(self.words),
            QFontMetrics(theme.text_font()).horizontalAdvance(self._below),
        )
        return QSize(widest + 2 * _PAD, 64 if self._below else 56)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        room = self.rect().adjusted(8, 0, -8, 0)
        if self._below:
            upper, lower = QRect(room), QRect(room)
            upper.setBottom(room.center().y() + 6)
            lower.setTop(room.center().y() + 6)
            self._paint_line(painter, upper, self.words, theme.title_font(), Qt.AlignmentFlag.AlignBottom)
            painter.setOpacity(0.75)
            self._paint_line(painter, lower, self._below, theme.text_font(), Qt.AlignmentFlag.AlignTop)
        else:
            self._paint_line(painter, room, self.words, theme.title_font(), Qt.AlignmentFlag.AlignVCenter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        palette, box = self.palette(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        ground = palette.color(group, _Role.Highlight if self._primary else _Role.Button)
        if self.isDown():
            ground = ground.darker(115)
        elif self.underMouse() and self.isEnabled():
            ground = ground.lighter(108)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(roles.accent(palette), 2))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(_Role.HighlightedText) if self._primary else roles.accent(palette), 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 3, 3)

    def _paint_line(self, painter: QPainter, room: QRect, words: str, font: QFont, place: Qt.AlignmentFlag) -> None:
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, _Role.HighlightedText if self._primary else _Role.ButtonText))
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | place, shown)
