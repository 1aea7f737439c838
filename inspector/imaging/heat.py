"""Evidence becomes colours: always on the model's fixed scale, never stretched for one chip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

_BAR_WIDTH = 16  # pixels
_OPAQUE_FROM = 192  # evidence at which the colour hides the chip as much as it ever does


def _colour_table() -> NDArray[np.uint8]:
    """uint8 (256, 4): RGB from black over violet and orange to light yellow, evenly brighter; alpha 0 at 0."""
    ramp = np.arange(256, dtype=np.uint8).reshape(-1, 1)
    rgb = cv2.cvtColor(cv2.applyColorMap(ramp, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB).reshape(256, 3)
    alpha = np.clip(np.arange(256) * 255 // _OPAQUE_FROM, 0, 255).astype(np.uint8)
    return np.concatenate([rgb, alpha[:, None]], axis=1)


_TABLE = _colour_table()


def heat_rgba(evidence: NDArray[np.uint8], size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """uint8 (h, w) evidence -> uint8 (H, W, 4) RGBA, not premultiplied, at size (W, H) (None: as it is).

    Evidence is enlarged smoothly before it is coloured; 0 is transparent, so a cold chip is seen as it is.
    """
    if size is not None and size != (evidence.shape[1], evidence.shape[0]):
        enlarged = cv2.resize(evidence, size, interpolation=cv2.INTER_CUBIC)
        evidence = np.minimum(enlarged, evidence.max())  # a cubic overshoots: never hotter than the evidence
    return _TABLE[evidence]


def scale_bar(height: int) -> NDArray[np.uint8]:
    """uint8 (height, W, 4): the colours of the scale from its top (hot) down to 0, without transparency."""
    values = np.rint(np.linspace(255, 0, height)).astype(np.uint8)
    bar = np.repeat(_TABLE[values][:, None, :], _BAR_WIDTH, axis=1)
    bar[:, :, 3] = 255
    return bar


def defect_evidence(evidence: NDArray[np.uint8], defect_mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """uint8 (K, h, w) and bool (K,) -> uint8 (h, w): the strongest evidence for any defect class."""
    strongest: NDArray[np.uint8] = evidence[defect_mask].max(axis=0)
    return strongest
