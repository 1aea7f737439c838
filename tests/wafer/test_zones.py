"""Rings that hold about as many chips each, and quarters."""

from __future__ import annotations

import numpy as np
import pytest

from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.outline import Outline
from inspector.wafer.recipe import GridSection
from inspector.wafer.zones import Zone, zone_flags


def flags(grid: Grid, outline: Outline | None = None, disc: bool = False) -> dict[ChipId, Zone]:
    chips = grid.chip_ids()
    return dict(zip(chips, map(Zone, zone_flags(chips, grid, outline, disc=disc).tolist()), strict=True))


@pytest.mark.parametrize("shape", ["disc", "rectangle"])
def test_that_each_ring_holds_about_a_third_of_the_chips(shape: str) -> None:
    section = GridSection.model_validate({"columns": 60, "rows": 60, "chip": (10, 10), "shape": shape})
    zones = list(flags(section.grid(), disc=shape == "disc").values())

    shares = [sum(ring in zone for zone in zones) / len(zones) for ring in (Zone.CENTRE, Zone.MIDDLE, Zone.EDGE)]

    assert sum(shares) == pytest.approx(1)
    assert all(0.3 < share < 0.37 for share in shares)


def test_that_every_chip_lies_in_one_quarter() -> None:
    zones = flags(Grid(6, 6, (10, 10), (10, 10), (5, 5)))

    assert zones[ChipId(0, 0)] == Zone.EDGE | Zone.UPPER | Zone.LEFT
    assert zones[ChipId(5, 0)] == Zone.EDGE | Zone.UPPER | Zone.RIGHT
    assert zones[ChipId(1, 4)] & (Zone.LOWER | Zone.LEFT) == Zone.LOWER | Zone.LEFT
    assert zones[ChipId(2, 2)] & Zone.CENTRE


def test_that_the_rings_follow_the_wafers_own_outline() -> None:
    grid = Grid(3, 1, (10, 10), (10, 10), (0, 0))

    zones = flags(grid, Outline((5.0, 5.0), (100.0, 100.0)))

    assert [zones[ChipId(n, 0)] & Zone.CENTRE for n in range(3)] == [Zone.CENTRE] * 3
    assert zones[ChipId(2, 0)] & Zone.RIGHT


def test_that_no_chips_have_no_zones() -> None:
    assert zone_flags([], Grid(1, 1, (1, 1), (1, 1), (0, 0)), None, disc=True).dtype == np.uint8
