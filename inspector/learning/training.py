"""Trains a model from labelled chips: a generator of epochs that can be stopped at any time and keeps its best."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from inspector.learning.checkpoint import read_standing
from inspector.learning.course import Course, EpochResult, TrainingOptions
from inspector.learning.dataset import ChipPixels, checked, learning_part
from inspector.learning.device import keep_memory
from inspector.learning.free_memory import room_for_chips
from inspector.learning.model_card import CARD, make_folder
from inspector.learning.ranks import Ranks, joined
from inspector.learning.schedule import plan
from inspector.learning.split import split_examples
from inspector.wafer.errors import DatasetError, ModelError
from inspector.wafer.manifest import read_dataset
from inspector.wafer.progress import Job, Progress
from inspector.wafer.recipe import Recipe

__all__ = ["EpochResult", "TrainingOptions", "train"]


def train(dataset: Path, recipe: Recipe, out: Path, options: TrainingOptions) -> Job[EpochResult]:
    """Learn from the labelled chips in `dataset` and `options.also` and write the model's folder to `out`.

    Yields phases "split by lot" (or wafer, or chip), "reading" (chips), "learning" (thousandths of the budget; `found`
    at the end of each epoch) and "calibrating"; nothing where a resumed training has met its budget. Closing the
    generator while it learns writes the best model so far. DatasetError, ImageError or ModelError where it can't go on.

    In processes that torchrun started they learn together (see `ranks`); only the first one's steps have `found`, and
    a process whose generator is closed stops all of them.
    """
    keep_memory()
    with joined(options.device) as ranks:
        yield from _train(dataset, recipe, out, options, ranks)


def _train(dataset: Path, recipe: Recipe, out: Path, options: TrainingOptions, ranks: Ranks) -> Job[EpochResult]:
    standing = read_standing(out, recipe.digest) if options.resume else None
    folders = (dataset, *options.also)
    examples = [e for folder in folders for e in checked(learning_part(read_dataset(folder)), folder, recipe)]
    number = Counter(e.class_name for e in examples)
    if len(examples) < 4 or len(number) < 2 or max(number.values()) < 2:
        raise DatasetError(
            f"The dataset {dataset} holds too little to learn from: it needs 4 chips of 2 classes or more."
        )
    met = plan(options.epochs, options.minutes, standing, len(examples)).is_spent
    if standing and standing.kept and met and (out / CARD).is_file():
        return
    if ranks.is_first:
        make_folder(out)
    split = split_examples(examples, standing.seed if standing else options.seed)
    yield Progress(0, len(examples), None, None, f"split by {split.by}")
    learned = ChipPixels(split.train, recipe, room_for_chips(ranks.number))
    yield from learned.read()
    checked_on = ChipPixels(split.validation, recipe, room_for_chips(ranks.number))  # of what the others have left
    if ranks.is_first:
        yield from checked_on.read()
    course = Course(recipe, out, options, standing, ranks, (learned, checked_on))
    try:
        yield from course.epochs()
        if not ranks.is_first:
            return
        if not course.learner.steps or not (course.best or course.stopped):
            raise ModelError(f"Nothing was learned from {dataset}: train with more --epochs or --minutes.")
        yield Progress(1000, 1000, None, course.budget.reserve, "calibrating")
    finally:
        course.keep(dataset, split.rule)
