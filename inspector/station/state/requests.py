"""What the engine is asked for one image: all of it where the wafer is new, else what the record still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

from inspector.engine.events import InspectRequest
from inspector.records.record import Record
from inspector.station.state.recipes_for_lists import model_digest
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json


@dataclass(frozen=True)
class ImageToJudge:
    """One image in the line."""

    source: Path
    key: WaferKey
    recipe: Recipe
    model: Path


def first_request(record: Record, image: ImageToJudge) -> InspectRequest | None:
    """To copy, align and judge an image; None where its wafer is in the record already."""
    if record.wafer(image.key) is not None:
        return None
    copy = record.images_folder / f"{uuid4().hex}.tif"
    return InspectRequest(
        image.source, image.recipe.model_dump_json(), image.model, image.key.lot, image.key.wafer, copy
    )


def request_to_go_on(record: Record, image: ImageToJudge, sha256: str) -> InspectRequest:
    """To judge the chips of a wafer of the record that this model has not judged; its copy is made anew if it is gone.

    sha256: of the image's file as it is now. ImageError where the record holds another image or another recipe.
    """
    entry = record.wafer(image.key)
    if entry is None or sha256 != entry.sha256:
        raise ImageError(_other_image(image))
    if not recipe_from_json(entry.recipe_json).judges_like(image.recipe):
        raise ImageError(_other_recipe(image.key))
    copy = record.images_folder / entry.copy_name
    there = copy.is_file()
    return InspectRequest(
        image.source,
        entry.recipe_json,
        image.model,
        image.key.lot,
        image.key.wafer,
        copy,
        frozenset(record.judged_chips(image.key, model_digest(image.model))),
        placed=entry.placed if there else None,
        sha256=entry.sha256 if there else "",
    )


def _other_image(image: ImageToJudge) -> str:
    return QCoreApplication.translate(
        "Judging",
        "Wafer {wafer} of lot {lot} is in the record with another image than {file}: open it under another lot name.",
    ).format(wafer=image.key.wafer, lot=image.key.lot, file=image.source.name)


def _other_recipe(key: WaferKey) -> str:
    return QCoreApplication.translate(
        "Judging", "Wafer {wafer} of lot {lot} is in the record with another recipe: give another lot or wafer name."
    ).format(wafer=key.wafer, lot=key.lot)
