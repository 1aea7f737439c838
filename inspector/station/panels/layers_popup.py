"""How much of each layer is seen over the wafer: outlines, answers, heat."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QSlider, QWidget

from inspector.station.map.map_looks import MapLooks
from inspector.station.map.wafer_map import WaferMap
from inspector.station.panels.popup import make_popup

_ROW = 32


class LayersPopup(QFrame):
    """One slider a layer; heat has a switch as well, because it takes the place of the answers' tint."""

    def __init__(self, wafer_map: WaferMap, parent: QWidget) -> None:
        super().__init__(parent)
        make_popup(self, "layers_popup")
        self._map = wafer_map
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(12)
        self._sliders = {
            "outlines": self._add("outlines", self.tr("Outlines")),
            "answers": self._add("answers", self.tr("Answers")),
            "heat": self._add("heat", self.tr("Heat")),
        }
        self._heat = QCheckBox(self.tr("Show heat (Ctrl+H)"), self)
        self._heat.setObjectName("layer_heat_on")
        self._heat.setMinimumHeight(_ROW)
        self._heat.setToolTip(self.tr("Small chips show P(defect), larger ones where the evidence lies"))
        self._heat.clicked.connect(wafer_map.set_heat_visible)
        self._grid.addWidget(self._heat, self._grid.rowCount(), 0, 1, 3)
        wafer_map.looks_changed.connect(self._show_looks)
        wafer_map.heat_toggled.connect(self._heat.setChecked)
        self._heat.setChecked(wafer_map.heat_visible)
        self._show_looks(wafer_map.looks)

    def _add(self, name: str, words: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(f"layer_{name}")
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setMinimumSize(160, _ROW)
        slider.setAccessibleName(self.tr("Opacity: {layer}").format(layer=words))
        percent = QLabel(self)
        percent.setMinimumWidth(48)
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = self._grid.rowCount()
        for column, widget in enumerate((QLabel(words, self), slider, percent)):
            self._grid.addWidget(widget, row, column)
        slider.valueChanged.connect(lambda value: percent.setText(f"{value} %"))
        slider.valueChanged.connect(self._take)
        return slider

    def _take(self) -> None:
        outlines, answers, heat = (self._sliders[name].value() / 100 for name in ("outlines", "answers", "heat"))
        self._map.set_looks(replace(self._map.looks, outlines=outlines, answers=answers, heat=heat))

    def _show_looks(self, looks: MapLooks) -> None:
        for name, opacity in (("outlines", looks.outlines), ("answers", looks.answers), ("heat", looks.heat)):
            slider = self._sliders[name]
            if slider.value() != round(opacity * 100):
                slider.setValue(round(opacity * 100))
