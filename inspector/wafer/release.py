"""What a new model must show before it is used: a short list of gates, each passed or not, with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from inspector.wafer.model_comparison import ModelComparison, ModelFigures, mcnemar
from inspector.wafer.model_folder import ModelFolder

CHANCE = 0.05  # a difference is more than chance where McNemar's p lies below
MOST_ECE = 0.05
FEWEST = 59  # chips of a verdict: none wrong among them proves a rate below 5 % with 95 % confidence
LOT_FLOOR = 0.9  # pass/fail accuracy of every lot
LOT_CHIPS = 10  # of a lot, before one of its chips could sink it


class GateName(StrEnum):
    """In the order in which they are shown."""

    WEIGHTS = "weights"
    UNSEEN = "unseen"
    ENOUGH = "enough"
    ACCEPTED = "accepted"
    ESCAPE = "escape"
    OVERKILL = "overkill"
    VERDICT = "verdict"
    CALIBRATED = "calibrated"
    LOTS = "lots"


@dataclass(frozen=True)
class Gate:
    """One check. passed: None where there is nothing to check it with. found, wanted: its figures, as text."""

    name: GateName
    passed: bool | None
    found: str
    wanted: str


def gates(model: ModelFolder, comparison: ModelComparison | None, *, whole: bool) -> list[Gate]:
    """Every gate, in order. whole: the weights are those of the card (`ModelFolder.is_whole`)."""
    return [
        Gate(GateName.WEIGHTS, whole, model.digest[:12], "sha256"),
        *_compared(model, comparison),
    ]


def open_gates(found: list[Gate]) -> list[str]:
    """The names of the gates that are not passed: what the record keeps of an activation in spite of them."""
    return [gate.name.value for gate in found if not gate.passed]


def _compared(model: ModelFolder, comparison: ModelComparison | None) -> Iterator[Gate]:
    classes = model.recipe.class_set
    if comparison is None or not comparison.chips:
        for name in GateName:
            if name is GateName.ACCEPTED:
                yield _accepted(model)
            elif name is not GateName.WEIGHTS:
                yield Gate(name, None, "–", "–")
        return
    after = comparison.figures(classes, after=True)
    before = comparison.figures(classes, after=False) if comparison.before else None
    yield Gate(GateName.UNSEEN, comparison.unseen == "test", comparison.unseen, "test")
    fewest = min(after.escapes.trials, after.overkills.trials)
    yield Gate(GateName.ENOUGH, fewest >= FEWEST, f"{after.escapes.trials} / {after.overkills.trials}", f"≥ {FEWEST}")
    yield _accepted(model)
    yield _no_worse(GateName.ESCAPE, before, after, _worse(comparison, classes_good=False, model=model))
    yield _no_worse(GateName.OVERKILL, before, after, _worse(comparison, classes_good=True, model=model))
    yield _verdict(before, after, comparison, model)
    ece = after.ece
    yield Gate(GateName.CALIBRATED, None if ece is None else ece <= MOST_ECE, percent(ece), f"≤ {percent(MOST_ECE)}")
    yield _lots(comparison, model)


def _accepted(model: ModelFolder) -> Gate:
    """The card's own proof: the exact upper bound of escapes among chips that nobody looks at."""
    review = model.part("review")
    if not review:
        return Gate(GateName.ACCEPTED, None, "–", "–")
    bound, most = float(review["bound"]), float(review["max_escape"])
    return Gate(GateName.ACCEPTED, bool(review["proven"]) and bound <= most, percent(bound), f"≤ {percent(most)}")


def _worse(comparison: ModelComparison, *, classes_good: bool, model: ModelFolder) -> tuple[int, int]:
    """Chips of one true verdict on which only the present, and only the new model, names it rightly."""
    classes = model.recipe.class_set
    chosen = [c for c in comparison.chips if classes[c.truth].is_good is classes_good]
    part = ModelComparison(comparison.recipe, comparison.before, comparison.after, tuple(chosen), comparison.unseen)
    found = part.discordant(classes)
    return found.only_before, found.only_after


def _no_worse(name: GateName, before: ModelFigures | None, after: ModelFigures, pairs: tuple[int, int]) -> Gate:
    """An escape that only the new model makes is one too many; overkill may be chance."""
    figure = after.escapes if name is GateName.ESCAPE else after.overkills
    told = f"{figure.events} / {figure.trials}"
    if before is None:
        return Gate(name, None, told, "–")
    was = before.escapes if name is GateName.ESCAPE else before.overkills
    told = f"{was.events} → {figure.events} / {figure.trials}"
    newly_wrong, newly_right = pairs
    if name is GateName.ESCAPE:
        return Gate(name, newly_wrong == 0, f"{told}; {newly_wrong}", "0")
    p = mcnemar(newly_wrong, newly_right)
    return Gate(name, newly_wrong <= newly_right or p >= CHANCE, f"{told}; p = {p:.3f}", f"p ≥ {CHANCE}")


def _verdict(before: ModelFigures | None, after: ModelFigures, comparison: ModelComparison, model: ModelFolder) -> Gate:
    if before is None:
        return Gate(GateName.VERDICT, None, percent(after.right_verdict.share), "–")
    found = comparison.discordant(model.recipe.class_set)
    told = f"{percent(before.right_verdict.share)} → {percent(after.right_verdict.share)}; p = {found.p:.3f}"
    passed = found.only_before <= found.only_after or found.p >= CHANCE
    return Gate(GateName.VERDICT, passed, told, f"p ≥ {CHANCE}")


def _lots(comparison: ModelComparison, model: ModelFolder) -> Gate:
    large = {k: v for k, v in comparison.lots(model.recipe.class_set).items() if v.trials >= LOT_CHIPS}
    wanted = f"≥ {percent(LOT_FLOOR)}"
    if not large:
        return Gate(GateName.LOTS, None, "–", wanted)
    lot, worst = min(large.items(), key=lambda pair: (pair[1].share or 0.0, pair[0]))
    return Gate(GateName.LOTS, (worst.share or 0.0) >= LOT_FLOOR, f"{lot}: {percent(worst.share)}", wanted)


def percent(share: float | None) -> str:
    """A share as it is shown: one digit behind the point."""
    return "–" if share is None else f"{100 * share:.1f} %"
