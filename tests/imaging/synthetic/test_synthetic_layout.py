"""The layout of a synthetic wafer: chips, streets, room for the round edge, and the recipe that goes with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inspector.imaging.synthetic.layout import layout, recipe_toml, resized_recipe
from inspector.paths import resource
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return read_recipe(resource("recipes", "laser-wafer.toml"))


@pytest.mark.parametrize("name", ["laser-wafer", "crimp-a", "crimp-b"])
def test_that_a_written_recipe_reads_back_as_the_same_recipe(name: str, tmp_path: Path) -> None:
    recipe = read_recipe(resource("recipes", f"{name}.toml"))
    path = tmp_path / "recipe.toml"

    path.write_text(recipe_toml(recipe), encoding="utf-8")

    assert read_recipe(path) == recipe


def test_that_nothing_asked_for_leaves_the_recipe_as_it_is(recipe: Recipe) -> None:
    assert resized_recipe(recipe, None, None, None) is recipe


def test_that_a_smaller_chip_is_a_smaller_field_at_the_same_scale(recipe: Recipe) -> None:
    small = resized_recipe(recipe, 6, 5, 256)

    assert (small.grid.columns, small.grid.rows, small.grid.chip) == (6, 5, (256, 256))
    assert small.grid.pitch == (304.0, 304.0)
    assert small.model.input == (256, 256)
    assert small.image.um_per_px == recipe.image.um_per_px


@pytest.mark.parametrize(("columns", "rows", "chip"), [(8, 8, 1024), (6, 6, 256), (4, 4, 128), (3, 9, 192)])
def test_that_every_chip_lies_inside_the_wafer_and_the_image(
    recipe: Recipe, columns: int, rows: int, chip: int
) -> None:
    place = layout(resized_recipe(recipe, columns, rows, chip))

    corners = np.concatenate([place.grid.corners(c) for c in place.grid.chip_ids()]).astype(np.float32)
    for flat in (False, True):
        assert place.depth(corners[:, 0], corners[:, 1], flat).min() > 0
    assert corners.min() >= 0
    assert (corners.max(axis=0) <= place.size).all()


def test_that_the_shipped_wafer_fits_its_image(recipe: Recipe) -> None:
    place = layout(recipe)

    assert place.centre[0] + place.radius < place.size[0]
    assert place.centre[1] + place.radius < place.size[1]


def test_that_a_missing_place_outside_a_smaller_grid_is_forgotten(recipe: Recipe) -> None:
    table = recipe.model_dump(mode="json")
    table["grid"]["missing"] = [[7, 7], [1, 1]]

    small = resized_recipe(Recipe.model_validate(table), 4, 4, None)

    assert small.grid.missing == ((1, 1),)
