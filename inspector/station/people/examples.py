"""Verified examples beside a disputed chip: for each class that was answered, the nearest chip that people agree on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.records.record import Record
from inspector.station.people.chip_reader import Place, read_chip
from inspector.station.state.background import Background
from inspector.wafer.recipe import Recipe

_SIDE = 88  # logical pixels


@dataclass(frozen=True)
class Example:
    """A chip on which a person's answer stands. class_name: that answer."""

    class_name: str
    place: Place
    operator: str
    picture: QImage


def find_examples(record: Record, recipe: Recipe, place: Place, names: tuple[str, ...]) -> tuple[Example, ...]:
    """The nearest example of each class; a class without any is left out. Reads pixels: call it in a thread."""
    judgement = record.judgement(*place)
    row = judgement.probabilities if judgement is not None else np.zeros(len(recipe.classes), np.float32)
    found = []
    for name in names:
        nearest = next(iter(record.verified(place, recipe.name, name, row)), None)
        if nearest is not None:
            picture = read_chip(record, nearest.key, nearest.chip)
            found.append(Example(name, (nearest.key, nearest.chip), nearest.decision.new.operator, picture))
    return tuple(found)


class Examples(QWidget):
    """Side by side, each with its class and where it comes from; empty while there are none."""

    def __init__(self, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dispute_examples")
        self._record = record
        self._asked: tuple[Place, Recipe, str] | None = None
        self._finding = Background(self, 1)
        self._finding.done.connect(self._take)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._made: list[QWidget] = []

    def show_beside(self, place: Place, recipe: Recipe, names: tuple[str, ...], language: str) -> None:
        """Look for the examples of these classes; the ones before go at once."""
        self._clear()
        self._asked = (place, recipe, language)
        self._finding.run(place, partial(find_examples, self._record, recipe, place, names))

    def shutdown(self) -> None:
        self._finding.stop()

    def _clear(self) -> None:
        for widget in self._made:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []

    def _take(self, place: Place, found: object) -> None:
        if self._asked is None or place != self._asked[0] or not isinstance(found, tuple):
            return
        self._clear()
        self._made = [self._tile(example) for example in found]
        for tile in self._made:
            self._row.addWidget(tile)

    def _tile(self, example: Example) -> QWidget:
        assert self._asked is not None, "what is shown was asked for"
        _, recipe, language = self._asked
        (key, chip), tile = example.place, QWidget(self)
        picture = QLabel(tile)
        ratio = self.devicePixelRatioF()
        scaled = QPixmap.fromImage(example.picture).scaled(
            round(_SIDE * ratio),
            round(_SIDE * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        picture.setPixmap(scaled)
        title = QLabel(recipe.class_set[example.class_name].title(language), tile)
        where = QLabel(
            self.tr("{wafer}, chip {column} / {row}, {who}").format(
                wafer=key.wafer, column=chip.column, row=chip.row, who=example.operator
            ),
            tile,
        )
        where.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        where.setWordWrap(True)
        tile.setToolTip(self.tr("The nearest chip on which this answer of a person stands"))
        layout = QVBoxLayout(tile)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (picture, title, where):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        tile.setFixedWidth(176)
        return tile
