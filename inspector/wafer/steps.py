"""What one person has done, as steps that can be taken back and done again, also after the program was restarted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from inspector.wafer.decision import Decision, DecisionKind
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import Opinion, OpinionKind


@dataclass(frozen=True)
class Step:
    """Decisions that were made at once, or one opinion with the decision that came with it."""

    decisions: tuple[Decision, ...] = ()
    opinion: Opinion | None = None

    @property
    def wafer(self) -> WaferKey:
        """The wafer of the first chip; only a CSV file decides on several wafers at once."""
        return self.opinion.wafer if self.opinion else self.decisions[0].wafer

    @property
    def chips(self) -> tuple[ChipId, ...]:
        return (self.opinion.chip,) if self.opinion else tuple(d.chip for d in self.decisions)

    def means_the_same(self, other: Step) -> bool:
        """True where both say the same of the same chips: doing a step again writes it anew."""
        return self._meaning() == other._meaning()

    def _meaning(self) -> object:
        if self.opinion is not None:
            return self.opinion.wafer, replace(self.opinion.new, about=None, ms_spent=None)
        return [(d.wafer, replace(d.new, from_class=None, batch=None, ms_spent=None)) for d in self.decisions]


@dataclass(frozen=True)
class Steps:
    """undo: steps that stand. redo: steps that the person took back and did nothing new since. Newest first."""

    undo: tuple[Step, ...]
    redo: tuple[Step, ...]


def fold_steps(own: Iterable[Decision], opinions: Iterable[Opinion], gone: Collection[int]) -> Steps:
    """Play one person's decisions and opinions through once more.

    own, opinions: all of that person, withdrawals too. gone: seqs of decisions that no longer stand, whoever took them
    back, or whose chip was moved.
    """
    opinions = sorted(opinions, key=lambda o: o.seq)
    undo: list[Step] = []
    redo: list[Step] = []
    for _, done, back in sorted([*_decided(own, opinions), *_said(opinions)], key=lambda event: event[0]):
        if done is not None:
            if redo and redo[-1].means_the_same(done):
                redo.pop()
            else:
                redo.clear()
            undo.append(done)
        else:
            taken = [step for step in undo if _is_taken(step, back)]
            undo = [step for step in undo if step not in taken]
            redo += reversed(taken)
    withdrawn = {o.new.withdraws for o in opinions}
    standing = [kept for step in undo if (kept := _standing(step, gone, withdrawn)) is not None]
    still_gone = [step for step in redo if _standing(step, gone, withdrawn) is None]
    return Steps(tuple(reversed(standing)), tuple(reversed(still_gone)))


_Place = tuple[float, int]
_Event = tuple[_Place, Step | None, frozenset[tuple[str, int]]]


def _decided(own: Iterable[Decision], opinions: Iterable[Opinion]) -> list[_Event]:
    """The decisions that came without an opinion, and the withdrawals, each batch once."""
    made = {o.made for o in opinions}
    groups: dict[object, list[Decision]] = {}
    for decision in sorted(own, key=lambda d: d.seq):
        if decision.seq not in made:
            batch = decision.new.batch
            together = (decision.kind is DecisionKind.WITHDRAW, batch, decision.time) if batch else decision.seq
            groups.setdefault(together, []).append(decision)
    events: list[_Event] = []
    for group in groups.values():
        place = (float(group[0].seq), 0)
        if group[0].new.withdraws is None:
            events.append((place, Step(tuple(group)), frozenset()))
        else:
            events.append((place, None, frozenset(("decision", d.new.withdraws or 0) for d in group)))
    return events


def _said(opinions: Iterable[Opinion]) -> list[_Event]:
    events: list[_Event] = []
    for o in opinions:
        place = (o.after + 0.5, o.seq)
        if o.kind is OpinionKind.WITHDRAW:
            events.append((place, None, frozenset({("opinion", o.new.withdraws or 0)})))
        else:
            events.append((place, Step(opinion=o), frozenset()))
    return events


def _is_taken(step: Step, back: Collection[tuple[str, int]]) -> bool:
    if step.opinion is None:
        return any(("decision", d.seq) in back for d in step.decisions)
    return ("opinion", step.opinion.seq) in back or ("decision", step.opinion.made or 0) in back


def _standing(step: Step, gone: Collection[int], withdrawn: Collection[int | None]) -> Step | None:
    """What still stands of a step; None where nothing does."""
    if step.opinion is not None:
        return None if step.opinion.seq in withdrawn or step.opinion.made in gone else step
    kept = tuple(d for d in step.decisions if d.seq not in gone)
    return replace(step, decisions=kept) if kept else None
