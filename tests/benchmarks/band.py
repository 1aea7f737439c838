"""How exactly can the borderline be judged? An observer who is told nearly everything, beside a model.

Near a limit of the criteria the picture leaves a doubt that no training takes away: noise, focus, stripes that wander,
scratches that fade out. The observer of each limit is told where the mark lies, what shape it has and where its chip's
stripes ought to be, and fits the one number that the limit is about:

  gap      where a dot lies across its stripe: the dot's own picture, laid at every tenth of a pixel
  size     a hillock's diameter: its own picture at every tenth of a pixel, shifts of the picture fitted along
  haze     its brightness: the haze's own pattern, with its grain, over columns of any brightness that change evenly
  length   where along its known path a scratch begins and ends: the stretch that stands out most

python tests/benchmarks/band.py [--model M] [--chips 200] [--seed 4242]

Prints how often a verdict on chips inside the band is wrong, and what that makes of wrong verdicts and escapes in
10,000 chips at natural shares. No observer is proven to be the best possible one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.cli.show import find_recipe
from inspector.imaging import cv2
from inspector.imaging.synthetic import criteria
from inspector.imaging.synthetic.character import WaferCharacter
from inspector.imaging.synthetic.criteria import Dot, Haze, Hillock, Mark, Scratch
from inspector.imaging.synthetic.drawing import draw_mark
from inspector.imaging.synthetic.laser import ChipPlan, draw_cell, draw_stream, photograph, plan_chip
from inspector.imaging.synthetic.layout import layout
from inspector.imaging.synthetic.lots import Run
from inspector.imaging.synthetic.stripe_profile import across_stripe

Picture = NDArray[np.float32]
RESAMPLED = 0.5  # px: what turning the picture upright blurs
REACH = 28  # px around a small mark


@dataclass(frozen=True)
class Case:
    """A borderline chip. over: how far its mark is over the limit, in the limit's own unit; above 0 is a defect."""

    kind: str
    over: float
    plan: ChipPlan
    wafer: WaferCharacter
    pixels: NDArray[np.uint8]

    @property
    def blur(self) -> float:
        return float(np.hypot(self.wafer.lot.blur, RESAMPLED))


def kind_of(plan: ChipPlan) -> tuple[str, float]:
    """Which limit a borderline chip with one mark lies near, and how far over it; ("", 0) for others."""
    if len(plan.marks) == 1 and plan.truth.borderline:
        match plan.marks[0]:
            case Dot() as dot:
                return "gap", criteria.STRIPE_GAP_LIMIT - plan.stripes.gap(dot.x, dot.diameter / 2)
            case Hillock() as hillock:
                return "size", hillock.diameter - criteria.HILLOCK_LIMIT
            case Scratch() as scratch:
                return "length", scratch.length - criteria.SCRATCH_LIMIT
            case Haze() as haze if abs(haze.level - criteria.HAZE_LIMIT) <= criteria.HAZE_BAND:
                return "haze", haze.level - criteria.HAZE_LIMIT
    return "", 0.0


def cases(run: Run, each: int) -> Iterator[Case]:
    """So many borderline chips of each kind, from as many lots as that takes."""
    place, found = layout(run.recipe), Counter[str]()
    for number in range(run.wafers):
        wafer = run.wafer(number)
        for chip in place.grid.chip_ids():
            plan, drawn = plan_chip((run.seed, number), wafer, place, chip, None, hard=1.0)
            kind, over = kind_of(plan)
            if kind and found[kind] < each:
                found[kind] += 1
                rng = draw_stream((run.seed, number), chip)
                cell = draw_cell(drawn, place, chip, plan, rng)
                yield Case(kind, over, plan, drawn, photograph(drawn, place, chip, cell, rng))
        if len(found) == len(OBSERVERS) and min(found.values()) == each:
            return


def natural_share(run: Run) -> dict[str, float]:
    """How many of 10,000 natural chips lie in the band, for each kind."""
    place, found, total = layout(run.recipe), Counter[str](), 0
    for number in range(200):
        for chip in place.grid.chip_ids():
            plan, _ = plan_chip((run.seed, number), run.wafer(number), place, chip, None)
            found[kind_of(plan)[0]] += 1
            total += 1
    return {kind: 1e4 * found[kind] / total for kind in OBSERVERS}


def _drawn(case: Case, mark: Mark, box: tuple[slice, slice]) -> Picture:
    """What a mark alone adds to the picture, in and around a box."""
    empty = np.zeros(case.pixels.shape, dtype=np.float32)
    draw_mark(empty, mark, case.wafer.gain, case.wafer.lot.blur)
    return np.asarray(cv2.GaussianBlur(empty[box], (0, 0), case.blur), dtype=np.float32)


def _flat(case: Case, x: float, y: float) -> tuple[tuple[slice, slice], Picture]:
    """A box around a small mark, and the picture there without the stripes, which run from top to bottom."""
    height, width = case.pixels.shape
    left, top = (int(np.clip(v - REACH, 0, side - 2 * REACH)) for v, side in ((x, width), (y, height)))
    box = (slice(top, top + 2 * REACH), slice(left, left + 2 * REACH))
    rows = slice(max(top - 150, 0), top + 2 * REACH + 150)
    columns = case.pixels[rows, box[1]].astype(np.float32)
    return box, case.pixels[box] - np.median(columns, axis=0, keepdims=True)


def _best(seen: Picture, made: Callable[[float], Picture], values: NDArray[np.float64], shifts: bool) -> float:
    """The value whose picture, as strong as it takes, leaves the least of what is seen."""

    def left_over(value: float) -> float:
        picture = made(value)
        parts = [picture, *(np.gradient(picture) if shifts else ())]
        columns = np.stack([p.ravel() for p in parts], axis=1).astype(np.float64)
        known = np.linalg.lstsq(columns, seen.ravel().astype(np.float64), rcond=None)[0]
        return float(np.square(seen.ravel() - columns @ known).sum())

    return float(min(values, key=left_over))


def see_gap(case: Case) -> float:
    """How far over the limit the observer takes it to be; so for each kind."""
    dot = case.plan.marks[0]
    assert isinstance(dot, Dot)
    box, seen = _flat(case, dot.x, dot.y)
    around = dot.x + np.arange(-4.0, 4.05, 0.1)
    # How far the whole picture lies to the side is told by the stripes.
    lot, x = case.wafer.lot, np.arange(case.pixels.shape[1], dtype=np.float32) + 0.5
    nearest = np.min([np.abs(x - centre) for centre in case.plan.stripes.centres], axis=0)
    ought = cv2.GaussianBlur(across_stripe(lot, case.plan.stripes.width / 2 - nearest)[None], (0, 0), case.blur)[0]
    rows = slice(box[0].start, box[0].stop)
    profile = np.median(case.pixels[max(rows.start - 150, 0) : rows.stop + 150], axis=0).astype(np.float32)
    middle = slice(40, -40)
    columns = np.stack([ought, np.gradient(ought), np.ones_like(ought), x / len(x)], axis=1)[middle]
    strength, slope = np.linalg.lstsq(columns, profile[middle], rcond=None)[0][:2]
    aside = -slope / strength
    found = _best(seen, lambda v: _drawn(case, replace(dot, x=v), box), around, shifts=False) - aside
    return criteria.STRIPE_GAP_LIMIT - case.plan.stripes.gap(found, dot.diameter / 2)


def see_size(case: Case) -> float:
    hillock = case.plan.marks[0]
    assert isinstance(hillock, Hillock)
    box, seen = _flat(case, hillock.x, hillock.y)
    sizes = criteria.HILLOCK_LIMIT + np.arange(-3.0, 3.05, 0.1)
    found = _best(seen, lambda v: _drawn(case, replace(hillock, diameter=v), box), sizes, shifts=True)
    return found - criteria.HILLOCK_LIMIT


def see_haze(case: Case) -> float:
    haze = case.plan.marks[0]
    assert isinstance(haze, Haze)
    pattern = np.ones(case.pixels.shape, dtype=np.float32)
    draw_mark(pattern, replace(haze, level=1.0), case.wafer.gain, case.wafer.lot.blur)
    pattern, seen = (_blocks(p)[1:-1, 1:-1] for p in (pattern - 1, case.pixels.astype(np.float32) - 6.0))
    side = len(seen)
    y, x = ((np.mgrid[:side, :side] + 0.5) / side - 0.5).reshape(2, -1)
    evenly = np.stack([y, y**2, y * x, y**2 * x, y * x**2], axis=1)

    def bare(values: NDArray[np.float32]) -> NDArray[np.float64]:
        square = values.reshape(side, side, -1).astype(np.float64)
        return np.asarray((square - square.mean(axis=0)).reshape(side * side, -1))

    base, _ = np.linalg.qr(bare(evenly.astype(np.float32)))
    light = bare(np.log(seen))[:, 0]
    levels = criteria.HAZE_LIMIT + np.arange(-0.04, 0.0405, 0.001)

    def left_over(level: float) -> float:
        rest = light - bare(np.log1p(level * pattern))[:, 0]
        return float(np.square(rest - base @ (base.T @ rest)).sum())

    return float(min(levels, key=left_over)) - criteria.HAZE_LIMIT


def _blocks(picture: Picture, side: int = 16) -> Picture:
    height, width = (length // side for length in picture.shape)
    blocks = picture[: height * side, : width * side].reshape(height, side, width, side)
    return np.asarray(blocks.mean((1, 3)))


def see_length(case: Case) -> float:
    scratch = case.plan.marks[0]
    assert isinstance(scratch, Scratch)
    path, before = _path(scratch)
    across = np.gradient(path, axis=0)[:, ::-1] * (-1, 1)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    aside = np.arange(-8, 9)
    places = (path[:, None] + across[:, None] * aside[None, :, None] - 0.5).astype(np.float32)
    seen = cv2.remap(
        case.pixels.astype(np.float32),
        places[..., 0],
        places[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    weights = np.exp(-0.5 * (aside / 1.2) ** 2)
    surface = np.median(seen[:, np.abs(aside) >= 5], axis=1, keepdims=True)
    along = ((seen - surface) * weights / weights.sum()).sum(1) * np.sign(scratch.contrast)
    usual = np.median(along[before + 8 : -before - 8])
    sums = np.concatenate([[0.0], np.cumsum(along - 0.42 * usual)])
    starts, ends = np.arange(before + 16), np.arange(len(along) - before - 16, len(along) + 1)
    first, last = np.unravel_index((sums[ends][None] - sums[starts][:, None]).argmax(), (len(starts), len(ends)))
    thicker = 1.6 * max(1, round(scratch.width)) - 0.4  # a thick pen's round ends and the blur lengthen it
    return float(ends[last] - starts[first] - thicker) - criteria.SCRATCH_LIMIT


def _path(scratch: Scratch, before: int = 24) -> tuple[NDArray[np.float64], int]:
    """float64 (N, 2): a scratch's path pixel by pixel, led on at both ends by so many."""
    points = np.array(scratch.points)
    come = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    at = np.arange(0.0, come[-1] + 0.01, 1.0)
    inner = np.stack([np.interp(at, come, points[:, axis]) for axis in (0, 1)], axis=1)
    first, last = ((a - b) / np.linalg.norm(a - b) for a, b in ((points[0], points[1]), (points[-1], points[-2])))
    lead, trail = np.arange(before, 0, -1)[:, None], np.arange(1, before + 1)[:, None]
    return np.concatenate([points[0] + first * lead, inner, points[-1] + last * trail]), before


OBSERVERS: dict[str, Callable[[Case], float]] = {
    "gap": see_gap,
    "size": see_size,
    "haze": see_haze,
    "length": see_length,
}


def _model(folder: Path) -> Callable[[Case], bool]:
    from inspector.learning.classifier import load_classifier

    classifier = load_classifier(folder, None, "cpu")
    return lambda case: classifier.judge(case.pixels[None, :, :, None])[0].p_defect >= 0.5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path("models/laser-wafer"))
    parser.add_argument("--chips", type=int, default=200, help="of each kind")
    parser.add_argument("--seed", type=int, default=4242)
    asked = parser.parse_args()
    run = Run(Path(), find_recipe("laser-wafer"), 4000, asked.seed, 800)
    model, rows = _model(asked.model), []
    for case in cases(run, asked.chips):
        defect = case.over >= 0
        rows.append((case.kind, defect, (OBSERVERS[case.kind](case) >= 0) != defect, model(case) != defect))
        print(f"\r{len(rows)} of {len(OBSERVERS) * asked.chips} chips", end="", file=sys.stderr)
    print(file=sys.stderr)
    report(rows, natural_share(run))
    return 0


def report(rows: list[tuple[str, bool, bool, bool]], natural: dict[str, float]) -> None:
    """rows: kind, defect, and whether the observer and the model were wrong."""
    print("limit     in 10,000 chips   observer wrong   model wrong")
    sums = np.zeros(4)
    for kind in OBSERVERS:
        of_kind = np.array([row[1:] for row in rows if row[0] == kind])
        wrong = of_kind[:, 1:].mean(0)
        escapes = (of_kind[:, :1] & of_kind[:, 1:]).mean(0)
        sums += natural[kind] * np.concatenate([wrong, escapes])
        print(f"{kind:9} {natural[kind]:15.0f} {wrong[0]:16.1%} {wrong[1]:13.1%}")
    print(f"wrong verdicts in 10,000 chips, of the band alone: observer {sums[0]:.0f}, model {sums[1]:.0f}")
    print(f"escapes among them: observer {sums[2]:.0f}, model {sums[3]:.0f}")


if __name__ == "__main__":
    sys.exit(main())
