"""Three clicks on an image of an unknown wafer, and the grid that follows them."""

from __future__ import annotations

from copy import copy

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alignment.clicked_grid import Clicks, ImageEdges, chips_between, clicked_grid
from inspector.station.grid.grid_marks import Point
from inspector.station.state.sentences import told
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import Grid, PlacedGrid
from inspector.wafer.placing import over_the_image

_ALL = 3
_RECOUNT = 1 / 3  # of a chip that a click has to be moved by


class ClickMarks:
    """Two opposite corners of a chip, then of a far chip the same corner as the first.

    How many columns and rows lie between the two chips is counted in the image, unless a person has said it.
    size: of the image. trouble: why three clicks make no grid. fitted: the same grid on the edges of its chips.
    """

    def __init__(self, edges: ImageEdges, size: tuple[int, int]) -> None:
        self._edges, self._size = edges, size
        self._points: list[Point] = []
        self._counted: list[Point] = []  # the clicks when chips were counted
        self._is_told = False
        self.between = (0, 0)  # columns and rows from the first chip to the far one
        self.trouble = ""
        self.clicked: PlacedGrid | None = None  # of the clicked chips only
        self.fitted: PlacedGrid | None = None
        self._spread: PlacedGrid | None = None

    @property
    def placed(self) -> PlacedGrid | None:
        return self.fitted or self._spread

    @property
    def count(self) -> int:
        return len(self._points)

    @property
    def is_by_clicks(self) -> bool:
        return True

    @property
    def is_complete(self) -> bool:
        """True once all three clicks are there."""
        return self.count == _ALL

    def place(self, index: int) -> Point:
        return self._points[index]

    def is_put(self, index: int) -> bool:
        return True

    def chip_around(self, index: int) -> NDArray[np.float64]:
        """The chip as clicked: the far one has the size of the first."""
        near = np.array(self._points[0])
        across = np.array(self._points[1]) - near if self.count > 1 else np.zeros(2)
        start = np.array(self._points[2]) if index == _ALL - 1 else near
        steps = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
        return np.asarray(start + steps * across)

    def nudge(self, index: int, dx: float, dy: float) -> None:
        x, y = self._points[index]
        self._points[index] = (x + dx, y + dy)
        self._follow()

    def take(self, x: float, y: float, reach: float) -> int | None:
        return None  # the grid is held by the clicks alone

    def click(self, x: float, y: float) -> int | None:
        if self.is_complete:
            return None
        self._points.append((x, y))
        self._follow()
        return self.count - 1

    def tell_between(self, columns: int, rows: int) -> None:
        """A person says how many columns and rows lie between the chips."""
        self.between, self._is_told = (columns, rows), True
        self._follow()

    def snapshot(self) -> ClickMarks:
        kept = copy(self)
        kept._points = list(self._points)
        return kept

    def begun_again(self) -> ClickMarks:
        return ClickMarks(self._edges, self._size)

    def _follow(self) -> None:
        self.fitted, self.clicked, self._spread, self.trouble = None, None, None, ""
        if not self.is_complete:
            self._spread = self._one_chip() if self.count == _ALL - 1 else None
            self._counted, self._is_told = [], False
            return
        clicks = Clicks(*self._points)
        if not self._is_told and self._is_elsewhere():
            self.between, self._counted = chips_between(self._edges, clicks), list(self._points)
        try:
            self.clicked = clicked_grid(self._edges, clicks, *self.between)
            self._spread = over_the_image(self.clicked, self._size)
        except InspectorError as error:
            self.trouble = told(error)

    def _one_chip(self) -> PlacedGrid | None:
        corners = np.sort(np.array(self._points), axis=0)
        width, height = (float(side) for side in corners[1] - corners[0])
        if min(width, height) < 1:
            return None
        return PlacedGrid(Grid(1, 1, (width, height), (width, height), (float(corners[0][0]), float(corners[0][1]))))

    def _is_elsewhere(self) -> bool:
        """True where a click lies so far from where chips were counted that it may be another chip's."""
        if len(self._counted) < _ALL:
            return True
        points = np.array(self._points)
        limit = _RECOUNT * np.abs(points[1] - points[0]).min()
        return bool((np.abs(points - np.array(self._counted)) > limit).any())
