"""A damaged or wrong image file gives one printable sentence that names it and its reason, and no pixel."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from image_bytes import encoded, jpeg_claiming, png_chunk, png_claiming, textured, tiff_bytes, with_tags
from imaging_fakes import plain_recipe
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.source import bands, open_source, read_header, read_image
from inspector.wafer.errors import ImageError

GREY = textured(90, 100)
RECIPE = plain_recipe()
Bytes = Callable[[Path], bytes]


def whole_image(path: Path) -> NDArray[Any]:
    with open_source(path, RECIPE) as source:
        return np.concatenate(list(source.bands()))


def refusal_of(path: Path) -> str:
    """The sentence with which reading fails; it must name the file and fit any terminal."""
    with pytest.raises(ImageError) as caught:
        whole_image(path)
    sentence = str(caught.value)
    sentence.encode("utf-8")
    assert sentence.isprintable()
    assert sentence.startswith("The image ")
    assert path.name.encode("ascii", "ignore").decode() in sentence
    assert sentence.endswith(".")
    assert sentence.count(": ") == 1  # what is wrong: what to do
    return sentence


def tiff(**layout: Any) -> Bytes:
    return lambda folder: tiff_bytes(folder, GREY[:, :, 0], metadata=None, **layout)


WHOLE: dict[str, Bytes] = {
    "png": lambda _: encoded(".png", GREY),
    "colour png": lambda _: encoded(".png", textured(90, 100, 3)),
    "jpeg": lambda _: encoded(".jpg", GREY),
    "progressive jpeg": lambda _: encoded(".jpg", textured(90, 100, 3), cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    "jpeg with restarts": lambda _: encoded(".jpg", GREY, cv2.IMWRITE_JPEG_RST_INTERVAL, 4),
    "bmp": lambda _: encoded(".bmp", GREY),
    "one strip": tiff(),
    "strips": tiff(rowsperstrip=16),
    "tiles": tiff(tile=(32, 32)),
    "lzw": tiff(rowsperstrip=16, compression="lzw"),
    "deflate": tiff(tile=(32, 32), compression="zlib"),
    "zstd": tiff(tile=(32, 32), compression="zstd"),
    "jpeg tiles": tiff(tile=(32, 32), compression="jpeg"),
    "bigtiff": tiff(tile=(32, 32), bigtiff=True),
}


def shortened(kind: str, cut: Callable[[int], int]) -> Bytes:
    def damaged(folder: Path) -> bytes:
        whole = WHOLE[kind](folder)
        return whole[: len(whole) - cut(len(whole))]

    return damaged


def tagged(kind: str, **tags: int) -> Bytes:
    return lambda folder: with_tags(WHOLE[kind](folder), folder, **tags)


def changed(kind: str, place: Callable[[bytes], int], put: bytes) -> Bytes:
    def damaged(folder: Path) -> bytes:
        data = bytearray(WHOLE[kind](folder))
        at = place(bytes(data))
        data[at : at + len(put)] = put
        return bytes(data)

    return damaged


def pyramid_cut_in_its_copies(folder: Path) -> bytes:
    with tifffile.TiffWriter(folder / "p.tif") as file:
        file.write(GREY[:, :, 0], metadata=None)
        file.write(GREY[::2, ::2, 0], subfiletype=1, metadata=None)
    data = (folder / "p.tif").read_bytes()
    return data[:-300]


def directory_at_the_end_cut_off(_: Path) -> bytes:
    return b"II*\0" + struct.pack("<I", 8 + 64 * 64) + bytes(64 * 64)


CUTS: dict[str, Callable[[int], int]] = {
    "half": lambda n: n // 2,
    "2 bytes": lambda _: 2,
    "100 bytes": lambda _: 100,
    "but its mark": lambda n: n - 12,
}
DAMAGED: dict[str, tuple[str, Bytes]] = {  # name -> (words of the refusal, bytes)
    **{f"{kind} cut: {cut}": ("", shortened(kind, size)) for kind in WHOLE for cut, size in CUTS.items()},
    "pyramid cut in its copies": ("smaller copies are missing", pyramid_cut_in_its_copies),
    "directory at the end cut off": ("", directory_at_the_end_cut_off),
    "empty": ("is empty", lambda _: b""),
    "one byte": ("is no PNG, JPEG, TIFF or BMP", lambda _: b"\x89"),
    "text": ("is no PNG, JPEG, TIFF or BMP", lambda _: b"this is no image at all, only text\n"),
    "zeros": ("is no PNG, JPEG, TIFF or BMP", lambda _: bytes(5000)),
    "wrong mark, png": ("is no PNG, JPEG, TIFF or BMP", changed("png", lambda _: 0, b"\x88")),
    "wrong mark, tiff": ("is no PNG, JPEG, TIFF or BMP", changed("strips", lambda _: 0, b"IX")),
    "a gif": ("is no PNG, JPEG, TIFF or BMP", lambda _: b"GIF89a" + bytes(60)),
    "two bytes gone inside": ("", lambda f: (d := WHOLE["png"](f))[:600] + d[602:]),
    "flipped byte, png": ("damaged in its part b'IDAT'", changed("png", lambda d: len(d) // 2, b"\xa5\xa5")),
    "flipped byte, png header": ("damaged in its part b'IHDR'", changed("png", lambda _: 19, b"\x65")),
    "flipped byte, deflate": ("damaged tile", changed("deflate", lambda d: len(d) - 400, b"\xa5" * 20)),
    "zeroed block, zstd": ("damaged tile", changed("zstd", lambda d: len(d) - 400, bytes(200))),
    "zeroed block, lzw": ("damaged strip|can't be decoded", changed("lzw", lambda d: len(d) - 400, bytes(200))),
    "no pixels": ("has no pixels", lambda _: png_claiming(0, 9)),
    "fewer rows than it says, png": ("damaged or cut short", lambda _: png_claiming(100, 90, rows=bytes(101 * 50))),
    "unknown kind of png": ("unknown kind", lambda _: png_claiming(9, 9, colour=5)),
    "no jpeg frame": ("no JPEG frame header", lambda _: b"\xff\xd8\xff\xd9" + bytes(50)),
    "larger than its data, jpeg": ("can't hold 4000 x 4000", lambda _: jpeg_claiming(4000, 4000)),
    "width 0": ("", tagged("strips", ImageWidth=0)),
    "wider than its strips": ("of another length", tagged("strips", ImageWidth=101)),
    "narrower than its strips": ("of another length", tagged("strips", ImageWidth=99)),
    "higher than its strips": ("its directory names", tagged("strips", ImageLength=200)),
    "lower than its strips": ("its directory names", tagged("strips", ImageLength=74)),
    "higher than its last strip": ("of another length", tagged("strips", ImageLength=92)),
    "lower than its last packed strip": ("damaged strip", tagged("lzw", ImageLength=89)),
    "fewer rows per strip": ("", tagged("strips", RowsPerStrip=15)),
    "rows per strip 0": ("", tagged("strips", RowsPerStrip=0)),
    "narrower tiles": ("", tagged("tiles", TileWidth=16)),
    "wider tiles, packed": ("its directory names", tagged("deflate", TileWidth=48)),
    "tiles without pixels": ("", tagged("tiles", TileWidth=0)),
    "16 bits of 8": ("", tagged("one strip", BitsPerSample=16)),
    "7 bits": ("pixels of 7 bits", tagged("one strip", BitsPerSample=7)),
    "floating point": ("floating point", lambda f: tiff_bytes(f, np.full((9, 9), np.nan, np.float32))),
    "CMYK": ("CMYK", lambda f: tiff_bytes(f, np.zeros((9, 9, 4), np.uint8), photometric="separated")),
    "5 channels": ("5 channels", lambda f: tiff_bytes(f, np.zeros((9, 9, 5), np.uint8), planarconfig="contig")),
    "inks without inks": ("CMYK|channels", tagged("one strip", PhotometricInterpretation=5)),
    "palette without colours": ("no whole palette", tagged("one strip", PhotometricInterpretation=3)),
    "unknown colours": ("colours of another kind", tagged("one strip", PhotometricInterpretation=77)),
    "unknown packing": ("", tagged("strips", Compression=4711)),
    "packed, said raw": ("of another length", tagged("lzw", Compression=1)),
    "raw, said packed": ("", tagged("strips", Compression=8)),
    "strip beyond the end": ("strips are missing|shorter", tagged("one strip", StripOffsets=1 << 30)),
    "strip at 0": ("", tagged("one strip", StripOffsets=0)),
    "strip over the directory": ("lie over each other", tagged("one strip", StripOffsets=100)),
    "strip of no bytes": ("", tagged("one strip", StripByteCounts=0)),
    "strip of too many bytes": ("missing", tagged("one strip", StripByteCounts=1 << 31)),
    "directory beyond the end": ("", changed("strips", lambda _: 4, struct.pack("<I", 1 << 31))),
    "directory of 60000 entries": ("", changed("strips", lambda d: struct.unpack("<I", d[4:8])[0], b"\x60\xea")),
    "directory of nothing": ("", changed("strips", lambda d: struct.unpack("<I", d[4:8])[0], b"\0\0")),
    "other order of bytes": ("", changed("strips", lambda _: 0, b"MM\0*")),
    "no word on black": ("damaged directory", changed("strips", lambda d: d.index(b"\x06\x01\x03\x00"), b"\xff\x7f")),
    "rare bmp": ("BMP of a rare kind", changed("bmp", lambda _: 28, b"\x04")),
    "chunk beyond the end": (
        "",
        lambda _: b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", bytes(13))[:20] + b"\xff",
    ),
}


def test_that_there_are_more_than_fifty_of_them() -> None:
    assert len(DAMAGED) > 100


@pytest.mark.parametrize("name", DAMAGED)
def test_that_a_damaged_file_is_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    words, damaged = DAMAGED[name]
    path = tmp_path / "wafer.png"
    path.write_bytes(damaged(tmp_path))

    sentence = refusal_of(path)

    assert any(word in sentence for word in words.split("|"))


@pytest.mark.parametrize("kind", WHOLE)
def test_that_the_whole_file_is_not_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "whole"
    path.write_bytes(WHOLE[kind](tmp_path) + b"camera notes")

    found = whole_image(path)

    if "jpeg" not in kind and "colour" not in kind:
        assert np.array_equal(found, GREY)


@pytest.mark.parametrize("kind", ["png", "jpeg", "optimized jpeg", "bmp"])
def test_that_a_file_cut_anywhere_is_refused(tmp_path: Path, kind: str) -> None:
    whole = encoded(".jpg", GREY, cv2.IMWRITE_JPEG_OPTIMIZE, 1) if "optimized" in kind else WHOLE[kind](tmp_path)
    path = tmp_path / "cut"

    for missing in {1, 2, 3, 4, 8, 12, 16, *range(1, len(whole), 499)}:
        path.write_bytes(whole[: len(whole) - missing])
        refusal_of(path)


def test_that_a_jpeg_without_its_last_two_bytes_is_refused_even_where_it_decodes(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"

    for seed in range(30):  # a few of them decode without a word
        path.write_bytes(encoded(".jpg", textured(64, 80, 3, seed=seed), cv2.IMWRITE_JPEG_OPTIMIZE, 1)[:-2])
        assert "cut short" in refusal_of(path)


@pytest.mark.parametrize("kind", ["one strip", "strips", "tiles", "lzw", "deflate", "jpeg tiles", "bigtiff"])
def test_that_a_tiff_cut_anywhere_is_refused_by_its_header(tmp_path: Path, kind: str) -> None:
    whole = WHOLE[kind](tmp_path)
    path = tmp_path / "cut.tif"

    for missing in {2, 100, len(whole) // 2, len(whole) - 9, len(whole) - 5, *range(1, len(whole), 997)}:
        path.write_bytes(whole[: len(whole) - missing])
        with pytest.raises(ImageError):
            read_header(path)


def test_that_the_missing_tiles_are_counted(tmp_path: Path) -> None:
    whole = tiff_bytes(tmp_path, textured(128, 128)[:, :, 0], tile=(32, 32))
    path = tmp_path / "cut.tif"
    path.write_bytes(whole[: len(whole) - 32 * 32 * 5 - 10])

    assert "6 of 16 tiles are missing" in refusal_of(path)


def test_that_a_jpeg_tile_without_its_end_is_refused(tmp_path: Path) -> None:
    whole = bytearray(WHOLE["jpeg tiles"](tmp_path))
    with tifffile.TiffFile(tmp_path / "whole.tif") as file:
        end = file.pages[0].dataoffsets[3] + file.pages[0].databytecounts[3]
    whole[end - 100 : end] = bytes(100)  # the decoder alone would fill the rest of the tile with grey
    (tmp_path / "w.tif").write_bytes(whole)

    assert "damaged tile (3)" in refusal_of(tmp_path / "w.tif")


@pytest.mark.parametrize("position", [0, 1, 2])
def test_that_a_tiff_shortened_while_it_is_read_is_refused(tmp_path: Path, position: int) -> None:
    path = tmp_path / "w.tif"
    layout = ({"rowsperstrip": 64}, {"tile": (256, 256)}, {"tile": (256, 256), "compression": "zlib"})[position]
    tifffile.imwrite(path, textured(2048, 600)[:, :, 0], **layout)
    reading = bands(path, 1)
    next(reading)

    os.truncate(path, path.stat().st_size // 3)

    with pytest.raises(ImageError, match="shorter"):
        list(reading)


def test_that_a_file_deleted_before_it_is_read_is_named(tmp_path: Path) -> None:
    assert "does not exist" in refusal_of(tmp_path / "missing.png")
    (tmp_path / "folder.png").mkdir()
    assert "is a folder" in refusal_of(tmp_path / "folder.png")
    with pytest.raises(ImageError, match="is a folder"):
        read_image(tmp_path / "folder.png", 1)
