"""The p-chart: how often people gave another class than the machine, lot by lot, and which lots stand out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from inspector.exchange.figures.history import LotOverrides
from inspector.exchange.report.words import percent
from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.chart import Chart
from inspector.wafer.control_chart import LEAST, Alarm, ChartPoint, PChart, p_chart

LOTS_SHOWN = 50  # the newest ones
_HEADER = (
    "lot",
    "overridden",
    "decided",
    "override_rate",
    "lower_limit",
    "upper_limit",
    "centre",
    "alarms",
    "escapes_found",
    "judged_good",
    "overkills_found",
    "judged_defect",
)


def draw_overrides(lots: Sequence[LotOverrides], canvas: Canvas) -> Chart:
    """lots: in the order in which they came."""
    known = {lot.lot: lot for lot in lots if lot.overridden.trials}
    shown = [known[name] for name in list(known)[-LOTS_SHOWN:]]
    rates = [(lot.lot, lot.overridden.events, lot.overridden.trials) for lot in shown]
    chart = p_chart(rates)
    if chart.centre is None:
        return Chart(
            empty=QCoreApplication.translate(
                "Numbers",
                "Nobody has confirmed or changed a judged chip yet: each lot gets its point with the first.",
            )
        )
    _draw(chart, chart.centre, canvas)
    rows = tuple(_row(point, lot, chart.centre) for point, lot in zip(chart.points, shown, strict=True))
    return Chart(_caption(chart), _HEADER, rows)


def _draw(chart: PChart, centre: float, canvas: Canvas) -> None:
    points = chart.points
    places = range(len(points))
    top = max(max(p.high, p.share) for p in points)
    canvas.ranges((-0.6, len(points) - 0.4), (0.0, 112 * top))
    canvas.columns([p.name for p in points])
    canvas.titles(left=QCoreApplication.translate("Numbers", "Overridden, %"))
    canvas.measure("left", 0.0, 108 * top)
    canvas.steps([100 * p.high for p in points], canvas.quiet)
    canvas.steps([100 * p.low for p in points], canvas.quiet)
    canvas.line([-0.5, len(points) - 0.5], [100 * centre] * 2, canvas.quiet, dashed=True)
    canvas.line(list(places), [100 * p.share for p in points], canvas.quiet)
    for judged in (True, False):
        some = [n for n in places if points[n].judged is judged and not points[n].alarms]
        canvas.points(some, [100 * points[n].share for n in some], canvas.ink, hollow=not judged)
    loud = [n for n in places if points[n].alarms]
    canvas.points(loud, [100 * points[n].share for n in loud], canvas.accent, large=True)
    for n in loud:
        canvas.note(n, 100 * points[n].share, points[n].name, (0.5, 1.2))
    canvas.tip = lambda x, y: _tip(points, x)


def _tip(points: Sequence[ChartPoint], x: float) -> str:
    if not 0 <= round(x) < len(points):
        return ""
    point = points[round(x)]
    text = QCoreApplication.translate(
        "Numbers", "{lot}: {part} of {whole} decided chips overridden, {share}; limits {low} to {high}"
    ).format(
        lot=point.name,
        part=f"{point.events:,}",
        whole=f"{point.trials:,}",
        share=percent(point.share),
        low=percent(point.low),
        high=percent(point.high),
    )
    return "\n".join([text, *(alarm_words(alarm) for alarm in point.alarms)])


def alarm_words(alarm: Alarm) -> str:
    """Why a lot stands out."""
    return {
        Alarm.ABOVE: QCoreApplication.translate("Numbers", "above its limit"),
        Alarm.BELOW: QCoreApplication.translate("Numbers", "below its limit"),
        Alarm.RUN_ABOVE: QCoreApplication.translate("Numbers", "the eighth or a later lot in a row above the centre"),
        Alarm.RUN_BELOW: QCoreApplication.translate("Numbers", "the eighth or a later lot in a row below the centre"),
    }[alarm]


def _caption(chart: PChart) -> str:
    if not any(point.judged for point in chart.points):
        text = QCoreApplication.translate(
            "Numbers", "No lot has {least} decided chips yet: with fewer, chance alone is too coarse for an alarm."
        )
        return text.format(least=LEAST)
    loud = chart.out_of_control
    if not loud:
        text = QCoreApplication.translate(
            "Numbers", "No lot of {least} decided chips or more stands out: these vary by chance alone."
        )
        text = text.format(least=LEAST)
    else:
        brackets = QCoreApplication.translate("Numbers", "{lot} ({why})")
        comma = QCoreApplication.translate("Numbers", ", ")
        named = [brackets.format(lot=p.name, why=comma.join(map(alarm_words, p.alarms))) for p in loud]
        text = QCoreApplication.translate("Numbers", "Out of control: {lots}.").format(lots=comma.join(named))
    if all(point.judged for point in chart.points):
        return text
    hollow = QCoreApplication.translate("Numbers", "Hollow: fewer than {least} chips, too few for an alarm.")
    return f"{text} {hollow.format(least=LEAST)}"


def _row(point: ChartPoint, lot: LotOverrides, centre: float) -> tuple[str | int | float, ...]:
    return (
        point.name,
        point.events,
        point.trials,
        round(point.share, 6),
        round(point.low, 6),
        round(point.high, 6),
        round(centre, 6),
        " ".join(point.alarms),
        lot.escapes.events,
        lot.escapes.trials,
        lot.overkills.events,
        lot.overkills.trials,
    )
