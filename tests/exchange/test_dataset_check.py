"""A data set is counted, and what would spoil training or figures is named: copies, leaks, contradictions, gaps."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from inspector.exchange.dataset_check.check import DatasetReport, check_dataset
from inspector.exchange.dataset_check.counts import TrainingPlan
from inspector.exchange.dataset_check.files import write_report
from inspector.imaging import cv2
from inspector.wafer.manifest import Example, read_dataset, write_manifest
from inspector.wafer.recipe import Recipe

SIDE = 128


@pytest.fixture
def recipe() -> Recipe:
    return Recipe.model_validate(
        {
            "product": {"name": "small"},
            "grid": {"kind": "whole"},
            "classes": [
                {"name": "clean", "verdict": "good", "subtypes": ["bright", "dark"], "target": 20},
                {"name": "pit", "verdict": "defect"},
            ],
            "model": {"input": [SIDE, SIDE]},
        }
    )


def noise(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).normal(120, 20, (SIDE, SIDE)).clip(0, 255).astype(np.uint8)


def put(path: Path, pixels: NDArray[np.uint8], suffix: str = ".png") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(suffix, pixels)[1].tobytes())
    return path


@pytest.fixture
def chips(tmp_path: Path) -> list[Example]:
    """Ten chips of two classes from two lots, nothing wrong with them but that they are few."""
    made = []
    for n in range(10):
        name = "pit" if n % 5 == 4 else "clean"
        path = put(tmp_path / name / f"{n}.png", noise(n))
        subtype = ("bright" if n % 2 else "dark") if name == "clean" else ""
        boxes = ((40.0, 40.0, 5.0, 5.0),) if name == "pit" else ()
        made.append(Example(path, name, subtype, "AB"[n // 5], f"W{n // 5}", n, 0, boxes, borderline=n == 3))
    return made


def report_of(
    folder: Path, examples: Sequence[Example], recipe: Recipe, plan: TrainingPlan | None = None
) -> DatasetReport:
    steps = list(check_dataset(folder, examples, recipe, plan or TrainingPlan()))
    assert all(step.found is None for step in steps[:-1])
    found = steps[-1].found
    assert found is not None
    return found


def kinds(report: DatasetReport) -> Counter[str]:
    return Counter(c.kind for c in report.concerns)


def test_that_classes_subtypes_lots_and_truth_are_counted(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    found = report_of(tmp_path, chips, recipe, TrainingPlan(frozenset({chips[0].path})))

    clean, pit = found.classes
    assert (clean.images, clean.share, clean.borderline, clean.known_empty) == (8, 0.8, 1, 8)
    assert (pit.images, pit.located, pit.subtypes) == (2, 2, ())
    assert {s.name: s.images for s in clean.subtypes} == {"bright": 4, "dark": 4}
    assert clean.parts == {"learn": 7, "check": 1}
    assert clean.missing == 12
    assert [(lot.name, lot.wafers, lot.classes) for lot in found.lots] == [
        ("A", 1, {"clean": 4, "pit": 1}),
        ("B", 1, {"clean": 4, "pit": 1}),
    ]
    assert found.sizes == {(SIDE, SIDE): 10}


def test_that_chips_of_their_own_are_no_twins(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    found = report_of(tmp_path, chips, recipe)

    assert found.twins == ()
    assert not {"twins", "leak", "contradiction"} & set(kinds(found))


def test_that_copies_are_found_and_named_as_what_they_are(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    same = put(tmp_path / "clean" / "same.png", noise(0))
    mirrored = put(tmp_path / "clean" / "mirrored.jpg", np.ascontiguousarray(noise(1)[:, ::-1]), ".jpg")
    more = [Example(path, "clean", "dark", "C", "W9") for path in (same, mirrored)]

    found = report_of(tmp_path, [*chips, *more], recipe)

    assert [(t.kind, found.short(t.first), found.short(t.second), t.view) for t in found.twins] == [
        ("same", "clean/0.png", "clean/same.png", ""),
        ("copy", "clean/1.png", "clean/mirrored.jpg", "mirrored left to right"),
    ]
    assert len({t.family for t in found.twins}) == 2
    assert kinds(found)["twins"] == 1


def test_that_twins_with_two_labels_or_in_two_parts_are_named_with_both_files(
    tmp_path: Path, chips: list[Example], recipe: Recipe
) -> None:
    relabelled = Example(put(tmp_path / "pit" / "again.png", noise(0)), "pit", lot="C", wafer="W7", split="test")

    found = report_of(tmp_path, [*chips, relabelled], recipe)

    told = {c.kind: found.told(c) for c in found.concerns}
    for kind in ("contradiction", "leak"):
        assert "clean/0.png" in told[kind]
        assert "pit/again.png" in told[kind]
    assert [c.kind for c in found.concerns][:2] == ["contradiction", "leak"]


def test_that_wafers_and_lots_in_two_parts_are_leaks(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    tested = [replace(c, split="test" if n in (0, 9) else "train") for n, c in enumerate(chips)]
    by_lot = [replace(c, wafer=f"V{n}") for n, c in enumerate(tested)]

    assert kinds(report_of(tmp_path, tested, recipe))["leak-wafer"] == 1
    assert kinds(report_of(tmp_path, by_lot, recipe))["leak-lot"] == 1


def test_that_one_chip_with_two_labels_is_a_contradiction_though_its_images_differ(
    tmp_path: Path, chips: list[Example], recipe: Recipe
) -> None:
    twice = replace(chips[4], column=chips[0].column)

    found = report_of(tmp_path, [*chips[:4], twice, *chips[5:]], recipe)

    (concern,) = [c for c in found.concerns if c.kind == "contradiction"]
    assert concern.files == (chips[0].path, chips[4].path)


def test_that_gaps_in_the_distribution_are_told(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    changed = [replace(c, lot="A", wafer="W0") if c.class_name == "pit" else c for c in chips]
    changed[1] = replace(changed[1], subtype="blue")

    found = kinds(report_of(tmp_path, changed, recipe))

    assert found["target"] == 1  # clean: 8 of 20
    assert found["thin"] == 2  # bright and dark; blue is unknown instead
    assert found["unknown-subtype"] == 1
    assert found["one-lot"] == 1  # both pits


def test_that_a_class_without_chips_and_a_lot_that_dominates_are_told(
    tmp_path: Path, chips: list[Example], recipe: Recipe
) -> None:
    clean = [replace(c, lot="A" if n else "B", wafer="") for n, c in enumerate(chips) if c.class_name == "clean"]

    found = kinds(report_of(tmp_path, clean, recipe))

    assert found["no-chips"] == 1
    assert found["lot-dominates"] == 2  # of the set and of the class


def test_that_an_image_that_cannot_be_read_is_named_and_the_others_are_counted(
    tmp_path: Path, chips: list[Example], recipe: Recipe
) -> None:
    chips[2].path.write_bytes(chips[2].path.read_bytes()[:300])

    found = report_of(tmp_path, chips, recipe)

    assert found.concerns[0].kind == "unreadable"
    assert found.concerns[0].files == (chips[2].path,)
    assert sum(found.sizes.values()) == 9


def test_that_images_far_from_the_input_size_are_told(tmp_path: Path, chips: list[Example], recipe: Recipe) -> None:
    put(chips[0].path, cv2.resize(noise(0), (SIDE, SIDE // 2)))
    put(chips[1].path, cv2.resize(noise(1), (SIDE * 2, SIDE * 2)))

    assert kinds(report_of(tmp_path, chips, recipe))["size"] == 2


def test_that_the_report_is_json_and_its_files_hold_counts_twins_and_warnings(
    tmp_path: Path, chips: list[Example], recipe: Recipe
) -> None:
    copy = Example(put(tmp_path / "clean" / "same.png", noise(0)), "clean")
    write_manifest(tmp_path, [*chips, copy])
    report = report_of(tmp_path, read_dataset(tmp_path), recipe)

    values = json.loads(json.dumps(report.to_json(), allow_nan=False))
    counts, twins, warnings = write_report(report, tmp_path / "out")

    assert values["classes"][0]["missing"] == 11
    assert values["twins"][0] | {"family": 0} == {
        "first": "clean/0.png",
        "second": "clean/same.png",
        "kind": "same",
        "agreement": 1.0,
        "view": "",
        "shift": [0, 0],
        "family": 0,
    }
    with counts.open(newline="") as stream:
        assert [(r["class"], r["subtype"], r["images"]) for r in csv.DictReader(stream)] == [
            ("clean", "", "9"),
            ("clean", "bright", "4"),
            ("clean", "dark", "4"),
            ("clean", "(none)", "1"),
            ("pit", "", "2"),
        ]
    with twins.open(newline="") as stream:
        assert [r["second"] for r in csv.DictReader(stream)] == ["clean/same.png"]
    assert len(warnings.read_text().splitlines()) == len(report.concerns)


def test_that_real_copies_are_found_and_real_neighbours_are_not(real_images: Path) -> None:
    folder = real_images / "xsdd" / "train"
    names = ("2078", "2082", "2079", "2083", "2001", "2003", "2004", "2005")
    paths = [folder / "red_iron" / f"{name}.jpg" for name in names]
    steel = Recipe.model_validate(
        {
            "product": {"name": "steel"},
            "image": {"channels": 3},
            "grid": {"kind": "whole"},
            "classes": [{"name": "none", "verdict": "good"}, {"name": "red_iron", "verdict": "defect"}],
            "model": {"input": [128, 128]},
        }
    )
    known = [Example(path, "red_iron") for path in paths if path.is_file()]

    found = report_of(folder, known, steel)

    assert {(t.first.stem, t.second.stem, t.kind) for t in found.twins} == {
        ("2078", "2082", "same"),
        ("2079", "2083", "same"),
    }
