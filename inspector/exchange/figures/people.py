"""Chips that several people answered: who said what, and what was settled."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from inspector.exchange.figures.rates import product_of
from inspector.exchange.figures.tally import kept_recipe
from inspector.records.record import Record
from inspector.wafer.agreement import (
    GroupAgreement,
    PairAgreement,
    PersonAgreement,
    group_agreement,
    pair_agreements,
    person_agreements,
)
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import DecisionKind, taken_back
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.second_review import OpinionKind, standing_opinions


@dataclass(frozen=True)
class PeopleAgreement:
    """chips: answered by two people or more; blind: of these, with an answer given in second review, unseen by the
    other. settled: with an answer that is final, against which the persons are measured."""

    chips: int
    blind: int
    settled: int
    pairs: tuple[PairAgreement, ...]
    persons: tuple[PersonAgreement, ...]
    group: GroupAgreement


@dataclass(frozen=True)
class SharedAnswers:
    """One wafer's chips that two people or more answered. answers: chip -> person -> class."""

    answers: dict[ChipId, dict[str, str]]
    blind: frozenset[ChipId]
    settled: dict[ChipId, str]


def read_people(record: Record, recipe: Recipe) -> PeopleAgreement:
    """How the people agree on the chips of the recipe's product, over the whole record."""
    classes = recipe.class_set
    ratings: dict[Hashable, dict[str, str]] = {}
    settled: dict[Hashable, str] = {}
    blind = 0
    for key in record.counting.shared_wafers():
        entry = record.wafer(key)
        if entry is None or product_of(kept_recipe(entry.recipe_json)) != product_of(recipe):
            continue
        shared = read_shared(record, key, classes)
        ratings |= {(key, chip): answers for chip, answers in shared.answers.items()}
        settled |= {(key, chip): name for chip, name in shared.settled.items()}
        blind += len(shared.blind)
    return PeopleAgreement(
        len(ratings),
        blind,
        len(settled),
        tuple(pair_agreements(ratings, classes)),
        tuple(person_agreements(ratings, settled, classes)),
        group_agreement(ratings, classes),
    )


def read_shared(record: Record, key: WaferKey, classes: ClassSet) -> SharedAnswers:
    """A person's last class that stands counts; in second review, the blind one. Adjudications are no ratings: they
    are given with the others in sight, and settle."""
    log, lapsed = record.decisions(key), record.lapsed(key)
    gone = taken_back(log) | lapsed
    opinions = standing_opinions(record.opinions(key), gone)
    made = {opinion.made for opinion in opinions}
    said: dict[ChipId, dict[str, str]] = {}
    for decision in log:
        name = decision.new.to_class
        if name in classes and decision.seq not in gone and decision.seq not in made:
            said.setdefault(decision.chip, {})[decision.new.operator] = str(name)
    blind = set()
    for opinion in opinions:
        if opinion.kind is OpinionKind.REVIEW and opinion.new.class_name in classes:
            said.setdefault(opinion.chip, {})[opinion.new.operator] = str(opinion.new.class_name)
            blind.add(opinion.chip)
    answers = {chip: people for chip, people in said.items() if len(people) > 1}
    reviews = record.reviews(key) if answers else {}
    settled = {
        chip: str(review.decision.new.to_class)
        for chip, review in reviews.items()
        if chip in answers
        and review.decision is not None
        and review.state.is_settled
        and review.decision.kind in (DecisionKind.CONFIRM, DecisionKind.RELABEL)
        and review.decision.new.to_class in classes
    }
    return SharedAnswers(answers, frozenset(blind & answers.keys()), settled)
