"""Writes the station's own working copy: a tiled pyramid as OME-TIFF, which any TIFF program can open."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import FileIO
from typing import Any

import numpy as np

from inspector.imaging import cv2
from inspector.imaging.pixels import Pixels

TILE = 512
MARK = "wafer-inspector working copy 2"
_SHORT, _LONG, _LONG8, _ASCII, _IFD8 = 3, 4, 16, 2, 18
_FORMATS = {_ASCII: "u1", _SHORT: "<u2", _LONG: "<u4", _LONG8: "<u8", _IFD8: "<u8"}
_OME = "http://www.openmicroscopy.org/Schemas/OME/2016-06"


@dataclass(frozen=True)
class Layout:
    """What is written: width, height in px; channels 1 or 3; bits 8, or 9 to 16 significant ones of 16.

    source: the path of the image as text. um_per_px: None where the recipe does not say.
    """

    width: int
    height: int
    channels: int
    bits: int
    source: str
    um_per_px: float | None = None

    @property
    def type(self) -> np.dtype[np.uint8 | np.uint16]:
        return np.dtype(np.uint8 if self.bits == 8 else "<u2")

    @property
    def tile_bytes(self) -> int:
        return TILE * TILE * self.channels * self.type.itemsize

    @property
    def bytes(self) -> int:
        """About what the finished file takes."""
        return sum(_tiles(w) * _tiles(h) for w, h in level_sizes(self.width, self.height)) * self.tile_bytes


def level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """(width, height) of every level: each half of the one before, rounded up, until one tile holds it."""
    sizes = [(width, height)]
    while max(sizes[-1]) > TILE:
        sizes.append(((sizes[-1][0] + 1) // 2, (sizes[-1][1] + 1) // 2))
    return sizes


def _tiles(pixels: int) -> int:
    return -(-pixels // TILE)


@dataclass
class _Level:
    """One level while it is written: where its tiles begin in the file, how many rows are in it, an odd row over."""

    width: int
    height: int
    start: int
    rows: int = 0
    odd: Pixels | None = None


class PyramidWriter:
    """Takes an image band by band and writes all levels in the same pass, each row as it comes: no row of tiles waits.

    Tiles are not compressed: zstd saves half of the disk, but costs 13 times the time to write and 7 times to read
    (tests/benchmarks/working_copy.py), and so every tile has its place before the first is written: the directories
    come first, and what is there can be read while the rest is written. The file must be unbuffered for that.
    """

    def __init__(self, file: FileIO, layout: Layout) -> None:
        self._file = file
        self._layout = layout
        sizes = level_sizes(layout.width, layout.height)
        head = _head(layout, [0] * len(sizes))
        start, self._levels = -(-len(head) // 4096) * 4096, []
        for width, height in sizes:
            self._levels.append(_Level(width, height, start))
            start += _tiles(width) * _tiles(height) * layout.tile_bytes
        self._write(0, _head(layout, [level.start for level in self._levels]))
        file.truncate(start)  # what no row reaches, beyond the image's borders, is 0

    @property
    def rows(self) -> int:
        """How many rows of the image are in the file."""
        return self._levels[0].rows

    def add(self, band: Pixels) -> None:
        """The next rows: (h, width, channels) of the layout's type, any h."""
        for number, level in enumerate(self._levels):
            self._put(level, band)
            if level is self._levels[-1]:
                return
            band = self._halved(level, band)
            if not len(band):
                return
            assert self._levels[number + 1].width == band.shape[1]

    def _halved(self, level: _Level, rows: Pixels) -> Pixels:
        """Mean of 2 x 2 pixels; a row without its neighbour waits, the image's last one stands twice."""
        if level.odd is not None:
            rows = np.concatenate([level.odd, rows])
        over = len(rows) % 2 if level.rows < level.height else 0
        level.odd = rows[len(rows) - over :].copy() if over else None
        return _halve(rows[: len(rows) - over])

    def _put(self, level: _Level, rows: Pixels) -> None:
        done = 0
        while done < len(rows):
            tile_row, inside = divmod(level.rows, TILE)
            count = min(TILE - inside, len(rows) - done)
            self._put_in_tiles(level, tile_row, inside, rows[done : done + count])
            level.rows += count
            done += count

    def _put_in_tiles(self, level: _Level, tile_row: int, inside: int, rows: Pixels) -> None:
        """Rows of one row of tiles; in a tile they follow each other."""
        across, row_bytes = _tiles(level.width), self._layout.tile_bytes // TILE
        first = level.start + tile_row * across * self._layout.tile_bytes + inside * row_bytes
        for column in range(across):
            part = rows[:, column * TILE : (column + 1) * TILE]
            if part.shape[1] < TILE:
                part = np.pad(part, ((0, 0), (0, TILE - part.shape[1]), (0, 0)))
            self._write(first + column * self._layout.tile_bytes, np.ascontiguousarray(part, self._layout.type).data)

    def _write(self, place: int, content: bytes | memoryview) -> None:
        self._file.seek(place)
        left = memoryview(content).cast("B")
        while left:
            left = left[self._file.write(left) :]


def _halve(rows: Pixels) -> Pixels:
    """(h, W, C) -> mean of 2 x 2 pixels, odd edges repeated."""
    height, width, channels = rows.shape
    if not height:
        return rows[:, : (width + 1) // 2]
    if height % 2 or width % 2:
        rows = np.pad(rows, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    size = (rows.shape[1] // 2, rows.shape[0] // 2)
    half: Pixels = cv2.resize(np.ascontiguousarray(rows), size, interpolation=cv2.INTER_AREA)
    return half.reshape(size[1], size[0], channels)


def _head(layout: Layout, starts: list[int]) -> bytes:
    """The file's header and directories, smaller levels below the first; its length does not depend on `starts`."""
    sizes = level_sizes(layout.width, layout.height)
    body = bytearray(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
    below = [_directory(body, layout, size, start, []) for size, start in zip(sizes[1:], starts[1:], strict=True)]
    body[8:16] = struct.pack("<Q", _directory(body, layout, sizes[0], starts[0], below))
    return bytes(body)


def _directory(body: bytearray, layout: Layout, size: tuple[int, int], start: int, below: list[int]) -> int:
    """Appends one image directory with its values; returns its place."""
    is_first = size == (layout.width, layout.height)
    tiles = _tiles(size[0]) * _tiles(size[1])
    entries: list[tuple[int, int, Any]] = [
        (254, _LONG, [int(not is_first)]),  # reduced copy of the first image
        (256, _LONG, [size[0]]),
        (257, _LONG, [size[1]]),
        (258, _SHORT, [8 * layout.type.itemsize] * layout.channels),
        (259, _SHORT, [1]),  # not compressed
        (262, _SHORT, [1 if layout.channels == 1 else 2]),
        (270, _ASCII, list(_ome_xml(layout).encode("ascii", "xmlcharrefreplace") + b"\0") if is_first else []),
        (277, _SHORT, [layout.channels]),
        (281, _SHORT, [2**layout.bits - 1] * layout.channels),  # the largest value: tells the significant bits
        (284, _SHORT, [1]),
        (305, _ASCII, list(MARK.encode() + b"\0")),
        (322, _SHORT, [TILE]),
        (323, _SHORT, [TILE]),
        (324, _LONG8, start + np.arange(tiles) * layout.tile_bytes),
        (325, _LONG, np.full(tiles, layout.tile_bytes)),
        (330, _IFD8, below),
    ]
    packed = [(tag, kind, np.asarray(values, dtype=_FORMATS[kind])) for tag, kind, values in entries if len(values)]
    table = struct.pack("<Q", len(packed))
    for tag, kind, array in packed:
        table += struct.pack("<HHQ", tag, kind, len(array)) + _inline(body, array.tobytes())
    return _append(body, table + struct.pack("<Q", 0))


def _inline(body: bytearray, packed: bytes) -> bytes:
    """The value itself where eight bytes hold it, else its place in the file."""
    return packed.ljust(8, b"\0") if len(packed) <= 8 else struct.pack("<Q", _append(body, packed))


def _append(body: bytearray, content: bytes) -> int:
    body += b"\0" * (-len(body) % 8)
    place = len(body)
    body += content
    return place


def _ome_xml(layout: Layout) -> str:
    """The image's description in the words of OME, for programs that ask for it."""
    from xml.sax.saxutils import quoteattr  # loads all that speaks HTTP, which nobody needs who only reads

    kind = "uint8" if layout.bits == 8 else "uint16"
    scale = f"{layout.um_per_px!r}" if layout.um_per_px else ""
    physical = f' PhysicalSizeX="{scale}" PhysicalSizeY="{scale}"' if scale else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><OME xmlns="{_OME}" Creator="{MARK}">'
        f'<Image ID="Image:0" Name={quoteattr(layout.source)}>'
        f'<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="{kind}" SignificantBits="{layout.bits}" '
        f'BigEndian="false" Interleaved="true" SizeX="{layout.width}" SizeY="{layout.height}" SizeZ="1" '
        f'SizeC="{layout.channels}" SizeT="1"{physical}>'
        f'<Channel ID="Channel:0:0" SamplesPerPixel="{layout.channels}"/><TiffData IFD="0" PlaneCount="1"/>'
        "</Pixels></Image></OME>"
    )
