"""Measures the chips' edges to a fraction of a pixel and lays the grid through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.chip_sides import grey_window, side_points
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.grid import ChipId, Grid

_REACH = 6  # level px looked at on both sides of where an edge should be
_LAST_REACH = 4
_PARTS = 5  # pieces of a side that are measured one by one: a broken corner spoils one of them
_MOST_CHIPS = 64
_COHERENT = 0.6  # share of a piece's slopes that is left when they are added up with their signs
_LEAST_STEP = 0.75  # grey levels a px
_TUKEY = 4.685


@dataclass(frozen=True)
class EdgeFit:
    """place: float64 (2, 3) from grid to image pixels. residual_px: median distance of the edges that fit.

    agreement: share of the edge pieces looked for that were found where the grid says.
    """

    place: NDArray[np.float64]
    residual_px: float
    agreement: float


@dataclass(frozen=True)
class _Edges:
    """points: (M, 2) grid px; axis: (M,) 0 for left and right sides, 1 for top and bottom; inward: (M,) 1 or -1 along
    the axis; error: (M,) grid px from the expected to the measured edge along the axis, nan where none stands out."""

    points: NDArray[np.float64]
    axis: NDArray[np.int64]
    inward: NDArray[np.float64]
    error: NDArray[np.float64]


def fit_edges(
    image: WaferImage, grid: Grid, place: NDArray[np.float64], level: int, polarity: int
) -> EdgeFit:
    """Improves a rough place, which is right to about a pixel of `level`, down to the full resolution.

    polarity: 1 where chips are brighter than streets, -1 darker, 0 mixed.
    """
    chips = _spread(grid.chip_ids())
    steps = [(finer, _REACH) for finer in range(level - 1, -1, -1)] + [(0, _REACH), (0, _LAST_REACH)]
    for step_level, reach in steps:
        edges = _measure(image, grid, place, chips, step_level, _safe_reach(grid, reach, step_level, polarity), polarity)
        place = _improved(place, grid, edges, 2.0**step_level)[0]
    edges = _measure(image, grid, place, chips, 0, _safe_reach(grid, _LAST_REACH, 0, polarity), polarity)
    place, residuals = _improved(place, grid, edges, 1.0)
    near = residuals[residuals < _tolerance(grid)]
    residual = float(np.median(near)) if near.size else float("inf")
    return EdgeFit(place, residual, near.size / max(len(edges.error), 1))


def _tolerance(grid: Grid) -> float:
    """Image px that an edge may be off: streets are wide where the optics are coarse."""
    street = min(p - c for p, c in zip(grid.pitch, grid.chip, strict=True))
    return float(np.clip(0.08 * street, 1.5, 4.0))


def _safe_reach(grid: Grid, reach: int, level: int, polarity: int) -> int:
    """Without a known polarity the neighbour's edge across the street would do as well: stay clear of it."""
    street = min(p - c for p, c in zip(grid.pitch, grid.chip, strict=True)) / 2**level
    return reach if polarity or street < 1 else int(np.clip(street - 2, 3, reach))


def _spread(ids: Sequence[ChipId]) -> list[ChipId]:
    """All chips, or 64 of them spread over the whole grid with its rim."""
    if len(ids) <= _MOST_CHIPS:
        return list(ids)
    at = np.array(ids, dtype=np.float64)
    low, high = at.min(axis=0), at.max(axis=0)
    side = int(_MOST_CHIPS**0.5)
    goals = [low + (high - low) * (i / (side - 1), j / (side - 1)) for i in range(side) for j in range(side)]
    chosen = {int(np.abs(at - goal).sum(axis=1).argmin()) for goal in goals}
    return [ids[n] for n in sorted(chosen)]


def _measure(
    image: WaferImage, grid: Grid, place: NDArray[np.float64], chips: list[ChipId], level: int, reach: int, polarity: int
) -> _Edges:
    shrink = 2.0**-level
    pieces = max(4, min(24, int(min(grid.chip) * shrink * 0.7 / _PARTS / 2)))
    points = side_points(grid, chips, np.linspace(0.15, 0.85, _PARTS * pieces))  # (N, 4, P, 2)
    there = (points @ place[:, :2].T + place[:, 2]) * shrink
    lengths = np.linalg.norm(place[:, :2], axis=0)  # image px per grid px along x and y
    normals = (place[:, :2] / lengths).T  # (2, 2)
    offsets = np.arange(-reach, reach + 1, dtype=np.float64)
    error = np.full((len(chips), 4, _PARTS), np.nan)
    for n in range(len(chips)):
        low = np.floor(there[n].min(axis=(0, 1))).astype(int) - reach - 2
        high = np.ceil(there[n].max(axis=(0, 1))).astype(int) + reach + 2
        window = grey_window(image, level, int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))
        for side in range(4):
            across = there[n, side, :, None, :] + offsets[None, :, None] * normals[side // 2]  # (P, D, 2)
            at = (across - low - 0.5).astype(np.float32)
            seen = cv2.remap(window, at[:, :, 0], at[:, :, 1], cv2.INTER_LINEAR)
            profiles = seen.reshape(_PARTS, pieces, -1).astype(np.float64)
            sign = polarity * (1 if side % 2 == 0 else -1)
            error[n, side] = _edge_offsets(profiles, sign) / (shrink * lengths[side // 2])
    inward = np.broadcast_to(np.array([1.0, -1.0, 1.0, -1.0])[None, :, None], error.shape)
    axis = np.broadcast_to(np.array([0, 0, 1, 1])[None, :, None], error.shape)
    middles = points.reshape(len(chips), 4, _PARTS, pieces, 2).mean(axis=3)
    return _Edges(middles.reshape(-1, 2), axis.ravel(), inward.ravel(), error.ravel())


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
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The place moved onto the edges, and the distance in px of every found edge from it.

    Shift, scale and turn are free; unequal scales and skew are held small; so is an inset, the same for all chips, by
    which edges are seen inside (or outside) of where the chip is cut. Robust: Tukey's weights on the MAD.
    """
    found = np.isfinite(edges.error)
    if found.sum() < 12:
        return place, np.zeros(0)
    half = max(grid.extent) / 2
    centre = np.array(grid.origin) + np.array(grid.extent) / 2
    x, y = ((edges.points[found] - centre) / half).T
    is_x = edges.axis[found] == 0
    inward, error = edges.inward[found], edges.error[found]
    zero, one = np.zeros_like(x), np.ones_like(x)
    along_x = np.stack([one, zero, x, -y, x, y, inward, zero], axis=1)  # shift x, y, scale, turn, stretch, skew, insets
    along_y = np.stack([zero, one, y, x, -y, x, zero, inward], axis=1)
    terms = np.where(is_x[:, None], along_x, along_y)
    small = 0.002 * half
    prior = 0.25 / np.array([np.inf, np.inf, np.inf, np.inf, small, small, pixel, pixel]) ** 2
    weights = np.ones_like(error)
    for _ in range(12):
        weighted = terms * weights[:, None]
        answer = np.linalg.solve(weighted.T @ terms + np.diag(prior) + 1e-9 * np.eye(8), weighted.T @ error)
        residual = error - terms @ answer
        spread = max(1.4826 * float(np.median(np.abs(residual))), 0.1 * pixel)
        weights = np.clip(1 - (residual / (_TUKEY * spread)) ** 2, 0, None) ** 2
    dx, dy, scale, turn, stretch, skew = answer[:6]
    linear = np.eye(2) + np.array([[scale + stretch, skew - turn], [skew + turn, scale - stretch]]) / half
    shift = np.array([dx, dy]) + centre - linear @ centre
    moved = np.hstack([place[:, :2] @ linear, (place[:, :2] @ shift + place[:, 2])[:, None]])
    return moved, np.abs(residual)
