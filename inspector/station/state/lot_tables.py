"""The tables of wafers that are not open, so that a filter can be held against a whole lot."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from inspector.records.record import Record
from inspector.station.state.chip_facts import FactsOf, empty_table, readable_judgements
from inspector.wafer.audit_sample import AuditSample
from inspector.wafer.chip_table import ChipTable
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json

FRESH_S = 30.0  # how late it is seen what other stations have decided
_KEPT = 50  # wafers; half a megabyte each


@dataclass(frozen=True)
class _Kept:
    table: ChipTable
    read_at: float


class LotTables:
    """What was read from the record, kept for a while."""

    def __init__(self) -> None:
        self._kept: OrderedDict[WaferKey, _Kept] = OrderedDict()

    def known(self, key: WaferKey) -> ChipTable | None:
        """The table where it has been read not long ago."""
        kept = self._kept.get(key)
        return kept.table if kept is not None and time.monotonic() - kept.read_at < FRESH_S else None

    def put(self, key: WaferKey, table: ChipTable) -> None:
        """A table that has just been read."""
        self._kept[key] = _Kept(table, time.monotonic())
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def forget(self, key: WaferKey) -> None:
        """The wafer has changed."""
        self._kept.pop(key, None)


def read_table(record: Record, key: WaferKey) -> ChipTable | None:
    """A wafer's chips as they stand in the record; None where it has no such wafer."""
    entry = record.wafer(key)
    if entry is None:
        return None
    recipe = _recipe(entry.recipe_json)
    table, audit = empty_table(entry, recipe), AuditSample(key, recipe.review.audit)
    machine, answers = readable_judgements(record, key, recipe.class_set), record.standing(key)
    facts = FactsOf(entry, recipe)
    reviews = {chip: review.state for chip, review in record.reviews(key).items()}
    found = [(chip, facts.row(machine.get(chip), answer, reviews.get(chip))) for chip, answer in answers.items()]
    table.put(found)
    audit.put((chip, row.accepted_as) for chip, row in found)
    table.set_audit(audit.drawn())
    return table


@lru_cache(maxsize=8)
def _recipe(text: str) -> Recipe:
    return recipe_from_json(text)
