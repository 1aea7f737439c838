"""The jobs that the engine runs: each a generator that yields what it found and can be closed between two yields."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from inspector.engine.events import ChipsJudged, Event, InspectRequest, JobProgress, ModelLoaded, WaferPrepared
from inspector.imaging.wafer_image import WaferImage
from inspector.inspection import inspect, prepare
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
    """Prepare one image and judge its chips; yields WaferPrepared, then ChipsJudged for each batch."""
    recipe = recipe_from_json(request.recipe_json)
    yield JobProgress(job, "loading", 0, 1, None)
    classifier = models.get(request.model, recipe, request.device)
    yield ModelLoaded(job, classifier.facts, classifier.facts.device)
    placed = request.placed
    if placed is None:
        for event in _prepare(job, request, recipe):
            if isinstance(event, WaferPrepared):
                placed = event.placed
            yield event
    assert placed is not None, "prepare ends with the placed grid"
    yield from _judge(job, request, placed, classifier)


def _prepare(job: int, request: InspectRequest, recipe: Recipe) -> Events:
    request.copy.parent.mkdir(parents=True, exist_ok=True)
    with closing(prepare(request.source, request.copy, recipe)) as steps:
        for step in steps:
            if step.found is None:
                yield JobProgress(job, step.phase, step.done, step.total, step.seconds_left)
            else:
                yield WaferPrepared(job, step.found.fingerprint.sha256, step.found.placed, request.copy.name)


def _judge(
    job: int, request: InspectRequest, placed: PlacedGrid, classifier: Classifier
) -> Generator[Event, None, None]:
    with WaferImage.open(request.copy) as image:
        steps = inspect(image, placed, classifier, request.skip, request.batch)
        with closing(steps):
            for step in steps:
                assert step.found is not None, "every step of inspect carries a batch"
                yield ChipsJudged(job, classifier.facts, step.found, step.done, step.total, step.seconds_left)
