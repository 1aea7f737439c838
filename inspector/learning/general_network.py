"""A general network of torchvision behind the same face: its class activation map comes from the same forward pass."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from inspector.learning.chip_tensors import chip_level, normalised
from inspector.learning.network import Evidence, JudgingNetwork
from inspector.paths import user_data
from inspector.wafer.errors import ModelError, printable

_OWN_ARGUMENTS = {"googlenet": {"aux_logits": False, "init_weights": False}}  # no side heads, no minutes of drawing
_PROBED = 256  # pixels


class GeneralNetwork(JudgingNetwork):
    """Maps are at the stride of the network's last features.

    Mean pooling and a linear layer may change places: the linear layer as 1x1 filters gives one map per class, and
    the mean of map c, plus the bias, is logit c. That is the class activation map, exact and for nothing.
    """

    def __init__(
        self, name: str, channels: int, classes: int, *, pretrained: bool = False, smallest: int = _PROBED
    ) -> None:
        super().__init__()
        whole = _torchvision_network(name)
        if pretrained:
            _load_own_weights(whole, name)
        self.features, width = _features(whole, name)
        _take_channels(self.features, channels)
        self.cell = _PROBED // _probe(self.features, name, channels, width, _PROBED)
        if smallest < _PROBED:
            _probe(self.features, name, channels, width, smallest)
        self.head = nn.Conv2d(width, classes, 1)
        self.bias = nn.Parameter(torch.zeros(classes))
        nn.init.normal_(self.head.weight, std=0.01)

    def forward(self, chips: Tensor, level: Tensor | None = None) -> Evidence:
        x, _ = normalised(chips, chip_level(chips) if level is None else level)
        features = functional.relu(self.features(x))
        maps = self.head(features).float()
        return Evidence(maps, maps.mean(dim=(2, 3)) + self.bias.float(), features)


def own_weights(name: str) -> Path:
    """Where a user may lay pretrained weights of a torchvision network, in torchvision's own names."""
    return user_data() / "pretrained" / f"{name}.safetensors"


def _torchvision_network(name: str) -> nn.Module:
    models = _torchvision_models()
    try:
        builder = models.get_model_builder(name)
    except ValueError as error:
        raise ModelError(
            f"torchvision has no network {name!r}: name another one in the recipe, such as torchvision:resnet18."
        ) from error
    arguments = {"weights": None, **_OWN_ARGUMENTS.get(name, {})}
    if "weights_backbone" in inspect.signature(builder).parameters:
        arguments["weights_backbone"] = None  # else it would be fetched from the internet
    try:
        return builder(**arguments)  # type: ignore[no-any-return]
    except Exception as error:  # each builder has mistakes of its own
        raise _refused(name) from error


def _torchvision_models() -> ModuleType:
    """torchvision is asked for here only, so that nothing else falls with it. ModelError where it does not load."""
    try:
        from torchvision import models
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(
            f"torchvision can't be loaded ({printable(error)}): install torch and torchvision as a pair: "
            "pip install --force-reinstall torch torchvision"
        ) from error
    return models  # type: ignore[no-any-return]


def _refused(name: str) -> ModelError:
    return ModelError(
        f"torchvision's {name} is no classifier of pooled features and a linear layer, or takes no chips of this size: "
        "use resnet18, for example, in the recipe."
    )


def _load_own_weights(whole: nn.Module, name: str) -> None:
    path = own_weights(name)
    if not path.is_file():
        return
    try:
        whole.load_state_dict(load_file(path))
    except (OSError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"The weights {path} do not fit torchvision's {name}: remove or replace them.") from error


def _features(whole: nn.Module, name: str) -> tuple[nn.Module, int]:
    """The part before pooling, and how many features the linear layer behind it reads."""
    parts = dict(whole.named_children())
    heads = [part for part in parts if _linear(parts[part]) is not None]
    cut = "avgpool" if "avgpool" in parts else heads[-1] if heads else ""
    at = list(parts).index(cut) if cut else 0
    before, behind = list(parts.values())[:at], nn.Sequential(*list(parts.values())[at:])
    linear = _linear(behind)
    if not before or linear is None:
        raise _refused(name)
    return before[0] if len(before) == 1 else nn.Sequential(*before), linear.in_features


def _linear(module: nn.Module) -> nn.Linear | None:
    return next((m for m in module.modules() if isinstance(m, nn.Linear)), None)


def _take_channels(features: nn.Module, channels: int) -> None:
    """Make the first convolution read `channels` channels; grey adds up what the three colours weighed."""
    path, first = next(((p, m) for p, m in features.named_modules() if isinstance(m, nn.Conv2d)), ("", None))
    if first is not None and path and first.in_channels != channels:
        parent, _, part = path.rpartition(".")
        setattr(features.get_submodule(parent), part, _grey(first, channels))


def _grey(conv: nn.Conv2d, channels: int) -> nn.Conv2d:
    made = nn.Conv2d(
        channels,
        conv.out_channels,
        conv.kernel_size,  # type: ignore[arg-type]
        conv.stride,  # type: ignore[arg-type]
        conv.padding,  # type: ignore[arg-type]
        conv.dilation,  # type: ignore[arg-type]
        bias=conv.bias is not None,
    )
    with torch.no_grad():
        made.weight.copy_(conv.weight.sum(1, keepdim=True).expand_as(made.weight))
        if conv.bias is not None and made.bias is not None:
            made.bias.copy_(conv.bias)
    return made


@torch.no_grad()
def _probe(features: nn.Module, name: str, channels: int, width: int, side: int) -> int:
    """Cells along a side of the features; ModelError where the network's features are not (N, width, h, w)."""
    features.eval()
    try:
        seen = features(torch.zeros(1, channels, side, side))
    except Exception as error:  # whatever a network that is not one after another says
        raise _refused(name) from error
    finally:
        features.train()
    if not isinstance(seen, Tensor) or seen.dim() != 4 or seen.shape[1] != width or seen.shape[2] != seen.shape[3]:
        raise _refused(name)
    return int(seen.shape[2])
