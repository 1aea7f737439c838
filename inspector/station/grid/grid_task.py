"""What a person is to correct: an open wafer's grid, or that of an image in which the program found none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.station.state.requests import DoubtfulImage, ImageToJudge
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.outline import Outline
from inspector.wafer.placing import OVERHANG_PX, cut_chips
from inspector.wafer.recipe import Recipe

_MOVED_PX = 1.0  # as the record counts a chip that has to be judged again


@dataclass(frozen=True)
class GridTask:
    """image: open, and the task's own. refused, sha256: of an image that is not in the record yet, else None and ""."""

    key: WaferKey
    recipe: Recipe
    image: WaferImage
    start: PlacedGrid
    refused: ImageToJudge | None = None
    sha256: str = ""

    def close(self) -> None:
        """Closes the image."""
        self.image.close()

    def give_up(self) -> None:
        """Closes the image; a copy of which no record knows goes."""
        self.image.close()
        if self.refused is not None:
            self.image.path.unlink(missing_ok=True)

    def finished(self, placed: PlacedGrid) -> PlacedGrid:
        """The grid as the record keeps it: which chips the image cuts, and which nobody photographed, follow it."""
        size = (self.image.width, self.image.height)
        return replace(placed, partial=cut_chips(placed, size, self._outline), not_imaged=_carried(self.start, placed))

    def to_judge(self, placed: PlacedGrid) -> int:
        """How many chips are to be judged on this grid: those that moved, or of a refused image all that are whole."""
        at = self._corners(placed)
        beyond = np.maximum(-at, at - (self.image.width, self.image.height)).max(axis=(1, 2))
        wanted = (beyond <= OVERHANG_PX) & self._inside
        if self.refused is None:
            wanted &= np.linalg.norm(at - self._corners(self.start), axis=2).max(axis=1) > _MOVED_PX
        for chip in _carried(self.start, placed):
            wanted[self._chips.index(chip)] = False
        return int(wanted.sum())

    @cached_property
    def _outline(self) -> Outline | None:
        section, um_per_px = self.recipe.wafer, self.recipe.image.um_per_px
        return section.outline(self.start.grid, um_per_px) if section is not None else None

    @cached_property
    def _inside(self) -> NDArray[np.bool_]:
        """The chips that the wafer's outline, which moves with the grid, does not cut."""
        if self._outline is None:
            return np.ones(len(self._chips), dtype=np.bool_)
        return np.asarray((self._outline.depth(self._upright) >= self._outline.exclusion).all(axis=1))

    @cached_property
    def _chips(self) -> list[ChipId]:
        return self.start.grid.chip_ids()

    @cached_property
    def _upright(self) -> NDArray[np.float64]:
        """Corners of the expected chips in an upright image: all at once, because a hand waits for what follows."""
        grid = self.start.grid
        width, height = grid.chip
        first = np.array(self._chips, dtype=np.float64).reshape(-1, 1, 2) * grid.pitch + grid.origin
        return np.asarray(first + np.array([[0, 0], [width, 0], [width, height], [0, height]]))

    def _corners(self, placed: PlacedGrid) -> NDArray[np.float64]:
        """float64 (N, 4, 2), image pixels."""
        return placed.to_image(self._upright.reshape(-1, 2)).reshape(-1, 4, 2)


def task_of_wafer(key: WaferKey, recipe: Recipe, copy: Path, placed: PlacedGrid) -> GridTask:
    """To correct the grid of a wafer of the record. ImageError where its working copy can't be read."""
    return GridTask(key, recipe, WaferImage.open(copy), placed)


def task_of_refused(
    refused: DoubtfulImage, copy: Path, tell: Callable[[float], None], go_on: Callable[[], bool]
) -> GridTask | None:
    """To place the grid of a refused image, beginning where it most likely lies: reads it into a working copy.

    tell: is told how far the reading is, 0 to 1. go_on: False stops it, and None is returned. ImageError where the
    image can't be read.
    """
    image, sha256 = refused.image, ""
    with closing(make_working_copy(image.source, copy, image.recipe)) as steps:
        for step in steps:
            if not go_on():
                return None
            tell(step.done / max(1, step.total))
            sha256 = step.found.sha256 if step.found is not None else sha256
    return GridTask(image.key, image.recipe, WaferImage.open(copy), refused.best, image, sha256)


def _carried(before: PlacedGrid, after: PlacedGrid) -> frozenset[ChipId]:
    """The chips of `after` that lie where `before` had no pixels."""
    grid, back = after.grid, after.affine
    found = set()
    for chip in before.not_imaged:
        upright = np.linalg.solve(back[:, :2], before.corners(chip).mean(axis=0) - back[:, 2])
        column, row = np.floor((upright - grid.origin) / grid.pitch).astype(int).tolist()
        if 0 <= column < grid.columns and 0 <= row < grid.rows:
            found.add(ChipId(column, row))
    return frozenset(found - grid.missing)
