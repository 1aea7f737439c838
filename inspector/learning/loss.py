"""What counts as wrong: the class, pass or fail, and, where somebody located a mark, the cells of the map."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from inspector.learning.network import Evidence

IGNORED = -1
BACKGROUND = -2
NO_DEFECT = -3  # beside a located defect: perhaps a good mark, which nobody located there
PASS_FAIL_WEIGHT = 0.5
HARD_SHARE = 1 / 64  # of the bare cells, the worst, count as much as all of them: one false alarm spoils a chip
BOX_SHARE = 0.25  # of a large box's cells must show the class: a slanting scratch fills little of its box


@dataclass(frozen=True)
class Target:
    """What is known about a batch.

    classes: int64 (N,), IGNORED where the chip's class does not hold for what is shown.
    cells: int64 (N, h, w), a class, BACKGROUND, NO_DEFECT or IGNORED for each cell of the maps.
    """

    classes: Tensor
    cells: Tensor

    def to(self, device: str) -> Target:
        return Target(self.classes.to(device, non_blocking=True), self.cells.to(device, non_blocking=True))


@dataclass(frozen=True)
class LossRule:
    """defect: bool (K,). located: bool (K,), classes that somebody has located somewhere in the training chips.

    Only located classes take part in the cell loss. The class of a chip without any mark is then simply what is left
    when no map shows anything.
    """

    defect: Tensor
    located: Tensor
    smoothing: float = 0.02

    def to(self, device: str) -> LossRule:
        return LossRule(self.defect.to(device), self.located.to(device), self.smoothing)

    def __call__(self, seen: Evidence, target: Target) -> Tensor:
        """The scalar loss of a batch."""
        loss = seen.logits.sum() * 0.0
        known = target.classes != IGNORED
        if bool(known.any()):
            logits, classes = seen.logits[known].float(), target.classes[known]
            loss = loss + functional.cross_entropy(logits, classes, label_smoothing=self.smoothing)
            loss = loss + PASS_FAIL_WEIGHT * self._pass_fail(logits, classes)
        if bool(self.located.any()) and bool((target.cells != IGNORED).any()):
            loss = loss + self._cells(seen.maps.float(), target.cells)
        return loss

    def _pass_fail(self, logits: Tensor, classes: Tensor) -> Tensor:
        """Cross entropy of P(defect), the sum over the defect classes."""
        score = logits[:, self.defect].logsumexp(1) - logits[:, ~self.defect].logsumexp(1)
        return functional.binary_cross_entropy_with_logits(score, self.defect[classes].float())

    def _cells(self, maps: Tensor, cells: Tensor) -> Tensor:
        """Cross entropy against (nothing, classes): means of the bare cells, the worst of them, and located cells."""
        inner = maps.masked_fill(~self.located[None, :, None, None], -torch.inf)
        nothing = torch.zeros_like(inner[:, :1])
        log_p = torch.cat([nothing, inner], dim=1).log_softmax(1)  # (N, 1 + K, h, w)
        harmless = torch.cat([torch.zeros(1, dtype=torch.bool, device=maps.device), self.defect]).logical_not()
        log_good = log_p[:, harmless].logsumexp(1)
        background = cells == BACKGROUND
        bare = background | (cells == NO_DEFECT)
        loss = maps.sum() * 0.0
        if bool(bare.any()):
            wrong = -torch.where(background, log_p[:, 0], log_good)[bare]
            loss = loss + wrong.mean() + wrong.topk(math.ceil(HARD_SHARE * len(wrong))).values.mean()
        shown = [
            part
            for n in torch.nonzero((cells >= 0).flatten(1).any(1)).flatten().tolist()
            for part in self._located_cells(log_p[n], cells[n])
        ]
        if shown:
            loss = loss - torch.cat(shown).mean()
        return loss

    def _located_cells(self, log_p: Tensor, cells: Tensor) -> list[Tensor]:
        """log P of the marked class on the cells that show it best, for one chip: (1 + K, h, w), (h, w)."""
        found = []
        for c in torch.unique(cells[cells >= 0]).tolist():
            here = log_p[1 + c][cells == c]
            found.append(here.topk(max(min(4, len(here)), int(BOX_SHARE * len(here)))).values)
        return found
