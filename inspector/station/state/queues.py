"""The queues of a wafer: which chips each holds, in which order, and how many are still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from inspector.wafer.decision import AnswerState, StandingAnswer
from inspector.wafer.grid import ChipId
from inspector.wafer.review import ReviewReason, review_order


class QueueName(StrEnum):
    """The queues in the order in which the station shows them."""

    REVIEW = "review"
    DEFECTS = "defects"
    BORDERLINE = "borderline"
    NOVEL = "novel"
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
    QueueName.NOVEL: frozenset({ReviewReason.NOVEL}),
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
    chips: Collection[ChipId], asked: Mapping[ChipId, Asked], answers: Mapping[ChipId, StandingAnswer]
) -> dict[QueueName, int]:
    """How many chips each queue still offers; the review queues count what nobody has decided."""
    reasons = Counter(a.reason for chip, a in asked.items() if not _decided(chip, answers))
    machine = AnswerState.MACHINE  # a name of its own: this is asked of every chip
    decided = [answer for answer in answers.values() if answer.state is not machine]
    counts = {name: sum(reasons[reason] for reason in wanted) for name, wanted in _WANTED.items()}
    return counts | {
        QueueName.UNSURE: sum(answer.state is AnswerState.UNSURE for answer in decided),
        QueueName.DECIDED: len(decided),
        QueueName.EVERYTHING: len(chips),
    }


def _decided(chip: ChipId, answers: Mapping[ChipId, StandingAnswer]) -> bool:
    answer = answers.get(chip)
    return answer is not None and is_decided(answer)


def _in_log_queue(name: QueueName, answer: StandingAnswer) -> bool:
    if name is QueueName.UNSURE:
        return answer.state is AnswerState.UNSURE
    return is_decided(answer)


class ReviewQueue:
    """The chosen queue as a list that grows while the machine judges, and in which nothing jumps."""

    def __init__(self) -> None:
        self.name = QueueName.REVIEW
        self.chips: list[ChipId] = []
        self._places: dict[ChipId, int] = {}
        self._kept: set[ChipId] = set()

    def __contains__(self, chip: object) -> bool:
        return chip in self._places

    def choose(self, name: QueueName) -> None:
        """Another queue; chips decided in the meantime leave the queues of open chips."""
        self.name = name
        self._kept.clear()

    def keep(self, chips: Iterable[ChipId]) -> None:
        """These have just been decided: they keep their place while this queue is open."""
        self._kept.update(chips)

    def sort(
        self, chips: Iterable[ChipId], asked: Mapping[ChipId, Asked], answers: Mapping[ChipId, StandingAnswer]
    ) -> None:
        self.chips = members(self.name, chips, asked, answers, self._kept)
        self._places = {chip: place for place, chip in enumerate(self.chips)}

    def place(self, chip: ChipId) -> int | None:
        """From 0; None for a chip outside the queue."""
        return self._places.get(chip)

    def next_open(self, before: list[ChipId], chip: ChipId, answers: Mapping[ChipId, StandingAnswer]) -> ChipId | None:
        """Where to go on after a decision on `chip`: the next open one, from the start again after the end.

        before: the queue as it was before the decision, in which `chip` may have had its place.
        """
        start = before.index(chip) + 1 if chip in before else 0
        after, earlier = before[start:], before[:start]
        if self.name is QueueName.DECIDED:
            return next((c for c in after if c != chip), None)
        if self.name is QueueName.UNSURE:
            return next((c for c in after + earlier if c in self and c != chip), None)
        known = set(before)
        new = (c for c in self.chips if c not in known)
        return next((c for c in chain(after, new, earlier) if c in self and not _decided(c, answers)), None)
