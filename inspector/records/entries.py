"""What the record hands out: wafers, stored judgements and counts, and how they are written down."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits, ReviewReason, review_reason

_NAME_LENGTH = 200


@dataclass(frozen=True)
class WaferEntry:
    """A wafer in the record.

    source, sha256: the image as it was read. recipe_json: the recipe as it was then. placed: the grid in the image.
    copy_name: the working copy, relative to `Record.images_folder`. added: UTC.
    An image that is still being read has no sha256 yet: then its stamp tells whether the file is the same as before.
    """

    key: WaferKey
    source: str
    sha256: str
    recipe_json: str
    placed: PlacedGrid
    copy_name: str
    added: datetime
    stamp: str = ""


@dataclass(frozen=True)
class Placement:
    """Where a wafer's grid lies from a moment on; operator is empty where the machine found it. time: UTC."""

    seq: int
    placed: PlacedGrid
    operator: str
    time: datetime


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """A judgement as it stands in the record, without its evidence (see `Record.evidence`).

    class_name: None where undecided; p_defect is then NaN. probabilities: float32 (K,) in the order of model.classes.
    peak: (x, y) in chip pixels. time: UTC. novelty: as in `Judgement`; 0 from before there was any.
    """

    chip: ChipId
    class_name: str | None
    probabilities: NDArray[np.float32]
    p_defect: float
    peak: tuple[float, float]
    model: ModelFacts
    time: datetime
    novelty: float = 0.0

    def limits(self, recipe: Recipe) -> ReviewLimits:
        """By which the chip wants eyes: what the recipe gives by hand, else its model's own, as they were then."""
        return recipe.review.limits(self.model.review_limits)

    def reason(self, recipe: Recipe) -> ReviewReason | None:
        """Why the machine's answer wants eyes, whatever people have decided since."""
        return review_reason(self.class_name, self.p_defect, recipe.class_set, self.limits(recipe), self.novelty)


class WaferCounts(NamedTuple):
    """Chips of one wafer: judged by the machine; decided by a person in any way that still stands."""

    judged: int
    decided: int


def check_name(name: str, what: str) -> None:
    """RecordError where a lot's, wafer's or operator's name can't be kept as it is."""
    if not name.strip() or len(name) > _NAME_LENGTH:
        raise RecordError(f"{what} {name[:40]!r} must have 1 to {_NAME_LENGTH} characters: choose another name.")
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        raise RecordError(f"{what} {name!r} holds characters that are not text: choose another name.")


def check_text(text: str, what: str) -> None:
    """RecordError where free text is not valid Unicode."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise RecordError(f"{what} {text!r} holds characters that are not text: write it again.")


def time_text(time: datetime) -> str:
    """UTC, ISO 8601, microseconds."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def now_text() -> str:
    """This moment, as `time_text` writes it."""
    return time_text(datetime.now(UTC))


def placed_to_json(placed: PlacedGrid) -> str:
    """A placed grid as text; every float comes back exactly."""
    grid = placed.grid
    return json.dumps(
        {
            "columns": grid.columns,
            "rows": grid.rows,
            "chip": grid.chip,
            "pitch": grid.pitch,
            "origin": grid.origin,
            "missing": sorted(grid.missing),
            "matrix": placed.matrix,
            "residual_px": placed.residual_px,
            "confidence": placed.confidence,
            "partial": sorted(placed.partial),
            "not_imaged": sorted(placed.not_imaged),
        }
    )


def placed_from_json(text: str) -> PlacedGrid:
    """The placed grid that `placed_to_json` wrote."""
    values = json.loads(text)
    grid = Grid(
        values["columns"],
        values["rows"],
        tuple(values["chip"]),
        tuple(values["pitch"]),
        tuple(values["origin"]),
        _chips(tuple(map(tuple, values["missing"]))),
    )
    partial, not_imaged = (_chips(tuple(map(tuple, values.get(name, ())))) for name in ("partial", "not_imaged"))
    matrix = tuple(values["matrix"])
    return PlacedGrid(grid, matrix, values["residual_px"], values["confidence"], partial, not_imaged)


@lru_cache(maxsize=64)
def _chips(places: tuple[tuple[int, int], ...]) -> frozenset[ChipId]:
    """Hundreds of wafers of one product leave out the same places."""
    return frozenset(ChipId(*place) for place in places)
