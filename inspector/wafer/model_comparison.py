"""Two models on the same chips: figures with exact bounds, which chips flip, and whether that is more than chance.

Positive means defect. An undecided chip is neither passed nor failed and counts against the model on both sides.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from inspector.wafer import scores
from inspector.wafer.classes import ClassSet

Unseen = Literal["test", "checked", "nobody knows"]


@dataclass(frozen=True)
class ComparedChip:
    """One labelled chip as both models judged it. before: the present model's class, "" where there is no such model.

    file: its image, relative to the data set. An empty class is an undecided chip; its P(defect) is then None.
    """

    file: str
    truth: str
    before: str
    after: str
    p_before: float | None
    p_after: float | None
    lot: str = ""
    wafer: str = ""
    column: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class RateFigure:
    """A rate with its exact two-sided 95 % bounds (Clopper and Pearson)."""

    events: int
    trials: int

    @property
    def share(self) -> float | None:
        return scores.ratio(self.events, self.trials)

    @property
    def bounds(self) -> tuple[float, float]:
        return scores.exact_bounds(self.events, self.trials)

    @property
    def upper(self) -> float:
        """The one-sided exact upper 95 % bound."""
        return scores.upper_bound(self.events, self.trials)


@dataclass(frozen=True)
class ModelFigures:
    """What one model did. recall: rightly judged of truly so, for each class of the recipe. ece: of the verdict."""

    right_class: RateFigure
    right_verdict: RateFigure
    escapes: RateFigure
    overkills: RateFigure
    recall: dict[str, RateFigure]
    ece: float | None


@dataclass(frozen=True)
class Discordant:
    """Chips on whose verdict only one of the two is right, and McNemar's exact two-sided p for them."""

    only_before: int
    only_after: int

    @property
    def p(self) -> float:
        return mcnemar(self.only_before, self.only_after)


@dataclass(frozen=True)
class ModelComparison:
    """A new model beside the present one.

    before: digest of the present model, "" where there is none. after: digest of the new one. chips: in the data set's
    order. unseen: "test" where the chips are of lots that neither training has seen; "checked" where the new model was
    chosen and calibrated on them, which flatters it; "nobody knows" where lots are not named. before_saw: of their lots
    those that the present model learned from, which flatters that one; None where nobody knows.
    """

    recipe: str
    before: str
    after: str
    chips: tuple[ComparedChip, ...]
    unseen: Unseen
    before_saw: tuple[str, ...] | None = None

    def figures(self, classes: ClassSet, *, after: bool) -> ModelFigures:
        """The figures of one of the two."""
        judged = [_index(c.after if after else c.before, classes) for c in self.chips]
        truth = [classes.index(c.truth) for c in self.chips]
        table = scores.confusion(truth, judged, len(classes))
        found, missed, rejected, passed = scores.pass_fail(table, classes.defect_mask)
        rows = {n: RateFigure(int(table[i, i]), int(table[i].sum())) for i, n in enumerate(classes.names)}
        return ModelFigures(
            RateFigure(int(np.trace(table)), len(truth)),
            RateFigure(found + passed, len(truth)),
            RateFigure(missed, found + missed),
            RateFigure(rejected, rejected + passed),
            rows,
            self._ece(classes, after=after),
        )

    def _ece(self, classes: ClassSet, *, after: bool) -> float | None:
        """Of the verdict: how sure the model was of it against how often it was right; undecided chips left out."""
        sure, right = [], []
        for chip in self.chips:
            p = chip.p_after if after else chip.p_before
            if p is not None and math.isfinite(p):
                sure.append(max(p, 1.0 - p))
                right.append((p >= 0.5) != classes[chip.truth].is_good)
        return scores.calibration_error(sure, right)

    def discordant(self, classes: ClassSet) -> Discordant:
        """How often only one of the two names the right verdict."""
        pairs = Counter((_is_right(c.before, c, classes), _is_right(c.after, c, classes)) for c in self.chips)
        return Discordant(pairs[True, False], pairs[False, True])

    def flips(self, classes: ClassSet) -> list[ComparedChip]:
        """Chips that the two call by other classes: verdicts first, newly wrong ones before newly right ones."""
        flipped = [c for c in self.chips if self.before and c.before != c.after]
        return sorted(flipped, key=lambda c: (_gravity(c, classes), c.file))

    def lots(self, classes: ClassSet) -> dict[str, RateFigure]:
        """Rightly passed and failed chips of the new model by lot; chips that name no lot are left out."""
        of_lot: dict[str, list[bool]] = {}
        for chip in self.chips:
            if chip.lot:
                of_lot.setdefault(chip.lot, []).append(_is_right(chip.after, chip, classes))
        return {lot: RateFigure(sum(right), len(right)) for lot, right in sorted(of_lot.items())}

    def to_json(self) -> dict[str, Any]:
        """Plain values, as `from_json` reads them."""
        return {"format": 1} | asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> ModelComparison:
        """What `to_json` wrote. KeyError, TypeError or ValueError for anything else."""
        chips = tuple(ComparedChip(**chip) for chip in values["chips"])
        recipe, before, after, unseen, saw = (values[n] for n in ("recipe", "before", "after", "unseen", "before_saw"))
        if values["format"] != 1 or not all(isinstance(text, str) for text in (recipe, before, after, unseen)):
            raise ValueError("no comparison of this version")
        return cls(recipe, before, after, chips, unseen, None if saw is None else tuple(str(lot) for lot in saw))


def mcnemar(only_before: int, only_after: int) -> float:
    """The exact two-sided p of McNemar's test (1947): the binomial chance of so uneven a division of the discordant."""
    number, fewer = only_before + only_after, min(only_before, only_after)
    return min(1.0, 2.0 * scores.at_most(fewer, number, 0.5)) if number else 1.0


def _index(name: str, classes: ClassSet) -> int:
    return classes.index(name) if name in classes else -1


def _is_right(name: str, chip: ComparedChip, classes: ClassSet) -> bool:
    return name in classes and classes[name].is_good == classes[chip.truth].is_good


def _gravity(chip: ComparedChip, classes: ClassSet) -> int:
    was, now = (_is_right(name, chip, classes) for name in (chip.before, chip.after))
    if was and not now:
        return 0 if not classes[chip.truth].is_good else 1  # a new escape before a new overkill
    if now and not was:
        return 2
    return 3 if chip.after != chip.truth else 4
