"""A finished model is calibrated anew, on lots that it has not seen, whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load, save
from tiny_product import draw_chip, make_recipe, write_dataset
from typer.testing import CliRunner

from inspector.cli.verbs import app
from inspector.learning import calibration
from inspector.learning.classifier import load_classifier
from inspector.learning.model_card import CARD, WEIGHTS, load_model, read_card, weights_digest
from inspector.learning.recalibration import RecalibrationOptions, calibrate
from inspector.wafer import scores
from inspector.wafer.errors import DatasetError, ModelError
from inspector.wafer.recipe import Recipe, ReviewSection
from inspector.wafer.review import ReviewLimits

CPU = RecalibrationOptions(device="cpu")


@pytest.fixture
def model(trained: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in (CARD, WEIGHTS):
        shutil.copy(trained / name, folder)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Labelled chips of lots that the model has not seen."""
    return write_dataset(tmp_path / "fresh", per_class=24, lots=3, seed=3, lot_letter="C")


def _forget(model: Path) -> None:
    """Make it a model from before novelty, review limits and named lots."""
    packed = save({k: v for k, v in load((model / WEIGHTS).read_bytes()).items() if not k.startswith("novelty.")})
    (model / WEIGHTS).write_bytes(packed)
    card = json.loads((model / CARD).read_text())
    for key in ("novelty", "review", "calibration"):
        card.pop(key)
    card["training"].pop("lots")
    (model / CARD).write_text(json.dumps(card | {"digest": weights_digest(packed)}))


def test_that_the_card_says_what_the_model_was_calibrated_with(model: Path, fresh: Path) -> None:
    before = read_card(model)

    found = calibration.last(calibrate(model, fresh, CPU))

    card = read_card(model)
    assert card == found.card
    assert found.warnings == ()
    assert card.calibration is not None
    assert (card.calibration.dataset, card.calibration.chips, card.calibration.lots) == (
        "fresh",
        72,
        ("C0", "C1", "C2"),
    )
    assert card.calibration.shares == pytest.approx({"clean": 1 / 3, "spot": 1 / 3, "scratch": 1 / 3}, abs=1e-5)
    assert card.review is not None
    assert (card.review.chips, card.review.dataset) == (72, "fresh")
    assert card.novelty is not None
    assert (card.novelty.known_from, card.novelty.limit_from) == ("dataset", "fresh")
    assert card.digest != before.digest
    assert load_classifier(model, None, "cpu").facts.review_limits == ReviewLimits(card.review.low, card.review.high)


def test_that_a_model_from_before_learns_what_is_known_from_its_training_chips(
    model: Path, fresh: Path, trained: Path
) -> None:
    _forget(model)
    assert load_model(model, read_card(model))[1] is None

    found = calibration.last(calibrate(model, fresh, RecalibrationOptions(trained.parent / "dataset", device="cpu")))

    assert found.warnings == ()
    assert found.card.novelty is not None
    assert (found.card.novelty.known_from, found.card.novelty.known_chips) == ("dataset", 72)
    assert all(j.novelty > 0 for j in load_classifier(model, None, "cpu").judge(np.zeros((2, 64, 64, 1), np.uint8)))


def test_that_without_training_chips_half_of_the_lots_say_what_is_known(model: Path, fresh: Path) -> None:
    _forget(model)

    found = calibration.last(calibrate(model, fresh, CPU))

    assert found.card.novelty is not None
    assert "half of the calibration lots" in found.card.novelty.note
    assert found.card.calibration is not None
    assert found.card.calibration.lots == ("C1",)
    assert len(found.warnings) == 2  # and nobody knows which lots it learned from


def test_that_lots_which_training_has_seen_are_refused_by_name(model: Path, tmp_path: Path) -> None:
    before = {name: (model / name).read_bytes() for name in (CARD, WEIGHTS)}
    learned = read_card(model).training.lots
    assert learned is not None
    assert 0 < len(learned) < 4
    seen = write_dataset(tmp_path / "seen", per_class=24, lots=4, seed=3)

    with pytest.raises(DatasetError, match=rf"learned from \({learned[0]}"):
        calibration.last(calibrate(model, seen, CPU))

    assert {name: (model / name).read_bytes() for name in (CARD, WEIGHTS)} == before


def test_that_too_few_chips_are_refused(model: Path, tmp_path: Path) -> None:
    few = write_dataset(tmp_path / "few", per_class=4, lots=2, lot_letter="C")

    with pytest.raises(DatasetError, match="20 chips"):
        calibration.last(calibrate(model, few, CPU))


def test_that_a_stop_on_the_way_leaves_the_model_as_it_was(model: Path, fresh: Path) -> None:
    before = (model / CARD).read_bytes()
    steps = calibrate(model, fresh, RecalibrationOptions(fresh, device="cpu", out=None))
    with pytest.raises(DatasetError):
        next(steps)  # the same lots cannot say what is known and set the limits

    steps = calibrate(model, fresh, RecalibrationOptions(device="cpu"))
    next(steps)
    steps.close()

    assert (model / CARD).read_bytes() == before
    load_model(model, read_card(model))


def test_that_natural_shares_of_classes_make_probabilities_that_hold_there(trained: Path, tmp_path: Path) -> None:
    natural = write_dataset(tmp_path / "natural", per_class=100, lots=3, seed=8, lot_letter="C")
    for name in ("spot", "scratch"):
        for path in sorted((natural / name).iterdir())[8:]:
            path.unlink()
    lines = (natural / "manifest.csv").read_text().splitlines()
    kept = [line for line in lines if line.startswith("path") or (natural / line.split(",")[0]).is_file()]
    (natural / "manifest.csv").write_text("\n".join(kept) + "\n")

    card = calibration.last(calibrate(trained, natural, RecalibrationOptions(device="cpu", out=tmp_path / "m"))).card
    again = calibration.last(calibrate(tmp_path / "m", natural, CPU)).card

    classifier = load_classifier(tmp_path / "m", None, "cpu")
    names = ["clean"] * 200 + ["spot", "scratch"] * 8
    chips = np.stack([draw_chip(n, np.random.default_rng([31, i]))[0] for i, n in enumerate(names)])[..., None]
    p = np.array([j.p_defect for j in classifier.judge(chips)])
    ece = scores.calibration_error(np.maximum(p, 1 - p), (p >= 0.5) == (np.array(names) != "clean"))
    assert card.calibration is not None
    assert card.calibration.shares["clean"] == pytest.approx(100 / 116, abs=1e-4)
    assert p.mean() == pytest.approx(16 / 216, abs=0.03)
    assert ece is not None
    assert ece < 0.03
    assert again.temperature == pytest.approx(card.temperature, rel=0.3)


def test_that_another_recipes_review_section_is_taken_over_and_hand_made_limits_win(model: Path, fresh: Path) -> None:
    strict = make_recipe().model_copy(update={"review": ReviewSection(low=0.4, max_escape=0.001)})

    card = calibration.last(calibrate(model, fresh, RecalibrationOptions(recipe=strict, device="cpu"))).card

    assert card.review is not None
    assert card.review.max_escape == 0.001
    assert card.limits().low == 0.4
    assert card.limits(make_recipe()).low == card.review.low


def test_that_a_recipe_of_other_classes_is_refused(model: Path, fresh: Path) -> None:
    values = make_recipe().model_dump()
    values["classes"][2]["name"] = "crack"

    with pytest.raises(ModelError, match="crack"):
        calibration.last(calibrate(model, fresh, RecalibrationOptions(recipe=Recipe.model_validate(values))))


def test_that_the_verb_prints_one_object_with_what_the_model_promises(model: Path, fresh: Path) -> None:
    answer = CliRunner().invoke(app, ["calibrate", str(model), str(fresh), "--device", "cpu", "--json"])

    found, card = json.loads(answer.stdout), read_card(model)
    assert answer.exit_code == 0
    assert set(found) == {"model", "digest", "temperature", "calibration", "novelty", "review", "limits"}
    assert card.review is not None
    assert (found["digest"], found["review"]["low"]) == (card.digest, card.review.low)
    assert found["limits"] == {"low": card.review.low, "high": card.review.high}


def test_that_the_verb_says_in_words_what_is_not_proven(model: Path, fresh: Path) -> None:
    answer = CliRunner().invoke(app, ["calibrate", str(model), str(fresh), "--device", "cpu"])

    assert "72 chips of fresh: accuracy" in answer.stdout
    assert "not proven: 0 escapes among" in answer.stdout
