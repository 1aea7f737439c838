"""Where each thumbnail of the gallery lies: sections one below the other, each with a heading and rows of squares."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRect

MARGIN = 16  # logical pixels at the left and right
GAP = 12  # between two thumbnails: room for the frames of focus and selection
HEADING = 40


@dataclass(frozen=True)
class _Block:
    """A section: its first place, how many places, where its heading's top lies and where its first row's."""

    first: int
    count: int
    top: int
    rows_top: int


class GalleryLayout:
    """Places are numbered through all sections from 0. Everything in logical pixels from the top of the first heading.

    What is asked of it costs the same however many chips there are.
    """

    def __init__(self, counts: Sequence[int], width: int, side: int) -> None:
        self.side = side
        self.step = side + GAP
        self.columns = max(1, (width - 2 * MARGIN + GAP) // self.step)
        self._width = width
        self._blocks: list[_Block] = []
        top = 0
        for first, count in zip(accumulate(counts, initial=0), counts, strict=False):
            self._blocks.append(_Block(first, count, top, top + HEADING))
            top += HEADING + -(-count // self.columns) * self.step
        self.height = top + (GAP if counts else 0)
        self.places = sum(counts)
        self._firsts = [block.first for block in self._blocks]
        self._tops = [block.top for block in self._blocks]

    def rect(self, place: int) -> QRect:
        """The square of a thumbnail."""
        block = self._blocks[self._section(place)]
        row, column = divmod(place - block.first, self.columns)
        return QRect(MARGIN + column * self.step, block.rows_top + row * self.step, self.side, self.side)

    def headings(self, top: int, bottom: int) -> Iterator[tuple[int, QRect]]:
        """(section, place of its heading) of those that touch a strip."""
        for section in self._sections(top, bottom):
            block = self._blocks[section]
            if block.top < bottom and block.rows_top > top:
                yield section, QRect(MARGIN, block.top, self._width - 2 * MARGIN, HEADING)

    def places_in(self, top: int, bottom: int) -> Iterator[int]:
        """The places of which any part of the square lies in a strip from top to bottom (not included)."""
        for section in self._sections(top, bottom):
            block = self._blocks[section]
            first = max(0, (top - block.rows_top - self.side) // self.step + 1)
            last = max(first, -(-(bottom - block.rows_top) // self.step))
            start, end = (block.first + min(row * self.columns, block.count) for row in (first, last))
            yield from range(start, end)

    def squares_in(self, top: int, bottom: int) -> Iterator[tuple[int, int, int]]:
        """(place, left, top) of the same, for painting: nothing is built for each of thousands."""
        for section in self._sections(top, bottom):
            block = self._blocks[section]
            first = max(0, (top - block.rows_top - self.side) // self.step + 1)
            last = min(max(first, -(-(bottom - block.rows_top) // self.step)), -(-block.count // self.columns))
            for row in range(first, last):
                y = block.rows_top + row * self.step
                start = row * self.columns
                for column in range(min(self.columns, block.count - start)):
                    yield block.first + start + column, MARGIN + column * self.step, y

    def place_at(self, x: int, y: int) -> int | None:
        """The thumbnail under a point; None between them."""
        return next(iter(self.places_under(QRect(x, y, 1, 1))), None)

    def places_under(self, area: QRect) -> list[int]:
        """The thumbnails that an area touches, in order."""
        return [n for n in self.places_in(area.top(), area.top() + area.height()) if self.rect(n).intersects(area)]

    def after(self, place: int | None, across: int = 0, down: int = 0, to: int = 0) -> int:
        """Where a key leads: through all places in a row, up and down in a column, to the first (-1) or last (1)."""
        if place is None or to < 0:
            return 0
        if to > 0:
            return self.places - 1
        for _ in range(abs(down)):
            place = self._in_row(place, 1 if down > 0 else -1)
        return min(max(place + across, 0), self.places - 1)

    def _in_row(self, place: int, down: int) -> int:
        section = self._section(place)
        block = self._blocks[section]
        row, column = divmod(place - block.first, self.columns)
        last_row = (block.count - 1) // self.columns
        if 0 <= row + down <= last_row:
            return block.first + min((row + down) * self.columns + column, block.count - 1)
        following = section + down
        while 0 <= following < len(self._blocks) and not self._blocks[following].count:
            following += down
        if not 0 <= following < len(self._blocks):
            return place
        block = self._blocks[following]
        row = 0 if down > 0 else (block.count - 1) // self.columns
        return block.first + min(row * self.columns + column, block.count - 1)

    def _section(self, place: int) -> int:
        found = bisect_right(self._firsts, place) - 1
        while not self._blocks[found].count:  # an empty section begins where the next one does
            found -= 1
        return found

    def _sections(self, top: int, bottom: int) -> range:
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, max(bottom - 1, top)))
