"""The row under the chip: heat on or off, evidence for which classes, and how opaque."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QSlider, QToolButton, QWidget

from inspector.station.look.roles import pressed
from inspector.station.look.theme import icon

_HEIGHT = 32  # logical pixels: a target that a hand in a hurry meets


class HeatControls(QWidget):
    """`heat_asked(bool)`, `any_defect_asked(bool)` and `opacity_asked(float)` say what the operator wants."""

    heat_asked = Signal(bool)
    any_defect_asked = Signal(bool)
    opacity_asked = Signal(float)

    def __init__(self, opacity: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat_controls")
        self._heat = self._button("heat_button")
        self._judged = self._button("evidence_judged")
        self._any = self._button("evidence_any")
        self._judged.setChecked(True)
        self._views = QButtonGroup(self)
        self._views.addButton(self._judged)
        self._views.addButton(self._any)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("heat_opacity")
        self._slider.setRange(10, 100)
        self._slider.setValue(round(opacity * 100))
        self._slider.setMinimumWidth(64)
        self._slider.setMinimumHeight(_HEIGHT)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._heat, self._judged, self._any):
            row.addWidget(part)
        row.addWidget(self._slider, 1)
        for button in (self._heat, self._judged, self._any):
            button.toggled.connect(self._tint)
        self._heat.clicked.connect(self.heat_asked)
        self._any.toggled.connect(self.any_defect_asked)
        self._slider.valueChanged.connect(self._ask_opacity)
        self._retranslate()
        self._tint()

    def show_heat(self, visible: bool) -> None:
        """Show whether heat is on; the choices that it needs follow."""
        self._heat.setChecked(visible)

    def show_any_defect(self, any_defect: bool) -> None:
        """Show which evidence is chosen."""
        (self._any if any_defect else self._judged).setChecked(True)

    def show_opacity(self, opacity: float) -> None:
        self._slider.blockSignals(True)
        self._slider.setValue(round(opacity * 100))
        self._slider.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _ask_opacity(self, percent: int) -> None:
        self.opacity_asked.emit(percent / 100)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setMinimumHeight(_HEIGHT)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the review
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _tint(self) -> None:
        self._heat.setIcon(icon("heat"))
        for button in (self._heat, self._judged, self._any):
            palette = self.palette()
            if button.isChecked():
                palette.setColor(palette.ColorRole.Button, pressed(palette))
            button.setPalette(palette)

    def _retranslate(self) -> None:
        self._heat.setText(self.tr("Heat"))
        self._heat.setToolTip(self.tr("Show where the evidence lies (H, or hold H to peek)"))
        self._judged.setText(self.tr("Judged class"))
        self._judged.setToolTip(
            self.tr("Evidence for the class that the machine judged; on a chip judged good, for any defect (E)")
        )
        self._any.setText(self.tr("Any defect"))
        self._any.setToolTip(self.tr("The strongest evidence for any of the defect classes (E)"))
        self._slider.setToolTip(self.tr("Opacity of the heat"))
        for part in (self._heat, self._judged, self._any):
            part.setAccessibleName(part.text())
        self._slider.setAccessibleName(self.tr("Opacity of the heat"))
