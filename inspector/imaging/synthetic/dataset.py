"""Writes labelled pictures as class folders with a manifest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

# Noise has nothing to repeat: looking for repeats only costs time and room.
_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY)


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write uint8 (H, W) as PNG, whole or not at all; the folder is made when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded, data = cv2.imencode(".png", pixels, _PNG)
    if not encoded:
        raise ValueError(f"pixels of shape {pixels.shape} could not be encoded as PNG")
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data.tobytes())
    partial.replace(path)
