"""One file for every row of the help's table of formats, with the pixels that it must give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import imagecodecs
import numpy as np
import tifffile
from image_bytes import encoded, exif, png_chunk, png_claiming, textured, with_exif
from numpy.typing import NDArray

from inspector.imaging import cv2

Stored = NDArray[Any]
GREY, RGB = textured(150, 130), textured(150, 130, 3)
DEEP = GREY.astype(np.uint16) * 257
TINTED = np.rint(GREY * [1.0, 0.7, 0.4]).astype(np.uint8)  # colours that JPEG keeps
TWELVE = GREY.astype(np.uint16) * 16 + 9


class Case(NamedTuple):
    """A file and the pixels that it must give. lossy: a JPEG's pixels differ a little."""

    data: bytes | Callable[[Path], object]
    pixels: Stored
    rule: dict[str, Any] = {}
    lossy: bool = False


def tiff(pixels: Stored, **layout: Any) -> Callable[[Path], object]:
    shaped = pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    layout.setdefault("photometric", "rgb" if shaped.ndim == 3 else "minisblack")
    return lambda path: tifffile.imwrite(path, shaped, **layout)


def pyramid(*, sub: bool, ome: bool = False, **layout: Any) -> Callable[[Path], object]:
    """GREY with two smaller copies, in SubIFDs or behind it."""
    pixels = GREY[:, :, 0]

    def write(path: Path) -> None:
        with tifffile.TiffWriter(path, bigtiff=True, ome=ome) as file:
            file.write(pixels, tile=(64, 64), subifds=2 if sub else 0, metadata={} if ome else None, **layout)
            for step in (2, 4):
                file.write(pixels[::step, ::step], tile=(64, 64), subfiletype=1, metadata=None, **layout)

    return write


def turned_tiff(orientation: int, **layout: Any) -> Callable[[Path], object]:
    return tiff(laid_down(GREY, orientation), extratags=[(274, "H", 1, orientation, True)], **layout)


def laid_down(upright: Stored, orientation: int) -> Stored:
    """How a camera that was held in this way stores the picture (TIFF 6.0: where row 0 and column 0 are)."""
    rows, columns = {
        1: ("top", "left"),
        2: ("top", "right"),
        3: ("bottom", "right"),
        4: ("bottom", "left"),
        5: ("left", "top"),
        6: ("right", "top"),
        7: ("right", "bottom"),
        8: ("left", "bottom"),
    }[orientation]
    seen = upright
    if "right" in (rows, columns):
        seen = seen[:, ::-1]
    if "bottom" in (rows, columns):
        seen = seen[::-1]
    return np.ascontiguousarray(seen if rows in ("top", "bottom") else seen.swapaxes(0, 1))


INKS = np.dstack([textured(150, 130, 3, seed=4), textured(150, 130, 1, seed=5) // 2])
UNINKED = np.rint((255.0 - INKS[:, :, :3]) * (255.0 - INKS[:, :, 3:]) / 255.0).astype(np.uint8)
INDEX = textured(150, 130)[:, :, 0]
MAP = np.random.default_rng(1).integers(0, 256, (3, 256)).astype(np.uint16)
PALETTED = MAP.T.astype(np.uint8)[INDEX]
PNG_PALETTE = png_chunk(b"PLTE", MAP.T.astype(np.uint8).tobytes())
PALETTE_ROWS = b"".join(b"\0" + row.tobytes() for row in INDEX)


def alpha_of(pixels: Stored, value: int) -> Stored:
    return np.concatenate([pixels, np.full((*pixels.shape[:2], 1), value, pixels.dtype)], axis=2)


def with_alpha(value: int, **rule: Any) -> list[Case]:
    as_tiff = tiff(alpha_of(RGB, value), extrasamples=["unassalpha"])
    grey_rows = b"".join(b"\0" + row.tobytes() for row in alpha_of(GREY, value))
    return [
        Case(encoded(".png", alpha_of(RGB, value)), RGB, rule),
        Case(png_claiming(130, 150, colour=4, rows=grey_rows), GREY, rule),
        Case(as_tiff, RGB, rule),
        Case(tiff(alpha_of(GREY, value), extrasamples=["unassalpha"], photometric="minisblack"), GREY, rule),
    ]


def jpeg_of_inks(*, adobe: bool) -> bytes:
    stored = 255 - INKS if adobe else INKS
    data: bytes = imagecodecs.jpeg8_encode(stored, level=100, colorspace="CMYK", outcolorspace="CMYK")
    mark = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"
    bare = data.replace(mark, b"")
    return bare[:2] + mark + bare[2:] if adobe else bare


READ: dict[str, list[Case]] = {
    "PNG": [Case(encoded(".png", GREY), GREY), Case(encoded(".png", RGB), RGB)],
    "JPEG": [
        Case(encoded(".jpg", GREY, cv2.IMWRITE_JPEG_QUALITY, 98), GREY, lossy=True),
        Case(encoded(".jpg", TINTED, cv2.IMWRITE_JPEG_QUALITY, 98), TINTED, lossy=True),
        Case(encoded(".jpg", TINTED, cv2.IMWRITE_JPEG_PROGRESSIVE, 1), TINTED, lossy=True),
    ],
    "BMP": [Case(encoded(".bmp", GREY), GREY), Case(encoded(".bmp", RGB), RGB)],
    "TIFF, BigTIFF": [
        Case(tiff(GREY), GREY),
        Case(tiff(RGB, byteorder=">"), RGB),
        Case(tiff(DEEP, byteorder=">", bigtiff=True), DEEP),
        Case(tiff(RGB, bigtiff=True), RGB),
    ],
    "Strips": [
        Case(tiff(pixels, rowsperstrip=rows, **packed), pixels)
        for pixels in (GREY, RGB, DEEP)
        for rows in (1, 7, 150)
        for packed in ({}, {"compression": "lzw"})
    ],
    "Tiles": [
        Case(tiff(pixels, tile=tile, **packed), pixels)
        for pixels in (GREY, RGB, DEEP)
        for tile in ((64, 48), (256, 256))
        for packed in ({}, {"compression": "zstd"})
    ],
    "Pyramid": [
        Case(pyramid(sub=True), GREY),
        Case(pyramid(sub=False, compression="zlib"), GREY),
        Case(tiff(GREY), GREY),
    ],
    "OME-TIFF": [
        Case(pyramid(sub=True, ome=True), GREY),
        Case(tiff(RGB, ome=True, metadata={"axes": "YXS"}), RGB),
    ],
    "Packed by LZW, deflate, zstd, PackBits": [
        Case(tiff(pixels, compression=packing, predictor=predictor, byteorder=order, **layout), pixels)
        for packing in ("lzw", "zlib", "adobe_deflate", "zstd")
        for pixels, order in ((RGB, "<"), (DEEP, ">"))
        for predictor, layout in ((True, {"tile": (64, 64)}), (False, {"rowsperstrip": 33}))
    ]
    + [Case(tiff(GREY, compression="packbits", rowsperstrip=20), GREY)],
    "Packed by JPEG": [
        Case(tiff(pixels, compression="jpeg", compressionargs={"level": 98}, **layout), pixels, lossy=True)
        for pixels in (GREY, TINTED)
        for layout in ({"tile": (64, 64)}, {"rowsperstrip": 16}, {"tile": (256, 256)})
    ],
    "12 bits in 16": [
        Case(tiff(TWELVE), TWELVE, {"bits": 12}),
        Case(encoded(".png", TWELVE), TWELVE, {"bits": 12}),
    ],
    "16 bits": [Case(tiff(DEEP), DEEP), Case(encoded(".png", DEEP), DEEP)],
    "Palette": [
        Case(png_claiming(130, 150, colour=3, rows=PALETTE_ROWS, extra=PNG_PALETTE), PALETTED),
        Case(tiff(INDEX, photometric="palette", colormap=MAP * 257), PALETTED),
        Case(tiff(INDEX, photometric="palette", colormap=MAP, compression="lzw", tile=(64, 64)), PALETTED),
    ],
    "Opaque alpha": with_alpha(255),
    "Transparency": with_alpha(200, alpha="drop"),
    "CMYK": [
        Case(tiff(INKS, photometric="separated"), UNINKED, {"cmyk": "convert"}),
        Case(tiff(INKS, photometric="separated", planarconfig="contig", tile=(64, 64)), UNINKED, {"cmyk": "convert"}),
        Case(tiff(INKS.astype(np.uint16) * 257, photometric="separated"), UNINKED, {"cmyk": "convert"}, lossy=True),
        Case(jpeg_of_inks(adobe=True), UNINKED, {"cmyk": "convert"}, lossy=True),
        Case(jpeg_of_inks(adobe=False), UNINKED, {"cmyk": "convert"}, lossy=True),
    ],
    "White is zero": [
        Case(tiff(255 - GREY, photometric="miniswhite"), GREY),
        Case(tiff(65535 - DEEP, photometric="miniswhite", compression="lzw"), DEEP),
        Case(tiff(4095 - TWELVE, photometric="miniswhite"), TWELVE, {"bits": 12}),
    ],
    "Channels apart": [
        Case(tiff(np.moveaxis(RGB, 2, 0), photometric="rgb", planarconfig="separate", **layout), RGB)
        for layout in ({}, {"tile": (64, 64)}, {"rowsperstrip": 20, "compression": "zlib"})
    ],
    "Orientation mark": [
        Case(turned_tiff(orientation, **layout), GREY)
        for orientation in range(1, 9)
        for layout in ({}, {"tile": (32, 64)}, {"rowsperstrip": 20, "compression": "lzw"})
    ]
    + [
        Case(with_exif(encoded(".jpg", laid_down(GREY, n), cv2.IMWRITE_JPEG_QUALITY, 98), n), GREY, lossy=True)
        for n in range(1, 9)
    ]
    + [
        Case(encoded(".png", laid_down(GREY, 6)).replace(head := b"IDAT", head, 1), laid_down(GREY, 6)),
        Case((png := encoded(".png", laid_down(GREY, 6)))[:33] + png_chunk(b"eXIf", exif(6)) + png[33:], GREY),
    ],
}
