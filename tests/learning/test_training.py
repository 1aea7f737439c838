"""Training learns, stops, resumes, repeats itself under a seed, and survives numbers that are not finite."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tiny_product import make_recipe

from inspector.imaging.source import read_image
from inspector.learning.batches import Batch, learning_batches
from inspector.learning.checkpoint import FOLDER
from inspector.learning.course import chance
from inspector.learning.dataset import ChipPixels, balanced_weights
from inspector.learning.evaluation import evaluate
from inspector.learning.learner import BAD_IN_A_ROW, Learner
from inspector.learning.loss import IGNORED, LossRule, Target
from inspector.learning.model_card import read_card
from inspector.learning.network import EvidenceNetwork
from inspector.learning.ranks import ALONE
from inspector.learning.training import EpochResult, TrainingOptions, train
from inspector.wafer.errors import DatasetError, ModelError
from inspector.wafer.manifest import read_dataset
from inspector.wafer.recipe import ImageSection, Recipe

Make = Callable[..., Path]


def _epochs(dataset: Path, recipe: Recipe, out: Path, options: TrainingOptions) -> list[EpochResult]:
    return [step.found for step in train(dataset, recipe, out, options) if step.found is not None]


def test_that_a_few_seconds_teach_spots_and_scratches_to_chips_never_seen(trained: Path, make_dataset: Make) -> None:
    fresh = make_dataset(per_class=15, name="fresh", seed=9)

    *_, last = evaluate(fresh, trained, device="cpu")

    assert last.found is not None
    assert last.found.to_json()["accuracy"] >= 0.9


def test_that_the_same_seed_gives_the_same_weights_by_crops_and_whole_chips(make_dataset: Make, tmp_path: Path) -> None:
    dataset = make_dataset(per_class=4)
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        _epochs(dataset, make_recipe(crop=32), tmp_path / name, TrainingOptions(epochs=3, seed=seed))

    digests = [read_card(tmp_path / name).digest for name in "abc"]

    assert digests[0] == digests[1] != digests[2]


def test_that_a_stopped_training_leaves_a_model_and_goes_on_as_if_it_had_never_stopped(
    make_dataset: Make, tmp_path: Path
) -> None:
    dataset, straight, stopped = make_dataset(per_class=6), tmp_path / "straight", tmp_path / "stopped"
    whole = _epochs(dataset, make_recipe(), straight, TrainingOptions(epochs=2))
    job = train(dataset, make_recipe(), stopped, TrainingOptions(epochs=2))
    first = next(step.found for step in job if step.found is not None)
    job.close()  # type: ignore[attr-defined]
    assert read_card(stopped).training.epochs == 1
    assert (stopped / FOLDER).is_dir()

    rest = _epochs(dataset, make_recipe(), stopped, TrainingOptions(resume=True))

    assert [first, *rest] == whole
    assert read_card(stopped).digest == read_card(straight).digest
    assert sorted(p.name for p in stopped.iterdir()) == ["card.json", FOLDER, "weights.safetensors"]


def test_that_a_training_stopped_within_its_first_epoch_leaves_a_model(make_dataset: Make, tmp_path: Path) -> None:
    job = train(make_dataset(per_class=100, boxes=False), make_recipe(), tmp_path / "m", TrainingOptions(epochs=50))
    next(step for step in job if step.phase == "learning")

    job.close()  # type: ignore[attr-defined]

    assert read_card(tmp_path / "m").training.chips_seen > 0


def test_that_a_budget_of_minutes_is_kept_and_the_schedule_ends_with_it(make_dataset: Make, tmp_path: Path) -> None:
    results = _epochs(make_dataset(per_class=6), make_recipe(), tmp_path / "m", TrainingOptions(minutes=0.05))

    assert read_card(tmp_path / "m").training.minutes < 0.2
    assert results[-1].learning_rate < 0.05 * make_recipe().training.learning_rate


def test_that_crops_are_learned_where_boxes_are_known(make_dataset: Make, tmp_path: Path) -> None:
    results = _epochs(make_dataset(per_class=6), make_recipe(crop=32), tmp_path / "m", TrainingOptions(epochs=2))

    assert all(r.loss > 0 for r in results)


def test_that_the_card_says_how_the_model_came_to_be(make_dataset: Make, tmp_path: Path) -> None:
    options = TrainingOptions(epochs=1, seed=3, command="inspector train d --recipe r --out m")

    _epochs(make_dataset(per_class=8, lots=4), make_recipe(), tmp_path / "m", options)

    card = read_card(tmp_path / "m")
    assert card.training.command == options.command
    assert card.training.seed == 3
    assert "whole lots" in card.training.split
    assert sum(card.training.train["spot"].values()) + sum(card.training.validation["spot"].values()) == 8
    assert card.validation["chips"] == sum(sum(v.values()) for v in card.training.validation.values())
    assert card.heat_scale[0] < card.heat_scale[1]


def test_that_a_dataset_of_one_class_is_refused(make_dataset: Make, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (make_dataset(per_class=5) / "clean").rename(folder / "clean")

    with pytest.raises(DatasetError, match="too little to learn from"):
        list(train(folder, make_recipe(), tmp_path / "m", TrainingOptions(epochs=1)))


def test_that_there_must_be_something_to_resume(make_dataset: Make, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no stopped training"):
        list(train(make_dataset(per_class=3), make_recipe(), tmp_path / "m", TrainingOptions(resume=True)))


def test_that_a_budget_that_is_over_at_once_still_buys_one_step(make_dataset: Make, tmp_path: Path) -> None:
    _epochs(make_dataset(per_class=4), make_recipe(), tmp_path / "m", TrainingOptions(minutes=1e-6))

    assert read_card(tmp_path / "m").training.chips_seen > 0


def test_that_the_time_for_reading_is_not_taken_from_the_minutes(
    make_dataset: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, hours = time.monotonic, [0]
    monkeypatch.setattr("time.monotonic", lambda: clock() + 3600 * hours[0])

    def slowly(path: Path, channels: int, bits: int, rule: ImageSection) -> NDArray[np.uint8]:
        hours[0] += 1
        return read_image(path, channels, bits, rule)

    monkeypatch.setattr("inspector.learning.dataset.read_image", slowly)

    steps = train(make_dataset(per_class=6), make_recipe(), tmp_path / "m", TrainingOptions(minutes=30))
    first = next(step for step in steps if step.phase == "learning")

    assert first.done < 500
    assert hours[0] == 18
    steps.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["afile", "afile/below", "/proc/self"])
def test_that_a_folder_that_cannot_be_written_is_named_before_anything_is_read(
    make_dataset: Make, tmp_path: Path, name: str
) -> None:
    if name.startswith("/proc") and sys.platform != "linux":
        pytest.skip("a folder that not even root can write to is known on Linux only")
    (tmp_path / "afile").write_text("")

    with pytest.raises(ModelError, match=f"{name} can't be written"):
        next(train(make_dataset(per_class=4), make_recipe(), tmp_path / name, TrainingOptions(epochs=1)))


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8 are known on Linux only")
def test_that_a_dataset_and_a_command_that_are_not_utf8_reach_the_card(make_dataset: Make, tmp_path: Path) -> None:
    name = os.fsdecode(b"chips-\xff")
    dataset = make_dataset(per_class=4, name=name)

    _epochs(dataset, make_recipe(), tmp_path / "m", TrainingOptions(epochs=1, command=f"inspector train {name}"))

    facts = read_card(tmp_path / "m").training
    assert (facts.dataset, facts.command) == (r"chips-\xff", r"inspector train chips-\xff")


def test_that_the_split_is_said_before_the_images_are_read(make_dataset: Make, tmp_path: Path) -> None:
    said = {}
    for lots in (0, 2):
        dataset = make_dataset(name=f"lots{lots}", per_class=4, lots=lots)
        said[lots] = next(train(dataset, make_recipe(), tmp_path / "m", TrainingOptions(epochs=1))).phase

    assert said == {0: "split by chip", 2: "split by lot"}


@pytest.mark.parametrize(("count", "batch", "sizes"), [(9, 4, [4, 5]), (1, 4, [2]), (3, 1, [3]), (8, 4, [4, 4])])
def test_that_no_batch_is_of_a_single_chip(make_dataset: Make, count: int, batch: int, sizes: list[int]) -> None:
    store = ChipPixels(read_dataset(make_dataset(per_class=3))[:count], make_recipe())

    made = learning_batches(store, balanced_weights(store.examples), 0, 32, batch, (0,))

    assert [len(b.chips) for b in made] == sizes


def _batch(value: float = 0.0) -> Batch:
    chips = torch.full((2, 1, 64, 64), 100.0) + value
    return Batch(chips, Target(torch.tensor([0, 1]), torch.full((2, 4, 4), IGNORED)), 2)


def _learner() -> Learner:
    network = EvidenceNetwork(1, 3, patch=8)
    return Learner(network, LossRule(torch.tensor([False, True, True]), torch.zeros(3, dtype=torch.bool)), ALONE)


def test_that_a_step_that_is_not_finite_is_left_out_and_lowers_the_rate() -> None:
    learner = _learner()
    assert learner.step(_batch(), 1e-3) is not None

    left_out = learner.step(_batch(float("nan")), 1e-3)

    assert left_out is None
    assert learner.ease < 1
    assert all(torch.isfinite(p).all() for p in (*learner.network.parameters(), *learner.network.buffers()))
    assert learner.step(_batch(), 1e-3) is not None


def test_that_a_hopeless_training_ends_with_advice() -> None:
    learner = _learner()

    for _ in range(BAD_IN_A_ROW - 1):
        learner.step(_batch(float("nan")), 1e-3)

    with pytest.raises(ModelError, match=r"learning_rate"):
        learner.step(_batch(float("nan")), 1e-3)


def test_that_a_general_network_is_trained_and_judges_through_the_same_face(make_dataset: Make, tmp_path: Path) -> None:
    values = make_recipe().model_dump() | {"model": {"network": "torchvision:mobilenet_v3_small", "input": [64, 64]}}
    recipe = Recipe.model_validate(values)
    dataset = make_dataset(per_class=6)

    _epochs(dataset, recipe, tmp_path / "m", TrainingOptions(epochs=1))

    *_, last = evaluate(dataset, tmp_path / "m", device="cpu")
    assert last.found is not None
    assert last.found.chips == 18
    assert read_card(tmp_path / "m").network == "torchvision:mobilenet_v3_small"


def test_that_a_chip_of_luck_among_a_hundred_does_not_outweigh_a_later_epoch() -> None:
    assert chance(0.99, 100) == pytest.approx(0.01)
    assert chance(1.0, 100) == pytest.approx(0.01)
    assert chance(0.99, 10_000) < 0.001


def test_that_more_than_one_dataset_is_learned_from(make_dataset: Make, tmp_path: Path) -> None:
    first, second = make_dataset(name="one", per_class=4), make_dataset(name="two", per_class=6, seed=2)
    _epochs(first, make_recipe(), tmp_path / "m", TrainingOptions(epochs=1, also=(second,)))

    facts = read_card(tmp_path / "m").training

    chips = sum(sum(kinds.values()) for part in (facts.train, facts.validation) for kinds in part.values())
    assert chips == len(read_dataset(first)) + len(read_dataset(second))
    assert facts.dataset == "one + two"


def test_that_a_retraining_says_on_its_card_what_it_began_with(
    make_dataset: Make, trained: Path, tmp_path: Path
) -> None:
    _epochs(make_dataset(per_class=4), make_recipe(), tmp_path / "m", TrainingOptions(epochs=1, start=trained))

    assert read_card(tmp_path / "m").training.begun_from == read_card(trained).digest
