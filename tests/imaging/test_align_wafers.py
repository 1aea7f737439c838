"""Chips are named by what the recipe trusts, cut chips are partial, and what nothing decides is asked, not guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from imaging_fakes import GRID, Pixels, corner_errors, moved, wafer_pixels
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alignment.align import CONFIDENCE_LIMIT, GridDoubtError, align
from inspector.imaging.alignment.levels import CoarseLevels
from inspector.wafer.area_section import WaferSection
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid

ROUND = Grid(9, 9, (60, 60), (70, 70), (100, 100))
CENTRE = (100 + ROUND.extent[0] / 2, 100 + ROUND.extent[1] / 2)
RADIUS = 290.0


def area(**values: object) -> WaferSection:
    return WaferSection.model_validate(values)


def found(pixels: Pixels, grid: Grid, section: WaferSection | None = None) -> PlacedGrid:
    return align(CoarseLevels.of(pixels, "wafer.tif"), grid, search=True, area=section)


def printed(around: int, grid: Grid = GRID) -> Pixels:
    """The grid, and as many more columns and rows all around it; the grid's own origin stays where it is."""
    origin = (grid.origin[0] + 4 * grid.pitch[0], grid.origin[1] + 4 * grid.pitch[1])
    more = Grid(
        grid.columns + 2 * around,
        grid.rows + 2 * around,
        grid.chip,
        grid.pitch,
        (origin[0] - around * grid.pitch[0], origin[1] - around * grid.pitch[1]),
        frozenset(ChipId(c + around, r + around) for c, r in grid.missing),
    )
    return wafer_pixels(more)


def round_wafer(mark: str = "", side: int = 1) -> Pixels:
    """Chips printed out to a wafer's edge; a notch or flat at side 0 right, 1 bottom, 2 left, 3 top."""
    wafer = wafer_pixels(Grid(11, 11, ROUND.chip, ROUND.pitch, (30, 30)), margin=40)
    ys, xs = np.mgrid[0 : wafer.shape[0], 0 : wafer.shape[1]] + 0.5 - np.array(CENTRE)[::-1, None, None]
    inside = np.hypot(xs, ys) < RADIUS
    towards = (xs, ys, -xs, -ys)[side]
    if mark == "flat":
        inside &= towards < RADIUS - 30
    if mark == "notch":
        along = (ys, xs, ys, xs)[side]
        inside &= np.hypot(along, towards - RADIUS) > 12
    return np.where(inside, wafer, 8).astype(np.uint8)


def off_by_chips(placed: PlacedGrid, truth: NDArray[np.float64]) -> float:
    return float(corner_errors(placed, truth).max())


@pytest.mark.parametrize("shift", [(0.9, -0.8), (-0.6, 0.9), (0.0, 0.0)])
def test_that_the_wafers_edge_names_the_chips_of_an_endless_pattern(shift: tuple[float, float]) -> None:
    off = (shift[0] * ROUND.pitch[0], shift[1] * ROUND.pitch[1])
    seen, truth = moved(round_wafer(), turn=1.7, scale=1.01, shift=off, margin=80)

    placed = found(seen, ROUND, area(shape="circle", diameter=2 * RADIUS, names_by="edge"))

    assert off_by_chips(placed, truth) < 0.5
    assert placed.confidence >= CONFIDENCE_LIMIT


def test_that_the_wafers_size_is_measured_where_the_recipe_leaves_it_out() -> None:
    outside = frozenset(c for c in ROUND.chip_ids() if np.hypot(*(ROUND.corners(c) - CENTRE).T).max() > RADIUS - 4)
    disc = replace(ROUND, missing=outside)
    seen, truth = moved(round_wafer(), turn=-1.1, shift=(40, -50), margin=80)

    assert off_by_chips(found(seen, disc, area(shape="circle", names_by="edge")), truth) < 0.5


def test_that_chips_across_the_wafers_edge_or_its_exclusion_are_partial() -> None:
    seen, _ = moved(round_wafer(), turn=0.8, margin=60)

    plain = found(seen, ROUND, area(shape="circle", diameter=2 * RADIUS, names_by="edge"))
    careful = found(seen, ROUND, area(shape="circle", diameter=2 * RADIUS, names_by="edge", edge_exclusion=40))

    cut = {c for c in ROUND.chip_ids() if np.hypot(*(ROUND.corners(c) - CENTRE).T).max() > RADIUS}
    assert plain.partial == cut
    assert careful.partial > plain.partial
    assert not set(plain.chip_ids()) & cut


@pytest.mark.parametrize("mark", ["notch", "flat"])
def test_that_notch_and_flat_are_seen_where_the_recipe_says(mark: str) -> None:
    seen, truth = moved(round_wafer(mark), turn=-2.2, shift=(30, 44), margin=80)

    assert off_by_chips(found(seen, ROUND, area(shape="circle", diameter=2 * RADIUS, names_by=mark)), truth) < 0.5


@pytest.mark.parametrize("mark", ["notch", "flat"])
@pytest.mark.parametrize(("side", "name"), [(0, "right"), (2, "left"), (3, "top")])
def test_that_a_wafer_put_in_the_wrong_way_round_is_refused(mark: str, side: int, name: str) -> None:
    section = area(shape="circle", diameter=2 * RADIUS, names_by=mark)

    with pytest.raises(GridDoubtError, match=f"has its {mark} at the {name}, but the recipe says bottom"):
        found(round_wafer(mark, side), ROUND, section)


def test_that_a_wafer_without_its_notch_is_refused() -> None:
    with pytest.raises(GridDoubtError, match="shows no notch at its bottom"):
        found(round_wafer(), ROUND, area(shape="circle", diameter=2 * RADIUS, names_by="notch"))


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (0, 1)])
def test_that_missing_places_name_the_chips_of_an_endless_pattern(shift: tuple[int, int]) -> None:
    grid = replace(GRID, missing=frozenset({ChipId(1, 1), ChipId(4, 2), ChipId(2, 3)}))
    pixels = printed(3, grid)
    left, top = (4 - shift[0]) * 112, (4 - shift[1]) * 90

    placed = found(pixels[top:, left:], grid, area(names_by="missing"))

    assert placed.matrix == (1.0, 0.0, shift[0] * 112.0, 0.0, 1.0, shift[1] * 90.0)


def test_that_an_endless_pattern_that_nothing_names_is_not_guessed() -> None:
    lost = replace(GRID, missing=frozenset({ChipId(1, 1)}))

    with pytest.raises(GridDoubtError, match="does not tell by the grid's missing places") as caught:
        found(printed(3)[270:, 336:], lost, area(names_by="missing"))

    assert caught.value.best.confidence < CONFIDENCE_LIMIT


@pytest.mark.parametrize("shift", [(0, 0), (1, 1)])
def test_that_fiducials_name_the_chips_of_an_endless_pattern(shift: tuple[int, int]) -> None:
    pixels = printed(3)
    for column, row in ((1, 1), (4, 3)):
        x, y = round(30 + (4 + column) * 112), round(24 + (4 + row) * 90)
        pixels[y + 6 : y + 74, x + 6 : x + 94] = np.where(np.indices((68, 88)).sum(axis=0) // 16 % 2, 190, 90)
    left, top = (4 - shift[0]) * 112, (4 - shift[1]) * 90

    placed = found(pixels[top:, left:], GRID, area(names_by="fiducials", fiducials=[[1, 1], [4, 3]]))

    assert placed.matrix == (1.0, 0.0, shift[0] * 112.0, 0.0, 1.0, shift[1] * 90.0)


def test_that_the_stages_place_names_the_chips_up_to_a_quarter_of_a_pitch() -> None:
    pixels = printed(3)

    near = found(pixels[4 * 90 + 15 :, 4 * 112 - 20 :], GRID, area(names_by="place"))
    with pytest.raises(GridDoubtError, match="by the recipe's origin"):
        found(pixels[4 * 90 + 45 :, 4 * 112 - 20 :], GRID, area(names_by="place"))

    assert near.matrix == (1.0, 0.0, 20.0, 0.0, 1.0, -15.0)


@pytest.mark.parametrize("search", [True, False])
def test_that_chips_cut_by_the_image_are_partial_as_far_as_the_recipe_allows(search: bool) -> None:
    grid = GRID if search else replace(GRID, origin=(-6.0, 24.0))
    image = CoarseLevels.of(np.ascontiguousarray(wafer_pixels()[:, 36:]), "wafer.tif")

    placed = align(image, grid, search=search, area=area(max_partial=0.2))

    assert placed.partial == {ChipId(0, r) for r in range(5)}
    with pytest.raises(ImageError, match=r"cuts 5 of 30 chips off at its border"):
        align(image, grid, search=search)


def test_that_a_dark_half_and_low_contrast_are_withstood_together() -> None:
    seen, truth = moved(wafer_pixels(), turn=1.3, margin=40)
    light = np.where(np.arange(seen.shape[1]) < seen.shape[1] // 2, 0.4, 1.0)
    dim = (30 + 0.4 * cv2.GaussianBlur(seen, (0, 0), 0.8).astype(np.float64)) * light
    noisy = np.clip(dim + np.random.default_rng(0).normal(0, 1.0, dim.shape), 0, 255).astype(np.uint8)

    assert off_by_chips(found(noisy, GRID), truth) < 1.0


def test_that_a_coarse_level_and_windows_are_enough() -> None:
    small, near = moved(wafer_pixels(), turn=-1.3, margin=40)
    seen: Pixels = cv2.resize(small, None, fx=4, fy=4, interpolation=cv2.INTER_LINEAR)
    sides = [tuple(4 * v for v in pair) for pair in (GRID.chip, GRID.pitch, GRID.origin)]
    grid = Grid(GRID.columns, GRID.rows, *sides)  # type: ignore[arg-type]
    truth = np.hstack([near[:, :2], 4 * near[:, 2:]])
    coarse = cv2.resize(seen, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    read: list[int] = []

    def window(x: int, y: int, width: int, height: int) -> Pixels:
        read.append(width * height)
        assert min(x, y) >= 0
        assert (x + width <= seen.shape[1]) & (y + height <= seen.shape[0])
        return seen[y : y + height, x : x + width].reshape(height, width, 1)

    levels = CoarseLevels("wafer.tif", (seen.shape[1], seen.shape[0]), window, coarse, 1)
    placed = align(levels, grid, search=True)

    assert off_by_chips(placed, truth) < 1.0
    assert max(read) < seen.size / 100
