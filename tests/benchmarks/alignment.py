"""How exactly the grid is found: on the real modules with known corners, and on synthetic wafers over the whole range.

python tests/benchmarks/alignment.py [--wafers 200] [--first 0] [--jobs 1] [--undecided 8] [--real DIR] [--show]

Synthetic wafers: chips of 96 to 160 px in grids of 10 x 10 to 16 x 16, turned up to 3 degrees, scaled up to 2 %,
shifted up to a pitch both ways; chips missing, one half dark, low contrast; named in each of the ways that a recipe
knows. Then wafers that nothing names, or that lie a quarter turn askew: the only right answer is to refuse them.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.cli.show import find_recipe
from inspector.imaging import cv2
from inspector.imaging.alignment.align import align
from inspector.imaging.alignment.levels import CoarseLevels
from inspector.imaging.source import read_image
from inspector.imaging.synthetic import optics
from inspector.imaging.synthetic.character import lot_character, wafer_character
from inspector.imaging.synthetic.laser import plan_chip
from inspector.imaging.synthetic.layout import layout
from inspector.imaging.synthetic.wafer_file import scene_rows
from inspector.wafer.area_section import WaferSection
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.recipe import GridSection

Pixels = NDArray[np.uint8]
KINDS = ("disc", "rectangle", "missing", "edge", "notch", "flat", "fiducials")
UNDECIDED = ("nothing names it", "quarter turn, notch", "quarter turn, flat")


@dataclass(frozen=True)
class Case:
    """A wafer as it was drawn. truth: float64 (2, 3) from grid to image pixels; what: the difficulties, in words."""

    pixels: Pixels
    grid: Grid
    area: WaferSection
    truth: NDArray[np.float64]
    what: str


def drawn(seed: int, kind: str) -> Case:
    """Wafer number `seed`, named in one of the ways."""
    rng = np.random.default_rng([77, seed])
    mark = kind.split()[-1]
    printed = kind not in ("disc", "rectangle")  # the pattern goes on beyond the grid, out to the wafer's edge
    recipe = find_recipe("laser-wafer")
    columns, rows = (int(n) for n in rng.integers(10, 17, 2))
    if mark in ("edge", "notch", "flat"):
        rows = columns
    chip = [int(n) for n in rng.integers(96, 161, 2)]
    pitch = [side + int(rng.integers(18, 49)) for side in chip]
    if kind.startswith("quarter"):
        chip[1], pitch[1] = chip[0], pitch[0]
    margin = [round(rng.uniform(0.7, 1.4) * p) for p in pitch]
    missing = places(rng, columns, rows, 5) if mark == "missing" else ()
    section = GridSection(
        columns=columns,
        rows=rows,
        chip=(chip[0], chip[1]),
        pitch=(float(pitch[0]), float(pitch[1])),
        origin=(float(margin[0]), float(margin[1])),
        shape="disc" if kind == "disc" else "rectangle",
        missing=missing,
    )
    grid = section.grid()
    place = layout(recipe.model_copy(update={"grid": section}))
    lot = replace(lot_character(seed, 0), flat=mark == "flat" or (kind == "disc" and seed % 2 == 0))
    wafer = wafer_character(seed, 0, lot, upright=True)
    if mark in ("edge", "notch", "flat"):
        radius = min(grid.extent) / 2 + rng.uniform(-0.4, 0.4) * min(pitch)
        flat = place.centre[1] + radius * 0.92
        place = replace(place, radius=radius, notch=max(14.0, radius / 40), flat=flat)
    lost = set(places(rng, columns, rows, int(rng.uniform(0, 0.12) * columns * rows) if rng.random() < 0.6 else 0))
    around = replace(
        grid,
        columns=columns + 4,
        rows=rows + 4,
        origin=(grid.origin[0] + pitch[0], grid.origin[1] + pitch[1]),  # three pitches of room, two of them printed
        missing=frozenset(ChipId(c + 2, r + 2) for c, r in {*grid.missing, *lost}),
    )
    size, room = place.size, np.array(pitch) * 3.0
    place = replace(
        place,
        grid=around,
        size=(size[0] + 6 * pitch[0], size[1] + 6 * pitch[1]),
        centre=(place.centre[0] + room[0], place.centre[1] + room[1]),
        flat=place.flat + room[1],
    )
    inside = range(2, columns + 2), range(2, rows + 2)
    chips = [c for c in around.chip_ids() if printed or (c.column in inside[0] and c.row in inside[1])]
    plans = {c: plan_chip((seed, 0), wafer, place, c, None)[0] for c in chips}
    scene = scene_rows(wafer, place, plans, (seed, 0), {}, 0, place.size[1])
    fiducials = places(rng, columns, rows, 2) if mark == "fiducials" else ()
    for column, row in fiducials:
        test_pattern(scene, around, column + 2, row + 2)
    truth, turn, scale, shift = placed_at(rng, size, pitch)
    from_scene = np.hstack([truth[:, :2], (truth[:, 2] - truth[:, :2] @ room)[:, None]])
    seen = optics.warp(optics.focus(scene, lot.blur), from_scene, size)
    seen, light, words = harder(rng, seen)
    pixels = optics.expose(rng, seen, light * np.float32(wafer.gain), lot.noise)
    named = {"disc": "chips", "rectangle": "chips", "nothing names it": "chips"}.get(kind, mark)
    area = WaferSection.model_validate(
        {"names_by": named, "fiducials": fiducials, "max_partial": 0.3}
        | ({"shape": "circle", "diameter": 2 * place.radius} if mark in ("edge", "notch", "flat") else {})
    )
    if kind.startswith("quarter"):
        pixels = np.ascontiguousarray(np.rot90(pixels, k=1 + seed % 3))
    what = (
        f"{columns}x{rows} {turn:+.1f} deg {scale:.3f} shift {shift[0]:+.2f} {shift[1]:+.2f} lost {len(lost)} {words}"
    )
    return Case(pixels, grid, area, truth, what)


def places(rng: np.random.Generator, columns: int, rows: int, count: int) -> tuple[tuple[int, int], ...]:
    """Different places of the grid, none of them at its rim."""
    inner = [(c, r) for c in range(1, columns - 1) for r in range(1, rows - 1)]
    return tuple(inner[int(n)] for n in rng.choice(len(inner), count, replace=False))


def test_pattern(scene: Pixels, grid: Grid, column: int, row: int) -> None:
    """A chip that is no product: blocks in a checkerboard."""
    corners = np.rint(grid.corners(ChipId(column, row))).astype(int)
    (left, top), (right, bottom) = corners[0] + 6, corners[2] - 6
    ys, xs = np.mgrid[0 : bottom - top, 0 : right - left]
    board = (ys * 5 // (bottom - top) + xs * 5 // (right - left)) % 2
    scene[top:bottom, left:right] = np.where(board, 150, 80)


def placed_at(
    rng: np.random.Generator, size: tuple[int, int], pitch: list[int]
) -> tuple[NDArray[np.float64], float, float, NDArray[np.float64]]:
    """A turn, a scale and a shift of the whole range, as float64 (2, 3) about the image's middle."""
    turn, scale = rng.uniform(-3, 3), rng.uniform(0.98, 1.02)
    shift = rng.uniform(-1, 1, 2)
    middle = np.array(size) / 2
    turned = optics.turned(turn, (middle[0], middle[1]), (0.0, 0.0))
    linear = scale * turned[:, :2]
    offset = middle - linear @ middle + shift * pitch
    return np.hstack([linear, offset[:, None]]), turn, scale, shift


def harder(rng: np.random.Generator, seen: Pixels) -> tuple[Pixels, NDArray[np.float32], str]:
    """Low contrast and a dark half, each on some wafers: the scene, the light on it, and what was done in words."""
    words = []
    if rng.random() < 0.4:
        kept = rng.uniform(0.25, 0.6)
        seen = np.asarray(cv2.convertScaleAbs(seen, alpha=kept, beta=50 * (1 - kept)), dtype=np.uint8)
        words.append(f"contrast {kept:.2f}")
    height, width = seen.shape
    light = np.ones(seen.shape, dtype=np.float32)
    if rng.random() < 0.4:
        dark, towards = rng.uniform(0.2, 0.5), rng.uniform(0, 2 * math.pi)
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        across = (xs - width / 2) * math.cos(towards) + (ys - height / 2) * math.sin(towards)
        light = (dark + (1 - dark) / (1 + np.exp(-np.clip(across / 12, -40, 40)))).astype(np.float32)
        words.append(f"half dark {dark:.2f}")
    return seen, light, ", ".join(words)


def errors_of(placed: PlacedGrid, case: Case) -> NDArray[np.float64]:
    """px of every corner of every chip that is to be judged."""
    true = PlacedGrid(case.grid, tuple(float(v) for v in case.truth.ravel()))  # type: ignore[arg-type]
    off = [np.linalg.norm(placed.corners(c) - true.corners(c), axis=1) for c in placed.chip_ids()]
    return np.concatenate(off)


def wrongly_whole(placed: PlacedGrid, case: Case) -> int:
    """Chips that are to be judged though the image's border or the wafer's edge cuts them by two pixels or more."""
    true = PlacedGrid(case.grid, tuple(float(v) for v in case.truth.ravel()))  # type: ignore[arg-type]
    outline = case.area.outline(case.grid, None)
    high, wide = case.pixels.shape
    count = 0
    for chip in placed.chip_ids():
        corners = true.corners(chip)
        cut = corners.min() < -2 or (corners > np.array([wide, high]) + 2).any()
        if outline is not None:
            cut |= bool((outline.depth(case.grid.corners(chip)) < -2).any())
        count += bool(cut)
    return count


@dataclass(frozen=True)
class Outcome:
    """What became of a wafer. off: px of its chips' corners, None where it was refused; cut: chips wrongly whole."""

    kind: str
    off: NDArray[np.float64] | None
    seconds: float
    cut: int
    text: str

    @property
    def wrong(self) -> bool:
        """Taken, but off by more than was promised: a silent failure."""
        return self.off is not None and bool(self.off.max() > 2 or np.median(self.off) > 1)


def tried(seed: int, kind: str = "") -> Outcome:
    """Draw a wafer and look for its grid."""
    kind = kind or KINDS[seed % len(KINDS)]
    case = drawn(seed, kind)
    start = time.process_time()
    try:
        placed = align(CoarseLevels.of(case.pixels, str(seed)), case.grid, search=True, area=case.area)
    except ImageError as error:
        return Outcome(kind, None, time.process_time() - start, 0, f"{seed} {kind} {case.what}: refused: {error}")
    seconds = time.process_time() - start
    off = errors_of(placed, case)
    facts = f"median {np.median(off):.3f} worst {off.max():.3f} confidence {placed.confidence:.2f}"
    return Outcome(kind, off, seconds, wrongly_whole(placed, case), f"{seed} {kind} {case.what}: {facts}")


def synthetic(count: int, first: int, jobs: int, show: bool) -> bool:
    """The table of synthetic wafers by what names them; False where a promise is broken."""
    outcomes: dict[str, list[Outcome]] = {kind: [] for kind in (*KINDS, "all")}
    with ProcessPoolExecutor(jobs) as pool:
        for outcome in pool.map(tried, range(first, first + count)):
            outcomes[outcome.kind].append(outcome)
            outcomes["all"].append(outcome)
            if show or outcome.off is None or outcome.wrong or outcome.cut:
                print(f"  {outcome.text}", flush=True)
    print("named by     wafers  found refused silent  median   worst  CPU s")
    for kind, some in outcomes.items():
        good = [o.off for o in some if o.off is not None]
        median = np.median(np.concatenate(good)) if good else math.nan
        worst = max((float(off.max()) for off in good), default=math.nan)
        silent, refused = sum(o.wrong for o in some), len(some) - len(good)
        seconds = np.mean([o.seconds for o in some]) if some else math.nan
        row = f"{len(some):6} {len(good):6} {refused:7} {silent:6} {median:7.3f} {worst:7.3f} {seconds:6.2f}"
        print(f"{kind:12} {row}")
    cut = sum(o.cut for o in outcomes["all"])
    print(f"chips to be judged though something cuts them: {cut}")
    return not cut and not any(o.wrong for o in outcomes["all"])


def undecided(count: int) -> bool:
    """Wafers that must be refused; False where one is taken."""
    taken = 0
    for kind in UNDECIDED:
        outcomes = [tried(seed, kind) for seed in range(5000, 5000 + count)]
        print(f"  {outcomes[0].text}")
        refused = sum(o.off is None for o in outcomes)
        print(f"{kind}: {refused} of {count} refused")
        taken += count - refused
    return not taken


def real(folder: Path) -> bool:
    """The table of the real modules; False where a corner is farther off than promised."""
    with (folder / "regions.csv").open() as file:
        rows = list(csv.DictReader(file))
    grid = Grid(10, 6, (300, 300), (312, 312), (12, 12))
    ok = True
    print(f"{'module':22} {'median':>7} {'worst':>7} {'confidence':>10} {'residual':>8} {'CPU s':>6}")
    for name in sorted({row["image"] for row in rows}):
        levels = CoarseLevels.of(read_image(folder / name, 1), name)
        start = time.process_time()
        placed = align(levels, grid, search=True)
        seconds = time.process_time() - start
        own = [row for row in rows if row["image"] == name]
        true = np.array([[[float(r[f"x_{c}"]), float(r[f"y_{c}"])] for c in ("tl", "tr", "br", "bl")] for r in own])
        found = np.array([placed.corners(ChipId(int(r["col"]), int(r["row"]))) for r in own])
        off = np.linalg.norm(found - true, axis=2)
        ok &= bool(np.median(off) <= 1 and off.max() <= 3)
        facts = f"{placed.confidence:10.2f} {placed.residual_px:8.2f} {seconds:6.2f}"
        print(f"{name:22} {np.median(off):7.3f} {off.max():7.3f} {facts}")
    return ok


def main() -> None:
    """Print the tables; code 1 where something was silently wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wafers", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--undecided", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--real", type=Path, help="elpv's folder `regions`, with regions.csv")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    ok = True
    if options.real:
        ok &= real(options.real)
    if options.wafers:
        ok &= synthetic(options.wafers, options.first, options.jobs, options.show)
    if options.undecided:
        ok &= undecided(options.undecided)
    sys.exit(not ok)


if __name__ == "__main__":
    main()
