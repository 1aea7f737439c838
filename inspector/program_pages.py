"""Lets go of pages of program files that only loading needed; what is still used comes back from the page cache.

Linux maps 64 KB around every page of a file that is touched for the first time: a process that has imported torch holds
some 250 MB of program text, and runs a quarter of it. All of it counts as the process's private memory as long as no
other has the same files open. It was never written, so whatever is given back can be read again.
"""

from __future__ import annotations

import ctypes
import logging
import mmap
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

_log = logging.getLogger(__name__)
_LEAST_KB = 256  # less in one mapping is not worth asking for
_HEAD = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4}) [0-9a-f]+ \S+ (\d+) *(.*)$", re.MULTILINE)
_LIBRARY = re.compile(r"/.*\.so(\.[\w.]+)?")  # stays mapped until the process ends: its addresses are never another's
_SIZE = re.compile(r"^(\w+): +(\d+) kB$", re.MULTILINE)
_CHANGED = ("Private_Dirty", "Shared_Dirty", "Anonymous", "Swap", "Locked")


def let_go() -> int:
    """Give back the pages of `needless` mappings; returns in how many bytes of addresses. 0 elsewhere than on Linux.

    Takes some 30 ms of CPU where torch was imported. Other threads may go on meanwhile.
    """
    if sys.platform != "linux":
        return 0
    try:
        smaps = Path("/proc/self/smaps").read_text("utf-8", "surrogateescape")
    except OSError as error:
        _log.info("program pages stay: %s", error)
        return 0
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    mappings = [(start, end) for start, end in needless(smaps) if madvise(start, end - start, mmap.MADV_DONTNEED) == 0]
    return sum(end - start for start, end in mappings)


def needless(smaps: str) -> Iterator[tuple[int, int]]:
    """First and last + 1 address of each mapping, in a text of /proc/PID/smaps, that its file can fill again.

    Those are private mappings of a library that is still there, can't be written, and hold no page that ever was: what
    the linker has relocated, or a debugger changed, is in no file. One that holds nothing yet may still be on its way.
    """
    heads = list(_HEAD.finditer(smaps))
    ends = [head.start() for head in heads] + [len(smaps)]
    for head, (_, end) in zip(heads, pairwise(ends), strict=True):
        rights, inode, path = head[3], head[4], head[5]
        if inode == "0" or not _LIBRARY.fullmatch(path) or "w" in rights or not rights.endswith("p"):
            continue
        held = {name: int(kb) for name, kb in _SIZE.findall(smaps, head.end(), end)}
        known = "Rss" in held and all(name in held for name in _CHANGED)
        if known and held["Rss"] >= _LEAST_KB and not any(held[name] for name in _CHANGED):
            yield int(head[1], 16), int(head[2], 16)
