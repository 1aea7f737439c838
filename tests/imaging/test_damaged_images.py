"""A damaged, wrong or hostile image file gives one printable sentence and nothing else."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from imaging_fakes import encoded, png_claiming, textured

from inspector.imaging import cv2
from inspector.imaging.source import bands, fingerprint, read_header, read_image
from inspector.imaging.wafer_image import make_working_copy
from inspector.wafer.errors import ImageError


def refusal_of(path: Path) -> str:
    """The sentence with which reading an image fails; it must name the file and fit any terminal."""
    with pytest.raises(ImageError) as caught:
        read_image(path, 1)
    sentence = str(caught.value)
    sentence.encode("utf-8")
    assert sentence.isprintable()
    assert sentence.endswith(".")
    return sentence


def tiff_bytes(folder: Path, pixels: np.ndarray, **layout: Any) -> bytes:
    tifffile.imwrite(folder / "whole.tif", pixels, **layout)
    return (folder / "whole.tif").read_bytes()


ENCODINGS = {
    "png": (".png", ()),
    "jpeg": (".jpg", ()),
    "progressive jpeg": (".jpg", (cv2.IMWRITE_JPEG_PROGRESSIVE, 1)),
    "jpeg with restarts": (".jpg", (cv2.IMWRITE_JPEG_RST_INTERVAL, 4)),
    "optimized jpeg": (".jpg", (cv2.IMWRITE_JPEG_OPTIMIZE, 1)),
    "bmp": (".bmp", ()),
}


@pytest.mark.parametrize("kind", ENCODINGS)
@pytest.mark.parametrize("channels", [1, 3])
def test_that_a_file_cut_anywhere_is_refused(tmp_path: Path, kind: str, channels: int) -> None:
    suffix, options = ENCODINGS[kind]
    whole = encoded(suffix, textured(40, 56, channels, seed=7), *options)
    path = tmp_path / f"cut{suffix}"
    cuts = {1, 2, 3, 4, 8, 12, 16, 100, *range(1, len(whole), 37)}

    for missing in sorted(cuts):
        path.write_bytes(whole[: len(whole) - missing])
        refusal_of(path)


def test_that_a_jpeg_without_its_last_two_bytes_is_refused_even_where_it_decodes(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"

    for seed in range(60):  # a few of them decode without a word
        path.write_bytes(encoded(".jpg", textured(64, 80, 3, seed=seed), cv2.IMWRITE_JPEG_OPTIMIZE, 1)[:-2])
        assert "cut short" in refusal_of(path)


@pytest.mark.parametrize("kind", ENCODINGS)
def test_that_the_whole_file_is_not_refused(tmp_path: Path, kind: str) -> None:
    suffix, options = ENCODINGS[kind]
    path = tmp_path / f"whole{suffix}"
    path.write_bytes(encoded(suffix, textured(40, 56, 1, seed=7), *options) + b"camera notes")

    assert read_image(path, 1).shape == (40, 56, 1)


LAYOUTS: dict[str, dict[str, Any]] = {
    "one strip": {},
    "strips": {"rowsperstrip": 16},
    "tiles": {"tile": (32, 32)},
    "packed strips": {"rowsperstrip": 16, "compression": "lzw"},
    "packed tiles": {"tile": (32, 32), "compression": "zlib"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_that_a_tiff_cut_anywhere_is_refused_by_its_header(tmp_path: Path, layout: str) -> None:
    whole = tiff_bytes(tmp_path, textured(90, 100)[:, :, 0], **LAYOUTS[layout])
    path = tmp_path / "cut.tif"

    for missing in {2, 100, len(whole) // 2, len(whole) - 9, len(whole) - 5, *range(1, len(whole), 997)}:
        path.write_bytes(whole[: len(whole) - missing])
        with pytest.raises(ImageError):
            read_header(path)


def test_that_a_tiff_whose_directory_at_the_end_is_cut_off_is_refused(tmp_path: Path) -> None:
    pixels = bytes(64 * 64)
    path = tmp_path / "cut.tif"
    path.write_bytes(b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels)

    assert "cut short" in refusal_of(path) or "decoded" in refusal_of(path)


def test_that_the_missing_tiles_are_counted(tmp_path: Path) -> None:
    whole = tiff_bytes(tmp_path, textured(128, 128)[:, :, 0], tile=(32, 32))
    path = tmp_path / "cut.tif"
    path.write_bytes(whole[: len(whole) - 32 * 32 * 5 - 10])

    assert "6 of 16 tiles are missing" in refusal_of(path)


def test_that_packed_tiles_with_flipped_bytes_are_refused(tmp_path: Path) -> None:
    whole = bytearray(tiff_bytes(tmp_path, textured(90, 100)[:, :, 0], tile=(32, 32), compression="zlib"))
    whole[-400:-380] = b"\xa5" * 20
    path = tmp_path / "flipped.tif"
    path.write_bytes(whole)

    assert "flipped.tif" in refusal_of(path)


def test_that_text_named_png_an_empty_file_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("this is no image at all, only text\n")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()

    assert "is no PNG, JPEG, TIFF or BMP image" in refusal_of(tmp_path / "text.png")
    assert "is empty" in refusal_of(tmp_path / "empty.png")
    assert "is a folder" in refusal_of(tmp_path / "folder.png")
    assert "does not exist" in refusal_of(tmp_path / "missing.png")
    assert "can't be" in refusal_of(tmp_path / "nul\0byte.png")
    assert "can't be" in refusal_of(tmp_path / ("long" * 100 + ".png"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_that_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")

    assert "no regular file" in refusal_of(tmp_path / "pipe.png")


@pytest.mark.parametrize("name", ["Prüfbild Größe.png", "ウェハ 検査.png", "wafer\u202e.png", "line\nbreak.png"])
def test_that_any_name_opens_and_its_refusal_is_printable(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(encoded(".png", textured(9, 11)))
    assert read_image(path, 1).shape == (9, 11, 1)

    path.write_bytes(b"damaged")
    refusal_of(path)


def test_that_a_path_that_is_not_utf8_opens_and_its_refusal_is_printable(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"wafer-\xff\xfe.png")
    try:
        path.write_bytes(encoded(".png", textured(9, 11)))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")

    assert read_image(path, 1).shape == (9, 11, 1)
    assert fingerprint(path).size > 0
    copied = list(make_working_copy(path, tmp_path / "copy.tif", 1, 16))
    assert copied[-1].found is not None
    path.write_bytes(b"damaged")
    assert r"wafer-\xff\xfe.png" in refusal_of(path)


def jpeg_claiming(width: int, height: int) -> bytes:
    jpeg = bytearray(encoded(".jpg", textured(16, 16)))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(jpeg)


def tiff_claiming(folder: Path, width: int, height: int) -> bytes:
    whole = bytearray(tiff_bytes(folder, np.zeros((16, 16), np.uint8), compression="zlib", metadata=None))
    with tifffile.TiffFile(folder / "whole.tif") as file:
        places = {tag.name: tag.valueoffset for tag in file.pages[0].tags}
    for name, value in (("ImageWidth", width), ("ImageLength", height), ("RowsPerStrip", height)):
        at = places[name]
        whole[at - 6 : at - 4] = struct.pack("<H", 4)  # a tag of 32 bits
        whole[at : at + 4] = struct.pack("<I", value)
    return bytes(whole)


BOMBS: dict[str, Callable[[Path], bytes]] = {  # the words of the name stand in the refusal
    "60000 x 60000": lambda _: png_claiming(60_000, 60_000),
    "too many for a PNG": lambda _: png_claiming(40_000, 40_000),
    "2000000 x 10": lambda _: png_claiming(2_000_000, 10),
    "no pixels": lambda _: png_claiming(0, 10),
    "32000 x 32000 pixels, too many": lambda _: png_claiming(32_000, 32_000, bits=16, colour=2),
    "65000 x 65000": lambda _: jpeg_claiming(65_000, 65_000),
    "too many for a JPEG": lambda _: jpeg_claiming(40_000, 40_000),
    "100000 x 100000": lambda folder: tiff_claiming(folder, 100_000, 100_000),
    "strips too large for memory": lambda folder: tiff_claiming(folder, 40_000, 40_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_that_a_pixel_bomb_is_refused_before_it_is_decoded(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS[bomb](tmp_path))

    with pytest.raises(ImageError, match=bomb):
        read_header(path)


def test_that_a_png_too_large_for_its_decoder_names_tiled_tiff_as_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(png_claiming(40_000, 40_000))

    assert "tiled TIFF" in refusal_of(path)


def test_that_no_stray_bytes_crash_the_reader(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    pixels = textured(40, 40)[:, :, 0]
    wholes = [encoded(".png", pixels), encoded(".jpg", pixels), encoded(".bmp", pixels), tiff_bytes(tmp_path, pixels)]
    path = tmp_path / "stray"

    for whole in wholes:
        for _ in range(60):
            broken = bytearray(whole)
            for place in rng.integers(2, min(len(whole), 400), size=3):
                broken[place] = rng.integers(0, 256)
            path.write_bytes(broken)
            with contextlib.suppress(ImageError):
                assert read_image(path, 1).dtype == np.uint8


def test_that_a_tiff_shortened_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.tif"
    tifffile.imwrite(path, textured(2048, 600)[:, :, 0], rowsperstrip=64)
    reading = bands(path, 1)
    next(reading)

    os.truncate(path, path.stat().st_size // 2)

    with pytest.raises(ImageError, match="shorter"):
        list(reading)
