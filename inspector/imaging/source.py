"""One wafer's pixels, whatever they are kept in: image files, OME-Zarr, folders of shots or of chips.

Image files (PNG, JPEG, TIFF, plain BMP) are told apart by content, never by suffix. Everything that can't be used is
refused with ImageError before a pixel is decoded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels, to_bytes
from inspector.imaging.sources.checksum_file import refuse_other_sum
from inspector.imaging.sources.image_header import ImageHeader, opened, refusal, refusing
from inspector.imaging.sources.raster_files import RasterImage, raster_image
from inspector.imaging.sources.tiff_files import TiffImage
from inspector.wafer.recipe import ImageSection, Recipe

__all__ = [
    "FileSource",
    "Fingerprint",
    "ImageHeader",
    "Pixels",
    "Source",
    "bands",
    "fingerprint",
    "open_source",
    "read_header",
    "read_image",
]

_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


@dataclass(frozen=True)
class Fingerprint:
    """What tells that a file is still the same: bytes, time of the last change (ns), sha256 of all bytes."""

    size: int
    mtime_ns: int
    sha256: str


class Source(Protocol):
    """The pixels of one wafer, open for reading; a context manager.

    header: width and height as bands() delivers them, channels 1 or 3, bits 8 or 16. not_imaged: x, y, width, height
    in px of the image that nobody photographed. random_access: read() costs about what its rectangle holds.
    """

    @property
    def path(self) -> Path: ...
    @property
    def header(self) -> ImageHeader: ...
    @property
    def not_imaged(self) -> tuple[tuple[int, int, int, int], ...]: ...
    @property
    def random_access(self) -> bool: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def bands(self) -> Iterator[Pixels]:
        """The image from top to bottom: uint8 or uint16 (h, W, C), C = header.channels; 16 bit stay 16 bit."""
        ...

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        """The same pixels, (height, width, C) of a rectangle inside the image."""
        ...

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        """The smallest level that the source itself holds with a longer side of at least `longest` px, else None."""
        ...

    def fingerprint(self) -> Fingerprint:
        """Of all bytes; for a folder: sizes added up, the newest time, sha256 over (relative name, sha256) in order."""
        ...

    def close(self) -> None: ...


def open_source(path: Path, recipe: Recipe) -> Source:
    """Opens what a wafer's pixels are kept in, as the recipe says; ImageError where it can't be used."""
    if path.is_dir():
        return _open_folder(path, recipe)
    return FileSource(path, recipe)


def _open_folder(path: Path, recipe: Recipe) -> Source:
    if path.suffix.lower() == ".zarr":
        from inspector.imaging.sources.zarr_source import ZarrSource

        return ZarrSource(path, recipe)
    if recipe.shots is not None:
        from inspector.imaging.sources.shots import ShotSource

        return ShotSource(path, recipe)
    if recipe.chip_files is not None:
        from inspector.imaging.sources.chip_files import ChipFilesSource

        return ChipFilesSource(path, recipe)
    raise refusal(path, "is a folder", "name an image file in it, or say [shots] or [chip_files] in the recipe")


class FileSource:
    """One image file, open and checked."""

    not_imaged: tuple[tuple[int, int, int, int], ...] = ()

    def __init__(self, path: Path, recipe: Recipe) -> None:
        self.path = path
        self._open = ExitStack()
        file = self._open.enter_context(opened(path))
        try:
            self._image = _image_in(file, path, recipe.image)
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def header(self) -> ImageHeader:
        return self._image.header

    @property
    def random_access(self) -> bool:
        return self._image.random_access

    def bands(self) -> Iterator[Pixels]:
        with refusing(self.path):
            yield from self._image.bands()

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        with refusing(self.path):
            return self._image.read(x, y, width, height)

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        return self._image.coarse(longest)

    def fingerprint(self) -> Fingerprint:
        return fingerprint(self.path)

    def close(self) -> None:
        self._image.close()
        self._open.close()


def read_header(path: Path, rule: ImageSection | None = None) -> ImageHeader:
    """Width, height, channels and kind, without decoding. ImageError for whatever can't be used by the rule."""
    with opened(path) as file:
        return _image_in(file, path, rule or ImageSection()).header


def fingerprint(path: Path) -> Fingerprint:
    """Fingerprint of a file, read in pieces. ImageError where it can't be read, changes meanwhile, or has another
    checksum than the file NAME.sha256 beside it says."""
    with opened(path) as file:
        before = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise refusal(path, "changed while it was read", "wait until it is written and open it again")
        refuse_other_sum(path, digest)
        return Fingerprint(after.st_size, after.st_mtime_ns, digest)


def bands(path: Path, channels: int, bits: int = 16, rule: ImageSection | None = None) -> Generator[NDArray[np.uint8]]:
    """The whole image from top to bottom as uint8 (h, W, channels), h as the file allows.

    channels: 1 grey, 3 RGB. bits: significant bits of 16 bit pixels. rule: what else the recipe says of its images.
    TIFF is streamed; the others are decoded whole.
    """
    rule = (rule or ImageSection()).model_copy(update={"bits": bits})
    with opened(path) as file, refusing(path):
        for band in _image_in(file, path, rule).bands():
            yield to_bytes(band, channels, bits)


def read_image(path: Path, channels: int, bits: int = 16, rule: ImageSection | None = None) -> NDArray[np.uint8]:
    """The whole image as uint8 (H, W, channels): for parts and dataset chips, not for wafers."""
    parts = list(bands(path, channels, bits, rule))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _image_in(file: BufferedReader, path: Path, rule: ImageSection) -> TiffImage | RasterImage:
    with refusing(path):
        mark = file.read(4)
        file.seek(0)
        if mark in _TIFF_MARKS:
            return TiffImage(file, path, rule)
        if found := raster_image(file, path, rule):
            return found
    raise refusal(path, "is no PNG, JPEG, TIFF or BMP image", "name an image file")
