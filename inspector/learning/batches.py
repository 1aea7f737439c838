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

Made = TypeVar("Made")


@dataclass(frozen=True)
class Batch:
    """chips: uint8 (N, C, H, W)."""

    chips: Tensor
    target: Target


def learning_batches(
    store: ChipPixels, weights: NDArray[np.float64], crop_side: int, cell: int, batch: int, seed: tuple[int, ...]
) -> Iterator[Batch]:
    """One epoch of varied chips, all by the seed. crop_side > 0: crops of the chips whose boxes are known.

    No batch is of one chip: a network's norms need something to compare.
    """
    rng = np.random.default_rng(seed)
    if crop_side:
        weights = weights * np.array([boxes is not None for boxes in store.boxes])
        weights = weights / weights.sum()
    chosen = draw(weights, len(store), rng)
    defect = store.recipe.class_set.defect_mask
    groups = _groups(chosen, max(2, batch))

    def make(indices: NDArray[np.int64]) -> Batch:
        shown = [_shown(store, int(i), crop_side, rng) for i in indices]
        cells = np.stack([cell_classes(s, cell, defect) for s in shown])
        labels = torch.tensor([s.label for s in shown], dtype=torch.int64)
        return Batch(_stack([s.pixels for s in shown]), Target(labels, torch.from_numpy(cells)))

    return ahead(make, groups)


def _groups(chosen: NDArray[np.int64], batch: int) -> list[NDArray[np.int64]]:
    if len(chosen) == 1:
        return [chosen.repeat(2)]
    starts = range(0, len(chosen) - 1, batch)  # a single chip at the end joins the batch before it
    return [chosen[i : len(chosen) if i + batch >= len(chosen) - 1 else i + batch] for i in starts]


def _shown(store: ChipPixels, index: int, crop_side: int, rng: np.random.Generator) -> Shown:
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
