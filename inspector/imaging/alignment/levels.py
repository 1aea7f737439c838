"""What finding a grid needs of an image: sizes, a coarse level, and small windows of the finer ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

Pixels = NDArray[np.uint8]
_SMALLEST = 256  # px: the longest side of the last level


class Levels(Protocol):
    """An image in levels; level n is 2**n times coarser than level 0, its sides rounded up. WaferImage is one.

    `read` gives uint8 (height, width, C) in the level's own pixels; what lies outside the image is 0. Finding a grid
    reads one coarse level whole, and of the finer levels no more than windows around some 64 chips.
    """

    @property
    def source_name(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def levels(self) -> int: ...
    def level_size(self, level: int) -> tuple[int, int]: ...
    def read(self, level: int, x: int, y: int, width: int, height: int) -> Pixels: ...


class CoarseLevels:
    """The levels of an image of which there are only the full pixels, by windows, and one coarse picture of it all.

    read_full: (x, y, width, height), inside the image -> uint8 (height, width, C). coarse: uint8 (h, w[, C]), the whole
    image about 2**level times smaller; finer levels are shrunk from full windows, coarser ones from it.
    """

    def __init__(
        self,
        source_name: str,
        size: tuple[int, int],
        read_full: Callable[[int, int, int, int], Pixels],
        coarse: Pixels,
        level: int,
    ) -> None:
        self.source_name, (self.width, self.height) = source_name, size
        self._read_full, self._level = read_full, level
        wanted = self._size(level)
        if coarse.shape[1::-1] != wanted:
            coarse = np.asarray(cv2.resize(coarse, wanted, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        self._kept = [coarse.reshape(wanted[1], wanted[0], -1)]
        while max(self._kept[-1].shape[:2]) > _SMALLEST:
            self._kept.append(_halved(self._kept[-1]))

    @classmethod
    def of(cls, pixels: Pixels, source_name: str = "") -> CoarseLevels:
        """All levels of a picture in memory, uint8 (H, W) or (H, W, C)."""
        whole = pixels.reshape(pixels.shape[0], pixels.shape[1], -1)
        size = (whole.shape[1], whole.shape[0])
        return cls(source_name, size, lambda x, y, w, h: whole[y : y + h, x : x + w], whole, 0)

    @property
    def levels(self) -> int:
        return self._level + len(self._kept)

    def level_size(self, level: int) -> tuple[int, int]:
        if level >= self._level:
            kept = self._kept[level - self._level]
            return kept.shape[1], kept.shape[0]
        return self._size(level)

    def _size(self, level: int) -> tuple[int, int]:
        return -(-self.width >> level), -(-self.height >> level)

    def read(self, level: int, x: int, y: int, width: int, height: int) -> Pixels:
        wide, high = self.level_size(level)
        out = np.zeros((height, width, self._kept[0].shape[2]), dtype=np.uint8)
        left, top, right, bottom = max(x, 0), max(y, 0), min(x + width, wide), min(y + height, high)
        if right > left and bottom > top:
            out[top - y : bottom - y, left - x : right - x] = self._inside(level, left, top, right, bottom)
        return out

    def _inside(self, level: int, left: int, top: int, right: int, bottom: int) -> Pixels:
        if level >= self._level:
            return self._kept[level - self._level][top:bottom, left:right]
        x, y = left << level, top << level
        full = self._read_full(x, y, min(right << level, self.width) - x, min(bottom << level, self.height) - y)
        if level == 0:
            return full
        shrunk = cv2.resize(full, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
        return np.asarray(shrunk, dtype=np.uint8).reshape(bottom - top, right - left, -1)


def _halved(pixels: Pixels) -> Pixels:
    """The next level: means of 2 x 2 pixels, the last row and column doubled where they are odd."""
    height, width, channels = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    half = cv2.resize(even, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(half, dtype=np.uint8).reshape((height + 1) // 2, (width + 1) // 2, channels)
