"""The models of a recipe as the page shows them: read beside the window, activated through the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector import paths
from inspector.records.models import Activation, activate_model, activations, kept_models, models_folder
from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.sentences import told
from inspector.wafer.errors import InspectorError, ModelError
from inspector.wafer.model_comparison import ModelComparison
from inspector.wafer.model_folder import ModelFolder, read_model_folder
from inspector.wafer.release import Gate, gates


@dataclass(frozen=True)
class ShelfModel:
    """One model. place: "own" of the record, "elsewhere" or "shipped"."""

    model: ModelFolder
    place: str
    comparison: ModelComparison | None
    gates: tuple[Gate, ...]
    in_use: bool

    @property
    def folder(self) -> Path:
        return self.model.folder


@dataclass(frozen=True)
class Shelf:
    """Every model of a recipe, newest first. history: activations, oldest first. problems: folders that are broken."""

    recipe: str
    models: tuple[ShelfModel, ...]
    history: tuple[Activation, ...]
    problems: tuple[str, ...]

    @property
    def before(self) -> ShelfModel | None:
        """The model that was in use before the present one: where going back leads. None where there is none."""
        used = [a.digest for a in self.history]
        by_digest = {m.model.digest: m for m in reversed(self.models)}
        present = next((m.model.digest for m in self.models if m.in_use), "")
        earlier = next((d for d in reversed(used) if d != present and d in by_digest), None)
        if earlier is not None:
            return by_digest[earlier]
        unnamed = next((m for m in self.models if m.place != "own"), None)
        return unnamed if unnamed is not None and not unnamed.in_use else None


class Shelves(QObject):
    """Reads shelves; `read` follows. What went wrong is said in `failed`."""

    read = Signal(object)  # Shelf
    failed = Signal(str)

    def __init__(self, record: Record, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._wanted = ""
        self._background = Background(self, threads=1)
        self._background.done.connect(self._take)

    def ask(self, recipe: str) -> None:
        """Read a recipe's models; only the last one asked for is told."""
        self._wanted = recipe
        self._background.run(recipe, lambda: read_shelf(self._record, recipe))

    def activate(self, recipe: str, chosen: ShelfModel, failed: Sequence[str], operator: str) -> bool:
        """Use a model from now on. False, and `failed`, where that may not be."""
        try:
            activate_model(self._record, recipe, chosen.folder, failed, operator)
        except InspectorError as error:
            self.failed.emit(told(error))
            return False
        self.ask(recipe)
        return True

    def shutdown(self) -> None:
        self._background.stop()

    def _take(self, recipe: object, found: object) -> None:
        if recipe != self._wanted:
            return
        if isinstance(found, Shelf):
            self.read.emit(found)
        else:
            self.failed.emit(told(found))


def read_shelf(record: Record, recipe: str) -> Shelf:
    """Every model of a recipe with its comparison and gates; reads the weights to be sure of them."""
    history = activations(record, recipe)
    used = history[-1].folder if history else None
    models: list[ShelfModel] = []
    problems: list[str] = []
    for folder in kept_models(record, recipe):
        try:
            model = read_model_folder(folder)
            comparison = model.comparison()
        except ModelError as error:
            problems.append(told(error))
            continue
        place = "own" if folder.is_relative_to(models_folder(record, recipe)) else "elsewhere"
        place = "shipped" if folder == paths.shipped_model(recipe) else place
        found = tuple(gates(model, comparison, whole=model.is_whole()))
        in_use = folder == used if used is not None else place != "own" and not any(m.in_use for m in models)
        models.append(ShelfModel(model, place, comparison, found, in_use))
    return Shelf(recipe, tuple(models), tuple(history), tuple(problems))
