"""The headers of PNG, JPEG and BMP, read without decoding anything."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path

import numpy as np

from inspector.imaging.sources.image_header import ImageHeader, cut_short, no_bomb, refusal, within_budget
from inspector.imaging.sources.turning import Turn, exif_orientation

PNG_START, JPEG_START, BMP_START = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM"
MAX_DECODED_BYTES = 4 << 30
_MAX_CV2_PIXELS = 1 << 30  # cv2.imdecode raises above
_MAX_CV2_SIDE = 1 << 20
_PNG_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 1, 6: 3}  # colour type -> colour channels, alpha not counted
_PNG_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what libjpeg decodes
_JPEG_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_MOST_EXIF = 1 << 16


@dataclass(frozen=True)
class RasterFacts:
    """What the decoder must know besides the header. turn: from decoded to upright pixels.

    key_colour: one grey value means transparency. inks: a JPEG in CMYK; inverted: as Adobe stores it.
    """

    header: ImageHeader
    turn: Turn
    key_colour: bool = False
    inks: bool = False
    inverted: bool = False


def read_exactly(file: BufferedReader | BytesIO, size: int, path: Path, what: str) -> bytes:
    """The next bytes; ImageError naming `what` where the file ends before."""
    got = file.read(size)
    if len(got) < size:
        raise cut_short(path, f"it ends inside {what}")
    return got


def png_facts(file: BufferedReader, path: Path) -> RasterFacts:
    """The IHDR of a PNG, after a walk over its chunks down to IEND."""
    file.seek(8)
    length, kind = struct.unpack(">I4s", read_exactly(file, 8, path, "the PNG header"))
    if kind != b"IHDR" or length != 13:
        raise refusal(path, "has no PNG header (IHDR)", "save it again")
    width, height, bits, colour = struct.unpack(">IIBB", read_exactly(file, 13, path, "the PNG header")[:10])
    if colour not in _PNG_BITS or bits not in _PNG_BITS[colour]:
        raise refusal(path, f"is a PNG of an unknown kind (colour {colour}, {bits} bits)", "save it again")
    stored = ImageHeader(path, width, height, _PNG_CHANNELS[colour], max(bits, 8), "png")
    size = _decodable(within_budget(stored), file)
    exif, key_colour = _walk_to_iend(file, path, size)
    turn = Turn.of(exif_orientation(exif))
    return RasterFacts(_turned(stored, turn), turn, key_colour and colour == 0)


def _walk_to_iend(file: BufferedReader, path: Path, size: int) -> tuple[bytes, bool]:
    """The EXIF block, empty without one, and whether a chunk names transparent colours (tRNS)."""
    at, exif, key_colour = 8, b"", False
    while True:
        file.seek(at)
        length, kind = struct.unpack(">I4s", read_exactly(file, 8, path, "the PNG chunks"))
        at += 12 + length
        if at > size:
            raise cut_short(path, f"{at - size} bytes of a PNG chunk or more are missing")
        if kind == b"eXIf":
            exif = file.read(min(length, _MOST_EXIF))
        key_colour |= kind == b"tRNS"
        if kind == b"IEND":
            return exif, key_colour


def jpeg_facts(file: BufferedReader, path: Path) -> RasterFacts:
    """The frame header (SOF) of a JPEG and the marks before it. A frame may have four components: CMYK."""
    marks = _Marks()
    bits, height, width, components = _frame(file, path, marks)
    if bits != 8 or components not in (1, 3, 4):
        kind = f"{components} components of {bits} bits"
        raise refusal(path, f"is a JPEG of {kind}", "save it as grey or RGB with 8 bits")
    turn = Turn.of(exif_orientation(marks.exif))
    stored = ImageHeader(path, width, height, 1 if components == 1 else 3, 8, "jpeg")
    size = _decodable(within_budget(stored), file)
    if -(-width // 8) * -(-height // 8) > size * 8:  # a block of 8 x 8 takes a bit or more, in any kind of JPEG
        raise cut_short(path, f"{size} bytes can't hold {width} x {height} pixels")
    return RasterFacts(_turned(stored, turn), turn, inks=components == 4, inverted=marks.adobe)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """(width, height) in the frame header of a JPEG in memory; ImageError without one."""
    _, height, width, _ = _frame(BytesIO(data), Path("tile"), _Marks())
    return width, height


@dataclass
class _Marks:
    """What stands before a JPEG's frame: its EXIF block without the name, and Adobe's mark."""

    exif: bytes = b""
    adobe: bool = False

    def note(self, marker: int, body: bytes) -> None:
        if marker == 0xE1 and body.startswith(b"Exif\0\0") and not self.exif:
            self.exif = body[6:]
        self.adobe |= marker == 0xEE and body.startswith(b"Adobe")


def _frame(file: BufferedReader | BytesIO, path: Path, marks: _Marks) -> tuple[int, int, int, int]:
    """Bits, height, width and components of the first frame."""
    file.seek(2)
    while True:
        mark = read_exactly(file, 2, path, "the JPEG header")
        while mark[1] == 0xFF:  # fill bytes
            mark = mark[1:] + read_exactly(file, 1, path, "the JPEG header")
        if mark[0] != 0xFF or mark[1] in (0xD9, 0xDA):
            raise refusal(path, "has no JPEG frame header", "save it again")
        if mark[1] == 0x01 or 0xD0 <= mark[1] <= 0xD7:  # markers without a length
            continue
        (length,) = struct.unpack(">H", read_exactly(file, 2, path, "the JPEG header"))
        if length < 2:
            raise refusal(path, "has a broken JPEG header", "save it again")
        if mark[1] in _JPEG_FRAMES:
            bits, height, width, components = struct.unpack(">BHHB", read_exactly(file, 6, path, "the JPEG header"))
            return bits, height, width, components
        if mark[1] in _JPEG_OTHER_FRAMES:
            raise refusal(path, "is a JPEG of a rare kind (lossless or arithmetic)", "save it as PNG or TIFF")
        marks.note(mark[1], read_exactly(file, length - 2, path, "the JPEG header"))


def reaches_its_end(raw: bytes) -> bool:
    """True where the JPEG's own end marker is there: decoders take some files without it."""
    at = 2
    while found := _JPEG_MARKER.search(raw, at):
        marker = found.group(1)[0]
        if marker == 0xD9:
            return True
        at = found.end()
        if marker != 0x01:  # TEM has no length
            at += int.from_bytes(raw[at : at + 2], "big")
    return False


def bmp_facts(file: BufferedReader, path: Path) -> RasterFacts:
    """The header of an uncompressed BMP with 8 or 24 bits."""
    file.seek(0)
    head = read_exactly(file, 50, path, "the BMP header")
    (start,) = struct.unpack("<I", head[10:14])
    header_size, width, height, _, depth, packing = struct.unpack("<IiiHHI", head[14:34])
    (used,) = struct.unpack("<I", head[46:50])
    if header_size < 40 or depth not in (8, 24) or packing != 0 or used > 256:
        raise refusal(path, "is a BMP of a rare kind", "save it as PNG or as a BMP of 8 or 24 bits, not packed")
    grey = False
    if depth == 8:
        file.seek(14 + header_size)
        palette = np.frombuffer(read_exactly(file, 4 * (used or 256), path, "the palette"), np.uint8)
        blue, green, red = palette.reshape(-1, 4)[:, :3].T
        grey = bool((blue == green).all() and (green == red).all())
    header = within_budget(ImageHeader(path, width, abs(height), 1 if grey else 3, 8, "bmp"))
    row_bytes = (width * depth // 8 + 3) // 4 * 4
    missing = start + row_bytes * header.height - file.seek(0, 2)
    if missing > 0:
        raise cut_short(path, f"{missing} bytes are missing")
    _decodable(header, file)
    return RasterFacts(header, Turn())


def _turned(stored: ImageHeader, turn: Turn) -> ImageHeader:
    width, height = turn.size(stored.width, stored.height)
    return ImageHeader(stored.path, width, height, stored.channels, stored.bits, stored.format)


def _decodable(header: ImageHeader, file: BufferedReader) -> int:
    """The file's bytes; ImageError for more pixels than can be decoded in one piece, and for bombs."""
    pixels = header.width * header.height
    decoded = pixels * (header.channels + 1) * (header.bits // 8)  # one more: an alpha channel
    too_wide = max(header.width, header.height) > _MAX_CV2_SIDE
    if pixels >= _MAX_CV2_PIXELS or decoded > MAX_DECODED_BYTES or too_wide:
        kind = header.format.upper()
        fault = f"has {header.width} x {header.height} pixels, too many for a {kind}, which is decoded in one piece"
        raise refusal(header.path, fault, "save it as a tiled TIFF, which is read piece by piece")
    size = file.seek(0, 2)
    no_bomb(header, pixels * header.channels * (header.bits // 8), size)
    return size
