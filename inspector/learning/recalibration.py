"""Calibrates a finished model anew on labelled chips: probabilities, heat scale, what is novel, and review limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.learning import calibration
from inspector.learning.card_facts import CalibrationFacts
from inspector.learning.classifier import trusts_half
from inspector.learning.dataset import ChipPixels, checked, learning_part
from inspector.learning.device import has_fast_bfloat16, keep_memory, pick_device
from inspector.learning.known import MOST_CHIPS, fit_novelty
from inspector.learning.model_card import (
    ModelCard,
    check_classes,
    load_model,
    make_folder,
    read_card,
    save_model,
    weights_digest,
)
from inspector.learning.network import JudgingNetwork
from inspector.learning.novelty import Novelty
from inspector.learning.settling import Known, Settled, hold_half_against_full, now, packed, settle_numbers
from inspector.wafer import scores
from inspector.wafer.errors import DatasetError, printable
from inspector.wafer.manifest import Example, read_dataset
from inspector.wafer.progress import Job, Progress
from inspector.wafer.recipe import Recipe

FEWEST = 20  # chips


@dataclass(frozen=True)
class RecalibrationOptions:
    """train: the dataset that the model learned from, to learn anew from it what is known. None keeps what the model
    knows; one that knows nothing learns it from one half of the calibration chips' lots.

    recipe: whose [review] section holds from now on; None leaves the card's. out: None writes into the model's folder.
    """

    train: Path | None = None
    recipe: Recipe | None = None
    out: Path | None = None
    device: str = "auto"
    command: str = ""


@dataclass(frozen=True)
class Recalibrated:
    """The new card, and what a person must be told about how it came to be."""

    card: ModelCard
    warnings: tuple[str, ...]


def calibrate(model: Path, dataset: Path, options: RecalibrationOptions) -> Job[Recalibrated]:
    """Calibrate on all of a dataset but its test/ (where it has train/: on that), at its own shares of classes.

    The dataset must be of lots that training has not seen: DatasetError names those that it has. Nothing is written
    before the end, and then the whole model. DatasetError, ImageError or ModelError where it can't.
    """
    keep_memory()
    card, device = read_card(model), pick_device(options.device)
    network, novelty = load_model(model, card)
    recipe = _with_review(card, model, options.recipe)
    examples = _calibration_chips(dataset, recipe)
    known_chips = (
        [] if options.train is None else checked(learning_part(read_dataset(options.train)), options.train, recipe)
    )
    warnings = _check_lots(examples, dataset, card, known_chips)
    out = options.out or model
    make_folder(out)
    known = (
        None if card.novelty is None else Known(card.novelty.known_from, card.novelty.known_chips, card.novelty.note)
    )
    if options.train is not None:
        known = Known(_name(options.train), min(len(known_chips), MOST_CHIPS))
    elif novelty is None:
        known_chips, examples, note = _halves(examples)
        if len({recipe.class_set[e.class_name].verdict for e in examples}) < 2:
            raise DatasetError(
                f"Half of the lots of {dataset} holds only good chips or only defects: "
                "name the dataset that the model was trained on with --train."
            )
        known = Known(_name(dataset), min(len(known_chips), MOST_CHIPS), note)
        warnings.append(note)
    network.to(device)
    half = trusts_half(card, device)
    if known_chips:
        for step in fit_novelty(network, ChipPixels(known_chips, recipe, cache_bytes=0), device, half):
            novelty = step.found or novelty
            yield Progress(step.done, step.total, None, step.seconds_left, step.phase)
    assert novelty is not None, "either the model had one, or one was made just now"
    store, seen = ChipPixels(examples, recipe, cache_bytes=0), None
    calibration.add_prior(network, _prior(card, store.labels))
    for answer in calibration.answering(network, store, device, half, novelty.to(device).distances):
        seen = answer.found
        yield Progress(answer.done, answer.total, None, answer.seconds_left, answer.phase)
    assert seen is not None, "answering ends with the answers"
    settled = settle_numbers(network, seen, recipe, _name(dataset), novelty, known)
    made = _card(card, recipe, network, novelty, settled, store, options.command, _name(dataset), device)
    save_model(out, made[0], made[1])
    yield Progress(len(store), len(store), Recalibrated(made[1], tuple(warnings)), 0.0, "calibrating")


def _with_review(card: ModelCard, model: Path, recipe: Recipe | None) -> Recipe:
    if recipe is None:
        return card.recipe
    check_classes(card, model, recipe)
    return card.recipe.model_copy(update={"review": recipe.review})


def _calibration_chips(dataset: Path, recipe: Recipe) -> list[Example]:
    examples = checked(learning_part(read_dataset(dataset)), dataset, recipe)
    classes = recipe.class_set
    verdicts = {classes[e.class_name].verdict for e in examples}
    if len(examples) < FEWEST or len(verdicts) < 2:
        raise DatasetError(
            f"The dataset {dataset} holds too little to calibrate on: it needs {FEWEST} chips, good ones and defects."
        )
    return examples


def _check_lots(
    examples: Sequence[Example], dataset: Path, card: ModelCard, known_chips: Sequence[Example]
) -> list[str]:
    """What must be said where nobody can tell whether training has seen these lots. DatasetError where it has."""
    ours = {e.lot for e in examples} - {""}
    learned = {e.lot for e in known_chips} - {""} | set(card.training.lots or ())
    both = sorted(ours & learned)
    if both:
        named = ", ".join(both[:5]) + (f" and {len(both) - 5} more" if len(both) > 5 else "")
        raise DatasetError(
            f"The dataset {dataset} has lots that the model learned from ({named}): "
            "calibrate on lots that training has not seen."
        )
    if not ours:
        return ["The dataset does not name its lots: nobody can tell whether training has seen these chips."]
    if not learned:
        return ["The card does not say which lots the model learned from: make sure that these are others."]
    return []


def _halves(examples: list[Example]) -> tuple[list[Example], list[Example], str]:
    """One half says what is known, the other one sets the limits: on the same chips everything would look known."""
    lots = sorted({e.lot for e in examples})
    first = set(lots[::2])
    known = [e for e in examples if e.lot in first] if len(lots) > 1 else examples[::2]
    rest = [e for e in examples if e.lot not in first] if len(lots) > 1 else examples[1::2]
    if len(known) < FEWEST // 2 or len(rest) < FEWEST // 2:
        raise DatasetError(
            "The dataset holds too little to say both what is known and what is not: name what the model was trained "
            "on with --train."
        )
    by = "lots" if len(lots) > 1 else "chips"
    return known, rest, f"what is known comes from half of the calibration {by}, the limits from the other half"


def _prior(card: ModelCard, labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """float32 (K,): what takes logits that hold for the shares of classes that the model is set to, to the dataset's.

    Probabilities change by the ratio of the shares (Saerens et al., 2002), logits by its logarithm times T. Half a chip
    is added to each class, so that one without chips stays possible.
    """
    names = card.classes
    found = np.bincount(labels, minlength=len(names)).astype(np.float64)
    if card.calibration is not None:
        before = np.array([card.calibration.shares.get(name, 0.0) for name in names]) * card.calibration.chips
    else:
        before = np.array([sum(card.training.train.get(name, {}).values()) for name in names], dtype=np.float64)
    shares = [(n + 0.5) / (n.sum() + 0.5 * len(names)) for n in (found, before)]
    return np.asarray(card.temperature * np.log(shares[0] / shares[1]), dtype=np.float32)


def _card(
    card: ModelCard,
    recipe: Recipe,
    network: JudgingNetwork,
    novelty: Novelty,
    settled: Settled,
    store: ChipPixels,
    command: str,
    dataset: str,
    device: str,
) -> tuple[bytes, ModelCard]:
    weights = packed(network, novelty, settled)
    names, labels = recipe.class_set.names, store.labels
    shares = np.bincount(labels, minlength=len(names)) / len(labels)
    judged = calibration.judged_classes(settled.rows, recipe.class_set)
    decided = judged >= 0
    sure = settled.rows[np.arange(len(judged)), np.maximum(judged, 0)]
    table = scores.confusion(labels, judged, len(names))
    facts = CalibrationFacts(
        dataset=dataset,
        date=now(),
        command=printable(command),
        chips=len(labels),
        lots=tuple(sorted({e.lot for e in store.examples} - {""})),
        shares={name: round(float(share), 6) for name, share in zip(names, shares, strict=True)},
        offset=round(settled.offset, 6),
        ece=scores.calibration_error(sure[decided], (judged == labels)[decided]),
        accuracy=scores.accuracy(table),
        pass_fail_accuracy=scores.pass_fail_accuracy(table, recipe.class_set.defect_mask),
    )
    half = card.half_precision
    if has_fast_bfloat16(device):  # else there is nothing to hold: an earlier proof stays
        half = hold_half_against_full(network, store, device, settled.temperature, recipe.class_set.defect_mask)
    changed = {
        "recipe": recipe,
        "digest": weights_digest(weights),
        "temperature": settled.temperature,
        "heat_scale": settled.heat_scale,
        "half_precision": half,
        "held_out": (),  # was measured with other probabilities and limits
        "calibration": facts,
        "novelty": settled.novelty,
        "review": settled.review,
    }
    return weights, card.model_copy(update=changed)


def _name(dataset: Path) -> str:
    return printable(dataset.absolute().name)
