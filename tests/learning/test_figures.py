"""What is counted below the table: bounds, costs of mistakes, the queue, certainty, heat, lots and sub-types."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_product import make_recipe

from inspector.imaging import cv2
from inspector.learning.figures import Evaluation, JudgedChips
from inspector.learning.figures.certainty import calibration_bins, risk_coverage
from inspector.learning.figures.evaluation import reason_of
from inspector.learning.figures.files import worst_first, write_evaluation
from inspector.learning.figures.groups import lots, subtypes
from inspector.learning.figures.heat_scores import distance_to_boxes, energy_in_boxes
from inspector.learning.figures.judged import Told
from inspector.wafer.manifest import Example
from inspector.wafer.review import ReviewLimits, ReviewReason
from inspector.wafer.scores import calibration_error

RECIPE = make_recipe()  # clean is good, spot and scratch are defects; borderline from 0.05 to 0.95
CLASSES = RECIPE.class_set
SURE = {"clean": (0.98, 0.01, 0.01), "spot": (0.01, 0.98, 0.01), "scratch": (0.01, 0.01, 0.98)}


def told(row: Sequence[float], warmest: float = 0.0, distance: float = np.nan, energy: float = np.nan) -> Told:
    values = np.array(row, np.float32)
    reason = reason_of(values, CLASSES, RECIPE.limits)
    return Told(values, reason, 0.0, (5.0, 6.0), warmest, distance, energy, np.zeros((4, 4), np.uint8))


def evaluation(
    truth: Sequence[str], answers: Sequence[Told], examples: Sequence[Example] = (), fall: Sequence[float] | None = None
) -> Evaluation:
    labels = np.array([CLASSES.index(name) for name in truth])
    falls = None if fall is None else np.array(fall, np.float32)
    return Evaluation(CLASSES, JudgedChips.from_told(answers, labels, examples, falls))


def example(name: str, lot: str = "", wafer: str = "", **more: object) -> Example:
    return replace(Example(Path(f"{name}.png"), name, lot=lot, wafer=wafer), **more)  # type: ignore[arg-type]


def test_that_mistakes_are_told_apart_by_what_they_cost() -> None:
    undecided = [np.nan] * 3
    found = evaluation(
        ["spot", "scratch", "clean", "spot", "clean"],
        [told(SURE["scratch"]), told(SURE["clean"]), told(SURE["spot"]), told(SURE["spot"]), told(undecided)],
    ).full_json()

    assert found["mistakes"] == {"good_good": 0, "defect_defect": 1, "escapes": 1, "overkills": 1, "undecided": 1}
    assert found["bounds"]["escape_rate"]["events"] == 1
    assert found["bounds"]["escape_rate"]["n"] == 3
    assert found["bounds"]["overkill_rate"] == pytest.approx({"events": 2, "n": 2, "low": 0.1581, "high": 1}, abs=1e-4)


def test_that_the_queue_counts_what_the_model_knows_that_it_does_not_know() -> None:
    truth = ["clean", "clean", "clean", "spot", "spot", "spot"]
    rows = [(0.98, 0.01, 0.01), (0.7, 0.3, 0), (0.01, 0.98, 0.01), (0.8, 0.2, 0), (0.98, 0.01, 0.01), (np.nan,) * 3]

    found = evaluation(truth, [told(row) for row in rows]).full_json()["review"]

    assert found["errors"] == 4  # a surely failed good chip, two passed defects, one without an answer
    assert found["errors_held"] == 2  # the surely failed one is looked at as a defect, not because of doubt
    assert (found["good"], found["good_asked"], found["good_asked_or_failed"]) == (3, 1, 2)
    assert found["errors_held_share"] == 0.5
    assert found["unseen_defects"] == 1


def test_that_a_novel_chip_is_held_by_the_queue() -> None:
    row = np.array(SURE["clean"], np.float32)

    assert reason_of(row, CLASSES, RECIPE.limits, novelty=0.9) is None
    assert reason_of(row, CLASSES, RECIPE.limits, novelty=1.1) is ReviewReason.NOVEL
    assert reason_of(row, CLASSES, ReviewLimits(0.01, 0.99)) is ReviewReason.BORDERLINE


def test_that_borderline_chips_can_be_left_out_and_that_no_marks_give_no_figure() -> None:
    answers = [told(SURE["clean"]), told(SURE["clean"]), told(SURE["spot"])]
    truth = ["clean", "spot", "spot"]
    marked = [example(name, borderline=n == 1) for n, name in enumerate(truth)]

    found = evaluation(truth, answers, marked).full_json()["outside_borderline"]

    assert found["chips"] == 2
    assert found["accuracy"] == 1.0
    assert found["bounds"]["escape_rate"]["n"] == 1
    assert evaluation(truth, answers, [replace(e, borderline=False) for e in marked]).outside_borderline is None


def test_that_calibration_bins_give_back_the_ece() -> None:
    rng = np.random.default_rng(3)
    sure = rng.uniform(0.3, 1, 400).astype(np.float32)
    right = rng.random(400) < sure**2

    bins = calibration_bins(sure, right)

    assert sum(b.chips for b in bins) == 400
    assert all(b.low < b.confidence <= b.high for b in bins)
    by_hand = sum(abs(b.right - b.chips * b.confidence) for b in bins) / 400
    assert by_hand == pytest.approx(calibration_error(sure, right), abs=1e-6)


def test_that_the_risk_is_that_of_the_surest_chips_taken_so_far() -> None:
    curve = risk_coverage(np.array([0.9, 0.5, 0.8, 0.7]), np.array([False, True, True, False]))

    assert curve is not None
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert curve.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert curve.best == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)


def test_that_the_order_of_equally_sure_chips_does_not_count() -> None:
    sure, wrong = np.full(6, 0.9), np.array([True, True, False, False, False, False])

    forth, back = risk_coverage(sure, wrong), risk_coverage(sure, wrong[::-1].copy())

    assert forth is not None
    assert back is not None
    assert forth.area == pytest.approx(back.area) == pytest.approx(1 / 3)
    assert risk_coverage(sure[:0], wrong[:0]) is None


@pytest.mark.parametrize(
    ("point", "far"), [((15, 25), 0.0), ((10, 20), 0.0), ((7, 16), 5.0), ((33, 25), 3.0), ((15, 45), 5.0)]
)
def test_that_the_distance_is_that_to_the_nearest_box(point: tuple[float, float], far: float) -> None:
    assert distance_to_boxes(point, [(10, 20, 20, 20), (500, 500, 3, 3)]) == pytest.approx(far)


def test_that_energy_counts_the_cells_of_the_boxes_and_their_neighbours() -> None:
    evidence: NDArray[np.uint8] = np.zeros((8, 8), np.uint8)
    evidence[2, 2], evidence[2, 3], evidence[2, 4], evidence[7, 7] = 100, 60, 20, 20

    assert energy_in_boxes(evidence, (128, 128), [(34, 34, 4, 4)]) == pytest.approx(160 / 200)
    assert energy_in_boxes(evidence, (128, 128), [(34, 34, 4, 4), (120, 120, 4, 4)]) == pytest.approx(180 / 200)
    assert energy_in_boxes(np.zeros((8, 8), np.uint8), (128, 128), [(34, 34, 4, 4)]) == 0.0


def test_that_heat_is_scored_on_rightly_judged_defects_and_coldness_on_all_good_chips() -> None:
    found = evaluation(
        ["spot", "scratch", "spot", "clean", "clean", "clean"],
        [
            told(SURE["spot"], 255, distance=3, energy=0.9),
            told(SURE["scratch"], 255, distance=40, energy=0.3),
            told(SURE["clean"], 10, distance=0, energy=1.0),  # passed: its heat is another matter
            told(SURE["clean"], 50),
            told(SURE["clean"], 51),
            told(SURE["spot"], 200),
        ],
        fall=[0.7, -0.1, np.nan, np.nan, np.nan, np.nan],
    ).full_json()["heat"]

    assert (found["located"], found["peak_near"], found["energy_in_boxes"]) == (2, 0.5, pytest.approx(0.6))
    assert (found["covered"], found["covering_lowers"]) == (2, 0.5)
    assert (found["good"], found["good_cold"]) == (3, pytest.approx(1 / 3))


def test_that_chips_that_lost_their_answer_under_the_cover_count_as_not_explained() -> None:
    answers = [told(SURE["spot"], 255), told(SURE["spot"], 255)]

    found = evaluation(["spot", "spot"], answers, fall=[-np.inf, 2.0]).full_json()["heat"]

    assert (found["covered"], found["covering_lowers"]) == (2, 0.5)


def test_that_a_lots_box_is_that_of_its_wafers() -> None:
    truth = ["clean"] * 8
    answers = [told(SURE["spot"] if n in (0, 4) else SURE["clean"]) for n in range(8)]
    examples = [example("clean", "L1", f"W{n // 2}") for n in range(6)] + [example("clean", "L2", "W1")] * 2

    first, second = lots(evaluation(truth, answers, examples))

    assert first.lot == "L1"
    assert first.box == (0.5, 0.5, 0.5, 0.75, 1.0)
    assert first.whole.agreement == pytest.approx(4 / 6)
    assert second.box == (1.0,) * 5
    assert not first.of_parts


def test_that_subtypes_are_counted_within_their_class() -> None:
    truth = ["spot", "spot", "spot", "clean"]
    answers = [told(SURE["spot"]), told(SURE["scratch"]), told(SURE["spot"]), told(SURE["clean"])]
    examples = [example(name, subtype=sub) for name, sub in zip(truth, ("small", "small", "large", ""), strict=True)]

    assert subtypes(evaluation(truth, answers, examples)) == {"spot": {"large": (1, 1), "small": (1, 2)}}


def test_that_pooled_folds_count_each_chip_once_by_its_own_models_rule() -> None:
    truth = ["clean", "spot"]
    first = evaluation(truth, [told(SURE["clean"]), told(SURE["spot"])], [example(n, "L1", "W1") for n in truth])
    second = evaluation(truth, [told((0.7, 0.3, 0)), told(SURE["clean"])], [example(n, "L2", "W1") for n in truth])

    pooled = Evaluation.pooled([first, second])

    assert pooled.chips == 4
    assert pooled.counts[:, :3].tolist() == (first.counts + second.counts)[:, :3].tolist()
    assert pooled.judged.reasons == first.judged.reasons + second.judged.reasons
    assert [lot.lot for lot in lots(pooled)] == ["L1", "L2"]
    with pytest.raises(ValueError, match="other classes"):
        Evaluation.pooled([first, Evaluation(type(CLASSES)(CLASSES.classes[::-1]), second.judged)])


def test_that_the_worst_mistakes_come_first() -> None:
    truth = ["spot", "clean", "spot", "spot", "clean", "spot"]
    rows = [(0.01, 0.01, 0.98), (0.4, 0.6, 0), (0.6, 0.4, 0), (0.9, 0.1, 0), (np.nan,) * 3, (0.02, 0.96, 0.02)]

    assert worst_first(evaluation(truth, [told(row) for row in rows])).tolist() == [4, 3, 2, 1, 0]


def test_that_the_files_show_the_wrong_chips_and_take_old_pictures_away(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(90, 130, (40, 60), dtype=np.uint8)
    (tmp_path / "spot.png").write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    chip = example("spot", "L$1", "W_異", path=tmp_path / "spot.png", column=3, row=4, boxes=((5.0, 6.0, 7.0, 8.0),))
    wrong = evaluation(["spot"], [told(SURE["clean"], 20)], [chip])
    right = evaluation(["spot"], [told(SURE["spot"], 20)], [replace(chip, lot="", wafer="")])

    write_evaluation(wrong, tmp_path)
    (row,) = csv.DictReader((tmp_path / "wrong.csv").read_text("utf-8").splitlines())
    there = sorted(p.name for p in tmp_path.glob("*.png"))
    write_evaluation(right, tmp_path)

    assert (row["lot"], row["class"], row["judged"], row["column"], row["review"]) == ("L$1", "spot", "clean", "3", "")
    assert float(row["p_clean"]) == pytest.approx(0.98)
    assert there == ["calibration.png", "lots.png", "risk_coverage.png", "spot.png", "wrong.png"]
    assert not (tmp_path / "wrong.png").exists()
    assert not (tmp_path / "lots.png").exists()
    json.loads((tmp_path / "evaluation.json").read_text())


def test_that_what_the_truth_does_not_tell_is_null() -> None:
    rows = np.array([SURE["clean"], SURE["spot"]], np.float32)

    found = Evaluation.of(rows, np.array([0, 1]), RECIPE)

    assert [found.full_json()[key] for key in ("outside_borderline", "heat", "lots", "subtypes")] == [None] * 4
    assert "lot(s)" not in found.table()
    json.dumps(found.full_json(), allow_nan=False)
