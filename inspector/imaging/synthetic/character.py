"""What makes a lot and a wafer look like themselves: light, focus, noise, turn, stripes and texture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

STRIPE_PITCH = 160.0  # px: 80 um at 0.5 um a pixel
STRIPE_WIDTH = 38.0  # px, outer border to outer border of the two edge lines
TEXTURE_TILE = 1024  # px after which the texture repeats
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOT, _WAFER = 0x107, 0x3AFE  # keep the streams of lots and wafers apart from those of chips


@dataclass(frozen=True)
class LotCharacter:
    """A lot's own look, the same for each of its wafers.

    gain: illumination, 1 is nominal. blur: sigma in px. noise: sigma in grey levels at nominal brightness.
    turn: degrees. shift: px. stripe_*: px and relative brightness. edge_depth: relative darkness of a stripe's edge
    lines. roughness: px of the stripe edges. texture, hatch: grey levels. vignette: relative loss at the wafer's edge.
    drift: relative brightness of the interference drift. flat: the wafers have a flat, else a notch.
    """

    name: str
    seed: tuple[int, ...]
    gain: float
    blur: float
    noise: float
    turn: float
    shift: tuple[float, float]
    stripe_pitch: float
    stripe_width: float
    stripe_contrast: float
    edge_depth: float
    roughness: float
    texture: float
    hatch: float
    vignette: float
    drift: float
    flat: bool


@dataclass(frozen=True)
class WaferCharacter:
    """A wafer's place under the microscope and its own interference drift.

    turn: degrees; shift: px, of the grid in the image. gain: illumination with the lot's included.
    phase: radians, wave: radians a px along x and y, bow: radians a px squared from the wafer's centre.
    """

    name: str
    lot: LotCharacter
    turn: float
    shift: tuple[float, float]
    gain: float
    phase: float
    wave: tuple[float, float]
    bow: float


def lot_name(seed: int, number: int) -> str:
    """A lot's name, such as L2611-A: another seed gives another week, so that lots of two runs can stand together."""
    week, letter = divmod(number, len(_LETTERS))
    return f"L26{(seed + week) % 52 + 1:02d}-{_LETTERS[letter]}"


def lot_character(seed: int, number: int) -> LotCharacter:
    """The look of lot `number` (from 0) of a run."""
    rng = np.random.default_rng([seed, _LOT, number])
    return LotCharacter(
        name=lot_name(seed, number),
        seed=(seed, _LOT, number),
        gain=rng.uniform(0.8, 1.2),
        blur=rng.uniform(0.45, 1.2),
        noise=rng.uniform(1.4, 3.4),
        turn=rng.uniform(-0.45, 0.45),
        shift=(rng.uniform(-3, 3), rng.uniform(-3, 3)),
        stripe_pitch=STRIPE_PITCH * rng.uniform(0.985, 1.015),
        stripe_width=STRIPE_WIDTH * rng.uniform(0.9, 1.1),
        stripe_contrast=rng.uniform(0.14, 0.30),
        edge_depth=rng.uniform(0.22, 0.40),
        roughness=rng.uniform(0.1, 0.35),
        texture=rng.uniform(0.8, 1.8),
        hatch=rng.uniform(0.3, 1.1),
        vignette=rng.uniform(0.04, 0.16),
        drift=rng.uniform(0.035, 0.075),
        flat=bool(rng.random() < 0.5),
    )


def wafer_character(seed: int, number: int, lot: LotCharacter, *, upright: bool = False) -> WaferCharacter:
    """The look of wafer `number` (from 0) of a run, within its lot's limits; upright: neither turned nor shifted."""
    rng = np.random.default_rng([seed, _WAFER, number])
    direction = rng.uniform(0, 2 * np.pi)
    wave = 2 * np.pi / rng.uniform(3500, 8000)
    turn = lot.turn + rng.uniform(-0.05, 0.05)
    shift = (lot.shift[0] + rng.uniform(-1, 1), lot.shift[1] + rng.uniform(-1, 1))
    return WaferCharacter(
        name=f"W{number + 1:02d}",
        lot=lot,
        turn=0.0 if upright else turn,
        shift=(0.0, 0.0) if upright else shift,
        gain=lot.gain * rng.uniform(0.97, 1.03),
        phase=rng.uniform(0, 2 * np.pi),
        wave=(wave * np.cos(direction), wave * np.sin(direction)),
        bow=rng.uniform(-1, 1) * 2.5e-7,
    )


def _periodic_noise(rng: np.random.Generator, sigma_x: float, sigma_y: float) -> NDArray[np.float32]:
    """float32 (TEXTURE_TILE, TEXTURE_TILE), unit deviation, smooth over the given px, without a seam."""
    spectrum = np.fft.rfft2(rng.standard_normal((TEXTURE_TILE, TEXTURE_TILE), dtype=np.float32))
    across = np.exp(-2 * (np.pi * sigma_x * np.fft.rfftfreq(TEXTURE_TILE)) ** 2)
    down = np.exp(-2 * (np.pi * sigma_y * np.fft.fftfreq(TEXTURE_TILE)) ** 2)
    spectrum *= (down[:, None] * across).astype(np.float32)
    smooth = np.fft.irfft2(spectrum)
    return np.asarray((smooth - smooth.mean()) / smooth.std(), dtype=np.float32)


@lru_cache(maxsize=4)
def _texture_tile(lot: LotCharacter) -> NDArray[np.float32]:
    """The tile, repeated to twice its side so that any window up to one tile is a plain slice."""
    rng = np.random.default_rng([*lot.seed, 1])
    mottle = (
        _periodic_noise(rng, 9, 9) * 0.6 + _periodic_noise(rng, 30, 30) * 0.6 + _periodic_noise(rng, 1.6, 1.6) * 0.5
    )
    hatch = _periodic_noise(rng, 1.4, 60) * 0.6 + _periodic_noise(rng, 60, 1.4) * 0.9  # misfit lines along <110>
    return np.tile((lot.texture * mottle + lot.hatch * hatch).astype(np.float32), (2, 2))


def epitaxial_texture(lot: LotCharacter, x: int, y: int, width: int, height: int) -> NDArray[np.float32]:
    """float32 (height, width), grey levels: the grown surface at a place on the wafer; it repeats every tile."""
    tile = _texture_tile(lot)
    x, y = x % TEXTURE_TILE, y % TEXTURE_TILE
    if x + width <= tile.shape[1] and y + height <= tile.shape[0]:
        return tile[y : y + height, x : x + width]
    columns = (np.arange(x, x + width) % TEXTURE_TILE)[None, :]
    rows = (np.arange(y, y + height) % TEXTURE_TILE)[:, None]
    return tile[rows, columns]


def drift_at(wafer: WaferCharacter, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
    """Relative brightness of the interference drift at px from the wafer's centre (any shapes that broadcast)."""
    phase = wafer.phase + wafer.wave[0] * x + wafer.wave[1] * y + wafer.bow * (x * x + y * y)
    return np.asarray(wafer.lot.drift * np.cos(phase), dtype=np.float32)


def drift_field(wafer: WaferCharacter, x: float, y: float, width: int, height: int) -> NDArray[np.float32]:
    """float32 (height, width): the drift over a rectangle whose left top is (x, y) px from the wafer's centre."""
    step = 64
    columns = np.linspace(x, x + width, max(width // step, 2), dtype=np.float32)[None, :]
    rows = np.linspace(y, y + height, max(height // step, 2), dtype=np.float32)[:, None]
    coarse = drift_at(wafer, columns, rows)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
