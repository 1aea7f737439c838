"""What the heat over the chip shows: which class's evidence, as a picture, in words, and its peak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QImage

from inspector.imaging.heat import defect_evidence, heat_rgba, shown_evidence
from inspector.station.map.tiles import to_qimage
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_SMOOTH = 512  # px: heat is enlarged to this before it is coloured, so that no edge of a cell shows


@dataclass(frozen=True)
class EvidenceChoice:
    """any_defect: for any defect instead of for the judged class. class_name: for this class, whatever was judged."""

    any_defect: bool = False
    class_name: str | None = None


def next_class(session: Session, chip: ChipId, shown: str | None) -> str | None:
    """The class whose evidence comes after the one that is shown; None after the last: the judged class again.

    The judged class is left out, because that is what is shown anyway.
    """
    judgement, classes = session.judgement(chip), session.classes
    if judgement is None or classes is None:
        return None
    others = [name for name in classes.names if name != judgement.class_name]
    place = others.index(shown) + 1 if shown in others else 0
    return others[place] if place < len(others) else None


def chosen_evidence(session: Session, chip: ChipId, choice: EvidenceChoice) -> NDArray[np.uint8] | None:
    """uint8 (h, w): the map that is asked for; on a chip judged good, and on an undecided one, that of any defect."""
    judgement, classes = session.judgement(chip), session.classes
    evidence = session.evidence(chip)
    if judgement is None or classes is None or evidence is None or len(evidence) != len(classes):
        return None
    if choice.class_name is not None and choice.class_name in classes:
        of_class: NDArray[np.uint8] = evidence[classes.index(choice.class_name)]
        return of_class
    if choice.any_defect:
        return defect_evidence(evidence, classes.defect_mask)
    return shown_evidence(evidence, judgement.class_name, classes)


def heat_words(session: Session, chip: ChipId | None, choice: EvidenceChoice, visible: bool) -> str:
    """Which evidence the heat shows, in one line."""
    judgement = session.judgement(chip) if chip is not None else None
    classes = session.classes
    if judgement is None or classes is None:
        return ""
    if not visible:
        return QCoreApplication.translate("ChipView", "Heat is hidden")
    if choice.class_name is not None and choice.class_name in classes:
        text = QCoreApplication.translate("ChipView", "Heat: evidence for {name} (Shift+H: next class)")
        return text.format(name=classes[choice.class_name].title(session.language))
    name = judgement.class_name
    if choice.any_defect or name is None or name not in classes:
        return QCoreApplication.translate("ChipView", "Heat: evidence for any defect")
    if classes[name].is_good:
        return QCoreApplication.translate("ChipView", "Heat: evidence for any defect (judged good)")
    text = QCoreApplication.translate("ChipView", "Heat: evidence for the judged class, {name}")
    return text.format(name=classes[name].title(session.language))


def heat_picture(evidence: NDArray[np.uint8]) -> QImage:
    """The evidence as colours on the model's fixed scale, smooth."""
    height, width = evidence.shape
    factor = max(1, _SMOOTH // max(height, width))
    return to_qimage(heat_rgba(evidence, (width * factor, height * factor)))


def peak_of(session: Session, evidence: NDArray[np.uint8]) -> QPointF | None:
    """The middle of the hottest cell, in chip pixels; None where all is cold."""
    placed = session.placed
    if placed is None or evidence.max() == 0:
        return None
    height, width = evidence.shape
    row, column = divmod(int(evidence.argmax()), width)
    return QPointF((column + 0.5) * placed.grid.chip[0] / width, (row + 0.5) * placed.grid.chip[1] / height)
