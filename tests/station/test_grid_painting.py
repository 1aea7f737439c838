"""A grid over a picture: outlines of its chips, and a veil where a window holds too many of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from inspector.station.grid.grid_painting import paint_chips
from inspector.wafer.grid import ChipId, Grid, PlacedGrid

MISSING = frozenset(ChipId(c, 3) for c in range(4, 8))


def painted(scale: float) -> QImage:
    """12 x 10 chips of 40 x 30 px, four of them missing, on black."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    grid = Grid(12, 10, (40, 30), (50, 40), (20, 20), MISSING)
    paint_chips(painter, PlacedGrid(grid), QTransform.fromScale(scale, scale), QSizeF(image.size()), 1.0)
    painter.end()
    return image


def grey(image: QImage, scale: float, x: float, y: float) -> int:
    return QColor(image.pixel(int(x * scale), int(y * scale))).red()


@pytest.mark.usefixtures("qapp")
def test_that_chips_are_outlined_and_small_ones_are_under_a_veil() -> None:
    inside, hole = (20 + 50 + 20, 20 + 15), (20 + 5.5 * 50, 20 + 3 * 40 + 15)

    near = painted(0.5)
    assert grey(near, 0.5, *inside) == 0
    assert grey(near, 0.5, 20 + 50, 20 + 15) > 100

    far = painted(0.15)
    assert grey(far, 0.15, *inside) > 30
    assert grey(far, 0.15, *hole) == 0
    assert grey(far, 0.15, 5, 5) == grey(far, 0.15, 20 + 12 * 50 + 20, 100) == 0
