"""`inspector dataset` prints what it found, as a table or as JSON, and fails only where it is asked to."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from inspector.cli.dataset import examine_dataset
from inspector.imaging import cv2
from inspector.wafer.errors import DatasetError

RECIPE = """
[product]
name = "small"
[grid]
kind = "whole"
[[classes]]
name = "clean"
verdict = "good"
target = 9
[[classes]]
name = "pit"
verdict = "defect"
[model]
input = [128, 128]
"""


@pytest.fixture
def recipe(tmp_path: Path) -> str:
    path = tmp_path / "small.toml"
    path.write_text(RECIPE)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    for n in range(12):
        path = tmp_path / "chips" / ("pit" if n % 3 == 0 else "clean") / f"{n}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = rng.normal(120, 20, (128, 128)).clip(0, 255).astype(np.uint8)
        path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return tmp_path / "chips"


def test_that_the_table_names_classes_parts_and_what_is_missing(
    folder: Path, recipe: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert examine_dataset(folder, recipe, None, strict=False, as_json=False) == 0

    told = capsys.readouterr().out
    assert "clean (good)" in told
    assert "Training would keep back: single chips" in told
    assert "The class 'clean' has 8 of the 9 chips wanted: 1 missing." in told


def test_that_json_is_one_object_with_shares_of_what_training_shows(
    folder: Path, recipe: str, capsys: pytest.CaptureFixture[str]
) -> None:
    examine_dataset(folder, recipe, None, strict=False, as_json=True)

    values = json.loads(capsys.readouterr().out)
    assert values["images"] == 12
    assert sum(c["shown"] for c in values["classes"]) == pytest.approx(1)
    assert {p["name"] for p in values["parts"]} == {"learn", "check"}


def test_that_strict_turns_a_warning_into_code_1(folder: Path, recipe: str, tmp_path: Path) -> None:
    enough = tmp_path / "enough.toml"
    enough.write_text(RECIPE.replace("target = 9", ""))

    assert examine_dataset(folder, recipe, None, strict=True, as_json=True) == 1
    assert examine_dataset(folder, str(enough), None, strict=True, as_json=True) == 0


def test_that_a_class_unknown_to_the_recipe_is_an_error_as_in_training(folder: Path, recipe: str) -> None:
    (folder / "pit").rename(folder / "pits")

    with pytest.raises(DatasetError, match="'pits'"):
        examine_dataset(folder, recipe, None, strict=False, as_json=False)
