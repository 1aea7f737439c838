"""Judges labelled chips with a model and says how well it did, and whether its heat lies where the defects are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.chips import fit
from inspector.imaging.heat import defect_evidence, shown_evidence
from inspector.imaging.source import read_image
from inspector.learning.batches import ahead
from inspector.learning.classifier import load_classifier
from inspector.learning.dataset import checked, part_for_test
from inspector.learning.figures import Evaluation, JudgedChips
from inspector.learning.figures.evaluation import reason_of
from inspector.learning.figures.files import write_evaluation
from inspector.learning.figures.heat_scores import distance_to_boxes, energy_in_boxes
from inspector.learning.figures.judged import Told, unknown
from inspector.learning.model_card import make_folder, read_card
from inspector.learning.occlusion import falls
from inspector.wafer.classes import ClassSet
from inspector.wafer.judgement import Classifier, Judgement
from inspector.wafer.manifest import Example, read_dataset
from inspector.wafer.progress import Pace, Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits

OCCLUSION = 200  # rightly judged defect chips that are judged again with their hot cells covered


def evaluate(
    dataset: Path, model: Path, *, device: str = "auto", out: Path | None = None, occlusion: int = OCCLUSION
) -> Iterator[Progress[Evaluation]]:
    """Judge test/ of a dataset where there is one, else all of it; the last Progress brings the figures.

    out: a folder for the tables, figures and pictures of `write_evaluation`. occlusion: how many rightly judged defect
    chips are judged again with their hot cells covered, spread evenly; 0: none. Chips are read as they are asked for
    and let go. DatasetError, ImageError or ModelError where it can't.
    """
    card = read_card(model)
    classifier = load_classifier(model, None, device)
    examples = checked(part_for_test(read_dataset(dataset), dataset), dataset, card.recipe)
    if out is not None:
        make_folder(out)
    reader = _Reader(examples, card.recipe)
    rule = _Rule(card.recipe.class_set, card.limits())
    labels = np.array([rule.classes.index(e.class_name) for e in examples], dtype=np.int64)
    told: list[Told] = []
    yield from _judge_all(classifier, reader, rule, told)
    found = Evaluation(rule.classes, JudgedChips.from_told(told, labels, examples))
    fall = unknown(len(examples))
    chosen = spread(np.flatnonzero(found.is_defect & ~found.wrong), occlusion)
    yield from _cover_some(classifier, reader, rule, chosen, fall)
    found = Evaluation(rule.classes, JudgedChips.from_told(told, labels, examples, fall, card.recipe.image.bits))
    if out is not None:
        yield Progress(len(examples), len(examples), None, None, "drawing")
        write_evaluation(found, out)
    yield Progress(len(examples), len(examples), found, 0.0, "judging")


def _judge_all(
    classifier: Classifier, reader: _Reader, rule: _Rule, told: list[Told]
) -> Iterator[Progress[Evaluation]]:
    """Fills `told` in the order of the examples."""
    number, size = len(reader.examples), classifier.batch_size
    pace = Pace(number)
    groups = [range(i, min(i + size, number)) for i in range(0, number, size)]
    for group, chips in ahead(lambda g: (g, [reader.sized(i) for i in g]), groups):
        judgements = classifier.judge(np.stack([pixels for pixels, _ in chips]))
        for i, judgement, (_, measure) in zip(group, judgements, chips, strict=True):
            told.append(_told(judgement, reader.examples[i], measure, reader.size, rule))
        yield Progress(len(told), number, None, pace.seconds_left(len(told)), "judging")


def _cover_some(
    classifier: Classifier, reader: _Reader, rule: _Rule, chosen: Sequence[int], fall: NDArray[np.float32]
) -> Iterator[Progress[Evaluation]]:
    """Fills `fall` for the chosen chips."""
    pace, done = Pace(len(chosen)), 0
    for batch in falls(classifier, rule.classes, reader.pixels, chosen):
        for i, value in batch:
            fall[i] = value
        done += len(batch)
        yield Progress(done, len(chosen), None, pace.seconds_left(done), "covering")


class _Reader:
    """Chips at the input size, decoded when they are asked for."""

    def __init__(self, examples: Sequence[Example], recipe: Recipe) -> None:
        self.examples = examples
        self._recipe = recipe

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the input."""
        return self._recipe.model.input

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """uint8 (H, W, C)."""
        return self.sized(index)[0]

    def sized(self, index: int) -> tuple[NDArray[np.uint8], tuple[int, int]]:
        """The same, with the (width, height) of the chip's own image."""
        image = self._recipe.image
        chip = read_image(self.examples[index].path, image.channels, image.bits, image)
        return fit(chip, self.size), (chip.shape[1], chip.shape[0])


@dataclass(frozen=True)
class _Rule:
    """What decides which judgements want eyes."""

    classes: ClassSet
    limits: ReviewLimits


def _told(
    judgement: Judgement, example: Example, size: tuple[int, int], judged_size: tuple[int, int], rule: _Rule
) -> Told:
    """What the figures need of one judgement. size: (width, height) of the chip's image, the pixels of its boxes.

    judged_size: of the input, the pixels of the judgement's peak.
    """
    classes, name = rule.classes, judgement.class_name
    peak = (judgement.peak[0] * size[0] / judged_size[0], judgement.peak[1] * size[1] / judged_size[1])
    row = judgement.probabilities if name is not None else np.full_like(judgement.probabilities, np.nan)
    boxes = example.boxes if example.boxes and name == example.class_name else None
    warmest = defect_evidence(judgement.evidence, classes.defect_mask).max() if classes.defect_mask.any() else np.nan
    return Told(
        row,
        reason_of(row, classes, rule.limits, judgement.novelty),
        judgement.novelty,
        peak,
        float(warmest),
        distance_to_boxes(peak, boxes) if boxes else np.nan,
        energy_in_boxes(judgement.evidence[classes.index(example.class_name)], size, boxes) if boxes else np.nan,
        None if name == example.class_name else shown_evidence(judgement.evidence, name, classes).copy(),
    )


def spread(places: NDArray[np.int64], most: int) -> list[int]:
    """At most so many of the places, evenly from the first to the last."""
    if most < len(places):
        places = places[np.linspace(0, len(places) - 1, most).round().astype(np.int64)] if most > 0 else places[:0]
    return [int(i) for i in places]
