"""The tables of wafers that are not open, so that a filter can be held against a whole lot."""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inspector.records.record import Record, StoredJudgement
from inspector.station.state.chip_facts import FactsOf, empty_table, readable_judgements
from inspector.wafer.audit_sample import AuditSample
from inspector.wafer.chip_table import ChipTable
from inspector.wafer.decision import Decision, StandingAnswer, standing_answer
from inspector.wafer.grid import ChipId, WaferKey
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
    machine = readable_judgements(record, key, recipe.class_set)
    answers = _decided(record, key, machine)
    reviews = {chip: review.state for chip, review in record.reviews(key).items()} if answers else {}
    unseen = {name: standing_answer(name, ()) for name in (None, *recipe.class_set.names)}  # thousands share these
    facts = FactsOf(entry, recipe)
    found = [
        (chip, facts.row(judged, answers.get(chip) or unseen[judged.class_name], reviews.get(chip)))
        for chip, judged in machine.items()
    ]
    found += [(c, facts.row(None, answer, reviews.get(c))) for c, answer in answers.items() if c not in machine]
    table.put(found)
    audit.put((chip, row.accepted_as) for chip, row in found)
    table.set_audit(audit.drawn())
    return table


def _decided(record: Record, key: WaferKey, machine: Mapping[ChipId, StoredJudgement]) -> dict[ChipId, StandingAnswer]:
    """The standing answers of the chips that people had a say on; the others, thousands, are not asked for again."""
    logs: defaultdict[ChipId, list[Decision]] = defaultdict(list)
    for decision in record.decisions(key):
        logs[decision.chip].append(decision)
    if not logs:
        return {}
    gone = record.lapsed(key)
    judged = {chip: machine[chip].class_name if chip in machine else None for chip in logs}
    found = {chip: standing_answer(judged[chip], log, gone) for chip, log in logs.items()}
    return {chip: answer for chip, answer in found.items() if answer.decision is not None}


@lru_cache(maxsize=8)
def _recipe(text: str) -> Recipe:
    return recipe_from_json(text)
