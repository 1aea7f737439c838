"""`inspector grid`: measures the grid of an unknown wafer and prints it ready for a recipe."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typer

from inspector.cli.show import find_recipe, follow
from inspector.imaging.alignment.grid_measure import measured_grid
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.grid_text import grid_section, grid_toml, turn_degrees
from inspector.wafer.unknown_product import unknown_product


def measure_grid(image: Path, recipe: str | None, columns: int | None, rows: int | None, as_json: bool) -> None:
    """Print pitch, chip size, origin, turn, columns and rows, and a [grid] section."""
    known = find_recipe(recipe) if recipe else unknown_product()
    with tempfile.TemporaryDirectory(prefix="inspector-grid-") as folder:
        copy = Path(folder) / "copy.tif"
        for _ in follow(make_working_copy(image, copy, known), "Reading"):
            pass
        with WaferImage.open(copy) as pixels:
            if columns is not None and rows is not None and columns * rows == 1:
                raise ImageError(f"The image {image} can't be measured as 1 x 1 chips: nothing repeats in it.")
            placed = measured_grid(pixels, columns, rows)
    typer.echo(json.dumps(_facts(placed)) if as_json else _table(placed))


def _facts(placed: PlacedGrid) -> dict[str, Any]:
    grid = placed.grid
    return {
        "columns": grid.columns,
        "rows": grid.rows,
        "chips": len(grid.chip_ids()),
        "chip": [round(side, 2) for side in grid.chip],
        "pitch": [round(pitch, 3) for pitch in grid.pitch],
        "origin": [round(at, 2) for at in grid.origin],
        "turn_degrees": round(turn_degrees(placed), 4),
        "missing": sorted([chip.column, chip.row] for chip in grid.missing),
        "residual_px": round(placed.residual_px, 3),
        "confidence": round(placed.confidence, 3),
        "toml": grid_toml(grid_section(placed)),
    }


def _table(placed: PlacedGrid) -> str:
    facts = _facts(placed)
    found, places = facts["chips"], placed.grid.columns * placed.grid.rows
    lines = [
        f"columns x rows  {facts['columns']} x {facts['rows']} ({found} of {places} places hold a whole chip)",
        f"chip            {facts['chip'][0]} x {facts['chip'][1]} px",
        f"pitch           {facts['pitch'][0]} x {facts['pitch'][1]} px",
        f"origin          {facts['origin'][0]}, {facts['origin'][1]} px, turned upright about the grid's middle",
        f"turn            {facts['turn_degrees']:.3f} degrees",
        f"residual        {facts['residual_px']} px",
        f"confidence      {facts['confidence']:.0%} of the chips' edges found",
        "",
        facts["toml"].rstrip(),
    ]
    return "\n".join(lines)
