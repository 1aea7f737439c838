"""Opens an image file of any supported kind: header checks first, then fingerprint and pixels.

PNG, JPEG, TIFF and plain BMP, told apart by content, never by suffix. What is read is what is on disk: the first
and only image, 8 bit grey or RGB, orientation marks not applied. Everything else is refused with ImageError.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.image_header import ImageHeader, opened, refusal, refusing
from inspector.imaging.pixels import to_bytes
from inspector.imaging.raster_files import bmp_header, decode_whole, jpeg_header, png_header
from inspector.imaging.tiff_files import TiffImage

__all__ = ["Fingerprint", "ImageHeader", "bands", "fingerprint", "read_header", "read_image"]

_BAND_ROWS = 512
_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_RASTER_HEADERS = ((b"\x89PNG\r\n\x1a\n", png_header), (b"\xff\xd8\xff", jpeg_header), (b"BM", bmp_header))


@dataclass(frozen=True)
class Fingerprint:
    """What tells that a file is still the same: bytes, time of the last change (ns), sha256 of all bytes."""

    size: int
    mtime_ns: int
    sha256: str


def read_header(path: Path) -> ImageHeader:
    """Width, height, channels and kind, without decoding. ImageError for whatever can't be used."""
    with opened(path) as file:
        found = _open_kind(file, path)
        return found.header if isinstance(found, TiffImage) else found


def fingerprint(path: Path) -> Fingerprint:
    """Fingerprint of a file, read in pieces. ImageError where it can't be read or changes meanwhile."""
    with opened(path) as file:
        before = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise refusal(path, "changed while it was read", "wait until it is written and open it again")
        return Fingerprint(after.st_size, after.st_mtime_ns, digest)


def bands(path: Path, channels: int, bits: int = 16) -> Generator[NDArray[np.uint8]]:
    """The whole image from top to bottom as uint8 (h, W, channels), h as the file allows.

    channels: 1 grey, 3 RGB. bits: significant bits of 16 bit pixels. TIFF is streamed; the others are decoded whole.
    """
    with opened(path) as file:
        found = _open_kind(file, path)
        if isinstance(found, TiffImage):
            for band in found.bands():
                yield to_bytes(band, channels, bits, path, white_is_zero=found.white_is_zero)
            return
        pixels = decode_whole(file, found)
        for top in range(0, found.height, _BAND_ROWS):
            yield to_bytes(pixels[top : top + _BAND_ROWS], channels, bits, path)


def read_image(path: Path, channels: int, bits: int = 16) -> NDArray[np.uint8]:
    """The whole image as uint8 (H, W, channels): for parts and dataset chips, not for wafers."""
    parts = list(bands(path, channels, bits))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _open_kind(file: BufferedReader, path: Path) -> ImageHeader | TiffImage:
    with refusing(path):
        mark = file.read(16)
        file.seek(0)
        if mark[:4] in _TIFF_MARKS:
            return TiffImage(file, path)
        for start, header in _RASTER_HEADERS:
            if mark.startswith(start):
                return header(file, path)
    raise refusal(path, "is no PNG, JPEG, TIFF or BMP image", "name an image file")
