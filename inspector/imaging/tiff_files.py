"""TIFF: the directory is checked against the file's size, then the image is read tile row by tile row."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging.image_header import ImageHeader, cut_short, refusal, within_budget

_BAND_ROWS = 256
_MAX_SEGMENT_BYTES = 1 << 30  # decoded; one tile or strip is the least that can be decoded
_MAX_BAND_BYTES = 2 << 30
_MAX_PAGES = 64
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _YCBCR = 0, 1, 2, 6
_JPEG = 7
_REDUCED_OR_MASK = 1 | 4
_position_lock = threading.Lock()


def read_at(file: BufferedReader, size: int, offset: int) -> bytes:
    """Bytes at an offset, from any thread; fewer where the file ends."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, offset)
    with _position_lock:
        file.seek(offset)
        return file.read(size)


class TiffImage:
    """The first image of an open TIFF file, checked. ImageError for all that is not 8 or 16 bit grey or RGB."""

    def __init__(self, file: BufferedReader, path: Path) -> None:
        self._file = file
        self._path = path
        tiff = tifffile.TiffFile(file)
        if len(tiff.pages) == 0:
            raise cut_short(path, "it has no readable directory")
        self._page: Any = tiff.pages[0]
        _refuse_stack(tiff, self._page, path)
        _refuse_kind(self._page, path)
        self.header = within_budget(_header(self._page, path))
        self._offsets = np.asarray(self._page.dataoffsets, dtype=np.int64)
        self._counts = np.asarray(self._page.databytecounts, dtype=np.int64)
        self._measure()
        self._check_segments()

    @property
    def white_is_zero(self) -> bool:
        return int(self._page.photometric) == _WHITE_IS_ZERO

    def _measure(self) -> None:
        page, header = self._page, self.header
        tiled = bool(page.is_tiled)
        self._segment_width = int(page.tilewidth) if tiled else header.width
        self._segment_rows = int(page.tilelength) if tiled else min(int(page.rowsperstrip), header.height)
        if self._segment_width < 1 or self._segment_rows < 1:
            raise refusal(self._path, "has tiles without pixels", "save it again")
        self._channels = int(page.samplesperpixel)
        self._planes = self._channels if int(page.planarconfig) == 2 and self._channels > 1 else 1
        self._across = math.ceil(header.width / self._segment_width)
        self._down = math.ceil(header.height / self._segment_rows)
        self._type = np.dtype(np.uint8 if header.bits == 8 else np.uint16)
        plain = int(page.compression) == 1 and int(page.predictor) == 1 and int(page.fillorder) == 1
        self._plain_rows = plain and not tiled and self._planes == 1

    def _check_segments(self) -> None:
        expected = self._across * self._down * self._planes
        kind = "tiles" if self._page.is_tiled else "strips"
        if len(self._offsets) != expected or len(self._counts) != expected:
            raise cut_short(self._path, f"its directory names {len(self._offsets)} of {expected} {kind}")
        size = os.fstat(self._file.fileno()).st_size
        beyond = (self._offsets + self._counts > size) | (self._offsets <= 0) | (self._counts <= 0)
        if beyond.any():
            raise cut_short(self._path, f"{int(beyond.sum())} of {expected} {kind} are missing")
        if self._plain_rows:
            return
        pixel_bytes = self._type.itemsize * self._channels
        segment = self._segment_width * self._segment_rows * pixel_bytes
        band = self.header.width * self._segment_rows * pixel_bytes
        if segment > _MAX_SEGMENT_BYTES or band > _MAX_BAND_BYTES:
            raise refusal(self._path, f"has {kind} too large for memory", "save it as a TIFF with tiles of 512 pixels")

    def bands(self) -> Iterator[NDArray[np.generic]]:
        """uint8 or uint16 (h, W, C) from top to bottom, as stored (white_is_zero not applied, alpha still there)."""
        if self._plain_rows:
            yield from self._plain_bands()
            return
        rows_at_once = max(1, _BAND_ROWS // self._segment_rows)
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            for first in range(0, self._down, rows_at_once):
                yield self._band(pool, first, min(rows_at_once, self._down - first))

    def _plain_bands(self) -> Iterator[NDArray[np.generic]]:
        width, height = self.header.width, self.header.height
        row_bytes = width * self._channels * self._type.itemsize
        stored = self._type.newbyteorder(self._page.parent.byteorder)
        for strip, offset in enumerate(self._offsets):
            rows = min(self._segment_rows, height - strip * self._segment_rows)
            if self._counts[strip] < rows * row_bytes:
                raise cut_short(self._path, f"strip {strip} is shorter than its rows")
            for first in range(0, rows, _BAND_ROWS):
                count = min(_BAND_ROWS, rows - first)
                raw = read_at(self._file, count * row_bytes, int(offset) + first * row_bytes)
                if len(raw) < count * row_bytes:
                    raise cut_short(self._path, "it became shorter while it was read")
                band = np.frombuffer(raw, dtype=stored).reshape(count, width, self._channels)
                yield band.astype(self._type, copy=False)

    def _band(self, pool: ThreadPoolExecutor, first: int, count: int) -> NDArray[np.generic]:
        top = first * self._segment_rows
        rows = min(count * self._segment_rows, self.header.height - top)
        band = np.empty((rows, self.header.width, self._channels), dtype=self._type)
        area = self._across * self._down
        wanted = [
            plane * area + segment
            for plane in range(self._planes)
            for segment in range(first * self._across, (first + count) * self._across)
        ]
        for index, decoded in zip(wanted, pool.map(self._decode, wanted), strict=True):
            plane, place = divmod(index, area)
            y = place // self._across * self._segment_rows - top
            x = place % self._across * self._segment_width
            h = min(self._segment_rows, rows - y)
            w = min(self._segment_width, self.header.width - x)
            if decoded.shape[0] < h or decoded.shape[1] < w:
                raise cut_short(self._path, f"tile or strip {index} is shorter than its pixels")
            channels = slice(plane, plane + 1) if self._planes > 1 else slice(None)
            band[y : y + h, x : x + w, channels] = decoded[:h, :w]
        return band

    def _decode(self, index: int) -> NDArray[np.generic]:
        count, page = int(self._counts[index]), self._page
        raw = read_at(self._file, count, int(self._offsets[index]))
        if len(raw) < count:
            raise cut_short(self._path, "it became shorter while it was read")
        decoded, _, _ = page.decode(raw, index, jpegtables=page.jpegtables, jpegheader=page.jpegheader)
        if decoded is None or decoded.dtype.kind != "u":
            raise refusal(self._path, f"has an unreadable tile or strip ({index})", "save it again")
        pixels: NDArray[np.generic] = decoded[0]
        return pixels


def _header(page: Any, path: Path) -> ImageHeader:
    colour = 3 if int(page.photometric) in (_RGB, _YCBCR) else 1
    return ImageHeader(path, int(page.imagewidth), int(page.imagelength), colour, int(page.bitspersample), "tiff")


def _refuse_stack(tiff: Any, first: Any, path: Path) -> None:
    """Smaller copies (pyramid levels, thumbnails) beside the image are fine; a second image is not."""
    for index in range(1, _MAX_PAGES):
        try:
            page = tiff.pages[index]
        except IndexError:
            return
        smaller = page.imagewidth < first.imagewidth and page.imagelength < first.imagelength
        if not smaller and not int(page.subfiletype) & _REDUCED_OR_MASK:
            raise refusal(path, "holds more than one image", "save each image as a file of its own")


def _refuse_kind(page: Any, path: Path) -> None:
    remedy = "save it as grey or RGB with 8 or 16 bits"
    if int(page.bitspersample) not in (8, 16) or int(page.sampleformat) not in (1, 4):
        kind = {2: "signed", 3: "floating point"}.get(int(page.sampleformat), "")
        raise refusal(path, f"has {kind} pixels of {page.bitspersample} bits".replace("  ", " "), remedy)
    photometric = int(page.photometric)
    is_jpeg = photometric == _YCBCR and int(page.compression) == _JPEG
    if photometric not in (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB) and not is_jpeg:
        raise refusal(path, f"has colours of another kind ({page.photometric.name})", remedy)
    colours = 3 if photometric in (_RGB, _YCBCR) else 1
    extra = int(page.samplesperpixel) - colours
    if extra not in (0, 1) or int(page.imagedepth) != 1:
        raise refusal(path, f"has {page.samplesperpixel} channels", remedy)
