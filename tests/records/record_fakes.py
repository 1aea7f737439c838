"""A small wafer, a made-up model and judgements without any pixels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from inspector.records.record import WaferEntry
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.roles import Role

KEY = WaferKey("L1", "W1")
CLASSES = ("clean", "pit", "scratch")


def facts(digest: str = "d1", device: str = "cpu") -> ModelFacts:
    return ModelFacts(f"model-{digest}", digest, (0.1, 2.7), CLASSES, device)


def entry(key: WaferKey = KEY, *, columns: int = 4, rows: int = 3, sha256: str = "aa") -> WaferEntry:
    grid = Grid(columns, rows, (30, 30), (31.5, 31.5), (1.25, 2.5), frozenset({ChipId(0, 0)}))
    placed = PlacedGrid(grid, (1.0, 0.01, -3.7, -0.01, 1.0, 0.1 + 0.2), 0.3, 0.97)
    return WaferEntry(key, "/images/w1.tif", sha256, '{"a": 1}', placed, "w1.tif", datetime(2026, 1, 2, tzinfo=UTC))


def shifted(x: float, y: float = 0.0) -> PlacedGrid:
    """The grid of `entry`, so many image pixels further."""
    placed = entry().placed
    a, b, c, d, e, f = placed.matrix
    return replace(placed, matrix=(a, b, c + x, d, e, f + y))


def judgement(class_name: str | None = "clean", p_defect: float = 0.2, fill: int = 7) -> Judgement:
    probabilities = np.array([1 - p_defect, p_defect, 0], np.float32)
    evidence = np.full((3, 4, 5), fill, np.uint8)
    return Judgement(class_name, np.nan_to_num(probabilities), p_defect, (3.25, 4.5), evidence)


RECIPE = json.dumps(
    {
        "product": {"name": "tiny"},
        "grid": {"columns": 4, "rows": 3, "chip": [30, 30]},
        "classes": [
            {"name": "clean", "verdict": "good"},
            {"name": "pit", "verdict": "defect"},
            {"name": "scratch", "verdict": "defect"},
        ],
    }
)
PIN = "2468"
ADA, ENA, AKI, BEN = "Ada", "Ena", "Aki", "Ben"
PEOPLE = {ADA: Role.ADMINISTRATOR, ENA: Role.ENGINEER, AKI: Role.OPERATOR, BEN: Role.OPERATOR}


def reviewed(key: WaferKey = KEY, *, sha256: str = "aa") -> WaferEntry:
    """A wafer of a product whose recipe sends "defect to good" and unsure chips to a second person."""
    return replace(entry(key, sha256=sha256), recipe_json=RECIPE)


def confirm(chip: ChipId, to: str = "clean", operator: str = "aki") -> NewDecision:
    return NewDecision(chip, DecisionKind.CONFIRM, operator, to, to)


def relabel(chip: ChipId, to: str, **more: object) -> NewDecision:
    return NewDecision(chip, DecisionKind.RELABEL, "aki", "clean", to, **more)  # type: ignore[arg-type]
