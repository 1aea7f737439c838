from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe
from inspector.wafer.source_sections import compiled

CLASSES = [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}]


def recipe(**sections: Any) -> Recipe:
    grid = {"columns": 3, "rows": 3, "chip": [50, 50], "align": False}
    return Recipe.model_validate({"product": {"name": "p"}, "grid": grid, "classes": CLASSES} | sections)


def test_that_a_pattern_takes_whole_names_only() -> None:
    expression = compiled("W(1).r{row}_{any}c{column}.tif")
    match = expression.fullmatch("W(1).r07_x2c12.tif")
    assert match is not None
    assert (int(match["row"]), int(match["column"])) == (7, 12)
    for other in ("W(1).r7_c2.tiff", "W(1)xr7_c2.tif", "W(1).r_c2.tif", "aW(1).r7_c2.tif", "W(1).r-7_c2.tif"):
        assert expression.fullmatch(other) is None


@pytest.mark.parametrize(
    "pattern", ["r{row}.tif", "{rows}{column}.tif", "{row}{row}{column}", "a/{row}{column}", "{row{column}"]
)
def test_that_a_pattern_that_names_no_place_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        recipe(chip_files={"files": pattern})


@pytest.mark.parametrize(
    ("sections", "match"),
    [
        ({"shots": {"columns": 6}}, "columns and rows of the shots are needed"),
        ({"shots": {"columns": 6, "rows": 4, "positions": "p.csv"}}, "leave out columns and rows"),
        ({"shots": {"positions": "p.csv", "unit": "um"}}, "positions in um need um_per_px"),
        ({"shots": {"columns": 6, "rows": 4, "overlap": 0.6}}, "less than or equal to 0.5"),
        ({"shots": {"positions": "../p.csv"}}, "should match pattern"),
        ({"shots": {"columns": 6, "rows": 4}, "chip_files": {}}, "not of both"),
        ({"chip_files": {}, "grid": {"columns": 3, "rows": 3, "chip": [50, 50]}}, "align = false"),
        ({"chip_files": {}, "grid": {"chip": [50, 50], "pitch": [50.5, 51], "align": False}}, "whole pixels"),
        ({"light": {}}, "either reference names an image or estimate is true"),
        ({"light": {"reference": "a.tif", "estimate": True}}, "either reference names an image or estimate is true"),
        ({"light": {"estimate": True, "dark": "d.tif"}}, "a dark image needs a reference"),
        ({"light": {"estimate": True}, "grid": {"kind": "whole"}}, "for grids of chips"),
    ],
)
def test_that_a_source_that_makes_no_sense_is_refused(sections: dict[str, Any], match: str) -> None:
    with pytest.raises(ValidationError, match=match):
        recipe(**sections)


def test_that_the_lights_images_lie_beside_the_recipe(tmp_path: Path) -> None:
    text = '[product]\nname = "p"\n[light]\nreference = "light/flat.tif"\n'
    text += "".join(f'[[classes]]\nname = "{c["name"]}"\nverdict = "{c["verdict"]}"\n' for c in CLASSES)
    (tmp_path / "p.toml").write_text(text)
    light = read_recipe(tmp_path / "p.toml").light
    assert light is not None
    assert light.reference == str(tmp_path.resolve() / "light" / "flat.tif")
    (tmp_path / "q.toml").write_text(text.replace("light/flat.tif", "/data/flat.tif"))
    light = read_recipe(tmp_path / "q.toml").light
    assert light is not None
    assert Path(str(light.reference)) == Path("/data/flat.tif").resolve()


def test_that_a_mistyped_key_of_a_source_is_named(tmp_path: Path) -> None:
    text = '[product]\nname = "p"\n[shots]\ncolumms = 6\nrows = 4\n'
    text += "".join(f'[[classes]]\nname = "{c["name"]}"\nverdict = "{c["verdict"]}"\n' for c in CLASSES)
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(RecipeError, match=r"line 4: unknown key 'shots.columms'; did you mean 'columns'"):
        read_recipe(tmp_path / "p.toml")
