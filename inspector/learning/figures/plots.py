"""Diagrams of an evaluation. Colours are those of Okabe and Ito, told apart by colour-blind eyes too."""

from __future__ import annotations

import io
import math
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from inspector.learning.figures.certainty import Bin, RiskCoverage
from inspector.learning.figures.evaluation import Evaluation
from inspector.learning.figures.groups import LotFigures
from inspector.learning.figures.structure import review
from inspector.wafer import scores

BLUE, ORANGE, GREEN, INK, QUIET, PALE = "#0072B2", "#D55E00", "#009E73", "#222222", "#6b6b6b", "#dcdcdc"
DPI = 150
PROMISE = 0.98  # of pass/fail accuracy, which every lot's box stays above
_FONTS = ("DejaVu Sans", "Noto Sans CJK JP", "Yu Gothic", "Meiryo", "Hiragino Sans", "IPAexGothic")


@contextmanager
def drawing() -> Generator[None, None, None]:
    """The fonts that are here, Japanese ones among them, and a dollar that is a dollar: draw and write in it."""
    here = {font.name for font in fontManager.ttflist}
    families = [name for name in _FONTS if name in here] or ["sans-serif"]
    with matplotlib.rc_context({"font.family": families, "text.parse_math": False}):
        yield


def png(figure: Figure) -> bytes:
    """A figure as a PNG file."""
    stream = io.BytesIO()
    FigureCanvasAgg(figure).print_png(stream)  # type: ignore[no-untyped-call]
    return stream.getvalue()


def calibration(bins: Sequence[Bin], ece: float | None) -> Figure:
    """How often the model was right against how sure it was, with exact 95 % bounds, over the number of chips."""
    figure = Figure(figsize=(6.4, 7.2), dpi=DPI, layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    _plain(upper, "right among these chips")
    upper.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    upper.annotate(
        "as sure as right",
        (0.06, 0.06),
        color=QUIET,
        rotation=45,
        rotation_mode="anchor",
        va="bottom",
        transform_rotates_text=True,
    )
    sure = [b.confidence for b in bins]
    right = [b.right / b.chips for b in bins]
    reach = [scores.exact_bounds(b.right, b.chips) for b in bins]
    upper.vlines(sure, [low for low, _ in reach], [high for _, high in reach], color=BLUE, linewidth=1.5, alpha=0.55)
    upper.plot(sure, right, "o", color=BLUE, markersize=6)
    upper.set(xlim=(0, 1.02), ylim=(-0.03, 1.04))
    known = "" if ece is None else f": expected error (ECE) {ece:.2%}"
    _title(figure, f"Calibration{known}", "Judged class; points with exact 95 % bounds")
    _percent_axes(upper, x=True, y=True)
    _plain(lower, "chips")
    lower.bar(
        [(b.low + b.high) / 2 for b in bins], [b.chips for b in bins], width=0.9 / 15, color=BLUE, alpha=0.75, log=True
    )
    lower.set_xlabel("probability of the judged class")
    lower.set_ylim(0.7, max([10.0, *(2.5 * b.chips for b in bins)]))
    lower.yaxis.set_major_locator(LogLocator(10, numticks=6))
    lower.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    lower.yaxis.set_minor_formatter(NullFormatter())
    return figure


def risk_coverage(verdict: RiskCoverage, named: RiskCoverage, found: Evaluation) -> Figure:
    """Errors that remain when only the surest chips are taken as judged; a point shows what the review queue does."""
    figure = Figure(figsize=(7.6, 4.8), dpi=DPI, layout="constrained")
    axes = figure.subplots()
    _plain(axes, "wrong among the chips taken as judged")
    top = 1.15 * max(0.001, float(named.risk.max()), float(verdict.risk.max()))
    taken = int((~found.queued).sum()) / found.chips
    first = [float(c.coverage[c.risk > 0][0]) if c.risk.any() else 1.0 for c in (verdict, named)]
    start = max(0.0, math.floor(10 * min(*first, taken) - 0.5) / 10)  # before the first error nothing is to be seen
    apart = 0.0 if named.risk[-1] - verdict.risk[-1] > 0.1 * top else 0.05 * top
    for curve, colour, name, shift in (
        (named, ORANGE, "wrong class", apart),
        (verdict, BLUE, "wrong pass/fail", -apart),
    ):
        axes.plot(curve.coverage, curve.risk, color=colour, linewidth=2, drawstyle="steps-post")
        words = f"{name}: {curve.risk[-1]:.2%} of all\n(area {curve.area:.3%})"
        end: dict[str, Any] = {"color": colour, "va": "center", "fontsize": 9, "annotation_clip": False}
        axes.annotate(words, (1.0, curve.risk[-1] + shift), (8, 0), textcoords="offset points", **end)
    axes.set(xlim=(start, 1.0), ylim=(0, top))
    _mark_queue(axes, found, taken)
    axes.set_xlabel("chips taken as judged, surest first")
    _percent_axes(axes, x=True, y=True)
    _title(figure, "What stays wrong when unsure chips go to a person", f"Risk against coverage, {found.chips:,} chips")
    return figure


def _mark_queue(axes: Axes, found: Evaluation, taken: float) -> None:
    """Where the review queue stands: the chips that it does not ask for, and the pass/fail errors among them."""
    asked = review(found)
    left = asked["errors"] - asked["errors_held"]
    if not taken:
        return
    at = (taken, left / (taken * found.chips))
    axes.plot(*at, "D", color=GREEN, markersize=7, zorder=5)
    errors = f"{left} of {asked['errors']} pass/fail errors left"
    words = f"with the review queue:\n{1 - taken:.1%} of chips asked for,\n{errors}"
    line = {"arrowstyle": "-", "color": GREEN, "linewidth": 0.8, "shrinkB": 5}
    where: dict[str, Any] = {"textcoords": "axes fraction", "ha": "left", "va": "center", "fontsize": 9}
    axes.annotate(words, at, (0.05, 0.62), color=GREEN, arrowprops=line, **where)


def lots(by_lot: Sequence[LotFigures]) -> Figure:
    """The paper's Fig. 8: a box per lot of its wafers' pass/fail accuracies, each wafer a point.

    Parts are wafers of one chip, each right or wrong: of these, a lot's accuracy is drawn with its exact 95 % bounds.
    """
    figure = Figure(figsize=(max(6.4, 2.2 + 0.36 * len(by_lot)), 5.0), dpi=DPI, layout="constrained")
    axes = figure.subplots()
    parts = all(lot.of_parts for lot in by_lot)
    _plain(axes, "pass/fail accuracy of a lot" if parts else "pass/fail accuracy of a wafer")
    lowest = _lot_points(axes, by_lot) if parts else _lot_boxes(axes, by_lot)
    axes.axhline(PROMISE, color=ORANGE, linewidth=1.2, linestyle=(0, (4, 3)))
    at_right: dict[str, Any] = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "annotation_clip": False,
    }
    axes.annotate(f"{PROMISE:.0%}", (1.0, PROMISE), (5, 0), color=ORANGE, va="center", **at_right)
    bottom = max(0.0, math.floor(100 * min(0.97, lowest - 0.005)) / 100)
    axes.set_ylim(bottom, 1.0 + 0.02 * (1.0 - bottom))
    steep = max(len(lot.lot) for lot in by_lot) * len(by_lot) > 60
    axes.set_xticks(range(1, len(by_lot) + 1), [lot.lot for lot in by_lot], rotation=90 if steep else 0)
    axes.set_xlim(0.3, len(by_lot) + 0.7)
    axes.set_xlabel("lot")
    _percent_axes(axes, y=True)
    below = sum((lot.whole.agreement if parts else lot.box[1]) < PROMISE for lot in by_lot)
    what = ("lot", "lots") if parts else ("box", "boxes")
    told = f"every {what[0]} above {PROMISE:.0%}" if not below else f"{below} {what[below > 1]} below {PROMISE:.0%}"
    number = f"{sum(len(lot.wafers) for lot in by_lot):,}"
    how = (
        f"{number} parts of {len(by_lot)} lots; exact 95 % bounds"
        if parts
        else (f"{number} wafers of {len(by_lot)} lots, a point each; whiskers to the extremes")
    )
    _title(figure, f"Pass/fail accuracy by lot: {told}", how)
    return figure


def _lot_boxes(axes: Axes, by_lot: Sequence[LotFigures]) -> float:
    """Draws them and returns the lowest wafer."""
    values = [[w.agreement for w in lot.wafers] for lot in by_lot]
    axes.boxplot(
        values,
        whis=(0, 100),
        widths=0.55,
        showfliers=False,
        patch_artist=True,
        boxprops={"facecolor": "#cfe3f1", "edgecolor": BLUE, "linewidth": 1.1},
        medianprops={"color": BLUE, "linewidth": 2},
        whiskerprops={"color": BLUE},
        capprops={"color": BLUE},
    )
    for place, agreements in enumerate(values, start=1):
        aside = np.linspace(-0.16, 0.16, len(agreements)) if len(agreements) > 1 else np.zeros(1)
        axes.plot(place + aside, agreements, "o", color=INK, markersize=2.6, alpha=0.55, markeredgewidth=0)
    return min(min(v) for v in values)


def _lot_points(axes: Axes, by_lot: Sequence[LotFigures]) -> float:
    """Draws them and returns the lowest bound."""
    reach = []
    for place, whole in enumerate((lot.whole for lot in by_lot), start=1):
        found, _, _, passed = whole.pass_fail
        low, high = scores.exact_bounds(found + passed, whole.chips)
        reach.append(low)
        axes.vlines([place], [low], [high], color=BLUE, linewidth=1.5, alpha=0.55)
        axes.plot([place], [whole.agreement], "o", color=BLUE, markersize=5)
    return min(reach)


def _plain(axes: Axes, y_label: str) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(QUIET)
    axes.tick_params(colors=INK, labelsize=9)
    axes.grid(axis="y", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_ylabel(y_label, color=INK)


def _percent_axes(axes: Axes, x: bool = False, y: bool = False) -> None:
    def words(value: float, _: object) -> str:
        return f"{100 * value:.4g} %"

    if x:
        axes.xaxis.set_major_formatter(FuncFormatter(words))
    if y:
        axes.yaxis.set_major_formatter(FuncFormatter(words))


def _title(figure: Figure, title: str, below: str) -> None:
    figure.suptitle(f"{title}\n\n", x=0.02, ha="left", fontsize=12, fontweight="bold", color=INK)
    height = figure.get_figheight() * 72
    figure.text(0.02, 1 - 26 / height, below, ha="left", va="top", fontsize=9, color=QUIET)
