"""The bytes of image files for the tests of imaging, honest and not."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging import cv2

Pixels = NDArray[np.uint8]


def textured(height: int, width: int, channels: int = 1, seed: int = 0) -> Pixels:
    """uint8 (height, width, channels): smooth, and different everywhere."""
    rng = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(rng.normal(size=(height, width, channels)), (0, 0), 2.0).reshape(height, width, channels)
    return np.clip(128 + 200 * noise, 0, 255).astype(np.uint8)


def encoded(suffix: str, pixels: NDArray[np.generic], *options: int) -> bytes:
    """The bytes of a PNG, JPEG or BMP; colour pixels are RGB."""
    if pixels.ndim == 3 and pixels.shape[2] >= 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA)
    done, data = cv2.imencode(suffix, pixels, list(options))
    assert done
    return bytes(data)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(
    width: int, height: int, *, bits: int = 8, colour: int = 0, rows: bytes = b"", extra: bytes = b""
) -> bytes:
    """A PNG whose header says anything: colour 0 grey, 2 RGB, 3 palette; extra chunks stand before the pixels."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")


def exif(orientation: int) -> bytes:
    """An EXIF block that says nothing but how the camera was held."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">HHI", orientation, 0, 0)


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    body = b"Exif\0\0" + exif(orientation)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def jpeg_claiming(width: int, height: int) -> bytes:
    jpeg = bytearray(encoded(".jpg", textured(16, 16)))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(jpeg)


def tiff_bytes(folder: Path, pixels: NDArray[Any], **layout: Any) -> bytes:
    tifffile.imwrite(folder / "whole.tif", pixels, **layout)
    return (folder / "whole.tif").read_bytes()


def with_tags(tiff: bytes, folder: Path, **tags: int) -> bytes:
    """The same file with other numbers in tags of its first directory (one value each, in the tag's own place)."""
    (folder / "tags.tif").write_bytes(tiff)
    changed = bytearray(tiff)
    with tifffile.TiffFile(folder / "tags.tif") as file:
        order = file.byteorder
        places = {tag.name: tag.valueoffset for tag in file.pages[0].tags}
    for name, value in tags.items():
        at = places[name]
        changed[at - 6 : at - 4] = struct.pack(f"{order}H", 4)  # a tag of 32 bits
        changed[at : at + 4] = struct.pack(f"{order}I", value)
    return bytes(changed)


def hollow_tiff(path: Path, width: int, height: int, tile: int, orientation: int = 1) -> int:
    """Writes a grey, tiled BigTIFF all of nothing that takes no disk (a file of holes); the last tile's place."""
    tiles = -(-width // tile) * -(-height // tile)
    entries = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (274, 3, 1, orientation),
        (277, 3, 1, 1),
        (322, 4, 1, tile),
        (323, 4, 1, tile),
        (324, 16, tiles, start := 16 + 8 + 20 * 11 + 8),
        (325, 4, tiles, start + 8 * tiles),
    ]
    first = start + 12 * tiles
    directory = struct.pack("<Q", len(entries)) + b"".join(struct.pack("<HHQQ", *entry) for entry in entries)
    places = first + np.arange(tiles, dtype="<u8") * np.uint64(tile * tile)
    counts = np.full(tiles, tile * tile, "<u4")
    path.write_bytes(
        b"II" + struct.pack("<HHHQ", 43, 8, 0, 16) + directory + bytes(8) + places.tobytes() + counts.tobytes()
    )
    with open(path, "r+b") as file:
        file.truncate(first + tiles * tile * tile)
    return int(places[-1])
