"""A training goes on from where it came to: after a stop, after its end, and towards another budget."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from tiny_product import make_recipe, write_dataset

from inspector.learning.checkpoint import FOLDER, STANDING, read_standing
from inspector.learning.model_card import load_network, read_card
from inspector.learning.schedule import CROPS_UNTIL, GOING_ON, Budget, plan
from inspector.learning.training import EpochResult, TrainingOptions, train
from inspector.wafer.errors import ModelError


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("resume") / "dataset", per_class=4)


@pytest.fixture(scope="module")
def ended_once(dataset: Path) -> Path:
    out = dataset.parent / "ended"
    _epochs(dataset, out, TrainingOptions(epochs=1))
    return out


@pytest.fixture
def ended(ended_once: Path, tmp_path: Path) -> Path:
    """The folder of a training of one epoch that came to its end."""
    return Path(shutil.copytree(ended_once, tmp_path / "m"))


def _epochs(dataset: Path, out: Path, options: TrainingOptions) -> list[EpochResult]:
    return [step.found for step in train(dataset, make_recipe(), out, options) if step.found is not None]


def _killed(dataset: Path, out: Path, epochs: int) -> None:
    """What a training that was killed after its first epoch leaves."""
    job = train(dataset, make_recipe(), out, TrainingOptions(epochs=epochs))
    next(step for step in job if step.found is not None)
    shutil.copytree(out / FOLDER, out.parent / "saved")
    job.close()  # type: ignore[attr-defined]
    shutil.rmtree(out)
    shutil.move(out.parent / "saved", out / FOLDER)


def test_that_an_ended_training_that_is_given_more_epochs_repeats_the_end_of_its_schedule(
    dataset: Path, ended: Path
) -> None:
    results = _epochs(dataset, ended, TrainingOptions(epochs=3, resume=True))

    assert [r.epoch for r in results] == [2, 3]
    assert results[0].learning_rate > 5 * results[1].learning_rate
    assert read_card(ended).training.epochs == 3


def test_that_a_killed_training_reaches_the_epochs_that_are_asked_for_now(dataset: Path, tmp_path: Path) -> None:
    _killed(dataset, tmp_path / "m", epochs=3)

    results = _epochs(dataset, tmp_path / "m", TrainingOptions(epochs=4, resume=True))

    assert [r.epoch for r in results] == [2, 3, 4]
    assert read_card(tmp_path / "m").training.epochs == 4


@pytest.mark.parametrize("options", [{}, {"epochs": 1}, {"minutes": 1e-6}])
def test_that_a_budget_already_met_ends_at_once_and_leaves_the_model(
    dataset: Path, ended: Path, options: dict[str, float]
) -> None:
    before = {p: p.read_bytes() for p in ended.rglob("*") if p.is_file()}

    steps = list(train(dataset, make_recipe(), ended, TrainingOptions(resume=True, **options)))  # type: ignore[arg-type]

    assert steps == []
    assert {p: p.read_bytes() for p in ended.rglob("*") if p.is_file()} == before


def test_that_a_training_killed_while_it_calibrated_is_finished(dataset: Path, ended: Path) -> None:
    digest = read_card(ended).digest
    for name in ("card.json", "weights.safetensors"):
        (ended / name).unlink()

    results = _epochs(dataset, ended, TrainingOptions(resume=True))

    assert results == []
    assert read_card(ended).digest == digest


def test_that_another_training_stopped_early_does_not_leave_the_older_ones_checkpoint(
    dataset: Path, ended: Path
) -> None:
    job = train(dataset, make_recipe(), ended, TrainingOptions(minutes=30, seed=5))
    next(step for step in job if step.phase == "learning")

    job.close()  # type: ignore[attr-defined]

    checkpoint = ended / FOLDER
    assert not checkpoint.exists() or read_standing(ended, make_recipe().digest).seed == 5


@pytest.mark.parametrize("text", ["[1]", '{"tensors": "x"}', "{", '{"epoch": 1}', ""])
def test_that_a_damaged_standing_is_named(dataset: Path, ended: Path, text: str) -> None:
    (ended / FOLDER / STANDING).write_text(text)

    with pytest.raises(ModelError, match=r"standing\.json is damaged"):
        list(train(dataset, make_recipe(), ended, TrainingOptions(epochs=2, resume=True)))


def test_that_a_damaged_checkpoint_is_named_and_leaves_the_model(dataset: Path, ended: Path) -> None:
    (ended / FOLDER / "epoch-1.safetensors").write_bytes(b"damage")

    with pytest.raises(ModelError, match=r"epoch-1\.safetensors can't be used"):
        list(train(dataset, make_recipe(), ended, TrainingOptions(epochs=2, resume=True)))

    load_network(ended, read_card(ended))


def _in_steps_of_an_epoch(monkeypatch: pytest.MonkeyPatch, checkpoint_after: float) -> None:
    """Every look at the course's clock is two seconds later, so that it yields after each step."""
    monkeypatch.setattr("inspector.learning.course.time", SimpleNamespace(monotonic=count(0.0, 2.0).__next__))
    monkeypatch.setattr("inspector.learning.course.CHECKPOINT_SECONDS", checkpoint_after)


def test_that_a_training_stopped_within_an_epoch_goes_on_at_the_same_step(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, options = make_recipe(crop=32), TrainingOptions(epochs=2, seed=1)
    whole = [s.found for s in train(dataset, recipe, tmp_path / "straight", options) if s.found]
    _in_steps_of_an_epoch(monkeypatch, checkpoint_after=1e9)
    job = train(dataset, recipe, tmp_path / "m", options)
    steps = (step for step in job if step.phase == "learning")
    for _ in range(5):
        next(steps)
    job.close()  # type: ignore[attr-defined]
    assert read_standing(tmp_path / "m", recipe.digest).batches == 5

    rest = [s.found for s in train(dataset, recipe, tmp_path / "m", TrainingOptions(resume=True)) if s.found]

    assert rest == whole
    assert read_card(tmp_path / "m").digest == read_card(tmp_path / "straight").digest


def test_that_a_training_killed_within_an_epoch_goes_on_from_its_last_checkpoint(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _epochs(dataset, tmp_path / "straight", TrainingOptions(epochs=1))
    _in_steps_of_an_epoch(monkeypatch, checkpoint_after=15.0)
    job = train(dataset, make_recipe(), tmp_path / "m", TrainingOptions(epochs=1))
    steps = (step for step in job if step.phase == "learning")
    while not (tmp_path / "m" / FOLDER / STANDING).is_file():
        next(steps)
    shutil.copytree(tmp_path / "m" / FOLDER, tmp_path / "saved")
    next(steps)
    job.close()  # type: ignore[attr-defined]
    shutil.rmtree(tmp_path / "m")
    shutil.move(tmp_path / "saved", tmp_path / "m" / FOLDER)
    assert read_standing(tmp_path / "m", make_recipe().digest).batches > 0

    _epochs(dataset, tmp_path / "m", TrainingOptions(resume=True))

    assert read_card(tmp_path / "m").digest == read_card(tmp_path / "straight").digest


def test_that_the_same_command_with_resume_keeps_the_schedule_and_another_budget_begins_one(
    ended: Path,
) -> None:
    standing = read_standing(ended, make_recipe().digest)

    same, longer, timed = plan(1, None, standing, 9), plan(5, None, standing, 9), plan(None, 60.0, standing, 9)

    assert same.done == 1.0
    assert longer.done == CROPS_UNTIL  # its budget was met: no crops again
    assert timed.epochs is None
    assert 0 <= timed.done - CROPS_UNTIL < 0.01
    assert plan(5, None, replace(standing, epochs=4), 9).done == 0.0  # stopped before its end: a schedule of its own


def test_that_a_schedule_may_begin_in_the_middle() -> None:
    assert Budget(5, None, epoch=2.0, from_epoch=1.0).done == 0.25
    assert Budget(5, None, epoch=5.0, from_epoch=5.0).is_spent


def test_that_a_retraining_learns_gently_and_stays_what_it_is_when_it_goes_on(
    dataset: Path, trained: Path, tmp_path: Path
) -> None:
    fresh = _epochs(dataset, tmp_path / "fresh", TrainingOptions(epochs=2))
    first = _epochs(dataset, tmp_path / "m", TrainingOptions(epochs=1, start=trained))
    more = _epochs(dataset, tmp_path / "m", TrainingOptions(epochs=2, resume=True))

    assert first[0].learning_rate == pytest.approx(GOING_ON * fresh[-1].learning_rate)
    assert more[-1].learning_rate == pytest.approx(first[0].learning_rate)
    assert read_card(tmp_path / "m").training.begun_from == read_card(trained).digest
