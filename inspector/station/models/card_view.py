"""A model's card in short, and the gates that it has to pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from inspector.station.models.model_words import chips_word, gate_words, place_word, share, state_word, when
from inspector.station.models.shelf import ShelfModel
from inspector.station.panels.roomy_table import RoomyTable
from inspector.station.state.words import device_words
from inspector.wafer.recipe import Recipe
from inspector.wafer.release import GateName

_SIGNS = {True: "✓", False: "✗", None: "–"}


class CardFacts(QWidget):
    """When, from what, with which figures and limits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 8, 0, 8)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(4)

    def show_model(self, shown: ShelfModel, language: str) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        for title, text in self._facts(shown, language):
            value = QLabel(text, self)
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            heading = QLabel(title, self)
            heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._form.addRow(heading, value)

    def _facts(self, shown: ShelfModel, language: str) -> Iterator[tuple[str, str]]:
        model, number = shown.model, QLocale().toString
        training, validation = model.part("training"), model.part("validation")
        yield self.tr("Trained"), f"{when(model.date)}   ({place_word(shown.place)})"
        yield self.tr("Weights"), model.digest[:16]
        chips = ", ".join(f"{_title(model.recipe, n, language)} {number(c)}" for n, c in model.learned.items())
        yield self.tr("Learned from"), f"{training.get('dataset', '')}: {chips}"
        lots = model.lots
        yield self.tr("Lots"), self.tr("not written down") if lots is None else ", ".join(lots) or "–"
        minutes, device = float(training.get("minutes", 0.0)), device_words(str(training.get("device", "")))
        yield (
            self.tr("Took"),
            self.tr("{minutes} min on {device}").format(minutes=number(minutes, "f", 1), device=device),
        )
        yield self.tr("On chips kept back"), self._figures(validation)
        calibration = model.part("calibration")
        if calibration:
            text = self.tr("{chips} chips of {dataset}").format(
                chips=number(int(calibration.get("chips", 0))), dataset=calibration.get("dataset", "")
            )
            yield self.tr("Calibrated on"), f"{text}; {self._figures(calibration)}"
        review = model.part("review")
        limits = f"{number(model.limits.low, 'g', 3)} – {number(model.limits.high, 'g', 3)}"
        yield self.tr("Borderline P(defect)"), limits
        if review:
            text = self.tr("{share} of the good chips; {escape} of the defects pass")
            yield (
                self.tr("Asks for"),
                text.format(share=share(review.get("asked_good")), escape=share(review.get("expected_escape"), 2)),
            )

    def _figures(self, part: Mapping[str, Any]) -> str:
        return self.tr("pass/fail {verdict}, class {accuracy}, ECE {ece}").format(
            verdict=share(part.get("pass_fail_accuracy"), 2),
            accuracy=share(part.get("accuracy")),
            ece=share(part.get("ece")),
        )


def _title(recipe: Recipe, name: str, language: str) -> str:
    return recipe.class_set[name].title(language) if name in recipe.class_set else name


class GateList(RoomyTable):
    """One row for each gate: passed or not, what was found, what is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("gates", parent)
        self.set_titles(["", self.tr("Release check"), self.tr("Found"), self.tr("Wanted")])
        self.setAccessibleName(self.tr("Release checks"))

    def show_model(self, shown: ShelfModel) -> None:
        self.clear()
        for gate in shown.gates:
            title, asks = gate_words(gate.name)
            found, wanted = gate.found, gate.wanted
            if gate.name is GateName.UNSEEN:
                found, wanted = chips_word(found), chips_word(wanted)
            item = QTreeWidgetItem([_SIGNS[gate.passed], title, found, wanted])
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, state_word(gate.passed))
            for column in range(4):
                item.setToolTip(column, f"{state_word(gate.passed)}: {asks}")
                font = item.font(column)
                font.setBold(gate.passed is False)
                item.setFont(column, font)
            self.addTopLevelItem(item)


class Overview(QWidget):
    """The card above, the gates below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts, self.gates = CardFacts(self), GateList(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self.facts)
        layout.addWidget(self.gates, 1)
