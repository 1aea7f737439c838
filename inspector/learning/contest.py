"""Judges the same labelled chips with two models: what a new one does where the one in use was right, or wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inspector.imaging.chips import fit
from inspector.imaging.source import read_image
from inspector.learning.batches import ahead
from inspector.learning.classifier import load_classifier
from inspector.learning.dataset import checked, learning_part
from inspector.learning.model_card import ModelCard, check_classes, read_card
from inspector.learning.split import split_examples
from inspector.wafer.errors import DatasetError, ModelError, printable
from inspector.wafer.judgement import Judgement
from inspector.wafer.manifest import Example, read_dataset
from inspector.wafer.model_comparison import ComparedChip, ModelComparison, Unseen
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe


def compare_models(
    dataset: Path, after: Path, before: Path | None, *, device: str = "auto", seed: int = 0
) -> Job[ModelComparison]:
    """Judge the chips kept back by both models; the last Progress brings the comparison.

    The chips are those of test/; where there are none, those that a training with this seed keeps back. Chips that
    the machine itself has labelled are left out. before: None, or a model of other classes, compares with nothing.
    DatasetError where there is no chip to compare on, ImageError or ModelError where one can't be judged.
    """
    card = read_card(after)
    present = None if before is None else _of_same_classes(before, card.recipe)
    examples, unseen = _kept_back(dataset, card, seed)
    total = len(examples) * (1 if present is None else 2)
    pace, done = Pace(total), 0
    told: list[list[Judgement]] = []
    for folder in (after,) if before is None or present is None else (after, before):
        judgements: list[Judgement] = []
        told.append(judgements)
        classifier = load_classifier(folder, None, device)
        size, number = classifier.input_size, classifier.batch_size
        groups = [examples[i : i + number] for i in range(0, len(examples), number)]
        for chips in ahead(lambda g, s=size: np.stack([_pixels(e, card.recipe, s) for e in g]), groups):  # type: ignore[misc]
            judgements.extend(classifier.judge(chips))
            done += len(chips)
            yield Progress(done, total, None, pace.seconds_left(done), "comparing")
    then = told[1] if present is not None else [None] * len(examples)
    chips_told = [_chip(e, dataset, b, a) for e, b, a in zip(examples, then, told[0], strict=True)]
    lots = {e.lot for e in examples} - {""}
    found = ModelComparison(
        card.recipe.name,
        "" if present is None else present.digest,
        card.digest,
        tuple(chips_told),
        unseen,
        _seen_by(present, lots),
    )
    yield Progress(total, total, found, 0.0, "comparing")


def _of_same_classes(folder: Path, recipe: Recipe) -> ModelCard | None:
    card = read_card(folder)
    try:
        check_classes(card, folder, recipe)
    except ModelError:
        return None
    return card


def _kept_back(dataset: Path, card: ModelCard, seed: int) -> tuple[list[Example], Unseen]:
    """The chips to compare on, and how honest they are to the new model."""
    everything = checked(read_dataset(dataset), dataset, card.recipe)
    test = [e for e in everything if e.split.lower() == "test"]
    chosen: Sequence[Example] = test or split_examples(learning_part(everything), seed).validation
    human = [e for e in chosen if not e.accepted]
    if not human:
        raise DatasetError(f"{printable(dataset)} keeps no chips back that a person has labelled: label more lots.")
    if not test:
        return human, "checked"
    lots, learned = {e.lot for e in test} - {""}, card.training.lots
    if not lots or learned is None or any(not e.lot for e in test):
        return human, "nobody knows"
    return human, "checked" if lots & set(learned) else "test"


def _seen_by(card: ModelCard | None, lots: set[str]) -> tuple[str, ...] | None:
    if card is None or card.training.lots is None:
        return None
    return tuple(sorted(lots & set(card.training.lots)))


def _pixels(example: Example, recipe: Recipe, size: tuple[int, int]) -> np.ndarray:
    """uint8 (H, W, C) at a model's input size."""
    image = recipe.image
    return fit(read_image(example.path, image.channels, image.bits, image), size)


def _chip(example: Example, dataset: Path, before: Judgement | None, after: Judgement) -> ComparedChip:
    inside = example.path.is_relative_to(dataset)
    file = printable(example.path.relative_to(dataset).as_posix() if inside else example.path)
    return ComparedChip(
        file,
        example.class_name,
        "" if before is None else before.class_name or "",
        after.class_name or "",
        None if before is None else _finite(before.p_defect),
        _finite(after.p_defect),
        example.lot,
        example.wafer,
        example.column,
        example.row,
    )


def _finite(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None
