"""Evidence becomes colours and hot places: always on the model's fixed scale, never stretched for one chip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.wafer.classes import ClassSet
from inspector.wafer.manifest import Box

COLD_BELOW = 51  # of 255: evidence below a fifth of the model's fixed scale looks cold
_BAR_WIDTH = 16  # pixels
_OPAQUE_FROM = 192  # evidence at which the colour hides the chip as much as it ever does


def _colour_table() -> NDArray[np.uint8]:
    """uint8 (256, 4): RGB from black over violet and orange to light yellow, evenly brighter; alpha 0 at 0."""
    ramp = np.arange(256, dtype=np.uint8).reshape(-1, 1)
    rgb = cv2.cvtColor(cv2.applyColorMap(ramp, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB).reshape(256, 3)
    alpha = np.clip(np.arange(256) * 255 // _OPAQUE_FROM, 0, 255).astype(np.uint8)
    return np.concatenate([rgb, alpha[:, None]], axis=1)


_TABLE = _colour_table()
_PIXELS = _TABLE.view(np.uint32).ravel()  # a colour in one number: looked up several times as fast


def heat_rgba(evidence: NDArray[np.uint8], size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """uint8 (h, w) evidence -> uint8 (H, W, 4) RGBA, not premultiplied, at size (W, H) (None: as it is).

    Evidence is enlarged smoothly before it is coloured; 0 is transparent, so a cold chip is seen as it is.
    """
    if size is not None and size != (evidence.shape[1], evidence.shape[0]):
        enlarged = cv2.resize(evidence, size, interpolation=cv2.INTER_CUBIC)
        evidence = np.minimum(enlarged, evidence.max())  # a cubic overshoots: never hotter than the evidence
    return _PIXELS[evidence].view(np.uint8).reshape(*evidence.shape, 4)


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


def shown_evidence(evidence: NDArray[np.uint8], class_name: str | None, classes: ClassSet) -> NDArray[np.uint8]:
    """uint8 (K, h, w) -> uint8 (h, w): the map of the judged class where that is a defect, else of any defect."""
    if class_name is None or class_name not in classes or classes[class_name].is_good:
        return defect_evidence(evidence, classes.defect_mask)
    judged: NDArray[np.uint8] = evidence[classes.index(class_name)]
    return judged


def hot_box(
    evidence: NDArray[np.uint8], size: tuple[float, float], peak: tuple[float, float] | None = None
) -> Box | None:
    """The hot place of a chip as (x, y, width, height) in chip pixels; None where the peak is cold.

    It holds the cells of at least half of the peak's evidence that hang together with it, sides and corners alike.
    evidence: uint8 (h, w) over a chip of size (width, height). peak: (x, y) in chip pixels, as in a judgement; None:
    the hottest cell. Evidence at the top of the scale is cut there, so only a judgement knows which such cell leads.
    """
    return next(iter(hot_boxes(evidence, size, peak)), None)


def hot_boxes(
    evidence: NDArray[np.uint8], size: tuple[float, float], peak: tuple[float, float] | None = None
) -> list[Box]:
    """Every group of cells of at least half of the peak's evidence, as `hot_box` does; the peak's own comes first."""
    rows, columns = evidence.shape
    across, down = size[0] / columns, size[1] / rows
    if peak is None:
        row, column = divmod(int(evidence.argmax()), columns)
    else:
        column, row = min(int(peak[0] / across), columns - 1), min(int(peak[1] / down), rows - 1)
    value = int(evidence[row, column])
    if value == 0:
        return []
    hot = (2 * evidence.astype(np.uint16) >= value).astype(np.uint8)
    number, labels, stats, _ = cv2.connectedComponentsWithStats(hot, connectivity=8)
    first = int(labels[row, column])
    found = []
    for label in (first, *(n for n in range(1, number) if n != first)):
        x, y, width, height = (int(v) for v in stats[label, :4])
        found.append((x * across, y * down, width * across, height * down))
    return found
