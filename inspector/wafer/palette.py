"""Default class colours and glyphs: Okabe-Ito, told apart by colour-blind eyes; blue-green is good, warm is defect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

GOOD = ("#009E73", "#56B4E9", "#0072B2", "#9FB6CC")
DEFECT = ("#D55E00", "#E69F00", "#CC79A7", "#B22222", "#F0E442", "#8C564B", "#E377C2")
CLASSIC_GOOD = ("#1E8A3C", "#6CC26B", "#0B5D2A", "#A9D18E")  # for those who tell green from red
CLASSIC_DEFECT = ("#C8102E", "#FF7A59", "#8B0A3D", "#E34A8A", "#A63A00", "#F2A38A", "#5C0A0A")
GLYPHS = ("●", "／", "▲", "■", "◆", "✚", "▼")


def good_colours() -> Iterator[str]:
    return cycle(GOOD)


def defect_colours() -> Iterator[str]:
    return cycle(DEFECT)


def defect_glyphs() -> Iterator[str]:
    return cycle(GLYPHS)
