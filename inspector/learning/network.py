"""The `evidence` network, whole: every class has a map of the chip, and the map's strongest cells are the judgement.

What it sees, from fine to broad (P is the patch, 8 pixels, or 4 for small chips):
  stem      stride P/2, 20 pixels: every pixel of half a patch is a channel of its own, so that none is thrown away.
            A quarter of its filters answer at the strongest of four places a quarter of a patch apart: a faint dot of
            three pixels is as plain to them wherever it lies. The others keep the place (a dot beside a stripe).
  fine      stride P, about 8 patches: the strongest of four places beside a strided filter (a dot of two pixels
            answers the same wherever it lies), then edges, dots, the stripe beside a mark.
  middle    stride 2P, about 25 patches: the shape of a mark and what it lies on.
  context   stride 4P, some 65 patches (about 500 pixels): texture, drift, where on the chip.
  head      middle and context joined, one 1x1 filter per class -> evidence at stride 2P.
Dense 3x3 filters on many channels only: filters over single full-size channels and depthwise ones cost as much time
for a tenth of the arithmetic, and depthwise ones diverge in bfloat16.

Each chip's mean and spread are taken out first, for exposure differs from wafer to wafer and from cell to cell. How
bright a chip is, and how strong a contrast is against that brightness, may matter: the context's channels are scaled
and shifted by the mean, the spread and the ratio of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from inspector.learning.chip_tensors import arithmetic, chip_level, in_blocks, in_strips, normalised, over_blocks

TOP_CELLS = 4
DETAIL = 8  # of the stem's filters
WIDTHS = (32, 48, 64, 96)  # stem, fine, middle, context


class Evidence(NamedTuple):
    """maps: float (N, K, h, w). logits: float (N, K), a function of the maps alone.

    features: (N, D, h, w), what each cell's evidence was read from.
    """

    maps: Tensor
    logits: Tensor
    features: Tensor


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

    level: (N, 2), mean and spread of the whole chips in parts of 255, where only crops of them are shown.
    cell: pixels per cell of evidence. head: the 1x1 filters that make the maps. bias: (K,), added to the logits.
    """

    cell: int
    head: nn.Conv2d
    bias: nn.Parameter

    def __call__(self, chips: Tensor, level: Tensor | None = None) -> Evidence:
        found: Evidence = super().__call__(chips, level)
        return found

    def fold(self) -> None:
        """Melt what can be melted without changing an answer. Only for judging."""


class ConvNorm(nn.Sequential):
    """A convolution and its normalisation; `fold` makes one convolution of the two, exactly."""

    fused: Callable[..., Tensor] | None = None  # as in `fused.py`; takes its part in bfloat16

    def __init__(self, inside: int, outside: int, size: int, stride: int = 1, dilation: int = 1) -> None:
        padding = dilation * (size // 2)
        conv = nn.Conv2d(inside, outside, size, stride, padding, dilation=dilation, bias=False)
        super().__init__(conv, nn.BatchNorm2d(outside))

    def forward(self, x: Tensor, plus: Tensor | None = None, above: bool = False) -> Tensor:
        """plus: added to the answer, and may be overwritten where nothing is to be learned. above: zero, by a relu."""
        if self.fused is not None and x.dtype == torch.bfloat16:
            return self.fused(x, plus, above)
        made: Tensor = super().forward(x)  # type: ignore[no-untyped-call]
        made = made if plus is None else plus + made
        return functional.relu_(made) if above else made

    def fold(self) -> None:
        conv, *rest = self
        for norm in rest:
            assert isinstance(conv, nn.Conv2d)
            assert isinstance(norm, nn.BatchNorm2d)
            self[0] = fuse_conv_bn_eval(conv, norm)
            del self[1]


class Skip(ConvNorm):
    """x plus what a ConvNorm makes of it; `fold` makes one convolution of that, too."""

    def __init__(self, width: int) -> None:
        super().__init__(width, width, 3)
        self.melted = False

    def forward(self, x: Tensor, plus: Tensor | None = None, above: bool = False) -> Tensor:
        return super().forward(x, plus if plus is not None or self.melted else x, above)

    def fold(self) -> None:
        super().fold()
        conv = self[0]
        assert isinstance(conv, nn.Conv2d)
        middle = conv.weight.data[:, :, 1, 1]
        middle += torch.eye(len(middle), device=middle.device)
        self.melted = True


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input is led."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = ConvNorm(width, width, 3)
        self.second = ConvNorm(width, width, 3, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.second(self.first(x, above=True), plus=x, above=True)
        return made


class Stem(nn.Module):
    """Blocks of side x side pixels as channels -> (N, width, h, w), normalised, above zero.

    The plain filters see 3x3 blocks. Each detail filter is laid at four places, half a block apart each way, and
    answers with the strongest. Their normalisation has no scale of its own, so that it can be melted into the filters
    although a maximum follows.
    """

    def __init__(self, channels: int, side: int, width: int) -> None:
        super().__init__()
        self.side = side
        reach = 3 * side - side // 2
        self.plain = nn.Parameter(torch.empty(width - DETAIL, channels * side**2, 3, 3))
        self.detail = nn.Parameter(torch.empty(DETAIL, channels, reach, reach))
        for filters in (self.plain, self.detail):
            nn.init.kaiming_uniform_(filters, nonlinearity="relu")
        self.norm = nn.BatchNorm2d(width, affine=False)
        self.bias = nn.Parameter(torch.zeros(width))
        self.folded: tuple[Tensor, Tensor] | None = None
        self.fused: Callable[[Tensor], Tensor] | None = None  # wants `in_strips` instead of blocks

    def forward(self, blocks: Tensor) -> Tensor:
        if self.fused is not None and blocks.dtype == torch.bfloat16:
            return self.fused(blocks)
        if self.folded is not None:
            return functional.relu_(self._answers(blocks, *self.folded, self.bias))
        found = self.norm(self._answers(blocks, self.plain, self._laid()))
        return functional.relu_(found + self.bias[:, None, None].to(found.dtype))

    @staticmethod
    def _answers(blocks: Tensor, plain: Tensor, detail: Tensor, bias: Tensor | None = None) -> Tensor:
        of_plain = of_detail = None
        if bias is not None:
            of_plain, of_detail = bias[: len(plain)], bias[len(plain) :].repeat(4)
        found = functional.conv2d(blocks, detail, of_detail, padding=1)
        for _ in range(2):
            found = torch.maximum(*found.chunk(2, dim=1))
        return torch.cat([functional.conv2d(blocks, plain, of_plain, padding=1), found], dim=1)

    def _laid(self) -> Tensor:
        """(4 * DETAIL, C * side**2, 3, 3): the detail filters at each of the four places."""
        step, side = self.side // 2, self.side
        places = [(x, step - x, y, step - y) for y in (0, step) for x in (0, step)]
        return over_blocks(torch.cat([functional.pad(self.detail, place) for place in places]), side)

    def fold(self) -> None:
        """Only for judging."""
        mean, var = self.norm.running_mean, self.norm.running_var
        assert mean is not None
        assert var is not None
        scale = torch.rsqrt(var + self.norm.eps)
        rows = scale[:, None, None, None]
        detail = self._laid() * rows[-DETAIL:].repeat(4, 1, 1, 1)
        self.folded = (self.plain * rows[:-DETAIL]).detach(), detail.detach()
        self.bias.data -= mean * scale
        del self.norm


class Down(nn.Module):
    """Half the resolution: the strongest of four cells beside a strided convolution."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.strided = ConvNorm(inside, outside - inside, 3, stride=2)
        self.fused: Callable[[Tensor], Tensor] | None = None

    def forward(self, x: Tensor) -> Tensor:
        if self.fused is not None and x.dtype == torch.bfloat16:
            return self.fused(x)
        return torch.cat([functional.max_pool2d(x, 2), self.strided(x, above=True)], dim=1)


class EvidenceNetwork(JudgingNetwork):
    """Maps are (N, K, ceil(H/2P), ceil(W/2P))."""

    def __init__(self, channels: int, classes: int, patch: int = 8) -> None:
        super().__init__()
        stem, fine, middle, context = WIDTHS
        self.channels, self.patch = channels, patch
        self.cell = 2 * patch  # pixels per cell of evidence
        self.stem = Stem(channels, patch // 2, stem)
        self.stem_again = Skip(stem)
        self.to_fine = Down(stem, fine)
        self.fine = Residual(fine)
        self.to_middle = Down(fine, middle)
        self.middle = nn.Sequential(Residual(middle), Residual(middle))
        self.to_context = Down(middle, context)
        self.level = nn.Linear(3, 2 * context)
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

    def forward(self, chips: Tensor, level: Tensor | None = None) -> Evidence:
        features = self.features(chips, level)
        maps = self.head(self.drop(features)).float()
        return Evidence(maps, pool_evidence(maps, torch.sigmoid(self.breadth.float()), self.bias.float()), features)

    def features(self, chips: Tensor, level: Tensor | None) -> Tensor:
        """(N, 64, h, w): the cells that lie wholly in the padding are left out."""
        height, width = chips.shape[2:]
        fused = self.stem.fused is not None and arithmetic(chips) == torch.bfloat16
        parts = (in_strips if fused else in_blocks)(chips, self.patch // 2, 4 * self.patch)
        x, level = normalised(parts, chip_level(chips) if level is None else level)
        x = self.stem(x)  # (N, 32, 2H/P, 2W/P)
        x = self.stem_again(x, above=True)
        x = self.to_fine(x)
        fine = self.fine(x)  # (N, 48, H/P, W/P)
        middle = self.middle(self.to_middle(fine))  # (N, 64, H/2P, W/2P)
        scale, shift = self.level(level)[:, :, None, None].chunk(2, dim=1)
        broad = self.context(functional.relu_(self.to_context(middle) * (1.0 + scale) + shift))  # (N, 96, H/4P, W/4P)
        broad = functional.interpolate(self.up(broad), scale_factor=2.0, mode="nearest")
        joined: Tensor = self.joined(self.lateral(middle, plus=broad, above=True))
        return joined[:, :, : -(-height // self.cell), : -(-width // self.cell)]

    def fold(self) -> None:
        """Melt every normalisation into its convolution: the same answers, less work."""
        for module in self.modules():
            if isinstance(module, ConvNorm | Stem):
                module.fold()
