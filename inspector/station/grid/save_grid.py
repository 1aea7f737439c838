"""Asks into which recipe a grid goes, writes it, and says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector import paths
from inspector.station.dialogs.recipe_file import ask_recipe_file
from inspector.station.state.recipes_for_lists import ListedRecipe, read_listed, recipe_path, shipped_recipes
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.wafer.errors import InspectorError, RecipeError, printable
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.grid_file import write_grid
from inspector.wafer.grid_text import grid_section, grid_toml


class SaveGrid(QDialog):
    """A new recipe is a copy of a known one with this grid; a recipe of one's own can take the grid itself.

    judge_asked: the image is to be judged with the recipe that was written, which the settings name from then on.
    """

    judge_asked = Signal()

    def __init__(self, session: Session, placed: PlacedGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save_grid")
        self.setWindowTitle(self.tr("Grid into a recipe"))
        self.setMinimumWidth(560)
        self._session = session
        self._section = grid_section(placed)
        self._text = QPlainTextEdit(grid_toml(self._section), self)
        self._text.setObjectName("grid_toml")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setFixedHeight(9 * self._text.fontMetrics().lineSpacing() + 16)
        self._text.setAccessibleName(self.tr("The grid as a recipe has it"))
        self._recipes = QComboBox(self)
        self._recipes.setObjectName("recipe")
        self._recipes.setAccessibleName(self.tr("Recipe"))
        self._said = QLabel(self)
        self._said.setObjectName("said")
        self._said.setWordWrap(True)
        self._said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._other = self._button("other_recipe", self.tr("Another recipe file…"), self._ask_recipe)
        self._new = self._button("new_recipe", self.tr("New recipe…"), self._ask_target)
        self._into = self._button("into_recipe", self.tr("Into this recipe"), self._write_into)
        self._judge = self._button("judge", self.tr("Judge the image with it…"), self._ask_judge)
        self._close = self._button("close", self.tr("Close"), self.reject)
        self._new.setDefault(True)
        self._judge.hide()
        self._lay_out()
        self._fill_recipes()
        self._recipes.currentIndexChanged.connect(self._show)
        self._show()

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setMinimumHeight(32)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._recipes, 1)
        row.addWidget(self._other)
        form = QFormLayout()
        form.addRow(self.tr("Everything else from"), row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._into, self._new, self._judge, self._close):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self._text)
        layout.addLayout(form)
        layout.addWidget(self._said)
        layout.addLayout(buttons)

    def _fill_recipes(self) -> None:
        for listed in shipped_recipes():
            if not listed.recipe.is_whole:
                self._recipes.addItem(listed.recipe.title(self._session.language), listed)
        if self._session.settings.recipe:
            self.use_recipe(self._session.settings.recipe)

    def use_recipe(self, place: str) -> None:
        """Choose a shipped recipe by name or a recipe file by path; one that can't be used is named below."""
        for number in range(self._recipes.count()):
            if self._recipes.itemData(number).place == place:
                self._recipes.setCurrentIndex(number)
                return
        try:
            listed = read_listed(place)
        except RecipeError as error:
            self._said.setText(told(error))
            return
        title = f"{listed.recipe.title(self._session.language)} ({printable(Path(place).name)})"
        self._recipes.addItem(title, listed)
        self._recipes.setCurrentIndex(self._recipes.count() - 1)

    def write(self, target: Path) -> None:
        """Write the chosen recipe with this grid as `target`, and say so; what can't be done is said below."""
        listed = self._chosen
        if listed is None:
            return
        try:
            kept = write_grid(recipe_path(listed.place), self._section, target)
            made = read_listed(str(target)).recipe
        except InspectorError as error:
            self._said.setText(told(error))
            return
        self._session.settings.recipe = str(target)
        self._session.settings.keep_folder("recipe", target.parent)
        text = self.tr("Written: {columns} × {rows} chips in {file}")
        written = text.format(columns=self._section.columns, rows=self._section.rows, file=printable(target))
        if kept is not None:
            written += "\n" + self.tr("As it was before, it lies in {file}.").format(file=printable(kept.name))
        if made.model.input != made.grid.chip:
            width, height = made.model.input
            seen = self.tr("The model sees each chip at {width} × {height} pixels, as [model] input says.")
            written += "\n" + seen.format(width=width, height=height)
        self._said.setText(written)
        self._session.said.emit(written.splitlines()[0])
        for button in (self._new, self._into):
            button.setDefault(False)
        self._judge.show()
        self._judge.setDefault(True)
        self._judge.setFocus()

    @property
    def _chosen(self) -> ListedRecipe | None:
        listed = self._recipes.currentData()
        return listed if isinstance(listed, ListedRecipe) else None

    def _show(self) -> None:
        listed = self._chosen
        own = listed is not None and not _is_shipped(listed)
        self._new.setEnabled(listed is not None)
        self._into.setEnabled(own)
        self._into.setToolTip("" if own else self.tr("Shipped recipes stay as they are: make a new one."))

    def _ask_recipe(self) -> None:
        ask_recipe_file(self, self._session.settings.folder("recipe"), self.use_recipe)

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("New recipe"), str(self._session.settings.folder("recipe")))
        dialog.setNameFilter(self.tr("Recipes (*.toml)"))
        dialog.setDefaultSuffix("toml")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.open()

    def _write_into(self) -> None:
        listed = self._chosen
        if listed is not None:
            self.write(Path(listed.place))

    def _ask_judge(self) -> None:
        self.accept()
        self.judge_asked.emit()


def _is_shipped(listed: ListedRecipe) -> bool:
    return recipe_path(listed.place).resolve().parent == paths.resource("recipes").resolve()
