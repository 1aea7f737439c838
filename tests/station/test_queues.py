"""What each queue holds, in which order, and where one goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.queues import Asker, QueueCount, QueueName, ReviewQueue, queue_counts
from inspector.wafer.chip_query import QueryWords, parse
from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, standing_answer
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.review import ReviewReason
from inspector.wafer.second_review import ReviewState

CLASSES = ClassSet(
    (
        ChipClass("clean", Verdict.GOOD, "1", (), {}, "#009E73", ""),
        ChipClass("pit", Verdict.DEFECT, "2", (), {}, "#D55E00", "●"),
    )
)
CHIPS = A, B, C, D, E = [ChipId(n, 0) for n in range(5)]
REASONS = {
    A: (ReviewReason.BORDERLINE, 0.4),
    B: (ReviewReason.DEFECT, 0.99),
    C: (ReviewReason.UNDECIDED, float("nan")),
    D: (ReviewReason.BORDERLINE, 0.9),
    E: (None, 0.01),
}


class Wafer:
    """Five judged chips in a table, on which a person decides."""

    def __init__(self, *, novel: bool = False, chips: tuple[ChipId, ...] = tuple(CHIPS)) -> None:
        self.reasons = dict(REASONS) | ({E: (ReviewReason.NOVEL, 0.01)} if novel else {})
        self.table = ChipTable(CHIPS, CLASSES)
        for chip in chips:
            self.put(chip, ())

    def put(self, chip: ChipId, log: tuple[Decision, ...], review: ReviewState | None = None) -> None:
        reason, p = self.reasons[chip]
        name = None if np.isnan(p) else "pit" if p >= 0.5 else "clean"
        shares = None if np.isnan(p) else np.array([1 - p, p], np.float32)
        answer = standing_answer(name, log)
        row = ChipFacts(answer, True, name, p, probabilities=shares, peak=(0.5, 0.5), reason=reason, review=review)
        self.table.put([(chip, row)])

    def decide(
        self, chip: ChipId, kind: DecisionKind, seq: int = 1, review: ReviewState | None = None, name: str = "pit"
    ) -> None:
        to_class = name if kind in (DecisionKind.CONFIRM, DecisionKind.RELABEL) else None
        new = NewDecision(chip, kind, "Kato", "pit", to_class)
        self.put(chip, (Decision(seq, datetime(2026, 1, 1, tzinfo=UTC), WaferKey("L", "W"), new),), review)


@pytest.fixture
def wafer() -> Wafer:
    return Wafer()


def members(name: QueueName, wafer: Wafer, asker: Asker | None = None, order: QueueOrder | None = None) -> list[ChipId]:
    queue = ReviewQueue()
    queue.choose(name, order)
    queue.sort(wafer.table, asker or Asker())
    return queue.chips


def offered(wafer: Wafer, asker: Asker | None = None) -> dict[QueueName, int]:
    return {name: count.offered for name, count in queue_counts(wafer.table, asker or Asker()).items()}


def test_that_needs_review_holds_undecided_then_defects_then_borderline(wafer: Wafer) -> None:
    assert members(QueueName.REVIEW, wafer) == [C, B, A, D]
    assert members(QueueName.UNDECIDED, wafer) == [C]


def test_that_chips_never_seen_come_last_and_have_a_queue_of_their_own() -> None:
    wafer = Wafer(novel=True)

    assert members(QueueName.REVIEW, wafer) == [C, B, A, D, E]
    assert members(QueueName.NOVEL, wafer) == [E]
    assert offered(wafer)[QueueName.NOVEL] == 1


def test_that_a_decided_chip_leaves_the_review_queues(wafer: Wafer) -> None:
    wafer.decide(B, DecisionKind.CONFIRM)

    assert members(QueueName.DEFECTS, wafer) == []
    assert members(QueueName.REVIEW, wafer) == [C, A, D]


def test_that_an_audited_chip_waits_until_somebody_has_decided_it(wafer: Wafer) -> None:
    wafer.table.set_audit([E])
    before = members(QueueName.AUDIT, wafer)
    wafer.decide(E, DecisionKind.CONFIRM)

    assert before == [E]
    assert members(QueueName.AUDIT, wafer) == []
    assert E not in members(QueueName.REVIEW, wafer)


def test_that_an_unsure_chip_has_a_queue_of_its_own(wafer: Wafer) -> None:
    wafer.decide(A, DecisionKind.UNSURE)
    wafer.decide(B, DecisionKind.CONFIRM)

    assert members(QueueName.UNSURE, wafer) == [A]


@pytest.mark.parametrize(
    ("state", "name"), [(ReviewState.DISPUTED, QueueName.DISPUTED), (ReviewState.RETURNED, QueueName.RETURNED)]
)
def test_that_a_chip_between_people_waits_in_its_queue(wafer: Wafer, state: ReviewState, name: QueueName) -> None:
    wafer.decide(A, DecisionKind.CONFIRM, review=state)

    assert members(name, wafer) == [A]


def test_that_nobody_is_asked_to_review_an_own_decision(wafer: Wafer) -> None:
    wafer.decide(A, DecisionKind.CONFIRM, review=ReviewState.SECOND_REVIEW)

    assert members(QueueName.SECOND_REVIEW, wafer, Asker("Mori")) == [A]
    assert members(QueueName.SECOND_REVIEW, wafer, Asker("Kato")) == []
    assert offered(wafer, Asker("Kato"))[QueueName.SECOND_REVIEW] == 0


def test_that_decided_chips_stand_in_the_order_of_their_decisions(wafer: Wafer) -> None:
    wafer.decide(A, DecisionKind.CONFIRM, 7)
    wafer.decide(E, DecisionKind.RELABEL, 3)
    wafer.decide(D, DecisionKind.EXCLUDE, 5)

    assert members(QueueName.DECIDED, wafer) == [E, D, A]


def test_that_the_counts_of_the_review_queues_add_up(wafer: Wafer) -> None:
    wafer.decide(D, DecisionKind.CONFIRM)
    counts = offered(wafer)

    parts = (QueueName.DEFECTS, QueueName.BORDERLINE, QueueName.NOVEL, QueueName.UNDECIDED)
    assert counts[QueueName.REVIEW] == sum(counts[name] for name in parts) == 3
    assert counts[QueueName.EVERYTHING] == 5
    assert counts[QueueName.DECIDED] == 1


def test_that_every_count_is_the_length_of_its_queue(wafer: Wafer) -> None:
    wafer.table.set_audit([E])
    wafer.decide(A, DecisionKind.UNSURE, review=ReviewState.SECOND_REVIEW)
    asker = Asker("Mori", parse("p<0.95", QueryWords()))

    for name, count in queue_counts(wafer.table, asker).items():
        assert count == QueueCount(len(members(name, wafer, Asker("Mori"))), len(members(name, wafer, asker)))


def test_that_a_filter_leaves_the_chips_on_which_it_holds(wafer: Wafer) -> None:
    assert members(QueueName.REVIEW, wafer, Asker(query=parse("p>0.8", QueryWords()))) == [B, D]


def test_that_a_chip_decided_now_keeps_its_place_until_the_queue_is_chosen_again(wafer: Wafer) -> None:
    queue = ReviewQueue()
    wafer.decide(B, DecisionKind.CONFIRM)
    queue.keep([B])
    queue.sort(wafer.table, Asker())
    before = list(queue.chips)

    queue.choose(QueueName.REVIEW)
    queue.sort(wafer.table, Asker())

    assert before == [C, B, A, D]
    assert queue.chips == [C, A, D]


def test_that_a_chip_keeps_its_place_although_the_filter_no_longer_holds_on_it(wafer: Wafer) -> None:
    queue, asker = ReviewQueue(), Asker(query=parse("open", QueryWords()))
    wafer.decide(B, DecisionKind.CONFIRM)
    queue.keep([B])

    queue.sort(wafer.table, asker)

    assert queue.chips == [C, B, A, D]


@pytest.mark.parametrize("order", list(QueueOrder))
def test_that_nothing_jumps_in_any_order_when_a_chip_gets_another_class(wafer: Wafer, order: QueueOrder) -> None:
    queue = ReviewQueue()
    queue.choose(QueueName.REVIEW, order)
    queue.sort(wafer.table, Asker())
    before = list(queue.chips)
    for seq, chip in enumerate(before, start=1):
        wafer.decide(chip, DecisionKind.RELABEL, seq, name="clean" if chip != A else "pit")
        queue.keep([chip])
        queue.sort(wafer.table, Asker())

    assert queue.chips == before
    assert sorted(before) == [A, B, C, D]


def test_that_chips_judged_later_stand_at_the_end_of_the_order_by_similarity() -> None:
    wafer, queue = Wafer(chips=(A, B, C)), ReviewQueue()
    queue.choose(QueueName.REVIEW, QueueOrder.SIMILARITY)
    queue.sort(wafer.table, Asker())
    before = list(queue.chips)
    wafer.put(D, ())

    queue.sort(wafer.table, Asker())

    assert queue.chips == [*before, D]


def test_that_one_goes_on_to_the_next_open_chip_and_from_the_end_to_the_first(wafer: Wafer) -> None:
    queue = ReviewQueue()
    wafer.decide(D, DecisionKind.CONFIRM)
    wafer.decide(A, DecisionKind.CONFIRM)
    queue.keep([A, D])
    queue.sort(wafer.table, Asker())

    assert queue.next_open(queue.chips, B, wafer.table) == C
    assert queue.next_open(queue.chips, D, wafer.table) == C


def test_that_a_chip_judged_meanwhile_is_found_when_the_old_ones_are_done() -> None:
    wafer, queue = Wafer(chips=(B,)), ReviewQueue()
    queue.sort(wafer.table, Asker())
    before = list(queue.chips)
    wafer.decide(B, DecisionKind.CONFIRM)
    queue.keep([B])
    for chip in (A, C, D):
        wafer.put(chip, ())

    queue.sort(wafer.table, Asker())

    assert queue.next_open(before, B, wafer.table) == C


def test_that_there_is_nowhere_to_go_when_every_chip_is_decided(wafer: Wafer) -> None:
    queue = ReviewQueue()
    for chip in (A, B, C, D):
        wafer.decide(chip, DecisionKind.CONFIRM)
    queue.keep([A, B, C, D])
    queue.sort(wafer.table, Asker())

    assert queue.next_open(queue.chips, A, wafer.table) is None


def test_that_deciding_an_unsure_chip_goes_on_to_the_next_unsure_one(wafer: Wafer) -> None:
    queue = ReviewQueue()
    queue.choose(QueueName.UNSURE)
    wafer.decide(A, DecisionKind.UNSURE, 1)
    wafer.decide(B, DecisionKind.UNSURE, 2)
    queue.sort(wafer.table, Asker())
    before = list(queue.chips)
    wafer.decide(A, DecisionKind.CONFIRM, 3)

    queue.sort(wafer.table, Asker())

    assert queue.chips == [B]
    assert queue.next_open(before, A, wafer.table) == B
