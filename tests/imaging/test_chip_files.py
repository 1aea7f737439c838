from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from imaging_fakes import encoded, textured

from inspector.imaging.source import open_source
from inspector.imaging.sources.chip_files import ChipFilesSource
from inspector.wafer.errors import ImageError
from inspector.wafer.recipe import Recipe


def recipe(**chip_files: object) -> Recipe:
    return Recipe.model_validate(
        {
            "product": {"name": "chips"},
            "grid": {
                "columns": 4,
                "rows": 3,
                "chip": [60, 50],
                "pitch": [64, 57],
                "origin": [5, 9],
                "align": False,
                "missing": [[3, 2]],
            },
            "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
            "chip_files": chip_files,
        }
    )


@pytest.fixture
def chips(tmp_path: Path) -> Path:
    """Eleven chips, counted from 1."""
    for row in range(3):
        for column in range(4 if row < 2 else 3):
            pixels = textured(50, 60, seed=row * 10 + column)
            (tmp_path / f"W3 x{column + 1:02d} y{row + 1:02d}.png").write_bytes(encoded(".png", pixels))
    return tmp_path


NAMED = {"files": "{any} x{column} y{row}.png", "first": 1}


def test_that_a_folder_of_chips_is_laid_out_as_the_grid(chips: Path) -> None:
    told = recipe(**NAMED)
    grid = told.grid.grid()
    with open_source(chips, told) as source:
        assert isinstance(source, ChipFilesSource)
        assert source.not_imaged == ()
        image = np.concatenate(list(source.bands()))
        assert image.shape == (source.header.height, source.header.width, 1)
        for chip in grid.chip_ids():
            x, y = (round(v) for v in grid.corners(chip)[0])
            assert np.array_equal(image[y : y + 50, x : x + 60], textured(50, 60, seed=chip.row * 10 + chip.column))
        assert np.array_equal(source.read(20, 30, 150, 100), image[30:130, 20:170])
        assert not image[:9].any()


def test_that_a_chip_without_a_picture_is_not_imaged(chips: Path) -> None:
    (chips / "W3 x02 y03.png").unlink()
    with ChipFilesSource(chips, recipe(**NAMED)) as source:
        assert source.not_imaged == ((5 + 64, 9 + 2 * 57, 60, 50),)
        assert source.notes == ("Chip column 1, row 2 has no picture.",)


def test_that_a_damaged_chip_is_named_or_left_out(chips: Path) -> None:
    path = chips / "W3 x03 y01.png"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)
    with ChipFilesSource(chips, recipe(**NAMED)) as source, pytest.raises(ImageError, match="x03 y01"):
        list(source.bands())
    with ChipFilesSource(chips, recipe(damaged="leave out", **NAMED)) as source:
        assert source.not_imaged == ((5 + 2 * 64, 9, 60, 50),)
        assert "x03 y01" in source.notes[0]
    path.write_bytes(raw[:100])
    with pytest.raises(ImageError, match=r"x03 y01.png is cut short"):
        ChipFilesSource(chips, recipe(**NAMED))


def test_that_pictures_that_are_no_chips_of_the_grid_are_refused(chips: Path) -> None:
    for name, size, match in (
        ("W3 x05 y01.png", (50, 60), "x05 y01.png, where the recipe's grid of 4 x 3 has no chip"),
        ("W3 x04 y03.png", (50, 60), "x04 y03.png, where the recipe's grid of 4 x 3 has no chip"),
        ("W4 x01 y01.png", (50, 60), "two pictures of column 1, row 1"),
        ("map.png", (50, 60), "stray image map.png"),
    ):
        (chips / name).write_bytes(encoded(".png", textured(*size)))
        with pytest.raises(ImageError, match=match):
            ChipFilesSource(chips, recipe(**NAMED))
        (chips / name).unlink()
    (chips / "W3 x01 y01.png").write_bytes(encoded(".png", textured(51, 60)))
    with pytest.raises(ImageError, match=r"x01 y01.png with 60 x 51 pixels"):
        ChipFilesSource(chips, recipe(**NAMED))


def test_that_chips_of_another_size_than_the_recipes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "c0_r0.png").write_bytes(encoded(".png", textured(40, 60)))
    with pytest.raises(ImageError, match=r"60 x 40 pixels, but the recipe's are 60 x 50"):
        ChipFilesSource(tmp_path, recipe())
