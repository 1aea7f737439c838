"""What the record knows of a wafer's chips, as the table in which they are filtered, counted and sorted."""

from __future__ import annotations

import math
from dataclasses import replace

from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import StandingAnswer
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits, review_reason
from inspector.wafer.second_review import ReviewState
from inspector.wafer.zones import zone_flags

_DIGEST = 12  # hexadecimal digits that tell one model from another


def empty_table(entry: WaferEntry, recipe: Recipe) -> ChipTable:
    """A row for every chip of the wafer, none judged; with its zones."""
    grid, chips = entry.placed.grid, entry.placed.chip_ids()
    outline = recipe.wafer.outline(grid, recipe.image.um_per_px) if recipe.wafer is not None else None
    return ChipTable(chips, recipe.class_set, zone_flags(chips, grid, outline, disc=recipe.grid.shape == "disc"))


class FactsOf:
    """Makes the rows of one wafer's chips; what its models have in common is worked out once."""

    def __init__(self, entry: WaferEntry, recipe: Recipe) -> None:
        self._size = entry.placed.grid.chip
        self._recipe = recipe
        self._models: dict[int, tuple[ModelFacts, ReviewLimits, str]] = {}  # by identity: thousands share one

    def row(
        self, machine: StoredJudgement | None, answer: StandingAnswer, review: ReviewState | None = None
    ) -> ChipFacts:
        """The row of one chip."""
        if machine is None:
            return ChipFacts(answer, review=review)
        _, limits, model = self._models.get(id(machine.model)) or self._learn(machine)
        (x, y), (width, height) = machine.peak, self._size
        name, p_defect, novelty = machine.class_name, machine.p_defect, machine.novelty
        reason = review_reason(name, p_defect, self._recipe.class_set, limits, novelty)
        peak = (x / width, y / height)
        return ChipFacts(answer, True, name, p_defect, novelty, machine.probabilities, peak, model, reason, review)

    def _learn(self, machine: StoredJudgement) -> tuple[ModelFacts, ReviewLimits, str]:
        facts = machine.model
        known = facts, machine.limits(self._recipe), f"{facts.name} {facts.digest[:_DIGEST]}"
        self._models[id(facts)] = known
        return known


def readable_judgements(record: Record, key: WaferKey, classes: ClassSet) -> dict[ChipId, StoredJudgement]:
    """The newest judgement of every judged chip; undecided where its class is none of the recipe's."""
    return {chip: readable(judgement, classes) for chip, judgement in record.judgements(key).items()}


def readable(judgement: StoredJudgement, classes: ClassSet) -> StoredJudgement:
    """The judgement, undecided where its class is none of the recipe's."""
    if judgement.class_name is None or judgement.class_name in classes:
        return judgement
    return replace(judgement, class_name=None, p_defect=math.nan)
