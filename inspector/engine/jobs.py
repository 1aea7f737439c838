"""The jobs that the engine runs: each a generator that yields what it found and can be closed between two yields."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from inspector.engine.events import (
    ChipsJudged,
    Event,
    InspectRequest,
    JobNote,
    JobProgress,
    ModelLoaded,
    WaferPrepared,
    WaferRead,
)
from inspector.imaging.part_file import clear_left_behind
from inspector.imaging.source import Fingerprint
from inspector.imaging.wafer_image import WaferImage
from inspector.inspection import Before, Note, Prepared, inspect, inspect_source, other_scale
from inspector.learning.classifier import load_classifier
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.judgement import Classifier
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json

Events = Generator[Event, None, None]


class Models:
    """Keeps the last classifier loaded, so that a queue of wafers loads its model once."""

    def __init__(self) -> None:
        self._key: tuple[str, str, str] | None = None
        self._classifier: Classifier | None = None
        self._told: set[str] = set()

    def told_once(self, sentence: str) -> str:
        """The sentence the first time, "" afterwards: every wafer of a queue would say the same."""
        known = sentence in self._told
        self._told.add(sentence)
        return "" if known else sentence

    def get(self, folder: Path, recipe: Recipe, device: str) -> Classifier:
        """The classifier for a model folder; loaded anew when the card has changed. ModelError as load_classifier."""
        card = folder / "card.json"
        stamp = str(card.stat().st_mtime_ns) if card.is_file() else ""
        key = (f"{folder}|{stamp}", recipe.digest, device)
        if self._classifier is None or key != self._key:
            self._classifier = load_classifier(folder, recipe, device)
            self._key = key
        return self._classifier


def inspect_job(job: int, request: InspectRequest, models: Models) -> Events:
    """Read one image and judge its chips; yields WaferPrepared, ChipsJudged for each batch, WaferRead in between."""
    recipe = recipe_from_json(request.recipe_json)
    yield JobProgress(job, "loading", 0, 1, None)
    classifier = models.get(request.model, recipe, request.device)
    yield ModelLoaded(job, classifier.facts, classifier.facts.device)
    if scale := models.told_once(other_scale(recipe, classifier)):
        yield JobNote(job, scale)
    if request.placed is not None and request.sha256 and request.copy.is_file():
        yield from _judge_copy(job, request, request.placed, classifier)
    else:
        yield from _judge_source(job, request, recipe, classifier)


def _judge_source(job: int, request: InspectRequest, recipe: Recipe, classifier: Classifier) -> Events:
    request.copy.parent.mkdir(parents=True, exist_ok=True)
    clear_left_behind(request.copy.parent)
    before = None if request.placed is None else Before(request.placed, request.sha256, request.skip)
    steps = inspect_source(request.source, request.copy, recipe, classifier, before, request.batch)
    with closing(steps):
        for step in steps:
            found = step.found
            if found is None:
                yield JobProgress(job, step.phase, step.done, step.total, step.seconds_left)
            elif isinstance(found, Prepared):
                yield WaferPrepared(job, found.sha256, found.placed, request.copy.name, found.stamp)
                for note in found.notes:
                    yield JobNote(job, f"{request.wafer}: {note}")
            elif isinstance(found, Note):
                yield JobNote(job, found.text)
            elif isinstance(found, Fingerprint):
                yield WaferRead(job, found.sha256)
            else:
                yield ChipsJudged(job, classifier.facts, found, step.done, step.total, step.seconds_left)


def _judge_copy(job: int, request: InspectRequest, placed: PlacedGrid, classifier: Classifier) -> Events:
    with (
        WaferImage.open(request.copy) as image,
        closing(inspect(image, placed, classifier, request.skip, request.batch)) as steps,
    ):
        for step in steps:
            if step.found is not None:
                yield ChipsJudged(job, classifier.facts, step.found, step.done, step.total, step.seconds_left)
