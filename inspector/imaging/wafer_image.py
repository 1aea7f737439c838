"""The working copy of a wafer image: any rectangle at any level, fast, from any thread."""

from __future__ import annotations

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging.part_file import share
from inspector.imaging.pixels import Pixels
from inspector.imaging.sources.image_header import opened, refusing
from inspector.imaging.sources.tiff_files import read_at
from inspector.imaging.tiled_tiff import MARK, TILE
from inspector.wafer.errors import ImageError, printable

_CACHE_BYTES = 16 << 20


class _LevelPlan(NamedTuple):
    width: int
    height: int
    across: int  # tiles in a row
    offsets: NDArray[np.int64]


class _Plan(NamedTuple):
    source_name: str
    channels: int
    bits: int
    levels: list[_LevelPlan]

    @property
    def type(self) -> np.dtype[np.uint8 | np.uint16]:
        return np.dtype(np.uint8 if self.bits == 8 else "<u2")

    @property
    def tile_bytes(self) -> int:
        return TILE * TILE * self.channels * self.type.itemsize


class WaferImage:
    """A working copy, open for reading. Use as a context manager or call close()."""

    def __init__(self, path: Path, file: BufferedReader, plan: _Plan, rows: Callable[[], int] | None) -> None:
        self._path = path
        self._file = file
        self._plan = plan
        self._rows = rows or (lambda: plan.levels[0].height)
        self._kept: OrderedDict[int, Pixels] = OrderedDict()  # byte offset -> tile
        self._kept_limit = max(4, _CACHE_BYTES // plan.tile_bytes)
        self._lock = threading.Lock()
        self._moving = threading.Lock()
        if rows is None:
            self.share()

    @classmethod
    def open(cls, path: Path, rows: Callable[[], int] | None = None) -> WaferImage:
        """Opens a working copy. ImageError where it is none or is damaged: it is made again from the source.

        rows: how many rows of a copy that is still being written are in it; level 0 can be read so far.
        """
        with opened(path) as probe:
            here = os.fstat(probe.fileno())
        plan = _plan_of(path, (here.st_ino, here.st_size, here.st_mtime_ns))
        return cls(path, open(path, "rb", buffering=0), plan, rows)  # type: ignore[arg-type]

    def share(self) -> None:
        """Says that this copy, which is whole, is looked at: nobody clears it away meanwhile."""
        share(self._file)  # type: ignore[arg-type]

    def __enter__(self) -> WaferImage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rename(self, target: Path) -> None:
        """Gives the copy its name while it is looked at; not every system renames a file that is open."""
        with self._moving:
            if sys.platform == "win32":
                self._file.close()
            os.replace(self._path, target)
            self._path = target
            if sys.platform == "win32":
                self._file = open(target, "rb", buffering=0)  # noqa: SIM115

    def close(self) -> None:
        """Closes the file; reading afterwards raises ImageError."""
        self._file.close()
        with self._lock:
            self._kept.clear()

    @property
    def path(self) -> Path:
        return self._path

    @property
    def source_name(self) -> str:
        """The path of the image that this is a copy of, as text for messages."""
        return self._plan.source_name

    @property
    def width(self) -> int:
        return self._plan.levels[0].width

    @property
    def height(self) -> int:
        return self._plan.levels[0].height

    @property
    def channels(self) -> int:
        return self._plan.channels

    @property
    def bits(self) -> int:
        """Significant bits of a pixel as the copy keeps it: 8, or 9 to 16."""
        return self._plan.bits

    @property
    def levels(self) -> int:
        """How many levels there are; level n is 2**n times coarser than level 0."""
        return len(self._plan.levels)

    def level_size(self, level: int) -> tuple[int, int]:
        """(width, height) of a level in its own pixels."""
        return self._plan.levels[level].width, self._plan.levels[level].height

    def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
        """uint8 (height, width, C) of a rectangle in the level's own pixels; what lies outside the image is 0.

        Of more than 8 bits the highest 8 are left, `>> (bits - 8)`.
        """
        kept = self._read(level, x, y, width, height)
        if kept.dtype == np.uint8:
            return np.asarray(kept, dtype=np.uint8)
        return (kept >> np.uint16(self.bits - 8)).astype(np.uint8)

    def read_original(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint16]:
        """uint16 (height, width, C) as `read`, with all the bits that the image has (`bits`)."""
        return self._read(level, x, y, width, height).astype(np.uint16, copy=False)

    def _read(self, level: int, x: int, y: int, width: int, height: int) -> Pixels:
        plan = self._plan.levels[level]
        left, top = max(x, 0), max(y, 0)
        right, bottom = min(x + width, plan.width), min(y + height, plan.height)
        inside = (left, top, right, bottom) == (x, y, x + width, y + height)
        out: Pixels = (np.empty if inside else np.zeros)((height, width, self.channels), dtype=self._plan.type)
        if right <= left or bottom <= top:
            return out
        for row in range(top // TILE, (bottom - 1) // TILE + 1):
            y0, y1 = max(top, row * TILE), min(bottom, (row + 1) * TILE)
            whole = min((row + 1) * TILE << level, self.height) <= self._rows()
            for column in range(left // TILE, (right - 1) // TILE + 1):
                x0, x1 = max(left, column * TILE), min(right, (column + 1) * TILE)
                tile = self._tile(int(plan.offsets[row * plan.across + column]), keep=whole)
                part = tile[y0 - row * TILE : y1 - row * TILE, x0 - column * TILE : x1 - column * TILE]
                out[y0 - y : y1 - y, x0 - x : x1 - x] = part
        return out

    def _tile(self, offset: int, keep: bool) -> Pixels:
        with self._lock:
            tile = self._kept.get(offset)
            if tile is not None:
                self._kept.move_to_end(offset)
                return tile
        tile = self._load(offset)
        if keep:
            with self._lock:
                self._kept[offset] = tile
                while len(self._kept) > self._kept_limit:
                    self._kept.popitem(last=False)
        return tile

    def _load(self, offset: int) -> Pixels:
        file = self._file
        try:
            raw = read_at(file, self._plan.tile_bytes, offset)
        except (OSError, ValueError) as error:  # ValueError: the file is closed
            with self._moving:
                if self._file is not file:
                    return self._load(offset)
            raise _damaged(self._path, "can't be read any more") from error
        if len(raw) < self._plan.tile_bytes:
            raise _damaged(self._path, "became shorter")
        return np.frombuffer(raw, dtype=self._plan.type).reshape(TILE, TILE, self.channels)


def _damaged(path: Path, fault: str) -> ImageError:
    return ImageError(f"The working copy {printable(path)} {fault}: open the wafer's image again.")


@lru_cache(maxsize=16)
def _plan_of(path: Path, _state: tuple[int, int, int]) -> _Plan:
    """What a copy holds, read once while its file is the same: what lies beside a chip asks for it again and again."""
    with opened(path) as file, refusing(path):
        return _read_plan(file, path)


def _read_plan(file: BufferedReader, path: Path) -> _Plan:
    tiff = tifffile.TiffFile(file)
    first = tiff.pages[0] if len(tiff.pages) else None
    if first is None or getattr(first, "software", "") != MARK:
        raise _damaged(path, "was not made by this program")
    image = ElementTree.fromstring(first.description)[0]
    channels = int(first.samplesperpixel)
    plan = _Plan(image.attrib["Name"], channels, int(image[0].attrib["SignificantBits"]), [])
    size = file.seek(0, 2)
    for page in (first, *(first.pages or ())):
        offsets = np.asarray(page.dataoffsets, dtype=np.int64)
        width, height = int(page.imagewidth), int(page.imagelength)
        across = -(-width // TILE)
        whole = len(offsets) == across * -(-height // TILE) and int(offsets.max()) + plan.tile_bytes <= size
        if not whole:
            raise _damaged(path, "is cut short")
        plan.levels.append(_LevelPlan(width, height, across, offsets))
    return plan
