"""Synthetic crimp terminals: judged by their measures, drawn as measured, the same under the same seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inspector.imaging.synthetic import synthesize
from inspector.imaging.synthetic.crimp import PART_CLASSES, Measures, Strand, judge_part, plan_part
from inspector.imaging.synthetic.parts import natural_part, part_lot, picture
from inspector.paths import resource
from inspector.wafer.errors import DatasetError, RecipeError
from inspector.wafer.manifest import read_dataset
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

GOOD = Measures(bright=True, brush=8, insulation=-10, opening=1, side=1, height=1.0, bend=0)
EVERY_AIM = [(p, c, s) for p, classes in PART_CLASSES.items() for c, subtypes in classes.items() for s in subtypes]


def shipped(name: str) -> Recipe:
    return read_recipe(resource("recipes", f"{name}.toml"))


@pytest.mark.parametrize("product", ["crimp-a", "crimp-b"])
def test_that_the_recipe_and_the_drawn_classes_agree(product: str) -> None:
    recipe = shipped(product)

    assert {c.name: c.subtypes for c in recipe.class_set} == PART_CLASSES[product]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (GOOD, ("good", "bright")),
        (replace(GOOD, brush=0.5), ("wire-short", "slight")),
        (replace(GOOD, brush=-30), ("wire-short", "missing")),
        (replace(GOOD, brush=22), ("wire-long", "slight")),
        (replace(GOOD, insulation=30), ("insulation-in", "full")),
        (replace(GOOD, opening=8, side=-1), ("open-barrel", "upper")),
        (replace(GOOD, height=0.8), ("over-crimp", "flat")),
        (replace(GOOD, height=0.8, cracked=True), ("over-crimp", "cracked")),
        (replace(GOOD, bend=-7), ("bent", "down")),
        (replace(GOOD, strands=(Strand(110, 1, 12, 0),)), ("strand-out", "one")),
        (replace(GOOD, strands=(Strand(110, 1, 4, 0),)), ("good", "bright")),
    ],
)
def test_that_a_measure_beyond_its_limit_names_the_fault(measures: Measures, expected: tuple[str, str]) -> None:
    truth = judge_part(measures, "crimp-a")

    assert (truth.class_name, truth.subtype) == expected


def test_that_the_limits_of_one_product_are_not_those_of_the_other() -> None:
    assert judge_part(replace(GOOD, bend=9), "crimp-b").class_name == "good"
    assert judge_part(replace(GOOD, brush=-20), "crimp-b").class_name == "no-wire"


def test_that_a_measure_near_its_limit_is_borderline_on_both_sides() -> None:
    inside, beyond = (judge_part(replace(GOOD, bend=b), "crimp-a") for b in (3.7, 4.3))

    assert (inside.class_name, inside.borderline) == ("good", True)
    assert (beyond.class_name, beyond.borderline) == ("bent", True)
    assert not judge_part(replace(GOOD, bend=8), "crimp-a").borderline


@pytest.mark.parametrize(("product", "class_name", "subtype"), EVERY_AIM)
def test_that_a_clear_plan_becomes_what_it_aims_at(product: str, class_name: str, subtype: str) -> None:
    plans = [plan_part(np.random.default_rng([n, 1]), product, class_name, subtype) for n in range(40)]

    clear = [t for t in (judge_part(m, product) for m in plans) if not t.borderline]
    assert len(clear) > 25
    assert {(t.class_name, t.subtype) for t in clear} == {(class_name, subtype)}


@pytest.mark.parametrize("strand", [Strand(110, -1, 20, 0.3), Strand(183, 1, 14, 0.0)])
def test_that_a_loose_strand_is_drawn_in_its_box(strand: Strand) -> None:
    lot = part_lot(1, 0)
    without, _ = picture(GOOD, "crimp-a", lot, np.random.default_rng(5))

    pixels, boxes = picture(replace(GOOD, strands=(strand,)), "crimp-a", lot, np.random.default_rng(5))

    change = np.abs(pixels.astype(int) - without.astype(int))
    y, x = np.unravel_index(int(change.argmax()), change.shape)
    [(left, top, width, height)] = boxes
    assert left <= x <= left + width
    assert top <= y <= top + height


@pytest.mark.parametrize(
    "faulty",
    [
        replace(GOOD, brush=26),
        replace(GOOD, brush=-8),
        replace(GOOD, insulation=20),
        replace(GOOD, opening=9),
        replace(GOOD, height=0.75),
        replace(GOOD, bend=9),
    ],
)
def test_that_a_fault_changes_the_picture_most_inside_its_box(faulty: Measures) -> None:
    lot = replace(part_lot(1, 0), noise=0.0)
    without, none = picture(GOOD, "crimp-a", lot, np.random.default_rng(5))

    pixels, boxes = picture(faulty, "crimp-a", lot, np.random.default_rng(5))

    assert none == ()
    [(left, top, width, height)] = [[round(v) for v in box] for box in boxes]
    change = np.abs(pixels.astype(float) - without.astype(float))
    inside = change[top : top + height, left : left + width].mean()
    assert inside > 3 * change.mean()


def test_that_parts_come_in_all_classes_evenly_with_a_manifest(tmp_path: Path) -> None:
    steps = list(synthesize(tmp_path, shipped("crimp-b"), wafers=40, seed=2, lots=2))

    examples = read_dataset(tmp_path)
    share = Counter(e.class_name for e in examples)
    assert steps[-1].done == len(examples) == 40
    assert set(share) == set(PART_CLASSES["crimp-b"])
    assert all(4 <= count <= 12 for count in share.values())
    assert len({e.lot for e in examples}) == 2
    assert all((e.wafer, e.column, e.row) == (e.path.stem, 0, 0) for e in examples)
    for e in examples:
        assert bool(e.boxes) == (e.class_name != "good")
        assert all(x >= 0 and y >= 0 and x + w <= 320 and y + h <= 240 for x, y, w, h in e.boxes or ())


def test_that_the_same_seed_draws_the_same_parts(tmp_path: Path) -> None:
    for name in ("a", "b"):
        list(synthesize(tmp_path / name, shipped("crimp-a"), wafers=6, seed=4))

    both = [{p.name: p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()} for n in ("a", "b")]
    assert both[0] == both[1]
    assert len(both[0]) == 7


def test_that_a_grid_for_whole_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="whole parts"):
        synthesize(tmp_path, shipped("crimp-a"), wafers=1, seed=1, columns=3)


def test_that_parts_are_not_mixed_with_labelled_pictures_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").touch()

    with pytest.raises(DatasetError, match="name an empty folder"):
        synthesize(tmp_path, shipped("crimp-a"), wafers=1, seed=1)


def test_that_natural_parts_come_in_the_published_tests_numbers(tmp_path: Path) -> None:
    list(synthesize(tmp_path, shipped("crimp-b"), wafers=130, seed=2, natural=True))

    share = Counter(e.class_name for e in read_dataset(tmp_path))
    assert share.pop("good") == 34  # half of 68
    assert set(share.values()) == {24}  # half of 48, each


@pytest.mark.parametrize("product", ["crimp-a", "crimp-b"])
def test_that_three_to_five_in_a_hundred_natural_parts_lie_near_a_limit(product: str) -> None:
    rng = np.random.default_rng(5)
    aims = [(name, kinds[0]) for name, kinds in PART_CLASSES[product].items()]
    aimed = [aims[turn % len(aims)] for turn in range(3000)]

    found = [judge_part(natural_part(rng, product, *aim, 0.0), product) for aim in aimed]

    assert [truth.class_name for truth in found] == [name for name, _ in aimed]
    assert 0.03 < sum(truth.borderline for truth in found) / len(found) < 0.05
