from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector.paths import resource
from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe, recipe_from_json
from inspector.wafer.review import ReviewLimits

GOOD = """\
[product]
name = "tiny"

[grid]
columns = 3
rows = 3
chip = [20, 16]
pitch = [24, 20]
shape = "disc"

[[classes]]
name = "clean"
verdict = "good"
key = "3"

[[classes]]
name = "pit"
verdict = "defect"

[[classes]]
name = "haze"
verdict = "good"
"""


def _read(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "tiny.toml"
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


@pytest.mark.parametrize("name", ["laser-wafer", "crimp-a", "crimp-b"])
def test_that_a_shipped_recipe_is_read_and_keeps_its_meaning_in_the_record(name: str) -> None:
    recipe = read_recipe(resource("recipes", f"{name}.toml"))

    again = recipe_from_json(recipe.model_dump_json())

    assert recipe.name == name
    assert again == recipe
    assert again.digest == recipe.digest


def test_that_the_shipped_recipes_have_the_classes_of_their_products() -> None:
    laser, a, b = (
        read_recipe(resource("recipes", f"{n}.toml")).class_set for n in ("laser-wafer", "crimp-a", "crimp-b")
    )

    assert (len(laser), sum(c.is_good for c in laser)) == (7, 4)
    assert (len(a), len(b)) == (8, 5)


def test_that_defaults_fill_in_keys_colours_and_glyphs(tmp_path: Path) -> None:
    clean, pit, haze = _read(tmp_path, GOOD).class_set

    assert (clean.key, pit.key, haze.key) == ("3", "1", "2")
    assert len({clean.colour, pit.colour, haze.colour}) == 3
    assert (clean.glyph, bool(pit.glyph)) == ("", True)


def test_that_a_disc_leaves_out_the_corners_of_a_large_grid(tmp_path: Path) -> None:
    grid = _read(tmp_path, GOOD.replace("columns = 3", "columns = 20").replace("rows = 3", "rows = 20")).grid.grid()

    present = set(grid.chip_ids())
    assert not {(0, 0), (19, 0), (0, 19), (19, 19)} & present
    assert {(10, 0), (0, 10), (19, 9), (9, 19)} <= present


def test_that_two_files_that_mean_the_same_have_the_same_digest(tmp_path: Path) -> None:
    one = _read(tmp_path, GOOD)
    two = _read(tmp_path, GOOD.replace('name = "tiny"', 'name   =  "tiny"  # a comment').replace("20", "20"))

    assert one.digest == two.digest
    assert one.digest != _read(tmp_path, GOOD.replace("columns = 3", "columns = 4")).digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("columns = 3", "colums = 3", r"tiny\.toml, line 5: unknown key 'grid\.colums'; did you mean 'columns'"),
        (
            'verdict = "defect"',
            'verdikt = "defect"',
            r"line 18: unknown key 'classes\.1\.verdikt'; did you mean 'verdict'",
        ),
        ("[grid]", "[gird]", r"line 4: unknown key 'gird'; did you mean 'grid'"),
        ("columns = 3", "zzz = 3", r"line 5: unknown key 'grid\.zzz'; known keys: kind, columns"),
        ("columns = 3", "columns = 0", r"line 5: 'grid\.columns': .*change that value"),
        ("columns = 3", 'columns = "x"', r"line 5: 'grid\.columns'"),
        ("pitch = [24, 20]", "pitch = [10, 20]", r"line 4: 'grid': .*smaller than chip.*chips would overlap"),
        ('verdict = "defect"', 'verdict = "bad"', r"line 18: 'classes\.1\.verdict'"),
        ('verdict = "defect"\n', "", r"line 16: 'classes\.1\.verdict' is missing: add it"),
        ('[product]\nname = "tiny"\n', "", r"'product' is missing: add it"),
        ('name = "pit"', 'name = "clean"', "two classes have the same name"),
        ('name = "pit"', 'name = "pit"\nkey = "3"', "two classes have the same key"),
        ('verdict = "defect"', 'verdict = "good"', "at least one good and one defect class"),
        ('name = "pit"', 'name = "../pit"', r"line 17: 'classes\.1\.name'"),
        ('name = "pit"', 'name = "pit"\nsubtype_titles.long = { en = "Long" }', r"'classes\.1'.*none of the sub-types"),
        ("columns = 3", "columns = ", "is not valid TOML"),
        ("columns = 3", "columns = 3\ncolumns = 4", "is not valid TOML"),
        ("pitch = [24, 20]", "pitch = [nan, 20]", r"line 8: 'grid\.pitch"),
    ],
)
def test_that_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD

    with pytest.raises(RecipeError, match=said) as caught:
        _read(tmp_path, GOOD.replace(old, new))

    assert "tiny.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_that_a_file_that_is_missing_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    (tmp_path / "binary.toml").write_bytes(b"\xff\x00")

    with pytest.raises(RecipeError, match="check the path"):
        read_recipe(tmp_path / "none.toml")
    with pytest.raises(RecipeError, match="larger than 1 MB"):
        read_recipe(tmp_path / "large.toml")
    with pytest.raises(RecipeError, match="not valid TOML"):
        read_recipe(tmp_path / "binary.toml")


def test_that_a_mistake_in_one_of_two_classes_is_named_and_not_their_number(tmp_path: Path) -> None:
    two = GOOD.replace('[[classes]]\nname = "haze"\nverdict = "good"\n', "")

    with pytest.raises(RecipeError, match=r"line 18: 'classes\.1\.verdict'"):
        _read(tmp_path, two.replace('verdict = "defect"', 'verdict = "bad"'))


def test_that_a_grid_without_a_single_chip_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("columns = 3\nrows = 3", "columns = 1\nrows = 1")

    with pytest.raises(RecipeError, match="every place of the grid is missing"):
        _read(tmp_path, text.replace('shape = "disc"', "missing = [[0, 0]]"))


def test_that_without_an_input_the_model_sees_the_chip_itself(tmp_path: Path) -> None:
    assert _read(tmp_path, GOOD).model.input == (20, 16)
    assert _read(tmp_path, GOOD.replace("[grid]", '[grid]\nkind = "whole"')).model.input == (256, 256)


@pytest.mark.parametrize("name", ["a/b", "..", "x ", "a:b", ""])
def test_that_a_name_that_can_be_no_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="can't be a folder's name"):
        _read(tmp_path, GOOD.replace('name = "haze"', f'name = "{name}"'))


def test_that_classes_may_have_names_in_any_script(tmp_path: Path) -> None:
    assert "薄い 曇り" in _read(tmp_path, GOOD.replace('"haze"', '"薄い 曇り"')).class_set


def test_that_a_comment_is_not_taken_for_the_mistake(tmp_path: Path) -> None:
    text = GOOD.replace("columns = 3", '# columns = 99 is what the old stage gave\ncolumns = "many"')

    with pytest.raises(RecipeError, match=r"line 6: 'grid\.columns'"):
        _read(tmp_path, text)


def test_that_a_row_of_an_array_is_not_taken_for_a_section(tmp_path: Path) -> None:
    text = GOOD.replace('shape = "disc"', 'missing = [\n [0, 0],\n [1, 1]\n]\nshape = "round"')

    with pytest.raises(RecipeError, match=r"line 13: 'grid\.shape'"):
        _read(tmp_path, text)


def test_that_a_slipped_digit_in_the_grid_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="columns"):
        _read(tmp_path, GOOD.replace("columns = 3", "columns = 80000000"))


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ("", (0.012, 0.97)),
        ("low = 0.3", (0.3, 0.97)),
        ("low = 0.98", (0.98, 0.98)),
        ("high = 0.01", (0.01, 0.01)),
        ("low = 0.2\nhigh = 0.4", (0.2, 0.4)),
    ],
)
def test_that_limits_given_by_hand_win_over_the_models(tmp_path: Path, given: str, limits: tuple[float, float]) -> None:
    recipe = _read(tmp_path, f"{GOOD}\n[review]\n{given}")

    assert recipe.review.limits(ReviewLimits(0.012, 0.97)) == ReviewLimits(*limits)


def test_that_without_any_limits_a_twentieth_on_each_side_is_borderline(tmp_path: Path) -> None:
    assert _read(tmp_path, GOOD).limits == ReviewLimits(0.05, 0.95)


def test_that_a_recipe_from_before_the_models_limits_keeps_its_own() -> None:
    old = Recipe.model_validate_json(
        '{"product": {"name": "t"}, "grid": {"kind": "whole"}, "review": {"low": 0.05, "high": 0.95},'
        ' "classes": [{"name": "a", "verdict": "good"}, {"name": "b", "verdict": "defect"}]}'
    )

    assert old.review.limits(ReviewLimits(0.4, 0.6)) == ReviewLimits(0.05, 0.95)


def test_that_a_target_is_a_wish_and_changes_nothing_of_what_is_judged(tmp_path: Path) -> None:
    plain = _read(tmp_path, GOOD)
    wanted = plain.model_copy(update={"classes": tuple(c.model_copy(update={"target": 400}) for c in plain.classes)})

    assert wanted.classes[0].target == 400
    assert wanted.digest == plain.digest


def test_that_titles_of_sub_types_are_shown_and_change_nothing_of_what_is_judged(tmp_path: Path) -> None:
    with_subtypes = GOOD.replace('name = "pit"', 'name = "pit"\nsubtypes = ["long", "round"]')
    plain = _read(tmp_path, with_subtypes)
    titled = _read(
        tmp_path, with_subtypes.replace('"round"]', '"round"]\nsubtype_titles.long = { en = "Long", ja = "線状" }')
    )

    pit = titled.class_set["pit"]
    assert [pit.subtype_title(name, "ja") for name in pit.subtypes] == ["線状", "round"]
    assert pit.subtype_title("long", "de") == "Long"
    assert titled.digest == plain.digest
    assert recipe_from_json(titled.model_dump_json()) == titled


def test_that_a_recipe_that_was_kept_before_sub_types_had_titles_is_read() -> None:
    recipe = read_recipe(resource("recipes", "laser-wafer.toml"))
    kept = recipe.model_dump(mode="json", exclude={"classes": {"__all__": {"subtype_titles"}}})

    old = recipe_from_json(json.dumps(kept))

    assert old.class_set["pit"].subtype_title("dark-pit", "ja") == "dark-pit"
    assert old.digest == recipe.digest


@pytest.mark.parametrize("name", ["laser-wafer", "crimp-a", "crimp-b"])
def test_that_every_sub_type_of_a_shipped_recipe_has_a_title_in_both_languages(name: str) -> None:
    for chip_class in read_recipe(resource("recipes", f"{name}.toml")).class_set:
        for subtype in chip_class.subtypes:
            assert chip_class.subtype_titles[subtype].keys() == {"en", "ja"}


def test_that_the_recipe_says_what_a_second_person_looks_at(tmp_path: Path) -> None:
    given = _read(tmp_path, GOOD + '\n[review]\nsecond = ["unsure"]\nsecond_share = 0.05\n').review
    default = _read(tmp_path, GOOD).review

    assert (given.second, given.second_share) == (("unsure",), 0.05)
    assert (default.second, default.second_share) == (("defect_to_good", "unsure"), 0.0)
    with pytest.raises(RecipeError, match="second"):
        _read(tmp_path, GOOD + '\n[review]\nsecond = ["everything"]\n')
