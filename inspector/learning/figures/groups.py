"""Figures by lot, by wafer and by sub-type."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from inspector.wafer import scores

if TYPE_CHECKING:
    from inspector.learning.figures.evaluation import Evaluation


@dataclass(frozen=True)
class WaferFigures:
    """The chips of one wafer. counts: int64 (K, K + 1). pass_fail: (TP, FN, FP, TN)."""

    lot: str
    wafer: str
    counts: NDArray[np.int64]
    pass_fail: tuple[int, int, int, int]

    @property
    def chips(self) -> int:
        return int(self.counts.sum())

    @property
    def agreement(self) -> float:
        """Pass/fail accuracy."""
        found, _, _, passed = self.pass_fail
        return (found + passed) / self.chips


@dataclass(frozen=True)
class LotFigures:
    """The wafers of one lot."""

    lot: str
    wafers: tuple[WaferFigures, ...]

    @property
    def whole(self) -> WaferFigures:
        """All chips of the lot."""
        found = (tuple(w.pass_fail[i] for w in self.wafers) for i in range(4))
        sums = [sum(f) for f in found]
        counts = np.stack([w.counts for w in self.wafers]).sum(0)
        return WaferFigures(self.lot, "", counts, (sums[0], sums[1], sums[2], sums[3]))

    @property
    def of_parts(self) -> bool:
        """Every wafer is one chip, so that a box of wafers would say nothing."""
        return all(w.chips == 1 for w in self.wafers)

    @property
    def box(self) -> tuple[float, float, float, float, float]:
        """Lowest, first quartile, median, third quartile and highest of the wafers' pass/fail accuracies."""
        low, first, middle, third, high = np.quantile([w.agreement for w in self.wafers], (0, 0.25, 0.5, 0.75, 1))
        return float(low), float(first), float(middle), float(third), float(high)


def lots(evaluation: Evaluation) -> list[LotFigures]:
    """Every lot whose name is known, by name, with its wafers."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, example in enumerate(evaluation.judged.examples):
        if example.lot:
            members[example.lot, example.wafer].append(i)
    found: dict[str, list[WaferFigures]] = defaultdict(list)
    for lot, wafer in sorted(members):
        here = members[lot, wafer]
        counts = scores.confusion(
            evaluation.judged.labels[here], evaluation.judged_class[here], len(evaluation.classes)
        )
        found[lot].append(WaferFigures(lot, wafer, counts, scores.pass_fail(counts, evaluation.classes.defect_mask)))
    return [LotFigures(lot, tuple(wafers)) for lot, wafers in found.items()]


def subtypes(evaluation: Evaluation) -> dict[str, dict[str, tuple[int, int]]]:
    """Per class and sub-type: (chips whose class was named rightly, chips). Chips without a sub-type are left out."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for example, wrong in zip(evaluation.judged.examples, evaluation.wrong, strict=False):
        if example.subtype:
            tally = found[example.class_name][example.subtype]
            tally[0] += int(not wrong)
            tally[1] += 1
    known = [name for name in evaluation.classes.names if name in found]
    return {name: {sub: (n[0], n[1]) for sub, n in sorted(found[name].items())} for name in known}
