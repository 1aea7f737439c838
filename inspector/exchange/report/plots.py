"""The report's plots, by matplotlib: Pareto charts and the paper's Fig. 8, as SVG whose text the browser sets."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from inspector.exchange.figures.rates import Bar, LotAgreement

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOTS_ABREAST = 12
FEW = 20  # decided chips below which a wafer's point is drawn hollow
BOXED = 3  # points from which on a box says more than the points alone
_INK, _QUIET, _PALE = "#1a1a1a", "#6b6b6b", "#dfe6ec"
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: the browser has the faces that this machine may lack
    "text.parse_math": False,  # a lot's name may hold a dollar sign
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine measures alike
    "font.size": 8,
    "axes.linewidth": 0.6,
    "axes.edgecolor": _QUIET,
    "xtick.color": _QUIET,
    "ytick.color": _QUIET,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "axes.labelcolor": _QUIET,
}


@contextmanager
def _drawing(width: float, height: float, salt: str) -> Generator[Figure, None, None]:
    """A figure of this many inches, in the report's own settings. salt: makes the ids of this plot its own."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({**_SETTINGS, "svg.hashsalt": salt}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)  # only measured with it
        yield Figure(figsize=(width, height))


def _svg(figure: Figure, label: str) -> Markup:
    """The figure as an inline element: no date, no face of this machine, no ids but those that are referred to."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r' id="[A-Za-z0-9]+_\d+"', "", text)
    text = re.sub(r"font(-family)?: (\d+px )?'DejaVu Sans'", lambda m: f"font-size: {m[2]}" if m[2] else "", text)
    naming = Markup('<svg role="img" aria-label="{}"').format(label)
    return Markup(text.replace("<svg", naming, 1).strip())


def pareto_chart(bars: Sequence[Bar[str]], colours: Sequence[str], words: dict[str, str], salt: str) -> Markup:
    """Bars in the order given, with the cumulative line from corner to corner. A name is its sign, a line break and
    its words. words: "count", "share" (axis titles), "label".
    """
    from matplotlib.ticker import MaxNLocator

    count = max(len(bars), 3)
    width = min(7.2, 1.15 + 0.52 * count)
    room = int((width - 1.15) / count * 72 / 4.1)  # columns of small type under a bar
    with _drawing(width, 2.5, salt) as figure:
        axes = figure.add_axes((0.58 / width, 0.27, 1 - 1.15 / width, 0.68))
        whole = sum(bar.count for bar in bars)
        places, half = range(len(bars)), 0.32
        axes.bar(places, [b.count for b in bars], 2 * half, color=list(colours), edgecolor=_INK, linewidth=0.6)
        for place, bar in enumerate(bars):
            axes.annotate(f"{bar.count:,}", (place, bar.count), (0, 2), textcoords="offset points", ha="center")
        axes.set_ylim(0, 1.1 * whole)
        axes.set_xlim(-0.6, count - 0.4)
        axes.set_xticks(places, [_under(bar.name, room) for bar in bars], fontsize=7.5)
        axes.set_ylabel(words["count"])
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.spines["right"].set_visible(False)
        share = axes.twinx()
        corners = [place + half for place in places]
        shares = [100 * b.cumulative for b in bars]
        share.plot([-half, *corners], [0.0, *shares], color=_INK, linewidth=0.9)
        share.plot(corners, shares, "o", color=_INK, markersize=3)
        share.set_ylim(0, 110)
        share.set_yticks(range(0, 101, 25), [f"{n} %" for n in range(0, 101, 25)])
        share.set_ylabel(words["share"])
        for side in (axes, share):
            _plain(side)
        return _svg(figure, words["label"])


def _under(name: str, room: int) -> str:
    sign, _, title = name.partition("\n")
    return f"{sign}\n{wrapped(title, room)}"


def agreement_boxes(lots: Sequence[LotAgreement], names: Sequence[str], words: dict[str, str], salt: str) -> Markup:
    """Pass/fail agreement per lot: a box over the wafers, and every wafer as a point, hollow where few chips stand
    behind it. names: what stands under each lot. words: "axis", "none" (a lot without decisions), "label".
    """
    width = 7.2 if len(lots) > 3 else 1.2 + 1.5 * len(lots)
    with _drawing(width, 2.7, salt) as figure:
        axes = figure.add_axes((0.6 / width, 0.2, 1 - 0.7 / width, 0.75))
        low = _axis_start([rate.share or 0.0 for lot in lots for rate in lot.points])
        for place, lot in enumerate(lots):
            _lot_column(axes, place, lot, words["none"], low)
        axes.axhline(98, color=_INK, linewidth=0.7, dashes=(4, 3), zorder=0.9)
        axes.set_ylim(low, 100 + 0.03 * (100 - low))
        axes.set_xlim(-0.6, len(lots) - 0.4)
        axes.set_xticks(range(len(lots)), list(names), fontsize=7.5, linespacing=1.4)
        ticks = [*range(int(low), 101, 2 if low >= 90 else 10)]
        axes.set_yticks(ticks, [f"{n} %" for n in ticks])
        axes.set_ylabel(words["axis"])
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.5)
        axes.set_axisbelow(True)
        axes.spines["right"].set_visible(False)
        _plain(axes)
        return _svg(figure, words["label"])


def _lot_column(axes: Axes, place: int, lot: LotAgreement, none: str, low: float) -> None:
    values = [100 * (rate.share or 0.0) for rate in lot.points]
    if not values:
        axes.text(place, (low + 100) / 2, none, ha="center", va="center", rotation=90, color=_QUIET)
        return
    if len(values) >= BOXED:
        axes.boxplot(
            values,
            positions=[place],
            widths=0.5,
            showfliers=False,
            patch_artist=True,
            manage_ticks=False,
            boxprops={"facecolor": _PALE, "edgecolor": _INK, "linewidth": 0.8},
            medianprops={"color": _INK, "linewidth": 1.8},
            whiskerprops={"color": _INK, "linewidth": 0.8},
            capprops={"color": _INK, "linewidth": 0.8},
        )
    for number, (value, rate) in enumerate(zip(values, lot.points, strict=True)):
        aside = 0.16 * (number % 5 - 2) / 2 if len(values) > 1 else 0.0  # so that equal wafers do not hide each other
        face = "white" if rate.trials < FEW else "#0072B2"
        axes.plot(place + aside, value, "o", markersize=4, markerfacecolor=face, markeredgecolor="#0072B2", zorder=3)


def _axis_start(shares: Sequence[float]) -> float:
    """90 % as in the paper, or the ten below the lowest wafer."""
    lowest = 100 * min(shares, default=1.0)
    return 90.0 if lowest >= 90 else max(0.0, (lowest - 1) // 10 * 10)


def _plain(axes: Axes) -> None:
    axes.spines["top"].set_visible(False)
    axes.tick_params(length=2, width=0.6)
    axes.set_facecolor("none")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, width: int) -> str:
    """Text of at most this many columns; a wide character takes two."""
    if _columns(text) <= width:
        return text
    kept = ""
    for c in text:
        if _columns(kept + c) > width - 1:
            break
        kept += c
    return kept + "…"


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """Text in lines of at most this many columns, broken at spaces and hyphens where there are any."""
    found = [""]
    for word in re.findall(r"[^\s-]+[\s-]*|-+", text):
        for piece in [word] if _columns(word.rstrip()) <= width else list(word):
            if found[-1] and _columns(found[-1] + piece.rstrip()) > width:
                found.append("")
            found[-1] += piece
    kept = [line.rstrip() for line in found[:lines]]
    if len(found) > lines:
        kept[-1] = shortened(kept[-1] + "……", width)
    return "\n".join(kept)
