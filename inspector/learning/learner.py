"""One network while it learns: steps, its running average, and what a step that goes wrong is answered with."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn

from inspector.learning.batches import Batch
from inspector.learning.device import has_fast_bfloat16, mixed_precision
from inspector.learning.loss import LossRule
from inspector.learning.network import JudgingNetwork
from inspector.learning.ranks import Ranks
from inspector.wafer.errors import ModelError

AVERAGE = 0.998
CLIP = 5.0
DECAY = 0.02
BAD_IN_A_ROW = 20


class Learner:
    """`network` learns; `average` is its exponential average, which is what is judged with."""

    def __init__(self, network: JudgingNetwork, rule: LossRule, ranks: Ranks) -> None:
        self.ranks = ranks
        self.device = device = ranks.device
        self.half = has_fast_bfloat16(device)
        self.network = network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).eval().requires_grad_(False)
        self._face = ranks.together(self.network)
        self.rule = rule.to(device)
        self.optimizer = torch.optim.AdamW(_groups(self.network), lr=1e-3, betas=(0.9, 0.98))
        self.steps = 0
        self.ease = 1.0  # lowers the learning rate after steps that were not finite
        self._bad = 0

    def step(self, batch: Batch, rate: float) -> float | None:
        """Learn from one batch, or from this process's rows of it; the loss of the whole batch.

        None for a step that was left out because it was not finite with somebody.
        """
        for group in self.optimizer.param_groups:
            group["lr"] = rate * self.ease
        self.network.train()
        self.ranks.tell(self.network, batch.whole)
        self.optimizer.zero_grad(set_to_none=True)
        chips = batch.chips.to(self.device, non_blocking=True)
        with mixed_precision(self.device, self.half):
            seen = self._face(chips, None if batch.level is None else batch.level.to(self.device))
        loss = self.rule(*self.ranks.whole(seen, batch.target.to(self.device), batch.whole))
        (loss * self.ranks.number).backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        value = float(loss.detach())
        if self.ranks.anyone(not math.isfinite(value) or not math.isfinite(float(norm))):
            self._leave_out()
            return None
        self._bad = 0
        self.optimizer.step()
        self.steps += 1
        self._follow()
        return value

    def _leave_out(self) -> None:
        """A step that is not finite: back to the average, a lower rate, after ten of them in a row no bfloat16."""
        self.optimizer.zero_grad(set_to_none=True)
        self._bad += 1
        self.ease *= 0.7
        self.network.load_state_dict(self.average.state_dict())  # a forward pass may have spoiled the running norms
        if self._bad == BAD_IN_A_ROW // 2:
            self.half = False
        if self._bad >= BAD_IN_A_ROW:
            raise ModelError(
                f"The training stopped: {self._bad} steps in a row were not finite; "
                "lower training.learning_rate in the recipe and train again."
            )

    @torch.no_grad()
    def _follow(self) -> None:
        keep = min(AVERAGE, (1 + self.steps) / (10 + self.steps))
        for mean, now in zip(_tensors(self.average), _tensors(self.network), strict=True):
            if mean.is_floating_point():
                mean.lerp_(now, 1.0 - keep)
            else:
                mean.copy_(now)


def _tensors(network: nn.Module) -> list[Tensor]:
    return [*network.parameters(), *network.buffers()]


def _groups(network: nn.Module) -> list[dict[str, object]]:
    """Weights decay; biases, norms and the classes' own numbers do not."""
    matrices = [p for p in network.parameters() if p.dim() > 1]
    rest = [p for p in network.parameters() if p.dim() <= 1]
    return [{"params": matrices, "weight_decay": DECAY}, {"params": rest, "weight_decay": 0.0}]
