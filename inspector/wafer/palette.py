"""Default class colours and glyphs: Okabe-Ito, told apart by colour-blind eyes; blue-green is good, warm is defect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

GOOD = ("#009E73", "#56B4E9", "#0072B2", "#9FB6CC")
DEFECT = ("#D55E00", "#E69F00", "#CC79A7", "#B22222", "#F0E442", "#8C564B", "#E377C2")
GLYPHS = ("●", "／", "▲", "■", "◆", "✚", "▼")


def good_colours() -> Iterator[str]:
    return cycle(GOOD)


def defect_colours() -> Iterator[str]:
    return cycle(DEFECT)


def defect_glyphs() -> Iterator[str]:
    return cycle(GLYPHS)
