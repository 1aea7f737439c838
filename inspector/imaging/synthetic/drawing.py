"""Draws the marks of a laser chip into its surface, sharp; the optics blur them later."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic.criteria import Dot, Fringe, Haze, Hillock, Mark, Scratch

Surface = NDArray[np.float32]  # (height, width), grey levels at nominal light
_COARSE = 4  # px: soft marks are drawn at a quarter of the size and enlarged
_MOST = 150.0  # grey levels: no mark is plainer than that
_RESAMPLED = 0.25  # px squared: what the turns there and back blur beside the lens


def draw_mark(surface: Surface, mark: Mark, gain: float, blur: float) -> None:
    """Add a mark in place. gain, blur: the lot's, so that the contrast that is seen is the planned one."""
    match mark:
        case Dot():
            _draw_dot(surface, mark, gain, blur)
        case Hillock():
            _draw_hillock(surface, mark, gain)
        case Scratch():
            _draw_scratch(surface, mark, gain, blur)
        case Haze():
            _draw_haze(surface, mark)
        case Fringe():
            _draw_fringe(surface, mark)


def _patch(surface: Surface, x: float, y: float, reach: float) -> tuple[Surface, Surface, Surface]:
    """A view around a place and the distances of its pixels' middles from that place along x (1, w) and y (h, 1)."""
    height, width = surface.shape
    left, right = (int(np.clip(v, 0, width)) for v in (math.floor(x - reach), math.ceil(x + reach) + 1))
    top, bottom = (int(np.clip(v, 0, height)) for v in (math.floor(y - reach), math.ceil(y + reach) + 1))
    dx = (np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x))[None, :]
    dy = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - y))[:, None]
    return surface[top:bottom, left:right], dx, dy


def _planned(shape: Surface, contrast: float, gain: float, blur: float, share: float = 1.0) -> Surface:
    """A mark's shape, scaled so that `contrast` grey levels are what the optics leave of it to be seen.

    shape: relative. share: of its body's pixels that shall be fainter; 1: the plainest pixel counts.
    """
    seen = np.abs(cv2.GaussianBlur(shape, (0, 0), math.sqrt(blur**2 + _RESAMPLED), borderType=cv2.BORDER_CONSTANT))
    kept = float(np.quantile(seen[shape > 0.3], share))
    return shape * np.float32(np.clip(contrast / gain / max(kept, 0.2), -_MOST, _MOST))


def _draw_dot(surface: Surface, mark: Dot, gain: float, blur: float) -> None:
    radius = mark.diameter / 2
    patch, dx, dy = _patch(surface, mark.x, mark.y, 2 * mark.diameter + 3)
    along = dx * math.cos(mark.angle) + dy * math.sin(mark.angle)
    across = dy * math.cos(mark.angle) - dx * math.sin(mark.angle)
    stretch = math.sqrt(mark.aspect)
    distance = np.sqrt((along / stretch) ** 2 + (across * stretch) ** 2)
    body = np.clip(radius + 0.5 - distance, 0, 1)
    halo = np.exp(-(((distance - radius - 1.2) / max(0.35 * radius, 0.8)) ** 2))
    shape = body * (1 - 0.25 * np.clip(distance / radius, 0, 1)) - 0.18 * halo * (1 - body)
    patch += _planned(shape.astype(np.float32), mark.contrast, gain, blur)


def _draw_hillock(surface: Surface, mark: Hillock, gain: float) -> None:
    """A faceted hill, lit from the upper left: one flank bright, the other dark, a small flat on top."""
    patch, dx, dy = _patch(surface, mark.x, mark.y, mark.diameter * mark.aspect)
    radius = mark.diameter / 2
    u, v = dx / radius, dy / (radius * mark.aspect)
    distance = np.maximum(np.sqrt(u * u + v * v), 0.72 * (np.abs(u) + np.abs(v)))
    inside = np.clip((1 - distance) * radius + 0.5, 0, 1)
    slope = np.clip((distance - 0.22) * 4, 0, 1) * inside
    light = -(0.55 * u + 0.83 * v) / np.maximum(distance, 0.15)
    shade = slope * light + 0.35 * (1 - slope) * inside
    rim = 0.3 * np.exp(-(((distance - 1.08) * radius / 1.3) ** 2))
    patch += np.float32(mark.contrast / gain) * (shade - rim).astype(np.float32)


def _draw_scratch(surface: Surface, mark: Scratch, gain: float, blur: float) -> None:
    """A scored line: broken in places, with a fainter lip of the other tone along one side."""
    points = np.array(mark.points, dtype=np.float64)
    left, top = np.floor(points.min(axis=0) - 8).astype(int)
    right, bottom = np.ceil(points.max(axis=0) + 8).astype(int)
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, surface.shape[1]), min(bottom, surface.shape[0])
    lines = np.zeros((2, bottom - top, right - left), dtype=np.uint8)
    rng = np.random.default_rng(int(abs(points.sum()) * 1000))
    strength = np.clip(rng.normal(0.88, 0.22, len(points)), 0.35, 1)
    lip = np.array([0.0, mark.width * 0.5 + 0.8])
    for line, offset in zip(lines, (np.zeros(2), lip), strict=True):
        fixed = np.round((points + offset - (left, top) - 0.5) * 16).astype(int)
        for a, b, s in zip(fixed[:-1], fixed[1:], strength[1:], strict=True):
            cv2.line(line, a.tolist(), b.tolist(), int(255 * s), max(1, round(mark.width)), cv2.LINE_AA, 4)
    main, side = lines.astype(np.float32) / 255
    shape = main - 0.3 * side * (1 - main)
    surface[top:bottom, left:right] += _planned(shape, mark.contrast, gain, blur, share=0.8)


def _coarse_grid(surface: Surface) -> tuple[Surface, Surface]:
    """x (1, w) and y (h, 1) in px of the full size, at the middles of the coarse pixels."""
    height, width = (-(-side // _COARSE) for side in surface.shape)
    xs = np.asarray((np.arange(width) + 0.5) * _COARSE, dtype=np.float32)
    ys = np.asarray((np.arange(height) + 0.5) * _COARSE, dtype=np.float32)
    return xs[None, :], ys[:, None]


def _multiply(surface: Surface, factor: Surface) -> None:
    height, width = surface.shape
    full = cv2.resize(factor, (factor.shape[1] * _COARSE, factor.shape[0] * _COARSE), interpolation=cv2.INTER_LINEAR)
    surface *= full[:height, :width]


def _draw_haze(surface: Surface, mark: Haze) -> None:
    """A patch that scatters light: an uneven border, a soft slope, fine grain."""
    xs, ys = _coarse_grid(surface)
    rng = np.random.default_rng(mark.wobble)
    u, v = (xs - mark.x) / mark.radii[0], (ys - mark.y) / mark.radii[1]
    softness = rng.uniform(0.3, 0.9)
    clouds = cv2.GaussianBlur(rng.standard_normal((40, 40), dtype=np.float32), (0, 0), 2.2) * 6
    across, down = np.broadcast_arrays(u * 9 + 20, v * 9 + 20)  # clouds of about a quarter of the patch
    uneven = cv2.remap(clouds, across.copy(), down.copy(), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    depth = np.clip((1.0 + 0.13 * uneven - np.sqrt(u * u + v * v)) / softness + 0.5, 0, 1)
    mask = depth * depth * (3 - 2 * depth)
    grain = cv2.GaussianBlur(rng.standard_normal(mask.shape, dtype=np.float32), (0, 0), 0.8) * 2.2
    _multiply(surface, (1 + mark.level * mask * (1 + 0.16 * grain)).astype(np.float32))


def _draw_fringe(surface: Surface, mark: Fringe) -> None:
    """Interference fringes: straight over a wedge, rings around a bump; soft at the window's border."""
    xs, ys = _coarse_grid(surface)
    dx, dy = xs - mark.centre[0], ys - mark.centre[1]
    along = dx * math.cos(mark.angle) + dy * math.sin(mark.angle)
    across = dy * math.cos(mark.angle) - dx * math.sin(mark.angle)
    if mark.ring:
        path = np.sqrt(along**2 * 0.85 + across**2 * 1.15)
    else:
        path = along + 0.12 * mark.period * np.sin(across / (2.6 * mark.period)) + along * across * 2e-5
    swing = np.cos(2 * np.pi * path / mark.period)
    if mark.window is not None:
        x, y, rx, ry = mark.window
        distance = np.sqrt(((xs - x) / rx) ** 2 + ((ys - y) / ry) ** 2)
        soft = np.clip((1.0 - distance) / 0.3 + 0.5, 0, 1)
        swing = swing * soft * soft * (3 - 2 * soft)
    _multiply(surface, (1 + mark.amplitude * swing).astype(np.float32))
