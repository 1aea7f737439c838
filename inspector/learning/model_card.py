"""A model's folder: weights.safetensors, and card.json with everything that must be known about it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import torch
from pydantic import Field, PositiveFloat, ValidationError, field_validator
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from inspector.learning.build import build_network
from inspector.learning.card_facts import (
    CalibrationFacts,
    HalfPrecision,
    NoveltyFacts,
    Part,
    ReviewFacts,
    TrainingFacts,
)
from inspector.learning.network import JudgingNetwork
from inspector.learning.novelty import Novelty
from inspector.wafer.errors import ModelError
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import without_old_defaults
from inspector.wafer.review import ReviewLimits

CARD = "card.json"
WEIGHTS = "weights.safetensors"
_NOVELTY = "novelty."  # what the names of its tensors begin with


class ModelCard(Part):
    """The card.json beside a model's weights.

    digest: sha256 of weights.safetensors, whose header repeats temperature and limits, so that judgements by another
    calibration are told apart. temperature: logits are divided by it. heat_scale: evidence that is shown as
    cold (0) and as hot (255). made_with: the commands that made the dataset and the model. held_out: figures on chips
    that took no part in training, with their command. novelty: None where the model does not know what it never saw
    and takes every chip for known. review: None where the recipe's limits, or 0.05 to 0.95, must do.
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
    calibration: CalibrationFacts | None = None
    novelty: NoveltyFacts | None = None
    review: ReviewFacts | None = None

    @field_validator("recipe", mode="before")
    @classmethod
    def _as_given(cls, values: Any) -> Any:
        return without_old_defaults(values) if isinstance(values, dict) else values

    def limits(self, recipe: Recipe | None = None) -> ReviewLimits:
        """By which its judgements want eyes: what the recipe (the card's own, if None) gives by hand wins."""
        own = None if self.review is None else ReviewLimits(self.review.low, self.review.high)
        return (recipe or self.recipe).review.limits(own)


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


def _card_bytes(card: ModelCard) -> bytes:
    return (json.dumps(card.model_dump(mode="json"), indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def pack_weights(
    network: nn.Module, novelty: nn.Module | None = None, header: Mapping[str, object] | None = None
) -> bytes:
    """The network's weights as a safetensors file, with what the novelty knows, and a header that the digest covers."""
    tensors = cpu_state(network)
    if novelty is not None:
        tensors |= {_NOVELTY + name: value for name, value in cpu_state(novelty).items()}
    packed: bytes = save(tensors, None if header is None else {"calibration": json.dumps(header, sort_keys=True)})
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
    """Write weights and card; both are on disk before the first takes its place, so that no model is half replaced."""
    make_folder(folder)
    parts = [(folder / WEIGHTS, packed), (folder / CARD, _card_bytes(card))]
    for target, content in parts:
        _write_part(target, content)
    for target, _ in parts:
        _take_place(target)


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
    _write_part(target, content)
    _take_place(target)


def _write_part(target: Path, content: bytes) -> None:
    try:
        with _part_of(target).open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _unwritten(target, error) from error


def _take_place(target: Path) -> None:
    try:
        _part_of(target).replace(target)
    except OSError as error:
        raise _unwritten(target, error) from error


def _part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _unwritten(target: Path, error: OSError) -> ModelError:
    return ModelError(f"{target} can't be written ({error.strerror}): free space or name another folder.")


def load_network(folder: Path, card: ModelCard) -> JudgingNetwork:
    """The network with its weights, checked against the card's digest. ModelError where anything does not fit."""
    return load_model(folder, card)[0]


def load_model(folder: Path, card: ModelCard) -> tuple[JudgingNetwork, Novelty | None]:
    """The network, and what it takes for known: None where the model is older than that. Errors as `load_network`."""
    path = folder / WEIGHTS
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The weights {path} can't be read ({error.strerror}): restore the model's folder.") from error
    if weights_digest(packed) != card.digest:
        raise ModelError(f"The weights {path} are not those of its card (other sha256): restore the model's folder.")
    network = build_network(card.recipe)
    try:
        tensors = load(packed)
        known = {k.removeprefix(_NOVELTY): tensors.pop(k) for k in list(tensors) if k.startswith(_NOVELTY)}
        network.load_state_dict(tensors)
        return network, Novelty(known) if known else None
    except (RuntimeError, KeyError, SafetensorError) as error:
        raise ModelError(f"The weights {path} do not fit the network {card.network!r}: train again.") from error


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
