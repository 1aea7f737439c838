"""Writes a grid into a recipe file: the [grid] section is replaced, every other line stays as a person wrote it."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path

from pydantic import ValidationError

from inspector.wafer.errors import RecipeError, printable
from inspector.wafer.grid_text import grid_toml
from inspector.wafer.recipe import GridSection
from inspector.wafer.recipe_file import read_recipe

_HEADER = re.compile(r"\s*\[{1,2}\s*[\w.\-\"' ]+\]{1,2}\s*(#.*)?$")  # [a], [[a]]; not the [1, 2] of a list
_GRID = re.compile(r"\s*\[\s*grid\s*\]\s*(#.*)?$")


def write_grid(base: Path, section: GridSection, target: Path) -> Path | None:
    """Writes the recipe `base` with this grid as `target`, which may be the same file.

    A file that is there already is kept beside it; where, is returned.
    RecipeError where `base` is no recipe, where the grid can't be put into it, and where `target` can't be written;
    then `target` is as it was.
    """
    recipe = read_recipe(base)
    if recipe.light is not None and target.absolute().parent != base.absolute().parent:
        raise RecipeError(
            f"The recipe {printable(base)} names pictures of the light beside it: write the new one into its folder."
        )
    text = base.read_bytes().decode("utf-8-sig")
    made = with_grid(text, section)
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(made.encode("utf-8"))
        _refuse_other(base, text, part)
        kept = shutil.copyfile(target, target.with_name(target.name + ".bak")) if target.is_file() else None
        os.replace(part, target)
    except OSError as error:
        raise RecipeError(
            f"The recipe {printable(target)} can't be written ({error.strerror}): choose another folder."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return kept


def with_grid(text: str, section: GridSection) -> str:
    """A recipe's text with this [grid] section in place of its own, or at its end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    made = grid_toml(section).rstrip("\n").split("\n")
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")  # splitlines() cuts at what TOML allows in a line
    first = next((n for n, line in enumerate(lines) if _GRID.match(line)), None)
    if first is None:
        return newline.join([*lines, "", *made]) + newline
    last = next((n for n in range(first + 1, len(lines)) if _HEADER.match(lines[n])), len(lines))
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1  # what stands above the next section belongs to that
    return newline.join([*lines[:first], *made, *lines[last:]]) + newline


def _refuse_other(base: Path, before: str, written: Path) -> None:
    """RecipeError where anything but the grid has changed, or the recipe can't be used with it."""
    try:
        after = tomllib.loads(written.read_text(encoding="utf-8"))
        same = {k: v for k, v in after.items() if k != "grid"} == {
            k: v for k, v in tomllib.loads(before).items() if k != "grid"
        }
        if not same:
            raise RecipeError(f"The recipe {printable(base)} keeps its grid in another way: write [grid] by hand.")
        read_recipe(written)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RecipeError(f"The recipe {printable(base)} can't take the grid ({error}): write it by hand.") from error
    except RecipeError as error:
        raise RecipeError(str(error).replace(str(written), str(base))) from error
