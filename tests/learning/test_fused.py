"""The fused layers answer as the plain ones do, but for bfloat16's rounding."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from inspector.learning.chip_tensors import in_blocks, in_strips, over_blocks, over_strips
from inspector.learning.fused import can_fuse, fuse
from inspector.learning.network import Evidence, EvidenceNetwork

fused_only = pytest.mark.skipif(not can_fuse(), reason="no fused convolutions in bfloat16 on this processor")


def _chips(number: int, height: int, width: int, channels: int) -> torch.Tensor:
    pixels = np.random.default_rng(1).integers(0, 256, (number, height, width, channels), dtype=np.uint8)
    return torch.from_numpy(pixels).permute(0, 3, 1, 2)


def _folded(channels: int, patch: int) -> EvidenceNetwork:
    """A network in use: nothing in it is as in a fresh one, and the maps say something."""
    torch.manual_seed(5)
    network = EvidenceNetwork(channels, 5, patch)
    with torch.no_grad():
        for _ in range(2):
            network(_chips(4, 64, 64, channels))
        for name, value in network.named_parameters():
            if value.dim() < 2:
                value.add_(0.3 * torch.randn_like(value))
            elif name.split(".")[0] in ("head", "level"):
                value.normal_()
    network.eval().requires_grad_(False).fold()
    return network.to(memory_format=torch.channels_last)


def _in_half(network: EvidenceNetwork, chips: torch.Tensor) -> Evidence:
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        return network(chips)


@fused_only
@pytest.mark.parametrize("patch", [4, 8])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(1, 64, 64), (2, 300, 300), (3, 37, 50), (4, 64, 200), (2, 129, 255), (1, 1, 1)])
def test_that_fused_layers_are_as_near_to_float32_as_plain_ones_in_bfloat16(
    size: tuple[int, int, int], channels: int, patch: int
) -> None:
    plain, chips = _folded(channels, patch), _chips(*size, channels)
    fused = copy.deepcopy(plain)
    fuse(fused)
    exact, rough, found = plain(chips), _in_half(plain, chips), _in_half(fused, chips)

    scale = exact.maps.abs().max()
    assert found.maps.shape == exact.maps.shape
    assert (found.maps - exact.maps).abs().max() < max(2.0 * (rough.maps - exact.maps).abs().max(), 0.02 * scale)
    assert (found.features - exact.features).abs().max() < 0.03 * exact.features.abs().max()


@fused_only
def test_that_float32_is_not_touched() -> None:
    plain, chips = _folded(1, 8), _chips(2, 100, 80, 1)
    fused = copy.deepcopy(plain)
    fuse(fused)

    assert torch.equal(fused(chips).maps, plain(chips).maps)
    assert not torch.equal(_in_half(fused, chips).maps, plain(chips).maps)


@fused_only
def test_that_it_makes_no_difference_how_the_chips_lie_in_memory_and_what_was_judged_before() -> None:
    network, chips = _folded(3, 4), _chips(3, 50, 70, 3)
    fuse(network)

    first, planar, alone = (_in_half(network, c).maps for c in (chips, chips.contiguous(), chips[1:2]))

    assert torch.equal(first, planar)
    torch.testing.assert_close(alone[0], first[1], rtol=0.0, atol=0.02 * float(first.abs().max()))
    assert torch.equal(_in_half(network, chips).maps, first)


@fused_only
def test_that_a_weight_which_is_no_number_shows_in_the_logits() -> None:
    network = _folded(1, 8)
    conv = network.fine.first[0]
    assert isinstance(conv, torch.nn.Conv2d)
    conv.weight[0, 0, 0, 0] = float("nan")

    fuse(network)

    assert not _in_half(network, _chips(1, 64, 64, 1)).logits.isfinite().any()


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("side", [2, 4])
def test_that_filters_over_strips_see_what_those_over_blocks_see(channels: int, side: int) -> None:
    chips = _chips(2, 30, 41, channels).float()
    pixels = torch.randn(6, channels, 3 * side, 3 * side, generator=torch.Generator().manual_seed(2))
    filters = over_blocks(pixels, side)

    of_blocks = torch.conv2d(in_blocks(chips, side, 16), filters, padding=1)
    of_strips = torch.conv2d(
        in_strips(chips, side, 16), over_strips(filters, side), stride=(side, 1), padding=(side, 1)
    )

    torch.testing.assert_close(of_strips, of_blocks, rtol=1e-4, atol=1e-2)
