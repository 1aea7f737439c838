"""Two models on the same chips: counted by hand, and against published values."""

from __future__ import annotations

import json
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.wafer.model_comparison import ComparedChip, ModelComparison, mcnemar
from inspector.wafer.recipe import Recipe

CLASSES = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"kind": "whole"},
        "classes": [
            {"name": "clean", "verdict": "good"},
            {"name": "haze", "verdict": "good"},
            {"name": "pit", "verdict": "defect"},
        ],
    }
).class_set
P = {"clean": 0.1, "haze": 0.2, "pit": 0.9, "": None}


def _chip(number: int, truth: str, before: str, after: str, lot: str = "A") -> ComparedChip:
    return ComparedChip(f"{number:02d}.png", truth, before, after, P[before], P[after], lot, "W1", number, 0)


CHIPS = (
    _chip(0, "clean", "clean", "clean"),
    _chip(1, "clean", "pit", "clean"),  # overkill mended
    _chip(2, "clean", "clean", "haze"),  # another good class: no matter for the verdict
    _chip(3, "clean", "clean", "pit", "B"),  # new overkill
    _chip(4, "pit", "pit", "pit", "B"),
    _chip(5, "pit", "pit", "clean", "B"),  # new escape
    _chip(6, "pit", "clean", "pit", "B"),  # escape mended
    _chip(7, "haze", "haze", "", "B"),  # undecided now
)
FOUND = ModelComparison("tiny", "b" * 64, "a" * 64, CHIPS, "test", ("A",))


def test_that_the_figures_of_both_are_counted_on_the_same_chips() -> None:
    before, after = (FOUND.figures(CLASSES, after=which) for which in (False, True))

    assert (before.right_verdict.events, after.right_verdict.events) == (6, 5)
    assert (before.right_class.events, after.right_class.events) == (6, 4)
    assert [(f.escapes.events, f.escapes.trials) for f in (before, after)] == [(1, 3), (1, 3)]
    assert [(f.overkills.events, f.overkills.trials) for f in (before, after)] == [(1, 5), (2, 5)]
    assert {n: r.share for n, r in after.recall.items()} == {"clean": 0.5, "haze": 0.0, "pit": 2 / 3}
    assert after.escapes.bounds == pytest.approx((0.0084, 0.9057), abs=1e-4)  # Clopper-Pearson, 1 of 3
    assert before.ece is not None


def test_that_only_chips_on_whose_verdict_one_alone_is_right_are_discordant() -> None:
    found = FOUND.discordant(CLASSES)

    assert (found.only_before, found.only_after) == (3, 2)
    assert found.p == 1.0


def test_that_flips_begin_with_new_escapes_and_end_with_what_changes_no_verdict() -> None:
    assert [c.file for c in FOUND.flips(CLASSES)] == ["05.png", "03.png", "07.png", "01.png", "06.png", "02.png"]


def test_that_nothing_flips_where_there_was_no_model_before() -> None:
    alone = ModelComparison("tiny", "", "a" * 64, tuple(_chip(i, "clean", "", "pit") for i in range(3)), "test")

    assert alone.flips(CLASSES) == []


def test_that_lots_are_counted_apart() -> None:
    assert {lot: (f.events, f.trials) for lot, f in FOUND.lots(CLASSES).items()} == {"A": (3, 3), "B": (2, 5)}


def test_that_a_comparison_comes_back_from_json() -> None:
    assert ModelComparison.from_json(json.loads(json.dumps(FOUND.to_json()))) == FOUND


@pytest.mark.parametrize("broken", [{}, {"format": 2}, {"format": 1, "chips": [{}]}])
def test_that_anything_else_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        ModelComparison.from_json(FOUND.to_json() | {"chips": None} | broken)


@given(st.integers(0, 40), st.integers(0, 40))
def test_that_mcnemar_is_the_two_sided_binomial(b: int, c: int) -> None:
    n, k = b + c, min(b, c)
    tail = sum(comb(n, i) for i in range(k + 1)) / 2**n

    assert mcnemar(b, c) == pytest.approx(min(1.0, 2 * tail) if n else 1.0)
    assert mcnemar(b, c) == mcnemar(c, b)


def test_that_ten_against_one_is_more_than_chance() -> None:
    assert mcnemar(10, 1) == pytest.approx(0.01171875)
