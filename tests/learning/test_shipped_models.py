"""The models that the program ships: each loads, fits its recipe, and says how it was made."""

from __future__ import annotations

import re

import pytest

from inspector import paths
from inspector.learning.classifier import load_classifier
from inspector.learning.model_card import CARD, read_card
from inspector.wafer.recipe_file import read_recipe

NAMES = sorted(p.name for p in paths.shipped_model("x").parent.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_that_a_shipped_model_loads_and_fits_its_recipe(name: str) -> None:
    recipe = read_recipe(paths.resource("recipes") / f"{name}.toml")

    classifier = load_classifier(paths.shipped_model(name), recipe, "cpu")

    assert classifier.input_size == recipe.model.input
    assert classifier.facts.review_limits is not None


@pytest.mark.parametrize("name", NAMES)
def test_that_a_shipped_card_tells_its_commands_and_figures_and_no_path_of_a_machine(name: str) -> None:
    card = read_card(paths.shipped_model(name))

    assert card.made_with
    assert card.held_out
    assert card.novelty is not None
    assert not re.search(r"(^|[ \"])/\w+/", (paths.shipped_model(name) / CARD).read_text(encoding="utf-8"))
