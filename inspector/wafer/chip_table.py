"""The chips of one wafer as columns, so that thousands are filtered, counted and sorted in the time of a frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.chip_query import STATES, ChipState, Field, Query, Term
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import AnswerState, StandingAnswer
from inspector.wafer.grid import ChipId
from inspector.wafer.review import ReviewReason, review_urgency
from inspector.wafer.second_review import ReviewState
from inspector.wafer.zones import ZONES

Rows = NDArray[np.bool_]
_REASON = {
    ReviewReason.UNDECIDED: int(ChipState.UNDECIDED),
    ReviewReason.DEFECT: int(ChipState.DEFECT),
    ReviewReason.BORDERLINE: int(ChipState.BORDERLINE),
    ReviewReason.NOVEL: int(ChipState.NOVEL),
}
_ANSWER = {
    AnswerState.CONFIRMED: int(ChipState.CONFIRMED),
    AnswerState.RELABELLED: int(ChipState.RELABELLED),
    AnswerState.UNSURE: int(ChipState.UNSURE),
    AnswerState.EXCLUDED: int(ChipState.EXCLUDED),
}
_OPEN, _DECIDED = int(ChipState.OPEN), int(ChipState.DECIDED)
_ACCEPTED, _UNJUDGED = int(ChipState.ACCEPTED), int(ChipState.UNJUDGED)
_REVIEW = {
    ReviewState.SECOND_REVIEW: int(ChipState.SECOND),
    ReviewState.AGREED: int(ChipState.AGREED),
    ReviewState.DISPUTED: int(ChipState.DISPUTED),
    ReviewState.ADJUDICATED: int(ChipState.ADJUDICATED),
    ReviewState.RETURNED: int(ChipState.RETURNED),
}


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """What a row says of a judged or decided chip.

    probabilities: float32 (K,), None where not judged. peak: share of the chip's width and height. model: its name and
    digest.
    """

    answer: StandingAnswer
    judged: bool = False
    machine: str | None = None
    p_defect: float = math.nan
    novelty: float = math.nan
    probabilities: NDArray[np.float32] | None = None
    peak: tuple[float, float] = (math.nan, math.nan)
    model: str = ""
    reason: ReviewReason | None = None
    review: ReviewState | None = None

    @property
    def urgency(self) -> tuple[int, float]:
        """As `review_urgency` gives it; zeros for a chip that does not want eyes."""
        return (0, 0.0) if self.reason is None else review_urgency(self.reason, self.p_defect)

    @property
    def accepted_as(self) -> str | None:
        """The class with which the chip passes unseen; None where the machine's answer wants eyes."""
        return self.machine if self.judged and self.reason is None else None


class ChipTable:
    """One row a chip, in the wafer's own order; every column is an array of N.

    p_defect, novelty, margin: NaN where not judged or undecided; margin: how far the likeliest class leads the second.
    probabilities: (N, K), zeros where there are none. peak: (N, 2), share of the chip's width and height. decided_at:
    seconds since 1970, NaN where nobody decided. seq: of the standing decision, 0 without one. urgency: rank of the
    review reason, then its own measure, as `review_urgency` gives them. zone: bits of `Zone`.
    """

    def __init__(self, chips: Sequence[ChipId], classes: ClassSet, zone: NDArray[np.uint8] | None = None) -> None:
        n = len(chips)
        self.chips = tuple(chips)
        self.rows = {chip: row for row, chip in enumerate(self.chips)}
        places = np.array(self.chips, dtype=np.int32).reshape(n, 2)
        self.column, self.row = places[:, 0], places[:, 1]
        self.zone = np.zeros(n, np.uint8) if zone is None else zone
        self.names = _Names()
        for name in classes.names:
            self.names.code(name)
        self.defect_codes = [self.names.code(c.name) for c in classes if not c.is_good]
        self.klass, self.machine = np.zeros(n, np.int32), np.zeros(n, np.int32)
        self.operator, self.subtype, self.model = (np.zeros(n, np.int32) for _ in range(3))
        self.state = np.full(n, int(ChipState.UNJUDGED), np.int64)
        self.p_defect, self.novelty, self.margin, self.decided_at = (np.full(n, math.nan) for _ in range(4))
        self.seq = np.zeros(n, np.int64)
        self.urgency = np.zeros((2, n))
        self.probabilities, self.peak = np.zeros((n, len(classes)), np.float32), np.full((n, 2), math.nan, np.float32)

    def __len__(self) -> int:
        return len(self.chips)

    def put(self, found: Sequence[tuple[ChipId, ChipFacts]]) -> None:
        """Take over what is known of chips, each named once; a chip that the wafer does not have is left out."""
        kept = [(self.rows[chip], facts) for chip, facts in found if chip in self.rows]
        if not kept:
            return
        rows, new = [row for row, _ in kept], [facts for _, facts in kept]
        code, decisions = self.names.code, [facts.answer.decision for facts in new]
        self.klass[rows] = [code(f.answer.class_name) for f in new]
        self.machine[rows], self.model[rows] = [code(f.machine) for f in new], [code(f.model) for f in new]
        self.p_defect[rows], self.novelty[rows] = [f.p_defect for f in new], [f.novelty for f in new]
        self.peak[rows] = [f.peak for f in new]
        self.urgency[:, rows] = np.array([f.urgency for f in new]).T
        self.operator[rows] = [code(d.new.operator if d else None) for d in decisions]
        self.subtype[rows] = [code(d.new.subtype if d else None) for d in decisions]
        self.decided_at[rows] = [d.time.timestamp() if d else math.nan for d in decisions]
        self.seq[rows] = [d.seq if d else 0 for d in decisions]
        self.state[rows] = self.state[rows] & int(ChipState.AUDIT) | [_state(f) for f in new]
        self._put_probabilities(rows, [f.probabilities for f in new])

    def _put_probabilities(self, rows: Sequence[int], found: Sequence[NDArray[np.float32] | None]) -> None:
        """Those of another set of classes, of a model that was trained for another recipe, say nothing here."""
        classes = self.probabilities.shape[1]
        none = np.zeros(classes, np.float32)
        new = np.array([none if p is None or len(p) != classes else p for p in found], np.float32)
        self.probabilities[rows] = new
        ordered = np.sort(new, axis=1)
        self.margin[rows] = np.where(ordered[:, -1] > 0, ordered[:, -1] - ordered[:, -2], math.nan)

    def rows_of(self, chips: Sequence[ChipId]) -> NDArray[np.intp]:
        """intp (N,): the rows of chips; KeyError for one that the wafer does not have."""
        if len(chips) == len(self) and tuple(chips) == self.chips:
            return np.arange(len(self))
        return np.fromiter(map(self.rows.__getitem__, chips), np.intp, len(chips))

    def by_machine(self, chips: Sequence[ChipId]) -> tuple[dict[str | None, tuple[ChipId, ...]], tuple[ChipId, ...]]:
        """Chips by the machine's answer, None where it could not decide, and those not judged; in their order."""
        rows = self.rows_of(chips)
        judged = ~self.has(ChipState.UNJUDGED)[rows]
        answers = self.machine[rows]
        names: dict[int, str | None] = {code: name for name, code in self.names.codes_by_name().items()}
        found = {
            names.get(code): _picked(chips, judged & (answers == code)) for code in np.unique(answers[judged]).tolist()
        }
        return found, _picked(chips, ~judged)

    def unanswered(self) -> tuple[ChipId, ...]:
        """The chips that the machine has judged and no person has decided."""
        return _picked(self.chips, ~self.has(ChipState.UNJUDGED | ChipState.DECIDED))

    def decided_by(self, operator: str) -> Rows:
        """bool (N,): the chips whose standing decision is this person's."""
        return np.asarray((self.operator == self.names.code(operator)) & self.has(ChipState.DECIDED))

    def is_decided(self, chip: ChipId) -> bool:
        row = self.rows.get(chip)
        return row is not None and bool(int(self.state[row]) & ChipState.DECIDED)

    @property
    def operators(self) -> tuple[str, ...]:
        """Whose decisions stand, by name."""
        return self.names.of(self.operator)

    @property
    def models(self) -> tuple[str, ...]:
        """The models whose judgements stand, name and digest."""
        return self.names.of(self.model)

    def set_audit(self, drawn: Iterable[ChipId]) -> None:
        """These chips, and no others, are drawn for the audit."""
        self.state &= ~int(ChipState.AUDIT)
        self.state[[self.rows[chip] for chip in drawn if chip in self.rows]] |= int(ChipState.AUDIT)

    def has(self, state: ChipState) -> Rows:
        """bool (N,): any of these states."""
        return np.asarray((self.state & int(state)) != 0)

    def matches(self, query: Query, now: float) -> Rows:
        """bool (N,): the chips on which every term holds; terms about lots and wafers are not asked.

        now: seconds since 1970, for terms that say how long ago.
        """
        found = np.ones(len(self), dtype=bool)
        for term in query.of_chips.terms:
            found &= self._holds(term, now) != term.negative
        return found

    def _holds(self, term: Term, now: float) -> Rows:
        numbers: dict[Field, NDArray[Any]] = {
            Field.P: self.p_defect,
            Field.NOVELTY: self.novelty,
            Field.COLUMN: self.column,
            Field.ROW: self.row,
            Field.DECIDED: (now - self.decided_at) / 3600,
        }
        if term.field in numbers:
            return within(numbers[term.field], term)
        if term.field is Field.STATE:
            return np.asarray(np.logical_or.reduce([self.has(STATES[value]) for value in term.values]))
        if term.field is Field.ZONE:
            zones = [int(ZONES[value]) for value in term.values]
            return np.asarray(np.logical_or.reduce([(self.zone & zone) == zone for zone in zones]))
        return self._is_named(term)

    def _is_named(self, term: Term) -> Rows:
        if term.field is Field.VERDICT:
            failing = np.isin(self.klass, self.defect_codes)
            named = self.klass != 0
            parts = [failing if value == "defect" else named & ~failing for value in term.values]
            return np.asarray(np.logical_or.reduce(parts))
        column, fits = {
            Field.CLASS: (self.klass, _is_same),
            Field.MACHINE: (self.machine, _is_same),
            Field.SUBTYPE: (self.subtype, _is_same),
            Field.OPERATOR: (self.operator, _begins),
            Field.MODEL: (self.model, _begins),
        }[term.field]
        return np.asarray(np.isin(column, self.names.codes(term.values, fits)))


def _picked(chips: Sequence[ChipId], rows: Rows) -> tuple[ChipId, ...]:
    return tuple(map(chips.__getitem__, np.flatnonzero(rows).tolist()))


def within(numbers: NDArray[Any], term: Term) -> Rows:
    """bool (N,): the numbers that a term asks for; one that is no number never is."""
    if term.open_ended:
        return np.asarray((numbers > term.low) & (numbers < term.high))
    return np.asarray((numbers >= term.low) & (numbers <= term.high))


class _Names:
    """Numbers for names, from 1; 0 is no name."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def code(self, name: str | None) -> int:
        return self._codes.setdefault(name, len(self._codes) + 1) if name else 0

    def codes_by_name(self) -> Mapping[str, int]:
        return self._codes

    def of(self, codes: NDArray[np.int32]) -> tuple[str, ...]:
        """The names in a column, sorted."""
        present = set(np.unique(codes).tolist())
        return tuple(sorted(name for name, code in self._codes.items() if code in present))

    def codes(self, wanted: Sequence[str], fits: Callable[[str, str], bool]) -> list[int]:
        return [code for name, code in self._codes.items() if any(fits(name, value) for value in wanted)]


def _is_same(name: str, value: str) -> bool:
    return name == value or name.casefold() == value


def _begins(name: str, value: str) -> bool:
    """A name, or one of its words, begins so."""
    return any(word.startswith(value) for word in (name.casefold(), *name.casefold().split()))


def _state(facts: ChipFacts) -> int:
    """The states that follow from a chip's facts; the audit is drawn elsewhere."""
    decided = _ANSWER.get(facts.answer.state, 0)
    state = decided | (_DECIDED if decided else 0) | (0 if facts.judged else _UNJUDGED)
    if facts.reason is not None:
        state |= _REASON[facts.reason] | (0 if decided else _OPEN)
    elif facts.judged:
        state |= _ACCEPTED
    return state if facts.review is None else state | _REVIEW.get(facts.review, 0)
