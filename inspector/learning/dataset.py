"""Labelled chips ready for learning: which part learns, how often each is shown, their pixels at the input size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.chips import fit
from inspector.imaging.source import read_image
from inspector.learning.free_memory import UNTOLD
from inspector.wafer.errors import DatasetError
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Pace, Progress
from inspector.wafer.recipe import Recipe

POINT_BOX = 24.0  # pixels of the input: a person's click is this exact


def checked(examples: Sequence[Example], dataset: Path, recipe: Recipe) -> list[Example]:
    """The examples, when the recipe knows all their classes; else DatasetError that names both."""
    unknown = sorted({e.class_name for e in examples} - set(recipe.class_set.names))
    if unknown:
        raise DatasetError(
            f"The dataset {dataset} has the class {unknown[0]!r}, and the recipe {recipe.name!r} has "
            f"{', '.join(recipe.class_set.names)}: rename the folder or add the class to the recipe."
        )
    return list(examples)


def learning_part(examples: Sequence[Example]) -> list[Example]:
    """train/ where there is one, else all that is not test/."""
    named = [e for e in examples if e.split.lower() == "train"]
    return named or [e for e in examples if e.split.lower() != "test"]


def part_for_test(examples: Sequence[Example], dataset: Path) -> list[Example]:
    """test/ where there is one, else everything. DatasetError where test/ is there and holds nothing."""
    named = [e for e in examples if e.split.lower() == "test"]
    if not named and (dataset / "test").is_dir():
        raise DatasetError(f"{dataset / 'test'} holds no images: fill it, or remove it to judge the whole dataset.")
    return named or list(examples)


def counts(examples: Sequence[Example]) -> dict[str, dict[str, int]]:
    """Chips per class and sub-type; chips without a sub-type are counted under ""."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        found[example.class_name][example.subtype] += 1
    return {name: dict(sorted(found[name].items())) for name in sorted(found)}


class ChipPixels:
    """Pixels and boxes of examples at the network's input size: decoded once into memory while they fit, else as asked.

    cache_bytes: how much may be in memory; a training asks `room_for_chips`.
    `labels` int64 (N,). `boxes[i]`: float (B, 4) x, y, w, h in input pixels, or None where nobody located anything.
    """

    def __init__(self, examples: Sequence[Example], recipe: Recipe, cache_bytes: int = UNTOLD) -> None:
        width, height = recipe.model.input
        self.examples = list(examples)
        self.recipe = recipe
        self.labels = np.array([recipe.class_set.index(e.class_name) for e in examples], dtype=np.int64)
        self.boxes: list[NDArray[np.float32] | None] = [None] * len(self.examples)
        self.shape = (height, width, recipe.image.channels)
        held = min(len(self.examples), cache_bytes // (height * width * recipe.image.channels))
        self._cache = np.zeros((held, *self.shape), dtype=np.uint8)

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, index: int) -> NDArray[np.uint8]:
        """uint8 (H, W, C)."""
        if index < len(self._cache):
            held: NDArray[np.uint8] = self._cache[index]
            return held
        return self._read(index)

    def spread_out(self, most: int) -> ChipPixels:
        """At most so many of the chips, evenly from the first to the last, sharing what is in memory."""
        if most >= len(self):
            return self
        return self.chosen(np.linspace(0, len(self) - 1, most).round().astype(np.int64))

    def chosen(self, indices: NDArray[np.int64]) -> ChipPixels:
        """Some of the chips, sharing what is in memory."""
        return _Few(self, indices)

    def read(self) -> Iterator[Progress[Any]]:
        """Decode every chip once: fills the cache and places the boxes; a chip that can't be read stops it."""
        pace = Pace(len(self))
        for index in range(len(self)):
            pixels = self._read(index)
            if index < len(self._cache):
                self._cache[index] = pixels
            if index % 32 == 31 or index + 1 == len(self):
                yield Progress(index + 1, len(self), None, pace.seconds_left(index + 1), "reading")

    def _read(self, index: int) -> NDArray[np.uint8]:
        example, image = self.examples[index], self.recipe.image
        pixels = read_image(example.path, image.channels, image.bits, image)
        height, width = self.shape[:2]
        scale = (width / pixels.shape[1], height / pixels.shape[0])
        self.boxes[index] = input_boxes(example, scale)
        return fit(pixels, (width, height))


class _Few(ChipPixels):
    def __init__(self, whole: ChipPixels, chosen: NDArray[np.int64]) -> None:
        self._whole, self._chosen = whole, chosen
        self.examples = [whole.examples[i] for i in chosen]
        self.recipe, self.shape = whole.recipe, whole.shape
        self.labels = whole.labels[chosen]
        self.boxes = [whole.boxes[i] for i in chosen]

    def __getitem__(self, index: int) -> NDArray[np.uint8]:
        return self._whole[int(self._chosen[index])]


def input_boxes(example: Example, scale: tuple[float, float]) -> NDArray[np.float32] | None:
    """float32 (B, 4) in input pixels; a clicked point counts as a small box; None where nothing is known."""
    if example.boxes is not None:
        boxes = np.array(example.boxes, dtype=np.float32).reshape(-1, 4)
        return boxes * np.array([*scale, *scale], dtype=np.float32)
    if example.point is not None:
        x, y = example.point[0] * scale[0], example.point[1] * scale[1]
        return np.array([[x - POINT_BOX / 2, y - POINT_BOX / 2, POINT_BOX, POINT_BOX]], dtype=np.float32)
    return None


def balanced_weights(examples: Sequence[Example], power: float = 0.5) -> NDArray[np.float64]:
    """float64 (N,), sum 1: how often each chip is shown. A class n times larger is shown n**power times as often.

    The same holds for the sub-types of a class: a thin one is neither drowned nor learned by heart.
    """
    table = counts(examples)
    per_class = {name: sum(subtypes.values()) ** power for name, subtypes in table.items()}
    weights = []
    for e in examples:
        subtypes = table[e.class_name]
        share = subtypes[e.subtype] ** power / sum(n**power for n in subtypes.values())
        weights.append(per_class[e.class_name] * share / subtypes[e.subtype])
    made = np.array(weights, dtype=np.float64)
    whole: float = made.sum()
    return np.asarray(made / whole)


def draw(weights: NDArray[np.float64], number: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """int64 (number,): chips of one epoch, shuffled; each comes as often as its weight asks, rounded up or down."""
    places = (rng.random() + np.arange(number)) / number
    order = rng.permutation(len(weights))
    ends = np.cumsum(weights[order])
    chosen = order[np.minimum(np.searchsorted(ends / ends[-1], places), len(weights) - 1)]
    return rng.permutation(chosen).astype(np.int64)
