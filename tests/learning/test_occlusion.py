"""Covering the hot cells takes away what the judgement rested on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_product import make_recipe

from inspector.learning.occlusion import falls, hot_places, log_odds
from inspector.wafer.judgement import Judgement, ModelFacts

CLASSES = make_recipe().class_set


class BrightnessJudge:
    """Judges a spot by its brightest pixel, and shows where that lies; a chip of zeros leaves it undecided."""

    facts = ModelFacts("fake", "0" * 64, (0.0, 1.0), CLASSES.names, "cpu")
    input_size = (64, 64)
    channels = 1
    batch_size = 2

    def __init__(self, honest: bool = True) -> None:
        self._honest = honest
        self.seen: list[int] = []

    def judge(self, chips: NDArray[np.uint8]) -> Sequence[Judgement]:
        self.seen.append(len(chips))
        return [self._judge(chip) for chip in chips]

    def _judge(self, chip: NDArray[np.uint8]) -> Judgement:
        evidence = np.zeros((3, 8, 8), np.uint8)
        y, x = (int(v) for v in np.unravel_index(chip[:, :, 0].argmax(), (64, 64)))
        evidence[1, y // 8, x // 8] = 255
        p = float(chip.max()) / 256 if self._honest else 0.9
        row = np.array([1 - p, p, 0], np.float32)
        if not chip.any():
            return Judgement(None, np.zeros(3, np.float32), math.nan, (32.0, 32.0), evidence)
        return Judgement("spot" if p >= 0.5 else "clean", row, p, (x // 8 * 8 + 4.0, y // 8 * 8 + 4.0), evidence)


def chip_with_spot(index: int) -> NDArray[np.uint8]:
    """uint8 (64, 64, 1): noise about 100 and a spot whose place depends on the index."""
    pixels = np.random.default_rng(index).normal(100, 4, (64, 64, 1))
    pixels[20:24, 10 + 8 * index : 14 + 8 * index] = 240
    return pixels.astype(np.uint8)


def test_that_covering_the_spot_lowers_the_odds_of_an_honest_map_only() -> None:
    honest, liar = BrightnessJudge(), BrightnessJudge(honest=False)

    found = [pair for batch in falls(honest, CLASSES, chip_with_spot, [0, 2, 5]) for pair in batch]
    lied = [pair for batch in falls(liar, CLASSES, chip_with_spot, [0]) for pair in batch]

    assert [index for index, _ in found] == [0, 2, 5]
    assert all(fall > 2 for _, fall in found)
    assert lied == [(0, 0.0)]
    assert honest.seen == [2, 2, 1, 1]  # as they are, then covered, batch by batch


def test_that_a_chip_without_an_answer_counts_as_not_explained() -> None:
    ((pair,),) = falls(BrightnessJudge(), CLASSES, lambda _: np.zeros((64, 64, 1), np.uint8), [7])

    assert pair == (7, -math.inf)


def test_that_log_odds_stay_exact_where_one_minus_p_would_be_lost() -> None:
    row = np.array([1e-20, 1.0, 1e-30], np.float32)

    assert log_odds(row, 1) == pytest.approx(20 * math.log(10), rel=1e-4)
    assert log_odds(row, 0) == pytest.approx(-20 * math.log(10), rel=1e-4)


def test_that_every_hot_place_has_a_cell_of_margin_and_ends_with_the_chip() -> None:
    evidence = np.zeros((3, 8, 8), np.uint8)
    evidence[1, 0, 3:5] = 200
    evidence[1, 6, 1] = 100
    judgement = Judgement("spot", np.array([0, 1, 0], np.float32), 1.0, (28.0, 4.0), evidence)

    assert hot_places(judgement, 1, (64, 64, 1)) == [(16, 0, 32, 16), (0, 40, 24, 24)]
    assert hot_places(judgement, 2, (64, 64, 1)) == [(16, 0, 24, 16)]  # cold: the peak's own cell
