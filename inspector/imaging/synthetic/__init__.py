"""Synthetic wafers and parts whose truth is known: laser wafers and crimp terminals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector.imaging.synthetic.crimp import PART_CLASSES
from inspector.imaging.synthetic.defects import SUBTYPES
from inspector.imaging.synthetic.layout import resized_recipe
from inspector.imaging.synthetic.lots import Run, default_lots, write_dataset, write_wafers
from inspector.imaging.synthetic.parts import write_parts
from inspector.wafer.errors import DatasetError, RecipeError
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
    natural: bool = False,
    hard: float = 0.0,
) -> Iterator[Progress[Path]]:
    """Draw wafers (or parts) with known truth into a folder; the same seed draws the same pixels.

    Laser wafers: `<lot>_<wafer>.tif` and truth.csv, or with `dataset` class folders of chips and manifest.csv; always
    recipe.toml with the grid as it was drawn. columns, rows, chip (px): another grid than the recipe's.
    Parts: class folders and manifest.csv; `wafers` is the number of images.
    lots: how many lots the wafers are spread over; one for about three wafers when left out.
    natural: a dataset's classes as often as production brings them (parts: in the shares of the paper's tests), else
    evenly.
    hard: share of a dataset's pictures that lie near a limit of the criteria (laser chips: half of them, the others
    bear only marks near the noise): what there is never enough of to learn from.
    RecipeError where the recipe can't be drawn, DatasetError where the folder already holds labelled pictures.
    """
    if wafers < 1 or (lots is not None and lots < 1):
        raise RecipeError("At least one wafer and one lot are needed: name numbers from 1 on.")
    if recipe.name == LASER:
        _check_classes(recipe, set(SUBTYPES))
        sized = resized_recipe(recipe, columns, rows, chip)
        run = Run(folder, sized, wafers, seed, min(lots or default_lots(wafers), wafers), natural, hard)
        if not dataset:
            return write_wafers(run)
        _check_free(folder, recipe)
        return write_dataset(run)
    if recipe.name in PART_CLASSES:
        _check_classes(recipe, set(PART_CLASSES[recipe.name]))
        if columns or rows or chip:
            raise RecipeError(f"The recipe {recipe.name!r} draws whole parts: leave out columns, rows and chip.")
        _check_free(folder, recipe)
        return write_parts(folder, recipe.name, wafers, seed, lots, natural=natural, hard=hard)
    raise RecipeError(f"The recipe {recipe.name!r} can't be synthesized: choose laser-wafer, crimp-a or crimp-b.")


def _check_classes(recipe: Recipe, drawn: set[str]) -> None:
    names = set(recipe.class_set.names)
    if names != drawn:
        odd = ", ".join(sorted(names ^ drawn))
        raise RecipeError(
            f"The recipe {recipe.name!r} has other classes than are drawn ({odd}): use the shipped recipe."
        )


def _check_free(folder: Path, recipe: Recipe) -> None:
    """Pictures of two runs in one folder would be taken for one dataset, half of them without boxes."""
    taken = [name for name in ("manifest.csv", *recipe.class_set.names) if (folder / name).exists()]
    if taken:
        raise DatasetError(f"The folder {folder} already holds labelled pictures ({taken[0]}): name an empty folder.")
