"""How far a training came, on disk: weights and the optimizer's state as safetensors, the rest as JSON."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from pydantic import TypeAdapter, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from inspector.learning.learner import Learner
from inspector.learning.model_card import cpu_state, make_folder, replace_file
from inspector.wafer.errors import ModelError

FOLDER = "checkpoint"
STANDING = "standing.json"


@dataclass(frozen=True)
class Standing:
    """How far a training came. score: of the best epoch so far, None before the first; scored: on how many chips.

    reserve: seconds of the minutes that are kept for calibrating. from_epoch, from_seconds: where its schedule began.
    kept: the best so far is the model in the folder. repeats: as in `schedule.Budget`.
    batches: of the epoch that was running, 0 between two; progress: epochs with their parts; crop: that epoch's side;
    loss: the sum of its `losses` losses. rate: the highest learning rate, None for the recipe's. begun_from: as on the
    card.
    """

    epoch: int
    seconds: float
    seen: int
    seed: int
    epochs: int | None
    minutes: float | None
    recipe_digest: str
    score: float | None
    steps: int = 0
    ease: float = 1.0
    half: bool = True
    reserve: float = 0.0
    from_epoch: float = 0.0
    from_seconds: float = 0.0
    kept: bool = False
    repeats: bool = False
    scored: int = 0
    batches: int = 0
    progress: float | None = None
    crop: int = 0
    loss: float = 0.0
    losses: int = 0
    rate: float | None = None
    begun_from: str = ""


def write_checkpoint(out: Path, learner: Learner, best: dict[str, Tensor], standing: Standing) -> None:
    """Keep everything that going on needs; the JSON goes last and names the tensors that belong to it."""
    folder = out / FOLDER
    make_folder(folder)
    tensors = {f"network.{k}": v for k, v in cpu_state(learner.network).items()}
    tensors |= {f"average.{k}": v for k, v in cpu_state(learner.average).items()}
    tensors |= {f"best.{k}": v for k, v in best.items()}
    tensors |= _optimizer_tensors(learner.optimizer)
    inside = f"-{standing.batches}" if standing.batches else ""
    name = f"epoch-{standing.epoch}{inside}.safetensors"
    replace_file(folder / name, save(tensors))
    replace_file(folder / STANDING, json.dumps({"tensors": name, **asdict(standing)}, indent=2).encode())
    for old in folder.glob("epoch-*.safetensors"):
        if old.name != name:
            old.unlink(missing_ok=True)


def mark_kept(out: Path) -> None:
    """The model in `out` is now the best that its checkpoint knows; unmarked, a resume would calibrate once more."""
    with contextlib.suppress(ModelError):
        replace_file(out / FOLDER / STANDING, json.dumps(_read_json(out) | {"kept": True}, indent=2).encode())


def read_standing(out: Path, recipe_digest: str) -> Standing:
    """How far the training in `out` came. ModelError where there is none, or one of another recipe, or damage."""
    try:
        standing = TypeAdapter(Standing).validate_python(_read_json(out))
    except ValidationError as error:
        raise _damaged(out) from error
    if standing.recipe_digest != recipe_digest:
        raise ModelError(f"The training in {out} was begun with another recipe: train without --resume.")
    return standing


def restore(out: Path, learner: Learner) -> dict[str, Tensor]:
    """Put a learner back to where `write_checkpoint` left it; returns the best weights so far, {} before any."""
    path = out / FOLDER / _read_json(out)["tensors"]
    try:
        tensors = load_file(path)
        best = _part(tensors, "best.")
        if best:
            learner.average.load_state_dict(best)  # what does not fit shows here, not after hours
        for part, module in (("network.", learner.network), ("average.", learner.average)):
            module.load_state_dict(_part(tensors, part))
        _restore_optimizer(learner, tensors)
    except (OSError, RuntimeError, KeyError, ValueError, SafetensorError) as error:
        raise ModelError(f"The checkpoint {path} can't be used: train without --resume.") from error
    return best


def remove_checkpoint(out: Path) -> None:
    shutil.rmtree(out / FOLDER, ignore_errors=True)


def _read_json(out: Path) -> dict[str, Any]:
    try:
        values = json.loads((out / FOLDER / STANDING).read_bytes())
    except OSError as error:
        raise ModelError(f"{out} holds no stopped training: train without --resume.") from error
    except ValueError as error:
        raise _damaged(out) from error
    if not isinstance(values, dict) or not isinstance(values.get("tensors"), str):
        raise _damaged(out)
    return values


def _damaged(out: Path) -> ModelError:
    return ModelError(f"{out / FOLDER / STANDING} is damaged: train without --resume.")


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def _optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    return {
        f"optimizer.{number}.{name}": value.detach().cpu().contiguous().clone()
        for number, state in optimizer.state_dict()["state"].items()
        for name, value in state.items()
    }


def _restore_optimizer(learner: Learner, tensors: dict[str, Tensor]) -> None:
    whole = learner.optimizer.state_dict()
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in _part(tensors, "optimizer.").items():
        number, _, name = key.partition(".")
        state.setdefault(int(number), {})[name] = value
    learner.optimizer.load_state_dict({"state": state, "param_groups": whole["param_groups"]})
