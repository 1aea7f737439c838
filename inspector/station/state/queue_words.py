"""What the queues and their orders are called, what their numbers count, and what stands where one is empty."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.queues import OPEN_QUEUES, QueueName


def queue_title(name: QueueName) -> str:
    return {
        QueueName.REVIEW: QCoreApplication.translate("Words", "Needs review"),
        QueueName.DEFECTS: QCoreApplication.translate("Words", "Defects"),
        QueueName.BORDERLINE: QCoreApplication.translate("Words", "Borderline"),
        QueueName.NOVEL: QCoreApplication.translate("Words", "Never seen"),
        QueueName.UNDECIDED: QCoreApplication.translate("Words", "Undecided"),
        QueueName.AUDIT: QCoreApplication.translate("Words", "Audit"),
        QueueName.SECOND_REVIEW: QCoreApplication.translate("Words", "Second review"),
        QueueName.DISPUTED: QCoreApplication.translate("Words", "Disputed"),
        QueueName.RETURNED: QCoreApplication.translate("Words", "Returned"),
        QueueName.UNSURE: QCoreApplication.translate("Words", "Unsure"),
        QueueName.DECIDED: QCoreApplication.translate("Words", "Decided"),
        QueueName.EVERYTHING: QCoreApplication.translate("Words", "Everything"),
    }[name]


def queue_meaning(name: QueueName) -> str:
    """What a queue's number counts."""
    if name in (QueueName.SECOND_REVIEW, QueueName.DISPUTED, QueueName.RETURNED):
        return _between_people(name)
    return {
        QueueName.REVIEW: QCoreApplication.translate(
            "Words", "Chips that want eyes and that nobody has decided: undecided, defects, borderline, never seen."
        ),
        QueueName.DEFECTS: QCoreApplication.translate(
            "Words", "Chips that the machine surely calls a defect and that nobody has decided."
        ),
        QueueName.BORDERLINE: QCoreApplication.translate(
            "Words", "Chips near the limit between good and defect that nobody has decided."
        ),
        QueueName.NOVEL: QCoreApplication.translate(
            "Words", "Chips judged good that are like nothing the machine has learned from; nobody has decided them."
        ),
        QueueName.UNDECIDED: QCoreApplication.translate(
            "Words", "Chips on which the machine has no answer and that nobody has decided."
        ),
        QueueName.AUDIT: QCoreApplication.translate(
            "Words", "A random sample of the chips that were accepted unseen, of every class; nobody has decided them."
        ),
        QueueName.UNSURE: QCoreApplication.translate(
            "Words", "Chips that a person set aside with U for a second look."
        ),
        QueueName.DECIDED: QCoreApplication.translate("Words", "Chips that a person has decided, in that order."),
        QueueName.EVERYTHING: QCoreApplication.translate("Words", "Every chip of the wafer, row by row."),
    }[name]


def _between_people(name: QueueName) -> str:
    return {
        QueueName.SECOND_REVIEW: QCoreApplication.translate(
            "Words", "Chips that another person decided and that want a second person; your own are not counted."
        ),
        QueueName.DISPUTED: QCoreApplication.translate(
            "Words", "Chips on which two people disagree: they wait for an engineer."
        ),
        QueueName.RETURNED: QCoreApplication.translate(
            "Words", "Chips that an engineer gave back with a reason: they want to be decided anew."
        ),
    }[name]


def queue_empty(name: QueueName, filtered: bool = False) -> str:
    """What stands in the chip's place when a queue has nothing in it. filtered: the search line hides some of it."""
    if filtered:
        return QCoreApplication.translate("Words", "No chip of this queue fits the search line.")
    if name in OPEN_QUEUES:
        return QCoreApplication.translate("Words", "Nothing is waiting here.")
    return QCoreApplication.translate("Words", "This list is empty.")


def order_title(order: QueueOrder) -> str:
    return {
        QueueOrder.OWN: QCoreApplication.translate("Words", "The queue's own order"),
        QueueOrder.UNCERTAINTY: QCoreApplication.translate("Words", "Least sure first"),
        QueueOrder.WAFER: QCoreApplication.translate("Words", "As they lie on the wafer"),
        QueueOrder.SIMILARITY: QCoreApplication.translate("Words", "Alike chips together"),
        QueueOrder.CLASS: QCoreApplication.translate("Words", "By class"),
    }[order]


def order_meaning(order: QueueOrder) -> str:
    """What the order does, for its tooltip."""
    return {
        QueueOrder.OWN: QCoreApplication.translate(
            "Words", "The most urgent chips first; decided ones in the order of their decisions."
        ),
        QueueOrder.UNCERTAINTY: QCoreApplication.translate(
            "Words", "Chips on which the machine's two likeliest classes are nearly equal come first."
        ),
        QueueOrder.WAFER: QCoreApplication.translate("Words", "Row by row, every other row backwards."),
        QueueOrder.SIMILARITY: QCoreApplication.translate(
            "Words", "From the present chip on, each is followed by the one that the machine finds most alike."
        ),
        QueueOrder.CLASS: QCoreApplication.translate("Words", "Defects first, in the order of the recipe's classes."),
    }[order]
