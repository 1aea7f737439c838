"""Small datasets to learn from, and one thread, so that the figures are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_product import make_recipe, write_dataset

from inspector.learning.training import TrainingOptions, train


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model that has learned to tell spots and scratches from clean chips."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("trained")
    dataset = write_dataset(folder / "dataset", per_class=24)
    for _ in train(dataset, make_recipe(learning_rate=4e-3), folder / "model", TrainingOptions(epochs=6)):
        pass
    return folder / "model"


@pytest.fixture
def make_dataset(tmp_path: Path) -> Callable[..., Path]:
    """make_dataset(per_class, lots, boxes, name, seed) -> a folder of class folders and a manifest."""

    def make(name: str = "dataset", **how: Any) -> Path:
        return write_dataset(tmp_path / name, **how)

    return make
