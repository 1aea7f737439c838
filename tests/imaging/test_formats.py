"""Every row of the help's table of formats: real bytes go in, the stated pixels come out, or one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from format_cases import (
    GREY,
    INKS,
    READ,
    RGB,
    TWELVE,
    Case,
    Stored,
    alpha_of,
    jpeg_of_inks,
    laid_down,
    pyramid,
    tiff,
    with_alpha,
)
from image_bytes import encoded, png_chunk, png_claiming

from inspector.imaging.source import open_source, read_header, read_image
from inspector.wafer.errors import ImageError
from inspector.wafer.recipe import Recipe


def recipe(**image: Any) -> Recipe:
    classes = [{"name": "Good", "verdict": "good"}, {"name": "Bad", "verdict": "defect"}]
    return Recipe.model_validate({"product": {"name": "p"}, "classes": classes, "image": image})


EACH = [pytest.param(case, id=f"{row} {number}") for row, cases in READ.items() for number, case in enumerate(cases)]


def file_of(case: Case, folder: Path) -> Path:
    path = folder / "wafer.image"
    if isinstance(case.data, bytes):
        path.write_bytes(case.data)
    else:
        case.data(path)
    return path


def assert_same(found: Stored, case: Case, scale: float = 1.0) -> None:
    assert found.shape == case.pixels.shape
    if case.lossy:
        far = np.abs(found * scale - case.pixels.astype(float))
        assert far.mean() < 3  # the picture's grey values spread by 30
        assert far.max() < 60
    else:
        assert found.dtype == case.pixels.dtype
        assert np.array_equal(found, case.pixels)


@pytest.mark.parametrize("case", EACH)
def test_that_a_file_gives_the_pixels_that_were_put_in(tmp_path: Path, case: Case) -> None:
    with open_source(file_of(case, tmp_path), recipe(**case.rule)) as source:
        found = np.concatenate(list(source.bands()))
        corner = source.read(37, 21, 60, 90)
        facts = source.header

    assert (facts.height, facts.width, facts.channels) == found.shape
    assert facts.bits == found.dtype.itemsize * 8
    assert_same(found, case, 1 if found.dtype == np.uint8 or not case.lossy else 1 / 257)
    assert np.array_equal(corner, found[21:111, 37:97])


STACK = np.zeros((3, 40, 50), np.uint8)


def hidden_stack() -> Callable[[Path], object]:
    """One directory that stands for three images, as tifffile writes them when it is told to be short."""

    def write(path: Path) -> None:
        with tifffile.TiffWriter(path) as file:
            file.write(STACK, photometric="minisblack", truncate=True, contiguous=True)

    return write


REFUSED: dict[str, list[tuple[str, bytes | Callable[[Path], object]]]] = {
    "Transparency": [
        *(("transparent", case.data) for case in with_alpha(200)),
        ("transparent", png_claiming(2, 1, rows=b"\0\1\2", extra=png_chunk(b"tRNS", b"\0\1"))),
    ],
    "CMYK": [("inks", tiff(INKS, photometric="separated")), ("inks", jpeg_of_inks(adobe=True))],
    "More than one image": [
        ("more than one image", tiff(STACK, photometric="minisblack", metadata=None)),
        ("more than one image", tiff(STACK, photometric="minisblack")),
        ("more than one image", hidden_stack()),
        ("more than one image", tiff(STACK, photometric="minisblack", imagej=True)),
        ("more than one image", tiff(STACK, photometric="minisblack", ome=True)),
    ],
    "Other numbers": [
        ("floating point pixels of 32", tiff(np.full((8, 8), np.nan, np.float32))),
        ("floating point pixels of 64", tiff(np.zeros((8, 8), np.float64))),
        ("floating point pixels of 16", tiff(np.zeros((8, 8), np.float16))),
        ("signed pixels", tiff(np.zeros((8, 8), np.int16))),
        ("pixels of 32 bits", tiff(np.zeros((8, 8), np.uint32))),
        ("pixels of 1 bits", tiff(np.zeros((8, 8), bool))),
    ],
    "Other channels": [
        ("5 channels", tiff(np.zeros((8, 8, 5), np.uint8), photometric="minisblack", planarconfig="contig")),
        ("another kind .CIELAB", tiff(np.zeros((8, 8, 3), np.uint8), photometric="cielab")),
    ],
    "Other packings": [
        ("packed by", tiff(GREY, compression="jpeg2000")),
        ("packed by WEBP", tiff(RGB, compression="webp")),
        ("packed by LZMA", tiff(GREY, compression="lzma")),
    ],
}
FOLDERS = {"OME-Zarr", "Folder of partial shots", "Folder of chips"}  # test_zarr_source.py, shots/, test_chip_files.py
EACH_REFUSED = [pytest.param(*case, id=f"{row} {n}") for row, cases in REFUSED.items() for n, case in enumerate(cases)]


@pytest.mark.parametrize(("words", "data"), EACH_REFUSED)
def test_that_another_kind_is_refused_with_its_reason(tmp_path: Path, words: str, data: Any) -> None:
    path = file_of(Case(data, GREY), tmp_path)

    with pytest.raises(ImageError, match=words) as caught, open_source(path, recipe()) as source:
        list(source.bands())

    assert str(caught.value).endswith(".")


def rows_of_the_help(language: str) -> list[str]:
    page = Path(__file__).parents[2] / "resources" / "help" / language / "7-formats.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    return [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]


def test_that_the_help_has_the_rows_that_are_proved_here() -> None:
    assert set(rows_of_the_help("en")) == {*READ, *REFUSED, *FOLDERS}
    assert len(rows_of_the_help("ja")) == len(rows_of_the_help("en"))


def test_that_the_pyramid_in_a_file_gives_its_coarse_levels(tmp_path: Path) -> None:
    for n, write in enumerate((pyramid(sub=True), pyramid(sub=False), pyramid(sub=True, ome=True))):
        path = tmp_path / f"{n}.tif"
        write(path)
        with open_source(path, recipe()) as source:
            half, quarter = source.coarse(60), source.coarse(30)
            assert source.coarse(100) is None
            assert source.random_access

        assert half is not None
        assert quarter is not None
        assert np.array_equal(half, GREY[::2, ::2])
        assert np.array_equal(quarter, GREY[::4, ::4])


def test_that_a_coarse_level_of_16_bits_comes_in_8_and_upright(tmp_path: Path) -> None:
    stored = laid_down(TWELVE, 6)[:, :, 0]
    with tifffile.TiffWriter(tmp_path / "w.tif") as file:
        file.write(stored, extratags=[(274, "H", 1, 6, True)], metadata=None)
        file.write(stored[::2, ::2], subfiletype=1, metadata=None)

    with open_source(tmp_path / "w.tif", recipe(bits=12)) as source:
        level = source.coarse(50)

    assert level is not None
    assert level.dtype == np.uint8
    assert np.array_equal(level, (TWELVE >> 4)[::2, 1::2])


def test_that_the_first_image_must_be_the_whole_one(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "w.tif") as file:
        file.write(GREY[::2, ::2, 0], subfiletype=1, metadata=None)
        file.write(GREY[:, :, 0], metadata=None)

    with pytest.raises(ImageError, match="begins with a smaller copy"):
        read_header(tmp_path / "w.tif")


def test_that_a_smaller_second_picture_of_another_shape_is_no_copy(tmp_path: Path) -> None:
    with tifffile.TiffWriter(tmp_path / "w.tif") as file:
        file.write(GREY[:, :, 0], metadata=None)
        file.write(GREY[:30, :100, 0], metadata=None)

    with pytest.raises(ImageError, match="more than one image"):
        read_header(tmp_path / "w.tif")


def test_that_part_images_follow_the_same_rules(tmp_path: Path) -> None:
    path = tmp_path / "part.png"
    path.write_bytes(encoded(".png", alpha_of(RGB, 200)))

    assert np.array_equal(read_image(path, 3, rule=recipe(alpha="drop").image), RGB)
    with pytest.raises(ImageError, match="transparent"):
        read_image(path, 3)


def test_that_a_strip_image_on_its_side_that_no_memory_can_turn_is_refused(tmp_path: Path) -> None:
    with open(tmp_path / "w.tif", "wb") as file:  # a file of holes: 1.2 gigapixels of nothing on no disk
        tifffile.imwrite(
            file, shape=(36_000, 36_000), dtype=np.uint8, rowsperstrip=1000, extratags=[(274, "H", 1, 6, True)]
        )

    with pytest.raises(ImageError, match="on its side"):
        read_header(tmp_path / "w.tif")
