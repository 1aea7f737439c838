"""Makes the station's own copy of a wafer image, where nothing else is to be done meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TypeVar

from inspector.imaging.reading import Reading, layout_of, writing
from inspector.imaging.source import Fingerprint, Source, open_source
from inspector.wafer.errors import ImageError, printable
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe

Found = TypeVar("Found")
_LOOK_S = 0.1
_SPARE = 64 << 20  # bytes: the record, and whatever else is written meanwhile


def make_working_copy(source: Path, target: Path, recipe: Recipe) -> Job[Fingerprint]:
    """Copies `source` into a tiled pyramid at `target`; yields progress in rows, phase "reading".

    The last step's `found` is the source's fingerprint, and only then `target` exists, whole. ImageError where the
    source can't be used, changed while it was read, or the disk is full. Closing early leaves nothing behind.
    """
    with open_source(source, recipe) as opened, begin_reading(opened, target, recipe) as reading:
        pace = Pace(reading.height)
        while (found := reading.found(_LOOK_S)) is None:
            yield reading_progress(reading, pace)
    yield Progress(reading.height, reading.height, found, 0.0, "reading")


def begin_reading(source: Source, target: Path, recipe: Recipe) -> Reading:
    """Starts to read; ImageError where the disk has no room for the copy."""
    needed = layout_of(source, recipe).bytes + _SPARE
    with writing(target):
        free = shutil.disk_usage(target.parent).free
    if free < needed:
        place = printable(target.parent)
        raise ImageError(
            f"The working copy of {printable(source.path)} needs {needed >> 20} MB, but {place} has {free >> 20} MB "
            "left: free some space."
        )
    return Reading(source, target, recipe)


def reading_progress(reading: Reading, pace: Pace) -> Progress[Found]:
    """How far the reading is, in rows."""
    rows = reading.rows()
    return Progress(rows, reading.height, None, pace.seconds_left(rows), "reading")
