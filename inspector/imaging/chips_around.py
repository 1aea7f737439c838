"""A chip with its neighbours as one picture, for whoever wants to see what goes on beyond its edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.chips import small_chip
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.grid import ChipId, Grid, PlacedGrid


def around_size(grid: Grid) -> tuple[float, float]:
    """(width, height) in pixels of a chip with its eight neighbours and the streets between them."""
    return 2 * grid.pitch[0] + grid.chip[0], 2 * grid.pitch[1] + grid.chip[1]


def cut_around(image: WaferImage, placed: PlacedGrid, chip: ChipId, longest: int) -> NDArray[np.uint8]:
    """uint8 (h, w, C) of a chip with its neighbours, upright; its longest side has at most so many pixels.

    What lies outside the image is 0.
    """
    grid = placed.grid
    origin = tuple(o + (n - 1) * p for o, n, p in zip(grid.origin, chip, grid.pitch, strict=True))
    size = around_size(grid)
    three = Grid(1, 1, size, size, (origin[0], origin[1]))
    return small_chip(image, replace(placed, grid=three), ChipId(0, 0), longest)
