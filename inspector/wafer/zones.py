"""Where on the wafer a chip lies: three rings that hold about as many chips each, and the four quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.outline import Outline


class Zone(IntFlag):
    """A ring and two halves for every chip, as seen on an upright wafer."""

    CENTRE = 1
    MIDDLE = 2
    EDGE = 4
    UPPER = 8
    LOWER = 16
    LEFT = 32
    RIGHT = 64


_HALVES = {
    "upper": Zone.UPPER,
    "lower": Zone.LOWER,
    "left": Zone.LEFT,
    "right": Zone.RIGHT,
}
ZONES: Mapping[str, Zone] = {
    "centre": Zone.CENTRE,
    "middle": Zone.MIDDLE,
    "edge": Zone.EDGE,
    "upper-left": Zone.UPPER | Zone.LEFT,
    "upper-right": Zone.UPPER | Zone.RIGHT,
    "lower-left": Zone.LOWER | Zone.LEFT,
    "lower-right": Zone.LOWER | Zone.RIGHT,
    **_HALVES,
}
_RINGS = np.sqrt([1 / 3, 2 / 3])  # shares of the radius that cut a disc, or a rectangle, into thirds of its area


def zone_flags(chips: Sequence[ChipId], grid: Grid, outline: Outline | None, *, disc: bool) -> NDArray[np.uint8]:
    """uint8 (N,): the `Zone` of every chip, by its middle.

    Rings follow the outline where it is a circle or an ellipse, else the ellipse (disc) or the rectangle around the
    grid. A chip on the line between two halves counts to the right, or to the lower one.
    """
    if not chips:
        return np.zeros(0, np.uint8)
    places = np.array(chips, dtype=np.float64)
    middles = np.array(grid.origin) + places * np.array(grid.pitch) + np.array(grid.chip) / 2
    centre = np.array(grid.origin) + np.array(grid.extent) / 2
    radii, is_round = np.array(grid.extent) / 2, disc
    if outline is not None and outline.radii is not None:
        centre, radii, is_round = np.array(outline.centre), np.array(outline.radii), True
    x, y = ((middles - centre) / radii).T
    far = np.hypot(x, y) if is_round else np.maximum(np.abs(x), np.abs(y))
    rings = np.choose(np.searchsorted(_RINGS, far, side="right"), [Zone.CENTRE, Zone.MIDDLE, Zone.EDGE])
    halves = np.where(x < 0, Zone.LEFT, Zone.RIGHT) | np.where(y < 0, Zone.UPPER, Zone.LOWER)
    return np.asarray(rings | halves, dtype=np.uint8)
