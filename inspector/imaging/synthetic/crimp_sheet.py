"""A sheet to draw metal parts on at twice their size: round bodies, flat plates and lines, with what they cover."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2

SIZE = (320, 240)  # width, height of a part's image, px
FINE = 2  # parts are drawn at twice the size
STEPS = 32  # even steps along x in which outlines are stated
Canvas = NDArray[np.float32]
Outline = NDArray[np.float64] | float


@dataclass
class Sheet:
    """A picture being drawn at twice its size; x and y in px of the finished picture, y 0 on the wire's axis."""

    light: float
    bend: float
    pivot: float
    pixels: Canvas = field(default_factory=lambda: np.zeros((SIZE[1] * FINE, SIZE[0] * FINE), np.float32))
    cover: Canvas = field(default_factory=lambda: np.zeros((SIZE[1] * FINE, SIZE[0] * FINE), np.float32))

    def axis(self, x: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """y of the part's axis at x: it leaves the wire's axis where the terminal is bent."""
        beyond = np.maximum(np.asarray(x, dtype=np.float64) - self.pivot, 0)
        return np.asarray(-np.tan(np.radians(self.bend)) * beyond, dtype=np.float64)

    def point(self, x: float, y: float) -> tuple[int, int]:
        """Canvas px with 4 fractional bits, as cv2's drawing takes them."""
        scale = FINE * 16
        return round(x * scale), round((y + float(self.axis(x)) + SIZE[1] / 2) * scale)


def round_body(
    sheet: Sheet,
    x0: float,
    x1: float,
    upper: Outline,
    lower: Outline,
    tone: float,
    gloss: float,
    relief: NDArray[np.float64] | None = None,
) -> None:
    """A body that is round across x: from y=upper to y=lower, constant or along even steps of x.

    tone: grey level in full light. gloss: grey levels of the highlight. relief: brightness factor along the steps.
    """
    a, b = max(int(x0 * FINE), 0), min(int(x1 * FINE), sheet.pixels.shape[1])
    if b <= a:
        return
    xs = (np.arange(a, b) + 0.5) / FINE
    steps = np.linspace(x0, x1, STEPS)
    top = np.interp(xs, steps, np.broadcast_to(upper, STEPS))
    bottom = np.interp(xs, steps, np.broadcast_to(lower, STEPS))
    middle, half = (top + bottom) / 2 + sheet.axis(xs), np.maximum((bottom - top) / 2, 0.01)
    reach = (int(np.floor((middle - half).min())) - 1, int(np.ceil((middle + half).max())) + 1)
    first = int(np.clip((reach[0] + SIZE[1] / 2) * FINE, 0, sheet.pixels.shape[0]))
    last = int(np.clip((reach[1] + SIZE[1] / 2) * FINE, 0, sheet.pixels.shape[0]))
    ys = (np.arange(first, last) + 0.5) / FINE - SIZE[1] / 2
    v = (ys[:, None] - middle) / half
    inside = np.clip((1 - np.abs(v)) * half * FINE + 0.5, 0, 1).astype(np.float32)
    body = 0.35 + 0.65 * np.sqrt(np.clip(1 - (0.8 * (v - 0.5 * sheet.light)) ** 2, 0, 1))
    shine = gloss * np.exp(-(((v - sheet.light) / 0.22) ** 2)) + 0.3 * gloss * np.exp(-(((v - 0.62) / 0.12) ** 2))
    shade = tone * body + shine
    if relief is not None:
        shade = shade * np.interp(xs, steps, relief)
    lay(sheet, np.s_[first:last, a:b], inside, shade.astype(np.float32))


def lay(sheet: Sheet, place: tuple[slice, slice], inside: Canvas, shade: Canvas) -> None:
    """Lay a shaded body over what is there."""
    view = sheet.pixels[place]
    view += inside * (shade - view)
    np.maximum(sheet.cover[place], inside, out=sheet.cover[place])


def stroke(sheet: Sheet, points: list[tuple[float, float]], width: float, tone: float, covers: bool = True) -> None:
    """A line through points; width in px, tone: grey level."""
    path = np.array([sheet.point(*p) for p in points], dtype=np.int32)
    height, width_px = sheet.pixels.shape
    reach = int(width * FINE) + 3
    x0, y0 = np.clip(path.min(axis=0) // 16 - reach, 0, (width_px, height)).tolist()
    x1, y1 = np.clip(path.max(axis=0) // 16 + reach + 1, 0, (width_px, height)).tolist()
    if x1 <= x0 or y1 <= y0:
        return
    mask = np.zeros((y1 - y0, x1 - x0), dtype=np.uint8)
    moved = path - np.array([x0 * 16, y0 * 16], dtype=np.int32)
    cv2.polylines(mask, [moved], False, 255, max(1, round(width * FINE)), cv2.LINE_AA, 4)
    _lay_tone(sheet, np.s_[y0:y1, x0:x1], mask, tone, covers)


def plate(sheet: Sheet, points: list[tuple[float, float]], tone: float, covers: bool = True) -> None:
    """A flat, evenly lit area inside a closed outline."""
    path = np.array([sheet.point(*p) for p in points], dtype=np.int32)
    mask = np.zeros(sheet.pixels.shape, dtype=np.uint8)
    cv2.fillPoly(mask, [path], 255, cv2.LINE_AA, 4)
    x, y, width, height = cv2.boundingRect(mask)
    place = np.s_[y : y + height, x : x + width]
    _lay_tone(sheet, place, mask[place], tone, covers)


def _lay_tone(sheet: Sheet, place: tuple[slice, slice], mask: NDArray[np.uint8], tone: float, covers: bool) -> None:
    alpha = mask.astype(np.float32) / 255
    view = sheet.pixels[place]
    view += alpha * (np.float32(tone) - view)
    if covers:
        np.maximum(sheet.cover[place], alpha, out=sheet.cover[place])
