"""How far a chip is from everything that the model has learned from: what it never saw, it should not pass as good.

Three distances, all in the features that the evidence is read from, held against calibration chips of the same verdict:
  cells   each cell to the nearest of some 64 centres of training cells (whitened, k-means); the chip's is the mean over
          its FAR_SHARE farthest cells. Finds marks of a kind that was never there: a fibre, letters, a drop.
  mean    the mean of the whitened cells over the chip, as a Mahalanobis distance to the training chips (as in Lee et
          al., "A simple unified framework for detecting out-of-distribution samples", 2018). Finds what is wrong with
          the whole picture: inverted, blurred, another product.
  spread  the same for mean and spread together. Finds more, but needs some hundred training chips to be sharp.
The largest one, in parts of its limit, is the chip's novelty.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

FAR_SHARE = 1 / 32
QUANTILE = 0.995  # of the calibration chips that were judged rightly: the limit
_NORMAL_TAIL = 2.576  # standard deviations of a normal distribution at QUANTILE


class Novelty(nn.Module):
    """What is kept of the training chips, beside the network's weights: less than 100 kB.

    middle (D,), whiten (d, D): z = whiten (x - middle). centres (M, d). chip_middle (2d,): mean and spread of z over a
    chip. mean_whiten (d, d), chip_whiten (2d, 2d), in float16: the same for the mean alone, and for the two together.
    limits (2, 3): of the three distances, for chips judged good and for chips judged a defect, whose marks are rarer
    and farther out; 1 until `settle` sets them.
    """

    NAMES = ("middle", "whiten", "centres", "chip_middle", "mean_whiten", "chip_whiten", "limits")
    middle: Tensor
    whiten: Tensor
    centres: Tensor
    chip_middle: Tensor
    mean_whiten: Tensor
    chip_whiten: Tensor
    limits: Tensor
    shift: Tensor

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        for name in self.NAMES:
            stored = tensors[name]
            self.register_buffer(name, stored if stored.dtype == torch.float16 else stored.float())
        self.register_buffer("shift", -(self.whiten @ self.middle), persistent=False)
        rounded = self.whiten.bfloat16()
        self._in_half = (rounded.T, -(rounded.float() @ self.middle), (-2.0 * self.centres.T).bfloat16())

    def forward(self, features: Tensor, fails: Tensor) -> Tensor:
        """Features (N, D, h, w), and bool (N,): judged a defect -> float32 (N,), 1 at the limit."""
        return (self.distances(features) / self.limits[fails.long()]).amax(1)

    def distances(self, features: Tensor) -> Tensor:
        """Features (N, D, h, w) -> float32 (N, 3): of the cells, of the chip's mean, of its mean and spread.

        In float32 whatever the features come in; but on a CPU the two large products of features in bfloat16 are done
        in it, too, for half the time.
        """
        z, squared = self._whitened(features)
        sides, rows = self.centres.square().sum(1), z.flatten(0, 1)
        if _half(features):
            nearest = (rows.bfloat16() @ self._in_half[2]).float().add_(sides).amin(1)
        else:
            nearest = torch.addmm(sides, rows, self.centres.T, alpha=-2.0).amin(1)
        away = nearest.view(z.shape[:2]) + squared @ squared.new_ones(squared.shape[2])
        far = away.topk(max(1, round(FAR_SHARE * z.shape[1])), dim=1).values.clamp_min(0.0).sqrt().mean(1)
        chip = _moments(z, squared) - self.chip_middle
        mean = chip[:, : z.shape[2]] @ self.mean_whiten.float().T
        return torch.stack([far, mean.norm(dim=1), (chip @ self.chip_whiten.float().T).norm(dim=1)], dim=1)

    def moments(self, features: Tensor) -> Tensor:
        """Features (N, D, h, w) -> (N, 2d): mean and spread of z over each chip."""
        return _moments(*self._whitened(features))

    def _whitened(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """z (N, cells, d), and its squares."""
        rows = features.permute(0, 2, 3, 1).flatten(1, 2)
        cells = rows.flatten(0, 1)
        if _half(features):
            whiten, shift, _ = self._in_half
            z = (cells @ whiten).float().add_(shift)
        else:
            z = torch.addmm(self.shift, cells.float(), self.whiten.T)
        z = z.view(*rows.shape[:2], -1)
        return z, z.square()


def _half(features: Tensor) -> bool:
    return features.dtype == torch.bfloat16 and features.device.type == "cpu"


def _moments(z: Tensor, squared: Tensor) -> Tensor:
    share = z.new_full((1, z.shape[1]), 1.0 / z.shape[1])  # products are several times as fast as sums along this axis
    mean, power = (share @ z).squeeze(1), (share @ squared).squeeze(1)
    return torch.cat([mean, (power - mean.square()).clamp_min(0.0).sqrt()], dim=1)


def settle(
    novelty: Novelty, distances: NDArray[np.float32], fails: NDArray[np.bool_], right: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Set the limits so that QUANTILE of the rightly judged chips stay below 1; returns all chips' novelty (N,).

    distances: (N, 3) of calibration chips. fails, right: (N,), judged a defect, and judged rightly. A verdict without
    such chips takes the limits of all. With few chips their largest distance says little: then the tail of a Student's
    distribution through the logarithms decides.
    """
    usable = np.isfinite(distances).all(1)
    limits = np.ones((2, distances.shape[1]))
    for verdict in (0, 1):
        of_verdict = usable & right & (fails == bool(verdict))
        known = distances[of_verdict if of_verdict.any() else usable].astype(np.float64)
        limits[verdict] = [_limit(column) for column in known.T]
        limits[verdict] *= _limit((known / limits[verdict]).max(1))
    novelty.limits = torch.from_numpy(limits).float().to(novelty.limits.device)
    return np.asarray((distances / limits[fails.astype(np.int64)]).max(1), dtype=np.float32)


def _limit(values: NDArray[np.float64]) -> float:
    if not len(values):
        return 1.0
    logs = np.log(np.maximum(values, 1e-9))
    spread = float(logs.std(ddof=1)) if len(logs) > 1 else 0.25
    tail = math.exp(float(logs.mean()) + _students_tail(max(1, len(logs) - 1)) * spread * math.sqrt(1 + 1 / len(logs)))
    return max(float(np.quantile(values, QUANTILE)), tail, 1e-9)


def _students_tail(freedom: int) -> float:
    """Student's t at QUANTILE, by the first terms of Cornish and Fisher's series: within 4 % from 5 degrees on."""
    z, n = _NORMAL_TAIL, 4.0 * freedom
    return z + (z**3 + z) / n + (5 * z**5 + 16 * z**3 + 3 * z) / (6 * n * n)
