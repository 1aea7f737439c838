"""The one wafer that is open: its grid, image, judgements and decisions, and what follows from them."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.wafer_image import WaferImage
from inspector.records.news import Heads, News
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.station.state.chip_facts import FactsOf, empty_table, readable, readable_judgements
from inspector.station.state.look_settings import ClassColours
from inspector.station.state.queues import is_decided
from inspector.station.state.sentences import told
from inspector.wafer.audit_sample import AuditSample
from inspector.wafer.decision import Decision, StandingAnswer, standing_answer
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.review import ReviewReason
from inspector.wafer.second_review import Opinion, ReviewState, SecondRules, chip_review

_EVIDENCE_KEPT = 64  # maps of chips seen last; a few kilobytes each
_NO_ANSWER = standing_answer(None, ())


class OpenWafer:
    """Read from the record once, then told of each change; nothing here writes.

    read_up_to: of the record before `entry` was read; what is newer is news.
    """

    def __init__(self, record: Record, entry: WaferEntry, read_up_to: Heads) -> None:
        self.entry = entry
        self.recipe = recipe_from_json(entry.recipe_json)
        self.classes = self.recipe.class_set
        self.chips = entry.placed.chip_ids()
        self.chip_set = frozenset(self.chips)
        self.image, self.image_problem = _open_image(record, entry)
        self._record = record
        self.read_up_to = read_up_to
        self._judgements = readable_judgements(record, entry.key, self.classes)
        self._log: dict[ChipId, list[Decision]] = defaultdict(list)
        for decision in record.decisions(entry.key):
            self._log[decision.chip].append(decision)
        self._lapsed = record.lapsed(entry.key)
        self.answers: dict[ChipId, StandingAnswer] = {}
        self.reviews: dict[ChipId, ReviewState] = {}
        self._rules = SecondRules.of(self.recipe)
        self._opinions: dict[ChipId, list[Opinion]] = defaultdict(list)
        for opinion in record.opinions(entry.key):
            self._opinions[opinion.chip].append(opinion)
        self.table = empty_table(entry, self.recipe)
        self._facts = FactsOf(entry, self.recipe)
        self._audit = AuditSample(entry.key, self.recipe.review.audit)
        self._evidence: OrderedDict[ChipId, NDArray[np.uint8]] = OrderedDict()
        self._fold({*self._judgements, *self._log})

    def use_colours(self, colours: ClassColours) -> None:
        """The recipe's own colours of classes, or green and red."""
        own = self.recipe.class_set
        self.classes = own.in_green_and_red() if colours == "classic" else own

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

    def opinions(self, chip: ChipId) -> tuple[Opinion, ...]:
        """The chip's opinions and withdrawals of such, oldest first."""
        return tuple(self._opinions.get(chip, ()))

    @property
    def judged_count(self) -> int:
        return len(self._judgements)

    @property
    def decided_count(self) -> int:
        """How many chips a person has decided; only those with a log can be."""
        return sum(is_decided(self.answers[chip]) for chip in self._log)

    def asked(self, chip: ChipId) -> ReviewReason | None:
        """Why the machine's answer wants eyes, whatever people have decided since."""
        machine = self._judgements.get(chip)
        return machine.reason(self.recipe) if machine is not None else None

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

    def judged(self, facts: ModelFacts, judged: Collection[tuple[ChipId, Judgement]]) -> None:
        """Take in a batch that has just been written to the record."""
        now = datetime.now(UTC)
        for chip, j in judged:
            stored = StoredJudgement(chip, j.class_name, j.probabilities, j.p_defect, j.peak, facts, now, j.novelty)
            self._judgements[chip] = readable(stored, self.classes)
            self._evidence.pop(chip, None)
        self._fold([chip for chip, _ in judged])

    def decided(self, decisions: Collection[Decision]) -> None:
        """Take in decisions that have just been written to the record."""
        for decision in decisions:
            self._log[decision.chip].append(decision)
        self._fold({decision.chip for decision in decisions})

    def opined(self, opinions: Collection[Opinion]) -> None:
        """Take in opinions, and withdrawals of such, that have just been written to the record."""
        for opinion in opinions:
            self._opinions[opinion.chip].append(opinion)
        self._fold({opinion.chip for opinion in opinions})

    def take_news(self, news: News) -> tuple[ChipId, ...]:
        """Take in what others have written meanwhile; returns the chips on which there was something unknown."""
        self.read_up_to = news.heads
        if not (news.decisions or news.opinions):
            return ()
        known = {d.seq for log in self._log.values() for d in log}
        heard = {o.seq for said in self._opinions.values() for o in said}
        decisions = [d for d in news.decisions if d.seq not in known]
        opinions = [o for o in news.opinions if o.seq not in heard]
        chips = tuple(dict.fromkeys([*(d.chip for d in decisions), *(o.chip for o in opinions)]))
        if chips:
            self.decided(decisions)
            self.opined(opinions)
        for chip in chips:
            self._log[chip].sort(key=lambda d: d.seq)  # one's own newer ones may have been first
            self._opinions[chip].sort(key=lambda o: o.seq)
        return chips

    def _fold(self, chips: Collection[ChipId]) -> None:
        found = []
        for chip in chips:
            machine = self._judgements.get(chip)
            class_name = machine.class_name if machine else None
            log = self._log.get(chip, ())
            self.answers[chip] = standing_answer(class_name, log, self._lapsed)
            if log:
                opinions = self._opinions.get(chip, ())
                self.reviews[chip] = chip_review(class_name, log, opinions, self._rules, self._lapsed).state
            found.append((chip, self._facts.row(machine, self.answers[chip], self.reviews.get(chip))))
        self.table.put(found)
        self._audit.put((chip, row.accepted_as) for chip, row in found)
        self.table.set_audit(self._audit.drawn())


def _open_image(record: Record, entry: WaferEntry) -> tuple[WaferImage | None, str]:
    """The working copy, or why there is none: then judgements can still be read, without the picture."""
    try:
        return WaferImage.open(record.images_folder / entry.copy_name), ""
    except ImageError as error:
        return None, told(error)
