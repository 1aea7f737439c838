"""Asks two things about images that are to be judged: which product, and which lot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector.imaging.source import read_header
from inspector.imaging.sources.wafers_below import wafer_key
from inspector.records.models import active_model
from inspector.station.dialogs.recipe_file import ask_recipe_file
from inspector.station.state.dropped import first_picture, wafers_of
from inspector.station.state.recipes_for_lists import ListedRecipe, guess, model_for, read_listed, shipped_recipes
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.wafer.errors import ImageError, RecipeError, printable
from inspector.wafer.recipe import Recipe

_OTHER = "other"


class OpenDialog(QDialog):
    """Offers the recipe that fits the first image's size, else the one used last; Open says what is missing.

    The recipe says which wafers the given paths stand for: a folder may be one wafer, or hold many.
    """

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("open_dialog")
        self.setWindowTitle(self.tr("Judge images"))
        self.setMinimumWidth(480)
        self._session = session
        self._paths = list(paths)
        self._images = list(paths)
        self._listed = shipped_recipes()
        self._recipes = QComboBox(self)
        self._recipes.setObjectName("recipe")
        self._names = QLabel(self)
        self._names.setObjectName("images")
        self._names.setTextFormat(Qt.TextFormat.PlainText)
        self._lot = QLineEdit(self)
        self._lot.setObjectName("lot")
        self._lot.setMaxLength(120)
        self._model = QLabel(self)
        self._model.setObjectName("model")
        self._model.setWordWrap(True)
        self._choose_model = QPushButton(self.tr("Choose folder…"), self)
        self._choose_model.setObjectName("choose_model")
        self._missing = QLabel(self)
        self._missing.setObjectName("missing")
        self._missing.setWordWrap(True)
        self._missing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons = QDialogButtonBox(self)
        self._open = self._buttons.addButton(self.tr("Judge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._open.setObjectName("judge")
        self._open.setDefault(True)
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._fill_recipes()
        self._list_images()
        self._recipes.currentIndexChanged.connect(self._list_images)
        self._recipes.activated.connect(self._recipe_activated)
        self._lot.textChanged.connect(self._show_missing)
        self._choose_model.clicked.connect(self._ask_model)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._show_missing()

    def _lay_out(self) -> None:
        model = QHBoxLayout()
        model.addWidget(self._model, 1)
        model.addWidget(self._choose_model)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Images"), self._names)
        form.addRow(self.tr("Product"), self._recipes)
        form.addRow(self.tr("Lot"), self._lot)
        form.addRow(self.tr("Model"), model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._missing)
        layout.addWidget(self._buttons)

    @property
    def images(self) -> list[Path]:
        return list(self._images)

    @property
    def lot(self) -> str:
        return self._lot.text().strip()

    @property
    def recipe(self) -> Recipe | None:
        listed = self._recipes.currentData()
        return listed.recipe if isinstance(listed, ListedRecipe) else None

    @property
    def model(self) -> Path | None:
        """The folder of the model that will judge, None where there is none yet."""
        if self.recipe is None:
            return None
        return model_for(self.recipe, self._session.settings.model(self.recipe.name), self._session.record)

    def use_recipe(self, place: str) -> None:
        """Choose a shipped recipe by name or a recipe file by path; a file that can't be used is named below."""
        known = next((n for n in range(self._recipes.count()) if _place(self._recipes.itemData(n)) == place), None)
        if known is None:
            try:
                listed = read_listed(place)
            except RecipeError as error:
                self._missing.setText(told(error))
                return
            known = self._recipes.count() - 1
            self._recipes.insertItem(known, listed.recipe.title(self._session.language), listed)
            self._recipes.setItemData(known, place, Qt.ItemDataRole.ToolTipRole)
        self._recipes.setCurrentIndex(known)
        self._show_missing()

    def use_model(self, folder: Path) -> None:
        """Judge with the model in this folder, now and the next time this product is opened."""
        if self.recipe is not None:
            self._session.settings.keep_model(self.recipe.name, folder)
            self._show_missing()

    def accept(self) -> None:
        """Remember the recipe and put the images in line."""
        if self.recipe is None or self.model is None or not self.lot or not self._images:
            return
        self._session.settings.recipe = _place(self._recipes.currentData())
        self._session.open_images(self._images, self.recipe, self.lot, self.model)
        super().accept()

    def _fill_recipes(self) -> None:
        for listed in self._listed:
            self._recipes.addItem(listed.recipe.title(self._session.language), listed)
        self._recipes.addItem(self.tr("Another recipe file…"), _OTHER)
        fitting = self._fitting()
        last = self._session.settings.recipe
        if last and (fitting is None or last == fitting.place or not self._is_shipped(last)):
            self.use_recipe(last)
        if fitting is not None and (not last or self._is_shipped(last)):
            self.use_recipe(fitting.place)

    def _list_images(self) -> None:
        """The wafers as the chosen recipe sees them; the lot's name follows until a person has typed one."""
        self._images = wafers_of(self._paths, self.recipe)
        self._names.setText(_names(self._images))
        self._names.setToolTip("\n".join(printable(path) for path in self._images[:30]))
        if not self._lot.isModified():
            self._lot.setText(_lot_of(self._images))

    def _is_shipped(self, place: str) -> bool:
        return any(listed.place == place for listed in self._listed)

    def _fitting(self) -> ListedRecipe | None:
        first = next((picture for path in self._paths if (picture := first_picture(path))), None)
        if first is None:
            return None
        try:
            header = read_header(first)
        except ImageError:
            return None  # the engine says in one sentence what is wrong with it
        return guess(self._listed, header.width, header.height)

    def _recipe_activated(self) -> None:
        if self._recipes.currentData() == _OTHER:
            self._ask_recipe()
        self._show_missing()

    def _ask_recipe(self) -> None:
        ask_recipe_file(self, self._session.settings.folder("recipe"), self._take_recipe_file)

    def _take_recipe_file(self, path: str) -> None:
        self._session.settings.keep_folder("recipe", Path(path).parent)
        self.use_recipe(path)

    def _ask_model(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model's folder"), str(self._session.settings.folder("model")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_model_folder)
        dialog.open()

    def _take_model_folder(self, path: str) -> None:
        self._session.settings.keep_folder("model", Path(path).parent)
        self.use_model(Path(path))

    def _show_missing(self) -> None:
        """Open can be pressed when nothing is missing; else the line above it says what is."""
        model = self.model
        self._model.setText(str(model.name) if model else self.tr("none"))
        self._model.setToolTip(str(model) if model else "")
        active = self.recipe is not None and active_model(self._session.record, self.recipe.name) is not None
        self._choose_model.setEnabled(self.recipe is not None and not active)
        self._choose_model.setToolTip(self.tr("An engineer has activated this model: see Models.") if active else "")
        if self.recipe is None:
            missing = self.tr("Choose the product's recipe.")
        elif not self._images:
            missing = self.tr("The folder holds no wafer of this product: choose another recipe.")
        elif model is None and active:
            missing = self.tr("The model that was activated is gone: activate another one under Models.")
        elif model is None:
            missing = self.tr("There is no model for this product: train one, or choose its folder.")
        elif not self.lot:
            missing = self.tr("Enter the lot's name.")
        else:
            missing = ""
        self._missing.setText(missing)
        self._open.setEnabled(not missing)
        self._open.setToolTip(missing)


def _place(data: object) -> str:
    return data.place if isinstance(data, ListedRecipe) else ""


def _lot_of(images: Sequence[Path]) -> str:
    """The folder's name: where images are kept by lot, that is the lot."""
    return wafer_key(images[0]).lot if images else ""


def _names(images: Sequence[Path]) -> str:
    names = [printable(path.name) for path in images[:3]]
    return "\n".join(names + ([f"… ({len(images)})"] if len(images) > len(names) else []))
