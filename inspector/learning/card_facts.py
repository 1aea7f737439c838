"""The parts of a model's card: how it was trained, calibrated, and what it knows of its own limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TrainingFacts(Part):
    """How the model came to be. train, validation: chips per class and sub-type. minutes: of wall clock.

    lots: those that were learned from; None where nobody wrote them down. begun_from: digest of the model whose layers
    the network began with; "" where it began at random.
    """

    dataset: str
    train: dict[str, dict[str, int]]
    validation: dict[str, dict[str, int]]
    split: str
    epochs: int
    chips_seen: int
    minutes: float
    seed: int
    device: str
    versions: dict[str, str]
    command: str
    date: str
    lots: tuple[str, ...] | None = None
    begun_from: str = ""


class HalfPrecision(Part):
    """Whether bfloat16 judges as float32 does: over `chips`, how many change class, how far P(defect) moves at most."""

    chips: int
    flips: int
    largest_shift: float


class CalibrationFacts(Part):
    """What makes P(defect) mean something, where it was done anew after training.

    lots: of the chips, "" left out. shares: of the classes in the dataset; probabilities hold where chips come in these
    shares. offset: added to the logits of all defect classes. ece, accuracy, pass_fail_accuracy: on the same chips.
    """

    dataset: str
    date: str
    command: str
    chips: int
    lots: tuple[str, ...]
    shares: dict[str, float]
    offset: float
    ece: float | None
    accuracy: float | None
    pass_fail_accuracy: float | None


class NoveltyFacts(Part):
    """How the model knows what it never saw.

    known_from, known_chips: the dataset that says what is known, and how many of its chips. limit_from, limit_chips:
    the rightly judged chips that set the limits, those of each verdict its own; quantile of them lie below.
    novel_good: share of all good chips of that dataset that count as novel.
    """

    known_from: str
    known_chips: int
    limit_from: str
    limit_chips: int
    quantile: float
    novel_good: float | None
    note: str = ""


class ReviewFacts(Part):
    """P(defect) from low to high is borderline. How the two were chosen, and what they do to the calibration chips.

    accepted: chips that nobody looks at; escapes: defects among them; bound: the exact one-sided upper 95 % bound of
    escapes / accepted. proven: bound <= max_escape. expected_escape: share of the defects that are accepted.
    expected_overkill: share of the good chips that are judged a defect. asked_good: share of the good chips that a
    person sees. All at the dataset's shares of classes.
    """

    low: Annotated[float, Field(ge=0, le=1)]
    high: Annotated[float, Field(ge=0, le=1)]
    proven: bool
    max_escape: float
    max_asked: float
    chips: int
    accepted: int
    escapes: int
    bound: float
    expected_escape: float | None
    expected_overkill: float | None
    asked_good: float | None
    dataset: str
    date: str
    note: str
