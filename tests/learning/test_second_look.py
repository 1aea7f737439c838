"""Doubtful chips are looked at again in every allowed way round; the others once."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from inspector.learning.network import Evidence, JudgingNetwork
from inspector.learning.second_look import DOUBT, SecondLook
from tests.learning.tiny_product import make_recipe

CLASSES = make_recipe().class_set  # clean, spot, scratch
SURE = 2 * DOUBT + 2


class Corner(JudgingNetwork):
    """Says "spot" as strongly as the upper left pixel is bright; notes how many chips it was shown."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        self.shown: list[int] = []

    def forward(self, chips: Tensor, level: Tensor | None = None) -> Evidence:
        self.shown.append(len(chips))
        grey = chips[:, 0].float()
        maps = torch.stack([0 * grey, grey, 0 * grey - 50], dim=1)
        return Evidence(maps, maps[:, :, 0, 0], maps)


def chips(*corners: tuple[float, float, float, float]) -> Tensor:
    """Chips of 2x2 pixels: upper left, upper right, lower left, lower right."""
    return torch.tensor(corners).reshape(-1, 1, 2, 2)


def test_that_a_doubtful_chip_is_judged_by_the_mean_of_its_views() -> None:
    network = Corner()
    seen = SecondLook(network, CLASSES, ["horizontal", "vertical"])(chips((1, 2, 4, 6), (SURE, 0, 0, 0)))
    assert network.shown == [2, 1, 1, 1]  # the sure chip was shown once
    assert seen.logits[0].tolist() == pytest.approx([0, (1 + 2 + 4 + 6) / 4, -50])
    assert seen.logits[1].tolist() == pytest.approx([0, SURE, -50])
    assert seen.maps[0, 1].flatten().tolist() == pytest.approx([1, 2, 4, 6])  # each view was turned back


@pytest.mark.parametrize(("flips", "views"), [([], 1), (["horizontal"], 2), (["vertical"], 2), (["vertical"] * 2, 2)])
def test_that_only_the_recipes_flips_are_looked_at(flips: list[str], views: int) -> None:
    network = Corner()
    seen = SecondLook(network, CLASSES, flips)(chips((1, 2, 4, 6)))
    assert len(network.shown) == views
    expected = {"horizontal": 1.5, "vertical": 2.5}.get("".join(set(flips)), 1.0)
    assert float(seen.logits[0, 1]) == pytest.approx(expected)


def test_that_the_first_look_is_left_as_it_was() -> None:
    network = Corner()
    some = chips((1, 2, 4, 6))
    first = network(some)
    SecondLook(network, CLASSES, ["horizontal"])(some)
    assert first.logits.tolist() == network(some).logits.tolist()


@pytest.mark.parametrize("odds", [-DOUBT - 0.1, DOUBT + 0.1])
def test_that_a_clear_chip_is_judged_at_first_sight(odds: float) -> None:
    network = Corner()
    SecondLook(network, CLASSES, ["horizontal", "vertical"])(chips((odds, 0, 0, 0)))
    assert network.shown == [1]
