"""Draws a crimp terminal from above: insulation, wings, strands, barrel with serrations, contact."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.synthetic.crimp import STRAND_LIMIT, Measures, Strand, Terminal
from inspector.imaging.synthetic.crimp_sheet import STEPS, Sheet, plate, round_body, stroke

_STRAND_TONE = 150.0  # grey level of tinned copper
_HOLLOW = 24.0  # grey level inside an empty barrel


@dataclass(frozen=True)
class Finish:
    """tone, gloss: grey levels of the metal in full light and of its highlight. insulation: of the wire's jacket."""

    tone: float
    gloss: float
    insulation: float


@dataclass(frozen=True)
class Drawing:
    """What the parts of one drawing share."""

    sheet: Sheet
    terminal: Terminal
    measures: Measures
    finish: Finish
    rng: np.random.Generator

    @property
    def strands_end(self) -> float:
        return self.terminal.barrel[1] + self.measures.brush

    @property
    def insulation_end(self) -> float:
        return self.terminal.barrel[0] + self.measures.insulation

    @property
    def barrel_span(self) -> tuple[float, float]:
        """From mouth to mouth; a crushed barrel grows longer."""
        start, end = self.terminal.barrel
        longer = max(1 - self.measures.height, 0) * 14
        return start - longer, end + longer


def draw_terminal(d: Drawing) -> None:
    """The whole part, from what lies lowest to what lies on top."""
    draw_contact(d)
    _draw_floor(d)
    _draw_strands(d)
    _draw_insulation(d)
    draw_barrel(d)
    _draw_insulation_wings(d)
    for strand in d.measures.strands:
        _draw_loose_strand(d, strand)


def draw_contact(d: Drawing) -> None:
    """What the terminal is plugged or screwed with: a box with a lance, or a ring."""
    t, f = d.terminal, d.finish
    neck = np.interp(np.linspace(0, 1, STEPS), [0, 0.45, 1], [t.barrel_height - 4, 12, 16])
    round_body(d.sheet, t.barrel[1] - 6, t.contact + 6, -neck, neck, 0.82 * f.tone, 0.5 * f.gloss)
    if t.ring:
        _draw_ring(d)
        return
    end = t.contact + 88
    round_body(d.sheet, t.contact, end, -25, 25, 0.95 * f.tone, 0.8 * f.gloss)
    plate(d.sheet, [(t.contact, -25), (end, -25), (end, -19), (t.contact, -21)], 0.62 * f.tone)
    plate(d.sheet, [(t.contact, 25), (end, 25), (end, 20), (t.contact, 21)], 0.5 * f.tone)
    x = t.contact + 20
    plate(d.sheet, [(x, -8), (x + 30, -8), (x + 30, 8), (x, 8)], 0.28 * f.tone)
    plate(d.sheet, [(x + 3, -5), (x + 27, -4), (x + 27, 4), (x + 3, 5)], 0.9 * f.tone + 0.3 * f.gloss)
    stroke(d.sheet, [(x + 44, -19), (x + 44, 19)], 1.2, 0.5 * f.tone)
    stroke(d.sheet, [(end - 2, -24), (end - 2, 24)], 2.0, 0.4 * f.tone)
    stroke(d.sheet, [(t.contact + 2, -24), (t.contact + 2, 24)], 1.2, 0.95 * f.tone + 0.4 * f.gloss)


def _circle(x: float, radius: float) -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    return [(x + radius * math.cos(a), radius * math.sin(a)) for a in angles]


def _draw_ring(d: Drawing) -> None:
    x, tone, gloss = d.terminal.contact + 50, d.finish.tone, d.finish.gloss
    plate(d.sheet, _circle(x, 43), 0.55 * tone)
    plate(d.sheet, _circle(x, 41.5), 0.86 * tone + 0.15 * gloss)
    stroke(d.sheet, _circle(x, 38)[36:66], 2.2, 0.9 * tone + 0.45 * gloss)
    plate(d.sheet, _circle(x, 22.5), 0.98 * tone + 0.3 * gloss)
    plate(d.sheet, _circle(x, 21), 0.3 * tone)
    plate(d.sheet, _circle(x, 20)[:], 30)


def _draw_floor(d: Drawing) -> None:
    """The trough that wire and strands lie in."""
    t = d.terminal
    half = t.strands + 5.0
    round_body(d.sheet, t.wings[0], t.contact - 4, -half, half, 0.55 * d.finish.tone, 0.1 * d.finish.gloss)
    round_body(d.sheet, t.wings[0], t.contact - 8, -half + 3, half - 3, 0.34 * d.finish.tone, 0)


def _draw_strands(d: Drawing) -> None:
    """The bare strands; under the barrel they show between wings that stand open."""
    t, rng = d.terminal, d.rng
    start, end = d.insulation_end - 4, d.strands_end
    round_body(d.sheet, *d.barrel_span, -t.barrel_height + 5, t.barrel_height - 5, _HOLLOW, 0)
    if end <= start:
        return
    count = 7
    for order in rng.permutation(count):
        y = (order - (count - 1) / 2) * 2 * t.strands / count
        tip = end + rng.uniform(-2.5, 0.0) * min(1.0, max(d.measures.brush, 0) / 4)
        twist = rng.uniform(-1.2, 1.2) + 1.5 * np.sin(np.linspace(0, 2.5, STEPS) + order)
        half = t.strands / count + 0.9
        fan = np.linspace(0, rng.uniform(-1, 1) * max(d.measures.brush, 0) * 0.1, STEPS)
        tone = _STRAND_TONE * rng.uniform(0.8, 1.15)
        round_body(d.sheet, start, tip, y - half + twist * 0.5 + fan, y + half + twist * 0.5 + fan, tone, 55)


def _draw_insulation(d: Drawing) -> None:
    t, rng = d.terminal, d.rng
    x1 = d.insulation_end
    half = np.full(STEPS, float(t.wire)) + 0.35 * np.sin(np.linspace(0, 9, STEPS) + rng.uniform(0, 6))
    half[-2:] -= (0.8, 2.0)
    barrel_start = d.barrel_span[0]
    if x1 > barrel_start:  # squeezed flat on its way into the barrel
        steps = np.linspace(0, x1, STEPS)
        half = np.where(steps > barrel_start - 6, np.minimum(half, t.barrel_height - 4), half)
    round_body(d.sheet, -8, x1, -half, half, d.finish.insulation, 0.22 * d.finish.insulation + 8)


def draw_barrel(d: Drawing) -> None:
    """The conductor barrel: two wings rolled in until they meet over the strands."""
    t, m, f = d.terminal, d.measures, d.finish
    x0, x1 = d.barrel_span
    steps = np.linspace(0, 1, STEPS)
    xs = x0 + steps * (x1 - x0)
    half = t.barrel_height * m.height + 2.2 * (np.exp(-steps * 18) + np.exp(-(1 - steps) * 18))
    swollen = np.clip((d.insulation_end - xs) / 6, 0, 1)
    empty = np.clip((xs - d.strands_end - 8) / 8, 0, 1) * (m.brush < -6)
    half = half + 2.6 * swollen - 2.0 * empty
    gap = 0.5 + 0.5 * min(m.opening, 2.5) + 2.6 * swollen + 2.4 * empty
    relief = 1 - 0.28 * sum(np.exp(-(((steps - s) / 0.035) ** 2)) for s in (0.28, 0.5, 0.72)) - 0.16 * empty
    wide = max(m.opening - 2.5, 0) * np.clip(np.minimum(steps, 1 - steps) * 5 + 0.45, 0, 1)
    gloss = f.gloss * (1 + 1.2 * max(1 - m.height, 0))
    for side in (-1, 1):
        opened = wide if side == m.side else np.zeros(STEPS)
        inner, outer = gap * 0.6 + 0.85 * opened, half + 0.55 * opened
        edges = (-outer, -inner) if side < 0 else (inner, outer)
        round_body(d.sheet, x0, x1, *edges, f.tone * (1.0 if side < 0 else 0.92), gloss * 0.8, relief)
    if m.height < 0.9:
        _draw_flash(d, half)
    if m.cracked:
        _draw_crack(d)


def _draw_flash(d: Drawing, half: NDArray[np.float64]) -> None:
    """Metal squeezed out along the sides of a crushed barrel, and the sharp steps at its mouths."""
    x0, x1 = d.barrel_span
    out = (1 - d.measures.height) * 12
    xs = np.linspace(x0 + 4, x1 - 4, STEPS)
    for side in (-1, 1):
        ragged = half + out * d.rng.uniform(0.5, 1.0, STEPS)
        edges = (-ragged, -half + 1) if side < 0 else (half - 1, ragged)
        round_body(d.sheet, xs[0], xs[-1], *edges, 0.8 * d.finish.tone, 0.3 * d.finish.gloss)
    for x in (x0 + 2.5, x1 - 2.5):
        stroke(d.sheet, [(x, -half[5] + 2), (x, half[5] - 2)], 1.5, 0.35 * d.finish.tone)


def _draw_crack(d: Drawing) -> None:
    x0, x1 = d.barrel_span
    x = d.rng.uniform(x0 + 0.25 * (x1 - x0), x1 - 0.25 * (x1 - x0))
    reach = d.terminal.barrel_height * d.measures.height
    ys = np.linspace(-reach, reach * d.rng.uniform(-0.1, 1.0), 9)
    points = [(x + d.rng.uniform(-2.5, 2.5), float(y)) for y in ys]
    stroke(d.sheet, points, 1.4, 22)
    stroke(d.sheet, [(px + 1.6, py) for px, py in points], 0.6, 0.9 * d.finish.tone + 0.5 * d.finish.gloss)


def _draw_insulation_wings(d: Drawing) -> None:
    t, f = d.terminal, d.finish
    x0, x1 = t.wings
    steps = np.linspace(0, 1, STEPS)
    half = t.wing_height - 1.2 * np.abs(2 * steps - 1) ** 6
    seam = 1.5 + 3.0 * np.sin(steps * 3.1 + d.rng.uniform(-0.3, 0.3)) * d.rng.uniform(0.6, 1)
    round_body(d.sheet, x0, x1, -half, half, 0.96 * f.tone, 0.9 * f.gloss)
    xs = x0 + steps * (x1 - x0)
    stroke(d.sheet, [(float(x), float(y)) for x, y in zip(xs, seam, strict=True)], 1.6, 0.3 * f.tone)
    stroke(d.sheet, [(float(x), float(y - 1.4)) for x, y in zip(xs, seam, strict=True)], 0.7, f.tone + 0.6 * f.gloss)


def loose_strand_path(strand: Strand, terminal: Terminal) -> list[tuple[float, float]]:
    """The way of a strand from the bundle to its tip, px from the axis."""
    outline = terminal.barrel_height if strand.reach >= STRAND_LIMIT else terminal.barrel_height - 2
    start, tip = 0.5 * terminal.strands, outline + strand.reach
    along = np.linspace(0, 1, 12)
    xs = strand.root + strand.sweep * strand.reach * along**1.6
    ys = strand.side * (start + (tip - start) * along)
    return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def _draw_loose_strand(d: Drawing, strand: Strand) -> None:
    path = loose_strand_path(strand, d.terminal)
    stroke(d.sheet, [(x + 1.2, y + 1.6) for x, y in path], 1.6, 26, covers=False)
    stroke(d.sheet, path, 2.2, _STRAND_TONE * 0.85)
    stroke(d.sheet, [(x - 0.3, y - 0.4) for x, y in path], 0.9, _STRAND_TONE + 60)
