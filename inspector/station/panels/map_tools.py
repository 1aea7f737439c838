"""The three small buttons over the wafer's upper right corner: layers, window and level, turn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from inspector.station.look.theme import icon
from inspector.station.map.wafer_map import WaferMap
from inspector.station.panels.grey_popup import GreyPopup
from inspector.station.panels.layers_popup import LayersPopup
from inspector.station.panels.popup import show_under
from inspector.station.state.session import Session

_SIDE = 32
_GAP = 12
_LEAST_MAP = 360  # logical pixels: a smaller map is an overview, and the menu does the same


class MapTools(QFrame):
    """Lies over the map and stays in its corner; hidden on a small map and while no wafer is open."""

    def __init__(self, session: Session, wafer_map: WaferMap) -> None:
        super().__init__(wafer_map)
        self.setObjectName("map_tools")
        self.setAutoFillBackground(True)
        self._session = session
        self._map = wafer_map
        self.layers = LayersPopup(wafer_map, self)
        self.grey = GreyPopup(session, wafer_map, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons = {
            "layers": self._button("layers", self.tr("Layers and their opacity (L)")),
            "contrast": self._button("contrast", self.tr("Window and level of grey images (W)")),
            "turn": self._button("turn", self.tr("Turn the view by 90° (Ctrl+R); chips keep their names")),
        }
        self._buttons["layers"].clicked.connect(self.show_layers)
        self._buttons["contrast"].clicked.connect(self.show_grey)
        self._buttons["turn"].clicked.connect(wafer_map.turn_right)
        for button in self._buttons.values():
            row.addWidget(button)
        self._tint()
        wafer_map.installEventFilter(self)
        session.wafer_opened.connect(self._place)
        self._place()

    def show_layers(self) -> None:
        show_under(self.layers, self._anchor("layers"))

    def show_grey(self) -> None:
        self.grey.prepare()
        show_under(self.grey, self._anchor("contrast"))

    def shutdown(self) -> None:
        """Let no thread read the image any more."""
        self.grey.shutdown()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _anchor(self, name: str) -> QWidget:
        return self._buttons[name] if self.isVisible() else self._map

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"map_{name}")
        button.setAutoRaise(True)
        button.setFixedSize(QSize(_SIDE, _SIDE))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _tint(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icon(name))

    def _place(self) -> None:
        self.adjustSize()
        self.move(self._map.width() - self.width() - _GAP, _GAP)
        self.setVisible(self._map.width() >= _LEAST_MAP and self._session.placed is not None)
