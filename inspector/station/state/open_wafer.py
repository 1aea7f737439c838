"""The one wafer that is open: its grid, image, judgements and decisions, and what follows from them."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.station.state.queues import Asked, is_decided
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import Decision, StandingAnswer, standing_answer
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe_file import recipe_from_json

_EVIDENCE_KEPT = 64  # maps of chips seen last; a few kilobytes each
_NO_ANSWER = standing_answer(None, ())


class OpenWafer:
    """Read from the record once, then told of each change; nothing here writes."""

    def __init__(self, record: Record, entry: WaferEntry) -> None:
        self.entry = entry
        self.recipe = recipe_from_json(entry.recipe_json)
        self.classes = self.recipe.class_set
        self.chips = entry.placed.chip_ids()
        self.chip_set = frozenset(self.chips)
        self.image, self.image_problem = _open_image(record, entry)
        self._record = record
        self._judgements = readable_judgements(record, entry.key, self.classes)
        self._log: dict[ChipId, list[Decision]] = defaultdict(list)
        for decision in record.decisions(entry.key):
            self._log[decision.chip].append(decision)
        self._lapsed = record.lapsed(entry.key)
        self.answers: dict[ChipId, StandingAnswer] = {}
        self.asked: dict[ChipId, Asked] = {}
        self._evidence: OrderedDict[ChipId, NDArray[np.uint8]] = OrderedDict()
        for chip in {*self._judgements, *self._log}:
            self._fold(chip)

    def close(self) -> None:
        if self.image is not None:
            self.image.close()
            self.image = None

    def judgement(self, chip: ChipId) -> StoredJudgement | None:
        return self._judgements.get(chip)

    def standing(self, chip: ChipId) -> StandingAnswer:
        return self.answers.get(chip, _NO_ANSWER)

    def log(self, chip: ChipId) -> tuple[Decision, ...]:
        """The chip's decisions, oldest first."""
        return tuple(self._log.get(chip, ()))

    @property
    def judged_count(self) -> int:
        return len(self._judgements)

    @property
    def decided_count(self) -> int:
        """How many chips a person has decided; only those with a log can be."""
        return sum(is_decided(self.answers[chip]) for chip in self._log)

    def evidence(self, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (K, h, w) as the record keeps it; None where the chip has not been judged."""
        if chip not in self._judgements:
            return None
        if chip not in self._evidence:
            found = self._record.evidence(self.entry.key, chip)
            if found is None:
                return None
            self._evidence[chip] = found
            if len(self._evidence) > _EVIDENCE_KEPT:
                self._evidence.popitem(last=False)
        self._evidence.move_to_end(chip)
        return self._evidence[chip]

    def judged(self, facts: ModelFacts, judged: Iterable[tuple[ChipId, Judgement]]) -> None:
        """Take in a batch that has just been written to the record."""
        now = datetime.now(UTC)
        for chip, j in judged:
            stored = StoredJudgement(chip, j.class_name, j.probabilities, j.p_defect, j.peak, facts, now, j.novelty)
            self._judgements[chip] = _readable(stored, self.classes)
            self._evidence.pop(chip, None)
            self._fold(chip)

    def decided(self, decisions: Iterable[Decision]) -> None:
        """Take in decisions that have just been written to the record."""
        for decision in decisions:
            self._log[decision.chip].append(decision)
            self._fold(decision.chip)

    def _fold(self, chip: ChipId) -> None:
        machine = self._judgements.get(chip)
        class_name = machine.class_name if machine else None
        self.answers[chip] = standing_answer(class_name, self._log.get(chip, ()), self._lapsed)
        if machine is not None:
            reason = machine.reason(self.recipe)
            if reason is None:
                self.asked.pop(chip, None)
            else:
                self.asked[chip] = Asked(reason, machine.p_defect)


def readable_judgements(record: Record, key: WaferKey, classes: ClassSet) -> dict[ChipId, StoredJudgement]:
    """The newest judgement of every judged chip; undecided where its class is none of the recipe's."""
    return {chip: _readable(judgement, classes) for chip, judgement in record.judgements(key).items()}


def _readable(judgement: StoredJudgement, classes: ClassSet) -> StoredJudgement:
    if judgement.class_name is None or judgement.class_name in classes:
        return judgement
    return replace(judgement, class_name=None, p_defect=math.nan)


def _open_image(record: Record, entry: WaferEntry) -> tuple[WaferImage | None, str]:
    """The working copy, or why there is none: then judgements can still be read, without the picture."""
    try:
        return WaferImage.open(record.images_folder / entry.copy_name), ""
    except ImageError as error:
        return None, str(error)
