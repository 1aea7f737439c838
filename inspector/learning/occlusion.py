"""Asks a model again with the hot cells covered: is what the heat shows what the judgement rests on?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.cover import Place, covered
from inspector.imaging.heat import COLD_BELOW, defect_evidence, hot_boxes
from inspector.learning.batches import ahead
from inspector.wafer.classes import ClassSet
from inspector.wafer.judgement import Classifier, Judgement


def falls(
    classifier: Classifier, classes: ClassSet, read: Callable[[int], NDArray[np.uint8]], chosen: Sequence[int]
) -> Iterator[list[tuple[int, float]]]:
    """(chip, fall of the judged class's log-odds) for the chosen chips, batch by batch.

    read: a chip's pixels at the input size. Each chip is judged as it is and with its hot cells covered by its own
    surface. The fall of a chip that is undecided either time is minus infinity: the heat did not explain it.
    """
    size = classifier.batch_size
    groups = [chosen[i : i + size] for i in range(0, len(chosen), size)]
    for group, chips in ahead(lambda g: (g, np.stack([read(i) for i in g])), groups):
        before = classifier.judge(chips)
        without = np.stack([_without_heat(c, j, classes) for c, j in zip(chips, before, strict=True)])
        after = classifier.judge(without)
        yield [(i, _fall(b, a, classes)) for i, b, a in zip(group, before, after, strict=True)]


def _fall(before: Judgement, after: Judgement, classes: ClassSet) -> float:
    if before.class_name is None or after.class_name is None:
        return -math.inf
    index = classes.index(before.class_name)
    return log_odds(before.probabilities, index) - log_odds(after.probabilities, index)


def log_odds(probabilities: NDArray[np.float32], index: int) -> float:
    """log(p / sum of the others); the others are added up themselves, for 1 - p would be lost in float32."""
    row = probabilities.astype(np.float64)
    others = float(np.delete(row, index).sum())
    return math.log(max(float(row[index]), 1e-300)) - math.log(max(others, 1e-300))


def _without_heat(chip: NDArray[np.uint8], judgement: Judgement, classes: ClassSet) -> NDArray[np.uint8]:
    """uint8 (H, W, C): all hot cells of the judged class, with a cell's margin, covered."""
    if judgement.class_name is None:
        return chip
    warm = (defect_evidence(judgement.evidence, classes.defect_mask) >= COLD_BELOW).astype(np.uint8)
    warm = cv2.resize(warm, (chip.shape[1], chip.shape[0]), interpolation=cv2.INTER_NEAREST)
    for place in hot_places(judgement, classes.index(judgement.class_name), chip.shape):
        chip = covered(chip, place, warm.astype(bool))
    return chip


def hot_places(judgement: Judgement, index: int, shape: tuple[int, ...]) -> list[Place]:
    """(x, y, width, height) in input pixels: the hot boxes of a class and one cell around each, within the chip.

    All of them: of two marks, or a scratch that is hot at both ends, each alone would keep the judgement up. Where
    even the peak is below the scale, the peak's own cell stands for the boxes.
    """
    height, width = shape[:2]
    evidence = judgement.evidence[index]
    across, down = width / evidence.shape[1], height / evidence.shape[0]
    x, y = judgement.peak
    boxes = hot_boxes(evidence, (width, height), judgement.peak)
    places = []
    for box in boxes or [(x // across * across, y // down * down, across, down)]:
        left, top = max(0, math.floor(box[0] - across)), max(0, math.floor(box[1] - down))
        right = min(width, math.ceil(box[0] + box[2] + across))
        bottom = min(height, math.ceil(box[1] + box[3] + down))
        places.append((left, top, right - left, bottom - top))
    return places
