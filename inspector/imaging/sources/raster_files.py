"""PNG, JPEG and BMP: decoded whole, once, after the header was checked."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.pixels import Pixels, Storage, plain, refuse_cmyk, transparent
from inspector.imaging.sources.image_header import ImageHeader, cut_short, refusal, refusing
from inspector.imaging.sources.raster_headers import (
    BMP_START,
    JPEG_START,
    PNG_START,
    RasterFacts,
    bmp_facts,
    jpeg_facts,
    png_facts,
    reaches_its_end,
)
from inspector.wafer.recipe import ImageSection

_MAX_FILE_BYTES = 4 << 30
_BAND_ROWS = 512
_KINDS = ((PNG_START, png_facts), (JPEG_START, jpeg_facts), (BMP_START, bmp_facts))


class RasterImage:
    """An open PNG, JPEG or BMP, checked; grey or RGB, upright. The first look at a pixel decodes all of them."""

    random_access = False

    def __init__(self, file: BufferedReader, path: Path, facts: RasterFacts, rule: ImageSection) -> None:
        if facts.inks:
            refuse_cmyk(path, rule)
        if facts.key_colour and rule.alpha == "refuse":
            raise transparent(path)
        self._file = file
        self._facts = facts
        self._rule = rule
        self._whole: Pixels | None = None
        self._lock = threading.Lock()

    @property
    def header(self) -> ImageHeader:
        return self._facts.header

    def bands(self) -> Iterator[Pixels]:
        """uint8 or uint16 (h, W, C) from top to bottom, C = header.channels."""
        pixels = self._pixels()
        for top in range(0, len(pixels), _BAND_ROWS):
            yield pixels[top : top + _BAND_ROWS]

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        """(height, width, C) of a rectangle inside the image."""
        return self._pixels()[y : y + height, x : x + width]

    def coarse(self, longest: int) -> None:
        """These kinds hold no smaller copies."""

    def close(self) -> None:
        """Closes the file and lets the pixels go."""
        self._file.close()
        self._whole = None

    def _pixels(self) -> Pixels:
        with self._lock:
            if self._whole is None:
                with refusing(self.header.path):
                    self._whole = _decoded(self._file, self._facts, self._rule)
            return self._whole


def raster_image(file: BufferedReader, path: Path, rule: ImageSection) -> RasterImage | None:
    """The image where the file begins like a PNG, JPEG or BMP, else None."""
    mark = file.read(8)
    for start, facts in _KINDS:
        if mark.startswith(start):
            return RasterImage(file, path, facts(file, path), rule)
    return None


def _decoded(file: BufferedReader, facts: RasterFacts, rule: ImageSection) -> Pixels:
    header = facts.header
    path = header.path
    file.seek(0)
    raw = file.read(_MAX_FILE_BYTES + 1)
    if len(raw) > _MAX_FILE_BYTES:
        raise refusal(path, "is larger than 4 GiB", "save it as a tiled TIFF")
    if header.format == "jpeg" and not reaches_its_end(raw):
        raise cut_short(path, "the JPEG has no end marker")
    if header.format == "png":
        _check_sums(raw, path)
    stored = _inks(raw, facts.inverted) if facts.inks else _samples(raw, path)
    if (
        stored.shape[:2] != facts.turn.size(header.width, header.height)[::-1]
        or stored.dtype.itemsize * 8 != header.bits
    ):
        raise refusal(path, "does not hold what its header says", "save it again")
    storage = Storage("cmyk") if facts.inks else Storage("rgb", alpha=stored.shape[2] == 4)
    pixels = plain(facts.turn.upright(stored), storage, rule, path)
    if pixels.shape[2] != header.channels:  # the decoder makes colours of some greys, and the other way round
        pixels = pixels[:, :, :1] if header.channels == 1 else np.repeat(pixels, 3, axis=2)
    return np.ascontiguousarray(pixels)


def _samples(raw: bytes, path: Path) -> NDArray[np.generic]:
    """uint8 or uint16 (H, W, C), C = 1, 3 or 4 (RGB, then alpha)."""
    try:
        pixels = cv2.imdecode(np.frombuffer(raw, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise refusal(path, "can't be decoded", "save it again as PNG or TIFF") from error
    if pixels is None:
        raise refusal(path, "is damaged or cut short", "copy it again from where it was taken")
    if pixels.ndim == 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)
    whole: NDArray[np.generic] = pixels.reshape(*pixels.shape[:2], -1)
    return whole


def _inks(raw: bytes, inverted: bool) -> NDArray[np.uint8]:
    """uint8 (H, W, 4): the inks of a CMYK JPEG, 255 all of it; Adobe's programs store them the other way round."""
    inks: NDArray[np.uint8] = imagecodecs.jpeg8_decode(raw, outcolorspace="CMYK")
    return 255 - inks if inverted else inks


def _check_sums(raw: bytes, path: Path) -> None:
    """Every chunk of a PNG carries a checksum; the decoder passes over wrong ones of chunks that it can do without."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", raw, at)
        (told,) = struct.unpack_from(">I", raw, at + 8 + length)
        if zlib.crc32(memoryview(raw)[at + 4 : at + 8 + length]) != told:
            raise refusal(path, f"is damaged in its part {kind!r}", "copy it again from where it was taken")
        at += 12 + length
