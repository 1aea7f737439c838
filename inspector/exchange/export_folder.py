"""The folder of an export: whose it is, which files in it are ours, and writing that leaves it whole."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from inspector.wafer.errors import DatasetError

TOOL = "wafer-inspector"
MANIFEST = "manifest.csv"
FACTS = "export.json"
JOURNAL = "export-unfinished.json"


def claim(folder: Path) -> set[str]:
    """Makes the folder, or takes over an earlier export. Returns the paths that the earlier export wrote.

    DatasetError where the folder holds anything else.
    """
    if folder.exists() and not folder.is_dir():
        raise DatasetError(f"The export folder {folder} is a file: name a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        return set()
    facts, journal = _read_json(folder / FACTS), _read_json(folder / JOURNAL)
    finished = facts.get("tool") == TOOL and (folder / MANIFEST).is_file()
    if not finished and journal.get("tool") != TOOL:
        raise DatasetError(f"The export folder {folder} holds other files: name a new or an empty folder.")
    return listed(folder) | set(journal.get("files", ()))


def listed(folder: Path) -> set[str]:
    """The paths in the folder's manifest, as they stand there; none where there is no manifest."""
    try:
        with (folder / MANIFEST).open(newline="", encoding="utf-8") as stream:
            return {row["path"] for row in csv.DictReader(stream) if row.get("path")}
    except FileNotFoundError:
        return set()
    except (UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"{folder / MANIFEST} can't be read ({error}): export to a new folder.") from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def write_journal(folder: Path, files: Iterable[str]) -> None:
    """Notes every file that is or will be ours, so that an export that was cut off can be taken up again."""
    write_json(folder / JOURNAL, {"tool": TOOL, "files": sorted(files)})


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write JSON, whole or not at all; the same values give the same bytes."""
    replace_bytes(path, (json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all, and on disk when this returns; one that holds these bytes is left alone."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Removes files that an export wrote, what a cut-off write left beside them, and folders that are then empty.

    A path that leads out of the folder (a tampered manifest, a class folder that is a link) is left alone.
    """
    root = folder.resolve()
    parents = set()
    for path in paths:
        target = folder / path
        if not target.parent.resolve().is_relative_to(root):
            continue
        target.unlink(missing_ok=True)
        target.with_name(target.name + ".part").unlink(missing_ok=True)
        parents.add(target.parent)
    for parent in parents - {folder}:
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


def without_twins(folder: Path, stale: set[str], ours: set[str]) -> set[str]:
    """The stale paths that are files of their own: where case is ignored, an old name may be a new file."""
    folded = {path.casefold(): path for path in ours}

    def is_ours(path: str) -> bool:
        twin = folded.get(path.casefold())
        return twin is not None and (folder / path).exists() and (folder / path).samefile(folder / twin)

    return {path for path in stale if not is_ours(path)}


def settle(folder: Path) -> None:
    """Puts the folder's own entries on disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
