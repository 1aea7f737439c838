"""What a chart says besides its picture: its caption, the table behind it, and what to say where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from inspector.station.numbers.canvas import Canvas

Cell = str | int | float


@dataclass(frozen=True)
class Chart:
    """caption: what to read from it, one or two sentences. header, rows: the figures behind it, as CSV takes them.

    empty: why there is nothing to see, and what to do about it; then nothing else is shown.
    """

    caption: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = field(default=())
    empty: str = ""


Draw = Callable[[Canvas], Chart]  # draws on an empty canvas
