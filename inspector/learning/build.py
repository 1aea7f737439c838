"""The network that a recipe asks for, and the form in which it judges."""

from __future__ import annotations

import torch

from inspector.learning.device import has_fast_bfloat16
from inspector.learning.fused import fuse
from inspector.learning.general_network import GeneralNetwork
from inspector.learning.network import EvidenceNetwork, JudgingNetwork
from inspector.wafer.recipe import Recipe

SMALL_CHIP = 200  # pixels: below, patches of 8 would leave too few cells


def build_network(recipe: Recipe, *, pretrained: bool = False) -> JudgingNetwork:
    """A fresh network for the recipe's classes, channels and input size; both kinds return `network.Evidence`.

    pretrained: take the user's own weights for a torchvision network where they lie on disk.
    ModelError where torchvision has no such network, one whose head is not pooling and a linear layer, or one that
    can't see anything as small as the input or the crops of the recipe; and where torchvision can't be used here.
    """
    name, channels, classes = recipe.model.network, recipe.image.channels, len(recipe.classes)
    if name == "evidence":
        return EvidenceNetwork(channels, classes, patch=4 if max(recipe.model.input) < SMALL_CHIP else 8)
    smallest = min(*recipe.model.input, recipe.training.crop or max(recipe.model.input))
    return GeneralNetwork(name.partition(":")[2], channels, classes, pretrained=pretrained, smallest=smallest)


def for_judging(network: JudgingNetwork, device: str) -> JudgingNetwork:
    """The same network, changed for good: ready to judge on a device, in float32 or in bfloat16 as the caller asks."""
    network = network.eval().requires_grad_(False)
    network.fold()
    network = network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if device == "cpu" and has_fast_bfloat16(device):
        fuse(network)
    return network
