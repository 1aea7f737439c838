from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import tifffile

from inspector.cli.show import find_recipe
from inspector.imaging.sources.shots import ShotSource
from inspector.imaging.synthetic.layout import recipe_toml
from inspector.imaging.synthetic.shots import Cutting, asked_cutting, cut_shots, shots_instead
from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe_file import read_recipe


def test_that_shots_hold_the_wafers_pixels_at_their_true_places(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (600, 900), np.uint8)
    tifffile.imwrite(tmp_path / "w.tif", pixels, tile=(64, 64))
    laser = find_recipe("laser-wafer")
    shots = cut_shots(tmp_path / "w.tif", tmp_path / "w", laser, Cutting(4, 3), seed=1)
    again = cut_shots(tmp_path / "w.tif", tmp_path / "again", laser, Cutting(4, 3), seed=1)
    assert len(shots) == 12
    assert [(s.x, s.y) for s in shots] == [(s.x, s.y) for s in again]
    sizes = set()
    for shot in shots:
        seen = tifffile.imread(shot.path)
        sizes.add(seen.shape)
        assert np.array_equal(seen, pixels[shot.y : shot.y + seen.shape[0], shot.x : shot.x + seen.shape[1]])
    assert len(sizes) == 1


def test_that_the_recipe_beside_the_shots_reads_them(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (700, 900), np.uint8)
    tifffile.imwrite(tmp_path / "w.tif", pixels, tile=(64, 64))
    (tmp_path / "recipe.toml").write_text(recipe_toml(find_recipe("laser-wafer")), encoding="utf-8")
    folder = shots_instead(tmp_path / "w.tif", read_recipe(tmp_path / "recipe.toml"), Cutting(2, 2), seed=4)
    assert not (tmp_path / "w.tif").exists()
    with (tmp_path / "w_shots.csv").open() as stream:
        truth = {row["file"]: (int(row["x"]), int(row["y"])) for row in csv.DictReader(stream)}
    with ShotSource(folder, read_recipe(tmp_path / "recipe.toml")) as source:
        off = {(x - truth[p.name][0], y - truth[p.name][1]) for p, (x, y) in source.places().items()}
    assert len(off) == 1


def test_that_a_second_run_leaves_no_shots_of_the_first(tmp_path: Path) -> None:
    told = find_recipe("laser-wafer")
    for cutting in (Cutting(3, 2), Cutting(2, 1)):
        tifffile.imwrite(tmp_path / "L1_W1.tif", np.zeros((300, 400), np.uint8))
        folder = shots_instead(tmp_path / "L1_W1.tif", told, cutting, seed=1)

    assert sorted(p.name for p in folder.iterdir()) == ["shot_r0_c0.tif", "shot_r0_c1.tif"]


def test_that_shots_that_make_no_sense_are_refused() -> None:
    laser = find_recipe("laser-wafer")
    assert asked_cutting("6x4", laser, dataset=False) == Cutting(6, 4)
    for text in ("6", "0x4", "6 x 4", "6by4"):
        with pytest.raises(RecipeError, match="columns x rows"):
            asked_cutting(text, laser, dataset=False)
    with pytest.raises(RecipeError, match="whole wafers"):
        asked_cutting("6x4", find_recipe("crimp-a"), dataset=False)
    with pytest.raises(RecipeError, match="too small"):
        Cutting(40, 40).size((600, 600))
