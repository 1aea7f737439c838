"""Finds the wafer's edge in the image, and on which side its notch or flat lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.chip_names import REACH
from inspector.imaging.alignment.chip_sides import grey_window
from inspector.imaging.alignment.levels import Levels
from inspector.wafer.grid import Grid
from inspector.wafer.outline import SIDES, Outline, Side

_LONGEST = 1000  # px of the level in which the edge is sought
_FINER = 2600  # px of the level in which it is measured
_SEEN = 0.2  # share of the outline that must lie in the image
_SIZES = np.arange(0.92, 1.121, 0.01)  # tried where the recipe gives no diameter: from the outermost chips' circle on
_NOISE = 0.25  # grey levels a px: slopes of that size are nothing
_STEP = 2.0  # level px between two places that are tried
_THIN = 4  # each fourth point of the outline is enough to seek it
_FOUND = 0.45  # coherence of the whole edge at which it counts as found
_WINDOW: dict[str, float] = {"notch": 3.0, "flat": 8.0}  # degrees on both sides of the mark that are looked at
_LEAST_MARK = 3  # samples along the rim that a notch takes at least
_NOTCH_SHARE, _FLAT_SHARE = 0.04, 0.35  # of that window that a notch or a flat takes at least
_HOLE = 0.35  # of the contrast between inside and outside: the rim is outside
_DIM = 4.0  # grey levels: the least contrast of a wafer with its surroundings

Place = NDArray[np.float64]


@dataclass(frozen=True)
class WaferEdge:
    """outline: the recipe's, where it was found, in grid px. quality: 0 to 1, 0.65 where doubt ends."""

    outline: Outline
    quality: float


def find_edge(image: Levels, grid: Grid, place: Place, outline: Outline, *, sized: bool) -> WaferEdge:
    """The outline moved to where the image shows it, give or take a few chips from where the grid expects it.

    sized: the recipe gives the outline's size; else it is measured, for a circle.
    """
    level = _level(image, _LONGEST)
    gx, gy = _slopes(image, level)
    points, normals = outline.border()
    scales = [1.0] if sized else [float(s) for s in _SIZES]
    best = (0.0, 0.0, np.zeros(2), 1.0)
    for scale in scales:
        around = (points - outline.centre) * scale + outline.centre
        score, coherence, off = _best_offset((gx, gy), grid, _on_level(place, level), around[::_THIN], normals[::_THIN])
        if score > best[0]:
            best = (score, coherence, off, scale)
    centre = np.array(outline.centre) + best[2]
    found = outline.fitted((float(centre[0]), float(centre[1])), best[3])
    found, agreement = _measured(image, place, found)
    quality = 0.65 * min(best[1], agreement) / _FOUND
    return WaferEdge(found, float(np.clip(quality, 0, 1)))


def mark_side(image: Levels, place: Place, outline: Outline, kind: str) -> tuple[Side | None, bool]:
    """The side on which the notch or flat lies (None: on none), and whether the recipe's side lies in the image."""
    level = _level(image, _FINER)
    width, height = image.level_size(level)
    grey = cv2.blur(grey_window(image, level, 0, 0, width, height), (3, 3))
    holes = {side: _hole(grey, _on_level(place, level), outline, side, kind) for side in SIDES}
    seen = {side: found[0] for side, found in holes.items() if found is not None}
    steps = max((found[1] for found in holes.values() if found is not None), default=1)
    least = _FLAT_SHARE if kind == "flat" else max(_NOTCH_SHARE, _LEAST_MARK / steps)
    best = max((side for side in seen if seen[side] >= least), key=lambda side: seen[side], default=None)
    others = max((share for side, share in seen.items() if side != best), default=0.0)
    clear = best is not None and others <= 0.5 * seen[best]
    return (best if clear else None), outline.side in seen


def _hole(grey: NDArray[np.uint8], place: Place, outline: Outline, side: Side, kind: str) -> tuple[float, int] | None:
    """Share of the rim around one side that looks like what is outside the wafer, and of how many samples.

    None where that part of the rim is not in the image. place: to pixels of the picture.
    """
    height, width = grey.shape
    assert outline.radii is not None
    px = float(np.linalg.norm(place[:, 0]))  # level px per grid px
    radius, window = outline.radii[0], _WINDOW[kind]
    deep = max(3.0 / px, 0.006 * radius)
    steps = max(24, round(2 * window / 360 * 2 * math.pi * radius * px))
    turns = np.radians(SIDES[side] + np.linspace(-window, window, steps))
    rays = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    depths = np.array([-2.0, -1.5, 1.0, 1.4, 5.0, 8.0]) * deep
    at = np.array(outline.centre) + rays[:, None] * (radius - depths)[None, :, None]
    there = at @ place[:, :2].T + place[:, 2]
    if (there < 0).any() or (there > (width - 1, height - 1)).any():
        return None
    at_px = (there - 0.5).astype(np.float32)
    seen = cv2.remap(grey, at_px[:, :, 0], at_px[:, :, 1], cv2.INTER_LINEAR)
    out, rim, inner = (np.asarray(seen[:, n : n + 2], dtype=np.float64).mean(axis=1) for n in (0, 2, 4))
    usual = float(np.median(np.abs(inner - out)))
    lit = np.maximum(np.abs(inner - out), 0.5 * usual if kind == "notch" else _DIM)
    return float((np.abs(rim - out) < _HOLE * lit).mean()), steps


def _level(image: Levels, longest: int) -> int:
    level = 0
    while level + 1 < image.levels and max(image.level_size(level)) > longest:
        level += 1
    return level


def _on_level(place: Place, level: int) -> Place:
    return np.asarray(place * 2.0**-level, dtype=np.float64)


def _slopes(image: Levels, level: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Smooth gradients along x and y of a whole level, in grey levels a px."""
    width, height = image.level_size(level)
    grey = grey_window(image, level, 0, 0, width, height).astype(np.float32)
    smooth = cv2.GaussianBlur(grey, (0, 0), 2.0)
    gx = cv2.Scharr(smooth, cv2.CV_32F, 1, 0, scale=1 / 32)
    gy = cv2.Scharr(smooth, cv2.CV_32F, 0, 1, scale=1 / 32)
    return gx, gy


def _best_offset(
    slopes: tuple[NDArray[np.float32], NDArray[np.float32]],
    grid: Grid,
    place: Place,
    points: Place,
    normals: Place,
) -> tuple[float, float, Place]:
    """(score, coherence, grid px offset) of the shift at which the gradients along the outline go the same way."""
    gx, gy = slopes
    there = points @ place[:, :2].T + place[:, 2] - 0.5
    turned = normals @ place[:, :2].T
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    span = (REACH + 0.5) * np.array(grid.pitch)
    lengths = np.linalg.norm(place[:, :2], axis=0)
    counts = [max(9, math.ceil(2 * span[i] * lengths[i] / _STEP)) for i in (0, 1)]
    xs, ys = (np.linspace(-span[i], span[i], counts[i]) for i in (0, 1))
    limit = float(np.percentile(np.hypot(gx, gy), 97)) + _NOISE
    best = (0.0, 0.0, np.zeros(2))
    height, width = gx.shape
    for y in ys:
        offsets = np.stack([xs, np.full(len(xs), y)], axis=1) @ place[:, :2].T  # (K, 2)
        at = np.rint(there[None] + offsets[:, None]).astype(np.int64)  # (K, P, 2)
        inside = np.asarray(((at >= 0) & (at < (width, height))).all(axis=2))
        at[~inside] = 0
        slope = gx[at[:, :, 1], at[:, :, 0]] * turned[:, 0] + gy[at[:, :, 1], at[:, :, 0]] * turned[:, 1]
        slope = np.where(inside, np.clip(slope, -limit, limit), 0)
        score = np.abs(slope.sum(axis=1)) / np.maximum(inside.sum(axis=1), _SEEN * len(points))
        k = int(score.argmax())
        if score[k] > best[0]:
            size = np.abs(slope[k]).sum() + _NOISE * inside[k].sum()
            coherence = abs(float(slope[k].sum())) / float(size) if inside[k].mean() >= _SEEN else 0.0
            best = (float(score[k]), coherence, np.array([xs[k], y]))
    return best


def _measured(image: Levels, place: Place, outline: Outline) -> tuple[Outline, float]:
    """The outline fitted to where its edge is seen on a finer level, and the share of it that agrees."""
    level = _level(image, _FINER)
    width, height = image.level_size(level)
    grey = cv2.GaussianBlur(grey_window(image, level, 0, 0, width, height), (0, 0), 1.0)
    on_level = _on_level(place, level)
    px = float(np.linalg.norm(on_level[:, 0]))
    agreement = 0.0
    for reach in (10, 6, 4):
        points, normals = outline.border()
        steps = np.arange(-reach, reach + 1) / px  # grid px along the normal
        at = points[:, None] + steps[None, :, None] * normals[:, None]
        there = at @ on_level[:, :2].T + on_level[:, 2]
        inside = np.asarray(((there > 0.5) & (there < (width - 1, height - 1))).all(axis=(1, 2)))
        if inside.mean() < _SEEN:
            return outline, 0.0
        x, y = np.moveaxis((there[inside] - 0.5).astype(np.float32), -1, 0)
        seen = cv2.remap(grey, x, y, cv2.INTER_LINEAR).astype(np.float64)
        slope = (seen[:, 2:] - seen[:, :-2]) / 2
        sign = -1.0 if float(np.median(seen[:, :3].mean(axis=1) - seen[:, -3:].mean(axis=1))) > 0 else 1.0
        strong = slope * sign
        top = strong.argmax(axis=1)
        rows = np.arange(len(top))
        clear = strong[rows, top] > 1.0
        off = np.where(clear, steps[1:-1][top], np.nan)
        outline, agreement = _moved_onto(outline, points[inside], normals[inside], off, 2.5 / px)
    return outline, agreement


def _moved_onto(
    outline: Outline, points: Place, normals: Place, off: NDArray[np.float64], near: float
) -> tuple[Outline, float]:
    """The outline shifted and enlarged by robust least squares; off: grid px outwards to the edge, nan: none seen."""
    use = np.isfinite(off)
    centre = np.array(outline.centre)
    size = float(np.linalg.norm(points - centre, axis=1).mean())
    terms = np.hstack([normals, ((points - centre) * normals).sum(axis=1, keepdims=True) / size])
    answer = np.zeros(3)
    for width in (3.0, 2.0, 1.0, 1.0):
        left = np.abs(off - terms @ answer)
        weight = use & (np.nan_to_num(left, nan=np.inf) < width * near)
        if weight.sum() < 12:
            return outline, 0.0
        answer = np.linalg.lstsq(terms[weight], off[weight], rcond=None)[0]
    left = np.abs(off - terms @ answer)
    moved = centre + answer[:2]
    return outline.fitted((float(moved[0]), float(moved[1])), 1 + float(answer[2]) / size), float(
        (np.nan_to_num(left, nan=np.inf) < near).mean()
    )
