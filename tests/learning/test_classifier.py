"""A trained model judges, shows why, and refuses to guess when something is wrong with it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save
from tiny_product import draw_chip, make_recipe

from inspector.learning.classifier import TorchClassifier, load_classifier
from inspector.learning.model_card import CARD, WEIGHTS, read_card, weights_digest
from inspector.wafer.errors import ModelError
from inspector.wafer.recipe import Recipe


@pytest.fixture
def model(trained: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in (CARD, WEIGHTS):
        (folder / name).write_bytes((trained / name).read_bytes())
    return folder


def _chips(name: str, count: int = 8) -> tuple[np.ndarray, list]:
    drawn = [draw_chip(name, np.random.default_rng([77, i])) for i in range(count)]
    return np.stack([pixels for pixels, _ in drawn])[..., None], [boxes for _, boxes in drawn]


def test_that_a_spot_is_judged_and_shown_where_it_is(trained: Path) -> None:
    classifier = load_classifier(trained, make_recipe(), "cpu")
    chips, boxes = _chips("spot")

    judgements = classifier.judge(chips)

    assert [j.class_name for j in judgements].count("spot") >= 7
    for judgement, ((x, y, w, h),) in zip(judgements, boxes, strict=True):
        if judgement.class_name == "spot":
            assert judgement.peak == pytest.approx((x + w / 2, y + h / 2), abs=10)
            assert judgement.p_defect == pytest.approx(judgement.probabilities[1:].sum(), abs=1e-5)


def test_that_clean_chips_are_cold_and_spots_hot_on_one_scale(trained: Path) -> None:
    classifier = load_classifier(trained, make_recipe(), "cpu")

    clean, spot = (
        np.array([j.evidence[1:].max() for j in classifier.judge(_chips(name)[0])]) for name in ("clean", "spot")
    )

    assert np.median(clean) < 80
    assert np.median(spot) > 160


def test_that_covering_the_spot_lowers_its_probability(trained: Path) -> None:
    classifier = load_classifier(trained, make_recipe(), "cpu")
    chips, _ = _chips("spot")
    covered = chips.copy()
    for chip, judgement in zip(covered, classifier.judge(chips), strict=True):
        x, y = (int(v) for v in judgement.peak)
        chip[max(0, y - 10) : y + 10, max(0, x - 10) : x + 10] = int(np.median(chip))

    before, after = (np.array([j.probabilities[1] for j in classifier.judge(c)]) for c in (chips, covered))

    assert (after < before).all()


def test_that_each_judgement_is_the_same_alone_and_in_a_batch(trained: Path) -> None:
    classifier = load_classifier(trained, None, "cpu")
    chips = np.concatenate([_chips("spot", 3)[0], _chips("clean", 3)[0]])

    together = classifier.judge(chips)
    alone = [classifier.judge(chips[i : i + 1])[0] for i in range(6)]

    assert [j.class_name for j in together] == [j.class_name for j in alone]
    assert classifier.judge(chips[:0]) == []


def test_that_the_facts_name_the_weights_and_the_scale(trained: Path) -> None:
    classifier = load_classifier(trained, None, "cpu")

    assert classifier.facts.digest == weights_digest((trained / WEIGHTS).read_bytes())
    assert classifier.facts.heat_scale == read_card(trained).heat_scale
    assert classifier.facts.classes == ("clean", "spot", "scratch")
    assert (classifier.input_size, classifier.channels) == ((64, 64), 1)


def test_that_chips_of_another_size_are_refused(trained: Path) -> None:
    with pytest.raises(ModelError, match="64x64"):
        load_classifier(trained, None, "cpu").judge(np.zeros((1, 32, 64, 1), np.uint8))


def test_that_weights_which_are_not_numbers_leave_every_chip_undecided(model: Path) -> None:
    weights = load_file(model / WEIGHTS)
    weights["head.bias"] = torch.full_like(weights["head.bias"], float("nan"))
    _replace(model, save(weights))

    for judgement in load_classifier(model, None, "cpu").judge(_chips("spot")[0]):
        assert judgement.class_name is None
        assert math.isnan(judgement.p_defect)
        assert not judgement.probabilities.any()


def _replace(model: Path, packed: bytes) -> None:
    (model / WEIGHTS).write_bytes(packed)
    card = json.loads((model / CARD).read_text())
    card["digest"] = weights_digest(packed)
    (model / CARD).write_text(json.dumps(card))


def test_that_changed_weights_are_refused(model: Path) -> None:
    packed = bytearray((model / WEIGHTS).read_bytes())
    packed[-1] ^= 1
    (model / WEIGHTS).write_bytes(packed)

    with pytest.raises(ModelError, match="sha256"):
        load_classifier(model, None, "cpu")


@pytest.mark.parametrize("damage", ["no folder", "no weights", "no card", "half a card", "wrong network"])
def test_that_a_damaged_folder_is_named(model: Path, damage: str) -> None:
    if damage == "no folder":
        model = model / "nowhere"
    elif damage == "no weights":
        (model / WEIGHTS).unlink()
    elif damage == "no card":
        (model / CARD).unlink()
    elif damage == "half a card":
        (model / CARD).write_bytes((model / CARD).read_bytes()[:200])
    else:
        _replace(model, save({"something": torch.zeros(2)}))

    with pytest.raises(ModelError, match=str(model)):
        load_classifier(model, None, "cpu")


def test_that_other_classes_than_the_recipes_are_refused_naming_both(trained: Path) -> None:
    values = make_recipe().model_dump()
    values["classes"][2]["name"] = "crack"

    with pytest.raises(ModelError, match=r"scratch \(defect\).*crack \(defect\)"):
        load_classifier(trained, Recipe.model_validate(values), "cpu")


def test_that_a_class_that_changed_its_verdict_is_refused(trained: Path) -> None:
    values = make_recipe().model_dump()
    values["classes"][2]["verdict"] = "good"

    with pytest.raises(ModelError, match=r"scratch \(good\)"):
        load_classifier(trained, Recipe.model_validate(values), "cpu")


def test_that_a_full_gpu_halves_the_batch_and_judges_on(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    classifier = load_classifier(trained, None, "cpu")
    judge, full = classifier._judge, classifier.batch_size

    def small_memory(chips: np.ndarray) -> list:
        if len(chips) > 2:
            raise torch.cuda.OutOfMemoryError
        return judge(chips)

    monkeypatch.setattr(classifier, "_judge", small_memory)

    assert len(classifier.judge(_chips("clean", 5)[0])) == 5
    assert classifier.batch_size <= 2 < full


def test_that_an_unknown_device_is_refused(trained: Path) -> None:
    with pytest.raises(ModelError, match="'tpu'"):
        load_classifier(trained, None, "tpu")


def test_that_a_classifier_fits_the_protocol(trained: Path) -> None:
    assert isinstance(load_classifier(trained, None, "cpu"), TorchClassifier)
    assert load_classifier(trained, None, "cpu").batch_size >= 1
