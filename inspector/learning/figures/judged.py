"""What a model said of labelled chips, chip by chip: the columns from which every figure is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.manifest import Example
from inspector.wafer.review import ReviewReason


@dataclass(frozen=True)
class Told:
    """What is kept of one judgement.

    row: float32 (K,) probabilities, not a number where undecided. reason: why it wants eyes. novelty: 1.0 is the
    model's limit. peak: (x, y) in chip pixels. warmest: strongest evidence for any defect, 0 to 255.
    distance: pixels from the peak to the nearest true box. energy: share of the judged class's heat in the boxes.
    Both are not a number where they mean nothing. shown: the map that an operator sees, kept for wrong chips only.
    """

    row: NDArray[np.float32]
    reason: ReviewReason | None
    novelty: float
    peak: tuple[float, float]
    warmest: float
    distance: float
    energy: float
    shown: NDArray[np.uint8] | None


@dataclass(frozen=True)
class JudgedChips:
    """N chips as columns. labels: int64 (N,), true classes. rows: float32 (N, K). examples: N or, unknown, none.

    peaks: float32 (N, 2). warmest, distance, energy, novelty: float32 (N,), as in `Told`.
    fall: float32 (N,), by how much the judged class's log-odds fell when its hot cells were covered; not a number
    where that was not tried. bits: of the chips' files, as the recipe says.
    """

    rows: NDArray[np.float32]
    labels: NDArray[np.int64]
    reasons: tuple[ReviewReason | None, ...]
    novelty: NDArray[np.float32]
    peaks: NDArray[np.float32]
    warmest: NDArray[np.float32]
    distance: NDArray[np.float32]
    energy: NDArray[np.float32]
    fall: NDArray[np.float32]
    shown: tuple[NDArray[np.uint8] | None, ...]
    examples: tuple[Example, ...] = ()
    bits: int = 16

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def from_told(
        cls,
        told: Sequence[Told],
        labels: NDArray[np.int64],
        examples: Sequence[Example],
        fall: NDArray[np.float32] | None = None,
        bits: int = 16,
    ) -> JudgedChips:
        """Columns of judgements in the order of their chips."""

        def column(values: Sequence[float]) -> NDArray[np.float32]:
            return np.array(values, dtype=np.float32)

        return cls(
            np.stack([t.row for t in told]),
            labels,
            tuple(t.reason for t in told),
            column([t.novelty for t in told]),
            np.array([t.peak for t in told], dtype=np.float32),
            column([t.warmest for t in told]),
            column([t.distance for t in told]),
            column([t.energy for t in told]),
            unknown(len(told)) if fall is None else fall,
            tuple(t.shown for t in told),
            tuple(examples),
            bits,
        )

    @property
    def borderline(self) -> NDArray[np.bool_]:
        """bool (N,): the truth says that the chip lies near a limit of the criteria."""
        if not self.examples:
            return np.zeros(len(self), dtype=bool)
        return np.array([e.borderline for e in self.examples], dtype=bool)

    def part(self, chosen: NDArray[np.bool_]) -> JudgedChips:
        """The chips where `chosen`, bool (N,), is true."""
        places = np.flatnonzero(chosen)
        return JudgedChips(
            self.rows[places],
            self.labels[places],
            tuple(self.reasons[i] for i in places),
            self.novelty[places],
            self.peaks[places],
            self.warmest[places],
            self.distance[places],
            self.energy[places],
            self.fall[places],
            tuple(self.shown[i] for i in places),
            tuple(self.examples[i] for i in places) if self.examples else (),
            self.bits,
        )

    @classmethod
    def joined(cls, parts: Sequence[JudgedChips]) -> JudgedChips:
        """The chips of all parts, one after the other; examples only where every part knows its own."""
        known = all(p.examples or not len(p) for p in parts)
        return cls(
            np.concatenate([p.rows for p in parts]),
            np.concatenate([p.labels for p in parts]),
            tuple(r for p in parts for r in p.reasons),
            np.concatenate([p.novelty for p in parts]),
            np.concatenate([p.peaks for p in parts]),
            np.concatenate([p.warmest for p in parts]),
            np.concatenate([p.distance for p in parts]),
            np.concatenate([p.energy for p in parts]),
            np.concatenate([p.fall for p in parts]),
            tuple(s for p in parts for s in p.shown),
            tuple(e for p in parts for e in p.examples) if known else (),
            max(p.bits for p in parts),
        )


def unknown(number: int) -> NDArray[np.float32]:
    """float32 (number,) of not a number."""
    return np.full(number, np.nan, dtype=np.float32)
