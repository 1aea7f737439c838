"""Where a network begins: at random, or with what a shipped model has learned to see."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from torch import Tensor
from torch.nn import functional

from inspector import paths
from inspector.learning.build import build_network
from inspector.learning.chip_tensors import over_blocks
from inspector.learning.model_card import CARD, ModelCard, load_network, read_card
from inspector.learning.network import EvidenceNetwork, JudgingNetwork
from inspector.wafer.errors import ModelError, printable
from inspector.wafer.recipe import Recipe

TEACHER = "laser-wafer"  # of the shipped models the one that saw the most chips
_OWN = ("head.", "bias", "breadth")  # speak of classes
_STEM = ("stem.plain", "stem.detail")


class Beginning(NamedTuple):
    """digest: of the model whose layers the network took over, "" for none. goes_on: with that model's own classes."""

    network: JudgingNetwork
    digest: str = ""
    goes_on: bool = False


def first_network(recipe: Recipe, *, located: bool, start: Path | None = None) -> Beginning:
    """The network that a training begins with.

    located: somebody located marks in the chips, which teach the first layers well enough from random numbers on.
    start: the model folder that somebody named to begin with. ModelError where there is none, or no such network.
    """
    network = build_network(recipe, pretrained=True)
    if start is not None:
        if not isinstance(network, EvidenceNetwork):
            raise ModelError(f"A {recipe.model.network} network can't begin with a model: leave out --start.")
        card = start_from(network, start, recipe)
        if card is None:
            raise ModelError(f"There is no model in {printable(start)}: name the folder that holds {CARD}.")
        return Beginning(network, card.digest, goes_on=_same_classes(card, recipe))
    if located or not isinstance(network, EvidenceNetwork):
        return Beginning(network)
    card = start_from(network, paths.shipped_model(TEACHER))
    return Beginning(network, card.digest if card else "")


def start_from(network: EvidenceNetwork, folder: Path, recipe: Recipe | None = None) -> ModelCard | None:
    """Take over the layers of the model in `folder`; returns the model's card.

    Edges, dots and lines look alike on every product, and image labels alone teach them slowly. The classes' own
    numbers come along only where the model knows just the recipe's. None where the folder holds no model. ModelError
    where the model is damaged or of another architecture.
    """
    if not (folder / CARD).is_file():
        return None
    card = read_card(folder)
    other = load_network(folder, card)
    if not isinstance(other, EvidenceNetwork):
        raise ModelError(f"The model in {printable(folder)} is no evidence network: nothing can begin with it.")
    same = recipe is not None and _same_classes(card, recipe)
    layers = {k: v for k, v in other.state_dict().items() if same or not k.startswith(_OWN)}
    for name in _STEM:
        layers[name] = refitted(layers[name], other.stem.side, network.stem.side, other.channels, network.channels)
    network.load_state_dict(layers, strict=False)
    return card


def _same_classes(card: ModelCard, recipe: Recipe) -> bool:
    return tuple(card.recipe.class_set.names) == tuple(recipe.class_set.names)


def refitted(filters: Tensor, side: int, new_side: int, channels: int, new_channels: int) -> Tensor:
    """The stem's filters for chips of other channels, or blocks of fewer pixels.

    They answer to a grey picture in colours as to the grey one, and to a small picture as to one enlarged by whole
    pixels: the weights of pixels that fall together are added up.
    """
    if (side, channels) == (new_side, new_channels):
        return filters
    blocked = filters.shape[1] != channels
    seen = _as_pixels(filters, side) if blocked else filters
    if channels != new_channels:
        seen = seen.mean(1, keepdim=True).expand(-1, new_channels, -1, -1) * channels / new_channels
    if side != new_side:
        reach = seen.shape[2] * new_side // side
        seen = functional.interpolate(seen, (reach, reach), mode="area") * (side / new_side) ** 2
    return over_blocks(seen, new_side) if blocked else seen


def _as_pixels(filters: Tensor, side: int) -> Tensor:
    """(O, C * side**2, 3, 3) over blocks -> (O, C, 3 * side, 3 * side) over pixels."""
    number, full = len(filters), 3 * side
    blocks = filters.reshape(number, -1, side, side, 3, 3)
    return blocks.permute(0, 1, 4, 2, 5, 3).reshape(number, -1, full, full)
