"""What one answer for many chips would change, before anybody gives it: from which class to which, and on how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspector.station.state.answer import Answer
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import AnswerState, DecisionKind, NewDecision, StandingAnswer
from inspector.wafer.grid import ChipId
from inspector.wafer.second_review import ReviewState

TABLE_ABOVE = 50  # chips: a larger batch is read as a table first
_SETTLED = frozenset({ReviewState.AGREED, ReviewState.DISPUTED, ReviewState.ADJUDICATED})


class LeftOut(StrEnum):
    """Why a chip is not part of a batch."""

    NOT_SEEN = "not seen"
    SETTLED = "settled"  # a second person or an engineer has answered: a batch does not go over that
    NO_ANSWER = "no answer"  # nothing to confirm
    ALREADY = "already"  # a person has given this answer


@dataclass(frozen=True)
class Wish:
    """What is to be decided: confirm what stands, relabel to a class, unsure or exclude."""

    kind: DecisionKind
    class_name: str | None = None


@dataclass(frozen=True)
class FromTo:
    """One line of the table. from_class: None where no class stood. passes, fails: the verdict changes to this one."""

    from_class: str | None
    to: Wish
    count: int
    passes: bool = False
    fails: bool = False


@dataclass(frozen=True)
class BatchPlan:
    """decisions: in the order of the chips. second: how many of them wait for a second person then.

    unguarded: how many turn a defect into a good chip without a second person looking at it.
    """

    wish: Wish
    decisions: tuple[NewDecision, ...]
    left_out: Mapping[LeftOut, tuple[ChipId, ...]]
    rows: tuple[FromTo, ...]
    second: int
    unguarded: int

    @property
    def to_pass(self) -> int:
        return sum(row.count for row in self.rows if row.passes)

    @property
    def to_fail(self) -> int:
        return sum(row.count for row in self.rows if row.fails)

    @property
    def wants_table(self) -> bool:
        """True where a person should read what changes before it does."""
        return len(self.decisions) > TABLE_ABOVE or self.unguarded > 0


@dataclass(frozen=True)
class Ground:
    """What a plan rests on; each function is asked per chip."""

    classes: ClassSet
    operator: str
    standing: Callable[[ChipId], StandingAnswer]
    state: Callable[[ChipId], ReviewState]
    goes_to_second: Callable[[NewDecision], bool]


def plan_batch(chips: Sequence[ChipId], wish: Wish, ground: Ground, seen: Collection[ChipId], batch: str) -> BatchPlan:
    """Works out a batch of which only what was seen is decided. batch: its name in the record."""
    left_out: defaultdict[LeftOut, list[ChipId]] = defaultdict(list)
    decisions = []
    for chip in chips:
        answer = ground.standing(chip)
        why = _left_out(chip, answer, wish, ground, seen)
        if why is not None:
            left_out[why].append(chip)
        else:
            decisions.append(_decision(chip, answer, wish, ground, batch))
    if len(decisions) == 1:
        decisions = [_decision(d.chip, ground.standing(d.chip), wish, ground, None) for d in decisions]
    second = [ground.goes_to_second(d) for d in decisions]
    risky = [_passes(d.from_class, d.to_class, ground.classes) for d in decisions]
    return BatchPlan(
        wish,
        tuple(decisions),
        {why: tuple(found) for why, found in left_out.items()},
        _rows(decisions, ground.classes),
        sum(second),
        sum(r and not s for r, s in zip(risky, second, strict=True)),
    )


def _left_out(
    chip: ChipId, answer: StandingAnswer, wish: Wish, ground: Ground, seen: Collection[ChipId]
) -> LeftOut | None:
    if ground.state(chip) in _SETTLED:
        return LeftOut.SETTLED
    if wish.kind is DecisionKind.CONFIRM:
        if answer.state is not AnswerState.MACHINE:
            return LeftOut.ALREADY
        if answer.class_name is None or answer.class_name not in ground.classes:
            return LeftOut.NO_ANSWER
    elif answer.state is not AnswerState.MACHINE and _says(answer) == wish:
        return LeftOut.ALREADY
    return None if chip in seen else LeftOut.NOT_SEEN


def _says(answer: StandingAnswer) -> Wish:
    if answer.state is AnswerState.UNSURE:
        return Wish(DecisionKind.UNSURE)
    if answer.state is AnswerState.EXCLUDED:
        return Wish(DecisionKind.EXCLUDE)
    return Wish(DecisionKind.RELABEL, answer.class_name)


def _decision(chip: ChipId, answer: StandingAnswer, wish: Wish, ground: Ground, batch: str | None) -> NewDecision:
    named = answer.class_name if wish.kind is DecisionKind.CONFIRM else wish.class_name
    return Answer(wish.kind, named).on(chip, answer, ground.operator, batch)


def _rows(decisions: Sequence[NewDecision], classes: ClassSet) -> tuple[FromTo, ...]:
    """The commonest change first; what stays as it is comes last."""
    counts = Counter((d.from_class, _wish_of(d)) for d in decisions)
    rows = [
        FromTo(stood, to, n, _passes(stood, to.class_name, classes), _passes(to.class_name, stood, classes))
        for (stood, to), n in counts.items()
    ]
    return tuple(sorted(rows, key=lambda r: (r.from_class == r.to.class_name, -r.count, r.from_class or "")))


def _wish_of(new: NewDecision) -> Wish:
    if new.to_class is None:
        return Wish(new.kind)
    return Wish(DecisionKind.RELABEL, new.to_class)


def _passes(before: str | None, after: str | None, classes: ClassSet) -> bool:
    """A defect becomes good."""
    known = before is not None and after is not None and before in classes and after in classes
    return known and not classes[before or ""].is_good and classes[after or ""].is_good
