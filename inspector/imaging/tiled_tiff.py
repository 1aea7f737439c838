"""Writes the station's own working copy: a tiled pyramid in BigTIFF that any TIFF program can open."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from io import BufferedWriter

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

TILE = 512
MARK = "wafer-inspector working copy 1"
_SHORT, _LONG, _LONG8, _ASCII = 3, 4, 16, 2
_FORMATS = {_SHORT: "H", _LONG: "I", _LONG8: "Q"}


@dataclass
class _Level:
    """One level of the pyramid while it is written: rows that wait for a full row of tiles."""

    width: int
    height: int
    waiting: list[NDArray[np.uint8]] = field(default_factory=list)
    rows_waiting: int = 0
    rows_written: int = 0
    offsets: list[int] = field(default_factory=list)


def level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """(width, height) of every level: each half of the one before, rounded up, until one tile holds it."""
    sizes = [(width, height)]
    while max(sizes[-1]) > TILE:
        sizes.append(((sizes[-1][0] + 1) // 2, (sizes[-1][1] + 1) // 2))
    return sizes


class PyramidWriter:
    """Takes an image band by band and writes all levels in the same pass; holds two rows of tiles per level.

    Tiles are not compressed: measured, zstd saves a fifth to a third of the disk, and many programs can't read it.
    """

    def __init__(self, file: BufferedWriter, width: int, height: int, channels: int, source: str) -> None:
        self._file = file
        self._description = f"{MARK}\n{source}".encode() + b"\0"
        self._channels = channels
        self._levels = [_Level(w, h) for w, h in level_sizes(width, height)]
        file.write(b"II" + struct.pack("<HHHQ", 43, 8, 0, 0))  # the first directory's place is filled in at the end

    def add(self, band: NDArray[np.uint8]) -> None:
        """The next rows: uint8 (h, width, channels), any h."""
        self._push(0, band)

    def finish(self) -> None:
        """Writes the directories; every row must have been added."""
        directories = [self._directory(n) for n in range(len(self._levels))]
        places = []
        for body, _ in directories:
            self._align()
            places.append(self._file.tell())
            self._file.write(body)
        self._file.seek(8)
        self._file.write(struct.pack("<Q", places[0]))
        for (_, next_at), place, following in zip(directories, places, [*places[1:], 0], strict=True):
            self._file.seek(place + next_at)
            self._file.write(struct.pack("<Q", following))

    def _push(self, number: int, rows: NDArray[np.uint8]) -> None:
        level = self._levels[number]
        level.waiting.append(rows)
        level.rows_waiting += len(rows)
        at_the_end = level.rows_written + level.rows_waiting >= level.height
        if level.rows_waiting < TILE and not at_the_end:
            return
        ready = level.waiting[0] if len(level.waiting) == 1 else np.concatenate(level.waiting)
        whole = len(ready) if at_the_end else len(ready) // TILE * TILE
        level.waiting = [ready[whole:]] if whole < len(ready) else []
        level.rows_waiting = len(ready) - whole
        for top in range(0, whole, TILE):
            strip = ready[top : min(top + TILE, whole)]
            self._write_tiles(level, strip)
            level.rows_written += len(strip)
            if number + 1 < len(self._levels):
                self._push(number + 1, _halve(strip))

    def _write_tiles(self, level: _Level, strip: NDArray[np.uint8]) -> None:
        for left in range(0, level.width, TILE):
            part = strip[:, left : left + TILE]
            if part.shape[:2] != (TILE, TILE):
                tile = np.zeros((TILE, TILE, self._channels), dtype=np.uint8)
                tile[: part.shape[0], : part.shape[1]] = part
                part = tile
            level.offsets.append(self._file.tell())
            self._file.write(np.ascontiguousarray(part).data)

    def _align(self) -> None:
        self._file.write(b"\0" * (-self._file.tell() % 8))

    def _directory(self, number: int) -> tuple[bytes, int]:
        """The bytes of one image directory, and where in them the next directory's place stands."""
        level = self._levels[number]
        tiles = len(level.offsets)
        entries = [
            (254, _LONG, [int(number > 0)]),  # reduced copy of the first image
            (256, _LONG, [level.width]),
            (257, _LONG, [level.height]),
            (258, _SHORT, [8] * self._channels),
            (259, _SHORT, [1]),  # not compressed
            (262, _SHORT, [1 if self._channels == 1 else 2]),
            (270, _ASCII, list(self._description)),
            (277, _SHORT, [self._channels]),
            (284, _SHORT, [1]),
            (322, _SHORT, [TILE]),
            (323, _SHORT, [TILE]),
            (324, _LONG8, level.offsets),
            (325, _LONG, [TILE * TILE * self._channels] * tiles),
        ]
        body = struct.pack("<Q", len(entries))
        for tag, kind, values in entries:
            packed = bytes(values) if kind == _ASCII else struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values)
            body += struct.pack("<HHQ", tag, kind, len(values)) + self._inline(packed)
        return body + struct.pack("<Q", 0), len(body)

    def _inline(self, packed: bytes) -> bytes:
        """The value itself where eight bytes hold it, else its place in the file."""
        if len(packed) <= 8:
            return packed.ljust(8, b"\0")
        self._align()
        place = self._file.tell()
        self._file.write(packed)
        return struct.pack("<Q", place)


def _halve(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (h, W, C) -> mean of 2 x 2 pixels, odd edges repeated."""
    height, width, channels = rows.shape
    if height % 2 or width % 2:
        rows = np.pad(rows, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    size = (rows.shape[1] // 2, rows.shape[0] // 2)
    half: NDArray[np.uint8] = cv2.resize(np.ascontiguousarray(rows), size, interpolation=cv2.INTER_AREA)
    return half.reshape(size[1], size[0], channels)
