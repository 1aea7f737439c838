"""Small sketches of many images, compared all against all: finds the few pairs that a close comparison is worth.

A sketch holds the phases of some 500 frequencies of the reduced image, chosen away from the axes, where stripes,
streets and shading lie. The set is closed under mirror images and turns, so that a view of an image is a rearranged
sketch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.alike import View, grey_of

LIKE = 0.2  # likeness of two sketches from which on they are a pair; chance alone reaches 0.15
_PIXELS_PER_CELL = 8  # a shift by 2 pixels is a quarter of a cell, which phases forgive
_FREQUENCIES = 512
_FAMILY = 4.0  # what more images than this share is toned down
_NEIGHBOURS = 16  # of one image and view: more are members of one family, found through each other
_BLOCK = 1024
_SHIFTS = np.stack(np.meshgrid(*[np.arange(-4, 5) / 8] * 2), -1).reshape(-1, 2)  # (81, 2) cells


@dataclass(frozen=True)
class Pair:
    """Two images that look alike: likeness up to 1, their numbers (first < second), the view of the first."""

    likeness: float
    first: int
    second: int
    view: View


def cells_for(size: tuple[int, int]) -> int:
    """Side of the sketch for images of about this size (width, height)."""
    return int(np.clip(min(size) // _PIXELS_PER_CELL, 32, 128))


def sketch(pixels: NDArray[np.uint8], cells: int) -> NDArray[np.complex64]:
    """uint8 (H, W, C) -> complex64 (F,) of length 1 each (0 where there is nothing): phases, seen from the middle."""
    small = cv2.resize(grey_of(pixels), (cells, cells), interpolation=cv2.INTER_AREA)
    u, v = _frequencies(cells).T
    chosen = np.fft.fft2(small)[v, u] * np.exp(1j * np.pi * (u + v) * (cells - 1) / cells)
    strength = np.abs(chosen)
    strength[strength < 1e-3] = np.inf
    return np.asarray(chosen / strength, dtype=np.complex64)


@lru_cache(maxsize=4)
def _frequencies(cells: int) -> NDArray[np.int64]:
    """int64 (F, 2): (u, v) in whole waves per image; with each, its mirror images and turns up to the sign."""
    low, high = max(2, cells // 32), int(0.35 * cells)
    base = [(a, b) for a in range(low, high) for b in range(a + 1, high)]
    chosen = np.random.default_rng(7).permutation(len(base))[: _FREQUENCIES // 4]
    four = [((a, b), (a, -b), (b, a), (b, -a)) for a, b in (base[i] for i in sorted(chosen))]
    return np.array(four, dtype=np.int64).reshape(-1, 2)


@lru_cache(maxsize=32)
def _rearranged(cells: int, view: View) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """(int64 (F,), bool (F,)): where each frequency of the view lies in the plain sketch, and whether conjugate."""
    known = {(int(u), int(v)): i for i, (u, v) in enumerate(_frequencies(cells))}
    places, conjugate = [], []
    for u, v in known:
        seen = (-u if view.mirror_x else u, -v if view.mirror_y else v)
        seen = (seen[1], seen[0]) if view.swap else seen
        places.append(known[seen] if seen in known else known[(-seen[0], -seen[1])])
        conjugate.append(seen not in known)
    return np.array(places, dtype=np.int64), np.array(conjugate)


def seen_as(sketches: NDArray[np.complex64], cells: int, view: View) -> NDArray[np.complex64]:
    """The sketches, complex64 (N, F), that the images would have in this view."""
    places, conjugate = _rearranged(cells, view)
    moved = sketches[:, places]
    return np.where(conjugate, moved.conj(), moved)


class _Space:
    """Sketches as unit rows, float32 (N, 2 F), after what many of them have in common was toned down.

    The more images beyond a handful share a direction (busbars, the same lens), the less it weighs; a family of copies
    is too small to lose much.
    """

    def __init__(self, sketches: NDArray[np.complex64], cells: int, seen: Sequence[View]) -> None:
        held = np.zeros((2 * sketches.shape[1],) * 2, dtype=np.float32)
        for view in seen:
            rows = _plain(seen_as(sketches, cells, view))
            held += rows.T @ rows
        weights, directions = np.linalg.eigh(held)
        tone = 1 / np.maximum(weights, max(_FAMILY, float(weights.mean())))
        self._map = (directions * tone).astype(np.float32)

    def rows(self, sketches: NDArray[np.complex64]) -> NDArray[np.float32]:
        return _unit(_plain(sketches) @ self._map)


def _plain(sketches: NDArray[np.complex64]) -> NDArray[np.float32]:
    return _unit(np.concatenate([sketches.real, sketches.imag], axis=1).astype(np.float32))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def pairs_alike(sketches: NDArray[np.complex64], cells: int, seen: Sequence[View]) -> Iterator[tuple[int, list[Pair]]]:
    """All against all in every view: yields (images done, pairs found), block by block.

    sketches: complex64 (N, F). Memory beside them: their unit rows, and blocks of 1024 rows.
    """
    space = _Space(sketches, cells, seen)
    rows = space.rows(sketches)
    for start in range(0, len(rows), _BLOCK):
        block = sketches[start : start + _BLOCK]
        found: list[Pair] = []
        for view in seen:
            turned = seen_as(block, cells, view)
            likeness = space.rows(turned) @ rows[start:].T
            likeness[np.tri(*likeness.shape, dtype=np.bool_)] = 0
            rough = [(start + i, start + j) for i, j in _best(likeness)]
            found += _aligned(rough, sketches, cells, view, space)
        yield min(start + _BLOCK, len(rows)), found


def _best(likeness: NDArray[np.float32]) -> list[tuple[int, int]]:
    found = []
    for i in np.flatnonzero(likeness.max(1) > LIKE):
        js = np.flatnonzero(likeness[i] > LIKE)
        found += [(int(i), int(j)) for j in js[np.argsort(-likeness[i, js], kind="stable")][:_NEIGHBOURS]]
    return found


def _aligned(
    rough: list[tuple[int, int]], sketches: NDArray[np.complex64], cells: int, view: View, space: _Space
) -> list[Pair]:
    """The pairs with their likeness after the best shift by up to half a cell."""
    ramps = np.exp(2j * np.pi / cells * (_frequencies(cells) @ _SHIFTS.T)).astype(np.complex64)  # (F, 81)
    made = []
    for start in range(0, len(rough), _BLOCK):
        part = rough[start : start + _BLOCK]
        first = seen_as(sketches[[i for i, _ in part]], cells, view)
        second = sketches[[j for _, j in part]]
        best = ((first * second.conj()) @ ramps.conj()).real.argmax(1)
        likeness = (space.rows(first) * space.rows(second * ramps[:, best].T)).sum(1)
        made += [Pair(float(s), i, j, view) for s, (i, j) in zip(likeness, part, strict=True)]
    return made
