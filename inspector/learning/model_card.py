"""A model's folder: weights.safetensors, and card.json with everything that must be known about it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from inspector.learning.build import build_network
from inspector.learning.network import JudgingNetwork
from inspector.wafer.errors import ModelError
from inspector.wafer.recipe import Recipe

CARD = "card.json"
WEIGHTS = "weights.safetensors"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TrainingFacts(_Part):
    """How the model came to be. train, validation: chips per class and sub-type. minutes: of wall clock."""

    dataset: str
    train: dict[str, dict[str, int]]
    validation: dict[str, dict[str, int]]
    split: str
    epochs: int
    chips_seen: int
    minutes: float
    seed: int
    device: str
    versions: dict[str, str]
    command: str
    date: str


class HalfPrecision(_Part):
    """Whether bfloat16 judges as float32 does: over `chips`, how many change class, how far P(defect) moves at most."""

    chips: int
    flips: int
    largest_shift: float


class ModelCard(_Part):
    """The card.json beside a model's weights.

    digest: sha256 of weights.safetensors. temperature: logits are divided by it. heat_scale: evidence that is shown as
    cold (0) and as hot (255). made_with: the commands that made the dataset and the model. held_out: figures on chips
    that took no part in training, with their command.
    """

    format: Literal[1] = 1
    name: str
    recipe: Recipe
    classes: tuple[str, ...]
    input: tuple[int, int]
    channels: int
    network: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    temperature: PositiveFloat
    heat_scale: tuple[float, float]
    half_precision: HalfPrecision
    training: TrainingFacts
    validation: dict[str, Any]
    made_with: tuple[str, ...] = ()
    held_out: tuple[dict[str, Any], ...] = ()


def read_card(folder: Path) -> ModelCard:
    """The card of a model folder. ModelError where there is none or it can't be understood."""
    path = folder / CARD
    try:
        return ModelCard.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(
            f"{folder} holds no model ({CARD} can't be read: {error.strerror}): name another folder."
        ) from error
    except ValidationError as error:
        raise ModelError(f"{path} is damaged or of another version: train again or restore its folder.") from error


def write_card(folder: Path, card: ModelCard) -> None:
    """Write card.json whole or not at all."""
    text = json.dumps(card.model_dump(mode="json"), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    replace_file(folder / CARD, text.encode())


def pack_weights(network: nn.Module) -> bytes:
    """The network's weights as a safetensors file."""
    packed: bytes = save(cpu_state(network))
    return packed


def cpu_state(network: nn.Module) -> dict[str, Tensor]:
    """A copy of the weights on the CPU, in plain memory order."""
    return {
        name: value.detach().to("cpu", memory_format=torch.contiguous_format, copy=True)
        for name, value in network.state_dict().items()
    }


def weights_digest(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()


def save_model(folder: Path, packed: bytes, card: ModelCard) -> None:
    """Write weights and card; the card goes last, so a folder with a card that fits is whole."""
    make_folder(folder)
    replace_file(folder / WEIGHTS, packed)
    write_card(folder, card)


def make_folder(folder: Path) -> None:
    """Make a folder for results, and make sure that files can be written there. ModelError where not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ModelError(
            f"{folder} can't be written ({error.strerror}): name another folder, or make this one writable."
        ) from error


def replace_file(target: Path, content: bytes) -> None:
    """Write a file beside its target, make sure that it is on disk, and only then take the target's place."""
    partial = target.with_name(target.name + ".part")
    try:
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(target)
    except OSError as error:
        raise ModelError(f"{target} can't be written ({error.strerror}): free space or name another folder.") from error


def load_network(folder: Path, card: ModelCard) -> JudgingNetwork:
    """The network with its weights, checked against the card's digest. ModelError where anything does not fit."""
    path = folder / WEIGHTS
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The weights {path} can't be read ({error.strerror}): restore the model's folder.") from error
    if weights_digest(packed) != card.digest:
        raise ModelError(f"The weights {path} are not those of its card (other sha256): restore the model's folder.")
    network = build_network(card.recipe)
    try:
        network.load_state_dict(load(packed))
    except (RuntimeError, SafetensorError) as error:
        raise ModelError(f"The weights {path} do not fit the network {card.network!r}: train again.") from error
    return network


def check_classes(card: ModelCard, folder: Path, recipe: Recipe) -> None:
    """ModelError when the model was trained for other classes, channels or verdicts than the recipe asks for."""
    ours, theirs = _meaning(recipe), _meaning(card.recipe)
    if ours != theirs:
        raise ModelError(
            f"The model {folder} judges {theirs}, and the recipe {recipe.name!r} asks for {ours}: "
            "name the model of this recipe, or train one."
        )


def _meaning(recipe: Recipe) -> str:
    named = ", ".join(f"{c.name} ({c.verdict})" for c in recipe.classes)
    return f"{named} in {'grey' if recipe.image.channels == 1 else 'colour'}"
