"""Wafer maps for paper, as SVG: a cell for each chip, legible without colour, small where there is little to say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from inspector.exchange.figures.tally import Cell, WaferTally
from inspector.wafer.classes import ClassSet

INK = "#1a1a1a"
_GREY, _LINE = "#dcdcdc", "#8a8a8a"
_DENSE = 28  # columns from which on good chips run together and defects get a heavier line
_PARTS_ABREAST = 24  # at least, so that few parts are not drawn as large tiles
_SIGNS = {Cell.UNDECIDED: "!", Cell.UNSURE: "?", Cell.EXCLUDED: "×"}

Place = tuple[int, int]  # column, row


def wafer_map(wafer: WaferTally, label: str) -> Markup:
    """One wafer's map. label: what a screen reader says."""
    return draw(wafer.cells, wafer.changed, wafer.recipe.class_set, wafer.aspect, label)


def part_sheet(parts: Sequence[WaferTally], label: str) -> Markup:
    """A lot of single parts, row by row in the order in which they were added."""
    columns = max(_PARTS_ABREAST, math.ceil(math.sqrt(3 * len(parts))))
    rows = math.ceil(len(parts) / columns)
    cells = np.full(rows * columns, Cell.OUTSIDE, np.int16)
    changed = np.zeros(rows * columns, bool)
    cells[: len(parts)] = [part.cells[0, 0] for part in parts]
    changed[: len(parts)] = [part.changed[0, 0] for part in parts]
    return draw(cells.reshape(rows, columns), changed.reshape(rows, columns), parts[-1].recipe.class_set, 1.0, label)


def swatch(held: int, classes: ClassSet, changed: bool = False) -> Markup:
    """One cell as the maps draw it, for legends and tables; decoration beside a word."""
    return draw(np.array([[held]], np.int16), np.array([[changed]]), classes, 1.0, "")


def draw(cells: NDArray[np.int16], changed: NDArray[np.bool_], classes: ClassSet, aspect: float, label: str) -> Markup:
    """The map of `cells` and `changed`, both (rows, columns), as an inline SVG element; a cell is 1 wide."""
    rows, columns = cells.shape
    height = min(max(aspect, 0.25), 4.0)
    dense = columns >= _DENSE
    places: dict[int, list[Place]] = defaultdict(list)
    for row, column in np.argwhere(cells != Cell.OUTSIDE).tolist():
        places[int(cells[row, column])].append((column, row))
    parts: list[Markup] = []
    for held in sorted(places):  # what is no class first, so that the lines of defects lie on top
        parts += _layer(held, places[held], classes, height, dense)
    corners = [(column, row) for row, column in np.argwhere(changed).tolist()]
    if corners:
        notches = "".join(
            f"M{_n(c + 0.46)} {_n(r * height + 0.04)}H{_n(c + 0.96)}V{_n(r * height + 0.54)}Z" for c, r in corners
        )
        parts.append(Markup('<path d="{}" fill="{}" stroke="#fff" stroke-width=".08"/>').format(notches, INK))
    naming = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    frame = Markup('<svg class="map" viewBox="-.1 -.1 {} {}" {}>').format(
        _n(columns + 0.2), _n(rows * height + 0.2), naming
    )
    return frame + Markup("").join(parts) + Markup("</svg>")


def _layer(held: int, places: Sequence[Place], classes: ClassSet, height: float, dense: bool) -> list[Markup]:
    """Every chip of one answer: a shape, and a sign where colour alone would have to say it."""
    if held >= 0 and classes.classes[held].is_good:
        return [_path(_cells(places, height, 0 if dense else 0.05), _tint(classes.classes[held].colour), "none", 0)]
    if held == Cell.NOT_JUDGED:
        outline = _cells(places, height, 0.09) + "".join(
            f"M{_n(c + 0.12)} {_n((r + 0.9) * height)}L{_n(c + 0.88)} {_n((r + 0.1) * height)}" for c, r in places
        )
        return [_path(outline, "none", _LINE, 0.05)]
    if held < 0:
        sign = _SIGNS[Cell(held)]
        return [_path(_cells(places, height, 0.09), _GREY, _LINE, 0.05), _signs(places, sign, INK, height)]
    chip_class = classes.classes[held]
    shape = _path(_cells(places, height, 0.07), chip_class.colour, INK, 0.16 if dense else 0.08)
    return [shape, _signs(places, chip_class.glyph, _readable_on(chip_class.colour), height)]


def _cells(places: Iterable[Place], height: float, inset: float) -> str:
    """A rectangle for each place; without an inset, neighbours in a row become one."""
    runs: list[list[int]] = []
    for column, row in places:
        if inset == 0 and runs and runs[-1][1] == row and runs[-1][0] + runs[-1][2] == column:
            runs[-1][2] += 1
        else:
            runs.append([column, row, 1])
    tall = _n(height - 2 * inset)
    return "".join(
        f"M{_n(c + inset)} {_n(r * height + inset)}h{_n(n - 2 * inset)}v{tall}h-{_n(n - 2 * inset)}z"
        for c, r, n in runs
    )


def _path(shape: str, fill: str, stroke: str, width: float) -> Markup:
    line = Markup(' stroke="{}" stroke-width="{}"').format(stroke, _n(width)) if width else Markup("")
    return Markup('<path d="{}" fill="{}"{}/>').format(shape, fill, line)


def _signs(places: Iterable[Place], sign: str, colour: str, height: float) -> Markup:
    size = 0.68 * min(1.0, height)
    texts = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(_n(c + 0.5), _n((r + 0.5) * height + 0.36 * size), sign)
        for c, r in places
    )
    return Markup('<g fill="{}" font-size="{}" text-anchor="middle">{}</g>').format(colour, _n(size), texts)


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _tint(colour: str) -> str:
    """Halfway to white: on grey paper too, a good chip is lighter than any sign on a defect."""
    return "#" + "".join(f"{(int(colour[i : i + 2], 16) + 255) // 2:02x}" for i in (1, 3, 5))


def _readable_on(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return INK if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.18 else "#ffffff"
