"""What people have answered on one product over the whole record: overrides lot by lot, and answers to learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inspector.exchange.dataset_check.balance import fewest_wanted
from inspector.exchange.figures.rates import agreement, product_of
from inspector.exchange.figures.tally import Tally, kept_recipe
from inspector.records.record import Record
from inspector.wafer.classes import ClassSet
from inspector.wafer.recipe import Recipe
from inspector.wafer.scores import Rate


@dataclass(frozen=True)
class LotOverrides:
    """The machine's judgements beside people's decisions on one lot, as in `Agreement`."""

    lot: str
    overridden: Rate
    escapes: Rate
    overkills: Rate


@dataclass(frozen=True)
class ClassAnswers:
    """Standing human answers with one class: what an export can take. target: chips that the recipe wants of it.

    subtypes: (sub-type, chips), the recipe's first; "" for chips without one. fewest: below it a sub-type is thin.
    """

    name: str
    chips: int
    target: int | None
    subtypes: tuple[tuple[str, int], ...]
    fewest: float

    @property
    def missing(self) -> int:
        return max((self.target or 0) - self.chips, 0)


@dataclass(frozen=True)
class History:
    """lots: in the order in which they came into the record. classes: in the recipe's order."""

    lots: tuple[LotOverrides, ...]
    classes: tuple[ClassAnswers, ...]


def read_history(record: Record, recipe: Recipe) -> History:
    """Over all wafers of the recipe's product; targets and sub-types are those of `recipe`."""
    product, decided = product_of(recipe), record.counting.decided()
    lots: dict[str, Counter[tuple[str | None, str]]] = {}
    answers: Counter[tuple[str, str]] = Counter()
    for entry in record.wafers():
        if product_of(kept_recipe(entry.recipe_json)) != product:
            continue
        compared = lots.setdefault(entry.key.lot, Counter())
        for group, chips in decided.get(entry.key, Counter()).items():
            if group.decided in recipe.class_set:
                answers[group.decided, group.subtype] += chips
                compared[group.judged if group.judged in recipe.class_set else None, group.decided] += chips
    return History(
        tuple(_overrides(lot, compared, recipe.class_set) for lot, compared in lots.items()),
        class_answers(answers, recipe),
    )


def _overrides(lot: str, compared: Counter[tuple[str | None, str]], classes: ClassSet) -> LotOverrides:
    found = agreement(Tally(compared=compared), classes)
    return LotOverrides(lot, found.overridden, found.escapes, found.overkills)


def class_answers(answers: Counter[tuple[str, str]], recipe: Recipe) -> tuple[ClassAnswers, ...]:
    """Answers by (class, sub-type), class by class."""
    found = []
    for section in recipe.classes:
        chips = sum(n for (name, _), n in answers.items() if name == section.name)
        given = {subtype: n for (name, subtype), n in answers.items() if name == section.name}
        names = _subtypes(section.subtypes, given)
        counted = tuple((name, given.get(name, 0)) for name in names)
        found.append(ClassAnswers(section.name, chips, section.target, counted, fewest_wanted(chips)))
    return tuple(found)


def _subtypes(known: Sequence[str], given: dict[str, int]) -> list[str]:
    others = sorted(given.keys() - set(known) - {""})
    return [*known, *others, *([""] if (known or others) and "" in given else [])]
