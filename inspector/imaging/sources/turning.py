"""Orientation marks (EXIF, TIFF): how stored pixels are turned until they stand upright."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ORIENTATION = 0x0112
# orientation -> rows and columns swapped, then mirrored downwards, then sideways (TIFF 6.0, EXIF 2.3)
_STEPS = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}


@dataclass(frozen=True)
class Turn:
    """From stored to upright pixels: swapped rows and columns first, then mirrored."""

    swapped: bool = False
    upside_down: bool = False
    sideways: bool = False

    @classmethod
    def of(cls, orientation: int) -> Turn:
        """By the mark's number; a number outside 1 to 8 means nothing."""
        return cls(*_STEPS.get(orientation, _STEPS[1]))

    def size(self, width: int, height: int) -> tuple[int, int]:
        """(width, height) of the upright image."""
        return (height, width) if self.swapped else (width, height)

    def upright(self, stored: NDArray[np.generic]) -> NDArray[np.generic]:
        """(h, w, C) as stored -> (h', w', C)."""
        turned = stored.swapaxes(0, 1) if self.swapped else stored
        turned = turned[::-1] if self.upside_down else turned
        return turned[:, ::-1] if self.sideways else turned

    def stored(self, x: int, y: int, width: int, height: int, full: tuple[int, int]) -> tuple[int, int, int, int]:
        """x, y, width, height of an upright rectangle -> the same for the stored one; full: upright (W, H)."""
        x = full[0] - x - width if self.sideways else x
        y = full[1] - y - height if self.upside_down else y
        return (y, x, height, width) if self.swapped else (x, y, width, height)


def exif_orientation(body: bytes) -> int:
    """The mark in an EXIF block (a TIFF header and its first directory); 1 where there is none that can be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(body[:4])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", body, 4)
        (count,) = struct.unpack_from(f"{order}H", body, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", body, entry)
            if tag == _ORIENTATION and kind == 3:
                return int(value)
    except struct.error:
        return 1
    return 1
