"""A general network of torchvision behind the same face: its class activation map comes from the same forward pass."""

from __future__ import annotations

from pathlib import Path

import torch
import torchvision
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from inspector.learning.network import Evidence, JudgingNetwork, normalised
from inspector.paths import user_data
from inspector.wafer.errors import ModelError

_NOT_IN_A_ROW = ("aux1", "AuxLogits", "encoder")  # their parts do not simply follow one another


class GeneralNetwork(JudgingNetwork):
    """Maps are at the stride of the network's last features.

    Mean pooling and a linear layer may change places: the linear layer as 1x1 filters gives one map per class, and
    the mean of map c, plus the bias, is logit c. That is the class activation map, exact and for nothing.
    """

    def __init__(self, name: str, channels: int, classes: int, *, pretrained: bool = False) -> None:
        super().__init__()
        whole = _torchvision_network(name)
        if pretrained:
            _load_own_weights(whole, name)
        self.features = _features(whole, name)
        _take_channels(self.features, channels)
        with torch.no_grad():
            self.eval()
            width, self.cell = _width_and_stride(self.features, channels)
            self.train()
        self.head = nn.Conv2d(width, classes, 1)
        self.bias = nn.Parameter(torch.zeros(classes))
        nn.init.normal_(self.head.weight, std=0.01)

    def forward(self, chips: Tensor) -> Evidence:
        x, _ = normalised(chips)
        maps = self.head(functional.relu(self.features(x))).float()
        return Evidence(maps, maps.mean(dim=(2, 3)) + self.bias.float())


def own_weights(name: str) -> Path:
    """Where a user may lay pretrained weights of a torchvision network, in torchvision's own names."""
    return user_data() / "pretrained" / f"{name}.safetensors"


def _torchvision_network(name: str) -> nn.Module:
    try:
        return torchvision.models.get_model(name, weights=None)  # type: ignore[no-any-return]
    except ValueError as error:
        raise ModelError(
            f"torchvision has no network {name!r}: name another one in the recipe, such as torchvision:resnet18."
        ) from error


def _load_own_weights(whole: nn.Module, name: str) -> None:
    path = own_weights(name)
    if not path.is_file():
        return
    try:
        whole.load_state_dict(load_file(path))
    except (OSError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"The weights {path} do not fit torchvision's {name}: remove or replace them.") from error


def _features(whole: nn.Module, name: str) -> nn.Module:
    """The part before pooling."""
    parts = dict(whole.named_children())
    if not any(part in parts for part in _NOT_IN_A_ROW):
        if "features" in parts:
            return parts["features"]
        if "avgpool" in parts:
            before = list(parts)[: list(parts).index("avgpool")]
            return nn.Sequential(*(parts[part] for part in before))
    raise ModelError(f"torchvision's {name} has no pooled features to map: use resnet18, for example, in the recipe.")


def _take_channels(features: nn.Module, channels: int) -> None:
    """Make the first convolution read `channels` channels; grey adds up what the three colours weighed."""
    for module in features.modules():
        for part, child in module.named_children():
            if isinstance(child, nn.Conv2d):
                if child.in_channels != channels:
                    setattr(module, part, _grey(child, channels))
                return


def _grey(conv: nn.Conv2d, channels: int) -> nn.Conv2d:
    made = nn.Conv2d(
        channels,
        conv.out_channels,
        conv.kernel_size,  # type: ignore[arg-type]
        conv.stride,  # type: ignore[arg-type]
        conv.padding,  # type: ignore[arg-type]
        bias=conv.bias is not None,
    )
    with torch.no_grad():
        made.weight.copy_(conv.weight.sum(1, keepdim=True).expand_as(made.weight))
        if conv.bias is not None and made.bias is not None:
            made.bias.copy_(conv.bias)
    return made


def _width_and_stride(features: nn.Module, channels: int) -> tuple[int, int]:
    seen = features(torch.zeros(1, channels, 256, 256))
    return int(seen.shape[1]), 256 // int(seen.shape[2])
