"""The recipes and models that the station can offer, and a guess at the recipe from an image's size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from inspector import paths
from inspector.records.models import active_model
from inspector.records.record import Record
from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

_LIKE_ENOUGH = 0.08  # of the longer side: streets and margins differ from image to image


@dataclass(frozen=True)
class ListedRecipe:
    """A recipe with the place that it was read from: a shipped recipe's name or the path of a file."""

    place: str
    recipe: Recipe


def shipped_recipes() -> list[ListedRecipe]:
    """Every shipped recipe that can be read: wafers of chips first, then whole parts, both by name."""
    found = []
    for path in sorted(paths.resource("recipes").glob("*.toml")):
        try:
            found.append(ListedRecipe(path.stem, read_recipe(path)))
        except RecipeError:
            continue  # a broken shipped recipe is for `inspector doctor` to report; the others can be used
    return sorted(found, key=lambda listed: listed.recipe.is_whole)


def read_listed(place: str) -> ListedRecipe:
    """A shipped recipe by name, else a recipe file. RecipeError as `read_recipe`."""
    return ListedRecipe(place, read_recipe(recipe_path(place)))


def recipe_path(place: str) -> Path:
    """The file of a shipped recipe's name, else the path that the place is."""
    shipped = paths.resource("recipes", f"{place}.toml")
    return shipped if "/" not in place and "\\" not in place and shipped.is_file() else Path(place)


def guess(listed: list[ListedRecipe], width: int, height: int) -> ListedRecipe | None:
    """The recipe of chips whose grid fills an image of this size, when one does."""
    unlike = {entry.place: _unlikeness(entry.recipe, width, height) for entry in listed if not entry.recipe.is_whole}
    best = min(unlike, key=unlike.__getitem__, default=None)
    if best is None or unlike[best] > _LIKE_ENOUGH:
        return None
    return next(entry for entry in listed if entry.place == best)


def _unlikeness(recipe: Recipe, width: int, height: int) -> float:
    grid = recipe.grid.grid()
    expected = (grid.extent[0] + 2 * grid.origin[0], grid.extent[1] + 2 * grid.origin[1])
    return max(abs(width - expected[0]) / expected[0], abs(height - expected[1]) / expected[1])


def model_for(recipe: Recipe, chosen: str = "", record: Record | None = None) -> Path | None:
    """The folder of the model that judges a recipe: the chosen one, the user's own, the shipped one, else None.

    Where an engineer has activated a model in the record, that one alone; None where it is gone, or another one now.
    """
    active = active_model(record, recipe.name) if record is not None else None
    if active is not None:
        return active.folder if model_digest(active.folder) == active.digest else None
    places = [Path(chosen)] if chosen else []
    places += [paths.user_data() / "models" / recipe.name, paths.shipped_model(recipe.name)]
    return next((folder for folder in places if (folder / "card.json").is_file()), None)


def model_digest(folder: Path) -> str:
    """The digest of the weights as the model's card states it; empty where the card can't be read.

    Read here as plain JSON: the window's process never loads what belongs to learning.
    """
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    digest = card.get("digest", "") if isinstance(card, dict) else ""
    return digest if isinstance(digest, str) else ""
