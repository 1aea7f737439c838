"""What the gallery says on hover and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint

from inspector.station.gallery.arrangement import Arrangement
from inspector.station.look.chip_look import chip_sentence
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session


def tip_at(session: Session, chips: Arrangement, point: QPoint) -> str:
    """A chip's name and answer, or what a section holds; empty between them. point: of the whole gallery."""
    chip, section = chips.chip_at(point), chips.section_at(point)
    if chip is not None:
        return chip_sentence(session, chip)
    if section is None:
        return ""
    undecided = sum(session.standing(chip).decision is None for chip in section.chips)
    count = QCoreApplication.translate("Gallery", "{count} chips, {open} of them not decided by a person.")
    words = count.format(count=f"{len(section.chips):,}", open=f"{undecided:,}")
    return f"{section.tip}\n{words}".strip()


def spoken(session: Session, focus: ChipId | None, chosen: int) -> str:
    """The chip with the keyboard, and how many are chosen."""
    words = [chip_sentence(session, focus)] if focus is not None else []
    words.append(QCoreApplication.translate("Gallery", "{count} chosen").format(count=f"{chosen:,}"))
    return ", ".join(words)
