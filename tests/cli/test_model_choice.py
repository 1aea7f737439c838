"""Which model judges on the command line: the named one, the one activated in the record, the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspector import paths
from inspector.cli.judge import model_folder
from inspector.records.models import activate_model, models_folder
from inspector.records.record import Record
from inspector.wafer.errors import ModelError
from inspector.wafer.recipe_file import read_recipe


def test_that_the_model_that_was_activated_in_the_record_judges_unless_another_is_named(tmp_path: Path) -> None:
    recipe = read_recipe(paths.resource("recipes", "crimp-a.toml"))
    shipped = paths.shipped_model(recipe.name)
    url = f"sqlite:///{tmp_path / 'r.db'}"
    with Record.open(url) as record:
        own = models_folder(record, recipe.name) / "20261122-100000-own"
        shutil.copytree(shipped, own)
        assert model_folder(None, recipe, url) == shipped

        activate_model(record, recipe.name, own, operator="Ito")

    assert model_folder(None, recipe, url) == own
    assert model_folder(tmp_path, recipe, url) == tmp_path
    assert model_folder(None, recipe) == shipped
    shutil.rmtree(own)
    with pytest.raises(ModelError, match="holds no model"):
        model_folder(None, recipe, url)
