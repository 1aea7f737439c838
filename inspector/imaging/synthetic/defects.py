"""Plans the marks of one laser chip: which, where, how large and how plain to see."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from inspector.imaging.synthetic import criteria as limits
from inspector.imaging.synthetic.character import LotCharacter
from inspector.imaging.synthetic.criteria import Dot, Fringe, Haze, Hillock, Mark, Scratch, Stripes
from inspector.imaging.synthetic.stripe_profile import wander_noise

# Shares of a production wafer: 17 % of its chips are defects.
NATURAL_SHARES = {
    "clean": 0.69,
    "speck": 0.06,
    "fringe": 0.04,
    "haze": 0.04,
    "pit": 0.07,
    "scratch": 0.05,
    "growth": 0.05,
}
# Shares of the sub-types within their class; some are rare.
NATURAL_SUBTYPES = {
    "clean": {"bright": 0.5, "dark": 0.5},
    "speck": {"dark-dot": 0.5, "bright-dot": 0.4, "short-scratch": 0.1},
    "fringe": {"straight": 0.7, "ring": 0.3},
    "haze": {"patch": 0.65, "edge": 0.35},
    "pit": {"dark-pit": 0.6, "bright-pit": 0.4},
    "scratch": {"straight": 0.75, "curved": 0.25},
    "growth": {"hillock": 0.8, "dense-haze": 0.2},
}
BORDERLINE_SHARE = 0.04
SUBTYPES = {name: tuple(shares) for name, shares in NATURAL_SUBTYPES.items()}
_BORDERLINES = ("gap", "gap", "gap", "length", "length", "haze", "haze", "hillock", "faint")
# Of hard chips: lengths and haze take the most chips to learn; a size is learned from few, and what is faint is good.
_HARD_BORDERLINES = ("gap",) * 2 + ("length",) * 3 + ("haze",) * 3 + ("hillock", "faint")
_FAINT_CONTRAST = 22.0  # grey levels at most of the marks of hard chips
_FAINT_DOT = 6.0  # px across at most
_SPECK_BESIDES = 0.08  # share of defect chips that carry a speck too
_GOOD_BESIDES = 0.05  # share of pits and scratches that lie under a light haze or fringes


@dataclass(frozen=True)
class Bench:
    """What a plan needs to know about its chip. chip: (width, height) px. faint: marks near the noise only."""

    stripes: Stripes
    chip: tuple[int, int]
    lot: LotCharacter
    rng: np.random.Generator
    faint: bool = False

    def log_uniform(self, low: float, high: float) -> float:
        return math.exp(self.rng.uniform(math.log(low), math.log(high)))

    def contrast(self, dark: bool, high: float = 70.0, hidden: float = 0.0) -> float:
        """Grey levels as seen, from 8 over the noise up to plain to see.

        hidden: standard deviation of what varies at the place beside the camera's noise.
        """
        low = 8.0 + math.hypot(self.lot.noise, hidden)
        seen = self.log_uniform(low, max(_FAINT_CONTRAST, 1.3 * low) if self.faint else high)
        return -seen if dark else seen

    def dot_size(self) -> float:
        """px across, from 3 up."""
        return self.log_uniform(3, _FAINT_DOT if self.faint else 14)

    def anywhere(self, margin: float) -> tuple[float, float]:
        """A place at least so many px from the chip's border."""
        width, height = self.chip
        margin = min(margin, width / 2 - 1, height / 2 - 1)
        return self.rng.uniform(margin, width - margin), self.rng.uniform(margin, height - margin)


def plan_marks(bench: Bench, class_name: str, subtype: str) -> list[Mark]:
    """Marks that aim at a class and sub-type; what the chip then is, the criteria say."""
    rng = bench.rng
    match class_name:
        case "speck" if subtype == "short-scratch":
            return [_scratch_off_stripes(bench, bench.log_uniform(14, limits.SCRATCH_LIMIT - limits.SCRATCH_BAND))]
        case "speck":
            return [dot_off_stripes(bench, subtype == "dark-dot") for _ in range(_some(rng, 4))]
        case "fringe":
            return [_fringe(bench, subtype == "ring", bench.log_uniform(0.042, 0.13))]
        case "haze":
            return [_haze(bench, subtype == "edge", bench.log_uniform(0.052, limits.HAZE_LIMIT - limits.HAZE_BAND))]
        case "clean":
            return []
    marks: list[Mark] = []
    if class_name == "pit":
        marks = [dot_on_stripe(bench, subtype == "dark-pit") for _ in range(_some(rng, 3))]
    elif class_name == "scratch":
        longest = max(0.7 * min(bench.chip), 70.0)
        marks = [_long_scratch(bench, bench.log_uniform(58, min(longest, 520)), subtype == "curved")]
    elif subtype == "hillock":
        marks = [_hillock(bench, bench.log_uniform(limits.HILLOCK_LIMIT + 2, 46)) for _ in range(_some(rng, 2))]
    else:
        marks = [_haze(bench, bool(rng.random() < 0.4), bench.log_uniform(limits.HAZE_LIMIT + limits.HAZE_BAND, 0.36))]
    if rng.random() < _SPECK_BESIDES:
        marks.append(dot_off_stripes(bench, bool(rng.random() < 0.5)))
    if class_name != "growth" and rng.random() < _GOOD_BESIDES:
        light_haze = rng.random() < 0.5
        marks.insert(
            0, _haze(bench, False, 0.09) if light_haze else _fringe(bench, False, bench.log_uniform(0.05, 0.1))
        )
    return marks


def plan_borderline(bench: Bench, hard: bool = False) -> list[Mark]:
    """One mark within the band around one of the limits. hard: what is hardest to learn comes oftener."""
    rng = bench.rng
    kinds = _HARD_BORDERLINES if hard else _BORDERLINES
    match kinds[int(rng.integers(len(kinds)))]:
        case "gap":
            return [_dot_at_gap(bench, rng.uniform(-1, 1) * limits.STRIPE_GAP_BAND)]
        case "length":
            return [_scratch_off_stripes(bench, limits.SCRATCH_LIMIT + rng.uniform(-1, 1) * limits.SCRATCH_BAND)]
        case "haze":
            level = limits.HAZE_LIMIT + rng.uniform(-1, 1) * limits.HAZE_BAND
            return [_haze(bench, bool(rng.random() < 0.5), level)]
        case "hillock":
            return [_hillock(bench, limits.HILLOCK_LIMIT + rng.uniform(-1, 1) * limits.HILLOCK_BAND)]
    if rng.random() < 0.5:
        return [_haze(bench, False, limits.HAZE_SEEN + rng.uniform(-1, 1) * limits.HAZE_SEEN_BAND)]
    amplitude = limits.FRINGE_SEEN + rng.uniform(-1, 1) * limits.FRINGE_SEEN_BAND
    return [_fringe(bench, bool(rng.random() < 0.5), amplitude)]


def _some(rng: np.random.Generator, most: int) -> int:
    """1 mostly, seldom up to `most`."""
    return min(1 + int(rng.geometric(0.65)) - 1, most)


def _dot(bench: Bench, dark: bool, x: float, y: float, diameter: float) -> Dot:
    rng = bench.rng
    hidden = wander_noise(bench.lot, bench.stripes, x, diameter)
    return Dot(x, y, diameter, bench.contrast(dark, hidden=hidden), rng.uniform(0.75, 1.3), rng.uniform(0, math.pi))


def dot_on_stripe(bench: Bench, dark: bool) -> Dot:
    """A dot that clearly touches a stripe."""
    rng, stripes = bench.rng, bench.stripes
    diameter = bench.dot_size()
    reach = stripes.width / 2 + diameter / 2 - limits.STRIPE_GAP_BAND - 1.5
    x = stripes.centres[int(rng.integers(len(stripes.centres)))] + rng.uniform(-reach, reach)
    return _dot(bench, dark, x, bench.anywhere(12)[1], diameter)


def dot_off_stripes(bench: Bench, dark: bool) -> Dot:
    """A dot that clearly lies beside the stripes, a third of the time close beside one."""
    diameter = bench.dot_size()
    if bench.rng.random() < 0.33:
        gap = bench.rng.uniform(limits.STRIPE_GAP_BAND + 1.0, 14)
        return _dot(bench, dark, *_beside_stripe(bench, gap + diameter / 2), diameter)
    x, y = bench.anywhere(12)
    for _ in range(100):
        if bench.stripes.gap(x, diameter / 2) > limits.STRIPE_GAP_BAND + 0.5:
            break
        x, y = bench.anywhere(12)
    return _dot(bench, dark, x, y, diameter)


def _beside_stripe(bench: Bench, distance: float) -> tuple[float, float]:
    """A place so many px outside a stripe's border, on either side, inside the chip."""
    centre = bench.stripes.centres[int(bench.rng.integers(len(bench.stripes.centres)))]
    offset = bench.stripes.width / 2 + distance
    x = centre + (offset if bench.rng.random() < 0.5 else -offset)
    if not 6 <= x <= bench.chip[0] - 6:
        x = 2 * centre - x
    return x, bench.anywhere(12)[1]


def _dot_at_gap(bench: Bench, gap: float) -> Dot:
    diameter = bench.log_uniform(4, 12)
    return _dot(bench, bool(bench.rng.random() < 0.5), *_beside_stripe(bench, gap + diameter / 2), diameter)


def _hillock(bench: Bench, diameter: float) -> Hillock:
    rng = bench.rng
    x, y = bench.anywhere(diameter + 6)
    if diameter < limits.HILLOCK_LIMIT + 2:  # near the limit: off the stripes, so that the size alone decides
        for _ in range(100):
            if bench.stripes.gap(x, diameter / 2) > limits.STRIPE_GAP_BAND + 1:
                break
            x, y = bench.anywhere(diameter + 6)
    return Hillock(x, y, diameter, bench.log_uniform(14 + bench.lot.noise, 60), rng.uniform(1.0, 1.6))


def _haze(bench: Bench, from_edge: bool, level: float) -> Haze:
    rng = bench.rng
    width, height = bench.chip
    largest = min(0.3 * min(width, height), 220.0)
    radii = (bench.log_uniform(0.35 * largest, largest), bench.log_uniform(0.35 * largest, largest))
    x, y = bench.anywhere(0.8 * max(radii))
    if from_edge:
        side = int(rng.integers(4))
        x = (0.0, float(width), x, x)[side]
        y = (y, y, 0.0, float(height))[side]
    return Haze(x, y, radii, level, from_edge, int(rng.integers(1 << 30)))


def _fringe(bench: Bench, ring: bool, amplitude: float) -> Fringe:
    rng = bench.rng
    width, height = bench.chip
    period = bench.log_uniform(26, min(70, 0.25 * min(width, height) + 20))
    window = None
    if rng.random() < 0.5:
        radius = rng.uniform(0.22, 0.36) * min(width, height)
        window = (*bench.anywhere(0.9 * radius), radius * rng.uniform(0.9, 1.2), radius)
    centre = (window[0], window[1]) if window else bench.anywhere(0.2 * min(width, height))
    return Fringe(amplitude, period, ring, rng.uniform(0, math.pi), centre, window)


def _path(bench: Bench, x: float, y: float, length: float, bend: float) -> tuple[tuple[float, float], ...]:
    """A path around (x, y) of a given length; bend: radians that it turns from one end to the other."""
    steps = max(int(length / 4), 4)
    heading = bench.rng.uniform(0, 2 * math.pi) + bend * (np.linspace(0, 1, steps) - 0.5)
    step = length / steps
    xs = np.concatenate([[0.0], np.cumsum(np.cos(heading) * step)])
    ys = np.concatenate([[0.0], np.cumsum(np.sin(heading) * step)])
    xs, ys = xs - xs.mean() + x, ys - ys.mean() + y
    return tuple(zip(xs.tolist(), ys.tolist(), strict=True))


def _inside(points: tuple[tuple[float, float], ...], chip: tuple[int, int]) -> bool:
    return all(4 <= x <= chip[0] - 4 and 4 <= y <= chip[1] - 4 for x, y in points)


def _long_scratch(bench: Bench, length: float, curved: bool) -> Scratch:
    rng = bench.rng
    for attempt in range(200):
        bend = rng.uniform(0.6, 1.8) * (1 if rng.random() < 0.5 else -1) if curved else rng.uniform(-0.06, 0.06)
        points = _path(bench, *bench.anywhere(10), length * 0.997**attempt, bend)
        if _inside(points, bench.chip):
            break
    return Scratch(points, rng.uniform(1.0, 2.6), bench.contrast(bool(rng.random() < 0.5), 60), curved)


def _scratch_off_stripes(bench: Bench, length: float) -> Scratch:
    rng = bench.rng
    for _ in range(300):
        points = _path(bench, *bench.anywhere(10), length, rng.uniform(-0.5, 0.5))
        off = min(bench.stripes.gap(x, 1.3) for x, _ in points) > limits.STRIPE_GAP_BAND + 0.5
        if off and _inside(points, bench.chip):
            break
    return Scratch(points, rng.uniform(1.0, 2.4), bench.contrast(bool(rng.random() < 0.5), 60), False)
