"""The line above the thumbnails: which chips, in which groups, how large, with or without heat."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from inspector.station.gallery.gallery_looks import LARGEST, SMALLEST, STEP, GalleryLooks
from inspector.station.gallery.sections import Grouping
from inspector.station.look.roles import pressed
from inspector.station.look.theme import icon

_HEIGHT = 32


class GalleryBar(QWidget):
    """`changed(GalleryLooks)`: the person wants to see it otherwise."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery_bar")
        self._looks = GalleryLooks()
        self._source = self._choice("gallery_source", self.tr("Which chips are shown"))
        self._source.addItem("", False)
        self._source.addItem(self.tr("Every chip of the wafer"), True)
        self._group = self._choice("gallery_group", self.tr("How the chips are grouped"))
        self._group.addItem(self.tr("By the machine's class"), Grouping.CLASS)
        self._group.addItem(self.tr("By similarity"), Grouping.ALIKE)
        self._group.addItem(self.tr("In the queue's order"), Grouping.NONE)
        self._size = QSlider(Qt.Orientation.Horizontal, self)
        self._size.setObjectName("gallery_size")
        self._size.setRange(SMALLEST // STEP, LARGEST // STEP)
        self._size.setFixedWidth(144)
        self._size.setMinimumHeight(_HEIGHT)
        self._size.setToolTip(self.tr("How large the thumbnails are"))
        self._size.setAccessibleName(self.tr("Thumbnail size"))
        self._heat = QToolButton(self)
        self._heat.setText(self.tr("Heat (H)"))
        self._heat.setObjectName("gallery_heat")
        self._heat.setCheckable(True)
        self._heat.setMinimumHeight(_HEIGHT)
        self._heat.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heat.toggled.connect(self._tint)
        self._heat.setToolTip(self.tr("Evidence over every thumbnail, on the model's fixed scale"))
        self._progress = QLabel(self)
        self._progress.setObjectName("gallery_progress")
        self._progress.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._heat.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the thumbnails
        for choice in (self._source, self._group):
            choice.currentIndexChanged.connect(self._tell)
        self._size.valueChanged.connect(self._tell)
        self._heat.clicked.connect(self._tell)
        self._tint()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self._source, self._group, self._size, self._heat, self._progress):
            layout.addWidget(widget)
        layout.addStretch(1)

    @property
    def looks(self) -> GalleryLooks:
        return self._looks

    def show_looks(self, looks: GalleryLooks) -> None:
        """Show what holds now; says nothing."""
        self._looks = looks
        with QSignalBlocker(self._source), QSignalBlocker(self._group), QSignalBlocker(self._size):
            self._source.setCurrentIndex(self._source.findData(looks.everything))
            self._group.setCurrentIndex(self._group.findData(looks.grouping))
            self._size.setValue(looks.side // STEP)
        self._heat.setChecked(looks.heat)

    def show_queue(self, title: str) -> None:
        """The name of the chosen queue."""
        self._source.setItemText(0, self.tr("Queue: {queue}").format(queue=title))

    def show_progress(self, text: str) -> None:
        self._progress.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        palette = self.palette()
        if self._heat.isChecked():
            palette.setColor(QPalette.ColorRole.Button, pressed(palette))
        self._heat.setPalette(palette)
        self._heat.setIcon(icon("heat"))

    def _choice(self, name: str, words: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setToolTip(words)
        box.setAccessibleName(words)
        box.setMinimumHeight(_HEIGHT)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return box

    def _tell(self) -> None:
        self._looks = GalleryLooks(
            bool(self._source.currentData()),
            Grouping(self._group.currentData()),
            self._size.value() * STEP,
            self._heat.isChecked(),
        )
        self.changed.emit(self._looks)
