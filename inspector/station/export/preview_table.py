"""What an export holds: chips of each class and sub-type, and on which side of the split they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QLocale
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from inspector.exchange.export_plan import ExportPlan, PlannedChip
from inspector.station.look.glyphs import badge
from inspector.station.panels.roomy_table import RoomyTable
from inspector.wafer.classes import ChipClass
from inspector.wafer.recipe import Recipe

_BADGE = 16


class PreviewTable(RoomyTable):
    """Classes in the recipe's order, their sub-types below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("preview", parent, range(1, 7))
        titles = [
            (self.tr("Class"), ""),
            (
                self.tr("Train"),
                self.tr("Chips of lots to learn from"),
            ),
            (
                self.tr("Test"),
                self.tr("Chips of lots that no training sees: two models are compared on them"),
            ),
            (
                self.tr("Total"),
                self.tr("All chips of this class that go along"),
            ),
            (
                self.tr("Machine"),
                self.tr("Of these, accepted by the machine: nobody has looked at them"),
            ),
            (
                self.tr("Points"),
                self.tr("Of these, with a click on the defect"),
            ),
            (
                self.tr("Notes"),
                self.tr("Of these, with a note"),
            ),
        ]
        self.set_titles([title for title, _ in titles])
        self.setAccessibleName(self.tr("Chips that go along"))
        self.setRootIsDecorated(True)
        for column, (_, tip) in enumerate(titles):
            self.headerItem().setToolTip(column, tip)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_plan(self, plan: ExportPlan, recipe: Recipe, language: str) -> None:
        """Count a plan anew."""
        self.clear()
        of_class: dict[str, list[PlannedChip]] = {c.name: [] for c in recipe.class_set}
        for chip in plan.chips:
            of_class.setdefault(chip.class_name, []).append(chip)
        for name, chips in of_class.items():
            chip_class = next((c for c in recipe.class_set if c.name == name), None)
            item = self._item(chip_class.title(language) if chip_class else name, chips, plan)
            if chip_class is not None:
                item.setIcon(0, class_icon(chip_class))
            self.addTopLevelItem(item)
            subtypes = [*(chip_class.subtypes if chip_class else ()), *sorted({c.subtype for c in chips if c.subtype})]
            for subtype in dict.fromkeys(subtypes):
                title = chip_class.subtype_title(subtype, language) if chip_class else subtype
                item.addChild(self._item(title, [c for c in chips if c.subtype == subtype], plan))
            plain = [c for c in chips if not c.subtype]
            if subtypes and plain:
                item.addChild(self._item(self.tr("no sub-type"), plain, plan))
        self.expandAll()

    def _item(self, title: str, chips: Iterable[PlannedChip], plan: ExportPlan) -> QTreeWidgetItem:
        members = list(chips)
        sides = Counter(plan.splits[c.entry.key] for c in members)
        machine = sum(c.seq is None for c in members)
        points, notes = sum(c.point is not None for c in members), sum(bool(c.note) for c in members)
        numbers = (sides["train"], sides["test"], len(members), machine, points, notes)
        item = QTreeWidgetItem([title, *(QLocale().toString(n) if n else "–" for n in numbers)])
        for column in range(1, len(numbers) + 1):
            item.setTextAlignment(column, self.side(column))
        return item


def class_icon(chip_class: ChipClass) -> QIcon:
    """A class's colour and glyph as an icon for tables."""
    image = badge(chip_class.colour, chip_class.glyph, 2 * _BADGE)
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(2.0)
    return QIcon(pixmap)
