"""Changes that leave a chip's class as it is: mirror images, quarter turns, small shifts, brightness, crops."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.learning.loss import BACKGROUND, IGNORED, NO_DEFECT
from inspector.wafer.recipe import Recipe

SHIFT = 0.04  # of the chip's side
ZOOM = 0.06
SEEN = 0.6  # a box that is seen to this share counts as seen
AIMED = 0.7  # of the crops of a located chip are laid over one of its boxes


@dataclass(frozen=True)
class Shown:
    """What the network is shown of one chip.

    pixels: uint8 (H, W, C). label: class index, or IGNORED where the chip's class does not hold for what is shown.
    boxes: float32 (B, 4) in these pixels with class `mark`; doubtful: boxes that are only partly seen. None: unknown.
    chip: every fourth pixel each way of the whole chip, of which only a crop may be shown.
    """

    pixels: NDArray[np.uint8]
    label: int
    mark: int
    boxes: NDArray[np.float32] | None
    doubtful: NDArray[np.float32]
    chip: NDArray[np.uint8]

    @property
    def level(self) -> tuple[float, float]:
        """Mean and spread of the whole chip, in parts of 255: what the network takes out of it."""
        return float(self.chip.mean()) / 255.0, float(self.chip.std()) / 255.0


_NO_BOXES = np.zeros((0, 4), dtype=np.float32)


def whole(pixels: NDArray[np.uint8], label: int, boxes: NDArray[np.float32] | None) -> Shown:
    """The chip as it is."""
    return Shown(pixels, label, label, boxes, _NO_BOXES, pixels[::4, ::4])


def crop(shown: Shown, side: int, rng: np.random.Generator) -> Shown:
    """A square part of a chip whose boxes are known; most crops of a located chip are laid over one of its boxes.

    The chip's class holds for the crop when a box is seen in it, or when the chip has nothing to locate.
    """
    assert shown.boxes is not None
    height, width = shown.pixels.shape[:2]
    w, h = min(side, width), min(side, height)
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    if len(shown.boxes) and rng.random() < AIMED:
        box = shown.boxes[int(rng.integers(len(shown.boxes)))]
        x, y = _over(box[0], box[2], w, width, rng), _over(box[1], box[3], h, height, rng)
    pixels = shown.pixels[y : y + h, x : x + w]
    if not len(shown.boxes):
        return replace(shown, pixels=pixels)
    boxes, share = _clipped(shown.boxes - np.array([x, y, 0, 0], dtype=np.float32), w, h)
    seen = (share >= SEEN) | (boxes[:, 2] * boxes[:, 3] >= SEEN * w * h)
    label = shown.label if seen.any() else IGNORED
    return replace(shown, pixels=pixels, label=label, boxes=boxes[seen], doubtful=boxes[~seen & (share > 0)])


def _over(start: float, length: float, side: int, full: int, rng: np.random.Generator) -> int:
    """Where a crop begins so that it holds the box, or as much of a larger box as it can."""
    low, high = sorted((start + length - side, start))
    return int(np.clip(rng.uniform(low, high), 0, full - side))


def _clipped(boxes: NDArray[np.float32], w: int, h: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Boxes cut to the picture, and the share of each that is left."""
    low = np.clip(boxes[:, :2], 0, (w, h))
    high = np.clip(boxes[:, :2] + boxes[:, 2:], 0, (w, h))
    kept = np.concatenate([low, high - low], axis=1).astype(np.float32)
    share = kept[:, 2] * kept[:, 3] / np.maximum(boxes[:, 2] * boxes[:, 3], 1e-6)
    return kept, share.astype(np.float32)


def vary(shown: Shown, recipe: Recipe, rng: np.random.Generator) -> Shown:
    """The chip as it might have looked too: what the recipe allows, and small shifts."""
    pixels, boxes, doubtful = shown.pixels, shown.boxes, shown.doubtful
    pixels, move = _shifted(pixels, fine=recipe.training.crop > 0, rng=rng)
    boxes = None if boxes is None else move(boxes)
    doubtful = move(doubtful)
    for axis, name in ((1, "horizontal"), (0, "vertical")):
        if name in recipe.training.flips and rng.random() < 0.5:
            side = pixels.shape[axis]
            pixels = np.flip(pixels, axis)
            boxes = None if boxes is None else _mirrored(boxes, 1 - axis, side)
            doubtful = _mirrored(doubtful, 1 - axis, side)
    if recipe.training.turns and pixels.shape[0] == pixels.shape[1] and rng.random() < 0.5:
        pixels = pixels.transpose(1, 0, 2)  # with the flips this gives every quarter turn
        boxes = None if boxes is None else boxes[:, [1, 0, 3, 2]]
        doubtful = doubtful[:, [1, 0, 3, 2]]
    table = _light(recipe.training.brightness, rng)
    lit, chip = (_lit(p, table) for p in (pixels, shown.chip))
    return replace(shown, pixels=lit, boxes=boxes, doubtful=doubtful, chip=chip)


class _Move:
    def __init__(self, zoom: float, x: float, y: float) -> None:
        self._scale = np.array([zoom] * 4, dtype=np.float32)
        self._shift = np.array([x, y, 0, 0], dtype=np.float32)

    def __call__(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        return boxes * self._scale + self._shift


def _shifted(pixels: NDArray[np.uint8], fine: bool, rng: np.random.Generator) -> tuple[NDArray[np.uint8], _Move]:
    """Small shifts; where marks of a few pixels count (fine) by whole pixels, so that nothing is smoothed."""
    height, width = pixels.shape[:2]
    x, y = rng.uniform(-SHIFT, SHIFT, 2) * (width, height)
    zoom = 1.0 if fine else 1.0 + rng.uniform(-ZOOM, ZOOM)
    if fine:
        x, y = float(round(x)), float(round(y))
    else:
        x, y = x + (1 - zoom) * width / 2, y + (1 - zoom) * height / 2
    matrix = np.array([[zoom, 0, x], [0, zoom, y]], dtype=np.float64)
    how = cv2.INTER_NEAREST if fine else cv2.INTER_LINEAR
    moved = cv2.warpAffine(pixels, matrix, (width, height), flags=how, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(moved, dtype=np.uint8).reshape(pixels.shape), _Move(zoom, x, y)


def _mirrored(boxes: NDArray[np.float32], axis: int, side: int) -> NDArray[np.float32]:
    made = boxes.copy()
    made[:, axis] = side - boxes[:, axis] - boxes[:, axis + 2]
    return made


def _light(change: float, rng: np.random.Generator) -> NDArray[np.uint8] | None:
    """uint8 (256,): gain, offset and gamma within the recipe's relative change; None where it allows none."""
    if change <= 0:
        return None
    gain, offset, bend = rng.uniform(-change, change, 3)
    levels = np.linspace(0, 1, 256) ** np.exp(bend)
    return np.asarray(np.clip(255 * (levels * (1 + gain) + offset / 2), 0, 255), dtype=np.uint8)


def _lit(pixels: NDArray[np.uint8], table: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    pixels = np.ascontiguousarray(pixels)
    return pixels if table is None else np.asarray(cv2.LUT(pixels, table), dtype=np.uint8).reshape(pixels.shape)


def cell_classes(shown: Shown, cell: int, defect: NDArray[np.bool_]) -> NDArray[np.int64]:
    """int64 (h, w): what every cell of evidence should show; IGNORED where unknown or at the rim of a mark.

    defect: bool (K,). A chip that was given a defect class may carry a good mark too, for which it was not named.
    """
    height, width = shown.pixels.shape[:2]
    shape = (-(-height // cell), -(-width // cell))
    if shown.boxes is None:
        return np.full(shape, IGNORED, dtype=np.int64)
    bare = NO_DEFECT if defect[shown.mark] else BACKGROUND
    cells = np.full(shape, bare, dtype=np.int64)
    for box in (*shown.doubtful, *shown.boxes):
        cells[_covered(box, cell, cell / 2)] = IGNORED
    for box in shown.boxes:
        cells[_covered(box, cell, 0.0)] = shown.mark
    return cells


def _covered(box: NDArray[np.float32], cell: int, margin: float) -> tuple[slice, slice]:
    x, y, w, h = (float(v) for v in box)
    columns = slice(max(0, int((x - margin) // cell)), max(0, int(-(-(x + w + margin) // cell))))
    rows = slice(max(0, int((y - margin) // cell)), max(0, int(-(-(y + h + margin) // cell))))
    return rows, columns
