"""The new model beside the one that was in use when it was made: the same chips, figures with exact bounds."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from inspector.station.models.model_words import rate, share, unseen_word
from inspector.station.models.shelf import ShelfModel
from inspector.station.panels.roomy_table import RoomyTable
from inspector.wafer.classes import ClassSet
from inspector.wafer.model_comparison import ModelComparison, ModelFigures


class ComparisonView(QWidget):
    """A row for each figure, then the recall of each class."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = QLabel(self)
        self._said.setObjectName("comparison_said")
        self._said.setWordWrap(True)
        self._table = RoomyTable("comparison", self)
        self._table.set_titles([self.tr("Figure"), self.tr("Model in use then"), self.tr("This model")])
        self._table.setAccessibleName(self.tr("Comparison"))
        self._table.headerItem().setToolTip(1, self.tr("With counts and exact two-sided 95 % bounds"))
        self._table.headerItem().setToolTip(2, self.tr("With counts and exact two-sided 95 % bounds"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._said)
        layout.addWidget(self._table, 1)

    def show_model(self, shown: ShelfModel, language: str) -> None:
        self._table.clear()
        found, classes = shown.comparison, shown.model.recipe.class_set
        self._table.setVisible(found is not None)
        if found is None:
            self._said.setText(self.tr("Nobody has compared this model: only one that is trained here is compared."))
            return
        self._said.setText(self._in_words(found, classes))
        after = found.figures(classes, after=True)
        before = found.figures(classes, after=False) if found.before else None
        for title, tip, then, now in self._rows(before, after):
            self._add(title, tip, then, now)
        for chip_class in classes:
            then = rate(before.recall[chip_class.name]) if before else "–"
            title = self.tr("Recall of {name}").format(name=chip_class.title(language))
            self._add(title, self.tr("Chips of this class that it calls so"), then, rate(after.recall[chip_class.name]))

    def _rows(self, before: ModelFigures | None, after: ModelFigures) -> list[tuple[str, str, str, str]]:
        def both(title: str, tip: str, name: str) -> tuple[str, str, str, str]:
            return title, tip, rate(getattr(before, name)) if before else "–", rate(getattr(after, name))

        return [
            both(self.tr("Pass/fail accuracy"), self.tr("Chips whose verdict is right"), "right_verdict"),
            both(self.tr("Class accuracy"), self.tr("Chips whose class is right"), "right_class"),
            both(self.tr("Escapes"), self.tr("Defects that pass, of all defects"), "escapes"),
            both(self.tr("Overkill"), self.tr("Good chips that fail, of all good chips"), "overkills"),
            (
                self.tr("ECE of the verdict"),
                self.tr("How far P and truth lie apart, on average"),
                share(before.ece if before else None),
                share(after.ece),
            ),
        ]

    def _add(self, title: str, tip: str, then: str, now: str) -> None:
        item = QTreeWidgetItem([title, then, now])
        item.setToolTip(0, tip)
        self._table.addTopLevelItem(item)

    def _in_words(self, found: ModelComparison, classes: ClassSet) -> str:
        number = QLocale().toString
        text = self.tr("{count} chips. {what}").format(count=number(len(found.chips)), what=unseen_word(found.unseen))
        if not found.before:
            return f"{text} " + self.tr("There was no model in use to compare with.")
        pairs = found.discordant(classes)
        text += " " + self.tr(
            "Verdicts that only the earlier model names rightly: {before}; only this one: {after}. McNemar p = {p}."
        ).format(before=number(pairs.only_before), after=number(pairs.only_after), p=number(pairs.p, "f", 3))
        if found.before_saw:
            lots = ", ".join(found.before_saw)
            text += " " + self.tr("The model in use then has learned from {lots}: that flatters it.").format(lots=lots)
        return text
