"""Where a network begins: at random, or with what a shipped model has learned to see."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor
from torch.nn import functional

from inspector import paths
from inspector.learning.build import build_network
from inspector.learning.model_card import CARD, load_network, read_card
from inspector.learning.network import EvidenceNetwork, JudgingNetwork
from inspector.wafer.recipe import Recipe

TEACHER = "laser-wafer"  # of the shipped models the one that saw the most chips
_OWN = ("head.", "bias", "breadth")  # speak of classes
_STEM = "stem.0.weight"


def first_network(recipe: Recipe, *, located: bool) -> tuple[JudgingNetwork, str]:
    """The network that a training begins with, and the digest of the model whose layers it took over ("" for none).

    located: somebody located marks in the chips, which teach the first layers well enough from random numbers on.
    """
    network = build_network(recipe, pretrained=True)
    if located or not isinstance(network, EvidenceNetwork):
        return network, ""
    return network, start_from(network, paths.shipped_model(TEACHER))


def start_from(network: EvidenceNetwork, folder: Path) -> str:
    """Take over the layers of the model in `folder`, all but the classes' own; returns the model's digest.

    Edges, dots and lines look alike on every product, and image labels alone teach them slowly. "" where the folder
    holds no model. ModelError where the model is damaged or of another architecture.
    """
    if not (folder / CARD).is_file():
        return ""
    card = read_card(folder)
    other = load_network(folder, card)
    assert isinstance(other, EvidenceNetwork)
    layers = {k: v for k, v in other.state_dict().items() if not k.startswith(_OWN)}
    stem = layers[_STEM]
    layers[_STEM] = refitted(stem, other.channels, other.patch // 2, network.channels, network.patch // 2)
    network.load_state_dict(layers, strict=False)
    return card.digest


def refitted(stem: Tensor, channels: int, side: int, new_channels: int, new_side: int) -> Tensor:
    """The stem's filters (O, channels * side**2, 3, 3) for chips of other channels, or blocks of fewer pixels.

    They answer to a grey picture in colours as to the grey one, and to a small picture as to one enlarged by whole
    pixels: the weights of pixels that fall together are added up.
    """
    blocks = stem.reshape(len(stem), channels, side, side, *stem.shape[2:])
    blocks = blocks.mean(1, keepdim=True) * channels / new_channels if channels != new_channels else blocks
    blocks = blocks.expand(-1, new_channels, -1, -1, -1, -1)
    flat = blocks.permute(0, 1, 4, 5, 2, 3).flatten(0, 3)[:, None]
    flat = functional.interpolate(flat, (new_side, new_side), mode="area") * (side / new_side) ** 2
    shape = (len(stem), new_channels, *stem.shape[2:], new_side, new_side)
    return flat.reshape(shape).permute(0, 1, 4, 5, 2, 3).flatten(1, 3)
