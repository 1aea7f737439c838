"""What must hold before a found grid is believed; each check that fails refuses the image with its own reason."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alignment.chip_names import Naming
from inspector.imaging.alignment.chip_sides import SideMap, Support, side_support
from inspector.imaging.alignment.edge_fit import EdgeFit
from inspector.imaging.alignment.grid_search import MAX_SCALE, ring_chips
from inspector.imaging.alignment.levels import Levels
from inspector.imaging.sources.image_header import refusal
from inspector.wafer.area_section import WaferSection
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.outline import Side
from inspector.wafer.placing import OVERHANG_PX

CONFIDENCE_LIMIT = 0.65
_LINE_LIMIT = 0.4  # share of the sides of an outermost column or row that must be seen
_RING_LIMIT = 0.5  # share of a line beyond the grid that looks like whole chips
_FINER_LIMIT = 0.75  # share of the sides that chips of a half or a third of the pitch would have between them
_FINER_CHIP = 0.35  # of their pitch that such chips take up at least
_TURN_LIMIT = 3.5  # degrees
_LEAST_CHIP = 8  # px of the small copy
_REMEDY = "choose this product's recipe, or take the image again with the whole wafer in it"
_BY_HAND = f"{_REMEDY}, or place the grid by hand in the station"
_CLUES = {
    "chips": "the chips at the grid's border",
    "missing": "the grid's missing places",
    "edge": "the wafer's edge",
    "notch": "the wafer's edge",
    "flat": "the wafer's edge",
    "fiducials": "the fiducials",
    "place": "the recipe's origin",
}


class GridDoubtError(ImageError):
    """The image can be read, but not surely enough where its grid lies: a person can place it.

    best: the likeliest place.
    """

    def __init__(self, text: str, best: PlacedGrid) -> None:
        super().__init__(text)
        self.best = best


def doubt(image: Levels, fault: str, best: PlacedGrid) -> GridDoubtError:
    """GridDoubtError with one sentence: which image, what is in doubt, what to do."""
    return GridDoubtError(str(refusal(image.source_name, fault, _BY_HAND)), best)


def refuse_too_small(image: Levels, grid: Grid, allowed: float, *, search: bool) -> None:
    """ImageError where the image has no room for as many chips as the grid must show."""
    scale = 1 - MAX_SCALE if search else 1.0
    ends = [grid.extent[i] + (0 if search else grid.origin[i]) for i in (0, 1)]
    fit = 1.0
    for side, chip, pitch, end in zip((image.width, image.height), grid.chip, grid.pitch, ends, strict=True):
        lines = round((end - chip) / pitch) + 1
        missing = math.ceil(max(0.0, end * scale - OVERHANG_PX - side) / (pitch * scale) - 1e-9)
        fit *= max(0.0, 1 - missing / lines)
    if fit < 1 - allowed:
        found = f"is {image.width} x {image.height} pixels, but the recipe's grid needs {ends[0]:g} x {ends[1]:g}"
        raise refusal(image.source_name, found, _REMEDY)


def confidence(sides: SideMap, grid: Grid, fit: EdgeFit, chips: Sequence[ChipId]) -> float:
    """0 to 1: share of the chips' sides that are seen where the fitted grid says, rough and fine."""
    support = side_support(sides, grid, fit.place, chips)
    return min(_share(support, np.ones(len(support.coherence), dtype=bool)), fit.agreement)


def _share(support: Support, chosen: NDArray[np.bool_]) -> float:
    """Share of the sides of the chosen chips that are seen; sides on or outside the image's border don't count."""
    expected = ~np.isnan(support.coherence[chosen])
    return float(support.seen()[chosen][expected].mean()) if expected.any() else 0.0


def refuse_doubtful(image: Levels, placed: PlacedGrid) -> None:
    """GridDoubtError where too few chip edges lie on the grid; ImageError where the chips have another size."""
    grid = placed.grid
    if placed.confidence < CONFIDENCE_LIMIT or not np.isfinite(placed.residual_px):
        found = f"does not show the recipe's grid of {grid.columns} x {grid.rows} chips"
        sure = f"{placed.confidence:.0%} of the chip edges found, {CONFIDENCE_LIMIT:.0%} needed"
        raise doubt(image, f"{found} ({sure})", placed)
    scale = np.linalg.norm(placed.affine[:, :2], axis=0)
    turn = abs(math.degrees(math.atan2(placed.matrix[3], placed.matrix[0])))
    if np.abs(scale - 1).max() > MAX_SCALE or turn > _TURN_LIMIT:
        size = f"shows chips {scale[0]:.1%} wide and {scale[1]:.1%} high of the recipe's, turned by {turn:.1f} degrees"
        raise refusal(image.source_name, size, _REMEDY)


def refuse_cut(image: Levels, placed: PlacedGrid, cut: frozenset[ChipId], allowed: float) -> None:
    """ImageError where the image's border cuts more of the chips than the recipe allows: it is the wrong image."""
    expected = len(placed.grid.chip_ids())
    if len(cut) > allowed * expected or len(cut) == expected:
        found = f"cuts {len(cut)} of {expected} chips off at its border ({allowed:.0%} may be, [wafer] max_partial)"
        raise refusal(image.source_name, found, _REMEDY)


def refuse_incomplete(image: Levels, sides: SideMap, placed: PlacedGrid, chips: Sequence[ChipId]) -> None:
    """GridDoubtError where an outermost column or row has hardly any chips: the grid may lie a chip off."""
    expected, ids = np.array(placed.grid.chip_ids()), np.array(chips)
    support = side_support(sides, placed.grid, placed.affine, chips)
    for axis, kind in ((0, "column"), (1, "row")):
        for line in {int(expected[:, axis].min()), int(expected[:, axis].max())}:
            chosen = ids[:, axis] == line
            if chosen.any() and _share(support, chosen) < _LINE_LIMIT:
                raise doubt(image, f"shows too few chips in {kind} {line} of the recipe's grid", placed)


def refuse_other_lattice(
    image: Levels, sides: SideMap, placed: PlacedGrid, chips: Sequence[ChipId], *, alone: bool
) -> None:
    """ImageError where chips are a half or a third of the recipe's, or (alone) go on beyond the grid."""
    grid, place = placed.grid, placed.affine
    size = f"the recipe's grid of {grid.columns} x {grid.rows}"
    if alone:
        ring = ring_chips(grid)
        support = side_support(sides, grid, place, ring)
        whole, judged = support.whole(), support.judged()
        for kind, beyond in _ring_lines(grid, ring).items():
            if judged[beyond].any() and whole[beyond].sum() >= _RING_LIMIT * beyond.sum():
                raise refusal(image.source_name, f"has more chips than {size} (beyond its {kind})", _REMEDY)
    for parts in (2, 3):
        if _looks_finer(sides, placed, chips, parts):
            raise refusal(image.source_name, f"has smaller chips than {size}", _REMEDY)


def refuse_mark(image: Levels, placed: PlacedGrid, area: WaferSection, side: Side | None, visible: bool) -> None:
    """GridDoubtError where the notch or flat lies on another side than the recipe says, or on none."""
    if side == area.side:
        return
    if side is not None:
        fault = f"has its {area.names_by} at the {side}, but the recipe says {area.side}"
    elif visible:
        fault = f"shows no {area.names_by} at its {area.side}"
    else:
        fault = f"does not show the wafer's {area.side}, where its {area.names_by} would be"
    raise doubt(image, fault, placed)


def refuse_unnamed(image: Levels, placed: PlacedGrid, naming: Naming, area: WaferSection) -> None:
    """GridDoubtError where another shift by whole chips would do (nearly) as well."""
    if naming.sure < CONFIDENCE_LIMIT:
        sure = f"{naming.sure:.0%} sure, {CONFIDENCE_LIMIT:.0%} needed"
        fault = f"does not tell by {_CLUES[area.names_by]} which chip is column 0, row 0 ({sure})"
        raise doubt(image, fault, placed)


def _looks_finer(sides: SideMap, placed: PlacedGrid, chips: Sequence[ChipId], parts: int) -> bool:
    """True where there are streets across and down inside the chips, where a half or a third of them would end."""
    grid = placed.grid
    pitch = (grid.pitch[0] / parts, grid.pitch[1] / parts)
    chip = (grid.chip[0] + pitch[0] - grid.pitch[0], grid.chip[1] + pitch[1] - grid.pitch[1])
    too_small = min(chip) * 2.0**-sides.level < _LEAST_CHIP
    if too_small or min(c / p for c, p in zip(chip, pitch, strict=True)) < _FINER_CHIP:
        return False
    split = range(parts)
    ids = [ChipId(c * parts + i, r * parts + j) for c, r in chips for i in split for j in split]
    finer = Grid(grid.columns * parts, grid.rows * parts, chip, pitch, grid.origin)
    support = side_support(sides, finer, placed.affine, ids)
    seen, known, at = support.seen(), ~np.isnan(support.coherence), np.array(ids) % parts
    left, top, last = at[:, 0] > 0, at[:, 1] > 0, parts - 1
    inner = np.stack([left, at[:, 0] < last, top, at[:, 1] < last], axis=1) & known
    return all(inner[:, s].any() and seen[:, s][inner[:, s]].mean() > _FINER_LIMIT for s in (slice(0, 2), slice(2, 4)))


def _ring_lines(grid: Grid, ring: list[ChipId]) -> dict[str, NDArray[np.bool_]]:
    at = np.array(ring)
    inside_x = (at[:, 0] >= 0) & (at[:, 0] < grid.columns)
    inside_y = (at[:, 1] >= 0) & (at[:, 1] < grid.rows)
    return {
        "left side": inside_y & (at[:, 0] < 0),
        "right side": inside_y & (at[:, 0] >= grid.columns),
        "top": inside_x & (at[:, 1] < 0),
        "bottom": inside_x & (at[:, 1] >= grid.rows),
    }
