"""Crimp terminals with known truth: what was measured on a drawn part, and what the limits make of it.

A part's truth is computed here from its measures, never from the class that was aimed at. The wire comes from the left;
its bare strands end as a brush beyond the conductor barrel.

- A strand that sticks out of the barrel by STRAND_LIMIT or more: strand-out.
- Insulation that reaches INSULATION_LIMIT or more into the conductor barrel: insulation-in.
- A brush shorter than SHORT_LIMIT: wire-short (product B: no-wire); longer than LONG_LIMIT: wire-long (product A).
- Wings that leave OPEN_LIMIT or more between them: open-barrel.
- A barrel pressed below FLAT_LIMIT of its height, or cracked: over-crimp (product A).
- A contact turned by BENT_LIMIT or more from the wire: bent (product A).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

STRAND_LIMIT, STRAND_BAND = 8.0, 1.5  # px beyond the barrel's outline
INSULATION_LIMIT, INSULATION_BAND = 3.0, 1.0  # px
SHORT_LIMIT, SHORT_BAND = 2.0, 0.7  # px
LONG_LIMIT, LONG_BAND = 18.0, 1.2  # px
OPEN_LIMIT, OPEN_BAND = 5.0, 0.8  # px
FLAT_LIMIT, FLAT_BAND = 0.86, 0.015  # of the nominal height
BENT_LIMIT, BENT_BAND = 4.0, 0.5  # degrees
BORDERLINE_SHARE = 0.04

CLASSES_A = {
    "good": ("bright", "dull"),
    "strand-out": ("one", "several"),
    "insulation-in": ("half", "full"),
    "wire-short": ("slight", "missing"),
    "wire-long": ("slight", "far"),
    "open-barrel": ("upper", "lower"),
    "over-crimp": ("flat", "cracked"),
    "bent": ("up", "down"),
}
CLASSES_B = {
    "good": ("bright", "dull"),
    "strand-out": ("one", "several"),
    "insulation-in": ("half", "full"),
    "no-wire": ("empty", "short"),
    "open-barrel": ("upper", "lower"),
}


@dataclass(frozen=True)
class Terminal:
    """A product's shape, px along x from the left and half heights: insulation wings, window, barrel, contact."""

    name: str
    wings: tuple[float, float]
    barrel: tuple[float, float]
    contact: float
    wire: float
    strands: float
    wing_height: float
    barrel_height: float
    ring: bool


TERMINALS = {
    "crimp-a": Terminal("crimp-a", (50, 86), (114, 182), 210, 20, 12, 26, 20, False),
    "crimp-b": Terminal("crimp-b", (44, 74), (96, 172), 200, 17, 13, 23, 23, True),
}
PART_CLASSES = {"crimp-a": CLASSES_A, "crimp-b": CLASSES_B}


@dataclass(frozen=True)
class Strand:
    """A strand that left the bundle. root: x where it leaves; side: -1 up, 1 down; reach: px beyond the outline."""

    root: float
    side: int
    reach: float
    sweep: float


@dataclass(frozen=True)
class Measures:
    """What an inspector would measure on a part. insulation: px into the barrel (negative: before it).

    brush: px beyond the barrel, negative where the strands end inside it. opening: px between the wings, on one side.
    height: of the barrel, of nominal. bend: degrees, positive is up. bright: a shiny finish.
    """

    bright: bool
    brush: float
    insulation: float
    opening: float
    side: int
    height: float
    bend: float
    cracked: bool = False
    strands: tuple[Strand, ...] = ()


@dataclass(frozen=True)
class PartTruth:
    """What a part is, by the limits."""

    class_name: str
    subtype: str
    borderline: bool


def judge_part(m: Measures, product: str) -> PartTruth:
    """The truth of a part: the fault that comes first along the wire's way through the press names it."""
    reach = max((s.reach for s in m.strands), default=0.0)
    seen = sum(s.reach >= STRAND_LIMIT for s in m.strands)
    short = "wire-short" if product == "crimp-a" else "no-wire"
    short_kinds = ("slight", "missing") if product == "crimp-a" else ("short", "empty")
    faults = [
        (m.insulation - INSULATION_LIMIT, INSULATION_BAND, "insulation-in", "full" if m.insulation > 24 else "half"),
        (SHORT_LIMIT - m.brush, SHORT_BAND, short, short_kinds[m.brush < -14]),
        (m.opening - OPEN_LIMIT, OPEN_BAND, "open-barrel", "upper" if m.side < 0 else "lower"),
        (reach - STRAND_LIMIT, STRAND_BAND, "strand-out", "several" if seen > 1 else "one"),
    ]
    if product == "crimp-a":
        faults += [
            (m.brush - LONG_LIMIT, LONG_BAND, "wire-long", "far" if m.brush > 32 else "slight"),
            (FLAT_LIMIT - m.height, FLAT_BAND, "over-crimp", "flat"),
            (1.0 if m.cracked else -1.0, 0.5, "over-crimp", "cracked"),
            (abs(m.bend) - BENT_LIMIT, BENT_BAND, "bent", "up" if m.bend > 0 else "down"),
        ]
    over = [(name, subtype, excess > band) for excess, band, name, subtype in faults if excess >= 0]
    near = any(abs(excess) <= band for excess, band, _, _ in faults)
    if not over:
        return PartTruth("good", "bright" if m.bright else "dull", near)
    name, subtype, _ = over[0]
    if name == "over-crimp" and m.cracked:
        subtype = "cracked"
    return PartTruth(name, subtype, near and not any(clear for _, _, clear in over))


def plan_part(rng: np.random.Generator, product: str, class_name: str, subtype: str, hard: float = 0.0) -> Measures:
    """Measures that aim at a class and sub-type; what the part then is, the limits say. hard: share near a limit."""
    bright = subtype == "bright" if class_name == "good" else bool(rng.random() < 0.5)
    m = Measures(
        bright=bright,
        brush=rng.uniform(4, 14),
        insulation=-rng.uniform(6, 16),
        opening=rng.uniform(0, 2.2),
        side=1 if rng.random() < 0.5 else -1,
        height=rng.uniform(0.93, 1.05),
        bend=rng.uniform(-2.2, 2.2),
        strands=_strands(rng, product, 1, 1.0, 4.5) if rng.random() < 0.2 else (),
    )
    if rng.random() < max(BORDERLINE_SHARE, hard):
        return _near_a_limit(rng, m, product)
    return _with_fault(rng, m, product, class_name, subtype)


def _with_fault(rng: np.random.Generator, m: Measures, product: str, class_name: str, subtype: str) -> Measures:
    """The measures of a good part, one of them beyond its limit."""
    match class_name, subtype:
        case "strand-out", kind:
            count = 1 if kind == "one" else int(rng.integers(2, 6))
            return replace(m, strands=_strands(rng, product, count, STRAND_LIMIT + 2, 38))
        case "insulation-in", "half":
            return replace(m, insulation=rng.uniform(INSULATION_LIMIT + 2, 22))
        case "insulation-in", _:
            return replace(m, insulation=rng.uniform(27, 50), opening=rng.uniform(2, 3.5))
        case ("wire-short", "slight") | ("no-wire", "short"):
            return replace(m, brush=rng.uniform(-12, SHORT_LIMIT - 1.2))
        case (("wire-short" | "no-wire"), _):
            return replace(m, brush=-rng.uniform(18, 110 if product == "crimp-b" else 60))
        case "wire-long", "slight":
            return replace(m, brush=rng.uniform(LONG_LIMIT + 1.5, 30))
        case "wire-long", _:
            return replace(m, brush=rng.uniform(34, 62))
        case "open-barrel", kind:
            return replace(m, opening=rng.uniform(OPEN_LIMIT + 1.2, 16), side=-1 if kind == "upper" else 1)
        case "over-crimp", "flat":
            return replace(m, height=rng.uniform(0.62, FLAT_LIMIT - 0.03))
        case "over-crimp", _:
            return replace(m, height=rng.uniform(0.7, 0.84), cracked=True)
        case "bent", kind:
            return replace(m, bend=rng.uniform(BENT_LIMIT + 0.8, 15) * (1 if kind == "up" else -1))
    return m


def _near_a_limit(rng: np.random.Generator, m: Measures, product: str) -> Measures:
    off = rng.uniform(-1, 1)
    choices = [
        replace(m, brush=SHORT_LIMIT + off * SHORT_BAND),
        replace(m, opening=OPEN_LIMIT + off * OPEN_BAND),
        replace(m, insulation=INSULATION_LIMIT + off * INSULATION_BAND),
        replace(m, strands=_strands(rng, product, 1, STRAND_LIMIT - STRAND_BAND, STRAND_LIMIT + STRAND_BAND)),
    ]
    if product == "crimp-a":
        choices += [
            replace(m, brush=LONG_LIMIT + off * LONG_BAND),
            replace(m, height=FLAT_LIMIT + off * FLAT_BAND),
            replace(m, bend=(BENT_LIMIT + off * BENT_BAND) * m.side),
        ]
    return choices[int(rng.integers(len(choices)))]


def _strands(rng: np.random.Generator, product: str, count: int, low: float, high: float) -> tuple[Strand, ...]:
    """Strands that leave the bundle at either mouth of the barrel."""
    start, end = TERMINALS[product].barrel
    made = []
    for _ in range(count):
        root = rng.uniform(start - 8, start + 2) if rng.random() < 0.6 else rng.uniform(end - 3, end + 3)
        side = 1 if rng.random() < 0.5 else -1
        made.append(Strand(root, side, float(np.exp(rng.uniform(np.log(low), np.log(high)))), rng.uniform(-0.6, 1.2)))
    return tuple(made)
