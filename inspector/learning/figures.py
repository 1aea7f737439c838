"""The figures of an evaluation: as JSON, and as the table that the paper prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.learning.calibration import judged_classes
from inspector.wafer import scores
from inspector.wafer.classes import ClassSet
from inspector.wafer.judgement import choose_class
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import review_reason

UNDECIDED = "undecided"


@dataclass(frozen=True)
class Evaluation:
    """How a model did on labelled chips.

    counts: int64 (K, K + 1), true class by judged class, the last column undecided. ece: top class, 15 bins.
    asked_good, unseen_defects: good chips that want eyes, and defects that do not, by the recipe's review limits.
    """

    classes: ClassSet
    counts: NDArray[np.int64]
    ece: float | None
    asked_good: int
    unseen_defects: int

    @classmethod
    def of(cls, rows: NDArray[np.float32], labels: NDArray[np.int64], recipe: Recipe) -> Evaluation:
        """From probabilities (N, K) and true class indices (N,); a row that is not finite is undecided."""
        classes = recipe.class_set
        judged = judged_classes(rows, classes)
        sure = rows[np.arange(len(rows)), np.maximum(judged, 0)]
        decided = judged >= 0
        ece = scores.calibration_error(sure[decided], (judged == labels)[decided])
        asked = np.array([_wants_eyes(row, recipe) for row in rows])
        is_defect = classes.defect_mask[labels]
        unseen = int((is_defect & ~asked).sum())
        return cls(
            classes, scores.confusion(labels, judged, len(classes)), ece, int((asked & ~is_defect).sum()), unseen
        )

    @property
    def chips(self) -> int:
        return int(self.counts.sum())

    def to_json(self) -> dict[str, Any]:
        """The keys of `inspector evaluate --json`; a figure without chips to count is null."""
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
            "confusion": {"labels": self._columns(), "rows": self._shown().tolist()},
        }

    def table(self) -> str:
        """The confusion matrix as text: true classes down with recall, judged classes across with precision."""
        rows = self._cells()
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = ["  ".join(cell.rjust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
        return "\n".join([self._title(), "", *lines, "", *self._pass_fail_lines()]) + "\n"

    def markdown(self) -> str:
        """The same as a Markdown table."""
        head, *body = self._cells()
        ruled = [head, ["---"] + ["---:"] * (len(head) - 1), *body]
        lines = ["| " + " | ".join(row) + " |" for row in ruled]
        return "\n".join([f"**{self._title()}**", "", *lines, "", *(f"- {x}" for x in self._pass_fail_lines())]) + "\n"

    def _columns(self) -> list[str]:
        return [*self.classes.names, *([UNDECIDED] if self.counts[:, -1].any() else [])]

    def _shown(self) -> NDArray[np.int64]:
        return self.counts[:, : len(self._columns())]

    def _cells(self) -> list[list[str]]:
        shown = self._shown()
        head = ["true \\ predicted", *self._columns(), "recall"]
        recall, precision = scores.recalls(self.counts), scores.precisions(self.counts)
        body = [[name, *(str(n) for n in shown[i]), percent(recall[i])] for i, name in enumerate(self.classes.names)]
        last = ["precision", *(percent(p) for p in precision), *([""] * (shown.shape[1] - len(precision))), ""]
        return [head, *body, last]

    def _title(self) -> str:
        return f"predicted (accuracy : {percent(scores.accuracy(self.counts))}, {self.chips} chips)"

    def _pass_fail_lines(self) -> Sequence[str]:
        found, missed, rejected, passed = scores.pass_fail(self.counts, self.classes.defect_mask)
        return (
            f"pass/fail accuracy {percent(scores.ratio(found + passed, self.chips))}",
            _rate_line("escape", missed, found + missed, "defect chips"),
            _rate_line("overkill", rejected, rejected + passed, "good chips"),
            f"review asks for {self.asked_good} of {rejected + passed} good chips; "
            f"{self.unseen_defects} of {found + missed} defect chips pass unseen",
        )


def _wants_eyes(row: NDArray[np.float32], recipe: Recipe) -> bool:
    name, p_defect = choose_class(row, recipe.class_set)
    return review_reason(name, p_defect, recipe.class_set, recipe.limits) is not None


def percent(value: float | None) -> str:
    """Two decimals, as the paper prints; a dash where there is nothing to count."""
    return "-" if value is None else f"{100 * value:.2f}%"


def _rate_line(name: str, events: int, trials: int, of: str) -> str:
    low, high = scores.exact_bounds(events, trials)
    bounds = f"95% bounds {percent(low)} to {percent(high)}"
    return f"{name} {percent(scores.ratio(events, trials))} ({events} of {trials} {of}; {bounds})"
