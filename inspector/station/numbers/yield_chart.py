"""Yield wafer by wafer, before and after review."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from inspector.exchange.figures.rates import Yield, yields
from inspector.exchange.figures.tally import WaferTally
from inspector.exchange.report.words import percent
from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.chart import Chart

_HEADER = (
    "wafer",
    "good_judged",
    "defect_judged",
    "yield_judged",
    "good_standing",
    "defect_standing",
    "yield_standing",
)
_Row = tuple[str, Yield, Yield]


def draw_yields(wafers: Sequence[WaferTally], canvas: Canvas) -> Chart:
    """wafers: in the order in which they were added."""
    rows = [(w.key.wafer, *yields(w.tally, w.recipe.class_set)) for w in wafers]
    rows = [row for row in rows if row[2].share is not None or row[1].share is not None]
    if not rows:
        return Chart(
            empty=QCoreApplication.translate("Numbers", "No wafer of this lot is judged yet: its yield comes with it.")
        )
    shares = [y.share for row in rows for y in row[1:] if y.share is not None]
    low = 100 * min(shares)
    low = max(0.0, low - 0.15 * (100 - low) - 0.5)
    canvas.ranges((-0.6, len(rows) - 0.4), (low, 100 + 0.04 * (100 - low)))
    canvas.columns([name for name, _, _ in rows])
    canvas.titles(left=QCoreApplication.translate("Numbers", "Yield, %"))
    canvas.measure("left", low, 100.0)
    for of_wafers, hollow in (([row[1] for row in rows], True), ([row[2] for row in rows], False)):
        found = [(n, 100 * one.share) for n, one in enumerate(of_wafers) if one.share is not None]
        x, y = [n for n, _ in found], [share for _, share in found]
        canvas.line(x, y, canvas.quiet, dashed=hollow)
        canvas.points(x, y, canvas.ink, hollow=hollow)
    canvas.tip = lambda x, y: _tip(rows, x)
    caption = QCoreApplication.translate(
        "Numbers", "Hollow: by the machine alone. Filled: after review. Yield is good / (good + defect)."
    )
    return Chart(caption, _HEADER, tuple(_figures(row) for row in rows))


def _tip(rows: Sequence[_Row], x: float) -> str:
    if not 0 <= round(x) < len(rows):
        return ""
    name, before, after = rows[round(x)]
    text = QCoreApplication.translate(
        "Numbers",
        "{wafer}: {before} by the machine alone, {after} after review: {good} good, {defect} defect, {none} open",
    )
    return text.format(
        wafer=name,
        before=percent(before.share),
        after=percent(after.share),
        good=f"{after.good:,}",
        defect=f"{after.defect:,}",
        none=f"{after.none:,}",
    )


def _figures(row: _Row) -> tuple[str | int | float, ...]:
    name, *both = row
    found: list[str | int | float] = [name]
    for one in both:
        found += [one.good, one.defect, "" if one.share is None else round(one.share, 6)]
    return tuple(found)
