"""Where the chips lie on a synthetic wafer, how large its image is, and where the round wafer ends."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.errors import RecipeError
from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.recipe import Recipe

SMALLEST_CHIP = 96  # px: one stripe and something beside it
_RIM = 40.0  # px between the outermost chip corner and the wafer's edge
_OUTSIDE = 24.0  # px of dark around the wafer


@dataclass(frozen=True)
class Layout:
    """A wafer in its upright image.

    size: (width, height) of the image; chip: (width, height) in whole px; street: (x, y) px beside a chip on each side.
    centre, radius: of the round wafer, px. flat: y of a flat at the bottom. notch: radius of a notch at the bottom.
    """

    grid: Grid
    size: tuple[int, int]
    chip: tuple[int, int]
    street: tuple[int, int]
    centre: tuple[float, float]
    radius: float
    flat: float
    notch: float

    def corner(self, chip: ChipId) -> tuple[int, int]:
        """Left top of a chip in whole px."""
        x, y = self.grid.corners(chip)[0]
        return round(x), round(y)

    def depth(self, x: NDArray[np.float32], y: NDArray[np.float32], flat: bool) -> NDArray[np.float32]:
        """Depth in px inside the wafer's edge (negative: outside) of upright image points."""
        dx, dy = x - self.centre[0], y - self.centre[1]
        depth = self.radius - np.sqrt(dx * dx + dy * dy)
        if flat:
            return np.asarray(np.minimum(depth, self.flat - y), dtype=np.float32)
        to_notch = np.sqrt(dx * dx + (dy - self.radius) ** 2) - self.notch
        return np.asarray(np.minimum(depth, to_notch), dtype=np.float32)


def resized_recipe(recipe: Recipe, columns: int | None, rows: int | None, chip: int | None) -> Recipe:
    """The recipe with the grid asked for. A smaller chip is a smaller field of view at the same scale: streets keep
    their width and the image keeps just enough room for the wafer's edge. RecipeError where that can't be."""
    section = recipe.grid
    if columns is None and rows is None and chip is None:
        return recipe
    if any(n is not None and n < 1 for n in (columns, rows)):
        raise RecipeError("A wafer needs at least one column and one row: name positive numbers.")
    if chip is not None and chip < SMALLEST_CHIP:
        raise RecipeError(f"A laser chip of {chip} px is too small to hold a stripe: name {SMALLEST_CHIP} px or more.")
    size = (chip, chip) if chip is not None else section.chip
    pitch = section.pitch or (float(section.chip[0]), float(section.chip[1]))
    table = recipe.model_dump(mode="json")
    table["grid"] |= {
        "columns": columns or section.columns,
        "rows": rows or section.rows,
        "chip": size,
        "pitch": [size[i] + pitch[i] - section.chip[i] for i in (0, 1)],
        "missing": [list(m) for m in section.missing if m[0] < (columns or m[0] + 1) and m[1] < (rows or m[1] + 1)],
    }
    if chip is not None:
        table["model"]["input"] = size
        table["training"]["crop"] = min(recipe.training.crop, chip)
    table["grid"]["origin"] = _tight_origin(Recipe.model_validate(table).grid.grid())
    return Recipe.model_validate(table)


def _tight_origin(grid: Grid) -> list[float]:
    """Room for the round wafer around the grid, at most one chip and its street on each side."""
    radius = _outermost(grid) + _RIM + _OUTSIDE
    return [float(min(math.ceil(radius - grid.extent[i] / 2), round(grid.pitch[i]))) for i in (0, 1)]


def _outermost(grid: Grid) -> float:
    """px from the grid's middle to the farthest corner of a chip."""
    ids = grid.chip_ids()
    corners = np.concatenate([grid.corners(c) for c in ids])
    middle = np.array(grid.origin) + np.array(grid.extent) / 2
    return float(np.sqrt(((corners - middle) ** 2).sum(axis=1)).max())


def layout(recipe: Recipe) -> Layout:
    """The wafer of a recipe, as it would lie upright in its image."""
    grid = recipe.grid.grid()
    chip = (round(grid.chip[0]), round(grid.chip[1]))
    street = (int((grid.pitch[0] - grid.chip[0]) // 2), int((grid.pitch[1] - grid.chip[1]) // 2))
    size = (round(2 * grid.origin[0] + grid.extent[0]), round(2 * grid.origin[1] + grid.extent[1]))
    centre = (grid.origin[0] + grid.extent[0] / 2, grid.origin[1] + grid.extent[1] / 2)
    radius = _outermost(grid) + _RIM
    lowest = max(float(grid.corners(c)[2, 1]) for c in grid.chip_ids())
    room = centre[1] + radius - lowest - street[1]
    return Layout(
        grid, size, chip, street, centre, radius, lowest + street[1] + 0.4 * room, float(np.clip(room - 20, 8, 60))
    )


def recipe_toml(recipe: Recipe) -> str:
    """The recipe as a TOML file that reads back as the same recipe."""
    table = recipe.model_dump(mode="json", exclude_none=True)
    blocks = []
    for name, section in table.items():
        entries = section if isinstance(section, list) else [section]
        header = f"[[{name}]]" if isinstance(section, list) else f"[{name}]"
        blocks += ["\n".join([header, *(f"{key} = {_toml(value)}" for key, value in e.items())]) for e in entries]
    return "\n\n".join(blocks) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)  # strings, numbers and booleans are written alike in JSON and TOML
