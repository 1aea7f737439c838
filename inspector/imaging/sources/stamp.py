"""Tells in no time whether a file, or a folder with all its files, is still the one that it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inspector.imaging.source import open_source
from inspector.imaging.sources.image_header import refusing
from inspector.wafer.recipe import Recipe


@dataclass(frozen=True)
class Stamp:
    """size: bytes of all files. mtime_ns: the newest time of change. files: what the system keeps about each of them.

    Every write moves a file's times, also one that keeps its size; only somebody who sets them back stays unseen, and
    while a program runs not even that, because `files` knows the time of the last change to the file's entry.
    """

    size: int
    mtime_ns: int
    files: tuple[tuple[str, int, int, int, int], ...] = field(repr=False)

    def __str__(self) -> str:
        """What is kept in the record, to know the file again when it is opened next time."""
        return f"{self.size} bytes, {self.mtime_ns} ns, {len(self.files)} files"


def stamp(path: Path) -> Stamp:
    """The stamp of a file or a folder as it is now. ImageError where it is not there."""
    with refusing(path):
        files = tuple(_facts(path, file) for file in (sorted(_below(path)) if path.is_dir() else [path]))
        return Stamp(sum(f[1] for f in files), max((f[2] for f in files), default=0), files)


def same_image(path: Path, recipe: Recipe, sha256: str, known_stamp: str) -> bool:
    """True where the image is the one that the record knows; by its stamp alone where it was not read whole."""
    if not sha256:
        return str(stamp(path)) == known_stamp
    with open_source(path, recipe) as source:
        return source.fingerprint().sha256 == sha256


def _facts(root: Path, file: Path) -> tuple[str, int, int, int, int]:
    facts = os.stat(file)
    return (str(file.relative_to(root)), facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


def _below(folder: Path) -> Iterator[Path]:
    """All files but those of a record that lies in the folder: it grows while the folder is judged."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.endswith(".images")]
        yield from (Path(place, name) for name in names if ".db" not in name)
