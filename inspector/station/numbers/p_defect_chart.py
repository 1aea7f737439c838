"""How sure the machine is: P(defect) of all judged chips, with the limits between which a person is asked."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from inspector.exchange.figures.tally import P_BINS, Tally
from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.chart import Chart

_BASE = -0.3  # of the logarithm: one chip still shows as a bar


def draw_p_defect(tally: Tally, canvas: Canvas) -> Chart:
    """A histogram with a logarithmic count: the few chips near the limits matter as much as the thousands at 0."""
    counts = [tally.p_defect[n] for n in range(P_BINS)]
    if not any(counts):
        return Chart(
            empty=QCoreApplication.translate("Numbers", "No chip of this lot is judged yet: the bars come with it.")
        )
    there = [n for n in range(P_BINS) if counts[n]]
    highest = math.log10(max(counts))
    canvas.ranges((-0.01, 1.01), (_BASE, highest + 0.45))
    canvas.ticks("bottom", [(n / 10, f"{n / 10:.1f}") for n in range(0, 11, 2)])
    canvas.ticks("left", [(n, f"{10**n:,}") for n in range(math.ceil(highest) + 1)])
    canvas.titles(
        QCoreApplication.translate("Numbers", "Chips (logarithmic)"),
        QCoreApplication.translate("Numbers", "P(defect)"),
    )
    edges = [(n / P_BINS, (n + 1) / P_BINS) for n in there]
    canvas.bars_up(edges, [math.log10(counts[n]) for n in there], _BASE, canvas.quiet)
    for limits, _ in tally.limits.most_common(1):
        canvas.upright(limits.low, canvas.accent)
        canvas.upright(limits.high, canvas.accent)
        asked = QCoreApplication.translate("Numbers", "borderline: {low} to {high}")
        text = asked.format(low=f"{limits.low:.3g}", high=f"{limits.high:.3g}")
        canvas.note((limits.low + limits.high) / 2, highest + 0.42, text, (0.5, 0), canvas.accent)
    canvas.tip = lambda x, y: _tip(counts, x)
    return Chart(
        _caption(tally),
        ("from", "to", "chips"),
        tuple((n / P_BINS, (n + 1) / P_BINS, counts[n]) for n in range(P_BINS)),
    )


def _tip(counts: list[int], x: float) -> str:
    place = int(x * P_BINS)
    if not 0 <= place < P_BINS:
        return ""
    text = QCoreApplication.translate("Numbers", "{chips} chips with P(defect) from {low} to {high}")
    return text.format(chips=f"{counts[place]:,}", low=f"{place / P_BINS:.2f}", high=f"{(place + 1) / P_BINS:.2f}")


def _caption(tally: Tally) -> str:
    text = QCoreApplication.translate(
        "Numbers", "Between the dashed limits a person is asked; above them are defects, which are looked at too."
    )
    if len(tally.limits) > 1:
        text += " " + QCoreApplication.translate(
            "Numbers", "The chips were judged with {count} different pairs of limits; the most frequent one is drawn."
        ).format(count=len(tally.limits))
    return text
