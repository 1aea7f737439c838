"""Small datasets to learn from, and one thread, so that the figures are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_product import CLASSES, draw_chip, make_recipe

from inspector.imaging import cv2
from inspector.wafer.manifest import Example, write_manifest
from inspector.wafer.recipe import Recipe


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def recipe() -> Recipe:
    return make_recipe()


@pytest.fixture
def make_dataset(tmp_path: Path) -> Callable[..., Path]:
    """make_dataset(per_class, lots, boxes=True) -> a folder of class folders and a manifest."""

    def make(per_class: int = 12, lots: int = 4, boxes: bool = True, name: str = "dataset", seed: int = 0) -> Path:
        rng = np.random.default_rng(seed)
        folder = tmp_path / name
        examples = []
        for class_name in CLASSES:
            (folder / class_name).mkdir(parents=True)
            for number in range(per_class):
                pixels, marks = draw_chip(class_name, rng)
                path = folder / class_name / f"{class_name}{number:03d}.png"
                path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
                lot = f"L{number % lots}" if lots else ""
                located = marks if boxes else None
                examples.append(Example(path, class_name, lot=lot, wafer=lot and "W1", boxes=located))
        write_manifest(folder, examples)
        return folder

    return make
