"""Puts the gallery's chips into sections: by the machine's class, by how alike they are, or in the queue's order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class Grouping(StrEnum):
    CLASS = "class"
    ALIKE = "alike"
    NONE = "none"


@dataclass(frozen=True)
class Section:
    """title: of its heading. tip: what it holds. class_name: whose colour and glyph stand before the title."""

    title: str
    chips: tuple[ChipId, ...]
    tip: str = ""
    class_name: str | None = None


@dataclass(frozen=True)
class Likeness:
    """Which chips look alike: a group's number, and how far from the group's middle."""

    groups: Mapping[ChipId, int]
    distances: Mapping[ChipId, float]


def one_section(chips: Sequence[ChipId], title: str) -> list[Section]:
    """All chips as they come."""
    tip = QCoreApplication.translate("Gallery", "In the order of the queue.")
    return [Section(title, tuple(chips), tip)] if chips else []


def by_class(session: Session, chips: Sequence[ChipId]) -> list[Section]:
    """By the machine's answer, so that a chip stays where it is when a person decides otherwise.

    Undecided first, then the defects and the good classes as the recipe has them, last what is not judged.
    """
    table = session.table
    if table is None:
        return []
    found, waiting = table.by_machine(chips)
    tip = QCoreApplication.translate("Gallery", "Chips to which the machine gave this answer.")
    undecided = QCoreApplication.translate("Gallery", "Undecided")
    sections = [Section(undecided, found.get(None, ()), tip)]
    for chip_class in sorted(session.classes or (), key=lambda c: c.is_good):
        chips_of = found.get(chip_class.name, ())
        sections.append(Section(chip_class.title(session.language), chips_of, tip, chip_class.name))
    not_judged = QCoreApplication.translate("Gallery", "Not judged yet")
    sections.append(Section(not_judged, waiting))
    return [section for section in sections if section.chips]


def by_likeness(session: Session, chips: Sequence[ChipId], likeness: Likeness) -> list[Section]:
    """Groups of chips that look alike, the likeliest defects first; in each group the most typical chip first."""
    found: defaultdict[int, list[ChipId]] = defaultdict(list)
    rest = []
    for chip in chips:
        if chip in likeness.groups:
            found[likeness.groups[chip]].append(chip)
        else:
            rest.append(chip)
    ordered = sorted(found.values(), key=lambda group: -_mean_p_defect(session, group))
    sections = []
    for number, group in enumerate(ordered, start=1):
        typical = sorted(group, key=lambda chip: likeness.distances[chip])
        title, class_name = _group_title(session, typical, number)
        tip = QCoreApplication.translate("Gallery", "Chips that look alike to the program; the most typical one first.")
        sections.append(Section(title, tuple(typical), tip, class_name))
    if rest:
        sections.append(Section(QCoreApplication.translate("Gallery", "Not compared"), tuple(rest)))
    return sections


def _mean_p_defect(session: Session, chips: Sequence[ChipId]) -> float:
    known = [j.p_defect for j in map(session.judgement, chips) if j is not None and math.isfinite(j.p_defect)]
    return sum(known) / len(known) if known else 1.0


def _group_title(session: Session, chips: Sequence[ChipId], number: int) -> tuple[str, str | None]:
    """The group by its commonest answer of the machine."""
    counts: defaultdict[str | None, int] = defaultdict(int)
    for chip in chips:
        judgement = session.judgement(chip)
        counts[judgement.class_name if judgement else None] += 1
    commonest = max(counts, key=lambda name: counts[name])
    classes = session.classes
    if commonest is None or classes is None or commonest not in classes:
        return QCoreApplication.translate("Gallery", "Group {number}: undecided").format(number=number), None
    title = classes[commonest].title(session.language)
    if len(counts) == 1:
        text = QCoreApplication.translate("Gallery", "Group {number}: {title}")
    else:
        text = QCoreApplication.translate("Gallery", "Group {number}: mostly {title}")
    return text.format(number=number, title=title), commonest
