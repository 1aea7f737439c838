"""A grid goes into a recipe file; whatever else a person wrote there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.wafer.errors import RecipeError
from inspector.wafer.grid_file import with_grid, write_grid
from inspector.wafer.recipe import GridSection
from inspector.wafer.recipe_file import read_recipe

GRID = GridSection(columns=5, rows=4, chip=(30, 20), pitch=(33.5, 24.0), origin=(7.0, 9.5), missing=((0, 0), (4, 3)))
HEAD = '# our product\n[product]\nname = "tiny"  # as on the label\n'
OWN = "\n[grid]\ncolumns = 9\nrows = 9\nmissing = [\n  [1, 2],\n  [3, 4],\n]\n"
REST = (
    "\n# both classes\n"
    '[[classes]]\nname = "clean"\nverdict = "good"\n[[classes]]\nname = "pit"\nverdict = "defect"\n'
    "\n[model]\ninput = [40, 40]\n"
)


def recipe(folder: Path, text: str) -> Path:
    path = folder / "tiny.toml"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text", [HEAD + OWN + REST, HEAD + REST, HEAD + REST + OWN, "# from\u2028a letter\n" + HEAD + OWN + REST]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_that_only_the_grid_changes(tmp_path: Path, text: str, newline: str) -> None:
    base = recipe(tmp_path, text.replace("\n", newline))

    assert write_grid(base, GRID, tmp_path / "new.toml") is None

    written = (tmp_path / "new.toml").read_bytes().decode()
    made = read_recipe(tmp_path / "new.toml")
    assert made.grid == GRID
    assert made.model_copy(update={"grid": read_recipe(base).grid}) == read_recipe(base)
    assert written.replace(newline, "").count("\n") == 0, "lines end as they did"
    for kept in ("# our product", "# as on the label", "# both classes"):
        assert kept in written


def test_that_a_recipe_can_take_its_own_new_grid_and_is_kept_as_it_was(tmp_path: Path) -> None:
    base = recipe(tmp_path, HEAD + OWN + REST)

    kept = write_grid(base, GRID, base)

    assert read_recipe(base).grid == GRID
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny.toml", "tiny.toml.bak"]
    assert kept == tmp_path / "tiny.toml.bak"
    assert kept.read_bytes() == (HEAD + OWN + REST).encode()
    assert with_grid(base.read_text(), GRID) == base.read_text()


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("grid = { columns = 3, rows = 3 }\n" + HEAD + REST, "by hand"),
        (HEAD + "\n[grid]\nalign = false\n[chip_files]\n" + REST, "align = false"),
        (HEAD + OWN + REST + '\n[light]\nreference = "flat.png"\n', "into its folder"),
        (HEAD + "[[classes]\n", "not valid TOML"),
    ],
)
def test_that_a_recipe_that_can_not_take_it_stays_as_it_was(tmp_path: Path, text: str, wording: str) -> None:
    base = recipe(tmp_path, text)
    target = tmp_path / "other" / "new.toml"
    target.parent.mkdir()

    with pytest.raises(RecipeError, match=wording):
        write_grid(base, GRID, target)

    assert base.read_text() == text
    assert list(target.parent.iterdir()) == []
