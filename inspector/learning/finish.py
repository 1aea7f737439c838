"""The end of a training: calibrate on the chips that were kept back, and write the model with its card."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors
import torch
from numpy.typing import NDArray

from inspector.learning import calibration
from inspector.learning.card_facts import TrainingFacts
from inspector.learning.dataset import ChipPixels, counts
from inspector.learning.device import device_title
from inspector.learning.figures import Evaluation
from inspector.learning.known import MOST_CHIPS, fit_novelty
from inspector.learning.model_card import ModelCard, save_model, weights_digest
from inspector.learning.network import JudgingNetwork
from inspector.learning.settling import COMPARED, Known, hold_half_against_full, now, packed, settle_numbers
from inspector.wafer.errors import printable
from inspector.wafer.recipe import Recipe

__all__ = ["COMPARED", "Run", "finish"]


@dataclass(frozen=True)
class Run:
    """What a finished or stopped training hands over. dataset: its name, or names. weights: (N,) views of each chip.

    half: whether it learned in bfloat16. begun_from: digest of the model whose layers it began with, "" for none.
    """

    recipe: Recipe
    dataset: str
    train: ChipPixels
    validation: ChipPixels
    weights: NDArray[np.float64]
    rule: str
    epochs: int
    chips_seen: int
    minutes: float
    seed: int
    device: str
    half: bool
    command: str
    begun_from: str = ""


def finish(network: JudgingNetwork, run: Run, out: Path) -> ModelCard:
    """Learn what is known, calibrate, write weights and card to `out`, and return the card."""
    recipe, dataset = run.recipe, run.dataset
    novelty = calibration.last(fit_novelty(network, run.train, run.device, run.half))
    known = Known(dataset, min(len(run.train), MOST_CHIPS))
    calibration.add_prior(network, _prior(run))
    seen = calibration.answers(network, run.validation, run.device, run.half, novelty.distances)
    settled = settle_numbers(network, seen, recipe, dataset, novelty, known)
    weights = packed(network, novelty, settled)
    defect = recipe.class_set.defect_mask
    card = ModelCard(
        name=recipe.name,
        recipe=recipe,
        classes=recipe.class_set.names,
        input=recipe.model.input,
        channels=recipe.image.channels,
        network=recipe.model.network,
        digest=weights_digest(weights),
        temperature=settled.temperature,
        heat_scale=settled.heat_scale,
        half_precision=hold_half_against_full(network, run.validation, run.device, settled.temperature, defect),
        training=_facts(run),
        validation=Evaluation.of(settled.rows, seen.labels, recipe).to_json(),
        novelty=settled.novelty,
        review=settled.review,
    )
    save_model(out, weights, card)
    return card


def _prior(run: Run) -> NDArray[np.float32]:
    """float32 (K,): log of a class's share in the dataset over its share in what was shown; 0 for an absent class."""
    number = len(run.recipe.classes)
    real = np.bincount(run.train.labels, minlength=number) / len(run.train)
    shown = np.bincount(run.train.labels, weights=run.weights, minlength=number)
    present = real > 0
    prior = np.zeros(number, dtype=np.float32)
    prior[present] = np.log(real[present] / shown[present])
    return prior


def _facts(run: Run) -> TrainingFacts:
    return TrainingFacts(
        dataset=run.dataset,
        train=counts(run.train.examples),
        validation=counts(run.validation.examples),
        split=run.rule,
        epochs=run.epochs,
        chips_seen=run.chips_seen,
        minutes=round(run.minutes, 2),
        seed=run.seed,
        device=device_title(run.device),
        versions={
            "python": platform.python_version(),
            "torch": torch.__version__,
            "safetensors": safetensors.__version__,
        },
        command=printable(run.command),
        date=now(),
        begun_from=run.begun_from,
        lots=tuple(sorted({e.lot for e in run.train.examples} - {""})),
    )
