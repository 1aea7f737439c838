"""Chips are kept back by lot and wafer, and every class goes on being learned."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from inspector.learning.split import split_examples
from inspector.wafer.manifest import Example


def _chips(count: int, lots: int = 0, wafers: int = 0) -> list[Example]:
    return [
        Example(
            Path(f"{i:04d}.png"),
            "spot" if i % 2 else "clean",
            lot=f"L{i % lots}" if lots else "",
            wafer=f"W{i % wafers}" if wafers else "",
        )
        for i in range(count)
    ]


def test_that_no_lot_is_both_learned_and_checked() -> None:
    split = split_examples(_chips(200, lots=10, wafers=3), seed=1)

    assert not {e.lot for e in split.train} & {e.lot for e in split.validation}
    assert 0.08 < len(split.validation) / 200 < 0.35
    assert "whole lots" in split.rule


def test_that_without_three_lots_no_wafer_is_both_learned_and_checked() -> None:
    split = split_examples(_chips(120, lots=1, wafers=6), seed=1)

    assert not {e.wafer for e in split.train} & {e.wafer for e in split.validation}
    assert "whole wafers" in split.rule


def test_that_plain_class_folders_are_split_by_name_in_every_class_and_the_rule_says_so() -> None:
    split = split_examples(_chips(100), seed=1)

    assert Counter(e.class_name for e in split.validation) == {"clean": 6, "spot": 6}
    assert "single chips" in split.rule


def test_that_parts_which_are_wafers_of_their_own_are_split_chip_by_chip() -> None:
    parts = [Example(Path(f"{i}.png"), "clean", wafer=str(i)) for i in range(50)]

    assert "single chips" in split_examples(parts, seed=0).rule


def test_that_the_split_depends_on_names_and_seed_and_not_on_order() -> None:
    chips = _chips(100)
    first, turned = split_examples(chips, 1), split_examples(chips[::-1], 1)

    assert {e.path for e in first.validation} == {e.path for e in turned.validation}
    assert {e.path for e in first.validation} != {e.path for e in split_examples(chips, 2).validation}


def _wafers(*contents: str) -> list[Example]:
    """One wafer per text, one chip per letter: c for clean, s for spot, h for scratch. All in one lot."""
    names = {"c": "clean", "s": "spot", "h": "scratch"}
    return [
        Example(Path(f"{w}-{i}.png"), names[letter], lot="L", wafer=f"W{w}")
        for w, content in enumerate(contents)
        for i, letter in enumerate(content)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_that_what_is_kept_back_never_shows_one_class_only(seed: int) -> None:
    chips = _wafers("c" * 10 + "s" * 5, "c" * 10)

    split = split_examples(chips, seed)

    assert {e.class_name for e in split.validation} == {"clean", "spot"}


@pytest.mark.parametrize("seed", range(4))
def test_that_of_two_lots_one_is_kept_back(seed: int) -> None:
    chips = [Example(Path(f"{i}.png"), "spot" if i % 4 > 1 else "clean", lot=f"L{i % 2}") for i in range(40)]

    split = split_examples(chips, seed)

    assert len({e.lot for e in split.validation}) == len({e.lot for e in split.train}) == 1
    assert split.rule == "whole lots kept back (1 of 2)"


@pytest.mark.parametrize("seed", range(4))
def test_that_of_two_wafers_one_is_kept_back(seed: int) -> None:
    split = split_examples(_wafers("ccssccss", "csscscsc"), seed)

    assert len({e.wafer for e in split.validation}) == len({e.wafer for e in split.train}) == 1
    assert split.rule == "whole wafers kept back (1 of 2)"


@pytest.mark.parametrize("seed", range(6))
def test_that_a_wafer_with_all_chips_of_a_class_is_never_kept_back(seed: int) -> None:
    split = split_examples(_wafers("cscs", "cscshh", "sccs"), seed)

    assert {e.class_name for e in split.train} == {"clean", "spot", "scratch"}
    assert split.by == "wafer"
    assert not {e.wafer for e in split.train} & {e.wafer for e in split.validation}


@pytest.mark.parametrize("seed", range(4))
def test_that_a_small_wafer_is_kept_back_before_most_of_the_chips(seed: int) -> None:
    split = split_examples(_wafers("cscs", "cs" * 20), seed)

    assert len(split.validation) == 4
    assert split.rule == "whole wafers kept back (1 of 2; no more can be spared)"


@pytest.mark.parametrize("seed", range(4))
def test_that_single_chips_are_kept_back_where_each_wafer_has_a_class_of_its_own_and_the_rule_says_so(
    seed: int,
) -> None:
    split = split_examples(_wafers("cccccc", "ssssss"), seed)

    assert {e.class_name for e in split.train} == {e.class_name for e in split.validation} == {"clean", "spot"}
    assert split.by == "chip"
    assert "no whole wafer can be spared" in split.rule


def test_that_wafers_are_kept_back_where_no_lot_can_be_spared() -> None:
    chips = [
        Example(Path(f"{i}.png"), "spot" if i % 2 else "clean", lot=f"L{i % 2}", wafer=f"W{i // 2 % 3}")
        for i in range(48)
    ]

    split = split_examples(chips, seed=1)

    assert split.by == "wafer"
    assert not {(e.lot, e.wafer) for e in split.train} & {(e.lot, e.wafer) for e in split.validation}
    assert "no whole lot can be spared" in split.rule


def test_that_the_only_chip_of_a_class_is_learned() -> None:
    chips = [Example(Path(f"{i}.png"), name) for i, name in enumerate(("scratch", "clean", "spot", "spot"))]

    split = split_examples(chips, seed=0)

    assert {e.class_name for e in split.train} == {"clean", "spot", "scratch"}
    assert [e.class_name for e in split.validation] == ["spot"]
