"""Synthetic laser wafers and chips: true to their plan, the same under the same seed, whole on disk."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic import optics, synthesize
from inspector.imaging.synthetic.character import WaferCharacter, lot_character, wafer_character
from inspector.imaging.synthetic.criteria import Dot, judge_chip
from inspector.imaging.synthetic.defects import SUBTYPES
from inspector.imaging.synthetic.laser import Aim, ChipPlan, draw_cell, draw_stream, natural_aim, photograph, plan_chip
from inspector.imaging.synthetic.layout import Layout, layout, resized_recipe
from inspector.imaging.synthetic.lots import Run, aims
from inspector.paths import resource
from inspector.wafer.errors import DatasetError, RecipeError
from inspector.wafer.grid import ChipId
from inspector.wafer.manifest import read_dataset
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

SEED = 7
EVERY_AIM = [Aim(name, subtype) for name, subtypes in SUBTYPES.items() for subtype in subtypes]


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return read_recipe(resource("recipes", "laser-wafer.toml"))


@pytest.fixture(scope="module")
def place(recipe: Recipe) -> Layout:
    return layout(resized_recipe(recipe, 4, 4, 256))


def a_wafer(number: int = 0) -> WaferCharacter:
    return wafer_character(SEED, number, lot_character(SEED, number))


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def drawn(wafer: WaferCharacter, place: Layout, plan: ChipPlan) -> NDArray[np.float32]:
    """The chip in focus as its lot has it, without noise and turn."""
    chip = ChipId(1, 1)
    cell = optics.focus(draw_cell(wafer, place, chip, plan, draw_stream((SEED,), chip)), wafer.lot.blur)
    (sx, sy), (width, height) = place.street, place.chip
    return cell[sy : sy + height, sx : sx + width].astype(np.float32)


@pytest.mark.parametrize("aim", EVERY_AIM, ids=lambda a: f"{a.class_name}-{a.subtype}")
def test_that_a_clear_plan_becomes_what_it_aims_at(aim: Aim, place: Layout) -> None:
    truths = [plan_chip((SEED, n), a_wafer(), place, ChipId(1, 1), aim)[0].truth for n in range(30)]

    clear = [t for t in truths if not t.borderline]
    assert len(clear) > 20
    assert {(t.class_name, t.subtype) for t in clear} == {(aim.class_name, aim.subtype)}


@pytest.mark.parametrize("name", ["speck", "pit", "scratch", "growth"])
def test_that_what_a_mark_changes_lies_in_its_boxes(name: str, place: Layout) -> None:
    wafer = a_wafer()
    for number in range(8):
        plan, _ = plan_chip((SEED, number), wafer, place, ChipId(1, 1), Aim(name, SUBTYPES[name][0]))
        first = ChipPlan(
            plan.stripes, plan.marks[:1], plan.tone, judge_chip(plan.marks[:1], plan.stripes, place.chip, 0)
        )
        bare = ChipPlan(plan.stripes, (), plan.tone, plan.truth)

        change = np.abs(drawn(wafer, place, first) - drawn(wafer, place, bare))

        y, x = np.unravel_index(int(change.argmax()), change.shape)
        assert any(bx <= x <= bx + w and by <= y <= by + h for bx, by, w, h in first.truth.boxes or ())


def test_that_the_faintest_dots_are_seen_as_planned(place: Layout) -> None:
    wafer = a_wafer()
    for number in range(20):
        plan, _ = plan_chip((SEED, number), wafer, place, ChipId(1, 1), Aim("pit", "dark-pit"))
        bare = ChipPlan(plan.stripes, (), plan.tone, plan.truth)

        change = np.abs(drawn(wafer, place, plan) - drawn(wafer, place, bare)).max() * wafer.gain

        assert change > 6.0


def test_that_production_brings_15_to_20_percent_defects_and_3_to_5_percent_borderline(place: Layout) -> None:
    truths = [plan_chip((SEED, n), a_wafer(), place, ChipId(1, 1), None)[0].truth for n in range(3000)]

    share = Counter(t.class_name for t in truths)
    assert 0.15 < (share["pit"] + share["scratch"] + share["growth"]) / 3000 < 0.21
    assert 0.6 < share["clean"] / 3000 < 0.75
    assert 0.03 < sum(t.borderline for t in truths) / 3000 < 0.055


def test_that_a_hard_dataset_brings_chips_near_the_limits_and_faint_marks(place: Layout) -> None:
    wafer, aim = a_wafer(), Aim("pit", "dark-pit")
    plans = [plan_chip((s,), wafer, place, ChipId(0, 0), aim, hard=0.8)[0] for s in range(400)]

    borderline = [plan.truth.borderline for plan in plans]
    dots = [m for p in plans if not p.truth.borderline for m in p.marks if isinstance(m, Dot)]
    faint = [abs(dot.contrast) <= 22.0 and dot.diameter <= 6.0 for dot in dots]

    assert 0.3 <= np.mean(borderline) <= 0.45, "four in ten aim at a limit"
    assert np.mean(faint) >= 0.55


def test_that_the_photographed_chip_lies_where_the_truth_says(place: Layout) -> None:
    wafer = a_wafer(3)
    plan, _ = plan_chip((SEED,), wafer, place, ChipId(1, 1), Aim("clean", "bright"))
    rng = draw_stream((SEED,), ChipId(1, 1))

    picture = photograph(wafer, place, ChipId(1, 1), draw_cell(wafer, place, ChipId(1, 1), plan, rng), rng)

    assert picture.shape == (256, 256)
    profile = picture[20:-20].mean(axis=0)
    bright = np.flatnonzero(profile > (profile.max() + np.median(profile)) / 2)
    inner = bright[(bright > 10) & (bright < 246)]
    assert abs(inner.mean() + 0.5 - plan.stripes.centres[0]) < 2.0


def test_that_a_dataset_holds_all_classes_and_sub_types_evenly(recipe: Recipe, place: Layout, tmp_path: Path) -> None:
    run = Run(tmp_path, recipe, 4, SEED, 1)
    chips = place.grid.chip_ids() * 5

    wanted = Counter(
        aim for number in range(4) for aim in aims(run, number, [ChipId(i, 0) for i in range(len(chips))]).values()
    )

    by_class = Counter(aim.class_name for aim in wanted.elements())
    assert set(wanted) == set(EVERY_AIM)
    assert max(by_class.values()) - min(by_class.values()) <= 4


def test_that_the_same_seed_draws_the_same_dataset_and_another_seed_another(recipe: Recipe, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        list(synthesize(tmp_path / name, recipe, wafers=1, seed=seed, columns=3, rows=2, chip=128, dataset=True))

    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert not set(files(tmp_path / "a").values()) & set(files(tmp_path / "c").values()) - {
        (tmp_path / "a" / "recipe.toml").read_bytes()
    }


def test_that_the_manifest_of_a_dataset_tells_what_each_chip_is(recipe: Recipe, tmp_path: Path) -> None:
    steps = list(
        synthesize(tmp_path, recipe, wafers=2, seed=3, columns=4, rows=4, chip=128, dataset=True, lots=2),
    )

    examples = read_dataset(tmp_path)
    assert steps[-1].done == steps[-1].total == len(examples) == 24
    assert all(e.path.parent.name == e.class_name for e in examples)
    assert len({e.lot for e in examples}) == 2
    assert {e.wafer for e in examples} == {"W01", "W02"}
    assert all(e.subtype in SUBTYPES[e.class_name] for e in examples)
    assert all(e.boxes for e in examples if e.class_name in ("pit", "scratch", "growth", "speck"))
    assert all(e.boxes == () for e in examples if e.class_name == "clean")
    pixels = cv2.imdecode(np.frombuffer(examples[0].path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels.shape == (128, 128)


@pytest.fixture(scope="module")
def wafer_folder(recipe: Recipe, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wafers")
    list(synthesize(folder, recipe, wafers=2, seed=11, columns=4, rows=4, chip=192, lots=2))
    return folder


def test_that_a_wafer_image_is_a_tiled_tiff_of_the_size_its_recipe_says(wafer_folder: Path) -> None:
    sized = layout(read_recipe(wafer_folder / "recipe.toml"))

    for path in wafer_folder.glob("*.tif"):
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            assert (page.imagewidth, page.imagelength) == sized.size
            assert (page.tilewidth, page.tilelength, page.dtype) == (512, 512, np.uint8)
    assert len(list(wafer_folder.glob("*.tif"))) == 2
    assert not list(wafer_folder.glob("*.part"))


def test_that_truth_csv_names_every_chip_of_every_wafer(wafer_folder: Path) -> None:
    recipe = read_recipe(wafer_folder / "recipe.toml")
    with (wafer_folder / "truth.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))

    expected = {(c.column, c.row) for c in recipe.grid.grid().chip_ids()}
    for path in wafer_folder.glob("*.tif"):
        lot, wafer = path.stem.split("_")
        own = [r for r in rows if (r["lot"], r["wafer"]) == (lot, wafer)]
        assert {(int(r["column"]), int(r["row"])) for r in own} == expected
    for row in rows:
        assert row["subtype"] in SUBTYPES[row["class"]]
        assert all(len(box) == 4 for box in json.loads(row["boxes"] or "[]"))


def test_that_the_chips_of_a_wafer_image_lie_turned_and_shifted_as_the_wafer_says(wafer_folder: Path) -> None:
    sized = layout(read_recipe(wafer_folder / "recipe.toml"))
    wafer = wafer_character(11, 0, lot_character(11, 0))
    image = tifffile.imread(wafer_folder / f"{wafer.lot.name}_{wafer.name}.tif")
    there = optics.turned(wafer.turn, (sized.size[0] / 2, sized.size[1] / 2), wafer.shift)

    upright = optics.warp(image, optics.inverse(there), sized.size).astype(np.float32)

    for chip in sized.grid.chip_ids():
        x, y = sized.corner(chip)
        rows = upright[y + 20 : y + 170, x - 10 : x + 12].mean(axis=0)
        assert abs(int(np.diff(rows).argmax()) - 9) <= 1, chip  # street to chip: between columns 9 and 10


def test_that_outside_the_round_wafer_it_is_dark(wafer_folder: Path) -> None:
    image = tifffile.imread(sorted(wafer_folder.glob("*.tif"))[0])

    corners = [image[:20, :20], image[:20, -20:], image[-20:, :20], image[-20:, -20:]]
    assert max(float(c.mean()) for c in corners) < 15
    assert image[image.shape[0] // 2, image.shape[1] // 2] > 40


def test_that_a_recipe_without_alignment_gives_an_upright_image(recipe: Recipe, tmp_path: Path) -> None:
    table = recipe.model_dump(mode="json")
    table["grid"]["align"] = False
    upright = Recipe.model_validate(table)

    assert Run(tmp_path, upright, 1, SEED, 1).wafer(0).turn == 0.0
    assert Run(tmp_path, recipe, 1, SEED, 1).wafer(0).turn != 0.0


def test_that_a_stopped_run_leaves_no_image_under_its_final_name(recipe: Recipe, tmp_path: Path) -> None:
    run = synthesize(tmp_path, recipe, wafers=1, seed=1, columns=4, rows=4, chip=192)
    next(run)

    run.close()  # type: ignore[attr-defined]

    assert not list(tmp_path.glob("*.tif"))


def test_that_a_recipe_that_is_not_drawn_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    table = recipe.model_dump(mode="json")
    table["product"]["name"] = "elpv"

    with pytest.raises(RecipeError, match="choose laser-wafer, crimp-a or crimp-b"):
        synthesize(tmp_path, Recipe.model_validate(table), wafers=1, seed=1)


def test_that_a_laser_recipe_with_other_classes_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    table = recipe.model_dump(mode="json")
    table["classes"][1]["name"] = "dust"

    with pytest.raises(RecipeError, match="dust, speck"):
        synthesize(tmp_path, Recipe.model_validate(table), wafers=1, seed=1)


@pytest.mark.parametrize("numbers", [{"wafers": 0}, {"wafers": 1, "lots": 0}, {"wafers": 1, "chip": 20}])
def test_that_numbers_that_make_no_wafer_are_refused(numbers: dict[str, int], recipe: Recipe, tmp_path: Path) -> None:
    with pytest.raises(RecipeError):
        synthesize(tmp_path, recipe, seed=1, **numbers)  # type: ignore[arg-type]


def test_that_a_folder_with_labelled_pictures_is_not_mixed_with_new_ones(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "pit").mkdir()

    with pytest.raises(DatasetError, match="name an empty folder"):
        synthesize(tmp_path, recipe, wafers=1, seed=1, dataset=True)


def test_that_production_brings_some_sub_types_seldom() -> None:
    rng = np.random.default_rng(1)
    seen = Counter(natural_aim(rng) for _ in range(20_000))

    hillocks, dense = seen[Aim("growth", "hillock")], seen[Aim("growth", "dense-haze")]
    assert 0.15 < dense / (dense + hillocks) < 0.25
    assert set(seen) == set(EVERY_AIM)


def test_that_a_natural_dataset_is_mostly_clean_and_an_even_one_is_not(recipe: Recipe, tmp_path: Path) -> None:
    clean = {}
    for natural in (True, False):
        folder = tmp_path / str(natural)
        list(synthesize(folder, recipe, wafers=2, seed=3, columns=6, rows=6, chip=96, dataset=True, natural=natural))
        clean[natural] = sum(e.class_name == "clean" for e in read_dataset(folder)) / len(read_dataset(folder))

    assert clean[True] > 0.5 > 0.3 > clean[False]
