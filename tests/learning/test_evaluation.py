"""Figures and the printed table are those of the counts."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tiny_product import make_recipe

from inspector.imaging import cv2
from inspector.learning.evaluation import evaluate, spread
from inspector.learning.figures import Evaluation
from inspector.learning.figures.files import write_evaluation
from inspector.wafer.errors import DatasetError, ModelError

RECIPE = make_recipe()


def _evaluation() -> Evaluation:
    rows = np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.6, 0.2, 0.2], [0.0, 0.2, 0.8]], np.float32)
    return Evaluation.of(rows, np.array([0, 0, 1, 1, 2]), RECIPE)


def test_that_the_json_has_exactly_the_promised_keys() -> None:
    found = _evaluation().to_json()

    assert list(found) == [
        "chips",
        "accuracy",
        "pass_fail_accuracy",
        "balanced_pass_fail",
        "macro_recall",
        "escape_rate",
        "overkill_rate",
        "ece",
        "classes",
        "confusion",
    ]
    assert found["chips"] == 5
    assert found["accuracy"] == pytest.approx(3 / 5)
    assert found["escape_rate"] == pytest.approx(1 / 3)
    assert found["overkill_rate"] == pytest.approx(1 / 2)
    assert found["classes"]["spot"] == {"recall": 0.5, "precision": 0.5, "support": 2}
    assert found["confusion"] == {"labels": ["clean", "spot", "scratch"], "rows": [[1, 1, 0], [1, 1, 0], [0, 0, 1]]}
    json.dumps(found, allow_nan=False)


def test_that_undecided_chips_stand_in_a_column_of_their_own() -> None:
    rows = np.array([[0.9, 0.1, 0.0], [np.nan] * 3], np.float32)

    found = Evaluation.of(rows, np.array([0, 1]), RECIPE).to_json()

    assert found["confusion"]["labels"] == ["clean", "spot", "scratch", "undecided"]
    assert found["confusion"]["rows"][1] == [0, 0, 0, 1]
    assert found["escape_rate"] == 1.0
    assert found["classes"]["scratch"] == {"recall": None, "precision": None, "support": 0}


def test_that_the_review_line_counts_by_the_recipes_own_limits() -> None:
    rows = np.array([[0.99, 0.01, 0.0], [0.9, 0.1, 0.0], [0.97, 0.02, 0.01], [0.2, 0.8, 0.0]], np.float32)

    found = Evaluation.of(rows, np.array([0, 0, 1, 1]), RECIPE)  # borderline from 0.05 to 0.95

    assert (found.asked_good, found.unseen_defects) == (1, 1)
    assert "review asks for 1 of 2 good chips; 1 of 2 defect chips pass unseen" in found.table()


def test_that_the_table_prints_recall_at_the_right_and_precision_below() -> None:
    lines = _evaluation().table().splitlines()

    assert lines[0] == "predicted (accuracy : 60.00%, 5 chips)"
    assert lines[2].split()[-1] == "recall"
    assert lines[4].split() == ["spot", "1", "1", "0", "50.00%"]
    assert lines[6].split() == ["precision", "50.00%", "50.00%", "100.00%"]
    assert "escape 33.33% (1 of 3 defect chips" in lines[9]


def test_that_the_files_hold_the_same_figures(tmp_path: Path) -> None:
    write_evaluation(_evaluation(), tmp_path / "out")

    assert json.loads((tmp_path / "out" / "evaluation.json").read_text()) == _evaluation().full_json()
    assert (tmp_path / "out" / "table.txt").read_text() == _evaluation().table()
    assert "| spot | 1 | 1 | 0 | 50.00% |" in (tmp_path / "out" / "table.md").read_text()


def test_that_an_evaluation_of_a_dataset_leaves_tables_lists_and_pictures(
    trained: Path, make_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    *_, last = evaluate(make_dataset(per_class=8, seed=5), trained, device="cpu", out=out, occlusion=6)

    assert last.found is not None
    written = json.loads((out / "evaluation.json").read_text())
    lots = list(csv.DictReader((out / "lots.csv").read_text("utf-8").splitlines()))
    wrong = list(csv.DictReader((out / "wrong.csv").read_text("utf-8").splitlines()))
    heat = written["heat"]
    assert written == last.found.full_json()
    assert heat["covered"] == 6
    assert heat["located"] == sum(written["confusion"]["rows"][i][i] for i in (1, 2))
    assert heat["peak_near"] == 1.0  # a mark that a person sees at once, on a chip of 64 pixels
    assert [row["lot"] for row in lots] == ["L0", "L1", "L2", "L3"]
    assert sum(int(row["chips"]) for row in lots) == last.found.chips == 24
    assert len(wrong) == int(last.found.wrong.sum())
    for name in ("calibration.png", "risk_coverage.png", "lots.png"):
        picture = cv2.imdecode(np.frombuffer((out / name).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        assert min(picture.shape[:2]) > 400


def test_that_covering_can_be_left_out(trained: Path, make_dataset: Callable[..., Path]) -> None:
    *_, last = evaluate(make_dataset(per_class=2), trained, device="cpu", occlusion=0)

    assert last.found is not None
    assert last.found.full_json()["heat"]["covered"] == 0
    assert last.found.full_json()["heat"]["covering_lowers"] is None


def test_that_chips_to_cover_are_spread_from_the_first_to_the_last() -> None:
    assert spread(np.arange(100, 200), 3) == [100, 150, 199]
    assert spread(np.array([4, 7]), 9) == [4, 7]


def test_that_only_the_test_part_is_judged_where_there_is_one(
    trained: Path, make_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    root = tmp_path / "both"
    root.mkdir()
    make_dataset(per_class=4).rename(root / "train")
    make_dataset(per_class=2, name="other", seed=4).rename(root / "test")

    *_, last = evaluate(root, trained, device="cpu", out=tmp_path / "out")

    assert last.found is not None
    assert last.found.chips == 6
    assert (tmp_path / "out" / "table.txt").is_file()


def test_that_classes_which_the_model_does_not_know_are_named(
    trained: Path, make_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (make_dataset(per_class=1) / "clean").rename(tmp_path / "other" / "bubble")

    with pytest.raises(DatasetError, match="'bubble'"):
        list(evaluate(tmp_path / "other", trained, device="cpu"))


def test_that_an_empty_test_folder_does_not_let_the_training_chips_be_measured(
    trained: Path, make_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "both" / "test" / "spot").mkdir(parents=True)
    make_dataset(per_class=2).rename(tmp_path / "both" / "train")

    with pytest.raises(DatasetError, match=r"test holds no images"):
        list(evaluate(tmp_path / "both", trained, device="cpu"))


def test_that_a_folder_that_cannot_be_written_is_named_before_anything_is_judged(
    trained: Path, make_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "afile").write_text("")
    steps = evaluate(make_dataset(per_class=40), trained, device="cpu", out=tmp_path / "afile")

    with pytest.raises(ModelError, match=r"afile can't be written"):
        next(steps)
