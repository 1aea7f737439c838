"""The line over the chip: its standing answer, large enough to be read from two metres, and who gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from inspector.station.look.chip_look import ChipLook, answer_origin, answer_title
from inspector.station.look.glyphs import badge
from inspector.station.look.theme import title_font
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_BADGE = 28  # logical pixels


class VerdictLine(QWidget):
    """Badge, title and origin of one chip's answer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._badge = QLabel(self)
        self._title = QLabel(self)
        self._origin = QLabel(self)
        for label, name in ((self._badge, "verdict_badge"), (self._title, "verdict"), (self._origin, "verdict_origin")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._badge.setFixedSize(_BADGE, _BADGE)
        self._title.setFont(title_font())
        self._origin.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._origin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self._title, self._origin):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            label.setMinimumHeight(_BADGE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._badge)
        row.addWidget(self._title, 3)
        row.addWidget(self._origin, 4)

    def show_answer(self, chip: ChipId | None, look: ChipLook | None) -> None:
        """None: nothing stands there."""
        for label in (self._badge, self._title, self._origin):
            label.setVisible(chip is not None)
        if chip is None or look is None:
            return
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(badge(look.colour, look.glyph, round(_BADGE * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        self._badge.setPixmap(pixmap)
        self._title.setText(answer_title(self._session, chip))
        self._origin.setText(answer_origin(self._session, chip))
        self._origin.setToolTip(self._origin.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._title.setFont(title_font())
        super().changeEvent(event)
