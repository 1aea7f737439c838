"""Finds the grid roughly: turn from sharp projections, scale and shift from the comb of chip edges, on a small copy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.chip_sides import STEP, SideMap, side_support
from inspector.imaging.alignment.edge_fit import spread
from inspector.imaging.alignment.levels import Levels
from inspector.wafer.grid import ChipId, Grid

MAX_TURN = 4.0  # degrees looked at; 3 are promised
MAX_SCALE = 0.024  # relative; 0.02 are promised
_WIDE_ENOUGH = 2000  # px: the small copy's longer side, where the streets allow
_STREET_SEEN = 2.0  # px: a street must be that wide in the small copy
_BAND = 8  # rows that are summed without regard to the turn
_CANDIDATES = 4  # places kept per axis and kind of profile
_LOOKED_AT = 225  # chips by which places are compared
_OVERHANG = 1.3  # pitches that the grid may stick out of the image
_PAD = 4  # px of the profile that the grid may stick out besides
_FEW_ROWS = 128  # bands from which a quarter of them tells the turn well enough to begin with
_PEAKS = 3  # turns that are looked at closely

Profile = NDArray[np.float32]
Gradient = NDArray[np.int16]


@dataclass(frozen=True)
class Comb:
    """Where the chips of one axis seem to start: `start` px in the profile, `step` profile px per grid px."""

    start: float
    step: float


def search_level(image: Levels, grid: Grid) -> int:
    """The coarsest useful level of the pyramid: streets and chips can still be seen in it."""
    streets = [pitch - chip for pitch, chip in zip(grid.pitch, grid.chip, strict=True) if pitch > chip]
    street = min(streets, default=min(grid.chip))
    level = 0
    while level + 1 < image.levels and max(image.level_size(level)) > _WIDE_ENOUGH:
        if street / 2 ** (level + 1) < _STREET_SEEN or min(grid.chip) / 2 ** (level + 1) < 16:
            break
        level += 1
    return level


def rough_places(sides: SideMap, grid: Grid) -> list[NDArray[np.float64]]:
    """Candidates for the grid's place, best first: float64 (2, 3) from grid pixels to image pixels."""
    turn = sharpest_turn(sides)
    shrink = 2.0**-sides.level
    middle = (sides.gx.shape[1] / 2, sides.gx.shape[0] / 2)
    stretch = math.hypot(1.0, turn) * shrink  # grid px -> profile px at scale 1
    numbers = _chips_in_line(grid)
    combs = []
    for axis, gradient in enumerate((sides.gx, sides.gy.T)):
        slope = -turn if axis == 0 else turn
        profiles = edge_profiles(gradient, slope)
        combs.append(_combs(profiles, grid, axis, numbers[axis], stretch))
    places = [comb_place(grid, turn, across, down, middle, sides.level) for across in combs[0] for down in combs[1]]
    places.append(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))  # the recipe's own numbers
    chips = spread(grid.chip_ids(), _LOOKED_AT)
    return sorted(places, key=lambda place: side_support(sides, grid, place, chips).strength(), reverse=True)


def ring_chips(grid: Grid) -> list[ChipId]:
    """The places all around the grid where a larger wafer would have chips."""
    wide = [ChipId(c, r) for c in range(-1, grid.columns + 1) for r in (-1, grid.rows)]
    high = [ChipId(c, r) for c in (-1, grid.columns) for r in range(grid.rows)]
    return wide + high


def _chips_in_line(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How many chips each column and each row holds."""
    ids = np.array(grid.chip_ids()).reshape(-1, 2)
    columns = np.bincount(ids[:, 0], minlength=grid.columns).astype(np.float64)
    rows = np.bincount(ids[:, 1], minlength=grid.rows).astype(np.float64)
    return columns, rows


def sharpest_turn(sides: SideMap) -> float:
    """Tangent of the turn at which the projections along columns and rows are sharpest."""
    limit = math.tan(math.radians(MAX_TURN))
    count = max(8, math.ceil(limit * max(sides.gx.shape)))
    bands = [
        (sign, made)
        for gradient, sign in ((sides.gx, -1.0), (sides.gy.T, 1.0))
        for made in (_bands(gradient), _bands(np.abs(gradient)))
    ]
    part = 4 if min(len(made) for _, made in bands) >= _FEW_ROWS else 1
    steps = np.arange(-count, count + 1, part)
    if part > 1:
        rough = _sharpness([(sign, _middle_part(made, part)) for sign, made in bands], steps * (limit / count))
        best = steps[np.argsort(rough)[::-1][:_PEAKS]]
        steps = np.unique((best[:, None] + np.arange(-part, part + 1)).ravel())
    sharpness = _sharpness(bands, steps * (limit / count))
    top = int(np.clip(sharpness.argmax(), 1, len(steps) - 2))
    even = steps[top + 1] - steps[top - 1] == 2 * (steps[top + 1] - steps[top])
    part_step = (steps[top + 1] - steps[top]) * _vertex(sharpness[top - 1 : top + 2]) if even else 0.0
    return float((steps[top] + part_step) * limit / count)


def _middle_part(bands: Profile, part: int) -> Profile:
    """The bands around the middle: a part of their number."""
    keep = len(bands) // part
    first = (len(bands) - keep) // 2
    return bands[first : first + keep]


def _sharpness(bands: list[tuple[float, Profile]], turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """How sharp the projections are at each turn, all kinds of them with the same weight."""
    total = np.zeros(len(turns))
    for sign, made in bands:
        energy = np.array([_energy(_slanted_sum(made, sign * t)) for t in turns])
        total += energy / max(float(np.median(energy)), 1e-9)
    return total


def _vertex(three: NDArray[np.float64]) -> float:
    """Where the parabola through three values has its top, in steps from the middle one."""
    curve = three[0] - 2 * three[1] + three[2]
    return 0.0 if curve >= 0 else float(np.clip((three[0] - three[2]) / (2 * curve), -0.5, 0.5))


def _energy(profile: Profile) -> float:
    sharp = profile - cv2.blur(profile.reshape(1, -1), (15, 1)).ravel()
    return float(np.square(sharp).sum())


def _bands(gradient: Gradient) -> Profile:
    """(H, W) -> (H / 8, W): sums of neighbouring rows, in grey levels."""
    rows = gradient.shape[0] // _BAND * _BAND
    made = gradient[:rows].reshape(-1, _BAND, gradient.shape[1]).sum(axis=1, dtype=np.float32)
    return np.asarray(made / STEP, dtype=np.float32)


def _slanted_sum(bands: Profile, slope: float) -> Profile:
    """Sum along lines x = u + slope * (y - middle), for every u."""
    count, width = bands.shape
    total = np.zeros(width, dtype=np.float32)
    shifts = np.rint(slope * _BAND * (np.arange(count) + 0.5 - count / 2)).astype(int)
    for band, shift in zip(bands, shifts, strict=True):
        if shift >= 0:
            total[: width - shift] += band[shift:]
        else:
            total[-shift:] += band[: width + shift]
    return total


def edge_profiles(gradient: Gradient, slope: float) -> tuple[Profile, Profile]:
    """Signed and unsigned edge strength along one axis of the turned grid, each without its slow part."""
    signed = _slanted_sum(_bands(gradient), slope)
    unsigned = _slanted_sum(_bands(np.abs(gradient)), slope)
    return signed, unsigned - cv2.blur(unsigned.reshape(1, -1), (31, 1)).ravel()


def _combs(
    profiles: tuple[Profile, Profile], grid: Grid, axis: int, numbers: NDArray[np.float64], stretch: float
) -> list[Comb]:
    """The places and scales at which the chips' two edges fall on edges of the profile, best first."""
    pad = _PAD + math.ceil(_OVERHANG * grid.pitch[axis] * stretch)
    scales = np.linspace(1 - MAX_SCALE, 1 + MAX_SCALE, 2 * math.ceil(MAX_SCALE * grid.extent[axis] * stretch) + 3)
    found: list[Comb] = []
    for profile, sign in zip(profiles, (-1.0, 1.0), strict=True):
        padded = np.pad(cv2.GaussianBlur(profile.reshape(1, -1), (0, 0), 0.8).ravel(), pad + 2)
        fits = [_comb_fit(padded, pad, grid, axis, numbers, stretch * s, sign) for s in scales]
        score = np.abs(np.array(fits)) if sign < 0 else np.array(fits)
        for _ in range(_CANDIDATES):
            best, start = np.unravel_index(int(score.argmax()), score.shape)
            found.append(Comb(float(start - pad), float(stretch * scales[best])))
            near = max(2, int(grid.pitch[axis] * stretch / 6))
            score[:, max(0, start - near) : start + near + 1] = -np.inf
    return found


def _comb_fit(
    padded: Profile, pad: int, grid: Grid, axis: int, numbers: NDArray[np.float64], step: float, sign: float
) -> NDArray[np.float64]:
    """Fit of the comb for every start from -pad on, 0 where it sticks out; lines count with their number of chips."""
    length = len(padded) - 2 * (pad + 2)
    fit = np.zeros(length + pad)
    starts = min(len(fit), max(1, length + 2 * pad - math.floor(grid.extent[axis] * step)))
    for line, number in enumerate(numbers):
        for edge, factor in ((0.0, 1.0), (grid.chip[axis], sign)):
            at = round((line * grid.pitch[axis] + edge) * step) + 2
            part = padded[at : at + starts]
            fit[: len(part)] += factor * number * part
    return fit


def comb_place(
    grid: Grid, turn: float, across: Comb, down: Comb, middle: Sequence[float], level: int
) -> NDArray[np.float64]:
    """float64 (2, 3): u = x + t (y - yc), v = y - t (x - xc), solved for the image point of a grid point."""
    u0 = across.start - across.step * grid.origin[0] + turn * middle[1]
    v0 = down.start - down.step * grid.origin[1] - turn * middle[0]
    back = np.array([[1.0, -turn], [turn, 1.0]]) / (1 + turn * turn)
    return np.hstack([back @ np.diag([across.step, down.step]), (back @ [u0, v0])[:, None]]) * 2.0**level
