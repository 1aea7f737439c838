"""A wafer of fewer bits than the recipe says is named with the line to change; a dark or normal one is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray

from inspector.imaging.bit_depth import unused_bits
from inspector.imaging.source import open_source
from inspector.imaging.working_copy import begin_reading
from inspector.wafer.unknown_product import unknown_product


@pytest.mark.parametrize(
    ("brightest", "bits", "named"),
    [(4095, 16, 12), (3100, 16, 12), (1000, 16, 10), (255, 16, 8), (200, 12, 8), (255, 12, 8)],
)
def test_that_too_many_bits_are_told_with_the_line_to_change(brightest: int, bits: int, named: int) -> None:
    said = unused_bits(Path("w.tif"), brightest, bits)

    assert "w.tif" in said
    assert f"write bits = {named} under [image]" in said
    assert f"{2 ** (bits - named)} times too dark" in said


@pytest.mark.parametrize(
    ("brightest", "bits"), [(65535, 16), (40000, 16), (4096, 16), (9000, 16), (4095, 12), (300, 12), (0, 16), (255, 8)]
)
def test_that_other_wafers_are_no_false_alarm(brightest: int, bits: int) -> None:
    assert unused_bits(Path("w.tif"), brightest, bits) == ""


def note_of(folder: Path, pixels: NDArray[np.uint8 | np.uint16]) -> str:
    path = folder / "w.tif"
    tifffile.imwrite(path, pixels, tile=(256, 256))
    recipe = unknown_product()
    with open_source(path, recipe) as source, begin_reading(source, folder / "copy.tif", recipe) as reading:
        while reading.found(0.1) is None:
            pass
        return reading.note


def test_that_the_whole_wafer_counts_not_its_first_rows(tmp_path: Path) -> None:
    pixels = np.full((1500, 600), 900, np.uint16)
    assert "bits = 10" in note_of(tmp_path, pixels)

    pixels[1499, 599] = 30_000
    assert note_of(tmp_path, pixels) == ""
    assert note_of(tmp_path, np.full((600, 600), 12, np.uint8)) == "", "8 bits are all of them"
