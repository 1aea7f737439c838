"""A record for the report: two lots with judgements, relabels, withdrawals, and chips that nobody has judged."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from html.parser import HTMLParser

import numpy as np

from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny", "title": {"en": "Tiny laser", "ja": "小型レーザー"}},
        "grid": {"columns": 4, "rows": 2, "chip": [20, 16], "pitch": [24, 20], "missing": [[3, 1]]},
        "classes": [
            {"name": "clean", "verdict": "good", "title": {"en": "Clean", "ja": "良品"}},
            {"name": "haze", "verdict": "good", "title": {"en": "Haze", "ja": "曇り"}},
            {"name": "pit", "verdict": "defect", "subtypes": ["dark-pit"], "title": {"en": "Pit", "ja": "ピット"}},
            {"name": "scratch", "verdict": "defect", "title": {"en": "Scratch", "ja": "キズ"}},
        ],
    }
)
PARTS = Recipe.model_validate(
    RECIPE.model_dump() | {"product": {"name": "part"}, "grid": {"kind": "whole"}, "model": {"input": [32, 32]}}
)
FACTS = ModelFacts("m", "d" * 64, (0.0, 1.0), RECIPE.class_set.names, "cpu")
CHIPS = [ChipId(c, r) for r, c in ((0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2))]
MADE = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)

Answer = tuple[str | None, float]
SURE: Answer = ("clean", 0.02)


def add_wafer(record: Record, key: WaferKey, answers: list[Answer], recipe: Recipe = RECIPE) -> None:
    """Judges the first chips as given; the others stay without a judgement."""
    placed = PlacedGrid(recipe.grid.grid())
    text = recipe.model_dump_json()
    record.add_wafer(WaferEntry(key, "w.tif", f"{key}", text, placed, f"{key.lot}{key.wafer}.tif", MADE))
    maps, row = np.zeros((4, 2, 2), np.uint8), np.full(4, 0.25, np.float32)
    judged = [Judgement(name, row, p, (1.0, 1.0), maps) for name, p in answers]
    record.add_judgements(key, FACTS, list(zip(placed.chip_ids(), judged, strict=False)))


def decide(record: Record, key: WaferKey, place: int, to: str | None, subtype: str | None = None, **more: str) -> int:
    """A decision on the chip at this place of CHIPS; `to` may be a class, "unsure" or "exclude"."""
    machine = record.judgements(key)[CHIPS[place]].class_name
    if to in ("unsure", "exclude"):
        new = NewDecision(CHIPS[place], DecisionKind(to), more.get("operator", "aki"), machine)
    else:
        kind = DecisionKind.CONFIRM if to == machine else DecisionKind.RELABEL
        new = NewDecision(CHIPS[place], kind, more.get("operator", "aki"), machine, to, subtype)
    return record.append(key, [new])[0].seq


def fill(record: Record) -> None:
    """Lot A with two reviewed wafers of 7 chips; lot B with one wafer, 5 chips judged, nobody has looked."""
    first, second = WaferKey("A", "W1"), WaferKey("A", "W2")
    pit: Answer = ("pit", 0.98)
    add_wafer(record, first, [SURE, ("clean", 0.3), SURE, ("haze", 0.02), pit, pit, (None, math.nan)])
    decide(record, first, 2, "pit", "dark-pit")  # an escape on a chip that nobody was asked for
    record.withdraw(first, [decide(record, first, 4, "clean")], "aki")
    decide(record, first, 5, "pit", "dark-pit")
    decide(record, first, 1, "unsure")
    decide(record, first, 3, "clean")
    decide(record, first, 6, "scratch")
    add_wafer(record, second, [("scratch", 0.99), SURE, SURE, SURE, SURE, SURE, SURE])
    decide(record, second, 0, "clean", operator="ben")  # an overkill
    decide(record, second, 1, "clean", operator="ben")
    decide(record, second, 2, "exclude", operator="ben")
    add_wafer(record, WaferKey("B", "W1"), [SURE] * 5)


class Page(HTMLParser):
    """The rows of a page's tables, the items of its lists, and everything it says, as plain text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.items: list[str] = []
        self.tags: list[str] = []
        self._texts: list[str] | None = None
        self._drawn = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._drawn |= tag == "svg"
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th", "li"):
            self._texts = []

    def handle_data(self, data: str) -> None:
        if self._texts is not None and not self._drawn:
            self._texts.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self._drawn &= tag != "svg"
        if tag in ("td", "th", "li") and self._texts is not None:
            said = "".join(self._texts)
            self.items.append(said) if tag == "li" else self.rows[-1].append(said)
            self._texts = None

    def row(self, name: str) -> list[str]:
        """The one row that begins with this name and holds numbers."""
        found = [row for row in self.rows if row[0] == name and any(c.isdigit() for c in "".join(row[1:]))]
        assert len(found) == 1, (name, found)
        return found[0]
