"""A model that sees chips at another size than the recipe says is used, but not without a word."""

from __future__ import annotations

from grey_classifier import GreyClassifier, wafer_recipe

from inspector.engine.jobs import Models
from inspector.inspection import other_scale


def test_that_stretched_chips_are_told_and_others_are_not() -> None:
    recipe, classifier = wafer_recipe(3, 3), GreyClassifier()
    same = recipe.model_copy(update={"model": recipe.model.model_copy(update={"input": classifier.input_size})})
    other = recipe.model_copy(update={"model": recipe.model.model_copy(update={"input": (31, 17)})})

    assert other_scale(same, classifier) == ""
    assert "31 x 17" in other_scale(other, classifier)


def test_that_the_engine_says_it_once_and_not_for_each_wafer() -> None:
    models = Models()

    assert [models.told_once(said) for said in ("", "A", "A", "B")] == ["", "A", "", "B"]
