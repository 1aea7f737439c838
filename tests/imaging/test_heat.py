"""Heat is shown on one fixed scale: cold stays clear, hotter is brighter, nothing is made hotter than it is."""

from __future__ import annotations

import numpy as np

from inspector.imaging.heat import defect_evidence, heat_rgba, hot_box, hot_boxes, scale_bar, shown_evidence
from inspector.wafer.classes import ChipClass, ClassSet, Verdict

CLASSES = (("clean", Verdict.GOOD), ("haze", Verdict.GOOD), ("pit", Verdict.DEFECT), ("scratch", Verdict.DEFECT))
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


def test_that_the_hot_box_holds_the_half_hot_cells_that_hang_together_with_the_peak() -> None:
    evidence = np.zeros((4, 8), np.uint8)
    evidence[1, 2], evidence[2, 3], evidence[1, 4] = 200, 100, 99  # the peak, a corner's neighbour of half, too little
    evidence[3, 7] = 180  # hot, and elsewhere

    assert hot_box(evidence, (80, 40)) == (20, 10, 20, 20)
    assert hot_boxes(evidence, (80, 40)) == [(20, 10, 20, 20), (70, 30, 10, 10)]
    assert hot_boxes(evidence, (80, 40), peak=(75.0, 39.9))[0] == (70, 30, 10, 10)


def test_that_the_judgements_peak_decides_between_cells_at_the_top_of_the_scale() -> None:
    evidence = np.zeros((3, 3), np.uint8)
    evidence[0, 0] = evidence[2, 2] = 255

    assert hot_box(evidence, (30, 30), peak=(30.0, 30.0)) == (20, 20, 10, 10)


def test_that_a_cold_chip_has_no_hot_box() -> None:
    assert hot_box(np.zeros((3, 3), np.uint8), (30, 30)) is None
    assert hot_box(np.eye(3, dtype=np.uint8), (30, 30), peak=(25.0, 5.0)) is None


def test_that_a_defect_shows_its_own_map_and_a_good_chip_that_of_any_defect() -> None:
    classes = ClassSet(tuple(ChipClass(name, verdict, "", (), {}, "#000000", "dot") for name, verdict in CLASSES))
    evidence = np.arange(4, dtype=np.uint8).reshape(4, 1, 1)

    shown = {name: int(shown_evidence(evidence, name, classes)[0, 0]) for name in (*classes.names, None, "gone")}

    assert shown == {"clean": 3, "haze": 3, "pit": 2, "scratch": 3, None: 3, "gone": 3}
