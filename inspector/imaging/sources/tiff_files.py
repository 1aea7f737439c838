"""TIFF: the directory is checked against the file's size, then the image is read band by band or by rectangles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels, plain, to_bytes
from inspector.imaging.sources.image_header import cut_short, refusal, refusing
from inspector.imaging.sources.tiff_directory import header_of, layout_of, levels_of, storage_of
from inspector.imaging.sources.tiff_plane import TiffPlane, read_at
from inspector.imaging.sources.turning import Turn
from inspector.wafer.recipe import ImageSection

__all__ = ["TiffImage", "read_at"]

_MAX_WHOLE_BYTES = 1 << 30  # decoded in one piece
_MAX_LEVEL_PIXELS = 1 << 26


class TiffImage:
    """The first image of an open TIFF file, checked; grey or RGB, upright. ImageError for all that can't be used."""

    def __init__(self, file: BufferedReader, path: Path, rule: ImageSection) -> None:
        self._file = file
        self._path = path
        self._rule = rule
        size = os.fstat(file.fileno()).st_size
        tiff = tifffile.TiffFile(file)
        if len(tiff.pages) == 0:
            raise cut_short(path, "it has no readable directory")
        page: Any = tiff.pages[0]
        self._storage = storage_of(page, path, rule)
        self._turn = Turn.of(int(page.tags.valueof(274, 1)))
        self._levels = levels_of(tiff, path, size)
        full = self._turn.size(int(page.imagewidth), int(page.imagelength))
        self.header = header_of(page, path, self._storage, full)
        self._plane = TiffPlane(file, path, page, layout_of(page, path, size))
        self._refuse_long_way()

    @property
    def random_access(self) -> bool:
        """True where a rectangle costs about what it holds."""
        return self._plane.layout.tiled

    def bands(self) -> Iterator[Pixels]:
        """uint8 or uint16 (h, W, C) from top to bottom, C = header.channels."""
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            for x, y, width, height in self._stored_bands():
                mapped = pool.map if self._plane.layout.packed else map
                yield self._upright(self._plane.read(x, y, width, height, mapped))  # no name: none outlives its turn

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        """(height, width, C) of a rectangle inside the image."""
        full = (self.header.width, self.header.height)
        return self._upright(self._plane.read(*self._turn.stored(x, y, width, height, full)))

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        """The smallest copy in the file whose longer side has `longest` px or more, uint8 (h, w, C); None without."""
        fitting = [p for p in self._levels if max(p.imagewidth, p.imagelength) >= longest]
        fitting = [p for p in fitting if p.imagewidth * p.imagelength <= _MAX_LEVEL_PIXELS]
        if not fitting:
            return None
        page = min(fitting, key=lambda p: int(p.imagewidth))
        with refusing(self._path):
            return self._level(page)

    def close(self) -> None:
        """Closes the file; reading afterwards raises ImageError."""
        self._file.close()

    def _level(self, page: Any) -> NDArray[np.uint8]:
        storage = storage_of(page, self._path, self._rule)
        layout = layout_of(page, self._path, os.fstat(self._file.fileno()).st_size)
        stored = TiffPlane(self._file, self._path, page, layout).read(0, 0, layout.width, layout.height)
        pixels = plain(self._turn.upright(stored), storage, self._rule, self._path)
        return to_bytes(pixels, self.header.channels, self._rule.bits)

    def _upright(self, stored: NDArray[np.generic]) -> Pixels:
        return np.ascontiguousarray(plain(self._turn.upright(stored), self._storage, self._rule, self._path))

    def _stored_bands(self) -> Iterator[tuple[int, int, int, int]]:
        """Stored rectangles x, y, width, height that are the upright image's bands, from its top."""
        layout, turn = self._plane.layout, self._turn
        if turn.swapped:
            step = layout.piece_width if layout.tiled else layout.width
            bands = [(x, 0, min(step, layout.width - x), layout.height) for x in range(0, layout.width, step)]
        else:
            bands = [(0, y, layout.width, rows) for y, rows in self._plane.row_bands()]
        return reversed(bands) if turn.upside_down else iter(bands)

    def _refuse_long_way(self) -> None:
        """Strips hold rows; an image that lies on its side needs columns, so all strips at once."""
        layout = self._plane.layout
        across = layout.piece_width if layout.tiled else layout.width
        if self._turn.swapped and across * layout.height * layout.samples * layout.type.itemsize > _MAX_WHOLE_BYTES:
            fault = f"lies on its side and is too large to be turned in memory ({layout.width} x {layout.height})"
            raise refusal(self._path, fault, "save it upright, or as a TIFF with tiles of 512 pixels")
