"""What every image goes through on its way in: told by content, streamed, made 8 bit, fingerprinted."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from image_bytes import encoded, hollow_tiff, textured
from imaging_fakes import plain_recipe

from inspector.imaging.source import bands, fingerprint, open_source, read_header, read_image
from inspector.wafer.errors import ImageError


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_that_the_kind_is_told_by_content_and_not_by_suffix(tmp_path: Path) -> None:
    path = written(tmp_path / "wafer.png", encoded(".jpg", textured(20, 30)))

    assert read_header(path).format == "jpeg"
    assert read_image(path, 1).shape == (20, 30, 1)


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


def test_that_a_tiff_of_4_gigapixels_opens_and_gives_any_rectangle(tmp_path: Path) -> None:
    path, side, tile = tmp_path / "w.tif", 65_536, 512
    pixels = textured(tile, tile)[:, :, 0]
    last = hollow_tiff(path, side, side, tile)
    with open(path, "r+b") as raw:
        raw.seek(last)
        raw.write(pixels.tobytes())

    with open_source(path, plain_recipe()) as source:
        assert (source.header.width, source.header.height) == (side, side)
        assert np.array_equal(source.read(side - 300, side - 200, 300, 200)[:, :, 0], pixels[-200:, -300:])
        assert not source.read(30_000, 30_000, 50, 50).any()


def test_that_a_closed_source_gives_no_more_pixels(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "w.tif", textured(64, 64)[:, :, 0], tile=(32, 32))
    source = open_source(tmp_path / "w.tif", plain_recipe())
    source.close()

    with pytest.raises(ImageError, match=r"w\.tif"):
        source.read(0, 0, 10, 10)


def test_that_a_fingerprint_holds_size_time_and_sha256(tmp_path: Path) -> None:
    path = written(tmp_path / "w.bin", b"abc")

    found = fingerprint(path)

    assert (found.size, found.mtime_ns) == (3, path.stat().st_mtime_ns)
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_that_a_checksum_file_beside_the_image_must_agree(tmp_path: Path) -> None:
    path = written(tmp_path / "w.bin", b"abc")
    beside = tmp_path / "w.bin.sha256"

    beside.write_text(f"{hashlib.sha256(b'abc').hexdigest().upper()}  w.bin\n")
    assert fingerprint(path).size == 3

    beside.write_text(f"{hashlib.sha256(b'abd').hexdigest()} *w.bin\n")
    with pytest.raises(ImageError, match="other bytes than its checksum file"):
        fingerprint(path)

    beside.write_text("no sum at all")
    with pytest.raises(ImageError, match="holds no sha256"):
        fingerprint(path)
