"""Measures the grid of an unknown regular wafer: turn, pitch, chip size, columns and rows."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alignment.chip_sides import SideMap, side_map, side_support
from inspector.imaging.alignment.edge_fit import fit_edges, spread
from inspector.imaging.alignment.grid_search import Comb, Profile, comb_place, edge_profiles, sharpest_turn
from inspector.imaging.alignment.levels import Levels
from inspector.imaging.sources.image_header import refusal
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.placing import turned_about_middle

_LONGEST = 4200  # px of the level in which the grid is sought
_LEAST_PITCH = 8  # px of that level
_REPEATS = 0.7  # a period counts from that share of the strongest one's autocorrelation
_EDGE = 0.3  # an edge of a chip, relative to the strongest one of a period
_MOST_EDGES = 6  # of each direction in a period
_CLOSELY = 8  # pairs of chip widths and heights that are looked at on all chips
_LINE = 0.15  # chips that a line of the grid has at least, relative to the fullest line
_LIMIT = 0.65  # share of the chips' sides that must be seen
_PLAINER = 0.05  # of confidence by which told numbers must beat those that the image shows by itself
_LOOKED_AT = 225
_REMEDY = "take a sharper image of the whole wafer, name --columns and --rows, or write the recipe's [grid] by hand"

Place = NDArray[np.float64]


def measured_grid(image: Levels, columns: int | None = None, rows: int | None = None) -> PlacedGrid:
    """The grid that the image shows, as a grid of its own whose matrix only turns it about its middle.

    columns, rows: where they are known; the fullest window of that size is taken. Places without a whole chip are
    `missing`. The confidence is the share of the chips' sides that are seen. ImageError where nothing repeats, and
    where the image shows another number of chips more plainly.
    """
    if columns is None and rows is None:
        return _measured(image, None, None)
    try:
        free = _measured(image, None, None)
    except ImageError:
        return _measured(image, columns, rows)
    seen, told = (free.grid.columns, free.grid.rows), (columns, rows)
    if all(number in (None, shown) for number, shown in zip(told, seen, strict=True)):
        return free
    with suppress(ImageError):
        found = _measured(image, columns, rows)
        if found.confidence >= free.confidence + _PLAINER:
            return found
    wanted = " x ".join("?" if n is None else str(n) for n in told)
    what = f"shows {seen[0]} x {seen[1]} chips, not {wanted}"
    raise refusal(image.source_name, what, "correct --columns and --rows, or leave them out")


def _measured(image: Levels, columns: int | None, rows: int | None) -> PlacedGrid:
    sides = measuring_map(image)
    turn = sharpest_turn(sides)
    found = _best_lattice(image, sides, turn, (columns, rows))
    return fitted_grid(image, sides, *whole_part(image, sides, *found, columns, rows))


def measuring_map(image: Levels) -> SideMap:
    """Where edges are, in the level in which a grid is measured."""
    level = 0
    while level + 1 < image.levels and max(image.level_size(level)) > _LONGEST:
        level += 1
    return side_map(image, level)


def fitted_grid(image: Levels, sides: SideMap, grid: Grid, place: Place) -> PlacedGrid:
    """A grid whose place is about right, moved onto the edges of its chips; ImageError where too few are seen."""
    for _ in range(2):
        chips = grid.chip_ids()
        polarity = side_support(sides, grid, place, chips).polarity()
        fit = fit_edges(image, grid, place, chips, sides.level, polarity)
        inset = np.array(fit.inset)
        chip = np.array(grid.chip) - 2 * inset
        grid = replace(grid, chip=(float(chip[0]), float(chip[1])))
        place = np.hstack([fit.place[:, :2], (fit.place[:, :2] @ inset + fit.place[:, 2])[:, None]])
    support = side_support(sides, grid, place, grid.chip_ids())
    sure = min(float(support.seen()[~np.isnan(support.coherence)].mean()), fit.agreement)
    if sure < _LIMIT or not math.isfinite(fit.residual_px):
        raise refusal(image.source_name, f"shows no regular grid of chips ({sure:.0%} of the edges found)", _REMEDY)
    return turned_about_middle(grid, place, fit.residual_px, sure)


def _best_lattice(
    image: Levels, sides: SideMap, turn: float, counts: tuple[int | None, int | None]
) -> tuple[Grid, Place]:
    """The lattice over the whole image on which the most whole chips are seen; origin (0, 0), not yet cropped."""
    stretch = math.hypot(1.0, turn) * 2.0**-sides.level
    middle = (sides.gx.shape[1] / 2, sides.gx.shape[0] / 2)
    axes = []
    for axis, gradient in enumerate((sides.gx, sides.gy.T)):
        signed, unsigned = edge_profiles(gradient, -turn if axis == 0 else turn)
        period = _period(unsigned, counts[axis])
        if period is None:
            way = "columns" if axis == 0 else "rows"
            raise refusal(image.source_name, f"shows no {way} that repeat", _REMEDY)
        axes.append((period, _chip_edges(signed, period), len(signed)))
    (across, wide, width), (down, high, height) = axes
    pitch = (across / stretch, down / stretch)
    tried: list[tuple[float, Grid, Place]] = []
    for start_x, chip_x, steep_x in wide:
        for start_y, chip_y, steep_y in high:
            if steep_x * steep_y < 0:
                continue
            size = (math.ceil(width / across) + 1, math.ceil(height / down) + 1)
            grid = Grid(size[0], size[1], (chip_x / stretch, chip_y / stretch), pitch, (0.0, 0.0))
            starts = Comb(start_x - across, stretch), Comb(start_y - down, stretch)
            place = comb_place(grid, turn, *starts, middle, sides.level)
            support = side_support(sides, grid, place, spread(grid.chip_ids(), _LOOKED_AT))
            tried.append((support.strength() * math.sqrt(steep_x * steep_y), grid, place))
    if not tried:
        raise refusal(image.source_name, "shows no chips with streets between them", _REMEDY)
    best = sorted(tried, key=lambda t: t[0], reverse=True)[:_CLOSELY]
    whole = [float(side_support(sides, g, p, g.chip_ids()).whole().sum()) * s for s, g, p in best]
    _, grid, place = best[int(np.argmax(whole))]
    return grid, place


def _period(profile: Profile, count: int | None) -> float | None:
    """px after which the profile repeats, to a fraction of a pixel; count: lines that it holds about, if known."""
    length = len(profile)
    centred = profile.astype(np.float64) - profile.mean()
    spectrum = np.abs(np.fft.rfft(centred, 2 * length)) ** 2
    auto = np.fft.irfft(spectrum)[:length] / (length - np.arange(length))
    last = length // 2 if count is None or count > 2 else length - _LEAST_PITCH
    first = _LEAST_PITCH
    if count is not None:
        first, last = max(first, int(length / count / 3)), min(last, math.ceil(1.05 * length / count))
    lags = np.arange(first + 1, max(last, first + 2))
    peaks = [int(k) for k in lags if k + 1 < length and auto[k] >= auto[k - 1] and auto[k] > auto[k + 1]]
    strongest = max((auto[k] for k in peaks), default=0.0)
    if strongest < 0.15 * auto[0] or not peaks:
        return None
    period = float(next(k for k in peaks if auto[k] >= _REPEATS * strongest))
    times = 1
    while period * times < 0.6 * length:
        near = round(period * times)
        low, high = max(near - 2, 1), min(near + 3, length - 1)
        top = low + int(auto[low:high].argmax())
        curve = auto[top - 1] - 2 * auto[top] + auto[top + 1]
        off = (auto[top - 1] - auto[top + 1]) / (2 * curve) if curve < 0 else 0.0
        period = (top + float(np.clip(off, -0.5, 0.5))) / times
        times *= 2
    return period


def _chip_edges(signed: Profile, period: float) -> list[tuple[float, float, float]]:
    """(start, width, steepness) of what a chip could be in one period, px.

    steepness: of the weaker edge relative to the strongest of the period; negative where the street is brighter.
    """
    bins = max(16, round(2 * period))
    lines = max(1, int(len(signed) / period))
    at = (np.arange(lines)[:, None] + np.arange(bins)[None] / bins) * period
    fold = np.interp(at, np.arange(len(signed)), signed).mean(axis=0)
    candidates: list[tuple[float, float, float]] = []
    strongest = max(float(np.abs(fold).max()), 1e-9)
    up, down = _peaks(fold), _peaks(-fold)
    for sign, first, second in ((1, up, down), (-1, down, up)):
        for start in first:
            for end in second:
                width = (end - start) % bins
                if bins / 2 <= width < bins:
                    steep = sign * min(abs(float(fold[start])), abs(float(fold[end]))) / strongest
                    candidates.append((start * period / bins, width * period / bins, steep))
    return candidates


def _peaks(fold: NDArray[np.float64]) -> list[int]:
    """Bins of the strongest local maxima of a period, the strongest first."""
    local = (fold >= np.roll(fold, 1)) & (fold > np.roll(fold, -1)) & (fold > _EDGE * np.abs(fold).max())
    return [int(n) for n in sorted(np.flatnonzero(local), key=lambda n: -fold[n])[:_MOST_EDGES]]


def whole_part(
    image: Levels,
    sides: SideMap,
    grid: Grid,
    place: Place,
    columns: int | None = None,
    rows: int | None = None,
) -> tuple[Grid, Place]:
    """The part of the lattice that holds chips; its places without a whole chip are missing."""
    support = side_support(sides, grid, place, grid.chip_ids())
    whole = support.whole().reshape(grid.rows, grid.columns)
    spans = [_span(whole.sum(axis=axis), wanted) for axis, wanted in ((0, columns), (1, rows))]
    if None in spans:
        asked = columns is not None or rows is not None
        wanted = " x ".join("?" if n is None else str(n) for n in (columns, rows)) + " " if asked else ""
        raise refusal(image.source_name, f"does not show {wanted}whole chips in regular lines", _REMEDY)
    (left, right), (top, bottom) = (span for span in spans if span is not None)
    part = whole[top:bottom, left:right]
    missing = frozenset(ChipId(int(c), int(r)) for r, c in np.argwhere(~part))
    step = np.array([left * grid.pitch[0], top * grid.pitch[1]])
    moved = np.hstack([place[:, :2], (place[:, :2] @ step + place[:, 2])[:, None]])
    return replace(grid, columns=right - left, rows=bottom - top, missing=missing), moved


def _span(counts: NDArray[np.int64], wanted: int | None) -> tuple[int, int] | None:
    """First and one past the last line that holds chips; of the wanted length where it is known."""
    if wanted is not None:
        if wanted > len(counts):
            return None
        sums = np.convolve(counts, np.ones(wanted, dtype=np.int64), mode="valid")
        first = int(sums.argmax())
        return (first, first + wanted) if sums[first] > 0 else None
    lines = np.flatnonzero(counts >= max(1.0, _LINE * counts.max()))
    return (int(lines[0]), int(lines[-1]) + 1) if counts.max() > 0 else None
