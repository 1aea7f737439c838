"""The chips that two models call by other classes, with their pictures; a click goes to the chip."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from inspector.exchange.chip_pictures import chips_of
from inspector.imaging.chips import fit
from inspector.records.record import Record
from inspector.station.models.model_words import share
from inspector.station.models.shelf import ShelfModel
from inspector.station.panels.roomy_table import RoomyTable
from inspector.station.state.background import Background
from inspector.wafer.classes import ClassSet
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.model_comparison import ComparedChip

_SIDE = 48
_MOST = 300  # rows, each with a picture in memory; new escapes come first
_CHIP = Qt.ItemDataRole.UserRole


class FlipsView(QWidget):
    """chip_asked: (WaferKey, ChipId) of a chip of this record."""

    chip_asked = Signal(object, object)

    def __init__(self, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._record = record
        self._shown = 0  # which showing a picture belongs to
        self._without_picture: list[ComparedChip] = []
        self._background = Background(self, threads=1)
        self._background.done.connect(self._take_picture)
        self._said = QLabel(self)
        self._said.setObjectName("flips_said")
        self._said.setWordWrap(True)
        titles = [
            self.tr("Chip"),
            self.tr("A person says"),
            self.tr("Before"),
            self.tr("Now"),
            self.tr("What it means"),
        ]
        self._list = RoomyTable("flips", self, row=_SIDE + 8)
        self._list.set_titles(titles)
        self._list.setAccessibleName(self.tr("Chips that flip"))
        self._list.setIconSize(QSize(_SIDE, _SIDE))
        self._list.itemActivated.connect(self._ask)
        self._list.itemClicked.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._said)
        layout.addWidget(self._list, 1)

    def show_model(self, shown: ShelfModel, language: str) -> None:
        self._list.clear()
        self._background.stop(0)
        self._without_picture = []
        self._shown += 1
        classes, found = shown.model.recipe.class_set, shown.comparison
        flips = found.flips(classes) if found else []
        self._list.setVisible(bool(flips))
        if not flips:
            self._said.setText(self.tr("No chip flips: both models call every compared chip the same."))
            if found is None or not found.before:
                self._said.setText(self.tr("There is nothing to compare this model with."))
            return
        text = self.tr("{count} of {all} chips are called otherwise than before. A click goes to the chip.")
        self._said.setText(text.format(count=len(flips), all=len(found.chips) if found else 0))
        for chip in flips[:_MOST]:
            self._list.addTopLevelItem(self._item(chip, classes, language))
        self._without_picture = flips[:_MOST]
        if self.isVisible():
            self._ask_for_pictures()

    def showEvent(self, event: QShowEvent) -> None:
        self._ask_for_pictures()
        super().showEvent(event)

    def _ask_for_pictures(self) -> None:
        """Only once somebody looks: each opens a working copy."""
        chips, self._without_picture = self._without_picture, []
        for row, chip in enumerate(chips):
            self._background.run((self._shown, row), partial(_picture, self._record, chip), -row)

    def shutdown(self) -> None:
        self._background.stop()

    def _item(self, chip: ComparedChip, classes: ClassSet, language: str) -> QTreeWidgetItem:
        def title(name: str) -> str:
            return classes[name].title(language) if name in classes else self.tr("undecided")

        place = "" if chip.column is None else f"{chip.column} / {chip.row}"
        where = "  ·  ".join(part for part in (chip.lot, chip.wafer, place) if part) or chip.file
        texts = [where, title(chip.truth), title(chip.before), title(chip.after), self._meaning(chip, classes)]
        item = QTreeWidgetItem(texts)
        item.setData(0, _CHIP, chip)
        item.setToolTip(
            3, self.tr("P(defect) {before} → {after}").format(before=share(chip.p_before), after=share(chip.p_after))
        )
        item.setToolTip(0, chip.file)
        return item

    def _meaning(self, chip: ComparedChip, classes: ClassSet) -> str:
        good = classes[chip.truth].is_good
        was, now = (name in classes and classes[name].is_good is good for name in (chip.before, chip.after))
        if was and not now:
            return self.tr("new overkill") if good else self.tr("new escape")
        if now and not was:
            return self.tr("overkill mended") if good else self.tr("escape mended")
        if chip.after == chip.truth:
            return self.tr("class mended")
        return self.tr("class lost") if chip.before == chip.truth else self.tr("another class")

    def _take_picture(self, key: object, found: object) -> None:
        number, row = key if isinstance(key, tuple) else (0, 0)
        item = self._list.topLevelItem(row)
        if number == self._shown and item is not None and isinstance(found, QImage):
            item.setIcon(0, QIcon(QPixmap.fromImage(found)))

    def _ask(self, item: QTreeWidgetItem) -> None:
        chip = item.data(0, _CHIP)
        if isinstance(chip, ComparedChip) and chip.column is not None and chip.row is not None:
            self.chip_asked.emit(WaferKey(chip.lot, chip.wafer), ChipId(chip.column, chip.row))


def _picture(record: Record, chip: ComparedChip) -> QImage | None:
    """The chip, small; None where it is not of this record. ImageError where it can't be read."""
    entry = record.wafer(WaferKey(chip.lot, chip.wafer))
    if entry is None or chip.column is None or chip.row is None:
        return None
    with chips_of(record, entry) as picture:
        return _image(fit(picture(ChipId(chip.column, chip.row)), (2 * _SIDE, 2 * _SIDE)))


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """uint8 (h, w, 1 or 3) -> an image of its own memory."""
    height, width, channels = pixels.shape
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    return QImage(np.ascontiguousarray(pixels).tobytes(), width, height, width * channels, form).copy()
