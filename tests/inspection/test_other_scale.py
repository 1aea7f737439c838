"""A model that sees chips at another size than the recipe says is used, but not without a word."""

from __future__ import annotations

import pytest
from grey_classifier import GreyClassifier, wafer_recipe

from inspector.cli.judge import tell_other_scale


def test_that_stretched_chips_are_told_and_others_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, classifier = wafer_recipe(3, 3), GreyClassifier()
    same = recipe.model_copy(update={"model": recipe.model.model_copy(update={"input": classifier.input_size})})
    other = recipe.model_copy(update={"model": recipe.model.model_copy(update={"input": (31, 17)})})

    tell_other_scale(same, classifier)
    assert capsys.readouterr().err == ""

    tell_other_scale(other, classifier)
    assert "31 x 17" in capsys.readouterr().err
