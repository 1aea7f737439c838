"""A dot on the wandering edge of a stripe stands out of the wandering as far as out of the camera's noise elsewhere."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inspector.imaging.synthetic import optics
from inspector.imaging.synthetic.character import lot_character
from inspector.imaging.synthetic.criteria import Stripes
from inspector.imaging.synthetic.defects import Bench, dot_on_stripe
from inspector.imaging.synthetic.laser import chip_stripes
from inspector.imaging.synthetic.stripe_profile import relief, wander_noise

WIDTH, HEIGHT = 1024, 1024


@pytest.mark.parametrize("number", [0, 3, 7])
def test_that_what_the_wandering_changes_is_as_large_as_said(number: int) -> None:
    lot = lot_character(7, number)
    stripes = chip_stripes(lot, WIDTH)
    surface = optics.NOMINAL * relief(lot, stripes, WIDTH, HEIGHT, np.random.default_rng(1))
    edge = stripes.centres[1] - stripes.width / 2
    for x in (edge - 4, edge + 1, edge + 3, stripes.centres[1]):
        column = int(x)
        under = surface[:, column - 3 : column + 4].std(axis=0).astype(float)  # a dot of 7 px
        seen = math.sqrt(float(np.mean(under**2)))
        assert wander_noise(lot, stripes, column + 0.5, 7.0) == pytest.approx(seen, rel=0.25, abs=0.3)


def test_that_a_dot_on_an_edge_is_planned_over_the_wandering_there() -> None:
    lot = lot_character(909, 2)
    stripes = Stripes((512.0,), 40.0)
    bench = Bench(stripes, (WIDTH, HEIGHT), lot, np.random.default_rng(5), faint=True)
    hidden = []
    for _ in range(200):
        dot = dot_on_stripe(bench, dark=True)
        there = wander_noise(lot, stripes, dot.x, dot.diameter)
        assert -dot.contrast >= 8.0 + math.hypot(lot.noise, there) - 1e-6
        hidden.append(there)
    assert max(hidden) > 1.5 * lot.noise  # the edges were among the places
