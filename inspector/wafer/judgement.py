"""The machine's answer on one chip, and what anything that judges chips must be able to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.classes import ClassSet
from inspector.wafer.review import ReviewLimits


@dataclass(frozen=True)
class Judgement:
    """The machine's answer on one chip, with the evidence that it rests on.

    class_name: None where the network's output was not finite: undecided, never a class.
    probabilities: float32 (K,), calibrated, in the order of the recipe's classes; zeros when undecided.
    peak: (x, y) in chip pixels, the strongest evidence for the judged class.
    evidence: uint8 (K, h, w), one map per class on the model's fixed scale (0 cold, 255 at or above the scale's top).
    novelty: how far the chip is from all that the model has learned from; 1 is the model's limit, above it the chip is
    novel. 0 from a model that does not know, not a number when undecided.
    """

    class_name: str | None
    probabilities: NDArray[np.float32]
    p_defect: float
    peak: tuple[float, float]
    evidence: NDArray[np.uint8]
    novelty: float = 0.0

    def __post_init__(self) -> None:
        if self.evidence.dtype != np.uint8 or self.evidence.ndim != 3:
            raise ValueError(f"evidence must be uint8 (K, h, w), got {self.evidence.dtype} {self.evidence.shape}")
        if self.probabilities.shape != self.evidence.shape[:1]:
            raise ValueError("probabilities and evidence must have the same number of classes")


@dataclass(frozen=True)
class ModelFacts:
    """What the record keeps about the model behind a judgement.

    digest: sha256 of the weights. heat_scale: (low, high) in the network's own units of evidence.
    review_limits: the model's own, by which its judgements want eyes where the recipe gives none by hand; None where it
    has none.
    """

    name: str
    digest: str
    heat_scale: tuple[float, float]
    classes: tuple[str, ...]
    device: str
    review_limits: ReviewLimits | None = None


class Classifier(Protocol):
    """Judges batches of chips; everything that crosses this line is numpy."""

    @property
    def facts(self) -> ModelFacts: ...

    @property
    def input_size(self) -> tuple[int, int]:
        """(width, height) in pixels that a chip is fitted to before it is judged."""
        ...

    @property
    def channels(self) -> int: ...

    @property
    def batch_size(self) -> int:
        """How many chips to hand over at once."""
        ...

    def judge(self, chips: NDArray[np.uint8]) -> Sequence[Judgement]:
        """uint8 (N, H, W, C) at the input size -> N judgements, peaks in input pixels."""
        ...


def choose_class(probabilities: NDArray[np.float32], classes: ClassSet) -> tuple[str | None, float]:
    """The judged class and P(defect) from one row of calibrated probabilities.

    Pass or fail comes first, because that is the decision that costs money: P(defect) is the sum over the defect
    classes, the chip fails at 0.5 or more, and the class is the likeliest one on that side. A row that is not finite
    gives (None, nan): undecided.
    """
    if not np.isfinite(probabilities).all():
        return None, float("nan")
    p_defect = float(probabilities[classes.defect_mask].sum())
    side = classes.defect_mask if p_defect >= 0.5 else ~classes.defect_mask
    best = int(np.argmax(np.where(side, probabilities, -1.0)))
    return classes.names[best], p_defect
