"""Boxes around the fault of a drawn crimp terminal: where an inspector would point."""

from __future__ import annotations

import numpy as np

from inspector.imaging.synthetic.crimp import STRAND_LIMIT, TERMINALS, Measures, Terminal, judge_part
from inspector.imaging.synthetic.crimp_drawing import loose_strand_path
from inspector.imaging.synthetic.crimp_sheet import SIZE, Sheet
from inspector.wafer.manifest import Box

_MARGIN = 3.0  # px around what is boxed


def fault_boxes(m: Measures, product: str, sheet: Sheet) -> tuple[Box, ...]:
    """Boxes in px of the upright picture for the fault that names the part; none for a good part."""
    terminal = TERMINALS[product]
    if judge_part(m, product).class_name == "strand-out":
        out = [s for s in m.strands if s.reach >= STRAND_LIMIT]
        return tuple(_around(loose_strand_path(s, terminal), sheet) for s in out)
    region = _region(m, judge_part(m, product).class_name, terminal)
    return () if region is None else (_around(region, sheet),)


def _region(m: Measures, class_name: str, t: Terminal) -> list[tuple[float, float]] | None:
    """Two opposite corners, px from the axis."""
    start, end = t.barrel
    high = t.barrel_height * m.height
    match class_name:
        case "insulation-in":
            return [(start - 12, -high), (start + m.insulation + 4, high)]
        case "wire-short" | "no-wire":
            return [(max(min(end + m.brush, end) - 4, start - 14), -t.strands), (end + 12, t.strands)]
        case "wire-long":
            return [(end, -t.strands), (end + m.brush, t.strands)]
        case "open-barrel":
            outer = m.side * (high + 0.55 * (m.opening - 2.5))
            return [(start, m.side * -1.0), (end, outer)]
        case "over-crimp":
            longer = (1 - m.height) * 14
            return [(start - longer, -high - longer), (end + longer, high + longer)]
        case "bent":
            return [(end, -24), (t.contact + 60, 24)]
    return None


def _around(points: list[tuple[float, float]], sheet: Sheet) -> Box:
    xs = np.array([x for x, _ in points])
    ys = np.array([y for _, y in points])
    lows, highs = sheet.axis(xs) + ys.min(), sheet.axis(xs) + ys.max()
    if len(points) > 2:
        lows = highs = sheet.axis(xs) + ys
    left, right = float(xs.min()) - _MARGIN, float(xs.max()) + _MARGIN
    top, bottom = float(lows.min()) - _MARGIN, float(highs.max()) + _MARGIN
    return (left, top + SIZE[1] / 2, right - left, bottom - top)
