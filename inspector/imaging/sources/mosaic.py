"""Lays pictures of one size side by side into one image, streamed from top to bottom, feathered where they overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels
from inspector.imaging.source import Source
from inspector.imaging.sources.row_reader import RowReader

Rectangle: TypeAlias = tuple[int, int, int, int]  # x, y, width, height
_BAND_ROWS = 256


@dataclass(frozen=True)
class Piece:
    """One picture of a mosaic: x, y of its left top in the mosaic's pixels, and how to open it."""

    x: int
    y: int
    opening: Callable[[], Source]


@dataclass(frozen=True)
class Mosaic:
    """Pieces of `piece` px (width, height) on an image of `size` px; what no piece covers is 0."""

    pieces: tuple[Piece, ...]
    piece: tuple[int, int]
    size: tuple[int, int]
    channels: int
    kind: type[np.uint8] | type[np.uint16]

    def bands(self) -> Iterator[Pixels]:
        """(h, W, C) from top to bottom. Held meanwhile: of the pieces that a band crosses, what lies read ahead."""
        width, height = self.size
        running: dict[int, tuple[ExitStack, RowReader]] = {}
        with ExitStack() as everything:
            for top in range(0, height, _BAND_ROWS):
                bottom = min(top + _BAND_ROWS, height)
                parts = []
                for number, piece in enumerate(self.pieces):
                    first, last = max(top, piece.y), min(bottom, piece.y + self.piece[1])
                    if first >= last:
                        continue
                    if number not in running:
                        running[number] = _started(everything, piece)
                    stack, reader = running[number]
                    parts.append((piece.x, first, piece, reader.rows(last - first)))
                    if last == piece.y + self.piece[1]:
                        stack.close()
                        del running[number]
                yield self._blended((0, top, width, bottom - top), parts)

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        """(height, width, C) of a rectangle inside the mosaic; opens every piece that it crosses."""
        parts = []
        for piece in self.pieces:
            x0, x1 = max(x, piece.x), min(x + width, piece.x + self.piece[0])
            y0, y1 = max(y, piece.y), min(y + height, piece.y + self.piece[1])
            if x0 < x1 and y0 < y1:
                with piece.opening() as source:
                    parts.append((x0, y0, piece, source.read(x0 - piece.x, y0 - piece.y, x1 - x0, y1 - y0)))
        return self._blended((x, y, width, height), parts)

    def _blended(self, area: Rectangle, parts: Sequence[tuple[int, int, Piece, Pixels]]) -> Pixels:
        """parts: x, y in the mosaic, the piece, its pixels there."""
        x, y, width, height = area
        out = np.zeros((height, width, self.channels), dtype=self.kind)
        boxes = [(px - x, py - y, pixels.shape[1], pixels.shape[0]) for px, py, _, pixels in parts]
        for (left, top, w, h), owners in covered_cells(boxes, (width, height)):
            cell = np.s_[top : top + h, left : left + w]
            own = [
                parts[n][3][top - boxes[n][1] : top - boxes[n][1] + h, left - boxes[n][0] : left - boxes[n][0] + w]
                for n in owners
            ]
            if len(own) == 1:
                out[cell] = own[0]
                continue
            weights = [self._weights(parts[n][2], x + left, y + top, w, h) for n in owners]
            total = np.sum(weights, axis=0)
            mixed = np.sum([p * v for p, v in zip(own, weights, strict=True)], axis=0) / total
            out[cell] = (mixed + 0.5).astype(self.kind)
        return out

    def _weights(self, piece: Piece, x: int, y: int, width: int, height: int) -> NDArray[np.float32]:
        """float32 (height, width, 1): a piece's say at mosaic pixels, falling linearly towards each of its sides."""
        along = []
        for start, count, side in ((x - piece.x, width, self.piece[0]), (y - piece.y, height, self.piece[1])):
            at = np.arange(start, start + count, dtype=np.float32)
            along.append(np.minimum(at + 1, side - at))
        weights: NDArray[np.float32] = (along[1][:, None] * along[0])[:, :, None]
        return weights

    def uncovered(self) -> tuple[Rectangle, ...]:
        """The rectangles of the mosaic that no piece covers."""
        boxes = [(p.x, p.y, *self.piece) for p in self.pieces]
        xs, ys = _edges(boxes, self.size)
        bare = np.ones((len(ys) - 1, len(xs) - 1), dtype=bool)
        for bx, by, w, h in boxes:
            columns = slice(*np.searchsorted(xs, (bx, bx + w)))
            bare[slice(*np.searchsorted(ys, (by, by + h))), columns] = False
        return tuple(_merged(bare, xs, ys))


def _started(everything: ExitStack, piece: Piece) -> tuple[ExitStack, RowReader]:
    """A piece's rows, and what closes it; `everything` closes it too."""
    stack = everything.enter_context(ExitStack())
    reader = RowReader(stack.enter_context(piece.opening()))
    stack.callback(reader.close)
    return stack, reader


def covered_cells(boxes: Sequence[Rectangle], size: tuple[int, int]) -> Iterator[tuple[Rectangle, list[int]]]:
    """Cuts the area along all sides of the boxes; yields each covered cell with the numbers of its boxes."""
    xs, ys = _edges(boxes, size)
    for y0, y1 in pairwise(ys):
        rows = [n for n, (_, y, _, h) in enumerate(boxes) if y <= y0 and y1 <= y + h]
        for x0, x1 in pairwise(xs):
            owners = [n for n in rows if boxes[n][0] <= x0 and x1 <= boxes[n][0] + boxes[n][2]]
            if owners:
                yield (x0, y0, x1 - x0, y1 - y0), owners


def _edges(boxes: Sequence[Rectangle], size: tuple[int, int]) -> tuple[list[int], list[int]]:
    xs = {0, size[0]} | {e for x, _, w, _ in boxes for e in (x, x + w)}
    ys = {0, size[1]} | {e for _, y, _, h in boxes for e in (y, y + h)}
    return sorted(xs), sorted(ys)


def _merged(bare: NDArray[np.bool_], xs: list[int], ys: list[int]) -> Iterator[Rectangle]:
    """Bare cells as rectangles: runs along a row, joined downwards where the next row has the same run."""
    standing: dict[tuple[int, int], int] = {}
    for number in range(len(ys)):
        row = bare[number] if number < len(bare) else np.zeros(len(xs) - 1, dtype=bool)
        steps = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
        runs = {(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)}
        for run in [r for r in standing if r not in runs]:
            top = standing.pop(run)
            yield xs[run[0]], ys[top], xs[run[1]] - xs[run[0]], ys[number] - ys[top]
        for run in runs - set(standing):
            standing[run] = number
