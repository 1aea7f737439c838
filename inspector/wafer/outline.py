"""The wafer's own outline in the upright grid's pixels, and how deep inside of it a point lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Side = Literal["top", "right", "bottom", "left"]
SIDES: dict[Side, float] = {"right": 0.0, "bottom": 90.0, "left": 180.0, "top": 270.0}  # degrees, y downwards
_POINTS = 720  # around a circle or an ellipse
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Outline:
    """A circle, an ellipse or a polygon, all in upright grid pixels.

    centre: of circle and ellipse, and what a polygon's corners count from. radii: half the width and height; None where
    a polygon's corners are given. exclusion: px inside the outline in which no chip counts. flat: px from a circle's
    centre to its flat on `side`; notch: radius of a notch there; 0: none.
    """

    centre: tuple[float, float]
    radii: tuple[float, float] | None = None
    corners: tuple[tuple[float, float], ...] = ()
    exclusion: float = 0.0
    side: Side = "bottom"
    flat: float = 0.0
    notch: float = 0.0

    def depth(self, points: Points) -> NDArray[np.float64]:
        """(..., 2) -> (...): px inside the outline, negative outside; an ellipse's to first order."""
        at = np.asarray(points, dtype=np.float64) - self.centre
        if self.radii is None:
            return _polygon_depth(at, np.array(self.corners))
        depth = _ellipse_depth(at, self.radii)
        if not self.flat and not self.notch:
            return depth
        turn = math.radians(SIDES[self.side])
        towards = np.array([math.cos(turn), math.sin(turn)])
        if self.flat:
            depth = np.minimum(depth, self.flat - at @ towards)
        if self.notch:
            depth = np.minimum(depth, np.hypot(*np.moveaxis(at - towards * self.radii[0], -1, 0)) - self.notch)
        return np.asarray(depth, dtype=np.float64)

    def holds(self, points: Points) -> bool:
        """True where all points (N, 2) lie inside, off the edge exclusion."""
        return bool((self.depth(points) >= self.exclusion).all())

    def border(self) -> tuple[Points, Points]:
        """Points along the outline without flat or notch, and their outward normals of length 1: float64 (N, 2)."""
        if self.radii is not None:
            turn = np.linspace(0, 2 * math.pi, _POINTS, endpoint=False)
            unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
            steep = unit / self.radii
            return unit * self.radii + self.centre, steep / np.linalg.norm(steep, axis=1, keepdims=True)
        return _polygon_border(np.array(self.corners), np.array(self.centre))

    def fitted(self, centre: tuple[float, float], scale: float = 1.0) -> Outline:
        """The same outline where it was seen, `scale` times as large."""
        radii = None if self.radii is None else (self.radii[0] * scale, self.radii[1] * scale)
        corners = tuple((x * scale, y * scale) for x, y in self.corners)
        return replace(self, centre=centre, radii=radii, corners=corners, flat=self.flat * scale)


def _ellipse_depth(at: Points, radii: tuple[float, float]) -> NDArray[np.float64]:
    x, y = np.moveaxis(at, -1, 0)
    if radii[0] == radii[1]:
        return np.asarray(radii[0] - np.hypot(x, y), dtype=np.float64)
    u, v = x / radii[0], y / radii[1]
    far = np.hypot(u, v)
    steep = np.hypot(u / radii[0], v / radii[1])
    return np.where(far > 1e-9, (1 - far) * far / np.maximum(steep, 1e-12), min(radii))


def _polygon_depth(at: Points, corners: Points) -> NDArray[np.float64]:
    """Signed distance to a closed polygon whose corners go round either way."""
    inside = np.zeros(at.shape[:-1], dtype=bool)
    nearest = np.full(at.shape[:-1], np.inf)
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = b - a
        share = np.clip((at - a) @ along / max(float(along @ along), 1e-12), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(at - a - share[..., None] * along, axis=-1))
        crosses = (a[1] > at[..., 1]) != (b[1] > at[..., 1])
        height = along[1] if along[1] else 1e-12
        inside ^= crosses & (at[..., 0] < a[0] + (at[..., 1] - a[1]) / height * along[0])
    return np.where(inside, nearest, -nearest)


def _polygon_border(corners: Points, centre: Points) -> tuple[Points, Points]:
    following = np.roll(corners, -1, axis=0)
    lengths = np.linalg.norm(following - corners, axis=1)
    clockwise = float((corners[:, 0] * following[:, 1] - corners[:, 1] * following[:, 0]).sum()) > 0
    points, normals = [], []
    for a, b, length in zip(corners, following, lengths, strict=True):
        count = max(4, round(_POINTS * length / lengths.sum()))
        points.append(a + ((np.arange(count) + 0.5) / count)[:, None] * (b - a))
        normal = np.array([b[1] - a[1], a[0] - b[0]]) / max(length, 1e-12) * (1 if clockwise else -1)
        normals.append(np.repeat(normal[None], count, axis=0))
    return np.concatenate(points) + centre, np.concatenate(normals)
