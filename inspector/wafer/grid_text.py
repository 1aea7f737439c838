"""A measured grid as the recipe's [grid] section: its values, and the TOML to paste."""

from __future__ import annotations

import json
import math

from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.recipe import GridSection

_DISC = 0.04  # share of the places in which a grid may differ from a disc and still be called one


def grid_section(placed: PlacedGrid) -> GridSection:
    """The recipe's section for wafers that lie like this one; the turn is left to alignment.

    Chips are whole pixels, a pitch is given to 1/1000 px. Places without a chip become shape "disc" where that is
    their pattern but for single places, else `missing`.
    """
    grid = placed.grid
    chip = tuple(max(1, min(round(side), math.floor(pitch))) for side, pitch in zip(grid.chip, grid.pitch, strict=True))
    values = {
        "columns": grid.columns,
        "rows": grid.rows,
        "chip": chip,
        "pitch": tuple(round(pitch, 3) for pitch in grid.pitch),
        "origin": tuple(round(grid.origin[i] + (grid.chip[i] - chip[i]) / 2, 1) for i in (0, 1)),
    }
    disc = GridSection.model_validate(values | {"shape": "disc"})
    outside = disc.grid().missing
    if outside and len(outside ^ grid.missing) <= _DISC * grid.columns * grid.rows:
        return disc
    return GridSection.model_validate(values | {"missing": sorted(_tuples(grid.missing))})


def grid_toml(section: GridSection) -> str:
    """The section as a recipe has it, with a line for each value that is not the default."""
    values = section.model_dump(mode="json", exclude_defaults=True) | {"align": section.align}
    return "\n".join(["[grid]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]) + "\n"


def turn_degrees(placed: PlacedGrid) -> float:
    """By how much the grid is turned, clockwise as seen in the image."""
    return math.degrees(math.atan2(placed.matrix[3], placed.matrix[0]))


def _tuples(chips: frozenset[ChipId]) -> list[tuple[int, int]]:
    return [(chip.column, chip.row) for chip in chips]
