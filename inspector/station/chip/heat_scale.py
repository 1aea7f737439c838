"""The scale bar beside the chip: which colour means how much evidence, the same for every chip of a model."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.imaging.heat import scale_bar
from inspector.station.look.roles import quiet
from inspector.station.map.tiles import to_qimage

_BAR = 14.0  # logical pixels
_STEPS = 256


class HeatScale(QWidget):
    """An upright bar from cold to the top of the model's fixed scale, with the scale's limits in the model's units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat_scale")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._bar: QImage = to_qimage(scale_bar(_STEPS))
        self._limits: tuple[float, float] | None = None
        self._shown = True
        self._retranslate()

    def set_limits(self, limits: tuple[float, float] | None) -> None:
        """(low, high) in the model's units of evidence; None where nothing was judged."""
        if limits != self._limits:
            self._limits = limits
            self._retranslate()
            self.update()

    def set_shown(self, shown: bool) -> None:
        """Pale while no heat is shown; it keeps its place so that the chip does not jump."""
        self._shown = shown
        self.update()

    def labels(self) -> tuple[str, str]:
        """What stands at the top and at the bottom."""
        if self._limits is None:
            return self.tr("hot"), self.tr("cold")
        low, high = self._limits
        return self.tr("hot") + f"\n{high:.3g}", f"{low:.3g}\n" + self.tr("cold")

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        words = [line for label in self.labels() for line in label.split("\n")]
        return QSize(round(max(_BAR, *(metrics.horizontalAdvance(word) for word in words))) + 8, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 96)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top, bottom = self.labels()
        line = QFontMetricsF(self.font()).lineSpacing()
        above, below = line * (top.count("\n") + 1), line * (bottom.count("\n") + 1)
        area = QRectF(self.rect())
        painter.setPen(quiet(self.palette()))
        centre = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(area.left(), area.top(), area.width(), above), centre, top)
        painter.drawText(QRectF(area.left(), area.bottom() - below, area.width(), below), centre, bottom)
        bar = QRectF(area.center().x() - _BAR / 2, above + 4, _BAR, max(1.0, area.height() - above - below - 8))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1.0 if self._shown else 0.35)
        painter.drawImage(bar, self._bar)
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.updateGeometry()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Heat scale"))
        text = self.tr("Evidence on the model's fixed scale: the same colours mean the same for every chip.")
        if self._limits is not None:
            low, high = self._limits
            text += " " + self.tr("It runs from {low} to {high} in the model's own units.").format(
                low=f"{low:.3g}", high=f"{high:.3g}"
            )
        self.setToolTip(text)
        self.setAccessibleDescription(text)
