"""How well the evidence lies on the true defects, and how cold it leaves good chips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.heat import COLD_BELOW
from inspector.learning.figures.judged import JudgedChips
from inspector.wafer import scores
from inspector.wafer.classes import ClassSet
from inspector.wafer.manifest import Box

NEAR = 16.0  # chip pixels from the peak to the nearest true box


@dataclass(frozen=True)
class HeatScores:
    """located: rightly judged defect chips whose truth has boxes; near: those whose peak is within NEAR of one.

    energy, median_energy: of those, the share of the judged class's heat in the boxes' cells and their neighbours.
    covered: on how many the hot cells were covered; fell: on how many the log-odds of the judged class fell.
    cold: per good class, (chips whose strongest evidence for any defect is below a fifth of the scale, chips).
    """

    located: int
    near: int
    energy: float | None
    median_energy: float | None
    covered: int
    fell: int
    cold: dict[str, tuple[int, int]]

    @property
    def cold_good(self) -> tuple[int, int]:
        """(cold, all) good chips."""
        return sum(c for c, _ in self.cold.values()), sum(n for _, n in self.cold.values())


def heat_scores(judged: JudgedChips, judged_class: NDArray[np.int64], classes: ClassSet) -> HeatScores | None:
    """None where no map was looked at. judged_class: int64 (N,), -1 undecided."""
    if not np.isfinite(judged.warmest).any():
        return None
    defect = classes.defect_mask[judged.labels]
    right = defect & (judged_class == judged.labels)
    located = right & np.isfinite(judged.distance)
    tried = right & np.isfinite(judged.warmest) & ~np.isnan(judged.fall)
    energy = judged.energy[located]
    cold = {}
    for index, name in enumerate(classes.names):
        chips = judged.warmest[judged.labels == index]
        if not classes.defect_mask[index] and len(chips):
            cold[name] = (int((chips < COLD_BELOW).sum()), len(chips))
    return HeatScores(
        located=int(located.sum()),
        near=int((judged.distance[located] <= NEAR).sum()),
        energy=float(energy.mean()) if len(energy) else None,
        median_energy=float(np.median(energy)) if len(energy) else None,
        covered=int(tried.sum()),
        fell=int((judged.fall[tried] > 0).sum()),
        cold=cold,
    )


def scores_json(found: HeatScores) -> dict[str, object]:
    """The key "heat" of evaluation.json."""
    cold, good = found.cold_good
    return {
        "located": found.located,
        "peak_near": scores.ratio(found.near, found.located),
        "near_px": NEAR,
        "energy_in_boxes": found.energy,
        "median_energy_in_boxes": found.median_energy,
        "covered": found.covered,
        "covering_lowers": scores.ratio(found.fell, found.covered),
        "good": good,
        "good_cold": scores.ratio(cold, good),
        "cold_below": COLD_BELOW / 255,
        "good_cold_by_class": {name: scores.ratio(c, n) for name, (c, n) in found.cold.items()},
    }


def distance_to_boxes(point: tuple[float, float], boxes: Sequence[Box]) -> float:
    """Pixels from a point to the nearest box; 0 inside one."""
    x, y = point
    apart = (np.hypot(max(bx - x, 0.0, x - bx - bw), max(by - y, 0.0, y - by - bh)) for bx, by, bw, bh in boxes)
    return float(min(apart))


def energy_in_boxes(evidence: NDArray[np.uint8], size: tuple[int, int], boxes: Sequence[Box]) -> float:
    """Share of a map's evidence in the cells that a box touches and in their neighbours; 0 where all is cold.

    evidence: uint8 (h, w) over a chip of size (width, height) in the pixels of the boxes.
    """
    rows, columns = evidence.shape
    across, down = size[0] / columns, size[1] / rows
    inside = np.zeros(evidence.shape, dtype=bool)
    for x, y, width, height in boxes:
        left, top = max(0, math.floor(x / across) - 1), max(0, math.floor(y / down) - 1)
        inside[top : math.ceil((y + height) / down) + 1, left : math.ceil((x + width) / across) + 1] = True
    whole = float(evidence.sum(dtype=np.int64))
    return float(evidence[inside].sum(dtype=np.int64)) / whole if whole else 0.0
