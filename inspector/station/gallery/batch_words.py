"""The gallery's sentences about an answer for many chips."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector.station.gallery.batch_plan import BatchPlan, LeftOut, Wish
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import DecisionKind


def batch_in_words(plan: BatchPlan, classes: ClassSet, language: str) -> str:
    """What was decided, in one line, for the undo menu and the line at the bottom."""
    count = len(plan.decisions)
    if count == 1:
        column, row = plan.decisions[0].chip
        text = QCoreApplication.translate("Gallery", "Chip {column} / {row}: {answer}")
        return text.format(column=column, row=row, answer=wish_in_words(plan.wish, classes, language))
    text = QCoreApplication.translate("Gallery", "{count} chips: {answer}")
    return text.format(count=f"{count:,}", answer=wish_in_words(plan.wish, classes, language))


def wish_in_words(wish: Wish, classes: ClassSet, language: str) -> str:
    """An answer in a word or two."""
    if wish.kind is DecisionKind.CONFIRM:
        return QCoreApplication.translate("Gallery", "confirmed")
    if wish.kind is DecisionKind.UNSURE:
        return QCoreApplication.translate("Gallery", "Unsure")
    if wish.kind is DecisionKind.EXCLUDE:
        return QCoreApplication.translate("Gallery", "Excluded")
    return class_in_words(wish.class_name, classes, language)


def class_in_words(name: str | None, classes: ClassSet, language: str) -> str:
    if name is None:
        return QCoreApplication.translate("Gallery", "No class")
    return classes[name].title(language) if name in classes else name


def left_out_in_words(plan: BatchPlan) -> str:
    """Which chips are not part of it and why; empty where all are."""
    words = {
        LeftOut.NOT_SEEN: QCoreApplication.translate("Gallery", "{count} not yet seen"),
        LeftOut.SETTLED: QCoreApplication.translate("Gallery", "{count} answered by several people"),
        LeftOut.NO_ANSWER: QCoreApplication.translate("Gallery", "{count} without an answer to confirm"),
        LeftOut.ALREADY: QCoreApplication.translate("Gallery", "{count} decided so already"),
    }
    parts = [words[why].format(count=f"{len(plan.left_out[why]):,}") for why in LeftOut if why in plan.left_out]
    if not parts:
        return ""
    return QCoreApplication.translate("Gallery", "Left out: {which}.").format(which=", ".join(parts))
