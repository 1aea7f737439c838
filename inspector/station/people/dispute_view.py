"""Both answers on a disputed chip side by side, what the machine had said, and what people wrote on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.imaging.heat import shown_evidence
from inspector.records.notes import Note
from inspector.records.record import Record
from inspector.station.chip.chip_heat import heat_picture
from inspector.station.look import theme
from inspector.station.look.chip_look import NO_CLASS
from inspector.station.look.glyphs import badge
from inspector.station.people.recipes import Recipes
from inspector.station.state.opinions import Waiting
from inspector.station.state.words import clock
from inspector.wafer.classes import ClassSet
from inspector.wafer.recipe import Recipe
from inspector.wafer.second_review import OpinionKind

_BADGE = 24  # logical pixels


@dataclass(frozen=True)
class Said:
    """One answer. role: what stands over it. class_name: None where the person, or the machine, named none."""

    role: str
    class_name: str | None
    who: str
    when: datetime | None = None
    more: str = ""


@dataclass(frozen=True)
class Case:
    """All that is known about a disputed chip. first: who decided first. heat: on the model's fixed scale."""

    title: str
    recipe: Recipe
    first: str
    said: tuple[Said, ...]
    notes: tuple[str, ...]
    heat: QImage | None
    heat_limits: tuple[float, float] | None

    @property
    def classes(self) -> ClassSet:
        return self.recipe.class_set


def read_case(record: Record, recipes: Recipes, waiting: Waiting) -> Case:
    """Reads one chip's answers, notes and evidence from the record. RecordError where its wafer is gone."""
    recipe = recipes.of(waiting.key)
    key, chip, decision = waiting.key, waiting.chip, waiting.review.decision
    assert decision is not None, "what is disputed was decided"
    title = QCoreApplication.translate("Disputes", "Chip {column} / {row} · {wafer} · {lot}").format(
        column=chip.column, row=chip.row, wafer=key.wafer, lot=key.lot
    )
    first = QCoreApplication.translate("Disputes", "First answer")
    second = QCoreApplication.translate("Disputes", "Second answer, blind")
    said = [Said(first, decision.new.to_class, decision.new.operator, decision.time)]
    for opinion in waiting.review.opinions:
        if opinion.kind is OpinionKind.REVIEW:
            new = opinion.new
            said.append(Said(second, new.class_name, new.operator, opinion.time, new.reason))
    notes = tuple(_note_line(note) for note in record.notes(key).get(chip, ()))
    who = decision.new.operator
    judgement = record.judgement(key, chip)
    if judgement is None:
        return Case(title, recipe, who, tuple(said), notes, None, None)
    machine = QCoreApplication.translate("Disputes", "Machine")
    p = f"{judgement.p_defect:.2f}" if math.isfinite(judgement.p_defect) else "?"
    p_words = QCoreApplication.translate("Disputes", "P(defect) {p}").format(p=p)
    said.append(Said(machine, judgement.class_name, judgement.model.name, None, p_words))
    heat = _heat_of(record.evidence(key, chip), judgement.class_name, recipe.class_set)
    return Case(title, recipe, who, tuple(said), notes, heat, judgement.model.heat_scale)


def _heat_of(evidence: NDArray[np.uint8] | None, class_name: str | None, classes: ClassSet) -> QImage | None:
    if evidence is None or len(evidence) != len(classes):
        return None
    return heat_picture(shown_evidence(evidence, class_name, classes))


def _note_line(note: Note) -> str:
    words = QCoreApplication.translate("Disputes", "{who}, {when}: {text}")
    return words.format(who=note.operator, when=clock(note.time), text=note.text)


class DisputeView(QWidget):
    """One block for each answer: badge, class, who and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dispute_view")
        self._title = QLabel(self)
        self._title.setObjectName("dispute_title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self._notes = QLabel(self)
        self._notes.setObjectName("dispute_notes")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(self._blocks)
        layout.addWidget(self._notes)
        self._made: list[QWidget] = []

    def show_case(self, case: Case, language: str) -> None:
        self._title.setText(case.title)
        for widget in self._made:
            self._blocks.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = [self._block(said, case.classes, language) for said in case.said]
        for widget in self._made:
            self._blocks.addWidget(widget)
        self._notes.setText("\n".join(case.notes))
        self._notes.setVisible(bool(case.notes))

    def _block(self, said: Said, classes: ClassSet, language: str) -> QWidget:
        block = QWidget(self)
        known = next((c for c in classes if c.name == said.class_name), None)
        title = known.title(language) if known is not None else self.tr("Unsure")
        ratio = self.devicePixelRatioF()
        colour, glyph = (known.colour, known.glyph) if known is not None else (NO_CLASS, "?")
        pixmap = QPixmap.fromImage(badge(colour, glyph, round(_BADGE * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        mark = QLabel(block)
        mark.setPixmap(pixmap)
        mark.setFixedSize(_BADGE, _BADGE)
        answer = QLabel(title, block)
        answer.setFont(theme.title_font())
        who = said.who if said.when is None else f"{said.who}, {clock(said.when)}"
        about = QLabel(" · ".join(part for part in (said.role, who, said.more) if part), block)
        about.setWordWrap(True)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (answer, about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(mark)
        line.addWidget(answer, 1)
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addLayout(line, 0, 0)
        grid.addWidget(about, 1, 0)
        return block
