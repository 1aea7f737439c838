"""What each queue holds, and where one goes on."""

from __future__ import annotations

from datetime import UTC, datetime

from inspector.station.state.queues import Asked, QueueName, ReviewQueue, members, open_counts
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, StandingAnswer, standing_answer
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.review import ReviewReason

A, B, C, D, E = (ChipId(n, 0) for n in range(5))
CHIPS = [A, B, C, D, E]
ASKED = {
    A: Asked(ReviewReason.BORDERLINE, 0.4),
    B: Asked(ReviewReason.DEFECT, 0.99),
    C: Asked(ReviewReason.UNDECIDED, float("nan")),
    D: Asked(ReviewReason.BORDERLINE, 0.9),
}
NOVEL = {E: Asked(ReviewReason.NOVEL, 0.01)}


def answer(kind: DecisionKind, seq: int = 1, chip: ChipId = A) -> StandingAnswer:
    to_class = "pit" if kind in (DecisionKind.CONFIRM, DecisionKind.RELABEL) else None
    new = NewDecision(chip, kind, "Kato", "pit", to_class)
    return standing_answer("pit", [Decision(seq, datetime(2026, 1, 1, tzinfo=UTC), WaferKey("L", "W"), new)])


def test_that_needs_review_holds_undecided_then_defects_then_borderline() -> None:
    assert members(QueueName.REVIEW, CHIPS, ASKED, {}) == [C, B, A, D]


def test_that_chips_never_seen_come_last_and_have_a_queue_of_their_own() -> None:
    asked = ASKED | NOVEL

    assert members(QueueName.REVIEW, CHIPS, asked, {}) == [C, B, A, D, E]
    assert members(QueueName.NOVEL, CHIPS, asked, {}) == [E]
    assert open_counts(CHIPS, asked, {})[QueueName.NOVEL] == 1


def test_that_a_decided_chip_leaves_the_review_queues() -> None:
    answers = {B: answer(DecisionKind.CONFIRM)}

    assert members(QueueName.DEFECTS, CHIPS, ASKED, answers) == []
    assert members(QueueName.REVIEW, CHIPS, ASKED, answers) == [C, A, D]


def test_that_an_unsure_chip_has_a_queue_of_its_own() -> None:
    answers = {A: answer(DecisionKind.UNSURE), B: answer(DecisionKind.CONFIRM)}

    assert members(QueueName.UNSURE, CHIPS, ASKED, answers) == [A]


def test_that_decided_chips_stand_in_the_order_of_their_decisions() -> None:
    answers = {
        A: answer(DecisionKind.CONFIRM, 7),
        E: answer(DecisionKind.RELABEL, 3),
        D: answer(DecisionKind.EXCLUDE, 5),
    }

    assert members(QueueName.DECIDED, CHIPS, ASKED, answers) == [E, D, A]


def test_that_the_counts_of_the_review_queues_add_up() -> None:
    counts = open_counts(CHIPS, ASKED, {D: answer(DecisionKind.CONFIRM)})

    undecided = 1
    assert counts[QueueName.REVIEW] == counts[QueueName.DEFECTS] + counts[QueueName.BORDERLINE] + undecided
    assert counts[QueueName.EVERYTHING] == 5
    assert counts[QueueName.DECIDED] == 1


def test_that_a_chip_decided_now_keeps_its_place_until_the_queue_is_chosen_again() -> None:
    queue, answers = ReviewQueue(), {B: answer(DecisionKind.CONFIRM)}
    queue.keep([B])
    queue.sort(CHIPS, ASKED, answers)
    before = list(queue.chips)

    queue.choose(QueueName.REVIEW)
    queue.sort(CHIPS, ASKED, answers)

    assert before == [C, B, A, D]
    assert queue.chips == [C, A, D]


def test_that_one_goes_on_to_the_next_open_chip_and_from_the_end_to_the_first() -> None:
    queue, answers = ReviewQueue(), {D: answer(DecisionKind.CONFIRM), A: answer(DecisionKind.CONFIRM)}
    queue.keep([A, D])
    queue.sort(CHIPS, ASKED, answers)

    assert queue.next_open(queue.chips, B, answers) == C
    assert queue.next_open(queue.chips, D, answers) == C


def test_that_a_chip_judged_meanwhile_is_found_when_the_old_ones_are_done() -> None:
    queue = ReviewQueue()
    queue.sort(CHIPS, {B: ASKED[B]}, {})
    before = list(queue.chips)
    answers = {B: answer(DecisionKind.CONFIRM)}
    queue.keep([B])

    queue.sort(CHIPS, ASKED, answers)

    assert queue.next_open(before, B, answers) == C


def test_that_there_is_nowhere_to_go_when_every_chip_is_decided() -> None:
    queue = ReviewQueue()
    answers = {chip: answer(DecisionKind.CONFIRM) for chip in ASKED}
    queue.keep(ASKED)
    queue.sort(CHIPS, ASKED, answers)

    assert queue.next_open(queue.chips, A, answers) is None


def test_that_deciding_an_unsure_chip_goes_on_to_the_next_unsure_one() -> None:
    queue = ReviewQueue()
    queue.choose(QueueName.UNSURE)
    answers = {A: answer(DecisionKind.UNSURE, 1), B: answer(DecisionKind.UNSURE, 2)}
    queue.sort(CHIPS, ASKED, answers)
    before = list(queue.chips)
    answers[A] = answer(DecisionKind.CONFIRM, 3)

    queue.sort(CHIPS, ASKED, answers)

    assert queue.chips == [B]
    assert queue.next_open(before, A, answers) == B
