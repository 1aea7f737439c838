"""What a person decided on a chip; the standing answer is a fold over the log of decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.wafer.grid import ChipId, WaferKey


class DecisionKind(StrEnum):
    CONFIRM = "confirm"
    RELABEL = "relabel"
    UNSURE = "unsure"
    EXCLUDE = "exclude"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class NewDecision:
    """A decision that is not in the record yet.

    from_class: the answer that stood when the person decided (None: undecided or not judged).
    to_class: the answer that the person gives; None for unsure, exclude and withdraw.
    point: (x, y) in chip pixels, where the person saw the defect. batch: shared by decisions made in one step.
    withdraws: the seq of the decision that a withdrawal takes back. ms_spent: milliseconds from the chip's painting.
    """

    chip: ChipId
    kind: DecisionKind
    operator: str
    from_class: str | None = None
    to_class: str | None = None
    subtype: str | None = None
    reason: str = ""
    point: tuple[float, float] | None = None
    batch: str | None = None
    withdraws: int | None = None
    ms_spent: int | None = None

    def __post_init__(self) -> None:
        names_a_class = self.kind in (DecisionKind.CONFIRM, DecisionKind.RELABEL)
        if names_a_class != (self.to_class is not None):
            raise ValueError(f"a decision of kind {self.kind} with to_class={self.to_class!r}")
        if (self.kind is DecisionKind.WITHDRAW) != (self.withdraws is not None):
            raise ValueError("a withdrawal names the decision that it takes back, and nothing else does")
        if not self.operator.strip():
            raise ValueError("a decision needs the operator's name")


@dataclass(frozen=True)
class Decision:
    """A decision as it stands in the record: numbered, timed (UTC), never changed."""

    seq: int
    time: datetime
    wafer: WaferKey
    new: NewDecision

    @property
    def chip(self) -> ChipId:
        return self.new.chip

    @property
    def kind(self) -> DecisionKind:
        return self.new.kind


class AnswerState(StrEnum):
    """Where the standing answer comes from."""

    MACHINE = "machine"
    CONFIRMED = "confirmed"
    RELABELLED = "relabelled"
    UNSURE = "unsure"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class StandingAnswer:
    """What holds for a chip now: the last decision that was not withdrawn, else the machine's judgement.

    class_name is None where nobody has named a class: undecided, unsure or excluded.
    """

    class_name: str | None
    state: AnswerState
    decision: Decision | None = None

    @property
    def is_human(self) -> bool:
        """True where a person confirmed or relabelled: what export for retraining takes."""
        return self.state in (AnswerState.CONFIRMED, AnswerState.RELABELLED)


_STATE = {
    DecisionKind.CONFIRM: AnswerState.CONFIRMED,
    DecisionKind.RELABEL: AnswerState.RELABELLED,
    DecisionKind.UNSURE: AnswerState.UNSURE,
    DecisionKind.EXCLUDE: AnswerState.EXCLUDED,
}


def taken_back(log: Iterable[Decision]) -> set[int]:
    """The decisions that withdrawals which still stand have taken back; a withdrawal can itself be withdrawn."""
    gone: set[int] = set()
    for decision in sorted(log, key=lambda d: d.seq, reverse=True):
        if decision.new.withdraws is not None and decision.seq not in gone:
            gone.add(decision.new.withdraws)
    return gone


def standing_answer(machine_class: str | None, log: Iterable[Decision], lapsed: Collection[int] = ()) -> StandingAnswer:
    """Fold one chip's decisions, in any order, into its standing answer. `seq` decides, never the clock.

    lapsed: seqs of decisions that no longer stand because their chip has been moved since.
    """
    decisions = sorted(log, key=lambda d: d.seq)
    gone = taken_back(decisions)
    standing = [d for d in decisions if d.kind is not DecisionKind.WITHDRAW and d.seq not in gone]
    standing = [d for d in standing if d.seq not in lapsed]
    if not standing:
        return StandingAnswer(machine_class, AnswerState.MACHINE)
    last = standing[-1]
    return StandingAnswer(last.new.to_class, _STATE[last.kind], last)
