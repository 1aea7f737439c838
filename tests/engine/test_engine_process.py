"""The engine's process: judges, stops, dies, comes back; nothing lost, nothing judged twice."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector import paths
from inspector.engine.events import (
    ChipsJudged,
    EngineDied,
    Event,
    InspectRequest,
    JobFailed,
    JobFinished,
    WaferPrepared,
)
from inspector.engine.link import EngineLink
from inspector.imaging.synthetic import synthesize
from inspector.wafer.grid import ChipId
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

pytestmark = pytest.mark.slow
_LONG_S = 120.0


@pytest.fixture(scope="module")
def wafer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recipe]:
    """A synthetic laser wafer of 4x2 chips and the recipe that fits it."""
    folder = tmp_path_factory.mktemp("wafer")
    recipe = read_recipe(paths.resource("recipes", "laser-wafer.toml"))
    for _ in synthesize(folder, recipe, wafers=1, seed=8, columns=4, rows=2, chip=256):
        pass
    (image,) = folder.glob("*.tif")
    return image, read_recipe(folder / "recipe.toml")


@pytest.fixture
def link() -> Iterator[EngineLink]:
    link = EngineLink()
    yield link
    link.close()


def _request(wafer: tuple[Path, Recipe], tmp_path: Path, batch: int = 2) -> InspectRequest:
    image, recipe = wafer
    model = paths.shipped_model("laser-wafer")
    return InspectRequest(
        image, recipe.model_dump_json(), model, "L", "W", tmp_path / "copy.tif", device="cpu", batch=batch
    )


def _follow(link: EngineLink, until: Callable[[Event], bool], written: Counter[ChipId]) -> list[Event]:
    """Act as the window does: write each batch, say so, and stop listening at the first event that fits."""
    events: list[Event] = []
    end = time.monotonic() + _LONG_S
    while time.monotonic() < end:
        for event in link.poll():
            events.append(event)
            if isinstance(event, ChipsJudged):
                written.update(chip for chip, _ in event.judged)
                link.written(event.job, [chip for chip, _ in event.judged])
            if until(event):
                return events
        time.sleep(0.02)
    raise AssertionError(f"nothing fitted within {_LONG_S:.0f} s; heard {[type(e).__name__ for e in events]}")


def _is_end(event: Event) -> bool:
    return isinstance(event, JobFinished | JobFailed)


def test_that_a_killed_engine_comes_back_and_judges_each_chip_exactly_once(
    link: EngineLink, wafer: tuple[Path, Recipe], tmp_path: Path
) -> None:
    written: Counter[ChipId] = Counter()
    link.inspect(_request(wafer, tmp_path))
    _follow(link, lambda e: isinstance(e, ChipsJudged), written)
    assert link.pid is not None

    os.kill(link.pid, signal.SIGKILL)
    killed = time.monotonic()
    events = _follow(link, lambda e: isinstance(e, EngineDied), written)
    noticed = time.monotonic() - killed
    events += _follow(link, _is_end, written)

    assert noticed < 1.0
    assert any(isinstance(e, EngineDied) and e.restarting for e in events)
    assert events[-1] == JobFinished(1, stopped=False)
    assert len(written) == 8
    assert set(written.values()) == {1}


def test_that_a_job_stops_after_its_present_batch_and_the_engine_takes_the_next_job(
    link: EngineLink, wafer: tuple[Path, Recipe], tmp_path: Path
) -> None:
    written: Counter[ChipId] = Counter()
    link.inspect(_request(wafer, tmp_path, batch=1))
    events = _follow(link, lambda e: isinstance(e, ChipsJudged), written)
    prepared = next(e for e in events if isinstance(e, WaferPrepared))

    link.stop_job()
    events = _follow(link, _is_end, written)
    assert events[-1] == JobFinished(1, stopped=True)
    assert 0 < len(written) < 8

    rest = _request(wafer, tmp_path)
    link.inspect(
        InspectRequest(
            rest.source, rest.recipe_json, rest.model, "L", "W", rest.copy, frozenset(written), "cpu", prepared.placed
        )
    )
    events = _follow(link, _is_end, written)

    assert events[-1] == JobFinished(2, stopped=False)
    assert len(written) == 8
    assert set(written.values()) == {1}


def test_that_a_bad_image_fails_its_job_with_one_sentence_and_leaves_the_engine_alive(
    link: EngineLink, wafer: tuple[Path, Recipe], tmp_path: Path
) -> None:
    bad = tmp_path / "not-an-image.png"
    bad.write_text("hello")
    request = _request(wafer, tmp_path)
    link.inspect(InspectRequest(bad, request.recipe_json, request.model, "L", "W", request.copy, device="cpu"))

    events = _follow(link, _is_end, Counter())

    failed = events[-1]
    assert isinstance(failed, JobFailed)
    assert "not-an-image.png" in failed.message
    assert not request.copy.exists()
    assert not any(isinstance(e, EngineDied) for e in events)


def test_that_an_engine_killed_three_times_on_the_same_chip_leaves_it_undecided_and_goes_on(
    link: EngineLink, wafer: tuple[Path, Recipe], tmp_path: Path
) -> None:
    written: Counter[ChipId] = Counter()
    link.inspect(_request(wafer, tmp_path, batch=1))
    _follow(link, lambda e: isinstance(e, ChipsJudged), written)
    deadly = ChipId(3, 0)
    undecided: list[ChipId] = []
    events: list[Event] = []

    def write(event: Event) -> None:
        if isinstance(event, ChipsJudged):
            written.update(chip for chip, _ in event.judged)
            undecided.extend(chip for chip, judgement in event.judged if judgement.class_name is None)
            link.written(event.job, [chip for chip, _ in event.judged])

    end = time.monotonic() + _LONG_S
    while time.monotonic() < end and not (events and _is_end(events[-1])):
        for event in link.poll():
            events.append(event)
            reached = isinstance(event, ChipsJudged) and event.judged[0][0] == deadly
            if reached and event.judged[0][1].class_name is not None and link.pid is not None:
                os.kill(link.pid, signal.SIGKILL)  # the chip's judgement never reaches the disk
                break
            write(event)
        time.sleep(0.02)

    assert events[-1] == JobFinished(1, stopped=False)
    assert undecided == [deadly]
    assert len(written) == 8
    assert set(written.values()) == {1}
