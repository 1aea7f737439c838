"""Batches of chips for learning and for checking, made ready in a thread while the network works."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inspector.learning.augmentation import Shown, cell_classes, crop, vary, whole
from inspector.learning.dataset import ChipPixels, draw
from inspector.learning.loss import Target
from inspector.learning.ranks import ALONE, Ranks

Made = TypeVar("Made")


@dataclass(frozen=True)
class Batch:
    """chips: uint8 (N, C, H, W). level: float32 (N, 2), for crops: mean and spread of their chips, in parts of 255.

    whole: chips in the whole batch, of which these may be one process's rows.
    """

    chips: Tensor
    target: Target
    whole: int
    level: Tensor | None = None


def learning_batches(
    store: ChipPixels,
    weights: NDArray[np.float64],
    crop_side: int,
    cell: int,
    batch: int,
    seed: tuple[int, ...],
    *,
    rounds: int = 1,
    first: int = 0,
    ranks: Ranks = ALONE,
) -> Iterator[Batch]:
    """One epoch of varied chips, all by the seed. crop_side > 0: crops of the chips whose boxes are known.

    rounds: how often the epoch draws len(store) chips. first: batches that were seen before a stop; the rest is what
    it would have been. ranks: whose rows of every batch to make. batch: chips of all processes together.
    No batch is of one chip, for a network's norms need something to compare, and none leaves a process without one.
    """
    rng = np.random.default_rng(seed)
    if crop_side:
        weights = weights * np.array([boxes is not None for boxes in store.boxes])
        weights = weights / weights.sum()
    least = max(2, ranks.number)
    groups = [g for _ in range(rounds) for g in _groups(draw(weights, len(store), rng), max(least, batch), least)]
    places = np.cumsum([0, *(len(g) for g in groups)])  # a chip's place in the epoch is what its variation hangs on
    defect = store.recipe.class_set.defect_mask

    def make(number: int) -> Batch:
        rows = ranks.rows(len(groups[number]))
        own = zip(range(*rows.indices(len(groups[number]))), groups[number][rows], strict=True)
        shown = [_shown(store, int(i), crop_side, (*seed, 1 + int(places[number]) + row)) for row, i in own]
        cells = np.stack([cell_classes(s, cell, defect) for s in shown])
        labels = torch.tensor([s.label for s in shown], dtype=torch.int64)
        level = torch.tensor([s.level for s in shown]) if crop_side else None
        target = Target(labels, torch.from_numpy(cells))
        return Batch(_stack([s.pixels for s in shown]), target, len(groups[number]), level)

    return ahead(make, range(first, len(groups)))


def _groups(chosen: NDArray[np.int64], batch: int, least: int) -> list[NDArray[np.int64]]:
    """Batches of `batch`; fewer than `least` chips at the end join the batch before."""
    if len(chosen) < least:
        return [np.resize(chosen, least)]
    last = len(chosen) - least
    return [chosen[i : len(chosen) if i + batch > last else i + batch] for i in range(0, last + 1, batch)]


def _shown(store: ChipPixels, index: int, crop_side: int, seed: tuple[int, ...]) -> Shown:
    rng = np.random.default_rng(seed)
    shown = whole(store[index], int(store.labels[index]), store.boxes[index])
    if crop_side:
        shown = crop(shown, crop_side, rng)
    return vary(shown, store.recipe, rng)


def plain_batches(store: ChipPixels, batch: int) -> Iterator[tuple[slice, Tensor]]:
    """Every chip once, in order, as it is: (which, uint8 (N, C, H, W))."""
    slices = [slice(i, min(i + batch, len(store))) for i in range(0, len(store), batch)]
    return ahead(lambda s: (s, _stack([store[i] for i in range(s.start, s.stop)])), slices)


def _stack(chips: Sequence[NDArray[np.uint8]]) -> Tensor:
    return torch.from_numpy(np.stack(chips)).permute(0, 3, 1, 2)


_Asked = TypeVar("_Asked")


def ahead(make: Callable[[_Asked], Made], asked: Sequence[_Asked], depth: int = 2) -> Iterator[Made]:
    """make(a) for each a, up to `depth` of them made in a thread before they are asked for. Closing it ends the thread.

    An exception in the thread is raised here.
    """
    made: queue.Queue[Made | BaseException | None] = queue.Queue(depth)
    stop = threading.Event()

    def work() -> None:
        try:
            for each in asked:
                if stop.is_set():
                    return
                _put(made, make(each), stop)
            _put(made, None, stop)
        except BaseException as error:
            _put(made, error, stop)

    thread = threading.Thread(target=work, name="batches", daemon=True)
    thread.start()
    try:
        while (found := made.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        stop.set()
        thread.join()


def _put(
    target: queue.Queue[Made | BaseException | None], value: Made | BaseException | None, stop: threading.Event
) -> None:
    while not stop.is_set():
        try:
            target.put(value, timeout=0.1)
            return
        except queue.Full:
            continue
