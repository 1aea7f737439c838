"""The end of a training: calibrate on the chips that were kept back, and write the model with its card."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import safetensors
import torch
from numpy.typing import NDArray

from inspector.learning import calibration
from inspector.learning.dataset import ChipPixels, counts
from inspector.learning.device import device_title, has_fast_bfloat16
from inspector.learning.figures import Evaluation
from inspector.learning.model_card import (
    HalfPrecision,
    ModelCard,
    TrainingFacts,
    pack_weights,
    save_model,
    weights_digest,
)
from inspector.learning.network import JudgingNetwork
from inspector.wafer.errors import printable
from inspector.wafer.recipe import Recipe

COMPARED = 64  # chips on which bfloat16 is held against float32


@dataclass(frozen=True)
class Run:
    """What a finished or stopped training hands over. weights: (N,) how often each chip was shown.

    half: whether it learned in bfloat16.
    """

    recipe: Recipe
    dataset: Path
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


def finish(network: JudgingNetwork, run: Run, out: Path) -> ModelCard:
    """Calibrate, write weights and card to `out`, and return the card."""
    recipe, defect = run.recipe, run.recipe.class_set.defect_mask
    seen = calibration.answers(network, run.validation, run.device, run.half)
    prior = _prior(run)
    temperature, offset = calibration.temperature_and_offset(seen.logits + prior, seen.labels, defect)
    prior = prior + np.where(defect, np.float32(offset), np.float32(0))
    levels = calibration.cold_levels(seen)
    calibration.shift_evidence(network, levels, prior)
    seen = calibration.shifted(seen, levels, prior)
    rows = calibration.probabilities(seen.logits, temperature)
    packed = pack_weights(network)
    card = ModelCard(
        name=recipe.name,
        recipe=recipe,
        classes=recipe.class_set.names,
        input=recipe.model.input,
        channels=recipe.image.channels,
        network=recipe.model.network,
        digest=weights_digest(packed),
        temperature=round(temperature, 6),
        heat_scale=calibration.heat_scale(seen, defect),
        half_precision=_half(network, run, temperature),
        training=_facts(run),
        validation=Evaluation.of(rows, seen.labels, recipe).to_json(),
    )
    save_model(out, packed, card)
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


def _half(network: JudgingNetwork, run: Run, temperature: float) -> HalfPrecision:
    """bfloat16 against float32 on some of the chips; not tried where it would not be used."""
    if not has_fast_bfloat16(run.device):
        return HalfPrecision(chips=0, flips=0, largest_shift=1.0)
    some = run.validation.spread_out(COMPARED)
    full, half = (
        calibration.probabilities(calibration.answers(network, some, run.device, h).logits, temperature)
        for h in (False, True)
    )
    return calibration.compare_half(full, half, run.recipe.class_set.defect_mask)


def _facts(run: Run) -> TrainingFacts:
    return TrainingFacts(
        dataset=printable(run.dataset.name),
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
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )
