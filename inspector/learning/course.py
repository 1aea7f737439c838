"""One training on its way: epochs, the figures after each, the best weights so far, and what is kept on disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inspector.learning.batches import learning_batches
from inspector.learning.calibration import answers, judged_classes, probabilities
from inspector.learning.checkpoint import Standing, mark_kept, remove_checkpoint, restore, write_checkpoint
from inspector.learning.dataset import ChipPixels, balanced_weights
from inspector.learning.finish import COMPARED, Run, finish
from inspector.learning.known import chips_judged
from inspector.learning.learner import Learner
from inspector.learning.loss import LossRule
from inspector.learning.model_card import cpu_state
from inspector.learning.ranks import Ranks
from inspector.learning.schedule import CROPS_UNTIL, GOING_ON, learning_rate, plan
from inspector.learning.start import first_network
from inspector.wafer import scores
from inspector.wafer.errors import printable
from inspector.wafer.progress import Progress
from inspector.wafer.recipe import Recipe

WHOLE_BATCH_PIXELS = 4 << 20  # a batch of whole chips holds no more pixels: steps matter more than size
FEWEST_CHECKED = 100  # chips after an epoch
CHECK_SHARE = 0.1  # of the time of an epoch
STEPS_PER_EPOCH = 20  # at least, so that checking and keeping do not outweigh learning on small datasets
CHECKPOINT_SECONDS = 300.0  # within an epoch: what a crash can cost


@dataclass(frozen=True)
class TrainingOptions:
    """epochs, minutes: the budget, whichever ends first; neither: a default by the number of chips. Minutes count
    from the first step, and both count what was done before a resume.

    seed: decides everything random; with a budget in epochs the same seed gives the same weights on the same machine.
    resume: go on with the training in the output folder, along its own schedule, or towards another budget.
    start: the folder of a model to begin with. also: more datasets to learn from.
    command: what the card says the model was made with.
    """

    epochs: int | None = None
    minutes: float | None = None
    device: str = "auto"
    seed: int = 0
    resume: bool = False
    command: str = ""
    start: Path | None = None
    also: tuple[Path, ...] = ()


@dataclass(frozen=True)
class EpochResult:
    """One epoch's figures on the chips that were kept back. best: it is kept; the best so far but for chance."""

    epoch: int
    loss: float
    accuracy: float
    pass_fail_accuracy: float
    macro_recall: float
    learning_rate: float
    best: bool


class Course:
    """The learner, its budget and the best weights so far. Of several processes the first one checks and writes.

    stores: chips to learn from, and chips that were kept back, which only the first process reads.
    stopped: some process wanted to stop, and all of them did before the same step.
    """

    def __init__(
        self,
        recipe: Recipe,
        out: Path,
        options: TrainingOptions,
        standing: Standing | None,
        ranks: Ranks,
        stores: tuple[ChipPixels, ChipPixels],
    ) -> None:
        self.recipe, self.out, self.options, self.ranks, self.stores = recipe, out, options, ranks, stores
        self.seed = standing.seed if standing else options.seed
        torch.manual_seed(self.seed)
        rule = _rule(recipe, stores[0])
        begun = first_network(recipe, located=bool(rule.located.any()), start=options.start)
        self.begun_from = begun.digest
        self.rate = recipe.training.learning_rate * (GOING_ON if begun.goes_on else 1.0)
        self.learner = Learner(begun.network, rule, ranks)
        self.weights = balanced_weights(stores[0].examples)
        self.epoch, self.seen, self.score, self.scored = 0, 0, -np.inf, 0
        self.batches, self.crop, self.loss, self.losses = 0, 0, 0.0, 0  # of the epoch that runs
        self.best: dict[str, Tensor] = {}
        self.saved = standing is not None  # the checkpoint in the folder is this training's
        if standing:
            self._go_on(standing)
        self.budget = plan(options.epochs, options.minutes, standing, len(stores[0]))
        self.done, self.stopped, self.spent = 0.0, False, False
        self._checks = FEWEST_CHECKED if self.budget.minutes is not None else len(stores[1])
        self._written = time.monotonic()

    def _go_on(self, standing: Standing) -> None:
        self.epoch, self.seen = standing.epoch, standing.seen
        self.score, self.scored = -np.inf if standing.score is None else standing.score, standing.scored
        self.batches, self.crop = standing.batches, standing.crop
        self.loss, self.losses = standing.loss, standing.losses
        self.begun_from = standing.begun_from
        self.rate = standing.rate or self.recipe.training.learning_rate
        self.best = restore(self.out, self.learner)
        self.learner.steps, self.learner.ease, self.learner.half = standing.steps, standing.ease, standing.half

    def epochs(self) -> Iterator[Progress[EpochResult]]:
        """Learn until the budget is spent, one step at least, or until a process stops: then all do."""
        try:
            self._agree()
            while not (self.spent or self.stopped):
                begun = time.monotonic()
                yield from self._learn()
                if self.stopped:
                    break
                result = self._check(time.monotonic() - begun) if self.ranks.is_first else None
                self.epoch, self.batches = self.epoch + 1, 0
                self._agree()  # before writing: what is on disk is spent too
                self._write_checkpoint()
                yield self._progress(result)
        except GeneratorExit:
            if not self.spent:
                self.ranks.agree(self.done, stop=True)  # the others ask before their next step
            self._write_stop()
            raise
        self._write_stop()

    def _agree(self) -> None:
        self.done, self.stopped = self.ranks.agree(self.budget.done, stop=False)
        self.spent = self.done >= 1.0 and self.learner.steps > 0

    def _learn(self) -> Iterator[Progress[EpochResult]]:
        """The rest of one epoch."""
        store = self.stores[0]
        if not self.batches:
            self.crop, self.loss, self.losses = self._crop_side(), 0.0, 0
        batch = self.recipe.training.batch
        if not self.crop:
            batch = min(batch, WHOLE_BATCH_PIXELS // (store.shape[0] * store.shape[1]))
        batch = max(2, self.ranks.number, batch)
        rounds = max(1, -(-STEPS_PER_EPOCH * batch // len(store)))
        seed, cell = (self.seed, self.epoch), self.learner.network.cell
        asked = {"rounds": rounds, "first": self.batches}
        said = time.monotonic()
        for step in learning_batches(store, self.weights, self.crop, cell, batch, seed, ranks=self.ranks, **asked):
            self._agree()
            if self.stopped or (self.budget.minutes is not None and self.spent):
                return
            torch.manual_seed(hash((*seed, self.batches)))  # dropout: the same after a resume as without a stop
            loss = self.learner.step(step, learning_rate(self.rate, self.done))
            if loss is not None:
                self.loss, self.losses = self.loss + loss, self.losses + 1
            self.batches += 1
            self.seen += step.whole
            self.budget.epoch += step.whole / (len(store) * rounds)
            if time.monotonic() - self._written > CHECKPOINT_SECONDS:
                self._write_checkpoint()
            if time.monotonic() - said > 1.0:
                said = time.monotonic()
                yield self._progress(None)
        self.budget.epoch = float(self.epoch + 1)

    def _progress(self, result: EpochResult | None) -> Progress[EpochResult]:
        return Progress(int(1000 * self.budget.done), 1000, result, self.budget.seconds_left, "learning")

    def _crop_side(self) -> int:
        """Pixels of the crops of this epoch; 0: whole chips."""
        side = self.recipe.training.crop
        located = any(boxes is not None and len(boxes) for boxes in self.stores[0].boxes)
        fits = side < min(self.recipe.model.input)
        return side if side and located and fits and self.done < CROPS_UNTIL else 0

    def _check(self, learned: float) -> EpochResult:
        """Figures of the average on chips that were kept back: as many as a tenth of the learning time allows."""
        begun = time.monotonic()
        store = self.stores[1].spread_out(self._checks)
        seen = answers(self.learner.average, store, self.ranks.device, self.learner.half, second_look=False)
        a_chip = (time.monotonic() - begun) / len(store)
        if self.budget.minutes is not None:
            self._checks = max(self._checks, int(CHECK_SHARE * learned / a_chip))
        self.budget.reserve = a_chip * (1.2 * len(self.stores[1]) + 5 * COMPARED + chips_judged(len(self.stores[0])))
        rows = probabilities(seen.logits, 1.0)
        table = scores.confusion(seen.labels, judged_classes(rows, self.recipe.class_set), len(self.recipe.classes))
        p = rows[np.arange(len(store)), seen.labels]
        likely = float(np.log(np.clip(np.nan_to_num(p), 1e-6, 1.0)).mean())
        accuracy = scores.accuracy(table) or 0.0
        passed = scores.pass_fail_accuracy(table, self.recipe.class_set.defect_mask) or 0.0
        recall = scores.macro_recall(table) or 0.0
        score = (accuracy + passed + recall) / 3 + 0.02 * likely
        # Figures on few chips are lucky sooner: what was checked on more of them counts, whatever fewer had said.
        more = len(store) > self.scored
        best = (more or score >= self.score - chance(accuracy, len(store))) and self.learner.steps > 0
        if best:
            self.score = score if more else max(score, self.score)
            self.scored, self.best = len(store), cpu_state(self.learner.average)
        rate = learning_rate(self.rate, self.budget.done)
        loss = self.loss / self.losses if self.losses else float("nan")
        return EpochResult(self.epoch + 1, loss, accuracy, passed, recall, rate, best)

    def _write_stop(self) -> None:
        """Nothing is lost by a stop: the next training goes on within this epoch."""
        if self.batches and self.learner.steps:
            self._write_checkpoint()

    def _write_checkpoint(self) -> None:
        self._written = time.monotonic()
        if not self.ranks.is_first:
            return
        learner, budget = self.learner, self.budget
        standing = Standing(
            self.epoch,
            budget.seconds,
            self.seen,
            self.seed,
            budget.epochs,
            budget.minutes,
            self.recipe.digest,
            float(self.score) if self.best else None,
            learner.steps,
            learner.ease,
            learner.half,
            budget.reserve,
            budget.from_epoch,
            budget.from_seconds,
            repeats=budget.repeats,
            scored=self.scored,
            batches=self.batches,
            progress=budget.epoch,
            crop=self.crop,
            loss=self.loss,
            losses=self.losses,
            rate=self.rate,
            begun_from=self.begun_from,
        )
        write_checkpoint(self.out, learner, self.best, standing)
        self.saved = True

    def keep(self, dataset: Path, rule: str) -> None:
        """Calibrate the best weights and write the model, and note in the checkpoint that this is done.

        Stopped within its first epoch it keeps what it has learned; before the first step there is nothing to keep.
        """
        if not self.best and self.learner.steps:
            self.best = cpu_state(self.learner.average)
        if not self.best or not self.ranks.is_first:
            return
        self.learner.average.load_state_dict(self.best)
        run = Run(
            self.recipe,
            " + ".join(printable(d.name) for d in (dataset, *self.options.also)),
            *self.stores,
            self.weights,
            rule,
            self.epoch,
            self.seen,
            self.budget.seconds / 60,
            self.seed,
            self.ranks.device,
            self.learner.half,
            self.options.command,
            self.begun_from,
        )
        if not self.saved:
            remove_checkpoint(self.out)  # of an older training: not to be gone on with from this model
        finish(self.learner.average, run, self.out)
        if self.saved:
            mark_kept(self.out)


def chance(accuracy: float, chips: int) -> float:
    """One standard error of an accuracy, a chip's share at least: of epochs that differ by less the later is kept.

    A few chips would else choose an early epoch by luck, before the learning rate has come down.
    """
    return float(np.sqrt(max(accuracy * (1.0 - accuracy), 1.0 / chips) / chips))


def _rule(recipe: Recipe, store: ChipPixels) -> LossRule:
    located = torch.zeros(len(recipe.classes), dtype=torch.bool)
    for label, boxes in zip(store.labels.tolist(), store.boxes, strict=True):
        located[label] |= boxes is not None and len(boxes) > 0
    return LossRule(torch.from_numpy(recipe.class_set.defect_mask), located)
