"""What the microscope does to a sharp scene: focus, turn, light and sensor noise."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

DARK_LEVEL = 6.0  # grey levels without light
NOMINAL = 118.0  # grey level of a bare chip at nominal light: the noise is stated there


def turned(degrees: float, centre: tuple[float, float], shift: tuple[float, float]) -> NDArray[np.float64]:
    """float64 (2, 3): a turn about a centre, then a shift, for points in px."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = centre
    return np.array([[cos, -sin, x - cos * x + sin * y + shift[0]], [sin, cos, y - sin * x - cos * y + shift[1]]])


def inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The affine map back."""
    back = np.linalg.inv(matrix[:, :2])
    return np.hstack([back, (-back @ matrix[:, 2])[:, None]])


def focus(scene: NDArray[np.uint8], blur: float) -> NDArray[np.uint8]:
    """The scene through the lens; blur: sigma in px."""
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), blur), dtype=np.uint8)


def warp(
    scene: NDArray[np.uint8],
    matrix: NDArray[np.float64],
    size: tuple[int, int],
    scene_top: float = 0.0,
    image_top: float = 0.0,
) -> NDArray[np.uint8]:
    """A window of the image, uint8 (height, width): what lies at `matrix @ point` of the upright scene.

    scene_top, image_top: y of the first row of the given scene and of the wanted window; size: (width, height).
    """
    back = inverse(matrix)
    back[:, 2] += back[:, :2] @ np.array([0.5, image_top + 0.5]) - np.array([0.5, scene_top + 0.5])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(scene, back, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.uint8)


def expose(
    rng: np.random.Generator, scene: NDArray[np.uint8], light: NDArray[np.float32] | float, noise: float
) -> NDArray[np.uint8]:
    """What the sensor gives: light falls on the scene, shot noise grows with the root of the brightness.

    light: factor, one or per pixel. noise: sigma in grey levels at nominal brightness.
    """
    bright = scene.astype(np.float32)
    bright *= light
    bright += DARK_LEVEL
    grain = rng.standard_normal(bright.shape, dtype=np.float32)
    grain *= np.sqrt(bright)
    grain *= np.float32(noise / math.sqrt(NOMINAL))
    bright += grain
    return np.asarray(cv2.convertScaleAbs(np.maximum(bright, 0, out=bright)), dtype=np.uint8)


def vignette(
    x: float, y: float, width: int, height: int, centre: tuple[float, float], radius: float, loss: float
) -> NDArray[np.float32]:
    """float32 (height, width): light over a rectangle of the image; it falls by `loss` out to the radius."""
    step = 64
    xs = np.linspace(x, x + width, max(width // step, 2), dtype=np.float32)[None, :] - centre[0]
    ys = np.linspace(y, y + height, max(height // step, 2), dtype=np.float32)[:, None] - centre[1]
    coarse = (1 - loss * (xs * xs + ys * ys) / radius**2).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
