"""Counts of a data set: per class and sub-type, per part (learn, check, test), per lot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspector.wafer.manifest import Example
from inspector.wafer.recipe import Recipe

LEARN, CHECK, TEST, UNUSED = PARTS = ("learn", "check", "test", "unused")


@dataclass(frozen=True)
class TrainingPlan:
    """What `inspector train` would do with the chips.

    kept_back: the images that only check the training. rule: one sentence on how they were chosen.
    shown: how often each image is shown for learning, sum 1; empty where nobody knows.
    """

    kept_back: frozenset[Path] = frozenset()
    rule: str = ""
    shown: Mapping[Path, float] = field(default_factory=dict)


class Parts:
    """Which part an example belongs to: one of PARTS."""

    def __init__(self, examples: Sequence[Example], plan: TrainingPlan) -> None:
        self._plan = plan
        self._has_train = any(e.split == "train" for e in examples)

    def of(self, example: Example) -> str:
        if example.split == "test":
            return TEST
        if example.path in self._plan.kept_back:
            return CHECK
        return UNUSED if self._has_train and example.split != "train" else LEARN


@dataclass(frozen=True)
class GroupCount:
    """A class, or a sub-type of one ("" for chips without): how many images it has, where, and how well located.

    located: images with boxes of defects. known_empty: images of which it is known that there is nothing to locate.
    points: images with a clicked point. shown: share of the images that training shows (None where nobody knows).
    target: images wanted for learning, None where the recipe asks for none.
    """

    name: str
    images: int
    share: float
    borderline: int
    located: int
    known_empty: int
    points: int
    parts: dict[str, int]
    shown: float | None
    verdict: str = ""
    target: int | None = None
    subtypes: tuple[GroupCount, ...] = ()

    @property
    def missing(self) -> int:
        """Images that the target still asks for."""
        return max(0, (self.target or 0) - self.parts.get(LEARN, 0) - self.parts.get(CHECK, 0))


@dataclass(frozen=True)
class PartCount:
    """One part of the data set: images, and how many lots and wafers they name."""

    name: str
    images: int
    lots: int
    wafers: int


@dataclass(frozen=True)
class LotCount:
    """One lot ("" for images without): images, wafers, images per class."""

    name: str
    images: int
    wafers: int
    classes: dict[str, int]


def count_classes(examples: Sequence[Example], recipe: Recipe, plan: TrainingPlan) -> tuple[GroupCount, ...]:
    """One count per class of the recipe, in its order, with its sub-types: the recipe's first, then others."""
    parts = Parts(examples, plan)
    of_class: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        of_class[example.class_name].append(example)
    made = []
    for c in recipe.classes:
        members = of_class[c.name]
        names = [*c.subtypes, *sorted({e.subtype for e in members} - set(c.subtypes))]
        subtypes = tuple(
            _count(name, [e for e in members if e.subtype == name], len(members), parts, plan) for name in names
        )
        whole = _count(c.name, members, len(examples), parts, plan, c.verdict, c.target, subtypes if any(names) else ())
        made.append(whole)
    return tuple(made)


def _count(
    name: str,
    members: Sequence[Example],
    among: int,
    parts: Parts,
    plan: TrainingPlan,
    verdict: str = "",
    target: int | None = None,
    subtypes: tuple[GroupCount, ...] = (),
) -> GroupCount:
    found = Counter(parts.of(e) for e in members)
    return GroupCount(
        name,
        len(members),
        len(members) / among if among else 0.0,
        sum(e.borderline for e in members),
        sum(bool(e.boxes) for e in members),
        sum(e.boxes == () for e in members),
        sum(e.point is not None for e in members),
        {part: found[part] for part in PARTS if found[part]},
        sum(plan.shown.get(e.path, 0.0) for e in members) if plan.shown else None,
        verdict,
        target,
        subtypes,
    )


def count_parts(examples: Sequence[Example], plan: TrainingPlan) -> tuple[PartCount, ...]:
    """The parts that hold images."""
    parts = Parts(examples, plan)
    of_part: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        of_part[parts.of(example)].append(example)
    return tuple(PartCount(p, len(of_part[p]), *_lots_and_wafers(of_part[p])) for p in PARTS if p in of_part)


def count_lots(examples: Sequence[Example]) -> tuple[LotCount, ...]:
    """One count per lot, by name; nothing where no image names a lot."""
    of_lot: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        of_lot[example.lot].append(example)
    if set(of_lot) == {""}:
        return ()
    return tuple(
        LotCount(lot, len(of_lot[lot]), _lots_and_wafers(of_lot[lot])[1], dict(Counter(_names(of_lot[lot]))))
        for lot in sorted(of_lot)
    )


def _names(examples: Sequence[Example]) -> list[str]:
    return sorted(e.class_name for e in examples)


def _lots_and_wafers(examples: Sequence[Example]) -> tuple[int, int]:
    return len({e.lot for e in examples if e.lot}), len({(e.lot, e.wafer) for e in examples if e.wafer})
