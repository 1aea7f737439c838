"""Cuts chips out of a wafer image: exact pixels where the grid is upright, and batches read ahead."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.grid import ChipId, PlacedGrid

_MOMENT_S = 0.1
_WHOLE_PIXEL = 1e-6  # px; a grid this near to whole pixels is on them


def cut_chip(image: WaferImage, placed: PlacedGrid, chip: ChipId, level: int = 0) -> NDArray[np.uint8]:
    """uint8 (h, w, C) of one chip at its own size, or 2**level times smaller from a coarser level.

    A plain copy where the grid is upright and on whole pixels; else the chip is turned upright, bilinear. What lies
    outside the image is 0.
    """
    width, height = (max(1, round(side / 2**level)) for side in placed.grid.chip)
    corners = placed.corners(chip) / 2**level
    if _is_exact(placed, corners):
        x, y = (round(v) for v in corners[0])
        return image.read(level, x, y, width, height)
    left, top = np.floor(corners.min(axis=0)).astype(int) - 1
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    window = image.read(level, int(left), int(top), int(right - left), int(bottom - top))
    return _upright(window, corners - (left, top), width, height)


def small_chip(image: WaferImage, placed: PlacedGrid, chip: ChipId, longest: int) -> NDArray[np.uint8]:
    """uint8 (h, w, C) of one chip of which the longest side has so many pixels, or the chip's own where it is smaller.

    Read from the coarsest level that still has a pixel for each of them.
    """
    side = max(placed.grid.chip)
    factor = min(1.0, longest / side)
    level = min(int(math.log2(1 / factor)), image.levels - 1)
    width, height = (max(1, round(length * factor)) for length in placed.grid.chip)
    return fit(cut_chip(image, placed, chip, level), (width, height))


def _is_exact(placed: PlacedGrid, corners: NDArray[np.float64]) -> bool:
    turn_and_scale = np.abs(placed.affine[:, :2] - np.eye(2)).max()
    off_pixel = np.abs(corners - np.rint(corners)).max()
    return bool(turn_and_scale < _WHOLE_PIXEL and off_pixel < _WHOLE_PIXEL)


def _upright(window: NDArray[np.uint8], corners: NDArray[np.float64], width: int, height: int) -> NDArray[np.uint8]:
    """The chip whose corners (window pixels, edges) are given, as uint8 (height, width, C)."""
    across = (corners[1] - corners[0]) / width
    down = (corners[3] - corners[0]) / height
    first = corners[0] + 0.5 * (across + down) - 0.5  # centre of the chip's first pixel, in cv2's pixel centres
    matrix = np.array([[across[0], down[0], first[0]], [across[1], down[1], first[1]]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    turned: NDArray[np.uint8] = cv2.warpAffine(window, matrix, (width, height), flags=flags)
    return turned.reshape(height, width, window.shape[2])


def fit(chip_pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """uint8 (h, w, C) -> uint8 (H, W, C) at size (W, H): the mean of what a pixel covers, bilinear when enlarged."""
    height, width, channels = chip_pixels.shape
    if (width, height) == size:
        return chip_pixels
    smaller = (min(width, size[0]), min(height, size[1]))
    fitted = (
        chip_pixels if smaller == (width, height) else cv2.resize(chip_pixels, smaller, interpolation=cv2.INTER_AREA)
    )
    if smaller != size:
        fitted = cv2.resize(fitted, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(fitted, dtype=np.uint8).reshape(size[1], size[0], channels)


def chip_batches(
    image: WaferImage,
    placed: PlacedGrid,
    ids: Sequence[ChipId],
    size: tuple[int, int],
    batch: int,
    wait: Callable[[int, float], bool] = lambda rows, seconds: True,
) -> Generator[tuple[list[ChipId], NDArray[np.uint8]] | None]:
    """(ids, uint8 (N, H, W, C)) at size (W, H), N <= batch; the next batch is read while this one is worked on.

    The first chip comes alone: whoever has opened a wafer waits for it.
    wait: whether so many rows of the image are there, asked of an image that is still being written; None where they
    have not come within a moment, so that whoever iterates can do something else.
    """
    groups = [list(ids[:1]), *(list(ids[n : n + batch]) for n in range(1, len(ids), batch))] if ids else []

    def load(group: list[ChipId]) -> NDArray[np.uint8]:
        return np.stack([fit(cut_chip(image, placed, chip), size) for chip in group])

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="chips") as reader:
        coming: Future[NDArray[np.uint8]] | None = None
        for number, group in enumerate(groups):
            if coming is None:
                while not wait(_rows_needed(image, placed, group), _MOMENT_S):
                    yield None
                coming = reader.submit(load, group)
            pixels = coming.result()
            following = groups[number + 1] if number + 1 < len(groups) else None
            ahead = following is not None and wait(_rows_needed(image, placed, following), 0.0)
            coming = reader.submit(load, following) if following is not None and ahead else None
            yield group, pixels


def _rows_needed(image: WaferImage, placed: PlacedGrid, group: Sequence[ChipId]) -> int:
    """How many rows from the top hold all these chips, and the pixel around them that turning them upright reads."""
    corners = np.concatenate([placed.corners(chip) for chip in group])
    around = 0 if _is_exact(placed, corners) else 1
    return min(math.ceil(float(corners[:, 1].max()) - _WHOLE_PIXEL) + around, image.height)


def chips_touching(placed: PlacedGrid, areas: Sequence[tuple[int, int, int, int]]) -> frozenset[ChipId]:
    """The expected chips of which any part lies in one of the areas (x, y, width, height in image px)."""
    if not areas:
        return frozenset()
    boxes = [np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], dtype=np.float64) for x, y, w, h in areas]
    across, down = placed.affine[:, 0], placed.affine[:, 1]
    axes = np.array([[1.0, 0.0], [0.0, 1.0], [-across[1], across[0]], [-down[1], down[0]]])
    return frozenset(
        chip
        for chip in placed.grid.chip_ids()
        if any(_overlap(placed.corners(chip) @ axes.T, box @ axes.T) for box in boxes)
    )


def _overlap(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> bool:
    """Two convex shapes, as they lie along the normals of all their sides, (corners, normals): no normal parts them."""
    apart = (ours.max(axis=0) <= theirs.min(axis=0)) | (theirs.max(axis=0) <= ours.min(axis=0))
    return not bool(apart.any())
