"""From folders of shots or chips to answers: what one image would say, but for what nobody photographed."""

from __future__ import annotations

from pathlib import Path

import pytest
import tifffile
from grey_classifier import CHIP, ORIGIN, PITCH, GreyClassifier, truth, wafer_pixels, wafer_recipe

from inspector.imaging import cv2
from inspector.imaging.alignment.align import GridDoubtError
from inspector.imaging.synthetic.shots import Cutting, Shot, cut_shots, with_shots
from inspector.inspection import Prepared, inspect_source
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.recipe import Recipe
from inspector.wafer.source_sections import ChipFilesSection

COLUMNS, ROWS = 24, 18
CUTTING = Cutting(4, 3)


def judged(path: Path, recipe: Recipe, copy: Path) -> tuple[Prepared, dict[ChipId, float]]:
    """What was prepared, and P(defect) of each judged chip."""
    prepared, answers = None, {}
    for step in inspect_source(path, copy, recipe, GreyClassifier(batch=16)):
        if isinstance(step.found, Prepared):
            prepared = step.found
        elif isinstance(step.found, tuple):
            answers |= {chip: judgement.p_defect for chip, judgement in step.found}
    assert prepared is not None
    return prepared, answers


@pytest.fixture
def shots(tmp_path: Path) -> list[Shot]:
    tifffile.imwrite(tmp_path / "whole.tif", wafer_pixels(COLUMNS, ROWS), tile=(256, 256))
    return cut_shots(tmp_path / "whole.tif", tmp_path / "W01", recipe(), CUTTING, seed=3)


def recipe() -> Recipe:
    return with_shots(wafer_recipe(COLUMNS, ROWS, align=True), CUTTING)


def touched(shot: Shot) -> set[ChipId]:
    """The chips of which a shot shows any part."""
    height, width = tifffile.imread(shot.path).shape
    return {
        ChipId(c, r)
        for c in range(COLUMNS)
        for r in range(ROWS)
        if shot.x < ORIGIN + c * PITCH + CHIP
        and ORIGIN + c * PITCH < shot.x + width
        and shot.y < ORIGIN + r * PITCH + CHIP
        and ORIGIN + r * PITCH < shot.y + height
    }


def test_that_a_wafer_in_shots_is_judged_like_the_whole_one(tmp_path: Path, shots: list[Shot]) -> None:
    prepared, answers = judged(tmp_path / "W01", recipe(), tmp_path / "copy.tif")
    expected = truth(wafer_pixels(COLUMNS, ROWS), COLUMNS, ROWS)
    assert len(prepared.placed.not_imaged) + len(answers) == COLUMNS * ROWS
    rim = {c for c in expected if c.column in (0, COLUMNS - 1) or c.row in (0, ROWS - 1)}
    assert prepared.placed.not_imaged <= rim
    assert answers == {chip: expected[chip] for chip in answers}
    assert any("17 of 17 joints" in note for note in prepared.notes)


@pytest.mark.parametrize("damaged", [False, True])
def test_that_without_one_shot_only_its_chips_are_not_imaged(tmp_path: Path, shots: list[Shot], damaged: bool) -> None:
    before = judged(tmp_path / "W01", recipe(), tmp_path / "copy.tif")
    lost, told = shots[5], recipe()
    area = touched(lost)
    if damaged:
        lost.path.write_bytes(lost.path.read_bytes()[:5000])
        with pytest.raises(ImageError, match=r"shot_r1_c1\.tif is cut short"):
            judged(tmp_path / "W01", told, tmp_path / "second.tif")
        assert told.shots is not None
        told = told.model_copy(update={"shots": told.shots.model_copy(update={"damaged": "leave out"})})
    else:
        lost.path.unlink()
    prepared, answers = judged(tmp_path / "W01", told, tmp_path / "third.tif")
    gone = prepared.placed.not_imaged - before[0].placed.not_imaged
    assert gone
    assert gone <= area
    assert answers == {chip: p for chip, p in before[1].items() if chip not in gone}
    assert any("shot_r1_c1" in note or "column 1, row 1 is missing" in note for note in prepared.notes)


def test_that_a_folder_of_chips_is_judged_like_its_wafer(tmp_path: Path) -> None:
    pixels = wafer_pixels(5, 4)
    folder = tmp_path / "chips"
    folder.mkdir()
    for chip in truth(pixels, 5, 4):
        x, y = ORIGIN + chip.column * PITCH, ORIGIN + chip.row * PITCH
        written, data = cv2.imencode(".png", pixels[y : y + CHIP, x : x + CHIP])
        assert written
        (folder / f"c{chip.column}_r{chip.row}.png").write_bytes(data.tobytes())
    (folder / "c2_r1.png").unlink()
    told = wafer_recipe(5, 4).model_copy(update={"chip_files": ChipFilesSection()})
    prepared, answers = judged(folder, told, tmp_path / "copy.tif")
    assert prepared.placed.not_imaged == {ChipId(2, 1)}
    assert answers == {chip: p for chip, p in truth(pixels, 5, 4).items() if chip != (2, 1)}


def test_that_a_doubt_about_the_grid_names_the_missing_shots(
    tmp_path: Path, shots: list[Shot], monkeypatch: pytest.MonkeyPatch
) -> None:
    shots[5].path.unlink()
    best = PlacedGrid(recipe().grid.grid())
    doubt = GridDoubtError("The image W01 does not show the grid: take it again.", best)

    def doubtful(*_: object) -> PlacedGrid:
        raise doubt

    monkeypatch.setattr("inspector.inspection.place", doubtful)

    with pytest.raises(GridDoubtError, match=r"take it again\. Shot column 1, row 1 is missing\.") as told:
        judged(tmp_path / "W01", recipe(), tmp_path / "copy.tif")

    assert told.value.best is best
    assert not list(tmp_path.glob("copy*"))
