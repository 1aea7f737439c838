"""One changed byte: found where the format carries checksums or says things twice; where it does not, by the sha256."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from image_bytes import encoded, textured, tiff_bytes
from imaging_fakes import plain_recipe

from inspector.imaging import cv2
from inspector.imaging.source import fingerprint, open_source
from inspector.wafer.errors import ImageError

GREY = textured(45, 50)
RECIPE = plain_recipe()
# What a flip can turn into other pixels without a word: nobody else in the file says how wide or high an image in
# tiles is between two tiles, or which end of the scale is black.
UNSEEN_TAGS = {"ImageWidth", "ImageLength", "PhotometricInterpretation"}


def pixels_or_refusal(path: Path) -> np.ndarray | None:
    try:
        with open_source(path, RECIPE) as source:
            return np.concatenate(list(source.bands()))
    except ImageError:
        return None


def flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= bit
    return bytes(changed)


def test_that_no_flip_in_a_png_changes_a_pixel(tmp_path: Path) -> None:
    data = encoded(".png", GREY)
    path = tmp_path / "w"

    for place in range(0, len(data), len(data) // 80):
        path.write_bytes(flipped(data, place, 1 << place % 8))
        found = pixels_or_refusal(path)
        assert found is None or np.array_equal(found, GREY)


def test_that_no_flip_in_deflated_tiles_changes_a_pixel(tmp_path: Path) -> None:
    data = tiff_bytes(tmp_path, GREY[:, :, 0], tile=(32, 32), compression="zlib", metadata=None)
    with tifffile.TiffFile(tmp_path / "whole.tif") as file:
        start = min(file.pages[0].dataoffsets)
    path = tmp_path / "w"

    for place in range(start, len(data), (len(data) - start) // 80):
        path.write_bytes(flipped(data, place, 1 << place % 8))
        found = pixels_or_refusal(path)
        assert found is None or np.array_equal(found, GREY)


@pytest.mark.parametrize(
    "layout", [{}, {"rowsperstrip": 16, "compression": "lzw"}, {"tile": (32, 32), "bigtiff": True}]
)
def test_that_a_flip_in_a_directory_is_refused_or_harmless(tmp_path: Path, layout: dict[str, object]) -> None:
    data = tiff_bytes(tmp_path, GREY[:, :, 0], metadata=None, **layout)
    with tifffile.TiffFile(tmp_path / "whole.tif") as file:
        page = file.pages[0]
        start = min(page.dataoffsets)
        entry = file.tiff.tagsize
        free = {
            place
            for tag in page.tags
            if tag.name in UNSEEN_TAGS
            for place in range(tag.offset, tag.offset + entry)
            if place >= tag.valueoffset
        }
    path = tmp_path / "w"

    for place in sorted(set(range(start)) - free)[::2]:
        path.write_bytes(flipped(data, place, 1 << place % 8))
        found = pixels_or_refusal(path)
        assert found is None or np.array_equal(found, GREY), place


def unchecked(kind: str, folder: Path) -> bytes:
    if kind == "jpeg":
        return encoded(".jpg", GREY, cv2.IMWRITE_JPEG_QUALITY, 95)
    packing = {} if kind == "raw" else {"compression": kind}
    return tiff_bytes(folder, GREY[:, :, 0], tile=(64, 64), metadata=None, **packing)


@pytest.mark.parametrize("kind", ["raw", "lzw", "zstd", "jpeg"])
def test_that_what_no_decoder_sees_is_found_by_the_checksum_file(tmp_path: Path, kind: str) -> None:
    data = unchecked(kind, tmp_path)
    path = tmp_path / "w"
    path.write_bytes(data)
    whole = pixels_or_refusal(path)
    (tmp_path / "w.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  w\n")
    unseen = 0

    for place in range(len(data) // 2, len(data), max(1, len(data) // 30)):
        path.write_bytes(flipped(data, place, 1))
        found = pixels_or_refusal(path)
        unseen += found is not None and not np.array_equal(found, whole)
        with pytest.raises(ImageError, match="other bytes than its checksum file"):
            fingerprint(path)

    assert unseen > 0  # as the help says
