"""A second look at doubtful chips: mirrored in every way that the recipe calls the same chip, the evidence averaged.

A chip near pass or fail is judged by little: where the blocks of the stem happen to cut a faint mark, which way its
noise leans. Mirrored views disagree about that and agree about the mark. Few chips are doubtful: it costs little.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from inspector.learning.network import Evidence, JudgingNetwork
from inspector.wafer.classes import ClassSet

DOUBT = 2.2  # log-odds of a defect before calibration; what is nearer to 0 (P between 0.1 and 0.9) is doubtful
_AXES = {"horizontal": 3, "vertical": 2}  # of (N, C, H, W) and of (N, K, h, w)


class SecondLook:
    """A network that looks again where it doubts: chips as `JudgingNetwork` takes them -> Evidence.

    Of a doubtful chip maps and logits are the means over the views, each view's maps turned back; its features stay
    those of the first look. flips: the recipe's; without any there is one look.
    """

    def __init__(self, network: JudgingNetwork, classes: ClassSet, flips: Sequence[str]) -> None:
        self.network = network
        self._defect = torch.from_numpy(classes.defect_mask)
        axes = list(dict.fromkeys(_AXES[flip] for flip in flips))  # a recipe may name one twice
        self._views = [(axis,) for axis in axes] + ([tuple(axes)] if len(axes) > 1 else [])

    def __call__(self, chips: Tensor) -> Evidence:
        seen = self.network(chips)
        again = self._doubtful(seen.logits) if self._views else []
        if not again:
            return seen
        maps, logits = seen.maps.float().clone(), seen.logits.float().clone()
        for view in self._views:
            other = self.network(chips[again].flip(view))
            maps[again] += other.maps.float().flip(view)
            logits[again] += other.logits.float()
        maps[again] /= len(self._views) + 1
        logits[again] /= len(self._views) + 1
        return Evidence(maps, logits, seen.features)

    def _doubtful(self, logits: Tensor) -> list[int]:
        defect = self._defect.to(logits.device)
        odds = logits[:, defect].float().logsumexp(1) - logits[:, ~defect].float().logsumexp(1)
        return torch.nonzero(odds.abs() < DOUBT).flatten().tolist()
