"""Which shots a wafer's folder should hold, and where the stage meant to take each."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from inspector.imaging.sources.image_header import refusal, refusing
from inspector.imaging.sources.named_files import files_of, named_files
from inspector.wafer.manifest import IMAGE_SUFFIXES
from inspector.wafer.source_sections import ShotsSection

_FIELDS = ["file", "x", "y"]


@dataclass(frozen=True)
class Expected:
    """One shot as the recipe or the stage's list announces it.

    name: for messages. path: None where the file is missing. at: (x, y), in steps from shot to shot where
    `in_steps`, else in px; grows to the right and down.
    """

    name: str
    path: Path | None
    at: tuple[float, float]
    in_steps: bool


def expected_shots(folder: Path, section: ShotsSection, um_per_px: float | None) -> list[Expected]:
    """Every expected shot, there or not. ImageError for a folder that doesn't hold what the recipe says."""
    if section.positions is not None:
        return _from_positions(folder, section, um_per_px)
    columns, rows = section.columns, section.rows
    assert columns is not None, "the section says so"
    assert rows is not None, "the section says so"
    found = {_place(key, section): path for key, path in named_files(folder, section.files).items()}
    wanted = [(column, row) for row in range(rows) for column in range(columns)]
    for place in sorted(set(found) - set(wanted)):
        fault = f"holds {found[place].name}, but the recipe has {columns} x {rows} shots counted from {section.first}"
        raise refusal(folder, fault, "correct columns, rows or first under [shots]")
    return [_at_step(folder, section, place, found.get(place)) for place in wanted]


def _place(key: tuple[int, ...], section: ShotsSection) -> tuple[int, int]:
    """(column, row) from 0 of a file's numbers; outside the wafer where they are."""
    if len(key) == 2:
        return key[0] - section.first, key[1] - section.first
    assert section.columns is not None, "the section says so"
    row, column = divmod(key[0] - section.first, section.columns)
    if section.order == "serpentine" and row % 2:
        column = section.columns - 1 - column
    return column, row


def _at_step(folder: Path, section: ShotsSection, place: tuple[int, int], path: Path | None) -> Expected:
    column, row = place
    x = float(column) if section.axes[0] == "right" else -float(column)
    y = float(row) if section.axes[1] == "down" else -float(row)
    name = path.name if path else f"column {column + section.first}, row {row + section.first}"
    return Expected(name, path, (x, y), in_steps=True)


def _from_positions(folder: Path, section: ShotsSection, um_per_px: float | None) -> list[Expected]:
    assert section.positions is not None
    rows = _read_rows(folder, folder / section.positions)
    present = {path.name: path for path in files_of(folder) if path.suffix.lower() in IMAGE_SUFFIXES}
    stray = sorted(set(present) - {name for name, _, _ in rows})
    if stray:
        fault = f"holds the stray image {stray[0]}, which {section.positions} does not name"
        raise refusal(folder, fault, "take it out or add its position")
    if not present:
        raise refusal(folder, f"holds none of the shots that {section.positions} names", "copy the shots into it")
    scale = 1.0
    if section.unit == "um":
        assert um_per_px is not None, "the recipe says so"
        scale = 1 / um_per_px
    ways = (1 if section.axes[0] == "right" else -1, 1 if section.axes[1] == "down" else -1)
    return [
        Expected(name, present.get(name), (x * scale * ways[0], y * scale * ways[1]), in_steps=False)
        for name, x, y in rows
    ]


def _read_rows(folder: Path, path: Path) -> list[tuple[str, float, float]]:
    remedy = "write a line of file,x,y and one such line for each shot"
    with refusing(path), path.open(newline="", encoding="utf-8-sig") as stream:
        try:
            reader = csv.DictReader(stream, strict=True)
            if reader.fieldnames is None or not set(_FIELDS) <= set(reader.fieldnames):
                raise refusal(folder, f"has positions without the columns file, x and y ({path.name})", remedy)
            rows = [(line["file"] or "", float(line["x"]), float(line["y"])) for line in reader]
        except (ValueError, TypeError, csv.Error) as error:
            where = f"{path.name}, line {reader.line_num}"
            raise refusal(folder, f"has positions that can't be read ({where})", remedy) from error
    if not rows or not all(math.isfinite(x) and math.isfinite(y) for _, x, y in rows):
        raise refusal(folder, f"has positions without usable numbers ({path.name})", remedy)
    names = [name for name, _, _ in rows]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None or not all(names):
        raise refusal(folder, f"has positions that name {twice or 'no file'} twice ({path.name})", remedy)
    return rows
