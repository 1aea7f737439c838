"""Reads rectangles out of one image of a TIFF file: tiles and strips by their places, several at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from inspector.imaging.sources.image_header import cut_short, refusal
from inspector.imaging.sources.raster_headers import jpeg_size, reaches_its_end
from inspector.imaging.sources.tiff_directory import DEFLATE, LZW, PACKBITS, ZSTD, Layout

_BAND_BYTES = 8 << 20
_BAND_ROWS = 512
_KEPT_BYTES = 4 << 20
_DECODERS: dict[int, Callable[..., Any]] = {
    **dict.fromkeys(DEFLATE, imagecodecs.deflate_decode),
    **dict.fromkeys(ZSTD, imagecodecs.zstd_decode),
    **dict.fromkeys(LZW, imagecodecs.lzw_decode),
    **dict.fromkeys(PACKBITS, imagecodecs.packbits_decode),
}
_position_lock = threading.Lock()
_scratch = threading.local()  # memory that is used again for every piece, because fresh memory costs more than reading
Mapped = Callable[[Callable[[int], None], Iterable[int]], Iterable[None]]


def read_at(file: BufferedReader, size: int, offset: int) -> bytes:
    """Bytes at an offset, from any thread; fewer where the file ends."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, offset)
    with _position_lock:
        file.seek(offset)
        return file.read(size)


def _room(name: str, size: int) -> NDArray[np.uint8]:
    """This thread's own memory of that name, at least as large; it holds until the thread asks again."""
    room: NDArray[np.uint8] | None = getattr(_scratch, name, None)
    if room is None or len(room) < size:
        room = np.empty(size, dtype=np.uint8)
        if size <= _KEPT_BYTES:
            setattr(_scratch, name, room)
    return room[:size]


class TiffPlane:
    """One image of an open TIFF file, as its checked layout says; reading is safe from several threads."""

    def __init__(self, file: BufferedReader, path: Path, page: Any, layout: Layout) -> None:
        self._file = file
        self._path = path
        self._page = page
        self._decoder = _DECODERS.get(int(page.compression))
        self._predicted = int(page.predictor) == 2
        self._stored_type = layout.type.newbyteorder(page.parent.byteorder)
        self.layout = layout

    def row_bands(self) -> Iterator[tuple[int, int]]:
        """(top, rows) that are well read at once: a few MB, whole tiles where they are packed."""
        layout = self.layout
        row_bytes = layout.width * layout.samples * layout.type.itemsize
        rows = max(1, min(_BAND_ROWS, _BAND_BYTES // row_bytes))
        if layout.packed:
            rows = max(1, rows // layout.piece_rows) * layout.piece_rows
        elif layout.tiled and rows > layout.piece_rows:
            rows = rows // layout.piece_rows * layout.piece_rows
        for top in range(0, layout.height, rows):
            yield top, min(rows, layout.height - top)

    def read(self, x: int, y: int, width: int, height: int, mapped: Mapped = map) -> NDArray[np.generic]:
        """uint8 or uint16 (height, width, samples) of a rectangle inside the image, as stored.

        mapped: how the pieces are gone through, such as a pool's map.
        """
        layout = self.layout
        out = np.empty((height, width, layout.samples), dtype=layout.type)
        columns = range(x // layout.piece_width, (x + width - 1) // layout.piece_width + 1)
        rows = range(y // layout.piece_rows, (y + height - 1) // layout.piece_rows + 1)
        area = layout.across * layout.down
        wanted = [p * area + r * layout.across + c for p in range(layout.planes) for r in rows for c in columns]
        for _ in mapped(lambda index: self._place(index, out, x, y), wanted):
            pass
        return out

    def _place(self, index: int, out: NDArray[np.generic], x: int, y: int) -> None:
        """Writes what a tile or strip holds of the rectangle at x, y into it."""
        layout = self.layout
        plane, place = divmod(index, layout.across * layout.down)
        top = place // layout.across * layout.piece_rows
        left = place % layout.across * layout.piece_width
        y0, y1 = max(y, top), min(y + out.shape[0], top + layout.piece_rows)
        x0, x1 = max(x, left), min(x + out.shape[1], left + layout.piece_width)
        rows = self._unpacked(index)[y0 - top : y1 - top] if layout.packed else self._rows(index, y0 - top, y1 - top)
        channels = slice(plane, plane + 1) if layout.planes > 1 else slice(None)
        out[y0 - y : y1 - y, x0 - x : x1 - x, channels] = rows[:, x0 - left : x1 - left]

    def _rows(self, index: int, first: int, last: int) -> NDArray[np.generic]:
        """Some rows of a piece that is not packed."""
        layout = self.layout
        raw = self._bytes((last - first) * layout.piece_row_bytes, index, first * layout.piece_row_bytes)
        shape = (last - first, layout.piece_width, layout.samples_in_piece)
        return raw.view(self._stored_type).reshape(shape)

    def _bytes(self, count: int, index: int, skipped: int = 0) -> NDArray[np.uint8]:
        raw = _room("raw", count)
        offset = int(self.layout.offsets[index]) + skipped
        if hasattr(os, "preadv"):
            got = os.preadv(self._file.fileno(), [raw.data], offset)
        else:
            read = read_at(self._file, count, offset)
            got = len(read)
            raw[:got] = np.frombuffer(read, dtype=np.uint8)
        if got < count:
            raise cut_short(self._path, "it became shorter while it was read")
        return raw

    def _unpacked(self, index: int) -> NDArray[np.generic]:
        raw = self._bytes(int(self.layout.counts[index]), index)
        if self._decoder is None:
            return self._from_jpeg(raw.tobytes(), index)
        layout = self.layout
        whole = layout.piece_rows * layout.piece_row_bytes
        room = _room("unpacked", whole + 1)  # one more than may come, so that too much is seen
        try:
            found = len(self._decoder(raw, out=room))
        except RuntimeError as error:  # every decoder has its own, all of this kind
            raise self._damaged(index) from error
        rows = layout.piece_rows
        if found != whole and not layout.tiled:  # the last strip may end with the image
            rows = layout.rows_of(index)
        if found != rows * layout.piece_row_bytes:
            raise self._damaged(index)
        shape = (rows, layout.piece_width, layout.samples_in_piece)
        pixels = room[:found].view(self._stored_type).reshape(shape).astype(layout.type, copy=False)
        if self._predicted:
            imagecodecs.delta_decode(pixels, axis=1, out=pixels)
        return pixels

    def _from_jpeg(self, raw: bytes, index: int) -> NDArray[np.generic]:
        layout, page = self.layout, self._page
        width, rows = jpeg_size(raw)
        fits = layout.piece_width >= width and layout.piece_rows >= rows >= layout.rows_of(index)
        if not fits or not reaches_its_end(raw):  # the decoder itself would fill up what is missing
            raise self._damaged(index)
        decoded, _, _ = page.decode(raw, index, jpegtables=page.jpegtables, jpegheader=page.jpegheader)
        if decoded is None or decoded.dtype != np.uint8 or decoded.shape[2:] != (width, layout.samples_in_piece):
            raise self._damaged(index)
        pixels: NDArray[np.generic] = decoded[0]
        return pixels

    def _damaged(self, index: int) -> Exception:
        word = self.layout.word[:-1]
        return refusal(self._path, f"has a damaged {word} ({index})", "copy it again from where it was taken")
