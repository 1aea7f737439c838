"""Measures the chips' edges to a fraction of a pixel and lays the grid through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.chip_sides import grey_window, side_points
from inspector.imaging.alignment.levels import Levels
from inspector.wafer.grid import ChipId, Grid

_REACH = 6  # level px looked at on both sides of where an edge should be
_LAST_REACH = 4
_PARTS = 5  # pieces of a side that are measured one by one: a broken corner spoils one of them
_MOST_CHIPS = 64
_COHERENT = 0.6  # share of a piece's slopes that is left when they are added up with their signs
_LEAST_STEP = 0.75  # grey levels a px
_FEWEST_EDGES = 12
_ODD_SHAPE = 0.002  # unequal scales and skew, relative, that optics and stage may have
_EDGE_NOISE = 0.5  # px that one measured edge may be off
_TUKEY, _ROUNDS = 4.685, 12


@dataclass(frozen=True)
class EdgeFit:
    """place: float64 (2, 3) from grid to image pixels. residual_px: median distance of the edges that fit.

    agreement: share of the edge pieces looked for that were found where the grid says. inset: x, y grid px by which
    edges are seen inside of where the grid has them, the same for all chips.
    """

    place: NDArray[np.float64]
    residual_px: float
    agreement: float
    inset: tuple[float, float]


@dataclass(frozen=True)
class _Window:
    """How to look: level of the pyramid, level px on both sides of an edge, polarity of the chips (0: any)."""

    level: int
    reach: int
    polarity: int


@dataclass(frozen=True)
class _Edges:
    """points: (M, 2) grid px; axis: (M,) 0 for left and right sides, 1 for top and bottom; inward: (M,) 1 or -1 along
    the axis; error: (M,) grid px from the expected to the measured edge along the axis, nan where none stands out."""

    points: NDArray[np.float64]
    axis: NDArray[np.int64]
    inward: NDArray[np.float64]
    error: NDArray[np.float64]


def fit_edges(
    image: Levels, grid: Grid, place: NDArray[np.float64], ids: Sequence[ChipId], level: int, polarity: int
) -> EdgeFit:
    """Improves a rough place, which is right to about a pixel of `level`, down to the full resolution.

    ids: the chips that lie in the image; some 64 of them are looked at. polarity: 1 where chips are brighter than
    streets, -1 darker, 0 mixed.
    """
    chips = spread(ids)
    steps = [(finer, _REACH) for finer in range(level - 1, -1, -1)] + [(0, _REACH), (0, _LAST_REACH), (0, _LAST_REACH)]
    residuals, looked_for, inset = np.zeros(0), 1, (0.0, 0.0)
    for at_level, reach in steps:
        window = _Window(at_level, _safe_reach(grid, reach, at_level, polarity), polarity)
        edges = _measure(image, grid, place, chips, window)
        place, residuals, inset = _improved(place, grid, edges, 2.0**at_level)
        looked_for = len(edges.error)
    near = residuals[residuals < _tolerance(grid)]
    return EdgeFit(place, float(np.median(near)) if near.size else math.inf, near.size / max(looked_for, 1), inset)


def _tolerance(grid: Grid) -> float:
    """Image px that an edge may be off: streets are wide where the optics are coarse."""
    street = min(p - c for p, c in zip(grid.pitch, grid.chip, strict=True))
    return float(np.clip(0.08 * street, 1.5, 4.0))


def _safe_reach(grid: Grid, reach: int, level: int, polarity: int) -> int:
    """Without a known polarity the neighbour's edge across the street would do as well: stay clear of it."""
    street = min(p - c for p, c in zip(grid.pitch, grid.chip, strict=True)) / 2**level
    return reach if polarity or street < 1 else int(np.clip(street - 2, 3, reach))


def spread(ids: Sequence[ChipId], most: int = _MOST_CHIPS) -> list[ChipId]:
    """All chips, or 64 of them spread over the whole grid with its rim."""
    if len(ids) <= most:
        return list(ids)
    at = np.array(ids, dtype=np.float64)
    low, high = at.min(axis=0), at.max(axis=0)
    side = int(most**0.5)
    goals = [low + (high - low) * (i / (side - 1), j / (side - 1)) for i in range(side) for j in range(side)]
    chosen = {int(np.abs(at - goal).sum(axis=1).argmin()) for goal in goals}
    return [ids[n] for n in sorted(chosen)]


def _measure(image: Levels, grid: Grid, place: NDArray[np.float64], chips: list[ChipId], how: _Window) -> _Edges:
    shrink = 2.0**-how.level
    pieces = max(4, min(24, int(min(grid.chip) * shrink * 0.7 / _PARTS / 2)))
    points = side_points(grid, chips, np.linspace(0.15, 0.85, _PARTS * pieces))  # (N, 4, P, 2)
    there = (points @ place[:, :2].T + place[:, 2]) * shrink
    lengths = np.linalg.norm(place[:, :2], axis=0)  # image px per grid px along x and y
    normals = (place[:, :2] / lengths).T  # (2, 2)
    offsets = np.stack([_chip_offsets(image, sides, normals, how) for sides in there])  # (N, 4, _PARTS)
    error = offsets / (shrink * lengths[[0, 0, 1, 1], None])
    inward = np.broadcast_to(np.array([1.0, -1.0, 1.0, -1.0])[None, :, None], error.shape)
    axis = np.broadcast_to(np.array([0, 0, 1, 1])[None, :, None], error.shape)
    middles = points.reshape(len(chips), 4, _PARTS, pieces, 2).mean(axis=3)
    return _Edges(middles.reshape(-1, 2), axis.ravel(), inward.ravel(), error.ravel())


def _chip_offsets(
    image: Levels, sides: NDArray[np.float64], normals: NDArray[np.float64], how: _Window
) -> NDArray[np.float64]:
    """Sides (4, P, 2) in level px -> (4, _PARTS) level px from where each piece should be to where it is."""
    reach = np.arange(-how.reach, how.reach + 1, dtype=np.float64)
    found = np.empty((4, _PARTS))
    for number, side in enumerate(sides):
        across = side[:, None, :] + reach[None, :, None] * normals[number // 2]  # (P, D, 2)
        low = np.floor(across.min(axis=(0, 1))).astype(int) - 2
        size = np.ceil(across.max(axis=(0, 1))).astype(int) + 2 - low  # along the side only: a chip may be large
        window = grey_window(image, how.level, int(low[0]), int(low[1]), int(size[0]), int(size[1]))
        at = (across - low - 0.5).astype(np.float32)
        seen = cv2.remap(window, at[:, :, 0], at[:, :, 1], cv2.INTER_LINEAR)
        profiles = seen.reshape(_PARTS, -1, len(reach)).astype(np.float64)
        found[number] = _edge_offsets(profiles, how.polarity * (1 if number % 2 == 0 else -1))
    return found


def _edge_offsets(profiles: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    """(K, P, D) grey profiles across an edge -> (K,) offset of the steepest place, nan where there is no edge.

    An edge runs the same way along (nearly) all P profiles of a piece.
    """
    slopes = (profiles[:, :, 2:] - profiles[:, :, :-2]) / 2
    slope = slopes.mean(axis=1)
    coherence = np.abs(slope) / (np.abs(slopes).mean(axis=1) + _LEAST_STEP / 2)
    slope = np.abs(slope) if sign == 0 else slope * sign
    top = slope[:, 1:-1].argmax(axis=1) + 1
    rows = np.arange(len(slope))
    before, peak, after = slope[rows, top - 1], slope[rows, top], slope[rows, top + 1]
    curve = before - 2 * peak + after
    fraction = np.where(curve < 0, (before - after) / np.where(curve < 0, 2 * curve, 1.0), 0.0)
    clear = (peak > _LEAST_STEP) & (coherence[rows, top] > _COHERENT)
    inner = (peak >= before) & (peak >= after)
    return np.where(clear & inner, top - slope.shape[1] // 2 + np.clip(fraction, -0.5, 0.5), np.nan)


def _improved(
    place: NDArray[np.float64], grid: Grid, edges: _Edges, pixel: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], tuple[float, float]]:
    """The place moved onto the edges, the distance in px of every found edge from it, and the inset.

    Shift, scale and turn are free; unequal scales and skew are held small; so is an inset, the same for all chips, by
    which edges are seen inside (or outside) of where the chip is cut.
    """
    found = np.isfinite(edges.error)
    if found.sum() < _FEWEST_EDGES:
        return place, np.zeros(0), (0.0, 0.0)
    half = max(grid.extent) / 2
    centre = np.array(grid.origin) + np.array(grid.extent) / 2
    x, y = ((edges.points[found] - centre) / half).T
    inward, zero, one = edges.inward[found], np.zeros_like(x), np.ones_like(x)
    along_x = np.stack([one, zero, x, -y, x, y, inward, zero], axis=1)  # shift x, y, scale, turn, stretch, skew, insets
    along_y = np.stack([zero, one, y, x, -y, x, zero, inward], axis=1)
    terms = np.where((edges.axis[found] == 0)[:, None], along_x, along_y)
    small = _ODD_SHAPE * half
    expected = np.array([np.inf, np.inf, np.inf, np.inf, small, small, pixel, pixel])
    answer, residual = _robust_fit(terms, edges.error[found], expected, pixel)
    dx, dy, scale, turn, stretch, skew = answer[:6]
    linear = np.eye(2) + np.array([[scale + stretch, skew - turn], [skew + turn, scale - stretch]]) / half
    shift = np.array([dx, dy]) + centre - linear @ centre
    moved = np.hstack([place[:, :2] @ linear, (place[:, :2] @ shift + place[:, 2])[:, None]])
    return moved, residual, (float(answer[6]), float(answer[7]))


def _robust_fit(
    terms: NDArray[np.float64], error: NDArray[np.float64], expected: NDArray[np.float64], pixel: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(M, T) and (M,) -> (T,) least squares with Tukey's weights on the MAD, and (M,) sizes of what is left over.

    expected: how large each of the T answers may get, px (inf: free).
    """
    prior = np.diag((_EDGE_NOISE / expected) ** 2 + 1e-9)
    answer: NDArray[np.float64] = np.zeros(terms.shape[1])
    residual, weights = error, np.ones_like(error)
    for _ in range(_ROUNDS):
        weighted = terms * weights[:, None]
        answer = np.asarray(np.linalg.solve(weighted.T @ terms + prior, weighted.T @ error), dtype=np.float64)
        residual = np.abs(error - terms @ answer)
        spread = max(1.4826 * float(np.median(residual)), 0.1 * pixel)
        weights = np.square(np.maximum(1 - (residual / (_TUKEY * spread)) ** 2, 0.0))
    return answer, residual
