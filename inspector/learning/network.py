"""The `evidence` network, whole: every class has a map of the chip, and the map's strongest cells are the judgement.

What it sees, from fine to broad (P is the patch, 8 pixels, or 4 for small chips):
  detail    8 filters of 5x5 at full resolution, then the strongest answer of each patch: a dot of two pixels answers
            the same wherever it lies in its patch.
  stem      every pixel of a patch as a channel of its own (nothing is thrown away), a patch and its neighbours.
  fine      stride P, about 5 patches: edges, dots, the stripe beside a mark.
  middle    stride 2P, about 20 patches: the shape of a mark and what it lies on.
  context   stride 4P, some 60 patches (about 500 pixels): texture, drift, where on the chip.
  head      middle and context joined, one 1x1 filter per class -> evidence at stride 2P.
Dense 3x3 filters only: depthwise ones cost as much time for a tenth of the arithmetic, and diverge in bfloat16.

Each chip's mean and spread are taken out first, and handed to the context as two numbers: exposure differs from wafer
to wafer and from cell to cell, but how bright a chip is may matter.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

TOP_CELLS = 4
DETAIL_FILTERS = 8
WIDTHS = (48, 64, 96)


class Evidence(NamedTuple):
    """maps: float (N, K, h, w). logits: float (N, K), a function of the maps alone."""

    maps: Tensor
    logits: Tensor


def pool_evidence(maps: Tensor, breadth: Tensor, bias: Tensor) -> Tensor:
    """(N, K, h, w) -> logits (N, K): logit_c = bias_c + (1 - b_c) mean(strongest cells of map c) + b_c mean(map c).

    b_c is between 0 and 1 and learned: near 0 for a class that a few cells decide (a pit), near 1 for a class that is
    seen everywhere (a kind of material). The logit never falls when a cell of its map rises, and covering the
    strongest cells lowers it.
    """
    cells = maps.flatten(2)  # (N, K, cells)
    strongest = cells.topk(min(TOP_CELLS, cells.shape[2]), dim=2).values.mean(2)
    return bias + (1.0 - breadth) * strongest + breadth * cells.mean(2)


class JudgingNetwork(nn.Module):
    """What every network here is: uint8 or float (N, C, H, W) of grey levels 0 to 255 -> Evidence.

    cell: pixels per cell of evidence. head: the 1x1 filters that make the maps. bias: (K,), added to the logits.
    """

    cell: int
    head: nn.Conv2d
    bias: nn.Parameter

    def __call__(self, chips: Tensor) -> Evidence:
        found: Evidence = super().__call__(chips)
        return found

    def fold(self) -> None:
        """Melt what can be melted without changing an answer. Only for judging."""


class ConvNorm(nn.Sequential):
    """A convolution and its normalisation; `fold` makes one convolution of the two, exactly."""

    def __init__(self, inside: int, outside: int, size: int, stride: int = 1, dilation: int = 1) -> None:
        padding = dilation * (size // 2)
        conv = nn.Conv2d(inside, outside, size, stride, padding, dilation=dilation, bias=False)
        super().__init__(conv, nn.BatchNorm2d(outside))

    def fold(self) -> None:
        conv, *rest = self
        for norm in rest:
            assert isinstance(conv, nn.Conv2d)
            assert isinstance(norm, nn.BatchNorm2d)
            self[0] = fuse_conv_bn_eval(conv, norm)
            del self[1]


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input is led."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = ConvNorm(width, width, 3)
        self.second = ConvNorm(width, width, 3, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu_(x + self.second(functional.relu_(self.first(x))))


class Down(nn.Module):
    """Half the resolution: the strongest of four cells beside a strided convolution."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.strided = ConvNorm(inside, outside - inside, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([functional.max_pool2d(x, 2), functional.relu_(self.strided(x))], dim=1)


class EvidenceNetwork(JudgingNetwork):
    """Maps are (N, K, ceil(H/2P), ceil(W/2P))."""

    def __init__(self, channels: int, classes: int, patch: int = 8) -> None:
        super().__init__()
        fine, middle, context = WIDTHS
        self.patch = patch
        self.cell = 2 * patch  # pixels per cell of evidence
        self.detail = nn.Conv2d(channels, DETAIL_FILTERS, 5, padding=2)
        self.stem = ConvNorm(channels * patch * patch + DETAIL_FILTERS, fine, 3)
        self.fine = Residual(fine)
        self.to_middle = Down(fine, middle)
        self.middle = nn.Sequential(Residual(middle), Residual(middle))
        self.to_context = Down(middle, context)
        self.level = nn.Linear(2, context)
        self.context = nn.Sequential(Residual(context), Residual(context, dilation=2))
        self.up = ConvNorm(context, middle, 1)
        self.lateral = ConvNorm(middle, middle, 1)
        self.joined = Residual(middle)
        self.drop = nn.Dropout2d(0.1)
        self.head = nn.Conv2d(middle, classes, 1)
        self.bias = nn.Parameter(torch.zeros(classes))
        self.breadth = nn.Parameter(torch.full((classes,), -1.0))  # through a sigmoid: 0.27
        nn.init.zeros_(self.level.weight)
        nn.init.zeros_(self.level.bias)

    def forward(self, chips: Tensor) -> Evidence:
        maps = self.evidence(chips)
        return Evidence(maps, pool_evidence(maps, torch.sigmoid(self.breadth.float()), self.bias.float()))

    def evidence(self, chips: Tensor) -> Tensor:
        """float32 (N, K, h, w): the cells that lie wholly in the padding are left out."""
        height, width = chips.shape[2:]
        x, level = normalised(chips)
        x = functional.pad(x, (0, -width % (4 * self.patch), 0, -height % (4 * self.patch)), mode="replicate")
        fine = self.fine(functional.relu_(self.stem(self._patches(x))))  # (N, 48, H/P, W/P)
        middle = self.middle(self.to_middle(fine))  # (N, 64, H/2P, W/2P)
        broad = self.to_context(middle) + self.level(level)[:, :, None, None]
        broad = self.context(functional.relu_(broad))  # (N, 96, H/4P, W/4P)
        broad = functional.interpolate(self.up(broad), scale_factor=2.0, mode="nearest")
        joined = self.joined(functional.relu_(self.lateral(middle) + broad))
        maps: Tensor = self.head(self.drop(joined))
        return maps[:, :, : -(-height // self.cell), : -(-width // self.cell)].float()

    def _patches(self, x: Tensor) -> Tensor:
        detail = functional.max_pool2d(self.detail(x), self.patch).relu_()
        patches = functional.pixel_unshuffle(x, self.patch)
        return torch.cat([patches, detail], dim=1)

    def fold(self) -> None:
        """Melt every normalisation into its convolution: the same answers, less work."""
        for module in self.modules():
            if isinstance(module, ConvNorm):
                module.fold()


def normalised(chips: Tensor) -> tuple[Tensor, Tensor]:
    """Grey levels 0 to 255 -> chips of mean 0 and spread about 1, and (N, 2): what was taken out, in parts of 255.

    Every fourth pixel each way is enough for the two numbers. The 4/255 keeps the noise of an empty chip small.
    Under mixed precision the chips come in its type at once: it holds grey levels exactly.
    """
    few = chips[:, :, ::4, ::4].flatten(1).float() / 255.0
    mean, spread = few.mean(1), few.std(1, correction=0)
    device = chips.device.type
    kind = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else torch.float32
    scale = 1.0 / (255.0 * spread + 4.0)
    shift = -255.0 * mean * scale
    x = torch.addcmul(shift.to(kind)[:, None, None, None], chips.to(kind), scale.to(kind)[:, None, None, None])
    return x, torch.stack([mean - 0.5, spread], dim=1)
