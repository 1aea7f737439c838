"""The criteria of the laser wafer's inspection: from the marks on a chip to its class, by stated limits.

A chip's truth is computed here from the marks that are drawn, never from the class that was aimed at.

- A dot (particle, pit, small hillock) that touches an emitter stripe is a pit: a defect. The same dot off the stripes
  is a speck: good.
- A scratch counts from SCRATCH_LIMIT on, or wherever it touches a stripe: a defect. A shorter one off the stripes is a
  speck (sub-type short-scratch): good.
- A hillock from HILLOCK_LIMIT on is a growth fault wherever it lies; a smaller one is judged as a dot.
- Haze is good (light haze) up to HAZE_LIMIT of brightness over the surface around it, a growth fault above it, and not
  worth a name below HAZE_SEEN.
- Fringes are good; below FRINGE_SEEN they are not worth a name.
- The gravest mark names the chip: pit, scratch, growth, haze, fringe, speck, clean.
- Within the band around a limit a mark is borderline. A chip is borderline where a borderline mark is on it and no
  clear defect is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspector.wafer.manifest import Box

STRIPE_GAP_LIMIT = 0.0  # px between the rim of a dot and a stripe; negative: it overlaps
STRIPE_GAP_BAND = 3.0
SCRATCH_LIMIT = 48.0  # px, 24 um
SCRATCH_BAND = 6.0
HILLOCK_LIMIT = 14.0  # px, 7 um
HILLOCK_BAND = 1.5
HAZE_LIMIT = 0.15  # of the brightness of the surface around
HAZE_BAND = 0.02
HAZE_SEEN = 0.04
HAZE_SEEN_BAND = 0.006
FRINGE_SEEN = 0.03  # half of the swing, relative
FRINGE_SEEN_BAND = 0.005

GRAVITY = ("pit", "scratch", "growth", "haze", "fringe", "speck", "clean")
DEFECTS = frozenset({"pit", "scratch", "growth"})
_BOX_MARGIN = 2.0  # px around a mark, for blur
_SCRATCH_PIECE = 48.0  # px: a scratch is boxed piece by piece, or its box would be mostly empty


@dataclass(frozen=True)
class Stripes:
    """The emitter stripes of one chip: they run from top to bottom. centres: x in chip px. width: px."""

    centres: tuple[float, ...]
    width: float

    def gap(self, x: float, radius: float = 0.0) -> float:
        """px from a disc's rim to the nearest stripe; negative where it reaches into the stripe."""
        return min(abs(x - c) for c in self.centres) - self.width / 2 - radius


@dataclass(frozen=True)
class Dot:
    """contrast: grey levels as seen in the image, negative is darker. aspect: length over width."""

    x: float
    y: float
    diameter: float
    contrast: float
    aspect: float = 1.0
    angle: float = 0.0


@dataclass(frozen=True)
class Hillock:
    x: float
    y: float
    diameter: float
    contrast: float
    aspect: float = 1.0


@dataclass(frozen=True)
class Scratch:
    """points: its path in chip px."""

    points: tuple[tuple[float, float], ...]
    width: float
    contrast: float
    curved: bool

    @property
    def length(self) -> float:
        return sum(math.dist(a, b) for a, b in pairwise(self.points))


@dataclass(frozen=True)
class Haze:
    """level: brightness over the surface around it, relative. radii: px, out to half of the level."""

    x: float
    y: float
    radii: tuple[float, float]
    level: float
    from_edge: bool
    wobble: int


@dataclass(frozen=True)
class Fringe:
    """amplitude: half of the swing, relative. window: centre x, y and radii in px; None: the whole chip."""

    amplitude: float
    period: float
    ring: bool
    angle: float
    centre: tuple[float, float]
    window: tuple[float, float, float, float] | None


Mark = Dot | Hillock | Scratch | Haze | Fringe


@dataclass(frozen=True)
class Finding:
    """What one mark means. boxes: None where it covers the whole chip."""

    class_name: str
    subtype: str
    borderline: bool
    boxes: tuple[Box, ...] | None


@dataclass(frozen=True)
class Truth:
    """What a chip is, by the criteria; boxes as in the manifest."""

    class_name: str
    subtype: str
    borderline: bool
    boxes: tuple[Box, ...] | None


def judge_mark(mark: Mark, stripes: Stripes, chip: tuple[int, int]) -> Finding | None:
    """What a mark means on a chip (width, height); None where it is not worth a name and not near to it."""
    match mark:
        case Dot():
            return _judge_dot(mark.x, mark.y, mark.diameter, mark.contrast, stripes, chip)
        case Hillock():
            return _judge_hillock(mark, stripes, chip)
        case Scratch():
            return _judge_scratch(mark, stripes, chip)
        case Haze():
            return _judge_haze(mark, chip)
        case Fringe():
            return _judge_fringe(mark, chip)


def judge_chip(marks: Sequence[Mark], stripes: Stripes, chip: tuple[int, int], tone: float) -> Truth:
    """The chip's truth; tone is its relative brightness against the wafer, which tells the sub-type of clean chips."""
    clean = Finding("clean", "bright" if tone >= 0 else "dark", False, ())
    findings = [clean, *(f for f in (judge_mark(m, stripes, chip) for m in marks) if f is not None)]
    gravest = min(findings, key=lambda f: GRAVITY.index(f.class_name))
    same = [f for f in findings if f.class_name == gravest.class_name]
    boxes: tuple[Box, ...] | None = ()
    for finding in same:
        boxes = None if boxes is None or finding.boxes is None else boxes + finding.boxes
    clear_defect = any(f.class_name in DEFECTS and not f.borderline for f in findings)
    subtype = same[0].subtype if gravest.class_name != "clean" else clean.subtype
    return Truth(gravest.class_name, subtype, any(f.borderline for f in findings) and not clear_defect, boxes)


def _judge_dot(
    x: float, y: float, diameter: float, contrast: float, stripes: Stripes, chip: tuple[int, int]
) -> Finding:
    gap = stripes.gap(x, diameter / 2)
    tone = "dark" if contrast < 0 else "bright"
    borderline = abs(gap - STRIPE_GAP_LIMIT) <= STRIPE_GAP_BAND
    boxes = (box_around(x, y, diameter / 2, diameter / 2, chip),)
    if gap <= STRIPE_GAP_LIMIT:
        return Finding("pit", f"{tone}-pit", borderline, boxes)
    return Finding("speck", f"{tone}-dot", borderline, boxes)


def _judge_hillock(mark: Hillock, stripes: Stripes, chip: tuple[int, int]) -> Finding:
    near = abs(mark.diameter - HILLOCK_LIMIT) <= HILLOCK_BAND
    radius = mark.diameter / 2
    if mark.diameter >= HILLOCK_LIMIT:
        box = box_around(mark.x, mark.y, radius, radius * mark.aspect, chip)
        return Finding("growth", "hillock", near, (box,))
    as_dot = _judge_dot(mark.x, mark.y, mark.diameter, 1.0, stripes, chip)
    return Finding(as_dot.class_name, as_dot.subtype, near or as_dot.borderline, as_dot.boxes)


def _judge_scratch(mark: Scratch, stripes: Stripes, chip: tuple[int, int]) -> Finding:
    gap = min(stripes.gap(x, mark.width / 2) for x, _ in mark.points)
    is_long = mark.length >= SCRATCH_LIMIT
    near_length = abs(mark.length - SCRATCH_LIMIT) <= SCRATCH_BAND
    near_gap = abs(gap - STRIPE_GAP_LIMIT) <= STRIPE_GAP_BAND
    touches = gap <= STRIPE_GAP_LIMIT
    boxes = scratch_boxes(mark, chip)
    if is_long or touches:
        clear = (is_long and not near_length) or (touches and not near_gap)
        return Finding("scratch", "curved" if mark.curved else "straight", not clear, boxes)
    return Finding("speck", "short-scratch", near_length or near_gap, boxes)


def _judge_haze(mark: Haze, chip: tuple[int, int]) -> Finding | None:
    if mark.level < HAZE_SEEN - HAZE_SEEN_BAND:
        return None
    boxes = (box_around(mark.x, mark.y, *mark.radii, chip),)
    if mark.level < HAZE_SEEN:
        return Finding("clean", "", True, ())
    near_seen = mark.level <= HAZE_SEEN + HAZE_SEEN_BAND
    near = near_seen or abs(mark.level - HAZE_LIMIT) <= HAZE_BAND
    if mark.level > HAZE_LIMIT:
        return Finding("growth", "dense-haze", near, boxes)
    return Finding("haze", "edge" if mark.from_edge else "patch", near, boxes)


def _judge_fringe(mark: Fringe, chip: tuple[int, int]) -> Finding | None:
    if mark.amplitude < FRINGE_SEEN - FRINGE_SEEN_BAND:
        return None
    if mark.amplitude < FRINGE_SEEN:
        return Finding("clean", "", True, ())
    near = mark.amplitude <= FRINGE_SEEN + FRINGE_SEEN_BAND
    boxes = None if mark.window is None else (box_around(*mark.window, chip),)
    return Finding("fringe", "ring" if mark.ring else "straight", near, boxes)


def box_around(x: float, y: float, radius_x: float, radius_y: float, chip: tuple[int, int]) -> Box:
    """(x, y, width, height) around a mark, with a margin for blur, cut at the chip's border; chip: width, height."""
    left, right = (min(max(v, 0.0), float(chip[0])) for v in (x - radius_x - _BOX_MARGIN, x + radius_x + _BOX_MARGIN))
    top, bottom = (min(max(v, 0.0), float(chip[1])) for v in (y - radius_y - _BOX_MARGIN, y + radius_y + _BOX_MARGIN))
    return (round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


def scratch_boxes(mark: Scratch, chip: tuple[int, int]) -> tuple[Box, ...]:
    """Boxes along a scratch, each around a piece of it: one box around a slanting line would be mostly empty."""
    pieces = max(1, round(mark.length / _SCRATCH_PIECE))
    bounds = [round(i * (len(mark.points) - 1) / pieces) for i in range(pieces + 1)]
    boxes = []
    for start, end in pairwise(bounds):
        xs, ys = zip(*mark.points[start : end + 1], strict=True)
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        half = ((max(xs) - min(xs) + mark.width) / 2, (max(ys) - min(ys) + mark.width) / 2)
        boxes.append(box_around(*middle, *half, chip))
    return tuple(boxes)
