"""Files that are not whole yet, held by one program, and whole ones that nobody knows: both are cleared away."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from io import FileIO, RawIOBase
from pathlib import Path

from inspector.wafer.errors import ImageError, printable

SUFFIX = ".part"
_COPY = re.compile(r"[0-9a-f]{32}\.tif")  # uuid4().hex
_DAY_S = 24 * 3600.0


def part_of(target: Path) -> Path:
    """Where `target` is written until it is whole."""
    return target.with_name(target.name + SUFFIX)


def open_part(target: Path) -> FileIO:
    """The empty, unbuffered part of `target`, held until it is closed. ImageError while another program holds it."""
    part = part_of(target)
    while True:
        file = FileIO(part, "r+", opener=lambda path, flags: os.open(path, flags | os.O_CREAT, 0o666))
        if not _hold(file):
            file.close()
            raise ImageError(f"The working copy {printable(target)} is being written by another program: wait for it.")
        if os.fstat(file.fileno()).st_nlink:  # else it was cleared away between opening and holding
            file.truncate(0)
            return file
        file.close()


def clear_left_behind(folder: Path) -> int:
    """Deletes the parts in a folder that no living program holds, such as after a crash; returns how many."""
    cleared = 0
    for part in folder.glob(f"*{SUFFIX}"):
        with suppress(OSError), FileIO(part, "r+") as file:
            if _hold(file):
                part.unlink()
                cleared += 1
    return cleared


def share(file: RawIOBase) -> None:
    """Says that a whole copy is looked at until the file is closed. Windows needs no word: open files stay there."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # a share that knows no locks: then only the copy's age guards it
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)


def clear_unknown(folder: Path, known: Collection[str], age_s: float = _DAY_S) -> list[str]:
    """Deletes whole copies, `age_s` old or older, that nobody knows or looks at; returns their names.

    They are left where two programs read the same image for one record, or one died before it could say so. Only files
    with the names that copies get are touched.
    """
    cleared = []
    for copy in folder.glob("*.tif"):
        if copy.name in known or not _COPY.fullmatch(copy.name):
            continue
        with suppress(OSError):
            if time.time() - copy.stat().st_mtime < age_s:
                continue
            with FileIO(copy, "r+") as file:
                is_free = _hold(file)
            if is_free:  # nobody begins to look at a copy of which no record knows
                copy.unlink()
                cleared.append(copy.name)
    return cleared


def _hold(file: FileIO) -> bool:
    """True where this program now holds the file; the system lets go when the file is closed or the program dies."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 40)  # beyond all content: what is locked there can't be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
