"""Makes the station's own copy of a wafer image in one pass over the source."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from inspector.imaging.image_header import ImageHeader, refusal
from inspector.imaging.source import Fingerprint, bands, fingerprint, read_header
from inspector.imaging.tiled_tiff import PyramidWriter
from inspector.wafer.errors import ImageError, printable
from inspector.wafer.progress import Job, Pace, Progress


def make_working_copy(source: Path, target: Path, channels: int, bits: int) -> Job[Fingerprint]:
    """Copies `source` into a tiled pyramid at `target`; yields progress in rows, phase "reading".

    The last step's `found` is the source's fingerprint, and only then `target` exists, whole. ImageError where the
    source can't be used, changed while it was read, or the disk is full. Closing early leaves nothing behind.
    """
    header = read_header(source)
    part = target.with_name(target.name + ".part")
    _need_room(header, target, channels)
    before = fingerprint(source)
    pace = Pace(header.height)
    try:
        with _writing(target), open(part, "wb") as file, closing(bands(source, channels, bits)) as read:
            writer = PyramidWriter(file, header.width, header.height, channels, printable(source))
            done = 0
            for band in read:
                writer.add(band)
                done += len(band)
                if done < header.height:
                    yield Progress(done, header.height, None, pace.seconds_left(done), "reading")
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        if fingerprint(source) != before:
            raise refusal(source, "changed while it was read", "wait until it is written and open it again")
        with _writing(target):
            os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    yield Progress(header.height, header.height, before, 0.0, "reading")


def _need_room(header: ImageHeader, target: Path, channels: int) -> None:
    needed = header.width * header.height * channels * 4 // 3 + (64 << 20)
    with _writing(target):
        free = shutil.disk_usage(target.parent).free
    if free < needed:
        place = printable(target.parent)
        raise ImageError(
            f"The working copy of {printable(header.path)} needs {needed >> 20} MB, but {place} has {free >> 20} MB "
            "left: free some space."
        )


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Turns what the file system refuses while the copy is written into ImageError."""
    try:
        yield
    except OSError as error:
        fault = f"can't be written ({error.strerror or error})"
        raise ImageError(f"The working copy {printable(target)} {fault}: check the folder and the disk.") from error
