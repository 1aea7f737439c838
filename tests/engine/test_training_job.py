"""A training in the engine's process: curve, stop that keeps the best, comparison, death and going on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_product import make_recipe, write_dataset

from inspector.engine.events import (
    EngineDied,
    EpochDone,
    Event,
    JobFailed,
    JobFinished,
    JobNote,
    JobProgress,
    ModelReady,
    TrainRequest,
)
from inspector.engine.link import EngineLink
from inspector.engine.train_job import train_job
from inspector.wafer.manifest import read_dataset, write_manifest
from inspector.wafer.model_folder import read_model_folder

_LONG_S = 120.0
_RECIPE = make_recipe(learning_rate=4e-3)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """72 chips of 4 lots, of which L3 is for testing: as an export is."""
    folder = write_dataset(tmp_path_factory.mktemp("export") / "labels", per_class=24)
    examples = read_dataset(folder)
    write_manifest(folder, [replace(e, split="test" if e.lot == "L3" else "train") for e in examples])
    return folder


def _request(dataset: Path, folder: Path, **more: object) -> TrainRequest:
    asked = TrainRequest(dataset, _RECIPE.model_dump_json(), folder / "training", folder / "home", device="cpu")
    return replace(asked, **{"epochs": 2} | more)  # type: ignore[arg-type]


def _of(kind: type[Event], events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def test_that_a_training_tells_each_epoch_and_brings_a_compared_model(dataset: Path, tmp_path: Path) -> None:
    events = list(train_job(7, _request(dataset, tmp_path), lambda: 0))

    assert [e.epoch for e in _of(EpochDone, events)] == [1, 2]  # type: ignore[attr-defined]
    assert {"learning", "comparing"} <= {e.phase for e in _of(JobProgress, events)}  # type: ignore[attr-defined]
    ready = events[-1]
    assert isinstance(ready, ModelReady)
    model = read_model_folder(ready.folder)
    assert (ready.folder.parent, model.digest) == (tmp_path / "home", ready.digest)
    assert ready.folder.name.endswith(ready.digest[:12])
    assert model.is_whole()
    found = model.comparison()
    assert found is not None
    assert (found.unseen, found.before, found.after, len(found.chips)) == ("test", "", ready.digest, 18)
    assert {c.lot for c in found.chips} == {"L3"}


def test_that_a_second_model_is_compared_with_the_present_one_and_neither_is_overwritten(
    dataset: Path, tmp_path: Path
) -> None:
    first = list(train_job(1, _request(dataset, tmp_path, epochs=1), lambda: 0))[-1]
    assert isinstance(first, ModelReady)
    kept = {p.name: p.read_bytes() for p in first.folder.iterdir()}
    asked = _request(dataset, tmp_path, out=tmp_path / "again", start=first.folder, present=first.folder, seed=1)

    second = list(train_job(2, asked, lambda: 0))[-1]

    assert isinstance(second, ModelReady)
    found = read_model_folder(second.folder).comparison()
    assert found is not None
    assert (found.before, found.before_saw) == (first.digest, ())
    assert {p.name: p.read_bytes() for p in first.folder.iterdir()} == kept
    assert read_model_folder(second.folder).part("training")["begun_from"] == first.digest


def test_that_a_stop_keeps_the_best_so_far_and_still_compares_and_a_second_stop_does_not(
    dataset: Path, tmp_path: Path
) -> None:
    for number, stops in enumerate((1, 2)):
        events = []
        asked = _request(dataset, tmp_path / str(number), epochs=100)
        for event in train_job(1, asked, lambda events=events, stops=stops: stops * bool(_of(EpochDone, events))):
            events.append(event)

        ready = events[-1]
        assert isinstance(ready, ModelReady)
        assert len(_of(EpochDone, events)) == 1
        assert (read_model_folder(ready.folder).comparison() is not None) is (stops == 1)

    more = list(train_job(2, replace(asked, resume=True, epochs=2), lambda: 0))

    assert [e.epoch for e in _of(EpochDone, more)] == [2]  # type: ignore[attr-defined]


def test_that_a_stop_before_the_first_step_brings_no_model(dataset: Path, tmp_path: Path) -> None:
    events = list(train_job(1, _request(dataset, tmp_path), lambda: 1))

    assert not _of(ModelReady, events)
    assert not (tmp_path / "home").exists()


def test_that_calibration_on_lots_of_their_own_goes_into_the_model_and_what_does_not_do_is_told(
    dataset: Path, tmp_path: Path
) -> None:
    other = write_dataset(tmp_path / "other", per_class=12, seed=5, lot_letter="M")

    events = list(train_job(1, _request(dataset, tmp_path, calibrate_on=other), lambda: 0))
    ready = events[-1]
    assert isinstance(ready, ModelReady)
    assert read_model_folder(ready.folder).part("calibration")["lots"] == ["M0", "M1", "M2", "M3"]
    assert not _of(JobNote, events)

    asked = _request(dataset, tmp_path / "b", epochs=1, calibrate_on=dataset)
    events = list(train_job(1, asked, lambda: 0))

    (note,) = _of(JobNote, events)
    assert "has lots that the model learned from" in note.message  # type: ignore[attr-defined]
    assert isinstance(events[-1], ModelReady)


def test_that_without_a_test_part_the_chips_kept_back_are_compared_and_called_so(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "labels", per_class=12)

    events = list(train_job(1, _request(folder, tmp_path, epochs=1), lambda: 0))

    ready = events[-1]
    assert isinstance(ready, ModelReady)
    found = read_model_folder(ready.folder).comparison()
    assert found is not None
    assert found.unseen == "checked"


@pytest.fixture
def link() -> Iterator[EngineLink]:
    link = EngineLink(yields=0)  # on a busy machine a polite one would wait long
    yield link
    link.close()


def _follow(link: EngineLink, until: Callable[[Event], bool]) -> list[Event]:
    events: list[Event] = []
    end = time.monotonic() + _LONG_S
    while time.monotonic() < end:
        for event in link.poll():
            events.append(event)
            if until(event):
                return events
        time.sleep(0.02)
    raise AssertionError(f"nothing fitted within {_LONG_S:.0f} s; heard {[type(e).__name__ for e in events]}")


@pytest.mark.slow
def test_that_a_killed_training_goes_on_from_its_checkpoint_and_a_stop_ends_it(
    link: EngineLink, dataset: Path, tmp_path: Path
) -> None:
    link.train(_request(dataset, tmp_path, epochs=200))
    _follow(link, lambda e: isinstance(e, EpochDone) and e.epoch == 2)
    assert link.pid is not None

    os.kill(link.pid, signal.SIGKILL)
    events = _follow(link, lambda e: isinstance(e, EpochDone))
    link.stop_job()
    events += _follow(link, lambda e: isinstance(e, JobFinished | JobFailed))

    assert any(isinstance(e, EngineDied) and e.restarting for e in events)
    assert next(e.epoch for e in _of(EpochDone, events)) >= 2  # type: ignore[attr-defined]
    assert isinstance(events[-2], ModelReady)
    assert events[-1] == JobFinished(1, stopped=True)


@pytest.mark.slow
def test_that_a_dataset_that_can_not_be_learned_from_fails_with_one_sentence(link: EngineLink, tmp_path: Path) -> None:
    link.train(_request(tmp_path / "nowhere", tmp_path))

    failed = _follow(link, lambda e: isinstance(e, JobFinished | JobFailed))[-1]

    assert isinstance(failed, JobFailed)
    assert "nowhere is not a folder" in failed.message
