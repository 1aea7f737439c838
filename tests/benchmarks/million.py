"""A record of 1,000,000 chips on 250 wafers, as after some weeks of work, for measuring what the station does with it.

python tests/benchmarks/million.py FOLDER [--wafers 250] [--pitch 768]

Every wafer has 4000 chips; one in twenty is a defect, some are borderline, novel or undecided, and most of what asks
for eyes is decided on the older wafers. Judgements and decisions go through the code of the record itself; the
evidence, 7 maps of 64 x 64 cells, is drawn from 256 different ones, each about 1 kB as the shipped model makes them.
All wafers share one working copy of repeated pixels (--pitch 768: 49,152 x 49,152 px, 3.2 GB); one more wafer, of which
nothing is judged, waits for the judge.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from viewer import write_copy

from inspector import paths
from inspector.records.connection import open_engine, record_path
from inspector.records.judgements import PackedJudgement, insert_judgements
from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe
from inspector.wafer.review import ReviewLimits

SIDE, MISSING = 64, 96  # places on a side, and how many of them lie beyond the wafer's edge
PER_LOT = 10
CELLS, MAPS = 64, 256
TO_JUDGE = WaferKey("T999", "W01")
OPERATORS = ("Kato", "Sato", "Mori")


@dataclass(frozen=True)
class Million:
    """Where the record lies. judged: every wafer that is judged, in the order of the list."""

    url: str
    facts: ModelFacts
    judged: tuple[WaferKey, ...]


def wafer_recipe(pitch: int) -> Recipe:
    """The laser recipe with a round wafer of 4000 chips."""
    middle = (SIDE - 1) / 2
    places = [(c, r) for r in range(SIDE) for c in range(SIDE)]
    far = sorted(places, key=lambda place: -math.hypot(place[0] - middle, place[1] - middle))
    grid = {"columns": SIDE, "rows": SIDE, "chip": (pitch - 16, pitch - 16), "pitch": (pitch, pitch)}
    values = read_recipe(paths.resource("recipes", "laser-wafer.toml")).model_dump(mode="json")
    values["grid"] = grid | {"origin": (8.0, 8.0), "align": False, "missing": far[:MISSING]}
    return Recipe.model_validate(values)


def drawn_evidence(classes: int, chance: np.random.Generator) -> list[tuple[NDArray[np.uint8], bytes]]:
    """Cold maps with some noise in places, half of them with a hot spot of a defect class; and the same packed."""
    made = []
    for number in range(MAPS):
        maps = np.zeros((classes, CELLS, CELLS), np.uint8)
        for one in maps:
            y, x = chance.integers(0, CELLS - 12, 2)
            one[y : y + 12, x : x + 12] = chance.integers(0, 30, (12, 12))
        if number % 2:
            y, x = chance.integers(4, CELLS - 12, 2)
            maps[4 + number // 2 % (classes - 4), y : y + 6, x : x + 6] = chance.integers(150, 255, (6, 6))
        made.append((maps, zlib.compress(maps.tobytes(), 1)))
    return made


def draw_judgements(
    chips: list[ChipId], recipe: Recipe, maps: list[tuple[NDArray[np.uint8], bytes]], chance: np.random.Generator
) -> list[PackedJudgement]:
    """One wafer's: 5 % defects, 2 % borderline, 0.5 % novel, one in a thousand undecided."""
    classes = recipe.class_set
    good = [n for n, c in enumerate(classes) if c.is_good]
    defects = [n for n, c in enumerate(classes) if not c.is_good]
    luck, places = chance.random(len(chips)), chance.integers(0, MAPS // 2, len(chips)) * 2
    found = []
    for chip, drawn, place in zip(chips, luck.tolist(), places.tolist(), strict=True):
        is_defect = drawn < 0.05
        own = (defects if is_defect else good)[place // 2 % (len(defects) if is_defect else len(good))]
        p_defect = 0.9 + drawn if is_defect else 0.3 if drawn < 0.07 else drawn * 0.02
        novelty = 1.4 if 0.07 <= drawn < 0.075 else 0.4
        row = np.full(len(classes), (1 - p_defect) / len(good), np.float32)
        row[defects] = p_defect / len(defects)
        evidence, packed = maps[place + is_defect]
        name = classes.names[own]
        if 0.075 <= drawn < 0.076:
            name, p_defect, novelty = None, math.nan, math.nan
        judged = Judgement(name, row, p_defect, (300.0, 200.0), evidence, novelty)
        found.append(PackedJudgement(chip, judged, packed))
    return found


def decide_most(record: Record, key: WaferKey, judged: list[PackedJudgement], recipe: Recipe, number: int) -> None:
    """Nine in ten of what asks for eyes: mostly confirmed, some relabelled."""
    asked = [p for p in judged if not p.judged.p_defect <= 0.05 and p.judged.class_name is not None]
    news = []
    for place, packed in enumerate(asked):
        if place % 10 == 9:
            continue
        name, operator = packed.judged.class_name, OPERATORS[(number + place // 50) % len(OPERATORS)]
        changed = recipe.class_set.names[place % len(recipe.class_set)] if place % 12 == 5 else name
        kind = DecisionKind.CONFIRM if changed == name else DecisionKind.RELABEL
        news.append(NewDecision(packed.chip, kind, operator, name, changed))
    record.append(key, news)


def make_million(folder: Path, wafers: int = 250, pitch: int = 768) -> Million:
    """The record in a folder; made where it is not there whole."""
    recipe = wafer_recipe(pitch)
    facts = ModelFacts("laser-wafer", "c" * 64, (0.0, 6.0), recipe.class_set.names, "cpu", ReviewLimits(0.05, 0.95))
    keys = tuple(WaferKey(f"T{n // PER_LOT:03d}", f"W{n % PER_LOT + 1:02d}") for n in range(wafers))
    folder.mkdir(parents=True, exist_ok=True)
    made = Million(f"sqlite:///{(folder / f'million-{wafers}-{pitch}.db').as_posix()}", facts, keys)
    whole = folder / f"million-{wafers}-{pitch}.whole"
    if whole.is_file():
        return made
    for old in folder.glob(f"million-{wafers}-{pitch}.db*"):
        old.unlink()
    text = recipe.model_dump_json()
    with Record.open(made.url) as record:
        copy = record.images_folder / "copy.tif"
        if not copy.is_file():
            write_copy(copy.with_suffix(".part"), SIDE * pitch, pitch)
            copy.with_suffix(".part").rename(copy)
        placed = PlacedGrid(recipe.grid.grid())
        for number, key in enumerate((*keys, TO_JUDGE)):
            source, sha = f"{key.lot}-{key.wafer}.tif", f"{number:064x}"
            record.add_wafer(WaferEntry(key, source, sha, text, placed, copy.name, datetime.now(UTC)))
        fill(record, made, recipe, placed.chip_ids())
    whole.write_text("")
    return made


def fill(record: Record, made: Million, recipe: Recipe, chips: list[ChipId]) -> None:
    """Judge every wafer, and decide most of what asks on all but the newest lots."""
    chance = np.random.default_rng(5)
    maps = drawn_evidence(len(recipe.class_set), chance)
    engine = open_engine(record_path(made.url))
    for number, key in enumerate(made.judged):
        judged = draw_judgements(chips, recipe, maps, chance)
        with engine.begin() as connection:
            insert_judgements(connection, number + 1, made.facts, judged)
        if number < 0.9 * len(made.judged):
            decide_most(record, key, judged, recipe, number)
        if number % 25 == 24:
            sys.stdout.write(f"  {(number + 1) * len(chips):,} chips are in the record\n")
            sys.stdout.flush()
    engine.dispose()


def main() -> None:
    """Make the record and say what it took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--wafers", type=int, default=250)
    options.add_argument("--pitch", type=int, default=768)
    asked = options.parse_args()
    started, cpu = time.monotonic(), time.process_time()
    made = make_million(asked.folder, asked.wafers, asked.pitch)
    path = record_path(made.url)
    size = (path.stat().st_size, sum(f.stat().st_size for f in path.with_suffix(".images").iterdir()))
    sys.stdout.write(
        f"{path}: {size[0] / 1e9:.2f} GB and a working copy of {size[1] / 1e9:.2f} GB, "
        f"{time.monotonic() - started:.0f} s, {time.process_time() - cpu:.0f} CPU-seconds\n"
    )


if __name__ == "__main__":
    main()
