"""What a shift has done and what it leaves: read from the record for the hand-over page and its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspector.records.events import EventKind
from inspector.records.record import Record
from inspector.records.work import Work
from inspector.station.state.chip_facts import readable_judgements
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.roles import Act
from inspector.wafer.second_review import ChipReview, ReviewState

SHIFT = timedelta(hours=12)


@dataclass(frozen=True)
class LeftOver:
    """What is still open on a wafer: chips that want eyes, that wait for a second person, an engineer, a new answer."""

    key: WaferKey
    open: int
    second: int
    disputed: int
    returned: int

    @property
    def is_open(self) -> bool:
        return self.open + self.second + self.disputed + self.returned > 0


@dataclass(frozen=True)
class ShiftNote:
    """What somebody wrote on a chip. time: UTC."""

    key: WaferKey
    column: int
    row: int
    operator: str
    time: datetime
    text: str


@dataclass(frozen=True)
class HandOver:
    """A hand-over that was made. time: UTC."""

    operator: str
    time: datetime
    note: str


@dataclass(frozen=True)
class Shift:
    """since: the last hand-over, or twelve hours ago. before: the hand-over that this shift began with."""

    since: datetime
    until: datetime
    work: tuple[Work, ...]
    left: tuple[LeftOver, ...]
    notes: tuple[ShiftNote, ...]
    before: HandOver | None


def read_shift(record: Record, now: datetime) -> Shift:
    """The shift that goes on at `now` (UTC). Reads every wafer that was touched: call it in a thread."""
    before = last_hand_over(record)
    since = max(now - SHIFT, before.time) if before is not None else now - SHIFT
    waiting = record.all_reviews()
    touched = dict.fromkeys([*record.work.wafers(since), *waiting])
    left = [_left_over(record, key, waiting.get(key, {})) for key in touched]
    notes = [
        ShiftNote(key, note.chip.column, note.chip.row, note.operator, note.time, note.text)
        for key in touched
        for written in record.notes(key).values()
        for note in written
        if note.time >= since
    ]
    return Shift(
        since,
        now,
        tuple(record.work.since(since)),
        tuple(entry for entry in left if entry is not None),
        tuple(sorted(notes, key=lambda note: note.time)),
        before,
    )


def last_hand_over(record: Record) -> HandOver | None:
    made = record.people.events(EventKind.DONE, Act.HAND_OVER)
    return HandOver(made[-1].person, made[-1].time, str(made[-1].facts.get("note", ""))) if made else None


def hand_over(record: Record, note: str, operator: str) -> None:
    """Ends a shift: the note is in the record, and the next shift counts from here. RoleError where it may not."""
    record.people.done(Act.HAND_OVER, "shift", {"note": note}, operator)


def _left_over(record: Record, key: WaferKey, reviews: Mapping[ChipId, ChipReview]) -> LeftOver | None:
    entry = record.wafer(key)
    if entry is None:
        return None
    recipe, answers = recipe_from_json(entry.recipe_json), record.standing(key)
    asked = sum(
        answers[chip].state is AnswerState.MACHINE and judgement.reason(recipe) is not None
        for chip, judgement in readable_judgements(record, key, recipe.class_set).items()
        if chip in answers
    )
    states = Counter(review.state for review in reviews.values())
    wanted = (ReviewState.SECOND_REVIEW, ReviewState.DISPUTED, ReviewState.RETURNED)
    return LeftOver(key, asked, *(states[state] for state in wanted))
