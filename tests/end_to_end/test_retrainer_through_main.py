"""The third person, in the real window with real engines: exports, trains, compares, activates, goes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import torch
from acting import Steps, run_station
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QTreeWidget
from tiny_product import CLASSES, draw_chip, make_recipe

from inspector.engine.link import EngineLink
from inspector.exchange.dataset_folders import export
from inspector.exchange.export_plan import ExportChoice
from inspector.imaging import cv2
from inspector.imaging.working_copy import make_working_copy
from inspector.learning.training import TrainingOptions, train
from inspector.records.models import activate_model, activations, model_in_use
from inspector.records.record import Record, WaferEntry
from inspector.station.export.export_page import ExportPage
from inspector.station.main_window import MainWindow
from inspector.station.models.models_page import ModelsPage
from inspector.station.state.retraining import Retraining
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.manifest import read_dataset
from inspector.wafer.model_folder import read_model_folder
from inspector.wafer.recipe import GridSection, Recipe

pytestmark = pytest.mark.slow
_GRID = GridSection(columns=6, rows=4, chip=(64, 64), pitch=(64.0, 64.0), align=False)
RECIPE = make_recipe(learning_rate=4e-3).model_copy(update={"grid": _GRID})
_CTRL = Qt.KeyboardModifier.ControlModifier


def _add_answered_wafer(record: Record, folder: Path, key: WaferKey, recipe: Recipe, seed: int) -> None:
    """A wafer whose every chip the machine called clean, and on which a person has given the true class."""
    rng = np.random.default_rng(seed)
    placed = PlacedGrid(recipe.grid.grid())
    truth = {chip: CLASSES[n % len(CLASSES)] for n, chip in enumerate(placed.chip_ids())}
    pixels = np.zeros((4 * 64, 6 * 64), np.uint8)
    for chip, name in truth.items():
        pixels[chip.row * 64 : chip.row * 64 + 64, chip.column * 64 : chip.column * 64 + 64] = draw_chip(name, rng)[0]
    source = folder / f"{key.lot}.png"
    source.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    copy = record.images_folder / f"{key.lot}.tif"
    marks = [step.found for step in make_working_copy(source, copy, recipe)]
    assert marks[-1] is not None
    text = recipe.model_dump_json()
    added = datetime(2026, 11, 22, tzinfo=UTC)
    record.add_wafer(WaferEntry(key, str(source), marks[-1].sha256, text, placed, copy.name, added))
    facts = ModelFacts("tiny", "f" * 64, (0.0, 4.0), CLASSES, "cpu")
    clean = Judgement("clean", np.array([1, 0, 0], np.float32), 0.0, (1.0, 1.0), np.zeros((3, 2, 2), np.uint8))
    record.add_judgements(key, facts, [(chip, clean) for chip in truth])
    record.append(
        key,
        [
            NewDecision(chip, DecisionKind.CONFIRM if name == "clean" else DecisionKind.RELABEL, "Kato", "clean", name)
            for chip, name in truth.items()
        ],
    )


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A record of five answered lots, and the model in use: one that has learned for an epoch."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("retrainer")
    url = f"sqlite:///{folder / 'record.db'}"
    with Record.open(url) as record:
        for number in range(5):
            _add_answered_wafer(record, folder, WaferKey(f"LD-{number}", "W1"), RECIPE, number)
        for _ in export(record, folder / "first", ExportChoice(recipe=RECIPE.name)):
            pass
        for _ in train(folder / "first", RECIPE, folder / "present", TrainingOptions(epochs=1)):
            pass
        activate_model(record, RECIPE.name, folder / "present", operator="Ito")
    return url, folder


def test_that_a_retrainer_exports_retrains_compares_activates_and_goes_back(
    qapp: QApplication, answered: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = answered

    def retrainer(window: MainWindow) -> Steps:
        session = window.session
        session.set_operator("Ito")
        training = Retraining(session, lambda: EngineLink(yields=0))  # on a busy machine a polite one would wait long
        yield lambda: session.key is not None
        QTest.keyClick(window, Qt.Key.Key_E, _CTRL)
        yield lambda: isinstance(window.pages.page, ExportPage)
        page = window.pages.page
        assert isinstance(page, ExportPage)
        page.choice.use_folder(tmp_path / "labels")
        yield lambda: page.exporting.preview is not None
        page.findChild(QPushButton, "export").click()
        yield lambda: (tmp_path / "labels" / "export.json").is_file() and not page.exporting.is_writing

        page.retrain.use_minutes(1)
        page.findChild(QPushButton, "train").click()
        yield lambda: len(training.state.epochs) > 0 or not training.state.is_active
        session.step(1)  # the window answers meanwhile
        yield lambda: not training.state.is_active
        assert training.state.ready is not None, training.state.said
        page.findChild(QPushButton, "look_at_models").click()
        yield lambda: isinstance(window.pages.page, ModelsPage)

        models = window.pages.page
        assert isinstance(models, ModelsPage)
        yield lambda: models.chosen is not None and models.chosen.folder == training.state.ready
        assert models.findChild(QTreeWidget, "comparison").topLevelItemCount() > 5
        use = models.findChild(QPushButton, "use_model")
        if not use.isEnabled():
            models.findChild(QCheckBox, "anyway").setChecked(True)
        use.click()
        yield lambda: models.chosen is not None and models.chosen.in_use
        assert model_in_use(session.record, RECIPE.name) == training.state.ready
        models.findChild(QPushButton, "go_back").click()
        yield lambda: model_in_use(session.record, RECIPE.name) == folder / "present"

    run_station(url, retrainer, monkeypatch)

    examples = read_dataset(tmp_path / "labels")
    assert len(examples) == 5 * 24
    assert {e.class_name for e in examples} == set(CLASSES)
    tested = {e.lot for e in examples if e.split == "test"}
    assert tested
    assert tested.isdisjoint(e.lot for e in examples if e.split == "train")
    with Record.open(url) as record:
        used = activations(record, RECIPE.name)
    assert [a.person for a in used] == ["Ito"] * 3
    assert used[0].folder == used[2].folder == folder / "present"
    new = read_model_folder(used[1].folder)  # nothing is deleted by going back
    found = new.comparison()
    assert found is not None
    assert (found.before, found.after, found.unseen) == (used[0].digest, new.digest, "test")
    assert {chip.lot for chip in found.chips} == tested
    assert ChipId(0, 0) in {ChipId(c.column, c.row) for c in found.chips if c.column is not None and c.row is not None}
