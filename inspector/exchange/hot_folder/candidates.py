"""What in a hot folder can be a wafer, and which lot and name it has there."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from inspector.imaging.sources.wafers_below import wafer_key, wafer_name
from inspector.wafer.grid import WaferKey
from inspector.wafer.manifest import IMAGE_SUFFIXES, is_of_record
from inspector.wafer.recipe import Recipe

SETTLE_S = 2.0
PATIENCE_S = 600.0
_WAFER = "{wafer}"


@dataclass(frozen=True)
class Rules:
    """What is watched, and when a wafer in it is finished.

    lot: of every wafer; None: the name of the folder that holds it. done_file: pattern (* ? and {wafer}, the wafer's
    name) of a file that the scanner writes last, beside an image, or in or beside a folder. settle_s: so long nothing
    of the wafer may change. patience_s: so long an image that can't be opened may still become whole.
    """

    folder: Path
    lot: str | None = None
    done_file: str | None = None
    settle_s: float = SETTLE_S
    patience_s: float = PATIENCE_S


@dataclass(frozen=True)
class Candidate:
    """A file or a folder that may be a wafer, or become one."""

    path: Path
    key: WaferKey

    def done_file(self, pattern: str) -> str:
        """The pattern of this wafer's own done-file."""
        return pattern.replace(_WAFER, wafer_name(self.path))

    def is_done(self, pattern: str) -> bool:
        """True where the done-file is there. OSError where the folder can't be read."""
        wanted = pattern.replace(_WAFER, glob.escape(wafer_name(self.path)))  # [1] in a name stands for itself
        names = os.listdir(self.path.parent) + (os.listdir(self.path) if self.path.is_dir() else [])
        return any(fnmatch(name, wanted) for name in names)


def candidates(rules: Rules, recipe: Recipe) -> list[Candidate]:
    """Everything that may be a wafer, by lot and name. OSError where the hot folder itself can't be read.

    In the folder and in its subfolders, which are lots: images, OME-Zarr folders and, where the recipe asks for
    [shots] or [chip_files], folders that hold images.
    """
    as_folders = recipe.shots is not None or recipe.chip_files is not None
    found = []
    for path, is_folder in _entries(rules.folder):
        if _is_wafer(path, is_folder, as_folders):
            found.append(path)
        elif is_folder:
            found += [inner for inner, deep in _entries_if_there(path) if _is_wafer(inner, deep, as_folders)]
    return sorted((Candidate(path, wafer_key(path, rules.lot)) for path in found), key=lambda c: (c.key, c.path))


def _is_wafer(path: Path, is_folder: bool, as_folders: bool) -> bool:
    if not is_folder:
        return not as_folders and path.suffix.lower() in IMAGE_SUFFIXES
    if path.suffix.lower() == ".zarr":
        return True
    return as_folders and any(not deep and p.suffix.lower() in IMAGE_SUFFIXES for p, deep in _entries_if_there(path))


def _entries(folder: Path) -> Iterator[tuple[Path, bool]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path, is_folder = Path(entry.path), entry.is_dir()
            if not entry.name.startswith(".") and not (is_folder and is_of_record(path)):
                yield path, is_folder


def _entries_if_there(folder: Path) -> list[tuple[Path, bool]]:
    try:
        return list(_entries(folder))
    except OSError:  # gone meanwhile, or not ours to read
        return []
