"""Norms and dropout for a batch that lies on several processes: as if it lay on one."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, distributed, nn


class JointNorm(nn.BatchNorm2d):
    """A BatchNorm2d whose means and variances are those of all processes' rows. torch's own is for GPUs only.

    Parameters, buffers and their names are those of the norm that it stands in for. Each process has one row at least.
    """

    def __init__(self, norm: nn.BatchNorm2d, rank: int, number: int) -> None:
        super().__init__(norm.num_features, norm.eps, norm.momentum, norm.affine, norm.track_running_stats)
        self.rank, self.number = rank, number
        self.weight, self.bias = norm.weight, norm.bias
        self.running_mean, self.running_var = norm.running_mean, norm.running_var
        self.num_batches_tracked = norm.num_batches_tracked

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        exact = x.float()
        var, mean = torch.var_mean(exact, (0, 2, 3), correction=0)
        pixels = torch.full_like(mean, exact.numel() / exact.shape[1])
        everyones: Tensor = _Everyones.apply(torch.stack([mean, var, pixels]), self.rank, self.number)
        means, variances, weights = everyones.unbind(1)
        total = weights.sum(0)
        mean = (weights * means).sum(0) / total
        var = (weights * (variances + (means - mean) ** 2)).sum(0) / total
        self._follow(mean.detach(), var.detach() * total / (total - 1))
        scale = (var + self.eps).rsqrt()
        scale, shift = (self.weight * scale, self.bias) if self.affine else (scale, torch.zeros_like(mean))
        return (exact * scale[:, None, None] + (shift - mean * scale)[:, None, None]).to(x.dtype)

    @torch.no_grad()
    def _follow(self, mean: Tensor, var: Tensor) -> None:
        if self.running_mean is None or self.running_var is None or self.num_batches_tracked is None:
            return
        self.num_batches_tracked += 1
        new = 1.0 / float(self.num_batches_tracked) if self.momentum is None else self.momentum
        self.running_mean.lerp_(mean, new)
        self.running_var.lerp_(var, new)


class _Everyones(torch.autograd.Function):
    """(...) of each process -> (processes, ...) for everyone; gradients go back to whom the row came from."""

    @staticmethod
    def forward(ctx: Any, own: Tensor, rank: int, number: int) -> Tensor:
        ctx.rank = rank
        parts = [torch.empty_like(own) for _ in range(number)]
        distributed.all_gather(parts, own.contiguous())
        return torch.stack(parts)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        whole = grads[0].contiguous()
        distributed.all_reduce(whole)
        return whole[ctx.rank], None, None


class JointDropout(nn.Dropout2d):
    """A Dropout2d that draws for the whole batch, all processes alike, and uses what falls on its own rows."""

    def __init__(self, p: float) -> None:
        super().__init__(p)
        self.rows, self.batch = slice(None), 0

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0.0:
            return x
        kept = x.new_empty((self.batch, x.shape[1], 1, 1)).bernoulli_(1.0 - self.p).div_(1.0 - self.p)
        return x * kept[self.rows]


def exchange_norms(module: nn.Module, rank: int, number: int) -> None:
    """Put a JointNorm in the place of every BatchNorm2d."""
    for name, child in module.named_children():
        if type(child) is nn.BatchNorm2d:
            setattr(module, name, JointNorm(child, rank, number))
        else:
            exchange_norms(child, rank, number)


def exchange_dropout(module: nn.Module) -> None:
    """Put a JointDropout in the place of every Dropout2d."""
    for name, child in module.named_children():
        if type(child) is nn.Dropout2d:
            setattr(module, name, JointDropout(child.p))
        else:
            exchange_dropout(child)
