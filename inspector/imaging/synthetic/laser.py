"""Laser chips with known truth: emitter stripes on a grown surface between two streets, and the marks on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic import optics
from inspector.imaging.synthetic.character import (
    STRIPE_PITCH,
    LotCharacter,
    WaferCharacter,
    drift_at,
    drift_field,
    epitaxial_texture,
)
from inspector.imaging.synthetic.criteria import Mark, Stripes, Truth, judge_chip
from inspector.imaging.synthetic.defects import (
    BORDERLINE_SHARE,
    NATURAL_SHARES,
    NATURAL_SUBTYPES,
    Bench,
    plan_borderline,
    plan_marks,
)
from inspector.imaging.synthetic.drawing import draw_mark
from inspector.imaging.synthetic.layout import Layout
from inspector.imaging.synthetic.stripe_profile import relief
from inspector.wafer.grid import ChipId

STREET_LEVEL = 66.0  # grey level of the etched streets
_BORDER = 3  # px of a chip's bright rim
_PIXELS = 12  # the stream of random numbers of a chip's pixels, apart from that of its plan


@dataclass(frozen=True)
class Aim:
    """What a chip is meant to become; `subtype` "" leaves it open."""

    class_name: str
    subtype: str


@dataclass(frozen=True)
class ChipPlan:
    """A chip before it is drawn: the marks, and what they make of it."""

    stripes: Stripes
    marks: tuple[Mark, ...]
    tone: float
    truth: Truth


def chip_stripes(lot: LotCharacter, width: int) -> Stripes:
    """The emitter stripes of a chip: as many as fit at the nominal pitch, in the middle."""
    count = max(1, int(width // STRIPE_PITCH))
    middle = (count - 1) / 2
    return Stripes(tuple(width / 2 + (i - middle) * lot.stripe_pitch for i in range(count)), lot.stripe_width)


def natural_aim(rng: np.random.Generator) -> Aim:
    """A class as often as production brings it."""
    names = list(NATURAL_SHARES)
    name = names[int(rng.choice(len(names), p=list(NATURAL_SHARES.values())))]
    kinds = NATURAL_SUBTYPES[name]
    return Aim(name, list(kinds)[int(rng.choice(len(kinds), p=list(kinds.values())))])


def plan_chip(
    seed: tuple[int, ...], wafer: WaferCharacter, layout: Layout, chip: ChipId, aim: Aim | None, hard: float = 0.0
) -> tuple[ChipPlan, WaferCharacter]:
    """The plan of a chip, and the wafer as it must be drawn there (an aimed tone moves the drift).

    aim None: as production brings it. hard: share of chips that lie near a limit (half of it) or bear only marks near
    the noise (the other half).
    """
    rng = np.random.default_rng([*seed, chip.column, chip.row])
    stripes = chip_stripes(wafer.lot, layout.chip[0])
    bench = Bench(stripes, layout.chip, wafer.lot, rng)
    x, y = (np.float32(v) for v in _from_centre(layout, chip, layout.chip[0] / 2, layout.chip[1] / 2))
    wanted = aim or natural_aim(rng)
    if aim is not None and aim.class_name == "clean":
        wafer = _toned(wafer, rng, float(x), float(y), aim.subtype == "bright")
    tone = float(drift_at(wafer, np.array(x), np.array(y)))
    draw = rng.random()
    borderline = draw < max(BORDERLINE_SHARE, hard / 2)
    bench = replace(bench, faint=hard / 2 <= draw < hard)
    marks = plan_borderline(bench, hard > 0) if borderline else plan_marks(bench, wanted.class_name, wanted.subtype)
    return ChipPlan(stripes, tuple(marks), tone, judge_chip(marks, stripes, layout.chip, tone)), wafer


def _toned(wafer: WaferCharacter, rng: np.random.Generator, x: float, y: float, bright: bool) -> WaferCharacter:
    """The wafer with its drift moved so that it is bright, or dark, at a place."""
    here = wafer.wave[0] * x + wafer.wave[1] * y + wafer.bow * (x * x + y * y)
    phase = rng.uniform(-1.2, 1.2) + (0.0 if bright else np.pi) - here
    return WaferCharacter(
        wafer.name, wafer.lot, wafer.turn, wafer.shift, wafer.gain, float(phase), wafer.wave, wafer.bow
    )


def _from_centre(layout: Layout, chip: ChipId, x: float, y: float) -> tuple[float, float]:
    left, top = layout.corner(chip)
    return left + x - layout.centre[0], top + y - layout.centre[1]


def bare_surface(wafer: WaferCharacter, layout: Layout, x: int, y: int, width: int, height: int) -> NDArray[np.float32]:
    """float32 (height, width): the grown surface without chips at px (x, y) of the upright image."""
    surface = drift_field(wafer, x - layout.centre[0], y - layout.centre[1], width, height)
    surface += 1
    surface *= optics.NOMINAL
    surface += epitaxial_texture(wafer.lot, x, y, width, height)
    return surface


def draw_cell(
    wafer: WaferCharacter, layout: Layout, chip: ChipId, plan: ChipPlan, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """uint8: a chip with half of the streets around it, sharp, in nominal light."""
    (width, height), (sx, sy) = layout.chip, layout.street
    left, top = layout.corner(chip)
    cell = bare_surface(wafer, layout, left - sx, top - sy, width + 2 * sx, height + 2 * sy)
    inner = cell[sy : sy + height, sx : sx + width]
    inner *= relief(wafer.lot, plan.stripes, width, height, rng)
    for mark in plan.marks:
        draw_mark(inner, mark, wafer.gain, wafer.lot.blur)
    _draw_streets(cell, layout, wafer.lot)
    return np.asarray(cv2.convertScaleAbs(np.maximum(cell, 0, out=cell)), dtype=np.uint8)


def _draw_streets(cell: NDArray[np.float32], layout: Layout, lot: LotCharacter) -> None:
    """The etched streets around the chip, its bright rim, and a quarter of a cross at each crossing."""
    (width, height), (sx, sy) = layout.chip, layout.street
    texture = epitaxial_texture(lot, 17, 29, cell.shape[1], cell.shape[0])
    for part in (np.s_[:sy, :], np.s_[sy + height :, :], np.s_[:, :sx], np.s_[:, sx + width :]):
        cell[part] = STREET_LEVEL + 1.5 * texture[part]
    frame = np.s_[sy : sy + height, sx : sx + width]
    inner = cell[frame]
    for side in (np.s_[:_BORDER, :], np.s_[-_BORDER:, :], np.s_[:, :_BORDER], np.s_[:, -_BORDER:]):
        inner[side] = 158
    arm, half = min(sx, sy) * 2 // 3, max(min(sx, sy) // 8, 1)
    for rows in (np.s_[:half], np.s_[-half:]):
        cell[rows, :arm] = cell[rows, -arm:] = 150
    for columns in (np.s_[:half], np.s_[-half:]):
        cell[:arm, columns] = cell[-arm:, columns] = 150


def photograph(
    wafer: WaferCharacter, layout: Layout, chip: ChipId, cell: NDArray[np.uint8], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """uint8 (height, width): the chip as it would be cut from its wafer's image after alignment.

    The cell is seen turned as it lies under the microscope, exposed, then turned back with what alignment leaves over.
    """
    (width, height), (sx, sy) = layout.chip, layout.street
    size = (cell.shape[1], cell.shape[0])
    middle = (size[0] / 2, size[1] / 2)
    part = (wafer.shift[0] % 1, wafer.shift[1] % 1)
    there = optics.turned(wafer.turn, middle, part)
    seen = optics.warp(optics.focus(cell, wafer.lot.blur), there, size)
    x, y = _from_centre(layout, chip, -sx, -sy)
    light = optics.vignette(x, y, *size, (0.0, 0.0), layout.radius, wafer.lot.vignette)
    image = optics.expose(rng, seen, light * np.float32(wafer.gain), wafer.lot.noise)
    left_over = optics.turned(rng.normal(0, 0.01), middle, (rng.normal(0, 0.35), rng.normal(0, 0.35)))
    upright = optics.warp(image, left_over @ np.vstack([optics.inverse(there), [0, 0, 1]]), size)
    return upright[sy : sy + height, sx : sx + width]


def draw_stream(seed: tuple[int, ...], chip: ChipId) -> np.random.Generator:
    """The random numbers of a chip's pixels, apart from those of its plan."""
    return np.random.default_rng([*seed, chip.column, chip.row, _PIXELS])
