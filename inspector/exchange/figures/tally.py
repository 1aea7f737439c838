"""Counts a record one wafer at a time, so that a large record needs no more memory than a small one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inspector.records.decisions import fold
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.wafer.audit_sample import AuditSample
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import AnswerState, StandingAnswer
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.review import ReviewLimits, ReviewReason

P_BINS = 50
_NAMED = 20  # lots that an error lists


class Cell(IntEnum):
    """What a place of a wafer map holds where it is no class; classes count from 0 in the recipe's order."""

    OUTSIDE = -1
    NOT_JUDGED = -2
    UNDECIDED = -3
    UNSURE = -4
    EXCLUDED = -5


_SET_ASIDE = {AnswerState.UNSURE: Cell.UNSURE, AnswerState.EXCLUDED: Cell.EXCLUDED}


@dataclass(frozen=True)
class Tally:
    """Counts over any number of wafers of one product; a class of None means that the machine was undecided.

    chips: expected places. judged: newest judgements by class. standing: what each chip of `chips` holds now.
    states: where the standing answers come from. waiting: chips that want eyes and that nobody has decided, by reason.
    compared: (judged class, decided class) of the judged chips that a person confirmed or relabelled; unasked: those
    among them that had not wanted eyes. subtypes: (class, sub-type) of the standing human answers.
    models: (name, digest, device) behind the newest judgements. operators: who gave the decisions that stand.
    times: when the judgements and the decisions that stand were made, first and last, UTC.
    asked: judged chips that want eyes or wanted them before somebody decided.
    p_defect: judged chips by the place of P(defect) among P_BINS equal bins. limits: review limits of the judgements.
    accepted: chips that the machine passed without asking, by class. audited: (class, decided a defect) of those in
    the random audit that a person confirmed or relabelled.
    """

    chips: int = 0
    judged: Counter[str | None] = field(default_factory=Counter)
    standing: Counter[str | Cell] = field(default_factory=Counter)
    states: Counter[AnswerState] = field(default_factory=Counter)
    waiting: Counter[ReviewReason] = field(default_factory=Counter)
    compared: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    unasked: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    subtypes: Counter[tuple[str, str]] = field(default_factory=Counter)
    models: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    operators: Counter[str] = field(default_factory=Counter)
    times: tuple[datetime, ...] = ()
    asked: int = 0
    p_defect: Counter[int] = field(default_factory=Counter)
    limits: Counter[ReviewLimits] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    audited: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """Chips on which a person has spoken in any way that still stands."""
        return self.states.total() - self.states[AnswerState.MACHINE]

    @property
    def not_judged(self) -> int:
        return self.chips - self.judged.total()


@dataclass(frozen=True)
class WaferTally:
    """One wafer's counts and its map. cells: int16 (rows, columns), a class's index or a `Cell`.

    changed: bool (rows, columns), True where a person gave another class than the machine. aspect: a cell's height by
    its width.
    """

    key: WaferKey
    recipe: Recipe
    tally: Tally
    cells: NDArray[np.int16]
    changed: NDArray[np.bool_]
    aspect: float


def total(tallies: Iterable[Tally]) -> Tally:
    """The counts of all of these together."""
    every = list(tallies)
    times = [time for tally in every for time in tally.times]
    return Tally(
        sum(t.chips for t in every),
        sum((t.judged for t in every), Counter()),
        sum((t.standing for t in every), Counter()),
        sum((t.states for t in every), Counter()),
        sum((t.waiting for t in every), Counter()),
        sum((t.compared for t in every), Counter()),
        sum((t.unasked for t in every), Counter()),
        sum((t.subtypes for t in every), Counter()),
        sum((t.models for t in every), Counter()),
        sum((t.operators for t in every), Counter()),
        (min(times), max(times)) if times else (),
        sum(t.asked for t in every),
        sum((t.p_defect for t in every), Counter()),
        sum((t.limits for t in every), Counter()),
        sum((t.accepted for t in every), Counter()),
        sum((t.audited for t in every), Counter()),
    )


def chosen_wafers(record: Record, lots: Sequence[str]) -> list[WaferEntry]:
    """The wafers of these lots, or all, in the order in which they were added.

    RecordError where the record holds no wafer or a lot is not in it.
    """
    every = record.wafers()
    if not every:
        raise RecordError(f"The record {record.path} holds no wafer: judge an image into it first.")
    known = list(dict.fromkeys(entry.key.lot for entry in every))
    for lot in lots:
        if lot not in known:
            listed = ", ".join(known[:_NAMED]) + (f" and {len(known) - _NAMED} more" if len(known) > _NAMED else "")
            raise RecordError(f"The record {record.path} has no lot {lot!r}: choose among {listed}.")
    return [entry for entry in every if not lots or entry.key.lot in lots]


def tally_wafers(record: Record, entries: Sequence[WaferEntry]) -> Job[WaferTally]:
    """Counts one wafer after the other, in this order."""
    pace = Pace(len(entries))
    for done, entry in enumerate(entries, start=1):
        found = tally_wafer(record, entry)
        yield Progress(done, len(entries), found, pace.seconds_left(done), "counting")


@lru_cache(maxsize=16)
def kept_recipe(text: str) -> Recipe:
    """The recipe that a wafer was judged by; those used last are kept, as reading one takes milliseconds."""
    return recipe_from_json(text)


def tally_wafer(record: Record, entry: WaferEntry) -> WaferTally:
    """Counts one wafer as the record holds it now."""
    recipe = kept_recipe(entry.recipe_json)
    classes, grid = recipe.class_set, entry.placed.grid
    judgements = record.judgements(entry.key)
    machine = {chip: _known(judged.class_name, classes) for chip, judged in judgements.items()}
    answers = fold(machine, record.decisions(entry.key), record.lapsed(entry.key))
    cells = np.full((grid.rows, grid.columns), Cell.OUTSIDE, np.int16)
    changed = np.zeros((grid.rows, grid.columns), bool)
    expected = grid.chip_ids()
    standing: Counter[str | Cell] = Counter()
    for chip in expected:
        held = _held(answers.get(chip), chip in judgements, classes)
        standing[held] += 1
        cells[chip.row, chip.column] = held if isinstance(held, Cell) else classes.index(held)
        changed[chip.row, chip.column] = _is_changed(answers.get(chip), machine.get(chip))
    counted = {chip: answers[chip] for chip in expected if chip in answers}
    expected_judgements = {c: judgements[c] for c in expected if c in judgements}
    asked = {chip: _asked(judged, recipe) for chip, judged in expected_judgements.items()}
    tally = replace(
        _counts(counted, expected_judgements, machine, asked, recipe.class_set, standing),
        p_defect=_p_bins(j.p_defect for j in expected_judgements.values()),
        limits=Counter(j.limits(recipe) for j in expected_judgements.values()),
        accepted=Counter(str(machine[chip]) for chip, reason in asked.items() if reason is None),
        audited=_audited(entry.key, counted, machine, asked, recipe),
    )
    return WaferTally(entry.key, recipe, tally, cells, changed, grid.pitch[1] / grid.pitch[0])


def _known(name: str | None, classes: ClassSet) -> str | None:
    return name if name in classes else None


def _held(answer: StandingAnswer | None, judged: bool, classes: ClassSet) -> str | Cell:
    if answer is not None and answer.state in _SET_ASIDE:
        return _SET_ASIDE[answer.state]
    if answer is not None and answer.class_name in classes:
        return str(answer.class_name)
    return Cell.UNDECIDED if judged else Cell.NOT_JUDGED


def _is_changed(answer: StandingAnswer | None, machine: str | None) -> bool:
    return answer is not None and answer.is_human and answer.class_name != machine


def _counts(
    answers: Mapping[ChipId, StandingAnswer],
    judgements: Mapping[ChipId, StoredJudgement],
    machine: Mapping[ChipId, str | None],
    asked: Mapping[ChipId, ReviewReason | None],
    classes: ClassSet,
    standing: Counter[str | Cell],
) -> Tally:
    spoken = {chip: a.decision for chip, a in answers.items() if a.decision is not None}
    human = {chip: str(a.class_name) for chip, a in answers.items() if a.is_human and a.class_name in classes}
    pairs = {chip: (machine[chip], name) for chip, name in human.items() if chip in judgements}
    named = ((human[chip], spoken[chip].new.subtype) for chip in human)
    models = (judged.model for judged in judgements.values())
    times = [j.time for j in judgements.values()] + [d.time for d in spoken.values()]
    return Tally(
        standing.total(),
        Counter(machine[chip] for chip in judgements),
        standing,
        Counter(a.state for a in answers.values()),
        Counter(r for chip, r in asked.items() if r is not None and answers[chip].state is AnswerState.MACHINE),
        Counter(pairs.values()),
        Counter(pair for chip, pair in pairs.items() if asked[chip] is None),
        Counter((name, subtype) for name, subtype in named if subtype),
        Counter((m.name, m.digest, m.device) for m in models),
        Counter(d.new.operator for d in spoken.values()),
        (min(times), max(times)) if times else (),
        sum(reason is not None for reason in asked.values()),
    )


def _asked(judged: StoredJudgement, recipe: Recipe) -> ReviewReason | None:
    if judged.class_name not in recipe.class_set:
        judged = replace(judged, class_name=None)
    return judged.reason(recipe)


def _p_bins(values: Iterable[float]) -> Counter[int]:
    return Counter(min(int(p * P_BINS), P_BINS - 1) for p in values if math.isfinite(p))


def _audited(
    key: WaferKey,
    answers: Mapping[ChipId, StandingAnswer],
    machine: Mapping[ChipId, str | None],
    asked: Mapping[ChipId, ReviewReason | None],
    recipe: Recipe,
) -> Counter[tuple[str, bool]]:
    classes = recipe.class_set
    sample = AuditSample(key, recipe.review.audit)
    sample.put((chip, machine[chip] if reason is None else None) for chip, reason in asked.items())
    return Counter(
        (name, not classes[str(answers[chip].class_name)].is_good)
        for name, chips in sample.by_class().items()
        for chip in chips
        if answers[chip].is_human and answers[chip].class_name in classes
    )
