"""`inspector grid` prints what a recipe's [grid] section needs, or one sentence why it can't."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
import tifffile

from inspector.cli.grid import measure_grid
from inspector.wafer.errors import ImageError


def wafer(path: Path) -> Path:
    """An upright wafer of 5 x 4 bright chips of 80 x 60 px, 10 px apart, 24 and 18 px from the border."""
    pixels = np.full((320, 500), 50, np.uint8)
    for row in range(4):
        for column in range(5):
            pixels[18 + 70 * row : 78 + 70 * row, 24 + 90 * column : 104 + 90 * column] = 150 + 4 * column
    tifffile.imwrite(path, pixels, photometric="minisblack")
    return path


def test_that_the_measured_grid_is_printed_ready_for_a_recipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure_grid(wafer(tmp_path / "w.tif"), None, None, None, False)
    table = capsys.readouterr().out
    measure_grid(tmp_path / "w.tif", None, 5, 4, True)
    facts = json.loads(capsys.readouterr().out)

    section = tomllib.loads(table[table.index("[grid]") :])["grid"]
    assert (section["columns"], section["rows"], section["chip"]) == (5, 4, [80, 60])
    assert np.allclose(section["pitch"], (90, 70), atol=0.1)
    assert np.allclose(section["origin"], (24, 18), atol=0.5)
    assert facts["toml"].strip() == table[table.index("[grid]") :].strip()
    assert facts["confidence"] > 0.9


def test_that_an_image_without_chips_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "plain.tif"
    tifffile.imwrite(path, np.full((300, 400), 90, np.uint8), photometric="minisblack")

    with pytest.raises(ImageError, match=r"plain\.tif"):
        measure_grid(path, None, None, None, False)
