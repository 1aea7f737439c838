"""Synthetic wafers and parts whose truth is known: laser wafers and crimp terminals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector.imaging.synthetic.crimp import PART_CLASSES
from inspector.imaging.synthetic.defects import SUBTYPES
from inspector.imaging.synthetic.layout import resized_recipe
from inspector.imaging.synthetic.lots import Run, default_lots, write_dataset, write_wafers
from inspector.imaging.synthetic.parts import write_parts
from inspector.wafer.errors import RecipeError
from inspector.wafer.progress import Progress
from inspector.wafer.recipe import Recipe

LASER = "laser-wafer"


def synthesize(
    folder: Path,
    recipe: Recipe,
    *,
    wafers: int,
    seed: int,
    columns: int | None = None,
    rows: int | None = None,
    chip: int | None = None,
    dataset: bool = False,
    lots: int | None = None,
) -> Iterator[Progress[Path]]:
    """Draw wafers (or parts) with known truth into a folder; the same seed draws the same pixels.

    Laser wafers: `<lot>_<wafer>.tif` and truth.csv, or with `dataset` class folders of chips and manifest.csv; always
    recipe.toml with the grid as it was drawn. columns, rows, chip (px): another grid than the recipe's.
    Parts: class folders and manifest.csv; `wafers` is the number of images.
    lots: how many lots the wafers are spread over; one for about three wafers when left out.
    RecipeError where the recipe can't be drawn.
    """
    if wafers < 1 or (lots is not None and lots < 1):
        raise RecipeError("At least one wafer and one lot are needed: name numbers from 1 on.")
    if recipe.name == LASER:
        _check_classes(recipe, set(SUBTYPES))
        sized = resized_recipe(recipe, columns, rows, chip)
        run = Run(folder, sized, wafers, seed, min(lots or default_lots(wafers), wafers))
        return write_dataset(run) if dataset else write_wafers(run)
    if recipe.name in PART_CLASSES:
        _check_classes(recipe, set(PART_CLASSES[recipe.name]))
        if columns or rows or chip:
            raise RecipeError(f"The recipe {recipe.name!r} draws whole parts: leave out columns, rows and chip.")
        return write_parts(folder, recipe.name, wafers, seed, lots)
    raise RecipeError(f"The recipe {recipe.name!r} can't be synthesized: choose laser-wafer, crimp-a or crimp-b.")


def _check_classes(recipe: Recipe, drawn: set[str]) -> None:
    names = set(recipe.class_set.names)
    if names != drawn:
        odd = ", ".join(sorted(names ^ drawn))
        raise RecipeError(
            f"The recipe {recipe.name!r} has other classes than are drawn ({odd}): use the shipped recipe."
        )
