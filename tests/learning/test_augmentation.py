"""Boxes stay on their marks whatever is done to a chip, and nothing is done that the recipe forbids."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_product import make_recipe

from inspector.learning.augmentation import Shown, cell_classes, crop, vary, whole
from inspector.learning.loss import BACKGROUND, IGNORED, NO_DEFECT

DEFECT = np.array([False, True, True])
NONE = np.zeros((0, 4), dtype=np.float32)


def _marked(side: int = 64, at: tuple[int, int] = (40, 12)) -> Shown:
    """A grey chip with a black 6x6 mark and its box."""
    pixels = np.full((side, side, 1), 200, dtype=np.uint8)
    x, y = at
    pixels[y : y + 6, x : x + 6] = 0
    return whole(pixels, 1, np.array([[x, y, 6, 6]], dtype=np.float32))


def _dark_middle(pixels: np.ndarray) -> tuple[float, float]:
    rows, columns = np.nonzero(pixels[:, :, 0] < 100)
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


@pytest.mark.parametrize("crop_side", [0, 32])
@pytest.mark.parametrize("seed", range(12))
def test_that_a_box_follows_its_mark(seed: int, crop_side: int) -> None:
    recipe = make_recipe(turns=True, crop=crop_side, brightness=0.2)

    varied = vary(_marked(), recipe, np.random.default_rng(seed))

    assert varied.boxes is not None
    x, y, w, h = varied.boxes[0]
    assert _dark_middle(varied.pixels) == pytest.approx((x + w / 2, y + h / 2), abs=0.8)


def test_that_a_recipe_without_flips_is_never_mirrored() -> None:
    recipe = make_recipe(flips=[], brightness=0.0)
    sides = [_dark_middle(vary(_marked(), recipe, np.random.default_rng(s)).pixels)[0] > 32 for s in range(30)]

    assert all(sides)


def test_that_flips_mirror_about_half_of_the_chips() -> None:
    recipe = make_recipe(flips=["horizontal"], brightness=0.0)
    places = [_dark_middle(vary(_marked(), recipe, np.random.default_rng(s)).pixels) for s in range(40)]

    assert 10 < sum(x > 32 for x, _ in places) < 30
    assert all(y < 32 for _, y in places)


def test_that_fine_marks_are_moved_by_whole_pixels() -> None:
    recipe = make_recipe(crop=32, brightness=0.0)

    varied = vary(_marked(), recipe, np.random.default_rng(5))

    assert set(np.unique(varied.pixels)) == {0, 200}


def test_that_a_crop_holds_the_chips_class_only_when_the_mark_is_seen() -> None:
    chip = _marked(side=128)
    crops = [crop(chip, 32, np.random.default_rng(s)) for s in range(60)]

    for shown in crops:
        seen = (shown.pixels < 100).sum()
        assert shown.pixels.shape == (32, 32, 1)
        assert (shown.label == 1) == (seen >= 0.6 * 36)
        assert (shown.label == IGNORED) == (seen < 0.6 * 36)
    assert 30 < sum(s.label == 1 for s in crops) < 60


def test_that_any_crop_of_a_chip_without_marks_keeps_its_class() -> None:
    clean = whole(np.zeros((64, 64, 1), np.uint8), 0, NONE)

    assert crop(clean, 32, np.random.default_rng(0)).label == 0


def test_that_a_mark_larger_than_the_crop_counts_where_it_fills_the_crop() -> None:
    stain = whole(np.zeros((128, 128, 1), np.uint8), 2, np.array([[0, 0, 100, 100]], dtype=np.float32))
    labels = {crop(stain, 32, np.random.default_rng(s)).label for s in range(20)}

    assert 2 in labels


def test_that_cells_under_a_mark_have_its_class_with_an_unknown_rim() -> None:
    chip = whole(np.zeros((64, 64, 1), np.uint8), 1, np.array([[16, 16, 16, 16]], dtype=np.float32))

    cells = cell_classes(chip, 16, DEFECT)

    assert cells[1, 1] == 1
    assert cells[0, 0] == cells[1, 2] == IGNORED
    assert cells[3, 3] == NO_DEFECT


def test_that_good_chips_without_marks_have_background_everywhere_and_unknown_chips_nothing() -> None:
    pixels = np.zeros((64, 64, 1), np.uint8)

    assert (cell_classes(whole(pixels, 0, NONE), 16, DEFECT) == BACKGROUND).all()
    assert (cell_classes(whole(pixels, 1, None), 16, DEFECT) == IGNORED).all()


def test_that_a_crop_keeps_the_level_of_its_chip_and_is_lit_as_it() -> None:
    halves = np.repeat(np.array([50, 150], np.uint8), 32)[None, :, None].repeat(64, axis=0)
    shown = crop(whole(halves, 0, NONE), 16, np.random.default_rng(0))
    assert shown.level == pytest.approx((100 / 255, 50 / 255))

    lit = vary(shown, make_recipe(flips=(), brightness=0.5), np.random.default_rng(3))

    changes = [
        {(int(a), int(b)) for a, b in zip(before.flat, after.flat, strict=True)}
        for before, after in ((shown.pixels, lit.pixels), (shown.chip, lit.chip))
    ]
    assert changes[0] <= changes[1]
    assert len(changes[1]) == 2
    assert all(a != b for a, b in changes[1])
