"""The evidence network's layers on a CPU in bfloat16: what follows a convolution is done in the same pass.

The same answers as the plain layers give, but for rounding. oneDNN's operators that torch's compiler calls are called
here without a compiler: a sum and a relu need no pass of their own. The stem reads the chip's rows as they lie in
memory, so that nobody has to cut them into blocks; and everything that a maximum is taken of is above zero.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from inspector.learning.chip_tensors import over_strips
from inspector.learning.network import ConvNorm, Down, JudgingNetwork, Stem


def fuse(network: JudgingNetwork) -> None:
    """Let a folded network judge so in bfloat16; in float32 it stays as it is.

    Nothing happens where this torch has no such operators, and where a weight is not finite: a fused relu would make
    a zero of what is not a number, and the chip would not be left undecided.
    """
    if not can_fuse() or not all(bool(value.isfinite().all()) for value in network.state_dict().values()):
        return
    for module in network.modules():
        if isinstance(module, Stem):
            module.fused = FusedStem(module)
        elif isinstance(module, Down):
            module.fused = FusedDown(module)
        elif isinstance(module, ConvNorm):
            module.fused = FusedConv.of(module)


def can_fuse() -> bool:
    """True where torch has oneDNN's fused convolutions, and the processor does bfloat16 for them."""
    names = ("_convolution_pointwise", "_convolution_pointwise_", "_is_mkldnn_bf16_supported")
    operators = torch.ops.mkldnn
    return torch.backends.mkldnn.is_available() and (  # type: ignore[no-untyped-call]
        all(hasattr(operators, name) for name in names) and bool(operators._is_mkldnn_bf16_supported())
    )


class FusedConv:
    """A convolution, then a sum, then a relu; weights in bfloat16."""

    def __init__(self, weight: Tensor, bias: Tensor, *how: object) -> None:
        """how: padding, stride and dilation, each for rows and columns, and groups."""
        self._weight = weight.detach().to(torch.bfloat16, memory_format=torch.channels_last)
        self._bias = bias.detach().to(torch.bfloat16)
        self._how = how
        self._alone = torch.ops.mkldnn._convolution_pointwise.default
        self._with_sum = torch.ops.mkldnn._convolution_pointwise_.binary

    @classmethod
    def of(cls, folded: ConvNorm) -> FusedConv:
        conv = folded[0]
        assert isinstance(conv, nn.Conv2d)
        assert conv.bias is not None
        return cls(conv.weight, conv.bias, conv.padding, conv.stride, conv.dilation, 1)

    def __call__(self, x: Tensor, plus: Tensor | None = None, above: bool = False) -> Tensor:
        """bfloat16 (N, C, H, W), channels last -> plus, which is overwritten, and the answers; above zero if asked."""
        relu = "relu" if above else None
        parts = (self._weight, self._bias, *self._how)
        if plus is None:
            made: Tensor = self._alone(x, *parts, relu or "none", [], "")
        else:
            made = self._with_sum(plus, x, *parts, "add", 1.0, relu, [], None)
        return made


class FusedStem:
    """`Stem` over `in_strips` instead of blocks.

    The plain filters come with as many empty ones as there are detail filters, whose places their answers take: whole
    vectors of 16 are quicker than halves.
    """

    def __init__(self, stem: Stem) -> None:
        assert stem.folded is not None
        plain, laid = stem.folded
        self._details = len(laid) // 4
        empty = torch.zeros_like(laid[: self._details])
        bias, spot = stem.bias, (stem.side, 1)
        how = (spot, spot, (1, 1), 1)
        self._plain = FusedConv(over_strips(torch.cat([plain, empty]), stem.side), bias, *how)
        self._laid = FusedConv(over_strips(laid, stem.side), bias[-self._details :].repeat(4), *how)

    def __call__(self, strips: Tensor) -> Tensor:
        two = _strongest(*self._laid(strips, above=True).chunk(2, dim=1))
        found = self._plain(strips, above=True)  # only now: the larger part of the other answers is gone
        one, other = two.chunk(2, dim=1)
        _strongest(one, other, found[:, -self._details :])
        return found


class FusedDown:
    """`Down`: the strongest of four cells and the strided filters' answers are written to one place."""

    def __init__(self, down: Down) -> None:
        self._strided = FusedConv.of(down.strided)

    def __call__(self, x: Tensor) -> Tensor:
        """x: above zero, of even height and width."""
        number, inside, height, width = x.shape
        strided = self._strided(x, above=True)
        room = x.new_empty(number, height // 2, width // 2, inside + strided.shape[1]).permute(0, 3, 1, 2)
        room[:, inside:] = strided
        pairs = x.permute(0, 2, 3, 1).view(number, height // 2, 2, width * inside)  # of rows, each one run of memory
        upper = _strongest(pairs[:, :, 0], pairs[:, :, 1]).view(number, height // 2, width // 2, 2, inside)
        _strongest(upper[..., 0, :], upper[..., 1, :], room[:, :inside].permute(0, 2, 3, 1))
        return room


def _strongest(one: Tensor, other: Tensor, room: Tensor | None = None) -> Tensor:
    """The larger of each two, for bfloat16 above zero: such numbers have the order of their bits, read as integers."""
    bits = None if room is None else room.view(torch.int16)
    return torch.maximum(one.view(torch.int16), other.view(torch.int16), out=bits).view(torch.bfloat16)
