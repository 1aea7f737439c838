"""How a model did on labelled chips: all figures are counted from the chips, so that parts and pools are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.learning.calibration import judged_classes
from inspector.learning.figures import tables
from inspector.learning.figures.certainty import Bin, RiskCoverage, calibration_bins, risk_coverage
from inspector.learning.figures.heat_scores import HeatScores, heat_scores
from inspector.learning.figures.judged import JudgedChips, unknown
from inspector.learning.figures.structure import all_figures
from inspector.wafer import scores
from inspector.wafer.classes import ClassSet
from inspector.wafer.judgement import choose_class
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits, ReviewReason, review_reason


@dataclass(frozen=True)
class Evaluation:
    """The figures of judged chips of known class."""

    classes: ClassSet
    judged: JudgedChips

    @classmethod
    def of(cls, rows: NDArray[np.float32], labels: NDArray[np.int64], recipe: Recipe) -> Evaluation:
        """From probabilities (N, K) and true class indices (N,) alone; a row that is not finite is undecided."""
        nothing = unknown(len(rows))
        reasons = tuple(reason_of(row, recipe.class_set, recipe.limits) for row in rows)
        peaks = np.full((len(rows), 2), np.nan, dtype=np.float32)
        none = (None,) * len(rows)
        judged = JudgedChips(rows, labels, reasons, nothing, peaks, nothing, nothing, nothing, nothing, none)
        return cls(recipe.class_set, judged)

    @classmethod
    def pooled(cls, parts: Sequence[Evaluation]) -> Evaluation:
        """The chips of several evaluations as one, such as the folds of a cross-validation: each chip counts once.

        ValueError where their classes differ.
        """
        if any(p.classes.names != parts[0].classes.names for p in parts):
            raise ValueError("evaluations of other classes can't be pooled")
        return cls(parts[0].classes, JudgedChips.joined([p.judged for p in parts]))

    def part(self, chosen: NDArray[np.bool_]) -> Evaluation:
        """The figures of the chips where `chosen`, bool (N,), is true."""
        return Evaluation(self.classes, self.judged.part(chosen))

    @property
    def chips(self) -> int:
        return len(self.judged)

    @cached_property
    def judged_class(self) -> NDArray[np.int64]:
        """int64 (N,), -1 where undecided."""
        return judged_classes(self.judged.rows, self.classes)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """int64 (K, K + 1), true class by judged class, the last column undecided."""
        return scores.confusion(self.judged.labels, self.judged_class, len(self.classes))

    @cached_property
    def is_defect(self) -> NDArray[np.bool_]:
        """bool (N,): truly a defect."""
        return np.asarray(self.classes.defect_mask[self.judged.labels])

    @cached_property
    def p_defect(self) -> NDArray[np.float64]:
        """float64 (N,), not a number where undecided."""
        return np.asarray(self.judged.rows[:, self.classes.defect_mask].sum(1, dtype=np.float64))

    @cached_property
    def wrong(self) -> NDArray[np.bool_]:
        """bool (N,): another class than the true one, or none."""
        return np.asarray(self.judged_class != self.judged.labels)

    @cached_property
    def wrong_verdict(self) -> NDArray[np.bool_]:
        """bool (N,): passed a defect, failed a good chip, or came to no answer."""
        decided = self.judged_class >= 0
        return np.asarray(~decided | (self.classes.defect_mask[self.judged_class] != self.is_defect))

    @cached_property
    def confidence(self) -> NDArray[np.float32]:
        """float32 (N,): probability of the judged class; 0 where undecided."""
        sure = self.judged.rows[np.arange(self.chips), np.maximum(self.judged_class, 0)]
        return np.where(self.judged_class >= 0, sure, np.float32(0))

    @property
    def ece(self) -> float | None:
        """Expected calibration error of the judged class, undecided chips left out."""
        decided = self.judged_class >= 0
        return scores.calibration_error(self.confidence[decided], ~self.wrong[decided])

    def calibration(self) -> list[Bin]:
        """The bins behind the ECE."""
        decided = self.judged_class >= 0
        return calibration_bins(self.confidence[decided], ~self.wrong[decided])

    def verdict_risk(self) -> RiskCoverage | None:
        """Pass/fail errors among the chips whose verdict is surest, P(defect) farthest from 0.5."""
        sure = np.where(self.judged_class >= 0, np.abs(self.p_defect - 0.5), -1.0)
        return risk_coverage(sure, self.wrong_verdict)

    def class_risk(self) -> RiskCoverage | None:
        """Wrong classes among the chips whose class is surest."""
        return risk_coverage(self.confidence.astype(np.float64), self.wrong)

    @cached_property
    def asked(self) -> NDArray[np.bool_]:
        """bool (N,): wants eyes for any reason, being judged a defect included."""
        return np.array([r is not None for r in self.judged.reasons], dtype=bool)

    @cached_property
    def queued(self) -> NDArray[np.bool_]:
        """bool (N,): wants eyes because the model does not know (anything but a sure defect)."""
        return np.array([r not in (None, ReviewReason.DEFECT) for r in self.judged.reasons], dtype=bool)

    @property
    def asked_good(self) -> int:
        return int((self.asked & ~self.is_defect).sum())

    @property
    def unseen_defects(self) -> int:
        return int((self.is_defect & ~self.asked).sum())

    @cached_property
    def heat(self) -> HeatScores | None:
        """None where no maps were looked at."""
        return heat_scores(self.judged, self.judged_class, self.classes)

    @cached_property
    def outside_borderline(self) -> Evaluation | None:
        """The chips that the truth does not call borderline; None where it marks none."""
        borderline = self.judged.borderline
        return self.part(~borderline) if borderline.any() else None

    def to_json(self) -> dict[str, Any]:
        """The figures of the table, as a model's card keeps them; a figure without chips to count is null."""
        defect = self.classes.defect_mask
        recall, precision = scores.recalls(self.counts), scores.precisions(self.counts)
        return {
            "chips": self.chips,
            "accuracy": scores.accuracy(self.counts),
            "pass_fail_accuracy": scores.pass_fail_accuracy(self.counts, defect),
            "balanced_pass_fail": scores.balanced_pass_fail(self.counts, defect),
            "macro_recall": scores.macro_recall(self.counts),
            "escape_rate": scores.escape_rate(self.counts, defect),
            "overkill_rate": scores.overkill_rate(self.counts, defect),
            "ece": self.ece,
            "classes": {
                name: {"recall": recall[i], "precision": precision[i], "support": int(self.counts[i].sum())}
                for i, name in enumerate(self.classes.names)
            },
            "confusion": {"labels": tables.columns(self), "rows": tables.shown_counts(self).tolist()},
        }

    def full_json(self) -> dict[str, Any]:
        """Everything that `inspector evaluate` measures: the keys of `to_json`, then those of `all_figures`."""
        return self.to_json() | all_figures(self)

    def table(self) -> str:
        """The confusion matrix as text with recall and precision, and the figures below it."""
        return tables.text(self)

    def markdown(self) -> str:
        """The same as a Markdown table and a list."""
        return tables.markdown(self)


def reason_of(
    row: NDArray[np.float32], classes: ClassSet, limits: ReviewLimits, novelty: float = 0.0
) -> ReviewReason | None:
    """Why a chip with these probabilities wants eyes; the one place that asks the review's rule."""
    name, p_defect = choose_class(row, classes)
    return review_reason(name, p_defect, classes, limits, novelty)
