"""The page of models: which one judges a product, which ones wait, what each has shown, and going back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from inspector.exchange.export_plan import Product
from inspector.station.export.exporting import Exporting
from inspector.station.look import theme
from inspector.station.models.card_view import Overview
from inspector.station.models.comparison_view import ComparisonView
from inspector.station.models.flips_view import FlipsView
from inspector.station.models.model_words import place_word, when
from inspector.station.models.shelf import Shelf, ShelfModel, Shelves
from inspector.station.pages.page import Page
from inspector.station.panels.rows import Row, RowList
from inspector.station.state.retraining import Retraining
from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.release import open_gates
from inspector.wafer.roles import Act


class ModelsPage(Page):
    """Left: the models of a product, newest first. Right: the chosen one."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shelf: Shelf | None = None
        self._chosen: Path | None = None
        self._offering = Exporting(session.record, self)
        self.shelves = Shelves(session.record, self)
        self._products = QComboBox(self)
        self._products.setObjectName("product")
        self._products.setAccessibleName(self.tr("Product"))
        self._products.setMinimumHeight(32)
        self._list = RowList("models", self)
        self._list.setAccessibleName(self.tr("Models"))
        self._title, self._state, self._said = (QLabel(self) for _ in range(3))
        self._use = QPushButton(self.tr("Use this model"), self)
        self._back = QPushButton(self)
        self._anyway = QCheckBox(self)
        self._overview, self._comparison = Overview(self), ComparisonView(self)
        self._flips = FlipsView(session.record, self)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)  # no frame, no ground of its own
        self._name_parts()
        self._lay_out()
        self._connect()

    def _name_parts(self) -> None:
        named = {"use_model": self._use, "go_back": self._back, "anyway": self._anyway, "model_title": self._title}
        named |= {"model_state": self._state, "models_said": self._said}
        for name, widget in named.items():
            widget.setObjectName(name)
        for control in (self._use, self._back, self._anyway):
            control.setMinimumHeight(32)
        self._title.setFont(theme.title_font())
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._state, self._said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._said.hide()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Models"), self)
        heading.setFont(theme.title_font())
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in (heading, self._products):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        column.addWidget(self._back)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._use)
        buttons.addWidget(self._anyway)
        buttons.addStretch(1)
        detail = QVBoxLayout(right)
        detail.setContentsMargins(8, 0, 0, 0)
        detail.setSpacing(8)
        detail.addWidget(self._title)
        detail.addWidget(self._state)
        detail.addLayout(buttons)
        detail.addWidget(self._said)
        detail.addWidget(self._tabs, 1)
        self._tabs.addTab(self._overview, self.tr("Card and release checks"))
        self._tabs.addTab(self._comparison, self.tr("Comparison"))
        self._tabs.addTab(self._flips, self.tr("Chips that flip"))
        sides = QSplitter(self)
        sides.addWidget(left)
        sides.addWidget(right)
        sides.setStretchFactor(1, 1)
        sides.setSizes([320, 1000])
        sides.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(sides)

    def _connect(self) -> None:
        self._offering.offered.connect(self._offer)
        self._products.currentIndexChanged.connect(self._ask)
        self._list.chosen.connect(self._choose)
        self.shelves.read.connect(self._show_shelf)
        self.shelves.failed.connect(self._say)
        self._use.clicked.connect(self.use_chosen)
        self._back.clicked.connect(self.go_back)
        self._anyway.toggled.connect(lambda _: self._show_controls())
        self._flips.chip_asked.connect(self._go_to)
        Retraining.of(self._session).model_ready.connect(self._see_new)

    def come(self) -> None:
        """Others may have trained or activated meanwhile: read anew."""
        if self._shelf is None:
            self._title.setText(self.tr("Looking for models…"))
            self._tabs.hide()
            self._show_controls()
        self._offering.look()

    def shutdown(self) -> None:
        self._offering.shutdown()
        self.shelves.shutdown()
        self._flips.shutdown()

    @property
    def chosen(self) -> ShelfModel | None:
        """The model that is looked at."""
        models = self._shelf.models if self._shelf else ()
        return next((m for m in models if m.folder == self._chosen), None)

    def use_chosen(self) -> None:
        """Activate the chosen model: it judges from the next image on."""
        if self.chosen is not None:
            self._activate(self.chosen)

    def go_back(self) -> None:
        """Activate the model that was in use before."""
        before = self._shelf.before if self._shelf else None
        if before is not None:
            self._activate(before)

    def _activate(self, model: ShelfModel) -> None:
        assert self._shelf is not None, "a model is chosen on a shelf"
        failed = open_gates(list(model.gates))
        if self.shelves.activate(self._shelf.recipe, model, failed, self._session.operator):
            self._chosen = model.folder
            self._say(self.tr("The model of {date} judges from the next image on.").format(date=when(model.model.date)))

    def _offer(self, found: Sequence[Product]) -> None:
        before = self._products.currentData() or (self._session.recipe.name if self._session.recipe else "")
        with QSignalBlocker(self._products):
            self._products.clear()
            for product in found:
                self._products.addItem(product.recipe.title(self._session.language), product.recipe.name)
            self._products.setCurrentIndex(max(self._products.findData(before), 0))
        self._ask()

    def _ask(self) -> None:
        recipe = self._products.currentData()
        if recipe:
            self.shelves.ask(str(recipe))
        else:
            self._title.setText(self.tr("The record is empty: judge a wafer first."))
            self._show_controls()

    def _see_new(self, folder: Path) -> None:
        self._chosen = folder
        if self.isVisible():
            self._ask()

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        if self.chosen is None:
            self._chosen = next((m.folder for m in shelf.models), None)
        rows = [self._row(model) for model in shelf.models]
        self._list.show_rows(rows, self._chosen)
        if shelf.problems:
            self._say(" ".join(shelf.problems))
        self._show_chosen()

    def _row(self, model: ShelfModel) -> Row:
        state = self.tr("in use") if model.in_use else place_word(model.place)
        failed = len(open_gates(list(model.gates)))
        if not model.in_use and model.place == "own":
            state = self.tr("all checks passed") if not failed else self.tr("{n} checks open").format(n=failed)
        return Row(when(model.model.date), state, model.folder, str(model.folder))

    def _choose(self, folder: object) -> None:
        if isinstance(folder, Path):
            self._chosen = folder
            self._anyway.setChecked(False)
            self._said.hide()
            self._show_chosen()

    def _show_chosen(self) -> None:
        model = self.chosen
        self._tabs.setVisible(model is not None)
        if model is None:
            self._title.setText(self.tr("There is no model for this product: train one under Export."))
        else:
            language = self._session.language
            self._title.setText(f"{when(model.model.date)}   {model.model.digest[:12]}")
            self._overview.facts.show_model(model, language)
            self._overview.gates.show_model(model)
            self._comparison.show_model(model, language)
            self._flips.show_model(model, language)
        self._show_controls()

    def _show_controls(self) -> None:
        model, shelf = self.chosen, self._shelf
        may = self._session.record.people.may(Act.ACTIVATE_MODEL)
        failed = len(open_gates(list(model.gates))) if model else 0
        before = shelf.before if shelf else None
        self._anyway.setVisible(model is not None and not model.in_use and failed > 0)
        self._anyway.setText(self.tr("although {n} release checks are open").format(n=failed))
        free = model is not None and not model.in_use and (not failed or self._anyway.isChecked())
        why = "" if may else self.tr("Only an engineer may change the model.")
        if may and model is not None and not free:
            why = (
                self.tr("It is in use.")
                if model.in_use
                else self.tr("Tick the box to use it although checks are open.")
            )
        self._use.setVisible(model is not None)
        self._use.setEnabled(may and free)
        self._use.setToolTip(why)
        self._back.setEnabled(may and before is not None)
        self._back.setText(
            self.tr("Go back to {date}").format(date=when(before.model.date))
            if before
            else self.tr("Go back to the model before")
        )
        self._back.setToolTip(
            self.tr("Only an engineer may change the model.")
            if not may
            else ""
            if before
            else self.tr("No other model was in use before.")
        )
        self._state.setText(self._history(model) if model else "")

    def _history(self, model: ShelfModel) -> str:
        """Since when it is in use and by whom; when it was before."""
        history = self._shelf.history if self._shelf else ()
        mine = [a for a in history if a.digest == model.model.digest]
        if not mine:
            return (
                self.tr("In use: nobody has activated another one.") if model.in_use else self.tr("Never in use here.")
            )
        last = mine[-1]
        text = (
            self.tr("In use since {time}, by {person}.")
            if model.in_use
            else self.tr("Last activated {time}, by {person}.")
        )
        text = text.format(time=when(last.time.isoformat()), person=last.person)
        if last.failed:
            text += " " + self.tr("{n} release checks were open then.").format(n=len(last.failed))
        return text

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _go_to(self, key: WaferKey, chip: ChipId) -> None:
        if self._session.record.wafer(key) is None:
            self._say(self.tr("This chip is not in the record."))
            return
        if key != self._session.key:
            self._session.show_wafer(key)
        self._session.go_to(chip)
        self.done.emit()
