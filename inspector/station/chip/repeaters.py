"""What repeats: defects on the same place of the lot's other wafers, and in the chip's row; each can be gone to."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.chip.beside import Facts
from inspector.wafer.grid import ChipId, WaferKey

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_MOST_LINKS = 12


class Repeaters(QWidget):
    """Two lines of words with links in them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("repeaters")
        self._session = session
        self._wafers: list[WaferKey] = []
        self._chip: ChipId | None = None
        self._place = self._label("same_place")
        self._row = self._label("same_row")
        self._place.setToolTip(
            self.tr("Wafers of this lot that are judged or decided on this place, this one included")
        )
        self._row.setToolTip(self.tr("Chips of this row of the wafer whose standing answer is a defect"))
        self._place.linkActivated.connect(self._go_to_wafer)
        self._row.linkActivated.connect(self._go_to_chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._place)
        column.addWidget(self._row)

    def show_facts(self, facts: Facts | None) -> None:
        """None: nobody knows yet, so nothing is said."""
        if facts is None:
            for label in (self._place, self._row):
                label.clear()
            return
        self._chip = facts.chip
        self._place.setText(self._place_words(facts))
        self._row.setText(self._row_words(facts.chip))

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flags = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        label.setTextInteractionFlags(flags)
        label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return label

    def _place_words(self, facts: Facts) -> str:
        known = facts.at_place
        with_defect = [key for key, answer in known.items() if self._is_defect(answer.class_name)]
        self._wafers = [key for key in with_defect if key != facts.key]
        text = self.tr("Defect here on {count} of {all} wafers")
        said = escape(text.format(count=len(with_defect), all=len(known)))
        links = [f'<a href="{n}">{escape(key.wafer)}</a>' for n, key in enumerate(self._wafers[:_MOST_LINKS])]
        return _with_links(said, links, len(self._wafers))

    def _row_words(self, chip: ChipId) -> str:
        columns = self._session.placed.grid.columns if self._session.placed is not None else 0
        row = (ChipId(column, chip.row) for column in range(columns))
        there = [c for c in row if self._is_defect(self._session.standing(c).class_name)]
        others = [c for c in there if c != chip]
        text = self.tr("Row {row}: 1 defect") if len(there) == 1 else self.tr("Row {row}: {count} defects")
        said = escape(text.format(row=chip.row, count=len(there)))
        links = [f'<a href="{c.column}">{c.column} / {c.row}</a>' for c in others[:_MOST_LINKS]]
        return _with_links(said, links, len(others))

    def _is_defect(self, class_name: str | None) -> bool:
        classes = self._session.classes
        return (
            classes is not None and class_name is not None and class_name in classes and not classes[class_name].is_good
        )

    def _go_to_wafer(self, link: str) -> None:
        chip, key = self._chip, self._wafers[int(link)]
        self._session.show_wafer(key)
        self._session.go_to(chip)

    def _go_to_chip(self, link: str) -> None:
        if self._chip is not None:
            self._session.go_to(ChipId(int(link), self._chip.row))


def _with_links(said: str, links: Sequence[str], count: int) -> str:
    more = " …" if count > len(links) else ""
    return f"{said}: {', '.join(links)}{more}" if links else said
