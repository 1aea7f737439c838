"""The working copy of a wafer image: any rectangle at any level, fast, from any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging.image_header import opened, refusing
from inspector.imaging.tiff_files import read_at
from inspector.imaging.tiled_tiff import MARK, TILE
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.errors import ImageError, printable

__all__ = ["WaferImage", "make_working_copy"]

_CACHE_BYTES = 64 << 20


class _LevelPlan(NamedTuple):
    width: int
    height: int
    across: int  # tiles in a row
    offsets: NDArray[np.int64]


class _Plan(NamedTuple):
    source_name: str
    channels: int
    levels: list[_LevelPlan]


class WaferImage:
    """A working copy, open for reading. Use as a context manager or call close()."""

    def __init__(self, path: Path, file: BufferedReader, plan: _Plan) -> None:
        self._path = path
        self._source_name = plan.source_name
        self._file = file
        self._levels = plan.levels
        self._channels = plan.channels
        self._tile_bytes = TILE * TILE * plan.channels
        self._kept: OrderedDict[int, NDArray[np.uint8]] = OrderedDict()  # byte offset -> tile
        self._kept_limit = max(4, _CACHE_BYTES // self._tile_bytes)
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> WaferImage:
        """Opens a working copy. ImageError where it is none or is damaged: it is made again from the source."""
        with opened(path) as probe, refusing(path):
            plan = _read_plan(probe, path)
        return cls(path, open(path, "rb", buffering=0), plan)  # type: ignore[arg-type]

    def __enter__(self) -> WaferImage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
        return self._source_name

    @property
    def width(self) -> int:
        return self._levels[0].width

    @property
    def height(self) -> int:
        return self._levels[0].height

    @property
    def channels(self) -> int:
        return self._channels

    @property
    def levels(self) -> int:
        """How many levels there are; level n is 2**n times coarser than level 0."""
        return len(self._levels)

    def level_size(self, level: int) -> tuple[int, int]:
        """(width, height) of a level in its own pixels."""
        return self._levels[level].width, self._levels[level].height

    def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
        """uint8 (height, width, C) of a rectangle in the level's own pixels; what lies outside the image is 0."""
        plan = self._levels[level]
        out = np.zeros((height, width, self._channels), dtype=np.uint8)
        left, top = max(x, 0), max(y, 0)
        right, bottom = min(x + width, plan.width), min(y + height, plan.height)
        if right <= left or bottom <= top:
            return out
        for row in range(top // TILE, (bottom - 1) // TILE + 1):
            y0, y1 = max(top, row * TILE), min(bottom, (row + 1) * TILE)
            for column in range(left // TILE, (right - 1) // TILE + 1):
                x0, x1 = max(left, column * TILE), min(right, (column + 1) * TILE)
                tile = self._tile(int(plan.offsets[row * plan.across + column]))
                part = tile[y0 - row * TILE : y1 - row * TILE, x0 - column * TILE : x1 - column * TILE]
                out[y0 - y : y1 - y, x0 - x : x1 - x] = part
        return out

    def _tile(self, offset: int) -> NDArray[np.uint8]:
        with self._lock:
            tile = self._kept.get(offset)
            if tile is not None:
                self._kept.move_to_end(offset)
                return tile
        tile = self._load(offset)
        with self._lock:
            self._kept[offset] = tile
            while len(self._kept) > self._kept_limit:
                self._kept.popitem(last=False)
        return tile

    def _load(self, offset: int) -> NDArray[np.uint8]:
        try:
            raw = read_at(self._file, self._tile_bytes, offset)
        except (OSError, ValueError) as error:  # ValueError: the file is closed
            raise _damaged(self._path, "can't be read any more") from error
        if len(raw) < self._tile_bytes:
            raise _damaged(self._path, "became shorter")
        return np.frombuffer(raw, dtype=np.uint8).reshape(TILE, TILE, self._channels)


def _damaged(path: Path, fault: str) -> ImageError:
    return ImageError(f"The working copy {printable(path)} {fault}: open the wafer's image again.")


def _read_plan(file: BufferedReader, path: Path) -> _Plan:
    tiff = tifffile.TiffFile(file)
    mark, _, source_name = tiff.pages[0].description.partition("\n") if len(tiff.pages) else ("", "", "")
    if mark != MARK:
        raise _damaged(path, "was not made by this program")
    size = file.seek(0, 2)
    channels = int(tiff.pages[0].samplesperpixel)
    levels = []
    for page in tiff.pages:
        offsets = np.asarray(page.dataoffsets, dtype=np.int64)
        width, height = int(page.imagewidth), int(page.imagelength)
        across = -(-width // TILE)
        whole = len(offsets) == across * -(-height // TILE) and int(offsets.max()) + TILE * TILE * channels <= size
        if not whole:
            raise _damaged(path, "is cut short")
        levels.append(_LevelPlan(width, height, across, offsets))
    return _Plan(source_name, channels, levels)
