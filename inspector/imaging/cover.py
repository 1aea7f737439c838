"""Covers a place of a chip with the chip's own surface, so that a model can be asked what it says without it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

_RING = 8  # pixels around the covered place that its substitute must fit
_REACH = 256  # pixels around the place, more for a larger one, within which a substitute is looked for
_SOFT = 3  # pixels over which the substitute's border melts in
_SMALL = 24  # pixels: a smaller place without a substitute is filled in smoothly

Place = tuple[int, int, int, int]  # x, y, width, height in pixels


def covered(chip: NDArray[np.uint8], place: Place, warm: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """uint8 (H, W, C) with a place replaced by the piece of the same chip whose surroundings fit best.

    A flat patch, or one that is only smooth, would be a mark of its own: the chip's noise and stripes end at its
    border. A copied piece brings them along. warm: bool (H, W), where no piece may come from, because there may be
    another mark. A place for which no piece is large enough is covered half by half.
    """
    x, y, width, height = place
    hole = np.zeros(chip.shape[:2], dtype=np.uint8)
    hole[y : y + height, x : x + width] = 1
    framed = np.pad(hole, 1, mode="edge")  # the chip's own border is no seam
    weight = np.clip(cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1] / _SOFT, 0.0, 1.0)
    made = chip.copy()
    _fill(made, place, hole, weight, warm)
    return made


def _fill(
    chip: NDArray[np.uint8],
    place: Place,
    hole: NDArray[np.uint8],
    weight: NDArray[np.float32],
    warm: NDArray[np.bool_],
) -> None:
    """Covers a place in the chip itself. hole: uint8 (H, W), 1 where the chip is still to be covered."""
    x, y, width, height = place
    here = slice(y, y + height), slice(x, x + width)
    source = _best_piece(chip, place, hole, warm)
    if source is not None:
        piece = chip[source[1] : source[1] + height, source[0] : source[0] + width].astype(np.float32)
        share = weight[here][:, :, None]
        chip[here] = np.rint(piece * share + chip[here] * (1.0 - share)).astype(np.uint8)
    elif max(width, height) > _SMALL:
        for half in _halves(place):
            _fill(chip, half, hole, weight, warm)
    else:
        mask = hole * np.uint8(255)
        chip[here] = cv2.inpaint(np.ascontiguousarray(chip), mask, 3, cv2.INPAINT_TELEA).reshape(chip.shape)[here]
    hole[here] = 0


def _halves(place: Place) -> tuple[Place, Place]:
    x, y, width, height = place
    if width >= height:
        half = width // 2
        return (x, y, half, height), (x + half, y, width - half, height)
    half = height // 2
    return (x, y, width, half), (x, y + half, width, height - half)


def _best_piece(
    chip: NDArray[np.uint8], place: Place, hole: NDArray[np.uint8], warm: NDArray[np.bool_]
) -> tuple[int, int] | None:
    """(x, y) of the piece whose ring is nearest to the place's, by the sum of squares; None where none is free."""
    x, y, width, height = place
    left, top = max(0, x - _RING), max(0, y - _RING)
    right, bottom = min(chip.shape[1], x + width + _RING), min(chip.shape[0], y + height + _RING)
    ring = (hole[top:bottom, left:right] == 0).astype(np.float32)
    if not ring.any():
        return None
    reach = max(_REACH, max(width, height) + 2 * _RING)
    x0, y0 = max(0, left - reach), max(0, top - reach)
    x1, y1 = min(chip.shape[1], right + reach), min(chip.shape[0], bottom + reach)
    free = _free_places(warm[y0:y1, x0:x1] | (hole[y0:y1, x0:x1] > 0), (width, height))
    # A piece lies at (x - left, y - top) within its ring, and the ring must lie within the chip as well.
    free = free[y - top :, x - left :]
    grey = chip[y0:y1, x0:x1].mean(axis=2, dtype=np.float32)
    wanted = chip[top:bottom, left:right].mean(axis=2, dtype=np.float32)
    misfit = cv2.matchTemplate(grey, wanted, cv2.TM_SQDIFF, mask=ring)
    misfit[~free[: misfit.shape[0], : misfit.shape[1]]] = np.inf
    row, column = divmod(int(misfit.argmin()), misfit.shape[1])
    if not np.isfinite(misfit[row, column]):
        return None
    return x0 + column + x - left, y0 + row + y - top


def _free_places(busy: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    """bool: at [y, x], whether a piece of size (width, height) with its corner there holds no busy pixel."""
    width, height = size
    sums = cv2.integral(busy.astype(np.uint8))
    inside = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    return np.asarray(inside == 0)
