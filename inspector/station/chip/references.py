"""Verified examples beside the suspect: of the class that the machine proposes, and of the runner-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.station.chip.beside import Facts, Reference
from inspector.station.look.chip_look import ChipLook, Standing
from inspector.station.look.glyphs import badge
from inspector.station.look.roles import accent, quiet
from inspector.station.state.words import clock

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_BADGE = 18  # logical pixels
_GAP = 8
_LEAST = 56  # logical pixels of a picture
_LINES = 3  # under the picture: the class, the chip, who and when


class _Tile(QWidget):
    """One reference, or how one comes to be. `clicked` asks to see it in the chip's place."""

    clicked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._class_name = ""
        self._reference: Reference | None = None
        self._thumb: QImage | None = None
        self.is_blinking = False
        self.lines = _LINES
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(96)

    @property
    def words(self) -> str:
        """What stands under the picture, or in its place."""
        return "\n".join(self._lines())

    def show_reference(self, class_name: str, reference: Reference | None) -> None:
        self._class_name, self._reference, self._thumb = class_name, reference, None
        self.setAccessibleName(self.words.replace("\n", ", "))
        words = self.tr("A person gave this answer. Click, or B: see it in the chip's place")
        self.setToolTip(f"{self.words}\n{words}" if reference is not None else "")
        hand = Qt.CursorShape.PointingHandCursor if reference is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)
        self.update()

    def wanted_height(self, width: int) -> int:
        """Logical pixels for the picture, at this width, and the words under it."""
        return round(self._picture_height(width)) + 4 + self.lines * self.fontMetrics().lineSpacing()

    def _picture_height(self, width: float) -> float:
        """As the product's chips are shaped, up to a square."""
        placed = self._session.placed
        across, down = placed.grid.chip if placed is not None else (1.0, 1.0)
        return min(width * down / across, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        classes = self._session.classes
        if classes is None or self._class_name not in classes:
            painter.end()
            return
        line = self.fontMetrics().lineSpacing()
        room = self.height() - 4 - self.lines * line
        box = QRectF(0, 0, self.width(), min(self._picture_height(self.width()), max(_LEAST, room)))
        if self._reference is None:
            painter.setPen(quiet(self.palette()))
            painter.drawText(QRectF(self.rect()), Qt.TextFlag.TextWordWrap, self.words)
        else:
            self._paint_picture(painter, self._reference, box)
            painter.setPen(self.palette().windowText().color())
            words = QRectF(0, box.bottom() + 4, self.width(), self.lines * line)
            painter.drawText(words, Qt.TextFlag.TextDontClip, self._elided())
        painter.end()

    def _paint_picture(self, painter: QPainter, reference: Reference, box: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        size = reference.picture.size().scaled((box.size() * ratio).toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        if self._thumb is None or self._thumb.size() != size:
            way = Qt.TransformationMode.SmoothTransformation  # the mean: no defect of two pixels is lost
            self._thumb = reference.picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, way)
        at = QRectF(0, 0, size.width() / ratio, size.height() / ratio)
        painter.drawImage(at, self._thumb)
        classes = self._session.classes
        assert classes is not None, "a reference has a class"
        chip_class = classes[self._class_name]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        join = Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(QColor(chip_class.colour), 3, j=join))
        painter.drawRect(at.adjusted(1.5, 1.5, -1.5, -1.5))
        if self.is_blinking:
            painter.setPen(QPen(accent(self.palette()), 3, j=join))
            painter.drawRect(at.adjusted(4.5, 4.5, -4.5, -4.5))
        if not chip_class.is_good:
            mark = badge(chip_class.colour, chip_class.glyph, round(_BADGE * ratio))
            painter.drawImage(QRectF(at.left() + 6, at.top() + 6, _BADGE, _BADGE), mark)

    def _elided(self) -> str:
        metrics, room = self.fontMetrics(), self.width()
        return "\n".join(
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) for text in self._lines()[: self.lines]
        )

    def _lines(self) -> list[str]:
        classes = self._session.classes
        if classes is None or self._class_name not in classes:
            return []
        title = classes[self._class_name].title(self._session.language)
        if self._reference is None:
            words = self.tr("No chip of this product is confirmed as {title} yet: confirm one, and it stands here.")
            return [words.format(title=title)]
        return [title, chip_in_words(self._session, self._reference), by_in_words(self._reference)]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._reference is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class References(QWidget):
    """Two tiles side by side. `asked(int)`: tile 0 or 1 was clicked."""

    asked = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("references")
        self._session = session
        self.tiles = [_Tile(session, self), _Tile(session, self)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for number, tile in enumerate(self.tiles):
            tile.setObjectName(f"reference_{number + 1}")
            row.addWidget(tile)
        self.tiles[0].clicked.connect(lambda: self.asked.emit(0))
        self.tiles[1].clicked.connect(lambda: self.asked.emit(1))

    def show_facts(self, facts: Facts | None) -> None:
        shown = facts.references if facts is not None else ()
        for number, tile in enumerate(self.tiles):
            name, reference = shown[number] if number < len(shown) else ("", None)
            tile.is_blinking = False
            tile.show_reference(name, reference)

    def show_blinking(self, number: int | None) -> None:
        """Which of the two is in the chip's place now."""
        for place, tile in enumerate(self.tiles):
            tile.is_blinking = place == number
            tile.update()

    def fit_width(self, width: int) -> None:
        """As high as the pictures are at this width, or smaller where there is no room."""
        wanted = self.tiles[0].wanted_height((width - _GAP) // 2)
        self.setMinimumHeight(min(wanted, self.tiles[0].wanted_height(_LEAST)))
        self.setMaximumHeight(wanted)

    def set_tight(self, tight: bool) -> None:
        """Tight: who gave the answer and when stands in the tool tip alone."""
        for tile in self.tiles:
            tile.lines = _LINES - 1 if tight else _LINES

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


def chip_in_words(session: Session, reference: Reference) -> str:
    """Which chip it is, with its wafer and lot where they are others."""
    there, here, (column, row) = reference.of.key, session.key, reference.of.chip
    name = f"{column} / {row}"
    if there == here:
        return name
    same_lot = here is not None and there.lot == here.lot
    return f"{there.wafer}  {name}" if same_lot else f"{there.lot} {there.wafer}  {name}"


def by_in_words(reference: Reference) -> str:
    """Who answered, and when."""
    return f"{reference.of.decision.new.operator}, {clock(reference.of.decision.time)}"


def reference_look(session: Session, class_name: str) -> ChipLook | None:
    """The frame of a reference that is shown in the chip's place."""
    classes = session.classes
    if classes is None or class_name not in classes:
        return None
    chip_class = classes[class_name]
    glyph = "" if chip_class.is_good else chip_class.glyph
    index = classes.index(class_name)
    return ChipLook(Standing.CLASS, chip_class.colour, glyph, index, not chip_class.is_good, decided=True)
