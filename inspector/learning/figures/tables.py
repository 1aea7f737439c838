"""The tables that the paper prints, and under them the other figures in words, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.heat import COLD_BELOW
from inspector.learning.figures import groups
from inspector.learning.figures.heat_scores import NEAR, HeatScores
from inspector.learning.figures.structure import mistakes, review
from inspector.wafer import scores

if TYPE_CHECKING:
    from inspector.learning.figures.evaluation import Evaluation

UNDECIDED = "undecided"
WEAKEST = 4  # sub-types that are named


def text(evaluation: Evaluation) -> str:
    """True classes down with recall, judged classes across with precision, the figures below."""
    rows = _cells(evaluation)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.rjust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    more = further_lines(evaluation)
    below = [*pass_fail_lines(evaluation), *([""] if more else []), *more]
    return "\n".join([_title(evaluation), "", *lines, "", *below]) + "\n"


def markdown(evaluation: Evaluation) -> str:
    """The same as a Markdown table and a list."""
    head, *body = _cells(evaluation)
    ruled = [head, ["---"] + ["---:"] * (len(head) - 1), *body]
    lines = ["| " + " | ".join(row) + " |" for row in ruled]
    below = [f"- {line}" for line in (*pass_fail_lines(evaluation), *further_lines(evaluation))]
    return "\n".join([f"**{_title(evaluation)}**", "", *lines, "", *below]) + "\n"


def columns(evaluation: Evaluation) -> list[str]:
    """The judged classes, and undecided where there are such chips."""
    return [*evaluation.classes.names, *([UNDECIDED] if evaluation.counts[:, -1].any() else [])]


def shown_counts(evaluation: Evaluation) -> NDArray[np.int64]:
    return evaluation.counts[:, : len(columns(evaluation))]


def _cells(evaluation: Evaluation) -> list[list[str]]:
    shown = shown_counts(evaluation)
    head = ["true \\ predicted", *columns(evaluation), "recall"]
    recall, precision = scores.recalls(evaluation.counts), scores.precisions(evaluation.counts)
    body = [[name, *(str(n) for n in shown[i]), percent(recall[i])] for i, name in enumerate(evaluation.classes.names)]
    last = ["precision", *(percent(p) for p in precision), *([""] * (shown.shape[1] - len(precision))), ""]
    return [head, *body, last]


def _title(evaluation: Evaluation) -> str:
    return f"predicted (accuracy : {percent(scores.accuracy(evaluation.counts))}, {evaluation.chips} chips)"


def pass_fail_lines(evaluation: Evaluation) -> Sequence[str]:
    """Pass/fail, escape and overkill with their bounds, and what the review asks for."""
    found, missed, rejected, passed = scores.pass_fail(evaluation.counts, evaluation.classes.defect_mask)
    return (
        f"pass/fail accuracy {percent(scores.ratio(found + passed, evaluation.chips))}"
        + _wrong_of(missed + rejected, evaluation.chips),
        _rate_line("escape", missed, found + missed, "defect chips"),
        _rate_line("overkill", rejected, rejected + passed, "good chips"),
        f"review asks for {evaluation.asked_good} of {rejected + passed} good chips; "
        f"{evaluation.unseen_defects} of {found + missed} defect chips pass unseen",
    )


def further_lines(evaluation: Evaluation) -> list[str]:
    """One line for each thing that the truth allows to be measured."""
    lines = [_outside_line(evaluation), _mistakes_line(evaluation), _queue_line(evaluation), _sure_line(evaluation)]
    if evaluation.heat is not None:
        lines += _heat_lines(evaluation.heat)
    return [line for line in (*lines, _lots_line(evaluation), _subtypes_line(evaluation)) if line]


def _outside_line(evaluation: Evaluation) -> str:
    outside = evaluation.outside_borderline
    if outside is None:
        return ""
    found, missed, rejected, passed = scores.pass_fail(outside.counts, outside.classes.defect_mask)
    return (
        f"outside the borderline band ({outside.chips} chips): pass/fail "
        f"{percent(scores.ratio(found + passed, outside.chips))}, {len(outside.classes)} classes "
        f"{percent(scores.accuracy(outside.counts))}, escape {_share(missed, found + missed)}, "
        f"overkill {_share(rejected, rejected + passed)}"
    )


def _mistakes_line(evaluation: Evaluation) -> str:
    made = mistakes(evaluation)
    undecided = f", {made['undecided']} undecided" if made["undecided"] else ""
    return (
        f"wrong classes: {made['good_good']} good for good, {made['defect_defect']} defect for defect (verdict right); "
        f"{made['escapes']} escaped, {made['overkills']} overkilled{undecided}"
    )


def _queue_line(evaluation: Evaluation) -> str:
    asked = review(evaluation)
    return (
        f"queue (borderline, novel, undecided): holds {_share(asked['errors_held'], asked['errors'])} of the pass/fail "
        f"errors, asks for {_share(asked['good_asked'], asked['good'])} of the good chips"
    )


def _sure_line(evaluation: Evaluation) -> str:
    verdict, named = evaluation.verdict_risk(), evaluation.class_risk()
    if evaluation.ece is None or verdict is None or named is None:
        return ""
    return (
        f"calibration error (ECE) {percent(evaluation.ece)}; area under risk-coverage: pass/fail "
        f"{verdict.area:.3%} (best possible {verdict.best:.3%}), classes {named.area:.3%} ({named.best:.3%})"
    )


def _heat_lines(heat: HeatScores) -> list[str]:
    lines = []
    if heat.located:
        inside = f"{percent(heat.energy)} (median {percent(heat.median_energy)})"
        near = f"{_share(heat.near, heat.located)} have their peak within {NEAR:.0f} px of the box"
        lines.append(f"rightly judged defects: {near}; share of the heat in the boxes {inside}")
    if heat.covered:
        lines.append(f"covering the hot cells lowers the odds of the judged class on {_share(heat.fell, heat.covered)}")
    cold, good = heat.cold_good
    if good:
        each = ", ".join(f"{name} {percent(scores.ratio(c, n))}" for name, (c, n) in heat.cold.items())
        lines.append(f"good chips below {COLD_BELOW / 255:.0%} of the heat scale: {_share(cold, good)} ({each})")
    return lines


def _lots_line(evaluation: Evaluation) -> str:
    lots = groups.lots(evaluation)
    if not lots:
        return ""
    wafers = sum(len(lot.wafers) for lot in lots)
    lowest, weakest = min(lots, key=lambda lot: lot.whole.agreement), min(lots, key=lambda lot: lot.box[1])
    line = f"{len(lots)} lot(s), {wafers} wafer(s): lowest pass/fail {percent(lowest.whole.agreement)} ({lowest.lot})"
    if all(lot.of_parts for lot in lots):
        return line
    return line + f"; lowest box of a lot's wafers from {percent(weakest.box[1])} ({weakest.lot})"


def _subtypes_line(evaluation: Evaluation) -> str:
    found = [
        (right / chips, f"{name}/{sub} {percent(right / chips)} of {chips}")
        for name, subtypes in groups.subtypes(evaluation).items()
        for sub, (right, chips) in subtypes.items()
    ]
    weakest = sorted(found)[:WEAKEST]
    return "lowest recall by sub-type: " + ", ".join(words for _, words in weakest) if weakest else ""


def percent(value: float | None) -> str:
    """Two decimals, as the paper prints; a dash where there is nothing to count."""
    return "-" if value is None else f"{100 * value:.2f}%"


def _share(events: int, trials: int) -> str:
    return f"{percent(scores.ratio(events, trials))} ({events} of {trials})"


def _wrong_of(wrong: int, chips: int) -> str:
    low, high = scores.exact_bounds(chips - wrong, chips)
    return f" ({wrong} of {chips} wrong; 95% bounds {percent(low)} to {percent(high)})"


def _rate_line(name: str, events: int, trials: int, of: str) -> str:
    low, high = scores.exact_bounds(events, trials)
    bounds = f"95% bounds {percent(low)} to {percent(high)}"
    return f"{name} {percent(scores.ratio(events, trials))} ({events} of {trials} {of}; {bounds})"
