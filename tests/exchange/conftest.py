from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from exchange_fakes import FACTS, RECIPE, AddWafer
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.working_copy import make_working_copy
from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement
from inspector.wafer.recipe import ImageSection


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record without a wafer; copying it is ten times as fast as making one."""
    path = tmp_path_factory.mktemp("empty") / "r.db"
    Record.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def record(tmp_path: Path, empty_record: Path) -> Iterator[Record]:
    shutil.copy(empty_record, tmp_path / "r.db")
    with Record.open(f"sqlite:///{tmp_path / 'r.db'}") as opened:
        yield opened


@pytest.fixture
def add_wafer(record: Record, tmp_path: Path) -> AddWafer:
    """Adds a wafer with its working copy, every chip judged "clean"; returns its key and pixels, uint8 (60, 90, C)."""

    def add(lot: str = "P1", wafer: str = "W1", channels: int = 1) -> tuple[WaferKey, NDArray[np.uint8]]:
        key = WaferKey(lot, wafer)
        seed = len(record.wafers())
        pixels = np.random.default_rng(seed).integers(0, 256, (60, 90, channels), np.uint8)
        source, copy = tmp_path / f"source{seed}.png", f"copy{seed}.tif"
        source.write_bytes(cv2.imencode(".png", pixels[:, :, ::-1])[1].tobytes())
        recipe = RECIPE.model_copy(update={"image": ImageSection(channels=channels)})
        for _ in make_working_copy(source, record.images_folder / copy, recipe):
            pass
        placed = PlacedGrid(RECIPE.grid.grid())
        text = RECIPE.model_dump_json()
        record.add_wafer(WaferEntry(key, str(source), str(seed), text, placed, copy, datetime.now(UTC)))
        evidence = np.zeros((3, 2, 2), np.uint8)
        judged = Judgement("clean", np.array([0.9, 0.1, 0], np.float32), 0.1, (1.0, 1.0), evidence)
        record.add_judgements(key, FACTS, [(chip, judged) for chip in placed.chip_ids()])
        return key, pixels

    return add


@pytest.fixture
def decide(record: Record) -> Callable[..., int]:
    """Confirms or relabels one chip; returns the decision's number."""

    def _decide(key: WaferKey, column: int, row: int, class_name: str = "clean", **more: object) -> int:
        kind = DecisionKind.CONFIRM if class_name == "clean" else DecisionKind.RELABEL
        new = NewDecision(ChipId(column, row), kind, "aki", "clean", class_name, **more)  # type: ignore[arg-type]
        return record.append(key, [new])[0].seq

    return _decide
