"""Copies of one exposure are told from other chips of the same pattern, whatever was done to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alike import View, compare, views
from inspector.imaging.sketches import Pair, cells_for, pairs_alike, seen_as, sketch

Pixels = NDArray[np.uint8]
SIDE = 256
FLIPS = ("horizontal", "vertical")


def chip(seed: int, noise: float = 4.0) -> Pixels:
    """A chip like all the others (stripes, a street, a pad), with noise and light of its own."""
    rng = np.random.default_rng(seed)
    surface = np.full((SIDE, SIDE), 110.0)
    surface[:, 40:48] += 60
    surface[:, 180:200] -= 40
    surface[100:104] += 50
    surface[200:220, 90:130] += 70
    surface *= rng.uniform(0.9, 1.1)
    return np.clip(surface + rng.normal(0, noise, surface.shape), 0, 255).round().astype(np.uint8)[:, :, None]


def jpeg(pixels: Pixels, quality: int = 85) -> Pixels:
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)[:, :, None]


def brighter(pixels: Pixels) -> Pixels:
    return np.clip(pixels * 1.2 + 4, 0, 255).round().astype(np.uint8)


CHANGES: dict[str, Callable[[Pixels], Pixels]] = {
    "recompressed": jpeg,
    "shifted": lambda p: np.roll(p, (2, -1), (0, 1)),
    "brighter": brighter,
    "smaller": lambda p: np.asarray(cv2.resize(p, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA))[:, :, None],
    "all of it": lambda p: jpeg(brighter(np.roll(p, (1, 1), (0, 1)))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_that_a_changed_copy_agrees_in_its_noise(change: str) -> None:
    original = chip(1)

    assert compare(original, CHANGES[change](original)).fine > 0.6


def test_that_two_chips_of_one_pattern_do_not_agree() -> None:
    found = compare(chip(1), chip(2))

    assert found.fine < 0.2
    assert found.coarse < 0.3


def test_that_a_shift_is_measured_in_pixels_of_the_second_image() -> None:
    original = chip(3)

    assert compare(original, np.roll(original, (2, -3), (0, 1))).shift == (-3, 2)


def test_that_a_surface_exposed_again_agrees_in_its_coarse_texture_only() -> None:
    rng = np.random.default_rng(5)
    grain = cv2.GaussianBlur(rng.normal(0, 60, (SIDE, SIDE)), (0, 0), 3.0)
    shots = [np.clip(110 + grain + rng.normal(0, 8, grain.shape), 0, 255).astype(np.uint8)[:, :, None] for _ in "ab"]

    found = compare(*shots)

    assert found.coarse > 0.5
    assert found.fine < 0.6


def test_that_images_without_texture_prove_nothing() -> None:
    flat = np.full((SIDE, SIDE, 1), 90, dtype=np.uint8)

    assert compare(flat, flat).fine == 0.0


@pytest.mark.parametrize("view", views(FLIPS, True), ids=str)
def test_that_the_sketch_of_a_view_is_the_rearranged_sketch(view: View) -> None:
    original, cells = chip(7), cells_for((SIDE, SIDE))

    rearranged = seen_as(sketch(original, cells)[None], cells, view)[0]

    np.testing.assert_allclose(rearranged, sketch(view.of(original), cells), atol=1e-3)


@pytest.mark.parametrize(
    ("flips", "turns", "number"),
    [((), False, 1), (("vertical",), False, 2), (FLIPS, False, 4), ((), True, 4), (FLIPS, True, 8)],
)
def test_that_only_views_that_mean_the_same_chip_are_tried(flips: tuple[str, ...], turns: bool, number: int) -> None:
    assert len({str(v) for v in views(flips, turns)}) == number


def _found(images: list[Pixels], flips: tuple[str, ...] = FLIPS) -> list[Pair]:
    cells = cells_for((SIDE, SIDE))
    sketches = np.array([sketch(p, cells) for p in images])
    return [pair for _, pairs in pairs_alike(sketches, cells, views(flips, False)) for pair in pairs]


def test_that_the_sketches_of_many_chips_lead_to_the_copies_among_them() -> None:
    rng = np.random.default_rng(3)
    images = [np.roll(chip(seed), rng.integers(-2, 3, 2), (0, 1)) for seed in range(40)]
    images[31] = jpeg(np.roll(images[4], (2, 2), (0, 1)))
    images[35] = images[9][:, ::-1]

    pairs = _found(images)
    proven = [p for p in pairs if compare(p.view.of(images[p.first]), images[p.second]).fine > 0.6]

    assert {(p.first, p.second, str(p.view)) for p in proven} == {(4, 31, ""), (9, 35, "mirrored left to right")}


def test_that_a_mirror_image_is_no_copy_where_the_recipe_does_not_allow_the_flip() -> None:
    images = [chip(seed) for seed in range(20)]
    images[12] = images[3][:, ::-1]

    assert (3, 12) not in {(p.first, p.second) for p in _found(images, ("vertical",))}
