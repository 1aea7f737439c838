"""The keys that `inspector evaluate` writes beside the table's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from inspector.learning.figures import groups
from inspector.learning.figures.certainty import RiskCoverage
from inspector.learning.figures.heat_scores import scores_json
from inspector.wafer import scores

if TYPE_CHECKING:
    from inspector.learning.figures.evaluation import Evaluation


def all_figures(evaluation: Evaluation) -> dict[str, Any]:
    """bounds, mistakes, review, outside_borderline, calibration, risk_coverage, heat, lots and subtypes.

    What the truth does not tell is null: borderline marks, boxes, lots, sub-types.
    """
    outside = evaluation.outside_borderline
    return {
        "bounds": bounds(evaluation),
        "mistakes": mistakes(evaluation),
        "review": review(evaluation),
        "outside_borderline": None if outside is None else outside.to_json() | {"bounds": bounds(outside)},
        "calibration": [
            {"low": b.low, "high": b.high, "chips": b.chips, "right": b.right, "confidence": b.confidence}
            for b in evaluation.calibration()
        ],
        "risk_coverage": {
            "pass_fail": _curve(evaluation.verdict_risk()),
            "classes": _curve(evaluation.class_risk()),
        },
        "heat": None if evaluation.heat is None else scores_json(evaluation.heat),
        "lots": [_lot(lot) for lot in groups.lots(evaluation)] or None,
        "subtypes": {
            name: {sub: {"recall": scores.ratio(*n), "support": n[1]} for sub, n in found.items()}
            for name, found in groups.subtypes(evaluation).items()
        }
        or None,
    }


def bounds(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    """Exact two-sided 95 % bounds (Clopper and Pearson) with the counts behind them."""
    found, missed, rejected, passed = scores.pass_fail(evaluation.counts, evaluation.classes.defect_mask)
    right = int(evaluation.counts.trace())
    return {
        name: _bounded(events, trials)
        for name, events, trials in (
            ("accuracy", right, evaluation.chips),
            ("pass_fail_accuracy", found + passed, evaluation.chips),
            ("escape_rate", missed, found + missed),
            ("overkill_rate", rejected, rejected + passed),
        )
    }


def _bounded(events: int, trials: int) -> dict[str, float]:
    low, high = scores.exact_bounds(events, trials)
    return {"events": events, "n": trials, "low": low, "high": high}


def mistakes(evaluation: Evaluation) -> Mapping[str, int]:
    """Wrong chips by what they cost: none on one side of pass/fail, a defect passed, a good chip failed, no answer."""
    defect = evaluation.classes.defect_mask
    counts = evaluation.counts[:, :-1]
    same = counts.copy()
    same[range(len(same)), range(len(same))] = 0
    return {
        "good_good": int(same[~defect][:, ~defect].sum()),
        "defect_defect": int(same[defect][:, defect].sum()),
        "escapes": int(counts[defect][:, ~defect].sum()),
        "overkills": int(counts[~defect][:, defect].sum()),
        "undecided": int(evaluation.counts[:, -1].sum()),
    }


def review(evaluation: Evaluation) -> dict[str, Any]:
    """What the review queue (borderline, novel, undecided) asks for, and how many pass/fail errors it holds."""
    good, queued, errors = ~evaluation.is_defect, evaluation.queued, evaluation.wrong_verdict
    held = int((errors & queued).sum())
    asked = int((good & queued).sum())
    return {
        "errors": int(errors.sum()),
        "errors_held": held,
        "errors_held_share": scores.ratio(held, int(errors.sum())),
        "good": int(good.sum()),
        "good_asked": asked,
        "good_asked_share": scores.ratio(asked, int(good.sum())),
        "good_asked_or_failed": evaluation.asked_good,
        "unseen_defects": evaluation.unseen_defects,
    }


def _curve(curve: RiskCoverage | None) -> dict[str, Any] | None:
    if curve is None:
        return None
    points = [[round(float(c), 5), round(float(r), 6)] for c, r in zip(curve.coverage, curve.risk, strict=True)]
    return {"area": curve.area, "best_area": curve.best, "points": points}


def _lot(lot: groups.LotFigures) -> dict[str, Any]:
    whole = lot.whole
    _, missed, rejected, _ = whole.pass_fail
    return {
        "lot": lot.lot,
        "wafers": len(lot.wafers),
        "chips": whole.chips,
        "accuracy": scores.accuracy(whole.counts),
        "pass_fail_accuracy": whole.agreement,
        "escapes": missed,
        "overkills": rejected,
        "box": [round(v, 6) for v in lot.box],
    }
