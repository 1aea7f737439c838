from __future__ import annotations

from pathlib import Path

import pytest
from imaging_fakes import plain_recipe

from inspector.imaging.sources.wafers_below import wafer_key, wafers_below
from inspector.wafer.source_sections import ShotsSection


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_that_a_folder_of_images_is_many_wafers(tmp_path: Path) -> None:
    touch(tmp_path, "a/W1.tif", "a/W2.png", "notes.txt", "b.zarr/0/c/0/0", "b.zarr/preview.png")
    assert wafers_below(tmp_path, plain_recipe()) == [tmp_path / n for n in ("a/W1.tif", "a/W2.png", "b.zarr")]
    assert wafers_below(tmp_path / "b.zarr", plain_recipe()) == [tmp_path / "b.zarr"]
    assert wafers_below(tmp_path / "a" / "W1.tif", plain_recipe()) == [tmp_path / "a" / "W1.tif"]


def test_that_with_shots_a_folder_with_pictures_is_one_wafer(tmp_path: Path) -> None:
    recipe = plain_recipe().model_copy(update={"shots": ShotsSection(columns=2, rows=1)})
    touch(tmp_path, "lot/W1/shot_r0_c0.tif", "lot/W1/shot_r0_c1.tif", "lot/W2/shot_r0_c0.tif", "lot/empty/readme.txt")
    assert wafers_below(tmp_path / "lot" / "W1", recipe) == [tmp_path / "lot" / "W1"]
    assert wafers_below(tmp_path, recipe) == [tmp_path / "lot" / "W1", tmp_path / "lot" / "W2"]
    assert wafers_below(tmp_path / "lot" / "empty", recipe) == []


def test_that_a_wafer_is_called_as_its_file_or_its_whole_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = tmp_path / "ロット 7"
    (lot / "W01.2").mkdir(parents=True)
    (lot / "W01.2" / "shot_r0_c0.tif").touch()
    monkeypatch.chdir(lot / "W01.2")

    assert wafer_key(lot / "W01.2") == ("ロット 7", "W01.2")
    assert wafer_key(Path(".")) == ("ロット 7", "W01.2")
    assert wafer_key(Path("..", "W01.2")) == ("ロット 7", "W01.2")
    assert wafer_key(lot / "W01.2.tif") == ("ロット 7", "W01.2")
    assert wafer_key(lot / "scan.001") == ("ロット 7", "scan")
    assert wafer_key(lot / "W3.zarr", "X7") == ("X7", "W3")
