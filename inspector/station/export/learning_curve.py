"""A training's curve as it grows: its loss, and how many of the chips that were kept back it judges rightly."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from inspector.engine.events import EpochDone
from inspector.station.look import roles


class LearningCurve(QWidget):
    """Two plots with one axis of epochs: below each other, so that neither scale is mistaken for the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("learning_curve")
        self.setAccessibleName(self.tr("Curve of the training"))
        self._epochs: tuple[EpochDone, ...] = ()
        self._plots = [pyqtgraph.PlotWidget(self) for _ in range(2)]
        titles = [self.tr("Right on chips kept back, %"), self.tr("Loss")]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        for row, (title, plot) in enumerate(zip(titles, self._plots, strict=True)):
            label = QLabel(title, self)
            layout.addWidget(label, 2 * row, 0)
            layout.addWidget(plot, 2 * row + 1, 0)
            layout.setRowStretch(2 * row + 1, 3 - row)
            plot.setMinimumHeight(64)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(False, False)
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.getAxis("left").setWidth(48)
        self._legend = QLabel(self)
        self._legend.setObjectName("curve_legend")
        layout.addWidget(self._legend, 0, 0, Qt.AlignmentFlag.AlignRight)
        self._draw()

    def show_epochs(self, epochs: Sequence[EpochDone]) -> None:
        """Draw all epochs; the kept ones are marked."""
        self._epochs = tuple(epochs)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        palette = self.palette()
        ink, quiet, line = palette.color(QPalette.ColorRole.Text), roles.quiet(palette), roles.accent(palette)
        numbers = [e.epoch for e in self._epochs]
        for plot in self._plots:
            plot.clear()
            plot.setBackground(palette.color(QPalette.ColorRole.Base))
            for axis in ("left", "bottom"):
                plot.getAxis(axis).setPen(quiet)
                plot.getAxis(axis).setTextPen(ink)
            if numbers:
                plot.setXRange(1, max(numbers[-1], 2), padding=0.04)
        right, loss = self._plots
        verdict = [100 * e.pass_fail_accuracy for e in self._epochs]
        right.plot(numbers, verdict, pen=pyqtgraph.mkPen(line, width=2))
        dashed = pyqtgraph.mkPen(ink, width=1, style=Qt.PenStyle.DashLine)
        right.plot(numbers, [100 * e.accuracy for e in self._epochs], pen=dashed)
        kept = [(e.epoch, 100 * e.pass_fail_accuracy) for e in self._epochs if e.best]
        right.plot([x for x, _ in kept], [y for _, y in kept], pen=None, symbol="o", symbolSize=6, symbolBrush=line)
        loss.plot(numbers, [e.loss for e in self._epochs], pen=pyqtgraph.mkPen(ink, width=2))
        self._legend.setText(self.tr("━ pass/fail   ┄ class   ● kept"))
