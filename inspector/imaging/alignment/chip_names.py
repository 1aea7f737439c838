"""Which chip is column 0, row 0, when the lattice lies right: the shift by whole chips, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.chip_sides import SideMap, grey_window, side_support
from inspector.imaging.alignment.levels import Levels
from inspector.wafer.grid import ChipId, Grid

REACH = 2  # chips that the grid may have been placed off, both ways
_AROUND = REACH + 1  # places beyond the grid that are looked at
_SURE = 1.3  # half of the places that tell two shifts apart agree with one of them: just sure enough
_THUMB = 16  # px of a chip's thumbnail
_FINE = 128  # parts of a grey level in it
_LIGHT = 7  # px of it over which light is taken to be even
_FAINT = 0.002  # relative brightness: a pattern of that size is nothing

Place = NDArray[np.float64]
Chips = NDArray[np.float64]  # (rows, columns) of the grid and _AROUND more on each side


@dataclass(frozen=True)
class Naming:
    """columns, rows: how many chips the grid is to be moved. sure: 0 to 1, 0.65 is where doubt ends."""

    columns: int
    rows: int
    sure: float


def by_chips(sides: SideMap, grid: Grid, place: Place, *, alone: bool) -> Naming:
    """The shift at which chips are where they are expected and nowhere else.

    alone: beyond the grid nothing is expected, so its outer lines tell as well as its missing places; else the pattern
    may go on there, and only places inside the grid tell.
    """
    ids = _places_around(grid)
    support = side_support(sides, grid, place, ids)
    found = np.where(support.judged(), support.whole().astype(np.float64), np.nan).reshape(_shape(grid))
    expected = np.full(_shape(grid), 0.0 if alone else np.nan)
    inner = np.ones((grid.rows, grid.columns))
    for column, row in grid.missing:
        if 0 <= column < grid.columns and 0 <= row < grid.rows:
            inner[row, column] = 0.0
    expected[_AROUND:-_AROUND, _AROUND:-_AROUND] = inner
    if not alone and not grid.missing:
        return Naming(0, 0, 0.0)
    return _best_map(found, expected)


def by_distance(off: NDArray[np.float64], grid: Grid, quality: float) -> Naming:
    """off: (x, y) grid px by which the grid's own centre lies off the measured one; sure up to a quarter of a pitch."""
    pitches = off / grid.pitch
    whole = np.rint(pitches)
    doubt = 2 * float(np.abs(pitches - whole).max())
    return Naming(int(whole[0]), int(whole[1]), min(quality, 1.0, _SURE * (1 - doubt)))


def by_fiducials(image: Levels, sides: SideMap, grid: Grid, place: Place, marks: list[ChipId]) -> Naming:
    """The shift at which every chip at `marks` looks least like the usual one, but has a chip's sides."""
    support = side_support(sides, grid, place, _places_around(grid))
    odd = _oddness(image, sides.level, grid, place) * support.seen().mean(axis=1).reshape(_shape(grid))

    def score(columns: int, rows: int) -> float:
        at = [odd[r + rows + _AROUND, c + columns + _AROUND] for c, r in marks]
        return float(np.min(at))

    scores = {shift: score(*shift) for shift in _shifts()}
    known = {shift: value for shift, value in scores.items() if np.isfinite(value)}
    if not known or not np.isfinite(odd).any():
        return Naming(0, 0, 0.0)
    best = max(known, key=lambda shift: known[shift])
    usual = float(np.nanmedian(odd))
    second = max((value for shift, value in known.items() if shift != best), default=usual)
    clear = (known[best] - second) / max(known[best] - usual, 1e-6)
    plain = (known[best] - usual) / 0.5  # correlation that a mark must lack at least
    return Naming(*best, float(np.clip(min(_SURE * clear, _SURE * plain), 0, 1)))


def _shape(grid: Grid) -> tuple[int, int]:
    return grid.rows + 2 * _AROUND, grid.columns + 2 * _AROUND


def _places_around(grid: Grid) -> list[ChipId]:
    rows, columns = range(-_AROUND, grid.rows + _AROUND), range(-_AROUND, grid.columns + _AROUND)
    return [ChipId(c, r) for r in rows for c in columns]


def _shifts() -> list[tuple[int, int]]:
    reach = range(-REACH, REACH + 1)
    return [(c, r) for c in reach for r in reach]


def _best_map(found: Chips, expected: Chips) -> Naming:
    """The shift of the expected map with the fewest contradictions, against the next best one."""
    maps = {(c, r): _moved(expected, c, r) for c, r in _shifts()}
    best = min(maps, key=lambda shift: (_wrong(found, maps[shift]), abs(shift[0]) + abs(shift[1])))
    sure = min(_margin(found, maps[best], other) for shift, other in maps.items() if shift != best)
    return Naming(*best, float(np.clip(_SURE * sure, 0, 1)))


def _moved(expected: Chips, columns: int, rows: int) -> Chips:
    """The map moved over the lattice; what comes in from outside is like its own rim."""
    padded = np.pad(expected, REACH, mode="edge")
    height, width = expected.shape
    return padded[REACH - rows : REACH - rows + height, REACH - columns : REACH - columns + width]


def _wrong(found: Chips, expected: Chips) -> float:
    """Share of the places that contradict the map; shifted maps may know different numbers of places."""
    off = np.abs(found - expected)
    known = np.isfinite(off)
    return float(off[known].mean()) if known.any() else 1.0


def _margin(found: Chips, best: Chips, other: Chips) -> float:
    """1: every place that tells the two maps apart agrees with the better one; 0: as many with the other one."""
    apart = np.isfinite(found) & np.isfinite(best) & np.isfinite(other) & (best != other)
    if not apart.any():
        return 0.0
    return float((np.abs(found - other) - np.abs(found - best))[apart].mean())


def _oddness(image: Levels, level: int, grid: Grid, place: Place) -> Chips:
    """1 - correlation of each place's thumbnail with the usual one, less where it is bare of any pattern.

    nan where it is not all in the image.
    """
    width, height = image.level_size(level)
    picture = grey_window(image, level, 0, 0, width, height)
    ids = _places_around(grid)
    fractions = (np.arange(_THUMB) + 0.5) / _THUMB
    unit = np.stack(np.meshgrid(fractions, fractions), axis=-1).reshape(1, -1, 2) * grid.chip
    at = np.array(ids, dtype=np.float64)[:, None, :] * grid.pitch + grid.origin + unit
    there = ((at @ place[:, :2].T + place[:, 2]) * 2.0**-level - 0.5).astype(np.float32)
    outside = (there < 0).any(axis=(1, 2)) | (there > (width - 1, height - 1)).any(axis=(1, 2))
    cell = max(1, round(min(grid.chip) * 2.0**-level / _THUMB))
    seen = _remapped(cv2.blur(picture.astype(np.uint16) * _FINE, (cell, cell)), there).astype(np.float64) / _FINE
    seen = np.stack([_evenly_lit(thumb) for thumb in seen.reshape(-1, _THUMB, _THUMB)])
    pattern = np.linalg.norm(seen, axis=1)
    known = (seen / (pattern + _FAINT * _THUMB)[:, None])[~outside]
    odd = np.full(len(ids), np.nan)
    if len(known):
        usual = np.median(known, axis=0)
        contrast = pattern[~outside]
        plain = np.minimum(1, contrast / max(float(np.median(contrast)), 1e-6))
        odd[~outside] = (1 - known @ usual / max(float(np.linalg.norm(usual)), 1e-6)) * plain
    return odd.reshape(_shape(grid))


def _evenly_lit(thumb: NDArray[np.float64]) -> NDArray[np.float64]:
    """A thumbnail's pattern relative to the light around each of its pixels: a shadow's border hardly shows."""
    around = cv2.blur(thumb, (_LIGHT, _LIGHT), borderType=cv2.BORDER_REPLICATE)
    relative = thumb / (around + 1.0) - 1.0
    return np.asarray((relative - relative.mean()).ravel(), dtype=np.float64)


def _remapped(picture: NDArray[np.uint16], there: NDArray[np.float32]) -> NDArray[np.uint16]:
    limit = 30000  # rows of a cv2 map
    parts = [there[n : n + limit] for n in range(0, len(there), limit)]
    return np.concatenate([cv2.remap(picture, p[:, :, 0], p[:, :, 1], cv2.INTER_LINEAR) for p in parts])
