"""Second review: whose decisions a second person looks at, what that person said, and where each chip stands by it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, standing_answer, taken_back
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe import Recipe


class OpinionKind(StrEnum):
    """review: a second person's blind answer. adjudicate, return: what an engineer does with a dispute."""

    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    RETURN = "return"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class NewOpinion:
    """An opinion that is not in the record yet.

    class_name: the answer; None where a second reviewer is unsure too, and for return and withdraw.
    reason: a return needs one. about: seq of the decision that the person saw; None: whatever stands on the chip.
    withdraws: seq of the opinion that a withdrawal takes back. ms_spent: milliseconds from the chip's painting.
    """

    chip: ChipId
    kind: OpinionKind
    operator: str
    class_name: str | None = None
    reason: str = ""
    about: int | None = None
    withdraws: int | None = None
    ms_spent: int | None = None

    def __post_init__(self) -> None:
        if self.kind is OpinionKind.ADJUDICATE and self.class_name is None:
            raise ValueError("an adjudication names a class")
        if self.kind in (OpinionKind.RETURN, OpinionKind.WITHDRAW) and self.class_name is not None:
            raise ValueError(f"an opinion of kind {self.kind} names no class")
        if self.kind is OpinionKind.RETURN and not self.reason.strip():
            raise ValueError("a chip is returned with a reason")
        if (self.kind is OpinionKind.WITHDRAW) != (self.withdraws is not None):
            raise ValueError("a withdrawal names the opinion that it takes back, and nothing else does")
        if not self.operator.strip():
            raise ValueError("an opinion needs the person's name")


@dataclass(frozen=True)
class Opinion:
    """An opinion as it stands in the record: numbered, timed (UTC), never changed.

    about: seq of the decision that it is about. made: seq of the decision that it brought with it (an adjudication,
    and the answer of a second person where the first was unsure); withdrawing that decision takes the opinion back.
    after: seq of the record's newest decision before it, which places it among the decisions.
    """

    seq: int
    time: datetime
    wafer: WaferKey
    new: NewOpinion
    about: int
    made: int | None = None
    after: int = 0

    @property
    def chip(self) -> ChipId:
        return self.new.chip

    @property
    def kind(self) -> OpinionKind:
        return self.new.kind


class ReviewState(StrEnum):
    """Where a chip stands between its first decision and the answer that is final."""

    OPEN = "open"  # nobody's decision stands
    DECIDED = "decided"  # one person's decision is enough
    SECOND_REVIEW = "second_review"  # waits for another person
    AGREED = "agreed"  # the second person gave the same class
    DISPUTED = "disputed"  # another class, or both are unsure: waits for an engineer
    ADJUDICATED = "adjudicated"  # an engineer has settled it
    RETURNED = "returned"  # an engineer wants it decided again

    @property
    def is_settled(self) -> bool:
        """True where the standing answer is final: what export for retraining may take."""
        return self in (ReviewState.DECIDED, ReviewState.AGREED, ReviewState.ADJUDICATED)


class SecondReason(StrEnum):
    """Which decisions the recipe's `second` can send to a second person."""

    DEFECT_TO_GOOD = "defect_to_good"
    UNSURE = "unsure"


@dataclass(frozen=True)
class SecondRules:
    """What a recipe sends to a second person: the named decisions, and a share (0 to 1) of the answers "good"."""

    second: frozenset[SecondReason]
    share: float
    classes: ClassSet

    @classmethod
    def of(cls, recipe: Recipe) -> SecondRules:
        review = recipe.review
        return cls(frozenset(SecondReason(r) for r in review.second), review.second_share, recipe.class_set)


@dataclass(frozen=True)
class ChipReview:
    """A chip's place in the second review. decision: the one that stands. opinions: on it, oldest first, standing.

    parties: whose answers stand against each other, or stood until an engineer settled it.
    """

    state: ReviewState
    decision: Decision | None = None
    opinions: tuple[Opinion, ...] = ()
    parties: frozenset[str] = frozenset()


def standing_opinions(opinions: Iterable[Opinion], gone: Collection[int] = ()) -> list[Opinion]:
    """The opinions that nobody took back, oldest first; gone: seqs of decisions that were taken back or lapsed."""
    given = sorted(opinions, key=lambda o: o.seq)
    withdrawn = {o.new.withdraws for o in given}
    said = [o for o in given if o.kind is not OpinionKind.WITHDRAW and o.seq not in withdrawn]
    return [o for o in said if o.made is None or o.made not in gone]


def chip_review(
    machine_class: str | None,
    log: Sequence[Decision],
    opinions: Sequence[Opinion],
    rules: SecondRules,
    lapsed: Collection[int] = (),
) -> ChipReview:
    """Fold one chip's decisions and opinions, in any order, into where it stands.

    An opinion counts for the decision that it is about; a later decision begins anew, and may be asked about anew,
    but for the same answer that its author took back and gave again.
    """
    decision = standing_answer(machine_class, log, lapsed).decision
    if decision is None:
        return ChipReview(ReviewState.OPEN)
    said = standing_opinions(opinions, taken_back(log) | set(lapsed))
    maker = next((o for o in said if o.made == decision.seq), None)
    if maker is not None and maker.kind is OpinionKind.ADJUDICATE:
        first = next((d for d in log if d.seq == maker.about), decision)  # it may not be known here yet
        settled = _about(first, log, said, lapsed)
        return ChipReview(ReviewState.ADJUDICATED, decision, settled, _parties(first, settled))
    about = _about(decision, log, said, lapsed)
    before = classes_named(log, lapsed, decision.seq)
    if not needs_second(decision.wafer, machine_class, decision.new, rules, before, drawable=maker is None):
        return ChipReview(ReviewState.DECIDED, decision, about)
    state = _asked_state(decision, about)
    parties = _parties(decision, about) if state is ReviewState.DISPUTED else frozenset[str]()
    return ChipReview(state, decision, about, parties)


def _about(
    decision: Decision, log: Sequence[Decision], said: Sequence[Opinion], lapsed: Collection[int]
) -> tuple[Opinion, ...]:
    """What was said of a decision, or of the same answer that its author took back before: undo and redo end no
    dispute. A returned chip is to be looked at again, so that what was said of its answer before does not count.
    An opinion that brought a decision with it is an answer of its own below the one given again."""
    new, gone = decision.new, taken_back(log) - set(lapsed)
    before = {d.seq for d in log if d.seq in gone and _answer(d.new) == _answer(new)}
    returned = max((o.about for o in said if o.kind is OpinionKind.RETURN and o.about in before), default=0)
    kept = [o.seq for o in said if o.made is None and o.about in before and o.about > returned]
    return tuple(o for o in said if o.about == decision.seq or o.seq in kept)


def _answer(new: NewDecision) -> tuple[str, DecisionKind, str | None]:
    return new.operator, new.kind, new.to_class


def _parties(first: Decision, about: Iterable[Opinion]) -> frozenset[str]:
    return frozenset({first.new.operator, *(o.new.operator for o in about if o.kind is OpinionKind.REVIEW)})


def _asked_state(decision: Decision, about: Sequence[Opinion]) -> ReviewState:
    if any(o.kind is OpinionKind.RETURN for o in about):
        return ReviewState.RETURNED
    reviews = [o for o in about if o.kind is OpinionKind.REVIEW]
    if not reviews:
        return ReviewState.SECOND_REVIEW
    named = decision.new.to_class
    same = named is not None and all(o.new.class_name == named for o in reviews)
    return ReviewState.AGREED if same else ReviewState.DISPUTED


def classes_named(log: Sequence[Decision], lapsed: Collection[int] = (), until: int | None = None) -> set[str]:
    """The classes that people have given to a chip (before the decision `until`) and not taken back since."""
    gone = taken_back(log) | set(lapsed)
    standing = [d for d in log if d.seq not in gone and (until is None or d.seq < until)]
    return {d.new.to_class for d in standing if d.new.to_class is not None}


def needs_second(
    key: WaferKey,
    machine_class: str | None,
    new: NewDecision,
    rules: SecondRules,
    before: Collection[str] = (),
    *,
    drawable: bool = True,
) -> bool:
    """True where the recipe wants a second person for this decision; drawable: the random share may take it too.

    before: what people have called the chip until then, so that saying "good" twice does not get round it.
    The share is drawn from all answers "good" that are not asked about anyway.
    """
    if new.kind is DecisionKind.UNSURE:
        return SecondReason.UNSURE in rules.second
    if not _is_good(new.to_class, rules.classes):
        return False
    if SecondReason.DEFECT_TO_GOOD in rules.second and is_defect_to_good(machine_class, new, rules.classes, before):
        return True
    return drawable and is_drawn(key, new.chip, rules.share, "second")


def is_defect_to_good(
    machine_class: str | None, new: NewDecision, classes: ClassSet, before: Collection[str] = ()
) -> bool:
    """True for a good answer where the machine, or an answer before, said defect: what makes escapes."""
    said_before = (machine_class, new.from_class, *before)
    return _is_good(new.to_class, classes) and any(_is_defect(before, classes) for before in said_before)


def _is_good(name: str | None, classes: ClassSet) -> bool:
    return name is not None and name in classes and classes[name].is_good


def _is_defect(name: str | None, classes: ClassSet) -> bool:
    return name is not None and name in classes and not classes[name].is_good


def is_drawn(key: WaferKey, chip: ChipId, share: float, purpose: str) -> bool:
    """True for a share (0 to 1) of all chips: the same ones on every station and every day, others for each purpose."""
    text = "\0".join((purpose, key.lot, key.wafer, str(chip.column), str(chip.row)))
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()[:8], "big")
    return number < share * 2**64
