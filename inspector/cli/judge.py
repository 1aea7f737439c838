"""`inspector judge`: images in, judgements in the record, a table or one JSON object out."""

from __future__ import annotations

import json
import math
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import typer
from numpy.typing import NDArray

from inspector import paths
from inspector.cli.show import StoppedError, console, find_recipe, follow
from inspector.exchange.retention import drop_orphans, drop_own_copy
from inspector.imaging.heat import COLD_BELOW, hot_box, shown_evidence
from inspector.imaging.part_file import clear_left_behind
from inspector.imaging.source import Fingerprint
from inspector.imaging.sources.stamp import same_image
from inspector.imaging.sources.wafers_below import wafer_key, wafers_below
from inspector.imaging.wafer_image import WaferImage
from inspector.inspection import Before, Note, Prepared, inspect, inspect_source, other_scale
from inspector.records.models import active_model, model_in_use
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.wafer.errors import ImageError, ImageSpoiltError, InspectorError, ModelError, printable
from inspector.wafer.grid import WaferKey
from inspector.wafer.judgement import Classifier
from inspector.wafer.progress import Job, Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.review import ReviewReason


@dataclass(frozen=True)
class Judging:
    """The options of `inspector judge`, as the user gave them."""

    recipe: str
    model: Path | None
    record: str | None
    lot: str | None
    wafer: str | None
    device: str


def judge_images(given: list[Path], options: Judging, as_json: bool) -> int:
    """Judge every image; an image that can't be judged is named on stderr and the others go on. Returns exit code."""
    recipe = find_recipe(options.recipe)
    images = list(_images(given, recipe))
    if options.wafer is not None and len(images) > 1:
        raise ImageError(f"--wafer names one wafer, but {len(images)} images were given: leave it out or give one.")
    model = model_folder(options.model, recipe, options.record)
    started = time.monotonic()
    from inspector.learning.classifier import load_classifier  # torch: only once everything else is known to be right
    from inspector.learning.device import pick_device

    classifier = load_classifier(model, recipe, options.device)
    judged, failed = [], 0
    with ExitStack() as stack:
        record = stack.enter_context(Record.open(options.record or _passing_record(stack)))
        drop_orphans(record)
        for number, image in enumerate(images, start=1):
            named = wafer_key(image, options.lot)
            key = WaferKey(named.lot, options.wafer or named.wafer)
            title = f"[{number}/{len(images)}] {key.wafer}"
            try:
                for _ in follow(judge_image(record, image, key, recipe, classifier), title):
                    pass
                judged.append(_image_json(record, image, key, recipe, classifier, with_heat=as_json))
            except InspectorError as error:
                failed += 1
                if len(images) == 1 or isinstance(error, StoppedError):
                    raise
                typer.echo(f"inspector: {printable(error)}", err=True)
    if judged:
        tell(other_scale(recipe, classifier))
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        facts = {"recipe": recipe.name, "model": printable(model), "device": pick_device(options.device)}
        typer.echo(json.dumps(facts | {"seconds": seconds, "images": judged}, ensure_ascii=False, allow_nan=False))
    else:
        _print_summary(judged, seconds)
    return 1 if failed else 0


def judge_image(record: Record, source: Path, key: WaferKey, recipe: Recipe, classifier: Classifier) -> Job[int]:
    """Read and judge one image; each batch is on disk when it is yielded. Chips judged before are left alone."""
    entry = _known(record, source, key, recipe)
    copy = record.images_folder / (entry.copy_name if entry else f"{uuid4().hex}.tif")
    skip = record.judged_chips(key, classifier.facts.digest) if entry else set()
    if entry is not None and entry.sha256 and copy.exists():
        with WaferImage.open(copy) as image:
            for batch in inspect(image, entry.placed, classifier, skip):
                if batch.found is not None:
                    record.add_judgements(key, classifier.facts, batch.found, entry.placed)
                    yield Progress(batch.done, batch.total, len(batch.found), batch.seconds_left, batch.phase)
        return
    clear_left_behind(record.images_folder)
    before = Before(entry.placed, entry.sha256, skip) if entry else None
    try:
        yield from _read_and_judge(record, source, key, copy, recipe, classifier, before)
    except ImageSpoiltError as error:
        entry = record.wafer(key)
        if entry is not None and not entry.sha256:
            record.withdraw_wafer(key, str(error))
        raise
    finally:
        drop_own_copy(record, key, copy)


def _known(record: Record, source: Path, key: WaferKey, recipe: Recipe) -> WaferEntry | None:
    """The wafer as the record knows it. ImageError where that is another image, or was judged by another recipe."""
    entry = record.wafer(key)
    if entry is None:
        return None
    if not same_image(source, recipe, entry.sha256, entry.stamp):
        if not entry.sha256:
            record.withdraw_wafer(key, f"{printable(source)} changed before it was read whole.")
            return None
        raise ImageError(
            f"Wafer {key.wafer} of lot {key.lot} is in the record with another image than {source}: "
            "give another --lot or --wafer."
        )
    if not recipe_from_json(entry.recipe_json).judges_like(recipe):
        raise ImageError(
            f"Wafer {key.wafer} of lot {key.lot} is in the record with another recipe: give another --lot or --wafer."
        )
    return entry


def _read_and_judge(
    record: Record,
    source: Path,
    key: WaferKey,
    copy: Path,
    recipe: Recipe,
    classifier: Classifier,
    before: Before | None,
) -> Job[int]:
    placed = None
    with closing(inspect_source(source, copy, recipe, classifier, before)) as steps:
        for step in steps:
            found, count = step.found, None
            if isinstance(found, Prepared):
                placed = found.placed
                for note in found.notes:
                    tell(f"{key.wafer}: {note}")
                record.add_wafer(_entry(key, source, copy, recipe, found))
            elif isinstance(found, Note):
                tell(found.text)
            elif isinstance(found, Fingerprint):
                if placed is not None:
                    record.finish_wafer(key, found.sha256)
            elif found is not None:
                record.add_judgements(key, classifier.facts, found, placed)
                count = len(found)
            yield Progress(step.done, step.total, count, step.seconds_left, step.phase)


def _entry(key: WaferKey, source: Path, copy: Path, recipe: Recipe, prepared: Prepared) -> WaferEntry:
    return WaferEntry(
        key,
        printable(source.absolute()),
        prepared.sha256,
        recipe.model_dump_json(),
        prepared.placed,
        copy.name,
        datetime.now(UTC),
        prepared.stamp,
    )


def _images(given: list[Path], recipe: Recipe) -> Iterator[Path]:
    for path in given:
        found = wafers_below(path, recipe)
        if not found:
            raise ImageError(f"The folder {path} holds no images: name a folder of PNG, JPEG or TIFF files.")
        yield from found


def tell(sentence: str) -> None:
    """Something to know, on stderr; nothing where there is nothing to say."""
    if sentence:
        typer.echo(f"inspector: {printable(sentence)}", err=True)


def model_folder(given: Path | None, recipe: Recipe, record_url: str | None = None) -> Path:
    """The model that judges a recipe's chips: the given folder, else the one that was activated in the record, else the
    shipped one. ModelError without any, or where the activated one is gone."""
    if given is not None:
        return given
    folder = paths.shipped_model(recipe.name)
    if record_url is not None:
        with Record.open(record_url) as record:
            if active_model(record, recipe.name) is not None:
                return model_in_use(record, recipe.name) or folder
    if not folder.is_dir():
        raise ModelError(f"No model is shipped for the recipe {recipe.name}: train one and name it with --model DIR.")
    return folder


def _passing_record(stack: ExitStack) -> str:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="inspector-"))
    return f"sqlite:///{(Path(folder) / 'passing.db').as_posix()}"


def _image_json(
    record: Record, source: Path, key: WaferKey, recipe: Recipe, classifier: Classifier, *, with_heat: bool
) -> dict[str, Any]:
    entry = record.wafer(key)
    assert entry is not None, "a judged wafer is in the record"
    names = classifier.facts.classes
    chips = []
    for judgement in record.judgements(key).values():
        about: dict[str, Any] = {"column": judgement.chip.column, "row": judgement.chip.row}
        if recipe.is_whole:
            about["file"] = printable(source)
        corners = entry.placed.corners(judgement.chip).round(3).tolist()
        about |= _judgement_json(judgement, recipe, names)
        evidence = record.evidence(key, judgement.chip) if with_heat else None
        hot = None if evidence is None else _hot_box(judgement, evidence, recipe, entry.placed.grid.chip)
        chips.append(about | {"corners": corners, "peak": _peak(judgement), "hot_box": hot})
    return {"image": printable(source), "lot": key.lot, "wafer": key.wafer, "chips": chips}


def _judgement_json(judgement: StoredJudgement, recipe: Recipe, names: tuple[str, ...]) -> dict[str, Any]:
    classes, name = recipe.class_set, judgement.class_name
    reason = judgement.reason(recipe)
    row = [round(float(p), 6) for p in judgement.probabilities]
    return {
        "class": name,
        "verdict": classes[name].verdict.value if name else None,
        "probability": row[names.index(name)] if name else None,
        "p_defect": round(judgement.p_defect, 6) if math.isfinite(judgement.p_defect) else None,
        "probabilities": dict(zip(names, row, strict=True)),
        "review": reason.value if reason else None,
        "reason": reason.value if reason else None,
        "novelty": round(judgement.novelty, 4) if math.isfinite(judgement.novelty) else None,
    }


def _peak(judgement: StoredJudgement) -> list[float]:
    return [round(judgement.peak[0], 2), round(judgement.peak[1], 2)]


def _hot_box(
    judgement: StoredJudgement, evidence: NDArray[np.uint8], recipe: Recipe, size: tuple[float, float]
) -> list[float] | None:
    """Where the defect that was judged is hot; on a good chip, where any defect is more than faintly so."""
    shown = shown_evidence(evidence, judgement.class_name, recipe.class_set)
    fails = judgement.class_name is not None and not recipe.class_set[judgement.class_name].is_good
    if not fails and int(shown.max()) < COLD_BELOW:
        return None
    box = hot_box(shown, size, judgement.peak if fails else None)
    return None if box is None else [round(v, 2) for v in box]


def _wanted(asked: str, reasons: Counter[str | None]) -> str:
    number = reasons.total() - reasons[None]
    return f"{number} want eyes" + (f" ({asked})" if asked else "")


def _print_summary(judged: list[dict[str, Any]], seconds: float) -> None:
    for image in judged:
        counts = Counter(chip["class"] or "undecided" for chip in image["chips"])
        reasons = Counter(chip["reason"] for chip in image["chips"])
        asked = ", ".join(f"{reasons[name]} {name}" for name in ReviewReason if reasons[name])
        listed = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        typer.echo(
            f"{image['lot']} / {image['wafer']}: {len(image['chips'])} chips: {listed}; {_wanted(asked, reasons)}"
        )
    console.print(f"{len(judged)} image(s) in {seconds:.1f} s")
