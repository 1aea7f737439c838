"""Hands out a source's rows in order, as many at a time as are asked for; holds no more than a band beyond them."""

from __future__ import annotations

import numpy as np

from inspector.imaging.pixels import Pixels
from inspector.imaging.source import Source
from inspector.imaging.sources.image_header import cut_short


class RowReader:
    """Rows of an open source from top to bottom, each once."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        self._bands = iter(source.bands())
        self._held: list[Pixels] = []

    def rows(self, count: int) -> Pixels:
        """The next `count` rows, (count, W, C); ImageError where the source ends before."""
        while sum(map(len, self._held)) < count:
            band = next(self._bands, None)
            if band is None:
                raise cut_short(self._path, "it has fewer rows than its header says")
            self._held.append(band)
        held = self._held[0] if len(self._held) == 1 else np.concatenate(self._held)
        self._held = [held[count:]] if len(held) > count else []
        taken: Pixels = held[:count]
        return taken

    def close(self) -> None:
        """Stop reading; what the source's bands hold open is let go."""
        self._held = []
        closing = getattr(self._bands, "close", None)
        if closing is not None:
            closing()


def whole(source: Source) -> Pixels:
    """All rows of a source at once: for shots and chips, not for wafers."""
    reader = RowReader(source)
    try:
        return reader.rows(source.header.height)
    finally:
        reader.close()
