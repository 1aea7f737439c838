"""How far each wafer of the record is: chips, judged, decided; grouped by lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspector.records.record import Record, WaferCounts
from inspector.wafer.grid import WaferKey

_MANY = 50_000  # judgements in the record: more are counted beside the window


@dataclass(frozen=True)
class WaferSummary:
    """chips: expected on the wafer. judged: by the machine. decided: by a person. Both are 0 until they are counted."""

    key: WaferKey
    chips: int
    judged: int
    decided: int
    is_counted: bool = True

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
        """Read the wafers from the record again; where it holds much, only those that are known stay counted."""
        few = self._record.last_judgement <= _MANY
        counts = self._record.counts(None) if few else {}
        before, self._summaries = self._summaries, {}
        for entry in self._record.wafers():
            judged, decided = counts.get(entry.key, (0, 0))  # one that was added in between has none yet
            fresh = WaferSummary(entry.key, entry.placed.chip_count, judged, decided, is_counted=few)
            self._summaries[entry.key] = fresh if few else before.get(entry.key, fresh)

    @property
    def is_counted(self) -> bool:
        """False while there are wafers whose counts are not known."""
        return all(summary.is_counted for summary in self._summaries.values())

    @property
    def newest(self) -> WaferKey | None:
        """The wafer that was added last."""
        return next(reversed(self._summaries), None)

    def take_counts(self, counts: Mapping[WaferKey, WaferCounts]) -> None:
        """Take over counts that were made beside the window; what has become known meanwhile is newer."""
        for key, (judged, decided) in counts.items():
            known = self._summaries.get(key)
            if known is not None and not known.is_counted:
                self.update(key, judged, decided)

    def take(self, key: WaferKey) -> None:
        """A wafer has come into the record, or was begun anew: read it, and nothing of all the others."""
        entry = self._record.wafer(key)
        if entry is not None:
            self._summaries[key] = WaferSummary(key, entry.placed.chip_count, *self._record.count(key))

    def count(self, key: WaferKey) -> None:
        """Count one wafer anew, after batches of a wafer that is not open."""
        if key in self._summaries:
            self.update(key, *self._record.count(key))

    def update(self, key: WaferKey, judged: int, decided: int) -> None:
        """Take over the counts of a wafer whose chips have just changed."""
        if key in self._summaries:
            self._summaries[key] = replace(self._summaries[key], judged=judged, decided=decided, is_counted=True)

    def summary(self, key: WaferKey) -> WaferSummary | None:
        return self._summaries.get(key)

    def neighbour(self, key: WaferKey, by: int) -> WaferKey | None:
        """The wafer after (1) or before (-1) in the list; None at its ends."""
        keys = sorted(self._summaries)
        place = keys.index(key) + by if key in self._summaries else -1
        return keys[place] if 0 <= place < len(keys) else None

    def after(self, key: WaferKey, whole_list: bool) -> list[WaferKey]:
        """The wafers on which work goes on: the following ones of the lot, then its first ones.

        whole_list: of all lots, up to the list's end.
        """
        keys = sorted(self._summaries)
        if whole_list:
            return [other for other in keys if other > key]
        lot = [other for other in keys if other.lot == key.lot and other != key]
        return [other for other in lot if other > key] + [other for other in lot if other < key]

    def by_lot(self) -> list[tuple[str, list[WaferSummary]]]:
        """Lots and their wafers, both by name."""
        lots: dict[str, list[WaferSummary]] = {}
        for key in sorted(self._summaries):
            lots.setdefault(key.lot, []).append(self._summaries[key])
        return list(lots.items())
