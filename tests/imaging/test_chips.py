"""Chips are cut as they lie: exact pixels from an upright grid, turned upright from a turned one."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from imaging_fakes import GRID, moved, textured, wafer_pixels, working_copy

from inspector.imaging.chips import chip_batches, chips_touching, cut_chip, fit, small_chip
from inspector.wafer.grid import ChipId, Grid, PlacedGrid


def test_that_an_upright_grid_gives_exact_copies(tmp_path: Path) -> None:
    pixels = wafer_pixels()

    with working_copy(tmp_path, pixels) as image:
        found = cut_chip(image, PlacedGrid(GRID), ChipId(2, 3))
        shifted = cut_chip(image, PlacedGrid(GRID, (1.0, 0.0, -5.0, 0.0, 1.0, 7.0)), ChipId(2, 3))

    assert np.array_equal(found[:, :, 0], pixels[294:374, 254:354])
    assert np.array_equal(shifted[:, :, 0], pixels[301:381, 249:349])


def test_that_a_chip_of_a_turned_wafer_comes_upright_at_its_own_size(tmp_path: Path) -> None:
    pixels = wafer_pixels()
    turned, matrix = moved(pixels, turn=2.5, scale=1.01, shift=(3.4, -2.7), margin=40)
    placed = PlacedGrid(GRID, tuple(float(v) for v in matrix.ravel()))  # type: ignore[arg-type]

    with working_copy(tmp_path, turned) as image:
        for chip in (ChipId(0, 0), ChipId(5, 4), ChipId(2, 1)):
            x, y = (round(v) for v in GRID.corners(chip)[0])
            found = cut_chip(image, placed, chip)[:, :, 0].astype(int)
            off = np.abs(found - pixels[y : y + 80, x : x + 100])
            assert found.shape == (80, 100)
            assert off.mean() < 3  # two bilinear looks at 1.5 grey levels of noise
            beside = np.abs(found[:, 1:] - pixels[y : y + 80, x : x + 99])
            assert off.mean() < beside.mean()


@pytest.mark.parametrize("axis", [0, 1])
def test_that_a_turned_chip_is_cut_without_a_shift_of_half_a_pixel(tmp_path: Path, axis: int) -> None:
    ramp = np.broadcast_to(np.expand_dims(np.arange(100) * 2.5, 1 - axis), (100, 100)).astype(np.uint8)
    grid = Grid(1, 1, (60, 50), (60, 50), (20, 25))
    placed = PlacedGrid(grid, (1.0, -0.03, 1.3, 0.03, 1.0, -0.8))
    rows, columns = np.mgrid[25.5:75, 20.5:80]
    there = placed.to_image(np.stack([columns, rows], axis=-1).reshape(-1, 2)).reshape(50, 60, 2)

    with working_copy(tmp_path, ramp) as image:
        found = cut_chip(image, placed, ChipId(0, 0))[:, :, 0]

    expected = (there[:, :, 1 - axis] - 0.5) * 2.5
    assert abs((found - expected).mean()) < 0.5  # half a pixel would be 1.25


def test_that_colour_chips_keep_three_channels(tmp_path: Path) -> None:
    with working_copy(tmp_path, textured(500, 700, 3)) as image:
        upright = cut_chip(image, PlacedGrid(GRID), ChipId(1, 1))
        turned = cut_chip(image, PlacedGrid(GRID, (1.0, 0.01, 0.0, -0.01, 1.0, 0.0)), ChipId(1, 1))

    assert upright.shape == turned.shape == (80, 100, 3)


def test_that_fit_keeps_a_chip_of_the_right_size_and_averages_a_larger_one() -> None:
    chip = textured(40, 60)

    assert fit(chip, (60, 40)) is chip
    assert np.abs(fit(chip, (30, 20))[:, :, 0] - chip.reshape(20, 2, 30, 2).mean(axis=(1, 3))).max() <= 0.5
    assert fit(chip, (120, 80)).shape == (80, 120, 1)
    assert fit(chip, (30, 80)).shape == (80, 30, 1)
    assert fit(textured(40, 60, 3), (7, 90)).shape == (90, 7, 3)


@pytest.mark.parametrize("batch", [1, 7, 100])
def test_that_batches_hold_every_chip_once_and_in_order(tmp_path: Path, batch: int) -> None:
    placed = PlacedGrid(GRID)
    ids = placed.chip_ids()

    with working_copy(tmp_path, wafer_pixels()) as image:
        batches = list(chip_batches(image, placed, ids, (50, 40), batch))
        first = fit(cut_chip(image, placed, ids[0]), (50, 40))

    assert [i for group, _ in batches for i in group] == ids
    assert all(pixels.shape == (len(group), 40, 50, 1) for group, pixels in batches)
    assert all(len(group) <= batch for group, _ in batches)
    assert np.array_equal(batches[0][1][0], first)


def test_that_no_chips_give_no_batches(tmp_path: Path) -> None:
    with working_copy(tmp_path, wafer_pixels()) as image:
        assert list(chip_batches(image, PlacedGrid(GRID), [], (50, 40), 8)) == []


def test_that_closing_the_batches_early_leaves_no_thread(tmp_path: Path) -> None:
    with working_copy(tmp_path, wafer_pixels()) as image:
        batches = chip_batches(image, PlacedGrid(GRID), GRID.chip_ids(), (50, 40), 4)
        next(batches)
        batches.close()

    assert not [t for t in threading.enumerate() if t.name.startswith("chips")]


def test_that_a_chip_size_between_whole_pixels_is_rounded(tmp_path: Path) -> None:
    grid = Grid(2, 2, (100.4, 80.4), (112.0, 90.0), (30.0, 24.0))

    with working_copy(tmp_path, wafer_pixels()) as image:
        assert cut_chip(image, PlacedGrid(grid), ChipId(0, 0)).shape == (80, 100, 1)


def test_that_chips_without_pixels_are_those_that_touch_an_area(tmp_path: Path) -> None:
    placed = PlacedGrid(GRID)
    x, y = (round(v) for v in GRID.corners(ChipId(2, 1))[0])
    street = (x - 12, y - 10, 12, 400)  # left of column 2: between the chips

    assert chips_touching(placed, ()) == frozenset()
    assert chips_touching(placed, (street,)) == frozenset()
    assert chips_touching(placed, ((x + 99, y + 79, 1, 1),)) == {ChipId(2, 1)}
    assert chips_touching(placed, ((x - 13, y - 11, 2, 2),)) == {ChipId(1, 0)}
    assert chips_touching(placed, ((0, y, 10_000, 1),)) == {ChipId(column, 1) for column in range(GRID.columns)}


def test_that_a_turned_chip_touches_only_what_lies_under_it() -> None:
    turned = PlacedGrid(Grid(1, 1, (100, 100), (100, 100), (0, 0)), (0.7071, -0.7071, 100.0, 0.7071, 0.7071, 0.0))
    left, middle = (30, 0, 15, 15), (95, 60, 10, 10)  # the first lies in the chip's bounding box only

    assert chips_touching(turned, (left,)) == frozenset()
    assert chips_touching(turned, (left, middle)) == {ChipId(0, 0)}


def test_that_a_batch_is_cut_only_when_its_rows_are_there(tmp_path: Path) -> None:
    with working_copy(tmp_path, wafer_pixels()) as image:
        asked: list[int] = []
        rows = [0]

        def wait(wanted: int, seconds: float) -> bool:
            asked.append(wanted)
            return rows[0] >= wanted

        batches = chip_batches(image, PlacedGrid(GRID), GRID.chip_ids(), (100, 80), 6, wait)
        assert next(batches) is None
        rows[0] = 24 + 80
        first = next(batches)
        assert first is not None
        assert first[0] == GRID.chip_ids()[:1]  # whoever has opened the wafer sees one soon
        assert next(batches) is None
        rows[0] = 10_000
        assert [len(batch[0]) for batch in batches if batch is not None] == [6, 6, 6, 6, 5]
        assert sorted(set(asked)) == [24 + 90 * row + 80 for row in range(5)]


def test_that_a_small_chip_shows_the_same_as_the_chip_reduced(tmp_path: Path) -> None:
    pixels = wafer_pixels()

    with working_copy(tmp_path, pixels) as image:
        small = small_chip(image, PlacedGrid(GRID), ChipId(2, 3), 25)
        as_large = small_chip(image, PlacedGrid(GRID), ChipId(2, 3), 400)
        whole = cut_chip(image, PlacedGrid(GRID), ChipId(2, 3))

    assert small.shape == (20, 25, 1)
    assert np.abs(small.astype(int) - fit(whole, (25, 20))).mean() < 2
    assert np.array_equal(as_large, whole)


def test_that_a_small_chip_is_read_from_a_coarse_level(tmp_path: Path) -> None:
    with working_copy(tmp_path, textured(1200, 1200)[:, :, 0]) as image:
        placed = PlacedGrid(Grid(1, 1, (1024, 1024), (1024, 1024), (64, 64)))
        coarse = cut_chip(image, placed, ChipId(0, 0), level=1)
        small = small_chip(image, placed, ChipId(0, 0), 512)

    assert coarse.shape == (512, 512, 1)
    assert np.array_equal(small, coarse)
