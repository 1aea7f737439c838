"""The queues of a wafer: which chips each holds, in which order, and how many are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inspector.wafer.decision import AnswerState, StandingAnswer
from inspector.wafer.grid import ChipId
from inspector.wafer.review import ReviewReason, review_order


class QueueName(StrEnum):
    """The queues in the order in which the station shows them."""

    REVIEW = "review"
    DEFECTS = "defects"
    BORDERLINE = "borderline"
    UNSURE = "unsure"
    DECIDED = "decided"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Asked:
    """Why the machine's answer on a chip wants eyes, whatever people have decided since."""

    reason: ReviewReason
    p_defect: float


_WANTED = {
    QueueName.REVIEW: frozenset(ReviewReason),
    QueueName.DEFECTS: frozenset({ReviewReason.DEFECT}),
    QueueName.BORDERLINE: frozenset({ReviewReason.BORDERLINE}),
}


def is_decided(answer: StandingAnswer) -> bool:
    """True where a person has had a say: confirmed, relabelled, unsure or excluded."""
    return answer.state is not AnswerState.MACHINE


def members(
    name: QueueName,
    chips: Iterable[ChipId],
    asked: Mapping[ChipId, Asked],
    answers: Mapping[ChipId, StandingAnswer],
    keep: Iterable[ChipId] = (),
) -> list[ChipId]:
    """The chips of a queue in its order.

    keep: chips of a review queue that were decided while the queue was open; they keep their place, so that the chip
    before is still the chip before. Elsewhere a review queue holds open chips only.
    """
    if name in _WANTED:
        kept = frozenset(keep)
        wanted = _WANTED[name]
        return review_order(
            (chip, a.reason, a.p_defect)
            for chip, a in asked.items()
            if a.reason in wanted and (chip in kept or not _decided(chip, answers))
        )
    if name is QueueName.EVERYTHING:
        return list(chips)
    found = [(a.decision.seq if a.decision else 0, chip) for chip, a in answers.items() if _in_log_queue(name, a)]
    return [chip for _, chip in sorted(found)]


def open_counts(
    chips: Iterable[ChipId], asked: Mapping[ChipId, Asked], answers: Mapping[ChipId, StandingAnswer]
) -> dict[QueueName, int]:
    """How many chips each queue still offers; the review queues count what nobody has decided."""
    return {name: len(members(name, chips, asked, answers)) for name in QueueName}


def _decided(chip: ChipId, answers: Mapping[ChipId, StandingAnswer]) -> bool:
    answer = answers.get(chip)
    return answer is not None and is_decided(answer)


def _in_log_queue(name: QueueName, answer: StandingAnswer) -> bool:
    if name is QueueName.UNSURE:
        return answer.state is AnswerState.UNSURE
    return is_decided(answer)
