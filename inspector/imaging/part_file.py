"""Files that are not whole yet: held by one program, and cleared away when that program has died."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path

from inspector.wafer.errors import ImageError, printable

SUFFIX = ".part"


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
