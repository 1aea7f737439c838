"""Dropped and chosen folders: the recipe says which wafers they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from stations import RECIPE, FakeLink, judge_button, judged_record, model_folder, wafer_png

from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.state.dropped import pictured, wafers_of
from inspector.station.state.session import Session
from inspector.wafer.source_sections import ShotsSection


def test_that_a_dropped_folder_stands_for_its_images(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "empty").mkdir()
    image, deep = wafer_png(tmp_path, "b.PNG"), wafer_png(tmp_path / "sub", "a.tif")
    (tmp_path / "notes.txt").write_text("x")

    assert wafers_of([tmp_path], RECIPE) == sorted([image, deep])
    assert pictured([image, image, tmp_path / "notes.txt", tmp_path / "gone.png", tmp_path / "empty"]) == [image]
    assert pictured([tmp_path]) == [tmp_path]


def test_that_a_dropped_folder_with_a_record_is_not_judged_by_its_own_working_copies(tmp_path: Path) -> None:
    judged_record(tmp_path)
    assert list((tmp_path / "record.images").glob("*.tif"))
    (tmp_path / ".cache").mkdir()
    wafer_png(tmp_path / ".cache", "thumb.png")
    wafer_png(tmp_path, "._W01.png")

    assert wafers_of([tmp_path], RECIPE) == [tmp_path / "W01.png"]


def shots_of(folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    return [wafer_png(folder, f"shot_r0_c{column}.png") for column in (0, 1)]


def test_that_a_folder_of_shots_is_one_wafer_dropped_as_a_folder_or_chosen_by_its_pictures(tmp_path: Path) -> None:
    shots = ShotsSection(files="shot_r{row}_c{column}.png", columns=2, rows=1)
    recipe = RECIPE.model_copy(update={"shots": shots})
    first, second = shots_of(tmp_path / "LD-7" / "W1"), shots_of(tmp_path / "LD-7" / "W2")
    whole = wafer_png(tmp_path, "whole.png")

    assert wafers_of([tmp_path / "LD-7" / "W1"], recipe) == [tmp_path / "LD-7" / "W1"]
    assert wafers_of([tmp_path / "LD-7"], recipe) == [first[0].parent, second[0].parent]
    assert wafers_of([*first, *second], recipe) == [first[0].parent, second[0].parent]
    assert wafers_of([whole], recipe) == [whole]


def test_that_the_open_dialog_lists_wafers_as_the_chosen_recipe_sees_them(
    session: Session, link: FakeLink, recipe_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shots = tmp_path / "shots.toml"
    section = '[shots]\nfiles = "shot_r{row}_c{column}.png"\ncolumns = 2\nrows = 1\n'
    shots.write_text(recipe_file.read_text(encoding="utf-8") + section, encoding="utf-8")
    shots_of(tmp_path / "LD-7" / "W1.2")
    dialog = OpenDialog(session, [tmp_path / "LD-7" / "W1.2"])
    qtbot.addWidget(dialog)

    dialog.use_recipe(str(recipe_file))
    assert (len(dialog.images), dialog.lot) == (2, "W1.2")

    dialog.use_recipe(str(shots))
    dialog.use_model(model_folder(tmp_path / "model"))
    assert (dialog.images, dialog.lot) == ([tmp_path / "LD-7" / "W1.2"], "LD-7")

    judge_button(dialog).click()
    assert link.requests[0].source == tmp_path / "LD-7" / "W1.2"
    assert link.requests[0].wafer == "W1.2", "a dot in a folder's name begins no ending"


def test_that_judge_waits_for_a_wafer_where_a_folder_holds_none_for_the_recipe(
    session: Session, recipe_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "LD-7" / "W1.zarr").mkdir(parents=True)
    shots = tmp_path / "shots.toml"
    shots.write_text(recipe_file.read_text() + "[shots]\ncolumns = 2\nrows = 1\n", encoding="utf-8")
    dialog = OpenDialog(session, [tmp_path / "LD-7"])
    qtbot.addWidget(dialog)
    dialog.use_recipe(str(shots))
    dialog.use_model(model_folder(tmp_path / "model"))

    assert not judge_button(dialog).isEnabled()
    assert "holds no wafer of this product" in dialog.findChild(QLabel, "missing").text()
