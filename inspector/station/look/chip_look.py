"""How a chip's standing answer looks: colour, glyph and words, the same on map, chip and filmstrip."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

NO_CLASS = "#8a8a8a"  # grey: colour belongs to classes


class Standing(StrEnum):
    """What kind of answer a chip has."""

    NOT_JUDGED = "not judged"
    UNDECIDED = "undecided"
    CLASS = "class"
    UNSURE = "unsure"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class ChipLook:
    """colour: "#rrggbb". glyph: "" where colour alone says it. class_index: place in the recipe, -1 where none.

    decided: a person has spoken. changed: a person gave another class than the machine.
    """

    standing: Standing
    colour: str
    glyph: str
    class_index: int = -1
    is_defect: bool = False
    decided: bool = False
    changed: bool = False


NOT_JUDGED = ChipLook(Standing.NOT_JUDGED, NO_CLASS, "")
UNDECIDED = ChipLook(Standing.UNDECIDED, NO_CLASS, "!")
UNSURE = ChipLook(Standing.UNSURE, NO_CLASS, "?", decided=True)
EXCLUDED = ChipLook(Standing.EXCLUDED, NO_CLASS, "×", decided=True)


def chip_look(session: Session, chip: ChipId) -> ChipLook:
    """The look of one chip from what the session says now."""
    answer, classes = session.standing(chip), session.classes
    if answer.state is AnswerState.UNSURE:
        return UNSURE
    if answer.state is AnswerState.EXCLUDED:
        return EXCLUDED
    if answer.class_name is None or classes is None or answer.class_name not in classes:
        return NOT_JUDGED if session.judgement(chip) is None else UNDECIDED
    of_chip = classes[answer.class_name]
    return ChipLook(
        Standing.CLASS,
        of_chip.colour,
        "" if of_chip.is_good else of_chip.glyph,
        classes.index(of_chip.name),
        not of_chip.is_good,
        answer.is_human,
        answer.state is AnswerState.RELABELLED,
    )


def answer_title(session: Session, chip: ChipId) -> str:
    """The standing answer in the operator's language."""
    look = chip_look(session, chip)
    if look.standing is Standing.CLASS and session.classes is not None:
        return session.classes.classes[look.class_index].title(session.language)
    words = {
        Standing.NOT_JUDGED: QCoreApplication.translate("ChipLook", "Not judged yet"),
        Standing.UNDECIDED: QCoreApplication.translate("ChipLook", "Undecided"),
        Standing.UNSURE: QCoreApplication.translate("ChipLook", "Unsure"),
        Standing.EXCLUDED: QCoreApplication.translate("ChipLook", "Excluded"),
    }
    return words[look.standing]


def answer_origin(session: Session, chip: ChipId) -> str:
    """Who gave the standing answer, in the operator's language."""
    answer = session.standing(chip)
    judgement = session.judgement(chip)
    if answer.decision is None:
        if judgement is None:
            return ""
        if not math.isfinite(judgement.p_defect):
            return QCoreApplication.translate("ChipLook", "machine")
        return QCoreApplication.translate("ChipLook", "machine, P(defect) {p}").format(p=f"{judgement.p_defect:.2f}")
    words = {
        AnswerState.CONFIRMED: QCoreApplication.translate("ChipLook", "confirmed by {operator}"),
        AnswerState.RELABELLED: QCoreApplication.translate("ChipLook", "changed by {operator}"),
        AnswerState.UNSURE: QCoreApplication.translate("ChipLook", "put aside by {operator}"),
        AnswerState.EXCLUDED: QCoreApplication.translate("ChipLook", "excluded by {operator}"),
    }
    return words[answer.state].format(operator=answer.decision.new.operator)


def chip_sentence(session: Session, chip: ChipId) -> str:
    """One line on a chip: "chip 31 / 12 - Pit, P(defect) 0.94"."""
    name = QCoreApplication.translate("ChipLook", "chip {column} / {row}").format(column=chip.column, row=chip.row)
    if session.placed is not None and chip in session.placed.not_imaged:
        return f"{name} - " + QCoreApplication.translate("ChipLook", "Not imaged: a shot is missing here")
    if session.placed is not None and chip in session.placed.partial:
        text = QCoreApplication.translate("ChipLook", "Partial: cut by the wafer's edge or the image, so not judged")
        return f"{name} - {text}"
    text = f"{name} - {answer_title(session, chip)}"
    judgement = session.judgement(chip)
    if judgement is not None and math.isfinite(judgement.p_defect):
        text += QCoreApplication.translate("ChipLook", ", P(defect) {p}").format(p=f"{judgement.p_defect:.2f}")
    if session.standing(chip).decision is not None:
        text += f", {answer_origin(session, chip)}"
    return text
