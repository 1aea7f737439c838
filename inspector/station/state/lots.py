"""How far each wafer of the record is: chips, judged, decided; grouped by lot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inspector.records.record import Record
from inspector.station.state.open_wafer import readable_judgements
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe_file import recipe_from_json


@dataclass(frozen=True)
class WaferSummary:
    """chips: expected on the wafer. judged: by the machine. decided: by a person."""

    key: WaferKey
    chips: int
    judged: int
    decided: int

    @property
    def is_judged(self) -> bool:
        return self.judged >= self.chips


class Lots:
    """The wafers of a record in memory, so that a list of hundreds is not counted anew at each key."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._summaries: dict[WaferKey, WaferSummary] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read everything from the record again."""
        counts = self._record.counts(None)
        self._summaries = {}
        for entry in self._record.wafers():
            judged, decided = counts.get(entry.key, (0, 0))  # one that was added in between has none yet
            self._summaries[entry.key] = WaferSummary(entry.key, len(entry.placed.chip_ids()), judged, decided)

    def take(self, key: WaferKey) -> None:
        """A wafer has come into the record, or was begun anew: read it, and nothing of all the others."""
        entry = self._record.wafer(key)
        if entry is not None:
            decided = sum(answer.state is not AnswerState.MACHINE for answer in self._record.standing(key).values())
            chips = len(entry.placed.chip_ids())
            self._summaries[key] = WaferSummary(key, chips, self._record.judged_count(key), decided)

    def count(self, key: WaferKey) -> None:
        """Count one wafer's judgements anew, after batches of a wafer that is not open."""
        known = self._summaries.get(key)
        if known is not None:
            self.update(key, self._record.judged_count(key), known.decided)

    def update(self, key: WaferKey, judged: int, decided: int) -> None:
        """Take over the counts of a wafer whose chips have just changed."""
        if key in self._summaries:
            self._summaries[key] = replace(self._summaries[key], judged=judged, decided=decided)

    def summary(self, key: WaferKey) -> WaferSummary | None:
        return self._summaries.get(key)

    def neighbour(self, key: WaferKey, by: int) -> WaferKey | None:
        """The wafer after (1) or before (-1) in the list; None at its ends."""
        keys = sorted(self._summaries)
        place = keys.index(key) + by if key in self._summaries else -1
        return keys[place] if 0 <= place < len(keys) else None

    def next_that_wants_eyes(self, key: WaferKey | None) -> WaferKey | None:
        """The first wafer after this one in the list on which somebody has to look."""
        while key is not None and (key := self.neighbour(key, 1)) is not None:
            if wants_eyes(self._record, key):
                return key
        return None

    def by_lot(self) -> list[tuple[str, list[WaferSummary]]]:
        """Lots and their wafers, both by name."""
        lots: dict[str, list[WaferSummary]] = {}
        for key in sorted(self._summaries):
            lots.setdefault(key.lot, []).append(self._summaries[key])
        return list(lots.items())


def wants_eyes(record: Record, key: WaferKey) -> bool:
    """True where a chip of the wafer is undecided, a defect, borderline or novel, and nobody has decided it."""
    entry = record.wafer(key)
    if entry is None:
        return False
    recipe, answers = recipe_from_json(entry.recipe_json), record.standing(key)
    return any(
        j.reason(recipe) is not None
        for chip, j in readable_judgements(record, key, recipe.class_set).items()
        if chip not in answers or answers[chip].state is AnswerState.MACHINE
    )
