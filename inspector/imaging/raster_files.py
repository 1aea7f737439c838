"""PNG, JPEG and BMP: the header is checked before the whole file is decoded."""

from __future__ import annotations

import re
import struct
from io import BufferedReader
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.image_header import ImageHeader, cut_short, refusal, within_budget

MAX_DECODED_BYTES = 4 << 30
_MAX_FILE_BYTES = 4 << 30
_MAX_CV2_PIXELS = 1 << 30  # cv2.imdecode raises above
_MAX_CV2_SIDE = 1 << 20
_PNG_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 1, 6: 3}  # colour type -> colour channels, alpha not counted
_PNG_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what libjpeg decodes
_JPEG_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")


def read_exactly(file: BufferedReader, size: int, path: Path, what: str) -> bytes:
    """The next bytes; ImageError naming `what` where the file ends before."""
    got = file.read(size)
    if len(got) < size:
        raise cut_short(path, f"it ends inside {what}")
    return got


def png_header(file: BufferedReader, path: Path) -> ImageHeader:
    """The IHDR of a PNG, after a walk over its chunks down to IEND. `file` stands at its start."""
    file.seek(8)
    length, kind = struct.unpack(">I4s", read_exactly(file, 8, path, "the PNG header"))
    if kind != b"IHDR" or length != 13:
        raise refusal(path, "has no PNG header (IHDR)", "save it again")
    width, height, bits, colour = struct.unpack(">IIBB", read_exactly(file, 13, path, "the PNG header")[:10])
    if colour not in _PNG_BITS or bits not in _PNG_BITS[colour]:
        raise refusal(path, f"is a PNG of an unknown kind (colour {colour}, {bits} bits)", "save it again")
    header = within_budget(ImageHeader(path, width, height, _PNG_CHANNELS[colour], bits, "png"))
    _walk_to_iend(file, path)
    return _decodable(header)


def _walk_to_iend(file: BufferedReader, path: Path) -> None:
    size = file.seek(0, 2)
    at = 8
    while True:
        file.seek(at)
        length, kind = struct.unpack(">I4s", read_exactly(file, 8, path, "the PNG chunks"))
        at += 12 + length
        if at > size:
            raise cut_short(path, f"{at - size} bytes of a PNG chunk or more are missing")
        if kind == b"IEND":
            return


def jpeg_header(file: BufferedReader, path: Path) -> ImageHeader:
    """The frame header (SOF) of a JPEG. `file` stands at its start."""
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
            return _jpeg_frame(read_exactly(file, 6, path, "the JPEG header"), path)
        if mark[1] in _JPEG_OTHER_FRAMES:
            raise refusal(path, "is a JPEG of a rare kind (lossless or arithmetic)", "save it as PNG or TIFF")
        file.seek(length - 2, 1)


def _jpeg_frame(frame: bytes, path: Path) -> ImageHeader:
    bits, height, width, components = struct.unpack(">BHHB", frame)
    if bits != 8 or components not in (1, 3):
        kind = f"{components} components of {bits} bits"
        raise refusal(path, f"is a JPEG of {kind}", "save it as grey or RGB with 8 bits")
    return _decodable(within_budget(ImageHeader(path, width, height, components, 8, "jpeg")))


def bmp_header(file: BufferedReader, path: Path) -> ImageHeader:
    """The header of an uncompressed BMP with 8 or 24 bits. `file` stands at its start."""
    file.seek(0)
    head = read_exactly(file, 34, path, "the BMP header")
    (start,) = struct.unpack("<I", head[10:14])
    header_size, width, height, _, depth, packing = struct.unpack("<IiiHHI", head[14:34])
    if header_size < 40 or depth not in (8, 24) or packing != 0:
        raise refusal(path, "is a BMP of a rare kind", "save it as PNG or as a BMP of 8 or 24 bits, not packed")
    header = within_budget(ImageHeader(path, width, abs(height), 3, 8, "bmp"))
    row_bytes = (width * depth // 8 + 3) // 4 * 4
    missing = start + row_bytes * header.height - file.seek(0, 2)
    if missing > 0:
        raise cut_short(path, f"{missing} bytes are missing")
    return _decodable(header)


def _decodable(header: ImageHeader) -> ImageHeader:
    pixels = header.width * header.height
    decoded = pixels * (header.channels + 1) * max(header.bits // 8, 1)  # one more: an alpha channel
    too_wide = max(header.width, header.height) > _MAX_CV2_SIDE
    if pixels >= _MAX_CV2_PIXELS or decoded > MAX_DECODED_BYTES or too_wide:
        kind = header.format.upper()
        fault = f"has {header.width} x {header.height} pixels, too many for a {kind}, which is decoded in one piece"
        raise refusal(header.path, fault, "save it as a tiled TIFF, which is read piece by piece")
    return header


def decode_whole(file: BufferedReader, header: ImageHeader) -> NDArray[np.generic]:
    """uint8 or uint16 (H, W, C), C = 1, 3 or 4 (RGB, then alpha), as on disk; ImageError where a byte is missing."""
    path = header.path
    file.seek(0)
    raw = file.read(_MAX_FILE_BYTES + 1)
    if len(raw) > _MAX_FILE_BYTES:
        raise refusal(path, "is larger than 4 GiB", "save it as a tiled TIFF")
    if header.format == "jpeg" and not _reaches_its_end(raw):
        raise cut_short(path, "the JPEG has no end marker")
    try:
        pixels = cv2.imdecode(np.frombuffer(raw, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise refusal(path, "can't be decoded", "save it again as PNG or TIFF") from error
    if pixels is None:
        raise refusal(path, "is damaged or cut short", "copy it again from where it was taken")
    if pixels.shape[:2] != (header.height, header.width) or pixels.dtype not in (np.uint8, np.uint16):
        raise refusal(path, "does not hold what its header says", "save it again")
    if pixels.ndim == 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)
    whole: NDArray[np.generic] = pixels.reshape(header.height, header.width, -1)
    return whole


def _reaches_its_end(raw: bytes) -> bool:
    """True where the JPEG's own end marker is there: cv2 decodes some files without it."""
    at = 2
    while found := _JPEG_MARKER.search(raw, at):
        marker = found.group(1)[0]
        if marker == 0xD9:
            return True
        at = found.end()
        if marker != 0x01:  # TEM has no length
            at += int.from_bytes(raw[at : at + 2], "big")
    return False
