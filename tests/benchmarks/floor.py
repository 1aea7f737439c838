"""The floor: classical features and logistic regression on the chips that the network learns from.

If this comes near the network, the data are a toy. Two sets of features compete on lots kept back from training, so
that it is a fair try: "small" (HOG, LBP, greys of a reduced chip, as in textbooks) and "full" (besides, LBP at full
resolution and the strongest small blobs and lines per place, at four scales, after the chip's own stripes are off).

python tests/benchmarks/floor.py TRAIN [TEST ...] --recipe R [--model M] [--chips 3000] [--test-chips 2000]

The last 8 lots of TRAIN are never learned from and tested first, at the class shares of TRAIN; then each TEST, at its
own.
Needs the extra "bench" (scikit-learn).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from inspector.cli.show import find_recipe
from inspector.imaging import cv2
from inspector.imaging.chips import fit
from inspector.imaging.source import read_image
from inspector.learning.dataset import checked, learning_part, part_for_test
from inspector.wafer.classes import ClassSet
from inspector.wafer.manifest import Example, read_dataset
from inspector.wafer.recipe import Recipe
from inspector.wafer.scores import (
    accuracy,
    balanced_pass_fail,
    confusion,
    macro_recall,
    pass_fail_accuracy,
    recalls,
)

STRENGTHS = (1e-4, 1e-3, 1e-2)  # C of the logistic regression
HELD_LOTS = 8
GRID = 8  # places per side for pooled features
SCALES = 4  # sizes of marks, each twice the one before, from about 2 px on
STRONGEST = 12  # responses kept of each scale and sign, wherever they lie


def _uniform_codes() -> NDArray[np.uint8]:
    """uint8 (256,): a number for each of the 58 patterns with at most two changes around the circle, 58 for others."""
    codes = np.full(256, 58, dtype=np.uint8)
    patterns = [p for p in range(256) if bin(p ^ ((p >> 1) | ((p & 1) << 7))).count("1") <= 2]
    codes[patterns] = np.arange(58)
    return codes


UNIFORM = _uniform_codes()
_AROUND = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))


def lbp(grey: NDArray[np.uint8], grid: int) -> NDArray[np.float32]:
    """float32 (grid * grid * 59,): histograms of uniform local binary patterns (Ojala 2002), each of sum 1."""
    height, width = grey.shape[0] - 2, grey.shape[1] - 2
    centre = grey[1:-1, 1:-1]
    pattern = np.zeros((height, width), dtype=np.uint8)
    for bit, (y, x) in enumerate(_AROUND):
        pattern |= (grey[y : y + height, x : x + width] >= centre).view(np.uint8) << np.uint8(bit)
    codes = cv2.LUT(pattern, UNIFORM)
    cells = [c for row in np.array_split(codes, grid, 0) for c in np.array_split(row, grid, 1)]
    counted = [cv2.calcHist([np.ascontiguousarray(c)], [0], None, [59], [0, 59]).ravel() / c.size for c in cells]
    return np.concatenate(counted).astype(np.float32)


def hog(grey: NDArray[np.uint8], side: int, cell: int) -> NDArray[np.float32]:
    """Histograms of oriented gradients (Dalal 2005), 9 directions, of the reduced chip.

    Blocks of 2 x 2 cells, one cell apart, each of length 1 after clipping at 0.2. OpenCV 5 has no such descriptor.
    """
    small = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    across, down = (cv2.Sobel(small, cv2.CV_32F, *d, ksize=1) for d in ((1, 0), (0, 1)))
    strength = np.hypot(across, down)
    angle = np.arctan2(down, across) % np.pi * (9 / np.pi)
    lower = np.floor(angle)
    part = angle - lower
    cells = side // cell
    histograms = np.zeros((9, cells, cells), dtype=np.float32)
    for direction in range(9):
        share = np.where(lower % 9 == direction, 1 - part, 0) + np.where((lower + 1) % 9 == direction, part, 0)
        histograms[direction] = (strength * share).reshape(cells, cell, cells, cell).sum((1, 3))
    corners = [histograms[:, y : cells - 1 + y, x : cells - 1 + x] for y in (0, 1) for x in (0, 1)]
    blocks = np.concatenate(corners)
    blocks /= np.linalg.norm(blocks, axis=0) + 1e-3
    blocks = np.minimum(blocks, 0.2)
    return np.asarray(blocks / (np.linalg.norm(blocks, axis=0) + 1e-3), dtype=np.float32).ravel()


def strongest_marks(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The strongest dark and bright marks of each scale per place of a grid, and the strongest ones wherever they lie.

    Rows and columns first lose their own mean: stripes and streets would outshine every mark.
    """
    plain = grey.astype(np.float32)
    plain -= plain.mean(0, keepdims=True)
    plain -= plain.mean(1, keepdims=True)
    found: list[NDArray[np.float32]] = []
    fine = cv2.GaussianBlur(plain, (0, 0), 0.8)
    for _ in range(SCALES):
        coarse = cv2.GaussianBlur(fine, (0, 0), 1.6)
        marks = fine - coarse
        cells = [c for row in np.array_split(marks, GRID, 0) for c in np.array_split(row, GRID, 1)]
        noise = float(np.median([c.std() for c in cells])) + 1e-3
        cells = [c / noise for c in cells]  # lots differ in noise and focus
        for pooled in ([c.max() for c in cells], [-c.min() for c in cells]):
            found += [np.array(pooled), np.sort(pooled)[::-1][:STRONGEST]]
        found.append(np.array([c.std() for c in cells]))
        fine = cv2.resize(coarse, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.concatenate(found).astype(np.float32)


def small_features(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """HOG with two cell sizes, LBP on a grid and greys, all of the reduced chip."""
    reduced = cv2.resize(grey, (256, 256), interpolation=cv2.INTER_AREA)
    greys = cv2.calcHist([reduced], [0], None, [64], [0, 256]).ravel() / reduced.size
    return np.concatenate([hog(grey, 128, 16), hog(grey, 64, 16), lbp(reduced, 4), greys]).astype(np.float32)


def full_features(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the reduced chip no longer shows."""
    return np.concatenate([lbp(grey, 4), strongest_marks(grey)])


@dataclass(frozen=True)
class Chips:
    """small: float32 (N, F). full: float32 (N, G). labels: int64 (N,)."""

    examples: Sequence[Example]
    small: NDArray[np.float32]
    full: NDArray[np.float32]
    labels: NDArray[np.int64]

    def of(self, kind: str, rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """The features of one kind."""
        return self.small[rows] if kind == "small" else np.concatenate([self.small[rows], self.full[rows]], axis=1)


def read_chips(examples: Sequence[Example], recipe: Recipe, name: str) -> Chips:
    """Features of every chip, at the recipe's input size."""
    small, full, start = [], [], time.process_time()
    for example in examples:
        pixels = fit(read_image(example.path, recipe.image.channels, recipe.image.bits), recipe.model.input)
        grey = np.ascontiguousarray(
            pixels[:, :, 0] if pixels.shape[2] == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        )
        small.append(small_features(grey))
        full.append(full_features(grey))
    seconds = (time.process_time() - start) / len(examples)
    say(f"{name}: {len(examples)} chips, {seconds:.3f} CPU-seconds each to read and describe")
    labels = np.array([recipe.class_set.index(e.class_name) for e in examples], dtype=np.int64)
    return Chips(examples, np.array(small), np.array(full), labels)


def say(text: str) -> None:
    """One line on stdout."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def group(example: Example) -> str:
    """What is kept back whole: the lot, else the file."""
    return example.lot or example.path.stem


def chosen(examples: Sequence[Example], number: int) -> list[Example]:
    """So many chips by chance, always the same ones."""
    order = np.random.default_rng(0).permutation(len(examples))[:number]
    return [examples[i] for i in sorted(order)]


def fitted(features: NDArray[np.float32], labels: NDArray[np.int64], strength: float) -> Pipeline:
    """Standardised features, logistic regression over all classes at once."""
    made = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=400))
    return made.fit(features, labels)


def best_floor(train: Chips) -> tuple[str, Pipeline]:
    """The features and the strength that do best on a fifth of the lots, fitted again on all."""
    groups = sorted({group(e) for e in train.examples})
    held = set(np.random.default_rng(1).permutation(groups)[: max(1, len(groups) // 5)])
    is_held = np.array([group(e) in held for e in train.examples])
    learn, check = np.flatnonzero(~is_held), np.flatnonzero(is_held)
    tried: list[tuple[float, str, float]] = []
    for kind in ("small", "full"):
        for strength in STRENGTHS:
            judged = fitted(train.of(kind, learn), train.labels[learn], strength).predict(train.of(kind, check))
            tried.append((float(np.mean(judged == train.labels[check])), kind, strength))
        score, _, strength = max(t for t in tried if t[1] == kind)
        say(f"  {kind:5s} features: {score:.1%} of the {len(check)} chips kept back, C = {strength:g}")
    _, kind, strength = max(tried)
    return kind, fitted(train.of(kind), train.labels, strength)


def show(name: str, labels: NDArray[np.int64], judged: NDArray[np.int64], classes: ClassSet) -> None:
    """The figures of one judge; macro-recall is the accuracy that even class shares would give."""
    table = confusion(labels, judged, len(classes))
    figures = (
        ("all classes", accuracy(table)),
        ("macro-recall", macro_recall(table)),
        ("pass/fail", pass_fail_accuracy(table, classes.defect_mask)),
        ("balanced", balanced_pass_fail(table, classes.defect_mask)),
    )
    say(f"{name:12s} " + "  ".join(f"{n} {'-' if v is None else f'{v:.2%}'}" for n, v in figures))
    per_class = zip(classes.names, recalls(table), strict=True)
    say(f"{'':12s} recall " + "  ".join(f"{n} {'-' if r is None else f'{r:.1%}'}" for n, r in per_class))


def judged_by_model(model: Path, examples: Sequence[Example], recipe: Recipe) -> NDArray[np.int64]:
    """int64 (N,): the model's class of each chip, -1 where it is undecided."""
    from inspector.learning.classifier import load_classifier

    classifier = load_classifier(model, recipe, "cpu")
    judged = []
    for example in examples:
        pixels = fit(read_image(example.path, recipe.image.channels, recipe.image.bits), classifier.input_size)
        name = classifier.judge(pixels[None])[0].class_name
        judged.append(-1 if name is None else recipe.class_set.index(name))
    return np.array(judged, dtype=np.int64)


def main() -> None:
    """Print the floor's figures, and a model's beside them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("train", type=Path)
    options.add_argument("test", type=Path, nargs="*")
    options.add_argument("--recipe", required=True)
    options.add_argument("--model", type=Path)
    options.add_argument("--chips", type=int, default=3000)
    options.add_argument("--test-chips", type=int, default=2000)
    asked = options.parse_args()
    cv2.setNumThreads(1)
    recipe = find_recipe(asked.recipe)
    learning = checked(learning_part(read_dataset(asked.train)), asked.train, recipe)
    lots = sorted({group(e) for e in learning})
    last = set(lots[-min(HELD_LOTS, max(1, len(lots) // 5)) :])
    tests = [(f"the last {len(last)} lots of {asked.train.name}", [e for e in learning if group(e) in last])]
    learning = [e for e in learning if group(e) not in last]
    tests += [(str(t), checked(part_for_test(read_dataset(t), t), t, recipe)) for t in asked.test]
    train = read_chips(chosen(learning, asked.chips), recipe, "train")
    kind, floor = best_floor(train)
    for name, examples in tests:
        test = read_chips(chosen(examples, asked.test_chips), recipe, name)
        say(f"{name}: {len(test.examples)} chips, floor with the {kind} features")
        show("floor", test.labels, floor.predict(test.of(kind)), recipe.class_set)
        if asked.model:
            show("model", test.labels, judged_by_model(asked.model, test.examples, recipe), recipe.class_set)


if __name__ == "__main__":
    main()
