"""What is to be known about an export before it is learned from, the gravest first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from inspector.exchange.dataset_check.balance import Concern
from inspector.station.panels.roomy_table import RoomyTable
from inspector.wafer.classes import ClassSet

_GRAVE = frozenset({"unreadable", "contradiction", "leak", "leak-wafer", "leak-lot", "two-labels", "no-chips"})
_EMPTY, _OF = "no-chips", " › "
_MOST = 500  # rows; the report of `inspector dataset` holds all


class ConcernList(RoomyTable):
    """One row for each concern; what it means and what to do stands in the last column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("concerns", parent)
        self.set_titles([self.tr("What"), self.tr("Where"), self.tr("What it means")])
        self.setAccessibleName(self.tr("Things to know"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.header().setMaximumSectionSize(max(self.width() * 2 // 5, 160))  # what it means must have room too
        super().resizeEvent(event)

    def show_concerns(self, concerns: Sequence[Concern], classes: ClassSet, language: str) -> None:
        """Show them in their order, grave ones marked; sub-types without a chip come last, one row for each class."""
        self.clear()
        for kind, subject in _rows(concerns)[:_MOST]:
            title, meaning = concern_words(kind)
            grave = kind in _GRAVE and not (kind == _EMPTY and _OF in subject)
            where = _titled(subject, classes, language)
            item = QTreeWidgetItem([f"!  {title}" if grave else title, where, meaning])
            for column in range(3):
                item.setToolTip(column, meaning if column != 1 else where)
            font = item.font(0)
            font.setBold(grave)
            item.setFont(0, font)
            self.addTopLevelItem(item)
        if not concerns:
            item = QTreeWidgetItem([self.tr("Nothing to warn about."), "", ""])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addTopLevelItem(item)


def _rows(concerns: Sequence[Concern]) -> list[tuple[str, str]]:
    """(kind, subject), the sub-types without a chip folded into one row for each class, at the end."""
    empty: dict[str, list[str]] = {}
    rows = []
    for concern in concerns:
        of, found, subtype = concern.subject.partition(_OF)
        if concern.kind == _EMPTY and found:
            empty.setdefault(of, []).append(subtype.partition(":")[0])
        else:
            rows.append((concern.kind, concern.subject))
    return rows + [(_EMPTY, f"{of}{_OF}{', '.join(subtypes)}") for of, subtypes in empty.items()]


def _titled(subject: str, classes: ClassSet, language: str) -> str:
    """The class in front, and its sub-types behind it, as the window calls them everywhere else."""
    name = re.match(r"[^›:]*[^›: ]", subject)
    if name is None or name.group() not in classes:
        return subject
    of, rest = classes[name.group()], subject[name.end() :]
    if rest.startswith(_OF):
        subtypes, colon, figures = rest.removeprefix(_OF).partition(":")
        rest = _OF + ", ".join(of.subtype_title(s, language) for s in subtypes.split(", ")) + colon + figures
    return of.title(language) + rest


def concern_words(kind: str) -> tuple[str, str]:
    """A concern's title, and what it means; an unknown kind is shown as it is."""
    known = {
        "unreadable": (
            QCoreApplication.translate("Concerns", "Can't be read"),
            QCoreApplication.translate("Concerns", "The chip's working copy is gone or damaged."),
        ),
        "contradiction": (
            QCoreApplication.translate("Concerns", "Two labels for one chip"),
            QCoreApplication.translate("Concerns", "Nearly the same picture has two classes: decide which is right."),
        ),
        "leak": (
            QCoreApplication.translate("Concerns", "In training and in the test"),
            QCoreApplication.translate(
                "Concerns", "Nearly the same picture lies on both sides: the test would look too good."
            ),
        ),
        "leak-wafer": (
            QCoreApplication.translate("Concerns", "Wafer on both sides"),
            QCoreApplication.translate("Concerns", "The test would look better than it is."),
        ),
        "leak-lot": (
            QCoreApplication.translate("Concerns", "Lot on both sides"),
            QCoreApplication.translate(
                "Concerns", "A new lot may do worse than the test says: answer on three lots or more."
            ),
        ),
        "two-labels": (
            QCoreApplication.translate("Concerns", "Seen again with another label"),
            QCoreApplication.translate("Concerns", "The same surface has two classes: see whether both hold."),
        ),
        "no-chips": (
            QCoreApplication.translate("Concerns", "No chip"),
            QCoreApplication.translate("Concerns", "The model can't learn what it never sees."),
        ),
        "target": (
            QCoreApplication.translate("Concerns", "Fewer than wanted"),
            QCoreApplication.translate("Concerns", "The recipe asks for more chips of this class."),
        ),
        "one-lot": (
            QCoreApplication.translate("Concerns", "From one lot only"),
            QCoreApplication.translate(
                "Concerns", "The model may learn the lot instead, and no other lot can check it."
            ),
        ),
        "lot-dominates": (
            QCoreApplication.translate("Concerns", "One lot dominates"),
            QCoreApplication.translate("Concerns", "The model may learn the lot instead of the class."),
        ),
        "unknown-subtype": (
            QCoreApplication.translate("Concerns", "Unknown sub-type"),
            QCoreApplication.translate("Concerns", "The recipe does not list it: add it there."),
        ),
        "thin": (
            QCoreApplication.translate("Concerns", "Thin sub-type"),
            QCoreApplication.translate("Concerns", "Too few to learn from and to measure: collect more."),
        ),
        "no-subtype": (
            QCoreApplication.translate("Concerns", "Without a sub-type"),
            QCoreApplication.translate("Concerns", "They are balanced as a group of their own."),
        ),
        "twins": (
            QCoreApplication.translate("Concerns", "Nearly the same chips"),
            QCoreApplication.translate("Concerns", "Each counts anew in training, though it tells little that is new."),
        ),
        "size": (
            QCoreApplication.translate("Concerns", "Another size"),
            QCoreApplication.translate(
                "Concerns", "These chips are resized for the model, and marks change their size."
            ),
        ),
    }
    return known.get(kind, (kind, ""))
