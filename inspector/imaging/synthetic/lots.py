"""Runs of laser wafers: lots, wafers, their images or their labelled chips, and the truth beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inspector.imaging.synthetic.character import WaferCharacter, lot_character, wafer_character
from inspector.imaging.synthetic.criteria import Truth
from inspector.imaging.synthetic.dataset import write_png
from inspector.imaging.synthetic.defects import SUBTYPES
from inspector.imaging.synthetic.laser import Aim, ChipPlan, draw_cell, draw_stream, photograph, plan_chip
from inspector.imaging.synthetic.layout import Layout, layout, recipe_toml
from inspector.imaging.synthetic.wafer_file import write_wafer
from inspector.wafer.grid import ChipId
from inspector.wafer.manifest import Example, write_manifest
from inspector.wafer.progress import Pace, Progress
from inspector.wafer.recipe import Recipe

TRUTH_FIELDS = ("lot", "wafer", "column", "row", "class", "subtype", "borderline", "boxes")
_WAFERS_A_LOT = 3  # wafers a lot where the number of lots is not given
_ORDER = 5  # the stream of random numbers that mixes a wafer's aims


@dataclass(frozen=True)
class Run:
    """One call of synthesize for laser wafers; the recipe's grid is already the one asked for.

    natural: a dataset's classes come as often as in production, not evenly. hard: share of a dataset's chips that lie
    near a limit or bear only faint marks.
    """

    folder: Path
    recipe: Recipe
    wafers: int
    seed: int
    lots: int
    natural: bool = False
    hard: float = 0.0

    def wafer(self, number: int) -> WaferCharacter:
        lot = lot_character(self.seed, number * self.lots // self.wafers)
        return wafer_character(self.seed, number, lot, upright=not self.recipe.grid.align)


def default_lots(wafers: int) -> int:
    return max(1, round(wafers / _WAFERS_A_LOT))


def write_recipe(run: Run) -> None:
    """The recipe with the grid as synthesized, beside the images."""
    run.folder.mkdir(parents=True, exist_ok=True)
    (run.folder / "recipe.toml").write_text(recipe_toml(run.recipe), encoding="utf-8")


def write_wafers(run: Run) -> Iterator[Progress[Path]]:
    """A tiled TIFF for each wafer, and truth.csv; progress is counted in rows of pixels."""
    write_recipe(run)
    place = layout(run.recipe)
    rows: list[list[str]] = []
    total = run.wafers * place.size[1]
    pace = Pace(total)
    for number in range(run.wafers):
        wafer = run.wafer(number)
        seed = (run.seed, number)
        plans = {c: plan_chip(seed, wafer, place, c, None)[0] for c in place.grid.chip_ids()}
        path = run.folder / f"{wafer.lot.name}_{wafer.name}.tif"
        for done in write_wafer(path, wafer, place, plans, seed):
            so_far = number * place.size[1] + done
            found = path if done == place.size[1] else None
            if found is not None:
                rows += [truth_row(wafer, c, plan.truth) for c, plan in plans.items()]
                write_truth(run.folder, rows)
            yield Progress(so_far, total, found, pace.seconds_left(so_far), "drawing")


def truth_row(wafer: WaferCharacter, chip: ChipId, truth: Truth) -> list[str]:
    boxes = "" if truth.boxes is None else json.dumps([list(b) for b in truth.boxes])
    place = [wafer.lot.name, wafer.name, str(chip.column), str(chip.row)]
    return [*place, truth.class_name, truth.subtype, "1" if truth.borderline else "", boxes]


def write_truth(folder: Path, rows: list[list[str]]) -> Path:
    """Write truth.csv whole or not at all. Returns its path."""
    target, partial = folder / "truth.csv", folder / "truth.csv.part"
    with partial.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(TRUTH_FIELDS)
        writer.writerows(rows)
    partial.replace(target)
    return target


def aims(run: Run, number: int, chips: list[ChipId]) -> dict[ChipId, Aim]:
    """What each chip of wafer `number` is to become in a dataset: all classes and sub-types evenly, in mixed order."""
    every = [Aim(name, SUBTYPES[name][turn % len(SUBTYPES[name])]) for turn in range(6) for name in SUBTYPES]
    order = np.random.default_rng([run.seed, number, 0, 0, _ORDER]).permutation(len(chips))
    start = number * len(chips)
    return {chip: every[(start + int(place)) % len(every)] for chip, place in zip(chips, order, strict=True)}


def write_dataset(run: Run) -> Iterator[Progress[Path]]:
    """Class folders of chips, and manifest.csv; progress is counted in chips."""
    write_recipe(run)
    place = layout(run.recipe)
    chips = place.grid.chip_ids()
    total = run.wafers * len(chips)
    pace = Pace(total)
    examples: list[Example] = []
    for number in range(run.wafers):
        wafer = run.wafer(number)
        wanted = dict.fromkeys(chips) if run.natural else aims(run, number, chips)
        for chip, aim in wanted.items():
            plan, drawn = plan_chip((run.seed, number), wafer, place, chip, aim, run.hard)
            examples.append(_write_chip(run, number, drawn, place, chip, plan))
            done = len(examples)
            yield Progress(done, total, examples[-1].path, pace.seconds_left(done), "drawing")
    write_manifest(run.folder, examples)


def _write_chip(run: Run, number: int, wafer: WaferCharacter, place: Layout, chip: ChipId, plan: ChipPlan) -> Example:
    rng = draw_stream((run.seed, number), chip)
    pixels = photograph(wafer, place, chip, draw_cell(wafer, place, chip, plan, rng), rng)
    truth = plan.truth
    name = f"{wafer.lot.name}_{wafer.name}_c{chip.column:02d}_r{chip.row:02d}.png"
    path = run.folder / truth.class_name / name
    write_png(path, pixels)
    return Example(
        path,
        truth.class_name,
        truth.subtype,
        wafer.lot.name,
        wafer.name,
        chip.column,
        chip.row,
        truth.boxes,
        borderline=truth.borderline,
    )
