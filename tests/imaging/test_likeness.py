"""Chips are grouped by what they have that the usual chip has not, wherever on the chip it lies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from imaging_fakes import working_copy

from inspector.imaging.likeness import alike_groups, chip_traits, usual_chip
from inspector.wafer.grid import ChipId, Grid, PlacedGrid

GRID = Grid(6, 6, (64, 64), (72, 72), (8, 8))
PLACED = PlacedGrid(GRID)


def marked(dots: list[ChipId], lines: list[ChipId]) -> np.ndarray:
    """uint8 (H, W): even noise, with a dark blot or a bright line somewhere on some chips."""
    noise = np.random.default_rng(1)
    pixels = noise.normal(120, 4, (448, 448))
    for chip in dots:
        x, y = (int(v) + int(noise.integers(4, 48)) for v in GRID.corners(chip)[0])
        pixels[y : y + 10, x : x + 10] -= 80
    for chip in lines:
        x, y = (int(v) for v in GRID.corners(chip)[0])
        row = y + int(noise.integers(6, 58))
        pixels[row : row + 2, x : x + 64] += 80
    return np.clip(pixels, 0, 255).astype(np.uint8)


def groups(tmp_path: Path, pixels: np.ndarray, probabilities: np.ndarray, count: int) -> dict[ChipId, int]:
    chips = GRID.chip_ids()
    with working_copy(tmp_path, pixels) as image:
        traits = chip_traits(image, PLACED, chips, usual_chip(image, PLACED, chips))
    labels, distances = alike_groups(traits, probabilities, count)
    assert distances.shape == (len(chips),)
    assert (distances >= 0).all()
    return dict(zip(chips, labels.tolist(), strict=True))


def test_that_marks_of_one_kind_come_together_wherever_they_lie(tmp_path: Path) -> None:
    dots, lines = [ChipId(n, 1) for n in range(5)], [ChipId(n, 4) for n in range(5)]
    same = np.full((36, 3), 1 / 3, np.float32)

    found = groups(tmp_path, marked(dots, lines), same, 3)

    assert {found[chip] for chip in dots}.isdisjoint({found[chip] for chip in lines})
    assert len({found[chip] for chip in dots}) == 1
    assert len({found[chip] for chip in lines}) == 1
    plain = [chip for chip in found if chip not in (*dots, *lines)]
    assert len({found[chip] for chip in plain}) == 1


def test_that_the_machines_answer_parts_chips_that_look_alike(tmp_path: Path) -> None:
    probabilities = np.tile(np.array([[1, 0]], np.float32), (36, 1))
    probabilities[:6] = (0, 1)

    found = groups(tmp_path, marked([], []), probabilities, 2)

    assert len({found[chip] for chip in GRID.chip_ids()[:6]}) == 1
    assert found[ChipId(0, 0)] != found[ChipId(0, 1)]


def test_that_the_same_chips_give_the_same_groups(tmp_path: Path) -> None:
    pixels, same = marked([ChipId(1, 1)], [ChipId(3, 3)]), np.full((36, 2), 0.5, np.float32)

    assert groups(tmp_path, pixels, same, 4) == groups(tmp_path, pixels, same, 4)


def test_that_fewer_chips_than_groups_are_each_their_own() -> None:
    labels, distances = alike_groups(np.eye(3, 25, dtype=np.float32), np.full((3, 2), 0.5, np.float32), 9)

    assert sorted(labels.tolist()) == [0, 1, 2]
    assert np.allclose(distances, 0)


def test_that_without_chips_there_is_no_usual_one(tmp_path: Path) -> None:
    with working_copy(tmp_path, marked([], [])) as image, pytest.raises(ValueError, match="no chips"):
        usual_chip(image, PLACED, [])
