"""Learns, calibrates, compares with the model in use, and puts the finished model into a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from inspector.engine.events import EpochDone, Event, JobNote, JobProgress, ModelReady, TrainRequest
from inspector.learning.contest import compare_models
from inspector.learning.model_card import CARD, WEIGHTS, ModelCard, make_folder, read_card, replace_file
from inspector.learning.recalibration import RecalibrationOptions, calibrate
from inspector.learning.training import TrainingOptions, train
from inspector.wafer.errors import DatasetError, InspectorError, ModelError
from inspector.wafer.model_folder import COMPARISON
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json

_CALIBRATED = "calibrated"


def train_job(job: int, request: TrainRequest, stops: Callable[[], int]) -> Generator[Event, None, None]:
    """Yields EpochDone after each epoch and ModelReady once the model lies in `request.home`, compared.

    stops: how often somebody has asked to stop: once ends the learning and keeps the best so far, twice leaves the
    comparison out too. Closing the generator keeps the checkpoint. Errors as `train`.
    """
    recipe = recipe_from_json(request.recipe_json)
    had = _card_digest(request.out)
    yield from _learn(job, request, recipe, stops)
    digest = _card_digest(request.out)
    if not digest or (digest == had and not request.resume):
        return  # stopped before there was anything to keep
    model = request.out
    if request.calibrate_on is not None and not stops():
        model = yield from _calibrate(job, request, recipe)
    folder = _published(model, request.home)
    if stops() < 2 and not (folder / COMPARISON).is_file():
        yield from _compare(job, request, folder)
    yield ModelReady(job, folder, read_card(folder).digest)


def _learn(job: int, request: TrainRequest, recipe: Recipe, stops: Callable[[], int]) -> Generator[Event, None, None]:
    options = TrainingOptions(
        request.epochs,
        request.minutes,
        request.device,
        request.seed,
        request.resume,
        request.command,
        request.start,
        request.also,
    )
    with closing(train(request.dataset, recipe, request.out, options)) as steps:
        for step in steps:
            yield JobProgress(job, step.phase, step.done, step.total, step.seconds_left)
            if step.found is not None:
                e = step.found
                yield EpochDone(job, e.epoch, e.loss, e.accuracy, e.pass_fail_accuracy, e.macro_recall, best=e.best)
            if stops():
                return


def _calibrate(job: int, request: TrainRequest, recipe: Recipe) -> Generator[Event, None, Path]:
    """The model calibrated on lots of their own, else as it was; a dataset that does not do is only told."""
    assert request.calibrate_on is not None
    out = request.out / _CALIBRATED
    options = RecalibrationOptions(recipe=recipe, out=out, device=request.device, command=request.command)
    try:
        with closing(calibrate(request.out, request.calibrate_on, options)) as steps:
            for step in steps:
                yield JobProgress(job, step.phase, step.done, step.total, step.seconds_left)
    except (DatasetError, ModelError) as error:
        yield JobNote(job, f"Not calibrated on {request.calibrate_on.name}: {error}")
        return request.out
    return out


def _compare(job: int, request: TrainRequest, folder: Path) -> Generator[Event, None, None]:
    try:
        with closing(
            compare_models(request.dataset, folder, request.present, device=request.device, seed=request.seed)
        ) as steps:
            for step in steps:
                yield JobProgress(job, step.phase, step.done, step.total, step.seconds_left)
                if step.found is not None:
                    text = json.dumps(step.found.to_json(), ensure_ascii=False, allow_nan=False, indent=1)
                    replace_file(folder / COMPARISON, text.encode())
    except InspectorError as error:
        yield JobNote(job, f"Not compared: {error}")


def _published(model: Path, home: Path) -> Path:
    """A copy of the finished model in a folder of its own; a model that is there already is left as it is."""
    card = read_card(model)
    folder = home / _name(card)
    if not (folder / CARD).is_file():
        make_folder(folder)
        try:
            shutil.copyfile(model / WEIGHTS, folder / f"{WEIGHTS}.part")
            (folder / f"{WEIGHTS}.part").replace(folder / WEIGHTS)
            replace_file(folder / CARD, (model / CARD).read_bytes())  # last: a folder with a card is whole
        except OSError as error:
            raise ModelError(f"The model can't be kept in {folder} ({error.strerror}): make room there.") from error
    return folder


def _name(card: ModelCard) -> str:
    """Date and digest: sorts by age, and two models never share a folder."""
    date = card.training.date.replace("-", "").replace(":", "")[:15].replace("T", "-")
    return f"{date}-{card.digest[:12]}"


def _card_digest(folder: Path) -> str:
    return read_card(folder).digest if (folder / CARD).is_file() else ""
