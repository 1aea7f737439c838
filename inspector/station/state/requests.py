"""What the engine is asked for one image: all of it where the wafer is new, else what the record still lacks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

from inspector.engine.events import InspectRequest, WaferPrepared
from inspector.exchange.retention import drop_own_copy
from inspector.records.record import Record, WaferEntry
from inspector.station.state.recipes_for_lists import model_digest
from inspector.wafer.errors import ImageError, RecordError, printable
from inspector.wafer.grid import PlacedGrid, WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json


@dataclass(frozen=True)
class ImageToJudge:
    """One image in the line. from_copy: its working copy stands for it, so the source is not compared."""

    source: Path
    key: WaferKey
    recipe: Recipe
    model: Path
    from_copy: bool = False


@dataclass(frozen=True)
class DoubtfulImage:
    """An image that was refused because nobody can be sure where its grid lies. best: the likeliest place."""

    image: ImageToJudge
    best: PlacedGrid


def entry_of(image: ImageToJudge, placed: PlacedGrid, sha256: str, copy: Path) -> WaferEntry:
    """What the record keeps of an image that was read here: its working copy lies at `copy`."""
    source, recipe_json = printable(image.source.absolute()), image.recipe.model_dump_json()
    return WaferEntry(image.key, source, sha256, recipe_json, placed, copy.name, datetime.now(UTC))


def entry_as_read(image: ImageToJudge, request: InspectRequest, read: WaferPrepared) -> WaferEntry:
    """What the record keeps of an image that the engine has read, or begun to read, as it was asked."""
    source, added = printable(image.source.absolute()), datetime.now(UTC)
    return WaferEntry(
        image.key, source, read.sha256, request.recipe_json, read.placed, read.copy_name, added, read.stamp
    )


def first_request(record: Record, image: ImageToJudge) -> InspectRequest | None:
    """To copy, align and judge an image; None where its wafer is in the record already."""
    if record.wafer(image.key) is not None:
        return None
    copy = record.images_folder / f"{uuid4().hex}.tif"
    return InspectRequest(
        image.source, image.recipe.model_dump_json(), image.model, image.key.lot, image.key.wafer, copy
    )


def request_to_go_on(record: Record, image: ImageToJudge, same: bool) -> InspectRequest:
    """To judge the chips of a wafer of the record that this model has not judged; its copy is made anew if it is gone.

    same: the image's file is the one that the record knows. One that was never read whole and has changed since is
    judged anew; ImageError for another image otherwise, and for another recipe.
    """
    entry = record.wafer(image.key)
    if entry is not None and not entry.sha256 and not same:
        record.withdraw_wafer(image.key, f"{printable(image.source)} changed before it was read whole.")
        anew = first_request(record, image)
        assert anew is not None, "a wafer that is withdrawn is not there"
        return anew
    if entry is None or not same:
        raise ImageError(_other_image(image))
    if not recipe_from_json(entry.recipe_json).judges_like(image.recipe):
        raise ImageError(_other_recipe(image.key))
    copy = record.images_folder / entry.copy_name
    return InspectRequest(
        image.source,
        entry.recipe_json,
        image.model,
        image.key.lot,
        image.key.wafer,
        copy,
        frozenset(record.judged_chips(image.key, model_digest(image.model))),
        placed=entry.placed,
        sha256=entry.sha256,
    )


def drop_spare_copy(record: Record, image: ImageToJudge | None, request: InspectRequest | None) -> None:
    """Another program has judged the same new image into this record meanwhile: the copy made here has no wafer."""
    if image is not None and request is not None:
        with suppress(RecordError):  # it goes a day later
            drop_own_copy(record, image.key, request.copy)


def _other_image(image: ImageToJudge) -> str:
    return QCoreApplication.translate(
        "Judging",
        "Wafer {wafer} of lot {lot} is in the record with another image than {file}: open it under another lot name.",
    ).format(wafer=image.key.wafer, lot=image.key.lot, file=image.source.name)


def _other_recipe(key: WaferKey) -> str:
    return QCoreApplication.translate(
        "Judging", "Wafer {wafer} of lot {lot} is in the record with another recipe: give another lot or wafer name."
    ).format(wafer=key.wafer, lot=key.lot)
