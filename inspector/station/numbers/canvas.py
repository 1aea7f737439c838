"""The ground that every plot is drawn on: pyqtgraph, in the window's own colours and type."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from inspector.station.look import roles, theme

_LEAST_HEIGHT = 240
_ROW = 24  # logical pixels of a row of bars
_AXES = 56  # logical pixels below the rows: ticks and title
_NAME_GAP = 16
_LONGEST_NAME = 224

_TICKS = 5
_STEPS = (1, 2, 5, 10)

Ends = tuple[float, float]


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


class Canvas(QWidget):
    """Draws what it is told in plot units and forgets it at `clear`. resized: names may need another density."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tip: Callable[[float, float], str] = lambda x, y: ""
        self._widget: Any = pg.PlotWidget(self, background=None)
        self._plot: Any = self._widget.getPlotItem()
        self._plot.hideButtons()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._widget.setFrameShape(self._widget.Shape.NoFrame)
        self._widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._widget.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._widget)
        self.setMinimumHeight(_LEAST_HEIGHT)

    @property
    def ink(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.WindowText)

    @property
    def quiet(self) -> QColor:
        return roles.quiet(self.palette())

    @property
    def accent(self) -> QColor:
        return roles.accent(self.palette())

    def close_plot(self) -> None:
        """pyqtgraph keeps scenes alive unless it is told that they end."""
        self._widget.viewport().removeEventFilter(self)
        self._widget.close()

    def clear(self) -> None:
        """An empty ground with axes in the palette's colours of now."""
        self._plot.clear()
        self._widget.resetCachedContent()  # the ground is painted once, in the palette of then
        self._plot.invertY(False)
        line = QPen(self.quiet)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(line)
            axis.setTextPen(self.ink)
            axis.setStyle(tickFont=theme.text_font(), tickLength=-4, autoExpandTextSpace=True)
            axis.setTicks(None)
            axis.showLabel(False)
            axis.setStyle(hideOverlappingLabels=False)
            axis.setGrid(False)
            axis.setZValue(-1)  # grid lines lie behind what is drawn
        self._plot.getAxis("left").setWidth(None)
        self.tip = lambda x, y: ""
        self.setMinimumHeight(_LEAST_HEIGHT)

    def titles(self, left: str = "", bottom: str = "") -> None:
        """What the axes count."""
        for side, text in (("left", left), ("bottom", bottom)):
            if text:
                axis = self._plot.getAxis(side)
                axis.enableAutoSIPrefix(False)
                axis.setLabel(text, color=self.quiet.name())
                axis.label.setFont(theme.text_font())

    def ranges(self, x: Ends, y: Ends) -> None:
        self._plot.setXRange(*x, padding=0)
        self._plot.setYRange(*y, padding=0)

    def ticks(self, side: str, values: Sequence[tuple[float, str]]) -> None:
        self._plot.getAxis(side).setTicks([list(values), []])

    def measure(self, side: str, low: float, high: float) -> None:
        """Round numbers along a side, with a faint line across at each."""
        step = _round_step((high - low) / _TICKS)
        first, last = math.ceil(low / step), math.floor(high / step)
        places = 0 if step >= 1 else math.ceil(-math.log10(step))
        self.ticks(side, [(n * step, f"{n * step:,.{places}f}") for n in range(first, last + 1)])
        self._plot.getAxis(side).setGrid(40)

    def rows(self, names: Sequence[str]) -> None:
        """Names down the left side; row n lies at y = n, the first on top."""
        self._plot.invertY(True)
        metrics = QFontMetrics(theme.text_font())
        elided = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST_NAME) for name in names]
        axis = self._plot.getAxis("left")
        axis.setTicks([list(enumerate(elided))])
        axis.setStyle(tickLength=0)
        axis.setWidth(max((metrics.horizontalAdvance(name) for name in elided), default=0) + 12)
        self.setMinimumHeight(max(_LEAST_HEIGHT, _ROW * len(names) + _AXES))

    def columns(self, names: Sequence[str]) -> None:
        """Names along the bottom, at x = 0, 1, ...; as many of them as find room."""
        metrics = QFontMetrics(theme.text_font())
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        widest = min(widest, _LONGEST_NAME) + _NAME_GAP
        room = max(self.width() - 80, widest)
        every = max(1, -(-len(names) * widest // room))
        shown = [
            (n, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _LONGEST_NAME))
            for n, name in enumerate(names)
            if n % every == 0
        ]
        self._plot.getAxis("bottom").setTicks([shown])

    def bars_across(self, rows: Sequence[float], ends: Sequence[float], colours: Sequence[str], hollow: bool) -> None:
        """Bars from 0 to `ends`, each two fifths of a row high; hollow: outlines only."""
        self._add(
            pg.BarGraphItem(
                x0=[0.0] * len(rows),
                y=list(rows),
                height=0.38,
                width=list(ends),
                brushes=[QBrush(Qt.BrushStyle.NoBrush) if hollow else QBrush(QColor(c)) for c in colours],
                pens=[self.pen(QColor(c), 1.5) for c in colours],
            )
        )

    def bars_up(self, edges: Sequence[Ends], heights: Sequence[float], base: float, colour: QColor) -> None:
        """Bars side by side from `base` up, each between its edges."""
        self._add(
            pg.BarGraphItem(
                x0=[low for low, _ in edges],
                x1=[high for _, high in edges],
                y0=[base] * len(edges),
                height=[h - base for h in heights],
                brush=QBrush(colour),
                pen=self.pen(self.palette().color(QPalette.ColorRole.Window), 1),
            )
        )

    def points(
        self, x: Sequence[float], y: Sequence[float], colour: QColor, *, hollow: bool = False, large: bool = False
    ) -> None:
        self._add(
            pg.ScatterPlotItem(
                x=list(x),
                y=list(y),
                symbol="d" if large else "o",
                size=14 if large else 8,
                pen=self.pen(colour, 1.5),
                brush=QBrush(self.palette().color(QPalette.ColorRole.Window)) if hollow else QBrush(colour),
            )
        )

    def line(self, x: Sequence[float], y: Sequence[float], colour: QColor, *, dashed: bool = False) -> None:
        self._add(pg.PlotCurveItem(list(x), list(y), pen=self.pen(colour, 1.2, dashed=dashed), antialias=True))

    def steps(self, heights: Sequence[float], colour: QColor) -> None:
        """A level for each column, half a column to either side of its place."""
        edges = [n - 0.5 for n in range(len(heights) + 1)]
        self._add(pg.PlotCurveItem(edges, list(heights), stepMode="center", pen=self.pen(colour, 1.2)))

    def upright(self, x: float, colour: QColor, *, dashed: bool = True) -> None:
        """A line over the whole height."""
        self._add(pg.InfiniteLine(x, angle=90, pen=self.pen(colour, 1.5, dashed=dashed)))

    def mark(self, x: float, y: float, half: float, colour: QColor) -> None:
        """A short upright stroke across a row, such as a target."""
        self._add(pg.PlotCurveItem([x, x], [y - half, y + half], pen=self.pen(colour, 2.5)))

    def note(self, x: float, y: float, text: str, anchor: Ends, colour: QColor | None = None) -> None:
        """Text beside a place. anchor: which part of the text lies there, (0, 0) its top left."""
        item = pg.TextItem(text, color=colour or self.ink, anchor=anchor)
        item.setFont(theme.text_font())
        self._plot.addItem(item, ignoreBounds=True)
        item.setPos(x, y)

    @staticmethod
    def pen(colour: QColor, width: float, *, dashed: bool = False) -> QPen:
        """A pen whose width is in pixels, whatever the plot's units are."""
        pen = QPen(colour, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        pen.setCosmetic(True)
        return pen

    def _add(self, item: Any) -> None:
        self._plot.addItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page; resting on a place says what it counts."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place: QPointF = self._plot.getViewBox().mapSceneToView(self._widget.mapToScene(event.pos()))
            QToolTip.showText(event.globalPos(), self.tip(place.x(), place.y()), self)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
