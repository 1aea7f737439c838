"""The contrast that a mark is planned with is what the optics leave of it, however small it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic import optics
from inspector.imaging.synthetic.criteria import Dot, Mark, Scratch
from inspector.imaging.synthetic.drawing import draw_mark

SIDE, MIDDLE = 120, 60.3


def photographed(marks: list[Mark], gain: float, blur: float) -> NDArray[np.float64]:
    """The way of a chip through the microscope and back, without noise."""
    surface = np.full((SIDE, SIDE), optics.NOMINAL, dtype=np.float32)
    for mark in marks:
        draw_mark(surface, mark, gain, blur)
    size, middle = (SIDE, SIDE), (SIDE / 2, SIDE / 2)
    there = optics.turned(0.4, middle, (0.3, 0.6))
    seen = optics.warp(optics.focus(np.asarray(cv2.convertScaleAbs(surface), dtype=np.uint8), blur), there, size)
    lit = np.rint(np.clip(seen * gain + optics.DARK_LEVEL, 0, 255)).astype(np.uint8)
    return optics.warp(lit, optics.inverse(there), size).astype(float)


def seen_contrast(mark: Mark, gain: float, blur: float) -> NDArray[np.float64]:
    """Grey levels by which a chip with the mark differs from one without."""
    return np.abs(photographed([mark], gain, blur) - photographed([], gain, blur))


@pytest.mark.parametrize("blur", [0.45, 0.8, 1.2])
@pytest.mark.parametrize("diameter", [3.0, 4.5, 8.0, 14.0])
@pytest.mark.parametrize("contrast", [-12.0, 30.0])
def test_that_the_smallest_dot_is_as_plain_as_planned(diameter: float, blur: float, contrast: float) -> None:
    dot = Dot(MIDDLE, MIDDLE, diameter, contrast, 1.2, 0.4)
    assert seen_contrast(dot, 1.1, blur).max() == pytest.approx(abs(contrast), rel=0.2, abs=2.0)


@pytest.mark.parametrize("blur", [0.45, 1.2])
@pytest.mark.parametrize("width", [1.0, 1.6, 2.4])
def test_that_a_scratch_is_as_plain_as_planned_along_its_way(width: float, blur: float) -> None:
    points = tuple((20 + 4.0 * i, MIDDLE + 6 * math.sin(i / 4)) for i in range(20))
    seen = seen_contrast(Scratch(points, width, 24.0, False), 0.9, blur)
    along = [seen[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3].max() for x, y in points[1:-1]]
    assert np.median(along) == pytest.approx(24.0, rel=0.2)
