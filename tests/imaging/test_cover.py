"""What covers a place is the chip's own surface: the mark is gone, and nothing new has come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.cover import covered

STRIPE = slice(90, 96)


def chip(seed: int = 0) -> NDArray[np.uint8]:
    """uint8 (160, 200, 1): noise of 3 grey levels, a dark stripe across, a mark on it and another off it."""
    pixels = np.random.default_rng(seed).normal(120, 3, (160, 200, 1))
    pixels[STRIPE] -= 50
    pixels[88:98, 60:70] += 80
    pixels[30:36, 150:156] += 80
    return np.clip(pixels, 0, 255).astype(np.uint8)


def test_that_the_mark_goes_while_stripe_and_noise_stay() -> None:
    before = chip()
    warm = np.zeros((160, 200), bool)
    warm[28:38, 148:158] = True

    after = covered(before, (52, 80, 26, 26), warm)
    place = after[80:106, 52:78, 0].astype(float)

    assert place.max() < 140
    assert abs(place[10:16].mean() - 70) < 3
    assert abs(np.r_[place[:8], place[18:]].mean() - 120) < 2
    assert 2 < place[:8, 4:22].std() < 4
    outside = np.ones((160, 200), bool)
    outside[80:106, 52:78] = False
    assert np.array_equal(before[outside], after[outside])


def test_that_nothing_is_copied_from_a_warm_place() -> None:
    before = chip()
    before[:, 100:] = 255  # whatever is copied from there would be seen
    warm = np.zeros((160, 200), bool)
    warm[:, 100:] = True

    after = covered(before, (52, 80, 26, 26), warm)

    assert after[80:106, 52:78].max() < 140


def test_that_a_place_larger_than_any_free_piece_is_covered_part_by_part() -> None:
    before = chip()
    warm = np.zeros((160, 200), bool)
    warm[28:38, 148:158] = True

    after = covered(before, (0, 60, 200, 90), warm)

    assert after.shape == before.shape
    assert after[60:150].max() < 160
    assert np.array_equal(after[:60], before[:60])


def test_that_a_whole_chip_can_be_covered_without_an_error() -> None:
    assert covered(chip(), (0, 0, 200, 160), np.zeros((160, 200), bool)).shape == (160, 200, 1)


def test_that_colour_chips_keep_their_three_channels() -> None:
    before = np.repeat(chip(), 3, axis=2)

    after = covered(before, (52, 80, 26, 26), np.zeros((160, 200), bool))

    assert after.shape == before.shape
    assert after[80:106, 52:78].max() < 140
