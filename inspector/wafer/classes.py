"""The classes of a recipe, in order: which are good, which are defects, their sub-types, keys and glyphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.palette import CLASSIC_DEFECT, CLASSIC_GOOD


class Verdict(StrEnum):
    """Pass or fail: what a class means for the chip."""

    GOOD = "good"
    DEFECT = "defect"


@dataclass(frozen=True)
class ChipClass:
    """One class of a recipe.

    name: the identifier in files and records; titles: display name by language code; subtype_titles: those of the
    sub-types, by their names.
    key: the key that gives this class in the station. colour: "#rrggbb". glyph: tells defects apart without colour.
    """

    name: str
    verdict: Verdict
    key: str
    subtypes: tuple[str, ...]
    titles: dict[str, str]
    colour: str
    glyph: str
    subtype_titles: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return self.verdict is Verdict.GOOD

    def title(self, language: str = "en") -> str:
        """The display name in a language, else in English, else the plain name."""
        return _title(self.titles, language) or self.name

    def subtype_title(self, subtype: str, language: str = "en") -> str:
        """The display name of a sub-type, found in the same way; one that the recipe does not name stays as it is."""
        return _title(self.subtype_titles.get(subtype, {}), language) or subtype


def _title(titles: dict[str, str], language: str) -> str:
    return titles.get(language) or titles.get("en") or ""


@dataclass(frozen=True)
class ClassSet:
    """The classes of a recipe in the order of its file: index i is column i of every probability row."""

    classes: tuple[ChipClass, ...]

    def __iter__(self) -> Iterator[ChipClass]:
        return iter(self.classes)

    def __len__(self) -> int:
        return len(self.classes)

    def __getitem__(self, name: str) -> ChipClass:
        return self.classes[self.index(name)]

    def __contains__(self, name: object) -> bool:
        return name in self._index

    @cached_property
    def _index(self) -> dict[str, int]:
        return {c.name: i for i, c in enumerate(self.classes)}

    def index(self, name: str) -> int:
        """The place of a class; KeyError where the recipe has no such class."""
        return self._index[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.classes)

    @cached_property
    def defect_mask(self) -> NDArray[np.bool_]:
        """bool (K,): True where the class is a defect."""
        return np.array([not c.is_good for c in self.classes], dtype=bool)

    def in_green_and_red(self) -> ClassSet:
        """The same classes in greens (good) and reds (defects) instead of the recipe's own colours."""
        greens, reds = cycle(CLASSIC_GOOD), cycle(CLASSIC_DEFECT)
        return ClassSet(tuple(replace(c, colour=next(greens if c.is_good else reds)) for c in self.classes))

    def by_key(self, key: str) -> ChipClass | None:
        return next((c for c in self.classes if c.key == key), None)
