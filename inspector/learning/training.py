"""Trains a model from labelled chips: a generator of epochs that can be stopped at any time and keeps its best."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inspector.learning.batches import learning_batches
from inspector.learning.build import build_network
from inspector.learning.calibration import answers, judged_classes, probabilities
from inspector.learning.checkpoint import (
    Standing,
    mark_kept,
    read_standing,
    remove_checkpoint,
    restore,
    write_checkpoint,
)
from inspector.learning.dataset import ChipPixels, balanced_weights, checked, learning_part
from inspector.learning.device import keep_memory, pick_device
from inspector.learning.finish import COMPARED, Run, finish
from inspector.learning.learner import Learner
from inspector.learning.loss import LossRule
from inspector.learning.model_card import CARD, cpu_state, make_folder
from inspector.learning.schedule import CROPS_UNTIL, learning_rate, plan
from inspector.learning.split import split_examples
from inspector.wafer import scores
from inspector.wafer.errors import DatasetError, ModelError
from inspector.wafer.manifest import read_dataset
from inspector.wafer.progress import Progress
from inspector.wafer.recipe import Recipe

WHOLE_BATCH_PIXELS = 4 << 20  # a batch of whole chips holds no more pixels: steps matter more than size
FEWEST_CHECKED = 100  # chips after an epoch
CHECK_SHARE = 0.1  # of the time of an epoch
STEPS_PER_EPOCH = 20  # at least, so that checking and keeping do not outweigh learning on small datasets


@dataclass(frozen=True)
class TrainingOptions:
    """epochs, minutes: the budget, whichever ends first; neither: a default by the number of chips. Minutes count
    from the first step, and both count what was done before a resume.

    seed: decides everything random; with a budget in epochs the same seed gives the same weights on the same machine.
    resume: go on with the training in the output folder, along its own schedule, or towards another budget.
    command: what the card says the model was made with.
    """

    epochs: int | None = None
    minutes: float | None = None
    device: str = "auto"
    seed: int = 0
    resume: bool = False
    command: str = ""


@dataclass(frozen=True)
class EpochResult:
    """One epoch's figures on the chips that were kept back. best: True where the model is the best so far."""

    epoch: int
    loss: float
    accuracy: float
    pass_fail_accuracy: float
    macro_recall: float
    learning_rate: float
    best: bool


def train(dataset: Path, recipe: Recipe, out: Path, options: TrainingOptions) -> Iterator[Progress[EpochResult]]:
    """Learn from the labelled chips in `dataset` and write the model's folder to `out`.

    Yields phases "split by lot" (or wafer, or chip), "reading" (chips), "learning" (thousandths of the budget; `found`
    at the end of each epoch) and "calibrating"; nothing where a resumed training has met its budget. Closing the
    generator while it learns writes the best model so far. DatasetError, ImageError or ModelError where it can't go on.
    """
    keep_memory()
    device = pick_device(options.device)
    standing = read_standing(out, recipe.digest) if options.resume else None
    examples = checked(learning_part(read_dataset(dataset)), dataset, recipe)
    number = Counter(e.class_name for e in examples)
    if len(examples) < 4 or len(number) < 2 or max(number.values()) < 2:
        raise DatasetError(
            f"The dataset {dataset} holds too little to learn from: it needs 4 chips of 2 classes or more."
        )
    met = plan(options.epochs, options.minutes, standing, len(examples)).is_spent
    if standing and standing.kept and met and (out / CARD).is_file():
        return
    make_folder(out)
    split = split_examples(examples, standing.seed if standing else options.seed)
    yield Progress(0, len(examples), None, None, f"split by {split.by}")
    stores = ChipPixels(split.train, recipe), ChipPixels(split.validation, recipe)
    for store in stores:
        yield from store.read()
    run = _Run(recipe, out, options, standing, device, stores)
    try:
        yield from run.epochs()
        if not run.best:
            raise ModelError(f"Nothing was learned from {dataset}: train with more --epochs or --minutes.")
        yield Progress(1000, 1000, None, run.budget.reserve, "calibrating")
    finally:
        run.keep(dataset, split.rule)


class _Run:
    """One training: the learner, its budget and the best weights so far."""

    def __init__(
        self,
        recipe: Recipe,
        out: Path,
        options: TrainingOptions,
        standing: Standing | None,
        device: str,
        stores: tuple[ChipPixels, ChipPixels],
    ) -> None:
        self.recipe, self.out, self.options, self.stores = recipe, out, options, stores
        self.seed = standing.seed if standing else options.seed
        torch.manual_seed(self.seed)
        network = build_network(recipe, pretrained=True)
        self.learner = Learner(network, _rule(recipe, stores[0]), device)
        self.device = device
        self.weights = balanced_weights(stores[0].examples)
        self.epoch, self.seen, self.score = 0, 0, -np.inf
        self.best: dict[str, Tensor] = {}
        self.saved = standing is not None  # the checkpoint in the folder is this training's
        if standing:
            self.epoch, self.seen = standing.epoch, standing.seen
            self.score = -np.inf if standing.score is None else standing.score
            self.best = restore(out, self.learner)
            self.learner.steps, self.learner.ease, self.learner.half = standing.steps, standing.ease, standing.half
        self.budget = plan(options.epochs, options.minutes, standing, len(stores[0]))
        self._checks = FEWEST_CHECKED if self.budget.minutes is not None else len(stores[1])

    def epochs(self) -> Iterator[Progress[EpochResult]]:
        """Learn until the budget is spent; one step at least."""
        spent = self.budget.is_spent and self.learner.steps > 0
        while not spent:
            losses: list[float] = []
            begun = time.monotonic()
            yield from self._learn(losses)
            self.epoch += 1
            result = self._check(losses, time.monotonic() - begun)
            spent = self.budget.is_spent and self.learner.steps > 0  # before writing: what is on disk is spent too
            self._write_checkpoint()
            yield Progress(int(1000 * self.budget.done), 1000, result, self.budget.seconds_left, "learning")

    def _learn(self, losses: list[float]) -> Iterator[Progress[EpochResult]]:
        store, side = self.stores[0], self._crop_side()
        batch = self.recipe.training.batch
        if not side:
            batch = min(batch, WHOLE_BATCH_PIXELS // (store.shape[0] * store.shape[1]))
        batch = max(2, batch)
        torch.manual_seed(hash((self.seed, self.epoch)))  # dropout: the same after a resume as without a stop
        rounds = max(1, -(-STEPS_PER_EPOCH * batch // len(store)))
        said = time.monotonic()
        for turn in range(rounds):
            seed = (self.seed, self.epoch, turn)
            for step in learning_batches(store, self.weights, side, self.learner.network.cell, batch, seed):
                loss = self.learner.step(step, learning_rate(self.recipe.training.learning_rate, self.budget.done))
                losses.extend([loss] if loss is not None else [])
                self.seen += len(step.chips)
                self.budget.epoch += len(step.chips) / (len(store) * rounds)
                if self.budget.minutes is not None and self.budget.is_spent:
                    return
                if time.monotonic() - said > 1.0:
                    said = time.monotonic()
                    yield Progress(int(1000 * self.budget.done), 1000, None, self.budget.seconds_left, "learning")
        self.budget.epoch = float(self.epoch + 1)

    def _crop_side(self) -> int:
        """Pixels of the crops of this epoch; 0: whole chips."""
        side = self.recipe.training.crop
        located = any(boxes is not None and len(boxes) for boxes in self.stores[0].boxes)
        fits = side < min(self.recipe.model.input)
        return side if side and located and fits and self.budget.done < CROPS_UNTIL else 0

    def _check(self, losses: Sequence[float], learned: float) -> EpochResult:
        """Figures of the average on chips that were kept back: as many as a tenth of the learning time allows."""
        begun = time.monotonic()
        store = self.stores[1].spread_out(self._checks)
        seen = answers(self.learner.average, store, self.device, self.learner.half)
        a_chip = (time.monotonic() - begun) / len(store)
        if self.budget.minutes is not None:
            self._checks = max(FEWEST_CHECKED, int(CHECK_SHARE * learned / a_chip))
        self.budget.reserve = a_chip * (1.2 * len(self.stores[1]) + 5 * COMPARED)
        rows = probabilities(seen.logits, 1.0)
        table = scores.confusion(seen.labels, judged_classes(rows, self.recipe.class_set), len(self.recipe.classes))
        p = rows[np.arange(len(store)), seen.labels]
        likely = float(np.log(np.clip(np.nan_to_num(p), 1e-6, 1.0)).mean())
        accuracy = scores.accuracy(table) or 0.0
        passed = scores.pass_fail_accuracy(table, self.recipe.class_set.defect_mask) or 0.0
        recall = scores.macro_recall(table) or 0.0
        score = (accuracy + passed + recall) / 3 + 0.02 * likely
        best = score >= self.score and self.learner.steps > 0
        if best:
            self.score, self.best = score, cpu_state(self.learner.average)
        rate = learning_rate(self.recipe.training.learning_rate, self.budget.done)
        return EpochResult(
            self.epoch, float(np.mean(losses)) if losses else float("nan"), accuracy, passed, recall, rate, best
        )

    def _write_checkpoint(self) -> None:
        learner, budget = self.learner, self.budget
        standing = Standing(
            self.epoch,
            budget.seconds,
            self.seen,
            self.seed,
            budget.epochs,
            budget.minutes,
            self.recipe.digest,
            float(self.score),
            learner.steps,
            learner.ease,
            learner.half,
            budget.reserve,
            budget.from_epoch,
            budget.from_seconds,
        )
        write_checkpoint(self.out, learner, self.best, standing)
        self.saved = True

    def keep(self, dataset: Path, rule: str) -> None:
        """Calibrate the best weights and write the model, and note in the checkpoint that this is done.

        Stopped within its first epoch it keeps what it has learned; before the first step there is nothing to keep.
        """
        if not self.best and self.learner.steps:
            self.best = cpu_state(self.learner.average)
        if not self.best:
            return
        self.learner.average.load_state_dict(self.best)
        run = Run(
            self.recipe,
            dataset,
            *self.stores,
            self.weights,
            rule,
            self.epoch,
            self.seen,
            self.budget.seconds / 60,
            self.seed,
            self.device,
            self.learner.half,
            self.options.command,
        )
        if not self.saved:
            remove_checkpoint(self.out)  # of an older training: not to be gone on with from this model
        finish(self.learner.average, run, self.out)
        if self.saved:
            mark_kept(self.out)


def _rule(recipe: Recipe, store: ChipPixels) -> LossRule:
    located = torch.zeros(len(recipe.classes), dtype=torch.bool)
    for label, boxes in zip(store.labels.tolist(), store.boxes, strict=True):
        located[label] |= boxes is not None and len(boxes) > 0
    return LossRule(torch.from_numpy(recipe.class_set.defect_mask), located)
