"""The folders in which trainings keep their checkpoints, beside a recipe's models: found, measured and removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from inspector.engine.link import CHECKPOINT
from inspector.wafer.model_folder import CARD

_TRAININGS = "training"  # within a recipe's models; in it a folder for each training, named by when it began


def new_training(home: Path) -> Path:
    """Where a training that begins now keeps what it needs. home: the folder of the recipe's models."""
    return home / _TRAININGS / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def stopped_training(home: Path) -> Path | None:
    """The newest training that can be gone on with."""
    return next((f.parent for f in sorted((home / _TRAININGS).glob(f"*/{CHECKPOINT}"), reverse=True)), None)


def trainings(home: Path) -> list[Path]:
    """Every folder that a training left."""
    return [path for path in sorted((home / _TRAININGS).glob("*")) if path.is_dir()]


def bytes_of(folders: Iterable[Path]) -> int:
    """What they take of the disk. What is removed while this looks counts for nothing."""
    files = (os.path.join(place, name) for f in folders for place, _, names in os.walk(f) for name in names)
    return sum(_bytes_of_file(file) for file in files)


def _bytes_of_file(file: str) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0


def remove_trainings(folders: Iterable[Path]) -> None:
    """Remove them; the models that they brought lie elsewhere and stay. What can't be removed is left."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def remove_finished(training: Path) -> None:
    """Remove the trainings beside this one that have brought a model: nobody goes on with them any more.

    One without a model was interrupted, here or at another station on the same record, and stays.
    """
    remove_trainings(path for path in trainings(training.parent.parent) if path != training and (path / CARD).is_file())
