"""Reads every image of a data set once and says what the set holds and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector.exchange.dataset_check.balance import Concern, class_concerns, lot_concerns, size_concerns
from inspector.exchange.dataset_check.counts import (
    GroupCount,
    LotCount,
    PartCount,
    Parts,
    TrainingPlan,
    count_classes,
    count_lots,
    count_parts,
)
from inspector.exchange.dataset_check.leaks import group_leaks, place_concerns, twin_concerns
from inspector.exchange.dataset_check.twins import Read, Twin, Twins, find_twins, read_file
from inspector.imaging.sketches import cells_for, sketch
from inspector.wafer.errors import ImageError, printable
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe

GRAVITY = (  # the order in which concerns are told: what spoils training or figures first
    "unreadable",
    "contradiction",
    "leak",
    "leak-wafer",
    "leak-lot",
    "two-labels",
    "no-chips",
    "target",
    "one-lot",
    "lot-dominates",
    "no-lot",
    "unknown-subtype",
    "thin",
    "no-subtype",
    "twins",
    "size",
)


@dataclass(frozen=True)
class DatasetReport:
    """What a data set holds: counts in the recipe's order, images by size, twins, concerns by gravity.

    not_compared: pairs somewhat alike that were left, since none of the likelier ones just before proved to be twins.
    """

    dataset: Path
    recipe: str
    images: int
    classes: tuple[GroupCount, ...]
    parts: tuple[PartCount, ...]
    rule: str
    lots: tuple[LotCount, ...]
    sizes: dict[tuple[int, int], int]
    twins: tuple[Twin, ...]
    not_compared: int
    concerns: tuple[Concern, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; paths relative to the data set, with forward slashes."""
        table = asdict(self)
        table["dataset"] = printable(self.dataset)
        for row, c in zip(table["classes"], self.classes, strict=True):
            row["missing"] = c.missing
        table["sizes"] = [{"width": w, "height": h, "images": n} for (w, h), n in self.sizes.items()]
        table["twins"] = [
            asdict(t) | {"first": self.short(t.first), "second": self.short(t.second)} for t in self.twins
        ]
        table["concerns"] = [
            {"kind": c.kind, "text": printable(self.told(c)), "files": [self.short(p) for p in c.files]}
            for c in self.concerns
        ]
        return table

    def short(self, path: Path) -> str:
        """A path as seen from the data set."""
        return printable(path.relative_to(self.dataset).as_posix() if path.is_relative_to(self.dataset) else path)

    def told(self, concern: Concern) -> str:
        """A concern's text with its files named as seen from the data set."""
        text = concern.text
        for path in concern.files:
            text = text.replace(str(path), self.short(path))
        return text


def check_dataset(
    dataset: Path,
    examples: Sequence[Example],
    recipe: Recipe,
    plan: TrainingPlan = TrainingPlan(),  # noqa: B008
    read: Read = read_file,
) -> Job[DatasetReport]:
    """Read all images, compare all with all; the last Progress brings the report.

    examples: of classes that the recipe knows. plan: what training would do with them. read: gives an example's
    pixels, where they are not in its file. Memory: 4 KB an image.
    """
    seen: _Seen | None = None
    for step in _look(examples, recipe, read):
        seen = step.found or seen
        yield Progress(step.done, step.total, None, step.seconds_left, "reading")
    assert seen is not None
    twins = Twins((), 0)
    for found in find_twins(seen.examples, seen.sketches, seen.cells, seen.digests, recipe, read):
        twins = found.found or twins
        yield Progress(found.done, found.total, None, found.seconds_left, found.phase)
    classes, lots = count_classes(examples, recipe, plan), count_lots(examples)
    concerns = [
        *seen.unreadable,
        *_relations(examples, plan, twins),
        *class_concerns(classes, recipe),
        *lot_concerns(lots, classes),
        *size_concerns(seen.sizes, recipe),
    ]
    report = DatasetReport(
        dataset,
        recipe.name,
        len(examples),
        classes,
        count_parts(examples, plan),
        plan.rule,
        lots,
        {size: len(paths) for size, paths in sorted(seen.sizes.items())},
        twins.pairs,
        twins.not_compared,
        tuple(sorted(concerns, key=lambda c: GRAVITY.index(c.kind))),
    )
    yield Progress(len(examples), len(examples), report, 0.0, "counting")


@dataclass(frozen=True)
class _Seen:
    """What one reading of all images told; examples, sketches complex64 (N, F): of those that could be read."""

    examples: list[Example]
    sketches: NDArray[np.complex64]
    cells: int
    digests: dict[Path, str]
    sizes: dict[tuple[int, int], list[Path]]
    unreadable: list[Concern]


def _look(examples: Sequence[Example], recipe: Recipe, read: Read) -> Job[_Seen]:
    cells = cells_for(recipe.model.input)
    seen = _Seen([], np.empty((0, 0), dtype=np.complex64), cells, {}, defaultdict(list), [])
    sketches = []
    pace = Pace(len(examples))
    for number, example in enumerate(examples, 1):
        try:
            pixels = read(example, recipe)
        except ImageError as error:
            seen.unreadable.append(Concern("unreadable", str(error), (example.path,), example.path.stem))
        else:
            sketches.append(sketch(pixels, cells))
            seen.examples.append(example)
            seen.digests[example.path] = hashlib.sha256(repr(pixels.shape).encode() + pixels.data).hexdigest()
            seen.sizes[pixels.shape[1], pixels.shape[0]].append(example.path)
        if number % 16 == 0 or number == len(examples):
            yield Progress(number, len(examples), None, pace.seconds_left(number), "reading")
    stacked = np.array(sketches) if sketches else seen.sketches
    found = _Seen(seen.examples, stacked, cells, seen.digests, dict(seen.sizes), seen.unreadable)
    yield Progress(len(examples), len(examples), found, 0.0, "reading")


def _relations(examples: Sequence[Example], plan: TrainingPlan, twins: Twins) -> Iterator[Concern]:
    parts = Parts(examples, plan)
    yield from group_leaks(examples, parts)
    yield from place_concerns(examples, parts)
    yield from twin_concerns(twins.pairs, {e.path: e for e in examples}, parts)
    kinds = Counter(t.kind for t in twins.pairs)
    if kinds:
        told = ", ".join(f"{kinds[k]} {text}" for k, text in _TWIN_WORDS if kinds[k])
        families = len({t.family for t in twins.pairs})
        text = f"{families} families of twins ({told}): each image of a family counts anew"
        yield Concern("twins", f"{text}, though it tells little that is new.", subject=f"{families}")


_TWIN_WORDS = (("same", "with equal pixels"), ("copy", "copies of an exposure"), ("again", "of a surface seen again"))
