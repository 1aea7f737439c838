"""A judged wafer on which the machine asks about 44 of 64 chips, in a record on disk; and keys for who works on it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.imaging import cv2
from inspector.imaging.working_copy import make_working_copy
from inspector.records.record import Record, WaferEntry
from inspector.station.main_window import MainWindow
from inspector.wafer.grid import PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

KEY = WaferKey("L9", "W01")
ASKED = 44
RECIPE = Recipe.model_validate(
    {
        "product": {"name": "small", "title": {"en": "Small wafer"}},
        "grid": {"columns": 8, "rows": 8, "chip": (40, 40), "pitch": (44, 44), "origin": (4, 4), "align": False},
        "classes": [
            {"name": "clean", "verdict": "good", "key": "1"},
            {"name": "pit", "verdict": "defect", "key": "2"},
            {"name": "scratch", "verdict": "defect", "key": "3"},
        ],
        "model": {"input": (40, 40)},
    }
)
FACTS = ModelFacts("small", "e" * 64, (0.0, 4.0), ("clean", "pit", "scratch"), "cpu")
CHIPS = RECIPE.grid.grid().chip_ids()


def judgement(p_defect: float) -> Judgement:
    row = np.array([1 - p_defect, p_defect * 0.9, p_defect * 0.1], np.float32)
    evidence = np.zeros((3, 2, 2), np.uint8)
    evidence[1, 0, 0] = round(255 * p_defect)
    return Judgement("pit" if p_defect >= 0.5 else "clean", row, p_defect, (10.0, 10.0), evidence)


def record_with_queue(folder: Path) -> str:
    """The record's URL; the first 44 chips are pits in the machine's eyes, the surest first."""
    image = np.random.default_rng(5).integers(60, 180, (360, 360), np.uint8)
    source = folder / "W01.png"
    source.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    url = f"sqlite:///{(folder / 'record.db').as_posix()}"
    with Record.open(url) as record:
        mark = [step.found for step in make_working_copy(source, record.images_folder / "w.tif", RECIPE)][-1]
        assert mark is not None
        placed = PlacedGrid(RECIPE.grid.grid())
        text = RECIPE.model_dump_json()
        record.add_wafer(WaferEntry(KEY, str(source), mark.sha256, text, placed, "w.tif", datetime.now(UTC)))
        judged = [(c, judgement(0.99 - n / 1000 if n < ASKED else 0.001)) for n, c in enumerate(CHIPS)]
        record.add_judgements(KEY, FACTS, judged)
    return url


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whoever has the keyboard, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
