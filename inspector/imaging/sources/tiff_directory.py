"""What a TIFF directory says, checked before a pixel is read: kind of pixels, other images, tiles and strips."""

from __future__ import annotations

import logging
import math
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.pixels import Colours, Storage, refuse_cmyk
from inspector.imaging.sources.image_header import ImageHeader, cut_short, no_bomb, refusal, within_budget
from inspector.wafer.recipe import ImageSection

MAX_PIECE_BYTES = 1 << 30  # decoded: one tile or strip, and one row of tiles
_MAX_PAGES = 64
_NONE, _LZW, _JPEG, _PACKBITS = 1, 5, 7, 32773
DEFLATE, ZSTD, LZW, PACKBITS = (8, 32946), (50000, 34926), (_LZW,), (_PACKBITS,)
_PREDICTED = {*DEFLATE, *ZSTD, *LZW}
_COLOURS: dict[int, tuple[Colours, int]] = {
    0: ("white is zero", 1),
    1: ("grey", 1),
    2: ("rgb", 3),
    3: ("palette", 1),
    5: ("cmyk", 4),
    6: ("rgb", 3),  # YCbCr; the JPEG decoder makes RGB of it
}
_YCBCR = 6
_REDUCED, _MASK = 1, 4
_COPY_AGAIN = "copy it again from where it was taken"

logging.getLogger("tifffile").addHandler(logging.NullHandler())  # its complaints come back as ImageError


@dataclass(frozen=True)
class Layout:
    """Where the samples of one image lie. piece: a tile or strip; offsets, counts: int64, bytes in the file.

    width, height: pixels as stored. planes: samples that lie apart, else 1. type: of a sample, native byte order.
    """

    width: int
    height: int
    piece_width: int
    piece_rows: int
    samples: int
    planes: int
    type: np.dtype[Any]
    tiled: bool
    packed: bool
    offsets: NDArray[np.int64]
    counts: NDArray[np.int64]

    @property
    def across(self) -> int:
        return -(-self.width // self.piece_width)

    @property
    def down(self) -> int:
        return -(-self.height // self.piece_rows)

    @property
    def word(self) -> str:
        return "tiles" if self.tiled else "strips"

    @property
    def samples_in_piece(self) -> int:
        """Samples of one pixel that lie in one tile or strip."""
        return self.samples // self.planes

    @property
    def piece_row_bytes(self) -> int:
        return self.piece_width * self.samples_in_piece * self.type.itemsize

    def rows_of(self, index: int) -> int:
        """Rows of the image in a tile or strip; the last ones may reach over the image's end."""
        row = index % (self.across * self.down) // self.across
        return min(self.piece_rows, self.height - row * self.piece_rows)


def storage_of(page: Any, path: Path, rule: ImageSection) -> Storage:
    """What the samples mean; ImageError for all that is not 8 or 16 bit grey, RGB, palette or, by rule, CMYK."""
    remedy = "save it as grey or RGB with 8 or 16 bits"
    bits, sample_format = int(page.bitspersample), int(page.sampleformat)
    if bits not in (8, 16) or sample_format not in (1, 4):
        kind = {2: "signed ", 3: "floating point "}.get(sample_format, "")
        raise refusal(path, f"has {kind}pixels of {page.bitspersample} bits", remedy)
    photometric, packing = int(page.photometric), int(page.compression)
    if photometric not in _COLOURS or (photometric == _YCBCR and packing != _JPEG):
        name = getattr(page.photometric, "name", photometric)
        raise refusal(path, f"has colours of another kind ({name})", remedy)
    colours, count = _COLOURS[photometric]
    extra = int(page.samplesperpixel) - count
    if extra not in (0, 1) or int(page.imagedepth) != 1:
        raise refusal(path, f"has {page.samplesperpixel} channels", remedy)
    if colours == "cmyk":
        refuse_cmyk(path, rule)
        if int(page.tags.valueof(332, 1)) != 1 or packing == _JPEG:
            raise refusal(path, "holds other inks than plain CMYK", remedy)
    palette = _palette(page, path) if colours == "palette" else None
    if palette is not None and (bits != 8 or extra):
        raise refusal(path, f"has a palette of {bits} bits and {page.samplesperpixel} channels", remedy)
    return Storage(colours, bool(extra), palette)


def _palette(page: Any, path: Path) -> NDArray[np.uint8]:
    colours = np.asarray([] if page.colormap is None else page.colormap, dtype=np.uint16)
    if colours.shape != (3, 256):
        raise refusal(path, "has no whole palette", "save it as RGB")
    if colours.max() > 255:  # 16 bits by the standard; some programs write 8
        colours //= 256
    palette: NDArray[np.uint8] = colours.T.astype(np.uint8)
    return np.ascontiguousarray(palette)


def layout_of(page: Any, path: Path, file_bytes: int) -> Layout:
    """Where the pixels lie; ImageError where the directory contradicts itself or the file is too short for it."""
    packing, predictor = int(page.compression), int(page.predictor)
    if packing not in {_NONE, _JPEG, *_PREDICTED, *PACKBITS}:
        name = getattr(page.compression, "name", packing)
        raise refusal(path, f"is packed by {name}", "save it packed by zstd, deflate, LZW or JPEG, or not packed")
    if int(page.fillorder) != 1 or predictor not in ((1, 2) if packing in _PREDICTED else (1,)):
        raise refusal(path, "has a rare order of bits or values (FillOrder, Predictor)", "save it again")
    _check_entries(page, path)
    tiled, samples = bool(page.is_tiled), int(page.samplesperpixel)
    width, height = int(page.imagewidth), int(page.imagelength)
    layout = Layout(
        width,
        height,
        int(page.tilewidth) if tiled else width,
        int(page.tilelength) if tiled else min(int(page.rowsperstrip), height),
        samples,
        samples if int(page.planarconfig) == 2 else 1,
        np.dtype(np.uint8 if int(page.bitspersample) == 8 else np.uint16),
        tiled,
        packing != _NONE,
        np.asarray(page.dataoffsets, dtype=np.int64),
        np.asarray(page.databytecounts, dtype=np.int64),
    )
    if layout.piece_width < 1 or layout.piece_rows < 1:
        raise refusal(path, f"has {layout.word} without pixels", "save it again")
    _check_pieces(layout, page, path, file_bytes)
    _check_sizes(layout, path)
    decoded = layout.width * layout.height * layout.samples * layout.type.itemsize
    no_bomb(ImageHeader(path, width, height, 1, 8, "tiff"), decoded, file_bytes)
    return layout


def _check_entries(page: Any, path: Path) -> None:
    """An entry that can't be read is left out by the reader, and then its default would count."""
    parent = page.parent
    form = parent.tiff
    parent.filehandle.seek(page.offset)
    (told,) = struct.unpack(form.tagnoformat, parent.filehandle.read(form.tagnosize))
    lost = told - sum(1 for _ in page.tags)
    if lost or not {256, 257, 262} <= set(page.tags.keys()):
        raise refusal(path, f"has a damaged directory ({lost} of {told} entries can't be read)", _COPY_AGAIN)


def _check_pieces(layout: Layout, page: Any, path: Path, file_bytes: int) -> None:
    expected = layout.across * layout.down * layout.planes
    offsets, counts, word = layout.offsets, layout.counts, layout.word
    named = {page.tags[code].count for code in (273, 279, 324, 325) if code in page.tags}
    if len(offsets) != expected or len(counts) != expected or not named <= {expected}:
        raise cut_short(path, f"its directory names {min(named, default=0)} of {expected} {word}")
    beyond = (offsets > file_bytes) | (counts > file_bytes - offsets) | (offsets <= 0) | (counts <= 0)
    if beyond.any():
        raise cut_short(path, f"{int(beyond.sum())} of {expected} {word} are missing")
    taken = _taken(page)
    starts, ends = np.append(offsets, taken[0]), np.append(offsets + counts, taken[1])
    order = np.argsort(starts, kind="stable")
    if np.any(ends[order][:-1] > starts[order][1:]):
        raise refusal(path, f"has {word} that lie over each other or over its directory", _COPY_AGAIN)


def _taken(page: Any) -> tuple[list[int], list[int]]:
    """Starts and ends of what holds no pixels: the file's mark, the directory, the values that lie outside it."""
    form = page.parent.tiff
    inline = form.tagoffsetthreshold
    outside = [tag for tag in page.tags if tag.valuebytecount > inline]
    directory = form.tagnosize + len(page.tags) * form.tagsize + form.offsetsize
    starts = [0, page.offset, *(tag.valueoffset for tag in outside)]
    sizes = [4 + form.offsetsize, directory, *(tag.valuebytecount for tag in outside)]
    return starts, [start + size for start, size in zip(starts, sizes, strict=True)]


def _check_sizes(layout: Layout, path: Path) -> None:
    """Packed pieces must fit into memory; the others must have exactly the bytes that their pixels take."""
    piece = layout.piece_row_bytes * layout.piece_rows
    if layout.packed:
        band = layout.width * layout.samples * layout.type.itemsize * layout.piece_rows
        if max(piece, band) > MAX_PIECE_BYTES or int(layout.counts.max()) > 2 * piece + (1 << 16):
            raise refusal(path, f"has {layout.word} too large for memory", "save it as a TIFF with tiles of 512 pixels")
        return
    whole = layout.counts == piece
    if not layout.tiled:  # the last strip may end with the image
        last = layout.height - (layout.down - 1) * layout.piece_rows
        whole |= (layout.counts == last * layout.piece_row_bytes) & (
            np.arange(len(layout.counts)) % layout.down == layout.down - 1
        )
    if not whole.all():
        fault = f"has {layout.word} of another length than their pixels take ({int((~whole).sum())})"
        raise refusal(path, fault, "copy it again or save it again")


def header_of(page: Any, path: Path, storage: Storage, size: tuple[int, int]) -> ImageHeader:
    """The checked header of an image of this upright size (width, height)."""
    return within_budget(ImageHeader(path, *size, storage.channels, int(page.bitspersample), "tiff"))


def levels_of(tiff: Any, path: Path, file_bytes: int) -> list[Any]:
    """The image's smaller copies, in its own directory or behind it; ImageError for a second image or a cut file."""
    first = tiff.pages[0]
    if int(first.subfiletype or 0) & (_REDUCED | _MASK):
        raise refusal(path, "begins with a smaller copy or a mask", "save the image itself as the first page")
    _refuse_hidden_stack(tiff, first, path, file_bytes)
    others = [*_some(first.pages or ()), *_some(tiff.pages)[1:]]
    levels = []
    for page in others:
        if _is_copy(page, first):
            levels.append(page)
        elif not int(page.subfiletype or 0) & (_REDUCED | _MASK):
            raise refusal(path, "holds more than one image", "save each image as a file of its own")
        if any(at + count > file_bytes for at, count in zip(page.dataoffsets, page.databytecounts, strict=False)):
            raise cut_short(path, "parts of its smaller copies are missing")
    return levels


def _some(pages: Any) -> list[Any]:
    """At most 64 directories: more than any pyramid has, fewer than take time."""
    found = []
    for index in range(_MAX_PAGES):
        try:
            found.append(pages[index])
        except IndexError:
            break
    return found


def _is_copy(page: Any, first: Any) -> bool:
    """True where a page is the same picture, smaller: same shape but for rounding."""
    smaller = 0 < page.imagewidth < first.imagewidth and 0 < page.imagelength < first.imagelength
    skew = abs(page.imagewidth * first.imagelength - page.imagelength * first.imagewidth)
    return bool(smaller and skew <= 2 * (first.imagewidth + first.imagelength))


def _refuse_hidden_stack(tiff: Any, first: Any, path: Path, file_bytes: int) -> None:
    """ImageJ and tifffile can keep many images behind one directory, one after the other and not packed."""
    count = 1
    if tiff.is_imagej:
        count = int((tiff.imagej_metadata or {}).get("images", 1))
    elif found := re.search(r'"shape": \[([\d, ]+)\]', first.shaped_description or ""):
        pixels = math.prod(int(side) for side in found.group(1).split(","))
        count = pixels // max(1, first.imagewidth * first.imagelength * first.samplesperpixel)
    if count > 1 and file_bytes >= count * sum(first.databytecounts):
        raise refusal(path, f"holds more than one image ({count})", "save each image as a file of its own")
