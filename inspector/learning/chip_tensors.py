"""Chips as a network is shown them: their level taken out, their pixels in blocks or strips as channels."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def chip_level(chips: Tensor) -> Tensor:
    """float32 (N, 2): mean and spread of each chip in parts of 255; every fourth pixel each way is enough for them."""
    seen = chips[:, :, ::4, ::4].flatten(1).float() / 255.0
    mean = seen.mean(1)  # two sums: torch.std_mean takes ten times as long
    spread = ((seen * seen).mean(1) - mean * mean).clamp_min(0.0).sqrt()
    return torch.stack([mean, spread], dim=1)


def in_blocks(chips: Tensor, side: int, unit: int) -> Tensor:
    """(N, C, H, W) -> (N, C * side**2, h, w), laid out with channels last: each pixel of a block is a channel.

    Before, the last row and column are repeated until both sides are whole units. Done on bytes, where it is cheap.
    """
    number, channels, height, width = (chips := _in_units(chips, unit)).shape
    blocks = chips.reshape(number, channels, height // side, side, width // side, side).permute(0, 2, 4, 1, 3, 5)
    return blocks.reshape(number, height // side, width // side, -1).permute(0, 3, 1, 2)


def in_strips(chips: Tensor, side: int, unit: int) -> Tensor:
    """As `in_blocks`, but each row stays for itself: (N, side * C, H, w), pixels of a strip as channels.

    No copy of chips that lie in memory pixel by pixel and fill whole units.
    """
    number, channels, height, width = (chips := _in_units(chips, unit)).shape
    return chips.permute(0, 2, 3, 1).reshape(number, height, width // side, side * channels).permute(0, 3, 1, 2)


def _in_units(chips: Tensor, unit: int) -> Tensor:
    for axis in (2, 3):
        if more := -chips.shape[axis] % unit:
            last = chips.narrow(axis, chips.shape[axis] - 1, 1)
            chips = torch.cat([chips, *[last] * more], dim=axis)
    return chips


def over_blocks(filters: Tensor, side: int) -> Tensor:
    """Filters (O, C, 3 * side, 3 * side) over pixels -> (O, C * side**2, 3, 3): the same ones over `in_blocks`."""
    number, channels = filters.shape[:2]
    blocks = filters.reshape(number, channels, 3, side, 3, side)
    return blocks.permute(0, 1, 3, 5, 2, 4).reshape(number, -1, 3, 3)


def over_strips(filters: Tensor, side: int) -> Tensor:
    """Filters (O, C * side**2, 3, 3) over blocks -> (O, side * C, 3 * side, 3): the same ones over `in_strips`."""
    number = len(filters)
    blocks = filters.reshape(number, -1, side, side, 3, 3)  # O, C, y, x, rows, columns
    return blocks.permute(0, 3, 1, 4, 2, 5).reshape(number, -1, 3 * side, 3)


def normalised(chips: Tensor, level: Tensor) -> tuple[Tensor, Tensor]:
    """Grey levels 0 to 255 -> chips of mean 0 and spread about 1, and (N, 3): mean - 0.5, spread, spread / mean.

    level: (N, 2) of `chip_level`; where crops are shown it is that of their whole chips, for a crop must look as it
    does in its chip. The 4/255 keeps the noise of an empty chip small. One pass over the pixels: a norm whose
    "channels" are the chips, in float32 inside.
    """
    mean, spread = level.unbind(1)
    last = chips.to(arithmetic(chips)).permute(0, 2, 3, 1)
    rows = last.reshape(1, len(chips), -1, chips.shape[1])
    x = functional.batch_norm(rows, 255.0 * mean, (255.0 * spread + 4.0).square(), eps=0.0)
    return x.view(last.shape).permute(0, 3, 1, 2), torch.stack([mean - 0.5, spread, spread / (mean + 0.02)], dim=1)


def arithmetic(chips: Tensor) -> torch.dtype:
    """In which numbers convolutions are done where the chips lie."""
    device = chips.device.type
    return torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else torch.float32
