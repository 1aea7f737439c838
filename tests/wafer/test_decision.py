from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector.wafer.decision import AnswerState, Decision, DecisionKind, NewDecision, standing_answer
from inspector.wafer.grid import ChipId, WaferKey

CHIP = ChipId(1, 2)
START = datetime(2026, 1, 1, tzinfo=UTC)


def _entry(seq: int, kind: DecisionKind, to: str | None = None, withdraws: int | None = None) -> Decision:
    new = NewDecision(CHIP, kind, "aki", None, to, withdraws=withdraws)
    return Decision(seq, START + timedelta(seconds=seq), WaferKey("L", "W"), new)


def relabel(seq: int, to: str) -> Decision:
    return _entry(seq, DecisionKind.RELABEL, to)


def withdraw(seq: int, target: int) -> Decision:
    return _entry(seq, DecisionKind.WITHDRAW, withdraws=target)


def test_that_without_decisions_the_machine_answers() -> None:
    answer = standing_answer("clean", [])

    assert (answer.class_name, answer.state, answer.decision, answer.is_human) == (
        "clean",
        AnswerState.MACHINE,
        None,
        False,
    )


def test_that_the_last_decision_stands() -> None:
    answer = standing_answer("clean", [relabel(1, "pit"), relabel(2, "scratch")])

    assert (answer.class_name, answer.state, answer.is_human) == ("scratch", AnswerState.RELABELLED, True)


def test_that_the_number_decides_and_not_the_clock_or_the_order_given() -> None:
    late_clock = Decision(1, START + timedelta(days=9), WaferKey("L", "W"), relabel(1, "pit").new)

    assert standing_answer("clean", [relabel(2, "scratch"), late_clock]).class_name == "scratch"


def test_that_a_withdrawn_decision_uncovers_the_one_before() -> None:
    log = [relabel(1, "pit"), relabel(2, "scratch"), withdraw(3, 2)]

    assert standing_answer("clean", log).class_name == "pit"


def test_that_a_withdrawal_that_is_withdrawn_counts_no_more() -> None:
    log = [relabel(1, "pit"), withdraw(2, 1), withdraw(3, 2)]

    assert standing_answer("clean", log).class_name == "pit"
    assert standing_answer("clean", [*log, withdraw(4, 3)]).state is AnswerState.MACHINE


@pytest.mark.parametrize(
    ("kind", "state"), [(DecisionKind.UNSURE, AnswerState.UNSURE), (DecisionKind.EXCLUDE, AnswerState.EXCLUDED)]
)
def test_that_unsure_and_excluded_name_no_class_and_are_not_exported(kind: DecisionKind, state: AnswerState) -> None:
    answer = standing_answer("clean", [relabel(1, "pit"), _entry(2, kind)])

    assert (answer.class_name, answer.state, answer.is_human) == (None, state, False)


@pytest.mark.parametrize(
    ("kind", "to", "withdraws", "operator"),
    [
        (DecisionKind.CONFIRM, None, None, "aki"),
        (DecisionKind.UNSURE, "pit", None, "aki"),
        (DecisionKind.WITHDRAW, None, None, "aki"),
        (DecisionKind.CONFIRM, "pit", 3, "aki"),
        (DecisionKind.CONFIRM, "pit", None, "  "),
    ],
)
def test_that_a_decision_that_contradicts_itself_can_not_be_made(
    kind: DecisionKind, to: str | None, withdraws: int | None, operator: str
) -> None:
    with pytest.raises(ValueError, match=r"decision|withdrawal"):
        NewDecision(CHIP, kind, operator, None, to, withdraws=withdraws)
