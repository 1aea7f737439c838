"""Whatever three people do, one after the other, the record equals a model that simply removes what is taken back."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import record_fakes as fakes
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from inspector.records.opinions import WAITING
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState
from inspector.wafer.steps import Step

GOOD, BAD, START = "clean", ("pit", "scratch"), datetime(2020, 1, 1, tzinfo=UTC)
MACHINE = {ChipId(1, 0): "pit", ChipId(2, 0): "clean", ChipId(3, 0): "pit"}
NAMES = ("aki", "ben", "ena")
CHIPS, PEOPLE = st.sampled_from(list(MACHINE)), st.sampled_from(NAMES)
ANSWERS = st.sampled_from([GOOD, *BAD, None])
_numbers = itertools.count()


@dataclass(eq=False)
class Said:
    """An opinion in the model."""

    kind: OpinionKind
    by: str
    to: str | None


@dataclass(eq=False)
class Answer:
    """A decision in the model, with the opinions on it. by_opinion: the one that it came with."""

    by: str
    kind: DecisionKind
    stood: str | None
    to: str | None
    opinions: list[Said] = field(default_factory=list)
    by_opinion: Said | None = None
    number: int = field(default_factory=lambda: next(_numbers))

    def is_like(self, other: Answer) -> bool:
        return (self.by, self.kind, self.to) == (other.by, other.kind, other.to)


@dataclass
class Done:
    """A step in the model. meaning: what makes two steps the same one, done again."""

    chips: tuple[ChipId, ...]
    meaning: object
    answers: list[Answer]
    said: Said | None = None


class Model:
    """What stands on each chip, newest last, what was taken back, and each person's two stacks."""

    def __init__(self) -> None:
        self.answers: dict[ChipId, list[Answer]] = {chip: [] for chip in MACHINE}
        self.gone: dict[ChipId, list[Answer]] = {chip: [] for chip in MACHINE}
        self.undo: dict[str, list[Done]] = {}
        self.redo: dict[str, list[Done]] = {}

    def standing(self, chip: ChipId) -> str | None:
        return self.answers[chip][-1].to if self.answers[chip] else MACHINE[chip]

    def state(self, chip: ChipId) -> ReviewState:
        if not self.answers[chip]:
            return ReviewState.OPEN
        last = self.answers[chip][-1]
        if last.by_opinion is not None and last.by_opinion.kind is OpinionKind.ADJUDICATE:
            return ReviewState.ADJUDICATED
        said_before = [MACHINE[chip], last.stood, *(answer.to for answer in self.answers[chip][:-1])]
        escapes = last.to == GOOD and any(said in BAD for said in said_before)
        if not escapes and last.to is not None:
            return ReviewState.DECIDED
        said = self.about(chip)
        if not said:
            return ReviewState.SECOND_REVIEW
        if said[-1].kind is OpinionKind.RETURN:
            return ReviewState.RETURNED
        return ReviewState.AGREED if last.to is not None and said[0].to == last.to else ReviewState.DISPUTED

    def about(self, chip: ChipId) -> list[Said]:
        """What was said of the standing answer, also before its author took it back, unless it was returned then."""
        *_, last = self.answers[chip]
        said: list[Said] = []
        for before in sorted(self.gone[chip], key=lambda answer: answer.number):
            if before.is_like(last):
                returned = any(one.kind is OpinionKind.RETURN for one in before.opinions)
                said = [] if returned else said + before.opinions
        return said + last.opinions

    def do(self, person: str, done: Done) -> None:
        for chip, answer in zip(done.chips, done.answers, strict=False):
            self.answers[chip].append(answer)
        again = self.redo.setdefault(person, [])
        if again and again[-1].meaning == done.meaning:
            again.pop()
        else:
            again.clear()
        self.undo.setdefault(person, []).append(done)

    def take_back(self, person: str) -> Done:
        done = self.undo[person].pop()
        for chip, answer in zip(done.chips, done.answers, strict=False):
            self.answers[chip].remove(answer)
            self.gone[chip].append(answer)
        if done.said is not None and not done.answers:
            for answer in self.answers[done.chips[0]] + self.gone[done.chips[0]]:
                answer.opinions = [said for said in answer.opinions if said is not done.said]
        self.redo.setdefault(person, []).append(done)
        return done


class RecordMachine(RuleBasedStateMachine):
    """Three people at one record; each may take back and do again what is their own."""

    record: Record

    def __init__(self) -> None:
        super().__init__()
        number = next(_numbers)
        self.key, self.suffix = WaferKey(f"L{number}", "W"), str(number)  # people of one run: what they did before ends
        self.model, self.written = Model(), 0
        self.record.add_wafer(fakes.reviewed(self.key, sha256=f"{number}"))
        judged = [(chip, fakes.judgement(name, 0.9 if name in BAD else 0.1)) for chip, name in MACHINE.items()]
        self.record.add_judgements(self.key, fakes.facts(), judged)

    def _name(self, person: str) -> str:
        return person + self.suffix

    def _decide(self, person: str, chips: tuple[ChipId, ...], to: str | None, again: Step | None = None) -> None:
        stood = [self.model.standing(chip) for chip in chips]
        batch = f"b{next(_numbers)}" if len(chips) > 1 else None
        news = []
        for chip, before in zip(chips, stood, strict=True):
            kind = DecisionKind.CONFIRM if to == before else DecisionKind.RELABEL
            kind = DecisionKind.UNSURE if to is None else kind
            news.append(NewDecision(chip, kind, self._name(person), before, to, batch=batch))
        news = [d.new for d in again.decisions] if again else news
        self.written += len(self.record.append(self.key, news))
        answers = [Answer(person, new.kind, new.from_class, new.to_class) for new in news]
        self.model.do(person, Done(chips, [(n.chip, n.kind, n.to_class) for n in news], answers))

    def _say(self, person: str, chip: ChipId, kind: OpinionKind, to: str | None) -> None:
        reason = "blurred" if kind is OpinionKind.RETURN else ""
        _, made = self.record.add_opinion(self.key, NewOpinion(chip, kind, self._name(person), to, reason))
        self.written += 1 + len(made)
        said, last = Said(kind, person, to), self.model.answers[chip][-1]
        brings = to is not None and (kind is OpinionKind.ADJUDICATE or last.to is None)
        assert bool(made) == brings
        answers = []
        if brings:
            before = last.to or MACHINE[chip]
            new_kind = DecisionKind.CONFIRM if to == before else DecisionKind.RELABEL
            answers = [Answer(person, new_kind, last.to, to, by_opinion=said)]
        else:
            last.opinions.append(said)
        self.model.do(person, Done((chip,), (chip, kind, to), answers, said))

    @initialize()
    def call_all_good(self) -> None:
        self._decide("aki", tuple(MACHINE), GOOD)

    @rule(person=PEOPLE, chips=st.sets(CHIPS, min_size=1), to=ANSWERS, agree=st.booleans())
    def decide(self, person: str, chips: set[ChipId], to: str | None, agree: bool) -> None:
        """One chip or a batch of them: confirm, relabel or unsure."""
        first, *_ = chosen = tuple(sorted(chips))
        self._decide(person, chosen, self.model.standing(first) if agree else to)

    @rule(by=st.integers(0, 1), to=ANSWERS, data=st.data())
    @precondition(lambda self: self._in(ReviewState.SECOND_REVIEW, ReviewState.DISPUTED))
    def look_again(self, by: int, to: str | None, data: st.DataObject) -> None:
        """A second opinion by another person; or, in a dispute, what an engineer settles or returns."""
        chip = data.draw(st.sampled_from(self._in(ReviewState.SECOND_REVIEW, ReviewState.DISPUTED)))
        person = [name for name in NAMES if name != self.model.answers[chip][-1].by][by]
        if self.model.state(chip) is ReviewState.SECOND_REVIEW:
            self._say(person, chip, OpinionKind.REVIEW, to)
        else:
            self._say(person, chip, OpinionKind.ADJUDICATE if to else OpinionKind.RETURN, to)

    @rule(data=st.data())
    @precondition(lambda self: any(self.model.undo.values()))
    def undo(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from([name for name, done in self.model.undo.items() if done]))
        step = self.record.work.steps(self._name(person), START).undo[0]
        self.model.take_back(person)
        self._withdraw(person, step)

    def _withdraw(self, person: str, step: Step) -> None:
        if step.opinion is not None:
            opinions, decisions = self.record.withdraw_opinions(self.key, [step.opinion.seq], self._name(person))
            self.written += len(opinions) + len(decisions)
        else:
            seqs = [d.seq for d in step.decisions]
            self.written += len(self.record.withdraw(self.key, seqs, self._name(person)))

    @rule(data=st.data())
    @precondition(lambda self: any(self.model.redo.values()))
    def redo(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from([name for name, done in self.model.redo.items() if done]))
        step = self.record.work.steps(self._name(person), START).redo[0]
        if step.opinion is None:
            self._decide(person, step.chips, None, again=step)
        elif self._fits(person, step.opinion.new):
            self._say(person, step.opinion.chip, step.opinion.kind, step.opinion.new.class_name)

    def _fits(self, person: str, new: NewOpinion) -> bool:
        """True where the chip waits for such an opinion once more."""
        asked = ReviewState.SECOND_REVIEW if new.kind is OpinionKind.REVIEW else ReviewState.DISPUTED
        if self.model.state(new.chip) is not asked:
            return False
        return new.kind is not OpinionKind.REVIEW or self.model.answers[new.chip][-1].by != person

    @rule()
    def reopen(self) -> None:
        path = self.record.path
        self.record.close()
        type(self).record = Record.open(f"sqlite:///{path}")

    def _in(self, *states: ReviewState) -> list[ChipId]:
        return [chip for chip in MACHINE if self.model.state(chip) in states]

    @invariant()
    def record_equals_model(self) -> None:
        standing, reviews = self.record.standing(self.key), self.record.reviews(self.key)
        for chip in MACHINE:
            assert standing[chip].class_name == self.model.standing(chip)
            state = self.model.state(chip)
            assert (reviews[chip].state if chip in reviews else ReviewState.OPEN) is state

    def teardown(self) -> None:
        """Every row is still there, people can go back and forth, and the chips that wait are found by themselves."""
        for person in NAMES:
            steps = self.record.work.steps(self._name(person), START)
            for found, kept in ((steps.undo, self.model.undo), (steps.redo, self.model.redo)):
                assert [step.chips for step in found] == [done.chips for done in reversed(kept.get(person, []))]
        assert len(self.record.decisions(self.key)) + len(self.record.opinions(self.key)) == self.written
        waiting = self.record.all_reviews(self.key.lot).get(self.key, {})
        assert {chip: review.state for chip, review in waiting.items()} == {
            chip: self.model.state(chip) for chip in MACHINE if self.model.state(chip) in WAITING
        }


def test_that_the_record_equals_the_model_of_it(empty_record: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(empty_record.read_bytes())
    RecordMachine.record = Record.open(f"sqlite:///{path}")
    try:
        chosen = settings(max_examples=100, stateful_step_count=12, deadline=None)
        run_state_machine_as_test(RecordMachine, settings=chosen)
    finally:
        RecordMachine.record.close()
