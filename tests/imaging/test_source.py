"""Every stated kind of image file opens with its own pixels; everything else is refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from imaging_fakes import encoded, png_chunk, png_claiming, textured
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.source import bands, fingerprint, read_header, read_image
from inspector.wafer.errors import ImageError


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", [".png", ".bmp"])
@pytest.mark.parametrize("channels", [1, 3])
def test_that_a_lossless_file_gives_its_exact_pixels(tmp_path: Path, suffix: str, channels: int) -> None:
    pixels = textured(37, 53, channels)
    path = written(tmp_path / f"wafer{suffix}", encoded(suffix, pixels))

    assert np.array_equal(read_image(path, channels), pixels)
    assert (read_header(path).width, read_header(path).height) == (53, 37)


@pytest.mark.parametrize("channels", [1, 3])
def test_that_a_jpeg_gives_its_pixels_in_rgb(tmp_path: Path, channels: int) -> None:
    pixels = textured(64, 48, channels)
    path = written(tmp_path / "wafer.jpg", encoded(".jpg", pixels, cv2.IMWRITE_JPEG_QUALITY, 98))

    found = read_image(path, channels)

    assert found.shape == pixels.shape
    assert np.abs(found.astype(int) - pixels).mean() < 6  # swapped channels would differ by 30
    assert read_header(path).channels == channels


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"tile": (64, 48)},
        {"rowsperstrip": 7},
        {"tile": (64, 64), "compression": "zlib", "predictor": True},
        {"rowsperstrip": 33, "compression": "lzw"},
        {"compression": "zstd"},
        {"byteorder": ">"},
        {"byteorder": ">", "tile": (64, 64)},
        {"bigtiff": True, "rowsperstrip": 16},
        {"planarconfig": "separate", "tile": (64, 64)},
        {"planarconfig": "separate", "rowsperstrip": 20},
    ],
)
def test_that_a_tiff_of_any_stated_layout_gives_its_exact_pixels(
    tmp_path: Path, layout: dict[str, Any], channels: int, dtype: type
) -> None:
    eight = textured(300, 130, channels)
    stored = eight if dtype == np.uint8 else eight.astype(np.uint16) * 257
    layout = dict(layout)
    if layout.get("planarconfig") == "separate":
        if channels == 1:
            layout.pop("planarconfig")
        else:
            stored = np.moveaxis(stored, 2, 0)
    shaped = stored[:, :, 0] if channels == 1 else stored
    tifffile.imwrite(tmp_path / "w.tif", shaped, photometric="minisblack" if channels == 1 else "rgb", **layout)

    assert np.array_equal(read_image(tmp_path / "w.tif", channels), eight)
    assert read_header(tmp_path / "w.tif").bits == (8 if dtype == np.uint8 else 16)


def test_that_a_jpeg_compressed_tiff_opens_in_rgb(tmp_path: Path) -> None:
    pixels = textured(128, 128, 3)
    tifffile.imwrite(tmp_path / "w.tif", pixels, tile=(64, 64), compression="jpeg", compressionargs={"level": 97})

    found = read_image(tmp_path / "w.tif", 3)

    assert np.abs(found.astype(int) - pixels).mean() < 6


def test_that_16_bits_lose_their_lowest_and_12_in_16_keep_256_levels(tmp_path: Path) -> None:
    levels = np.arange(4096, dtype=np.uint16).reshape(64, 64)
    tifffile.imwrite(tmp_path / "w.tif", levels)
    png = written(tmp_path / "w.png", encoded(".png", levels))

    for path in (tmp_path / "w.tif", png):
        assert np.array_equal(read_image(path, 1, bits=12)[:, :, 0], levels >> 4)
        assert np.array_equal(read_image(path, 1, bits=16)[:, :, 0], levels >> 8)


def test_that_values_above_the_stated_bits_are_refused(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "w.tif", np.full((8, 8), 4096, dtype=np.uint16))

    with pytest.raises(ImageError, match="above 12 bits"):
        read_image(tmp_path / "w.tif", 1, bits=12)


def test_that_colour_becomes_grey_and_grey_becomes_colour_as_the_recipe_asks(tmp_path: Path) -> None:
    red = np.zeros((4, 4, 3), np.uint8)
    red[:, :, 0] = 200
    colour = written(tmp_path / "c.png", encoded(".png", red))
    grey = written(tmp_path / "g.png", encoded(".png", red[:, :, 0]))

    assert read_image(colour, 1).shape == (4, 4, 1)
    assert set(read_image(colour, 1).ravel()) == {60}  # 0.299 of red
    assert np.array_equal(read_image(grey, 3), np.full((4, 4, 3), 200))


@pytest.mark.parametrize("bits", [8, 16])
def test_that_white_is_zero_is_turned_over(tmp_path: Path, bits: int) -> None:
    stored = np.full((16, 16), 115 if bits == 8 else 115 * 257, dtype=np.uint8 if bits == 8 else np.uint16)
    tifffile.imwrite(tmp_path / "w.tif", stored, photometric="miniswhite")

    assert set(read_image(tmp_path / "w.tif", 1).ravel()) == {140}


def alpha_files(folder: Path, alpha: int) -> list[Path]:
    pixels = np.concatenate([textured(20, 20, 3), np.full((20, 20, 1), alpha, np.uint8)], axis=2)
    tifffile.imwrite(folder / "a.tif", pixels, photometric="rgb", extrasamples=["unassalpha"])
    return [folder / "a.tif", written(folder / "a.png", encoded(".png", pixels))]


def test_that_an_opaque_alpha_channel_is_dropped(tmp_path: Path) -> None:
    for path in alpha_files(tmp_path, 255):
        assert np.array_equal(read_image(path, 3), textured(20, 20, 3))


def test_that_transparent_pixels_are_refused(tmp_path: Path) -> None:
    for path in alpha_files(tmp_path, 200):
        with pytest.raises(ImageError, match="transparent"):
            read_image(path, 3)


def test_that_a_png_palette_is_expanded(tmp_path: Path) -> None:
    palette = png_chunk(b"PLTE", bytes([10, 20, 30, 200, 100, 50]))
    data = png_claiming(2, 1, bits=8, colour=3, rows=bytes([0, 0, 1]), extra=palette)

    found = read_image(written(tmp_path / "p.png", data), 3)

    assert found.tolist() == [[[10, 20, 30], [200, 100, 50]]]


REFUSED_TIFFS: dict[str, tuple[NDArray[Any], dict[str, Any]]] = {
    "floating point": (np.zeros((8, 8), np.float32), {}),
    "signed": (np.zeros((8, 8), np.int16), {}),
    "32 bits": (np.zeros((8, 8), np.uint32), {}),
    "1 bits": (np.zeros((8, 8), bool), {}),
    "SEPARATED": (np.zeros((8, 8, 4), np.uint8), {"photometric": "separated"}),
    "PALETTE": (np.zeros((8, 8), np.uint8), {"photometric": "palette", "colormap": np.zeros((3, 256), np.uint16)}),
    "5 channels": (np.zeros((8, 8, 5), np.uint8), {"photometric": "minisblack", "planarconfig": "contig"}),
    "more than one image": (np.zeros((3, 8, 8), np.uint8), {"photometric": "minisblack"}),
}


@pytest.mark.parametrize("fault", REFUSED_TIFFS)
def test_that_a_tiff_of_another_kind_is_refused_by_its_header(tmp_path: Path, fault: str) -> None:
    pixels, options = REFUSED_TIFFS[fault]
    tifffile.imwrite(tmp_path / "w.tif", pixels, **options)

    with pytest.raises(ImageError, match=fault):
        read_header(tmp_path / "w.tif")


def test_that_smaller_copies_beside_the_image_do_no_harm(tmp_path: Path) -> None:
    pixels = textured(64, 64)[:, :, 0]
    with tifffile.TiffWriter(tmp_path / "w.tif") as file:
        file.write(pixels)
        file.write(pixels[::2, ::2])

    assert np.array_equal(read_image(tmp_path / "w.tif", 1)[:, :, 0], pixels)


def test_that_the_kind_is_told_by_content_and_not_by_suffix(tmp_path: Path) -> None:
    path = written(tmp_path / "wafer.png", encoded(".jpg", textured(20, 30)))

    assert read_header(path).format == "jpeg"
    assert read_image(path, 1).shape == (20, 30, 1)


def test_that_an_orientation_mark_is_not_applied(tmp_path: Path) -> None:
    jpeg = encoded(".jpg", textured(20, 30))
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    marked = jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]

    assert read_image(written(tmp_path / "w.jpg", marked), 1).shape == (20, 30, 1)


@pytest.mark.parametrize("layout", [{"tile": (256, 256), "compression": "zlib"}, {"rowsperstrip": 64}, {}])
def test_that_a_large_tiff_is_streamed_in_bounded_memory(tmp_path: Path, layout: dict[str, Any]) -> None:
    height, width = 8192, 2048
    tifffile.imwrite(tmp_path / "w.tif", np.tile(textured(64, width)[:, :, 0], (height // 64, 1)), **layout)

    tracemalloc.start()
    rows = [band.shape[0] for band in bands(tmp_path / "w.tif", 1)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sum(rows) == height
    assert peak < height * width / 3


def test_that_a_fingerprint_holds_size_time_and_sha256(tmp_path: Path) -> None:
    path = written(tmp_path / "w.bin", b"abc")

    found = fingerprint(path)

    assert (found.size, found.mtime_ns) == (3, path.stat().st_mtime_ns)
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
