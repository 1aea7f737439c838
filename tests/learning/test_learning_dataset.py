"""Chips are taken from the part that is meant, balanced by class and sub-type, and read at the network's size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tiny_product import make_recipe

from inspector.learning.dataset import (
    POINT_BOX,
    ChipPixels,
    balanced_weights,
    checked,
    draw,
    input_boxes,
    learning_part,
    part_for_test,
)
from inspector.wafer.errors import DatasetError
from inspector.wafer.manifest import Example, read_dataset


def test_that_training_never_sees_the_test_part() -> None:
    parts = [Example(Path(f"{s}.png"), "clean", split=s) for s in ("train", "test", "")]

    assert [e.split for e in learning_part(parts)] == ["train"]
    assert [e.split for e in learning_part(parts[1:])] == [""]
    assert [e.split for e in part_for_test(parts, Path("d"))] == ["test"]
    assert len(part_for_test(parts[:1], Path("d"))) == 1


def test_that_the_words_train_and_test_count_in_any_case() -> None:
    parts = [Example(Path(f"{s}.png"), "clean", split=s) for s in ("Train", "Test", "")]

    assert [e.split for e in learning_part(parts)] == ["Train"]
    assert [e.split for e in learning_part(parts[1:])] == [""]
    assert [e.split for e in part_for_test(parts, Path("d"))] == ["Test"]


def test_that_a_class_which_the_recipe_lacks_is_named_with_the_recipes_own() -> None:
    with pytest.raises(DatasetError, match=r"'bubble'.*clean, spot, scratch"):
        checked([Example(Path("a.png"), "bubble")], Path("d"), make_recipe())


def test_that_thin_classes_and_subtypes_are_shown_more_often() -> None:
    chips = [Example(Path(f"a{i}"), "spot", "small") for i in range(90)]
    chips += [Example(Path(f"b{i}"), "spot", "large") for i in range(10)]
    chips += [Example(Path(f"c{i}"), "clean") for i in range(900)]

    weights = balanced_weights(chips)

    assert weights.sum() == pytest.approx(1)
    assert weights[100:].sum() / weights[:100].sum() == pytest.approx(3)  # the root of 900 / 100
    assert weights[:90].sum() / weights[90:100].sum() == pytest.approx(3)  # the root of 90 / 10


def test_that_an_epoch_of_equal_chips_shows_each_of_them_once() -> None:
    drawn = draw(np.full(50, 1 / 50), 50, np.random.default_rng(0))

    assert sorted(drawn.tolist()) == list(range(50))


def test_that_boxes_are_scaled_to_the_input_and_a_click_becomes_a_small_box() -> None:
    boxed = input_boxes(Example(Path("a"), "spot", boxes=((10, 20, 4, 6),)), (0.5, 2.0))
    clicked = input_boxes(Example(Path("a"), "spot", point=(100, 50)), (0.5, 2.0))

    assert boxed is not None
    assert boxed.tolist() == [[5, 40, 2, 12]]
    assert clicked is not None
    assert clicked.tolist() == [[50 - POINT_BOX / 2, 100 - POINT_BOX / 2, POINT_BOX, POINT_BOX]]
    assert input_boxes(Example(Path("a"), "spot"), (1, 1)) is None
    assert np.shape(input_boxes(Example(Path("a"), "spot", boxes=()), (1, 1))) == (0, 4)


@pytest.mark.parametrize("cache_bytes", [0, 64 * 64 * 5, 1 << 20])
def test_that_pixels_are_the_same_from_memory_and_from_disk(
    make_dataset: Callable[..., Path], cache_bytes: int
) -> None:
    store = ChipPixels(read_dataset(make_dataset(per_class=3)), make_recipe(), cache_bytes)
    fresh = ChipPixels(store.examples, make_recipe(), 0)

    steps = list(store.read())

    assert steps[-1].done == steps[-1].total == len(store) == 9
    assert all(np.array_equal(store[i], fresh[i]) for i in range(9))
    assert store[0].shape == (64, 64, 1)
    assert [0 if b is None else len(b) for b in store.boxes] == [0] * 3 + [1] * 6
