"""Any pixels that a file may hold become 8 bit grey or colour, by one stated rule."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.image_header import refusal


def to_bytes(
    band: NDArray[np.generic], channels: int, bits: int, path: Path, *, white_is_zero: bool = False
) -> NDArray[np.uint8]:
    """uint8 or uint16 (h, W, 1 to 4) -> uint8 (h, W, channels), channels 1 (grey) or 3 (RGB).

    16 bit pixels lose their lowest bits (`>> (bits - 8)`). An alpha channel (the second or fourth) may be dropped
    where it is opaque all over. ImageError for real transparency and for values above the stated bits.
    """
    if band.shape[2] in (2, 4):
        alpha = band[:, :, -1]
        if np.any(alpha != (255 if band.dtype == np.uint8 else 65535)):
            raise refusal(path, "has transparent pixels", "save it without an alpha channel")
        band = band[:, :, :-1]
    eight = _eight_bits(band, bits, path)
    if white_is_zero:
        eight = 255 - eight
    return _channels(eight, channels)


def _eight_bits(band: NDArray[np.generic], bits: int, path: Path) -> NDArray[np.uint8]:
    if band.dtype == np.uint8:
        return np.asarray(band, dtype=np.uint8)
    shifted = np.asarray(band, dtype=np.uint16) >> np.uint16(bits - 8)
    if bits < 16 and shifted.size and shifted.max() > 255:
        fault = f"holds values above {bits} bits"
        raise refusal(path, fault, "correct bits under [image] in the recipe")
    return shifted.astype(np.uint8)


def _channels(band: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    if band.shape[2] == channels:
        return np.ascontiguousarray(band)
    if channels == 1:
        grey: NDArray[np.uint8] = cv2.cvtColor(np.ascontiguousarray(band), cv2.COLOR_RGB2GRAY)
        return grey[:, :, None]
    return np.repeat(band, 3, axis=2)
