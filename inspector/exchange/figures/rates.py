"""The figures: yield, agreement of people and machine with exact bounds, and Pareto orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from inspector.exchange.figures.tally import Tally, WaferTally, total
from inspector.wafer import scores
from inspector.wafer.classes import ClassSet
from inspector.wafer.recipe import Recipe
from inspector.wafer.scores import Rate

Name = TypeVar("Name")


@dataclass(frozen=True)
class Yield:
    """Good and defect chips; `none` are those without a class, which count in neither."""

    good: int
    defect: int
    none: int

    @property
    def share(self) -> float | None:
        """good / (good + defect)."""
        return scores.ratio(self.good, self.good + self.defect)


def yields(tally: Tally, classes: ClassSet) -> tuple[Yield, Yield]:
    """By the machine's judgements alone, and by the standing answers."""
    return _yield(tally.judged, tally.chips, classes), _yield(tally.standing, tally.chips, classes)


def _yield(counts: Mapping[Any, int], chips: int, classes: ClassSet) -> Yield:
    good = sum(counts.get(c.name, 0) for c in classes if c.is_good)
    defect = sum(counts.get(c.name, 0) for c in classes if not c.is_good)
    return Yield(good, defect, chips - good - defect)


@dataclass(frozen=True)
class Agreement:
    """The machine's judgements beside the decisions of people on the same chips.

    agreed: same verdict; an undecided chip agrees with nothing. overridden: another class than the machine named.
    escapes: decided defect among those judged good; overkills: decided good among those judged a defect.
    unasked: escapes among the chips that the machine passed without asking and that a person decided all the same.
    """

    agreed: Rate
    overridden: Rate
    escapes: Rate
    overkills: Rate
    unasked: Rate


def agreement(tally: Tally, classes: ClassSet) -> Agreement:
    """The figures of `Agreement` over these counts."""
    table = confusion(tally.compared, classes)
    defect = classes.defect_mask
    found, missed, rejected, passed = scores.pass_fail(table, defect)
    named, unasked = table[:, :-1], confusion(tally.unasked, classes)[:, :-1]
    return Agreement(
        Rate(found + passed, found + missed + rejected + passed),
        Rate(int(named.sum() - np.trace(named)), int(named.sum())),
        Rate(int(named[defect][:, ~defect].sum()), int(named[:, ~defect].sum())),
        Rate(int(named[~defect][:, defect].sum()), int(named[:, defect].sum())),
        Rate(int(unasked[defect][:, ~defect].sum()), int(unasked[:, ~defect].sum())),
    )


def confusion(pairs: Counter[tuple[str | None, str]], classes: ClassSet) -> scores.Counts:
    """int64 (K, K + 1): row = decided class, column = judged class, the last column the undecided."""
    table = np.zeros((len(classes), len(classes) + 1), np.int64)
    for (judged, decided), count in pairs.items():
        table[classes.index(decided), len(classes) if judged is None else classes.index(judged)] += count
    return table


@dataclass(frozen=True)
class Bar(Generic[Name]):
    """One bar of a Pareto chart. cumulative: share of all, this bar and those before it."""

    name: Name
    count: int
    cumulative: float


def pareto(counts: Mapping[Name, int]) -> list[Bar[Name]]:
    """The names that occur, most frequent first; names of equal counts stay in the order given."""
    ordered = sorted(((name, n) for name, n in counts.items() if n), key=lambda item: -item[1])
    whole, so_far, bars = sum(n for _, n in ordered), 0, []
    for name, count in ordered:
        so_far += count
        bars.append(Bar(name, count, so_far / whole))
    return bars


@dataclass(frozen=True)
class LotAgreement:
    """One place of the figure of agreement per lot; no points where nobody has decided."""

    lot: str
    points: tuple[Rate, ...]

    @property
    def chips(self) -> int:
        return sum(point.trials for point in self.points)


def lot_agreement(lot: str, wafers: Sequence[WaferTally], classes: ClassSet, whole: bool) -> LotAgreement:
    """A point for each wafer with decided chips; one for the lot where each wafer is a single part."""
    tallies = [total(w.tally for w in wafers)] if whole else [w.tally for w in wafers]
    rates = (agreement(tally, classes).agreed for tally in tallies)
    return LotAgreement(lot, tuple(rate for rate in rates if rate.trials))


@dataclass(frozen=True)
class Product:
    """The wafers of one product: they share recipe and classes. The recipe is that of the wafer added last."""

    recipe: Recipe
    wafers: tuple[WaferTally, ...]

    @property
    def classes(self) -> ClassSet:
        return self.recipe.class_set

    @property
    def tally(self) -> Tally:
        return total(w.tally for w in self.wafers)

    def lots(self) -> dict[str, list[WaferTally]]:
        """The wafers of each lot, in the order in which they were added."""
        found: dict[str, list[WaferTally]] = {}
        for wafer in self.wafers:
            found.setdefault(wafer.key.lot, []).append(wafer)
        return found


def product_of(recipe: Recipe) -> Hashable:
    """The same for all recipes whose wafers may be counted together."""
    return recipe.name, recipe.is_whole, tuple((c.name, c.verdict) for c in recipe.classes)


def products(wafers: Sequence[WaferTally]) -> list[Product]:
    """Wafers that share a product's name and classes, in the order in which the products came."""
    groups: dict[Hashable, list[WaferTally]] = {}
    for wafer in wafers:
        groups.setdefault(product_of(wafer.recipe), []).append(wafer)
    return [Product(group[-1].recipe, tuple(group)) for group in groups.values()]
