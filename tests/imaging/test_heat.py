"""Heat is shown on one fixed scale: cold stays clear, hotter is brighter, nothing is made hotter than it is."""

from __future__ import annotations

import numpy as np

from inspector.imaging.heat import defect_evidence, heat_rgba, scale_bar

RAMP = np.arange(256, dtype=np.uint8).reshape(1, 256)


def brightness(rgba: np.ndarray) -> np.ndarray:
    return np.asarray(rgba[..., :3] @ np.array([0.2126, 0.7152, 0.0722]))


def test_that_cold_is_transparent_and_alpha_rises_with_evidence() -> None:
    alpha = heat_rgba(RAMP, None)[0, :, 3].astype(int)

    assert alpha[0] == 0
    assert (np.diff(alpha) >= 0).all()
    assert alpha[-1] == 255


def test_that_hotter_is_brighter_all_along_the_scale() -> None:
    light = brightness(heat_rgba(RAMP, None))[0]

    assert (np.diff(light[::8]) > 0).all()


def test_that_the_colour_depends_on_the_evidence_alone_and_never_on_its_neighbours() -> None:
    weak = np.full((7, 7), 30, np.uint8)
    mixed = weak.copy()
    mixed[3, 3] = 255

    assert np.array_equal(heat_rgba(weak, None)[0, 0], heat_rgba(mixed, None)[0, 0])
    assert np.array_equal(heat_rgba(weak, (70, 70))[5, 5], heat_rgba(weak, None)[0, 0])


def test_that_enlarging_is_smooth_and_never_hotter_than_the_evidence() -> None:
    evidence = np.zeros((7, 9), np.uint8)
    evidence[2:4, 4:6] = 160
    hottest = brightness(heat_rgba(np.array([[160]], np.uint8), None)).max()

    enlarged = heat_rgba(evidence, (180, 140))

    assert enlarged.shape == (140, 180, 4)
    assert brightness(enlarged).max() <= hottest
    assert np.abs(np.diff(brightness(enlarged), axis=1)).max() < 40
    assert enlarged[0, 0, 3] == 0


def test_that_the_scale_bar_shows_the_same_colours_hot_at_the_top() -> None:
    bar = scale_bar(256)

    assert bar.shape[0] == 256
    assert bar.shape[2] == 4
    assert (bar[:, :, 3] == 255).all()
    assert np.array_equal(bar[:, 0, :3], heat_rgba(RAMP, None)[0, ::-1, :3])
    assert len(scale_bar(40)) == 40


def test_that_defect_evidence_is_the_strongest_of_the_defect_classes() -> None:
    evidence = np.zeros((3, 2, 2), np.uint8)
    evidence[0] = 250  # a good class
    evidence[1, 0, 0], evidence[2, 0, 0], evidence[2, 1, 1] = 90, 120, 7

    found = defect_evidence(evidence, np.array([False, True, True]))

    assert found.tolist() == [[120, 0], [0, 7]]
    assert found.dtype == np.uint8
