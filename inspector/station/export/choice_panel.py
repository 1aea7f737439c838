"""What is to be exported and where to: product, lot, accepted chips, folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from inspector.exchange.export_plan import ExportChoice, Product
from inspector.station.state.session import Session
from inspector.wafer.recipe import Recipe

_LEAST, _MOST, _USUAL = 50.0, 100.0, 99.0  # P(good) in percent


class ChoicePanel(QWidget):
    """Says `changed` whenever something else would go along."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._offered: dict[str, Product] = {}
        self._products = QComboBox(self)
        self._products.setObjectName("product")
        self._lots = QComboBox(self)
        self._lots.setObjectName("lot")
        self._accepted = QCheckBox(self.tr("Also what the machine accepted, from P(good)"), self)
        self._accepted.setObjectName("accepted")
        self._accepted.setToolTip(
            self.tr("Good chips that nobody has looked at. They are marked in the manifest and never used for testing.")
        )
        self._limit = QDoubleSpinBox(self)
        self._limit.setObjectName("accepted_from")
        self._limit.setAccessibleName(self.tr("Least P(good)"))
        self._limit.setRange(_LEAST, _MOST)
        self._limit.setDecimals(1)
        self._limit.setSuffix(" %")
        self._limit.setValue(_USUAL)
        self._limit.setEnabled(False)
        self._folder = QLineEdit(str(session.settings.folder("export") / "labels"), self)
        self._folder.setObjectName("folder")
        self._browse = QPushButton(self.tr("Choose folder…"), self)
        self._lay_out()
        self._products.currentIndexChanged.connect(self._fill_lots)
        self._lots.currentIndexChanged.connect(self.changed)
        self._accepted.toggled.connect(self._limit.setEnabled)
        self._accepted.toggled.connect(self.changed)
        self._limit.editingFinished.connect(self.changed)
        self._browse.clicked.connect(self._ask_folder)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Product"), self._products)
        form.addRow(self.tr("Lot"), self._lots)
        form.addRow("", _beside(self._accepted, self._limit))
        form.addRow(self.tr("Folder"), _beside(self._folder, self._browse))
        for widget in (self._products, self._lots, self._accepted, self._limit, self._folder, self._browse):
            widget.setMinimumHeight(32)

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of the chosen product; None before the record has been read, or where it is empty."""
        product = self._offered.get(str(self._products.currentData()))
        return product.recipe if product else None

    @property
    def choice(self) -> ExportChoice:
        recipe, lot = self.recipe, self._lots.currentData()
        limit = self._limit.value() / 100 if self._accepted.isChecked() else None
        return ExportChoice(lot, recipe.name if recipe else None, limit)

    @property
    def folder(self) -> Path:
        return Path(self._folder.text().strip()).expanduser()

    def use_folder(self, folder: Path) -> None:
        self._folder.setText(str(folder))

    def offer(self, found: Sequence[Product]) -> None:
        """Fill in what the record has; the product of the open wafer is chosen first."""
        before = self.recipe or self._session.recipe
        self._offered = {p.recipe.name: p for p in found}
        with QSignalBlocker(self._products):
            self._products.clear()
            for product in found:
                self._products.addItem(product.recipe.title(self._session.language), product.recipe.name)
            self._products.setCurrentIndex(max(self._products.findData(before.name if before else ""), 0))
        self._fill_lots()

    def set_busy(self, busy: bool) -> None:
        """While chips are written nothing else can be chosen."""
        for widget in (self._products, self._lots, self._accepted, self._folder, self._browse):
            widget.setEnabled(not busy)
        self._limit.setEnabled(not busy and self._accepted.isChecked())

    def _fill_lots(self) -> None:
        chosen, product = self._lots.currentData(), self._offered.get(str(self._products.currentData()))
        with QSignalBlocker(self._lots):
            self._lots.clear()
            self._lots.addItem(self.tr("All lots"), None)
            for lot in product.lots if product else ():
                self._lots.addItem(lot, lot)
            self._lots.setCurrentIndex(max(self._lots.findData(chosen), 0))
        self.changed.emit()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), str(self._session.settings.folder("export")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.open()


def _beside(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return row
