"""The pictures of one wafer in one folder, told apart by their names; a fingerprint of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from inspector.imaging.source import Fingerprint, fingerprint
from inspector.imaging.sources.image_header import refusal, refusing
from inspector.wafer.manifest import IMAGE_SUFFIXES
from inspector.wafer.source_sections import compiled

_UNFINISHED = {".part", ".partial", ".tmp", ".crdownload"}


def named_files(folder: Path, pattern: str) -> dict[tuple[int, ...], Path]:
    """The files of a folder by the numbers in their names: (column, row) or (index,).

    Hidden files and files that are no images are left alone. ImageError for an image whose name does not fit, for two
    files of one place, and for a file that is still being written.
    """
    expression = compiled(pattern)
    found: dict[tuple[int, ...], Path] = {}
    for path in files_of(folder):
        match = expression.fullmatch(path.name)
        if match is None:
            if path.suffix.lower() in IMAGE_SUFFIXES:
                fault = f"holds the stray image {path.name}, which is not named like {pattern}"
                raise refusal(folder, fault, "take it out or correct files in the recipe")
            continue
        fields = [name for name in ("column", "row", "index") if name in match.groupdict()]
        place = tuple(int(match[name]) for name in fields)
        if place in found:
            where = ", ".join(f"{name} {number}" for name, number in zip(fields, place, strict=True))
            fault = f"holds two pictures of {where} ({found[place].name} and {path.name})"
            raise refusal(folder, fault, "take one of them out")
        found[place] = path
    if not found:
        raise refusal(
            folder, f"holds no picture named like {pattern}", "correct files in the recipe or name its folder"
        )
    return found


def files_of(folder: Path) -> list[Path]:
    """The files right in a folder, sorted by name, hidden ones left out; ImageError where one is being written."""
    with refusing(folder):
        files = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")]
    for path in files:
        if path.suffix.lower() in _UNFINISHED:
            raise refusal(
                folder, f"holds {path.name}, which is still being written", "wait until the wafer is complete"
            )
    return files


def folder_fingerprint(folder: Path, files: Iterable[Path]) -> Fingerprint:
    """Sizes added up, the newest time, sha256 over each file's relative name and sha256 in the order of the names."""
    size, newest, digest = 0, 0, hashlib.sha256()
    for path in sorted(files):
        of_file = fingerprint(path)
        size += of_file.size
        newest = max(newest, of_file.mtime_ns)
        name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
        digest.update(name + b"\0" + of_file.sha256.encode() + b"\n")
    return Fingerprint(size, newest, digest.hexdigest())
