"""A small file that claims a large picture is refused from its header: nothing is unpacked, no memory is taken."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from image_bytes import encoded, hollow_tiff, jpeg_claiming, png_claiming, textured, tiff_bytes, with_tags

from inspector.imaging.source import read_header, read_image
from inspector.wafer.errors import ImageError

_SMALL = np.zeros((16, 16), np.uint8)


def tiff_claiming(folder: Path, width: int, height: int, packing: str = "zlib") -> bytes:
    """One strip that is said to hold all of it."""
    whole = tiff_bytes(folder, _SMALL, compression=packing, metadata=None)
    return with_tags(whole, folder, ImageWidth=width, ImageLength=height, RowsPerStrip=height)


def tiff_of_one_tile(folder: Path, side: int, tile: bytes, packing: int) -> bytes:
    """A tile that is said to be as large as the picture."""
    whole = tiff_bytes(folder, _SMALL, tile=(16, 16), compression="zlib", metadata=None)
    made = with_tags(whole + tile, folder, ImageWidth=side, ImageLength=side, TileWidth=side, TileLength=side)
    return with_tags(made, folder, TileOffsets=len(whole), TileByteCounts=len(tile), Compression=packing)


def tiff_of_the_same_tile(folder: Path, side: int) -> bytes:
    """10,000 tiles, all of them the same few bytes."""
    with tifffile.TiffWriter(folder / "many.tif") as file:
        tile = np.zeros((512, 512), np.uint8)
        file.write((tile for _ in range(100)), shape=(5120, 5120), dtype=np.uint8, tile=(512, 512), compression="zstd")
    with tifffile.TiffFile(folder / "many.tif") as file:
        tags = file.pages[0].tags
        at, first = tags["TileOffsets"].valueoffset, tags["TileOffsets"].value[0]
    data = bytearray((folder / "many.tif").read_bytes())
    data[at : at + 400] = np.full(100, first, "<u4").tobytes()
    return bytes(data)


JUNK = np.random.default_rng(0).bytes(900_000)  # that it would unpack to nothing is not even tried
BOMBS: dict[str, Callable[[Path], bytes]] = {  # the words of the name stand in the refusal
    "60000 x 60000 pixels, too many for a PNG": lambda _: png_claiming(60_000, 60_000),
    "300000 x 300000 pixels, but at most 16": lambda _: png_claiming(300_000, 300_000),
    "2000000 x 10": lambda _: png_claiming(2_000_000, 10),
    "no pixels": lambda _: png_claiming(0, 10),
    "32000 x 32000 pixels, too many": lambda _: png_claiming(32_000, 32_000, bits=16, colour=2),
    r"32000 x 32000 pixels \(976 MB\) in 9[0-9]{5} bytes": lambda _: png_claiming(32_000, 32_000, rows=JUNK),
    "65000 x 65000 pixels, too many for a JPEG": lambda _: jpeg_claiming(65_000, 65_000),
    r"30000 x 30000 pixels \(858 MB\) in": lambda _: jpeg_claiming(30_000, 30_000),
    "200000 x 200000 pixels, but at most": lambda folder: tiff_claiming(folder, 200_000, 200_000),
    "strips too large for memory": lambda folder: tiff_claiming(folder, 40_000, 40_000),
    "strips too large for memory.": lambda folder: tiff_claiming(folder, 40_000, 40_000, "zstd"),
    r"claims 30000 x 30000 pixels \(858 MB\)": lambda folder: tiff_claiming(folder, 30_000, 30_000, "lzw"),
    r"20000 x 20000 pixels \(381 MB\)": lambda f: tiff_of_one_tile(f, 20_000, JUNK, 8),
    r"\(381 MB\) in [0-9]* bytes": lambda f: tiff_of_one_tile(f, 20_000, JUNK, 50000),
    "lie over each other": lambda folder: tiff_of_the_same_tile(folder, 5120),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_that_a_pixel_bomb_is_refused_before_it_is_decoded(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS[bomb](tmp_path))
    tracemalloc.start()

    with pytest.raises(ImageError, match=bomb.rstrip(".")):
        read_header(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_that_a_png_too_large_for_its_decoder_names_tiled_tiff_as_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(png_claiming(40_000, 40_000))

    with pytest.raises(ImageError, match="tiled TIFF"):
        read_header(tmp_path / "large.png")


def test_that_an_honest_large_file_is_no_bomb(tmp_path: Path) -> None:
    hollow_tiff(tmp_path / "w.tif", 131_072, 131_072, 4096)

    assert read_header(tmp_path / "w.tif").width == 131_072


def test_that_a_blank_picture_of_common_size_is_no_bomb(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "w.tif", np.zeros((4096, 4096), np.uint8), tile=(512, 512), compression="zstd")

    assert not read_image(tmp_path / "w.tif", 1).any()


@pytest.mark.parametrize("packing", ["zlib", "zstd", "lzw", "packbits"])
def test_that_a_tile_with_more_inside_than_its_pixels_is_refused(tmp_path: Path, packing: str) -> None:
    tifffile.imwrite(tmp_path / "w.tif", textured(64, 64)[:, :, 0], tile=(64, 64), compression=packing, predictor=False)
    changed = with_tags((tmp_path / "w.tif").read_bytes(), tmp_path, TileWidth=32, TileLength=64, ImageWidth=32)
    (tmp_path / "w.tif").write_bytes(changed)

    with pytest.raises(ImageError):
        read_image(tmp_path / "w.tif", 1)


def test_that_a_jpeg_tile_that_claims_another_size_is_refused(tmp_path: Path) -> None:
    whole = tiff_bytes(tmp_path, textured(64, 64)[:, :, 0], tile=(64, 64), compression="jpeg", metadata=None)
    at = whole.index(b"\xff\xc0") + 5
    (tmp_path / "w.tif").write_bytes(whole[:at] + b"\xff\xf0\xff\xf0" + whole[at + 4 :])

    with pytest.raises(ImageError, match="damaged tile"):
        read_image(tmp_path / "w.tif", 1)


def test_that_small_copies_do_not_make_a_jpeg_a_bomb(tmp_path: Path) -> None:
    (tmp_path / "w.jpg").write_bytes(encoded(".jpg", np.zeros((4000, 4000), np.uint8)))

    assert read_header(tmp_path / "w.jpg").width == 4000
