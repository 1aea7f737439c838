"""Stand-ins for the views' tests: a session that says what it is told, and a wafer image made of numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import get_ident
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap, QUndoStack
from pytestqt.qtbot import QtBot

from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, StandingAnswer, standing_answer
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewReason, review_order, review_reason


class FakeImage:
    """A WaferImage that lies in memory: uint8 (H, W, C), levels by leaving out pixels. Notes which threads read it."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.path = Path("fake.tif")
        self.height, self.width, self.channels = pixels.shape
        self.bits = 8
        self._levels = [pixels]
        while max(self._levels[-1].shape) > 512:
            self._levels.append(self._levels[-1][::2, ::2])
        self.reads: list[tuple[int, int, int]] = []
        self.threads: set[int] = set()

    @property
    def levels(self) -> int:
        return len(self._levels)

    def level_size(self, level: int) -> tuple[int, int]:
        height, width, _ = self._levels[level].shape
        return width, height

    def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
        self.reads.append((level, x, y))
        self.threads.add(get_ident())
        out = np.zeros((height, width, self.channels), np.uint8)
        source = self._levels[level]
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + width, source.shape[1]), min(y + height, source.shape[0])
        if x1 > x0 and y1 > y0:
            out[y0 - y : y1 - y, x0 - x : x1 - x] = source[y0:y1, x0:x1]
        return out


FAKE_MODEL = ModelFacts("fake", "0" * 64, (0.0, 6.5), (), "cpu")


@dataclass(frozen=True)
class FakeJudgement:
    """What the views read of a StoredJudgement."""

    chip: ChipId
    class_name: str | None
    probabilities: NDArray[np.float32]
    p_defect: float
    peak: tuple[float, float]
    evidence: NDArray[np.uint8] = field(repr=False)
    model: ModelFacts = FAKE_MODEL


class FakeSession(QObject):
    """The Session's signals and queries over plain dictionaries; actions change them and say so."""

    wafers_changed = Signal()
    wafer_opened = Signal(object)
    judgements_added = Signal(object)
    decided = Signal(object)
    current_changed = Signal(object)
    queue_changed = Signal()
    job_changed = Signal(object)
    failed = Signal(str)
    said = Signal(str)

    def __init__(self, recipe: Recipe | None = None, placed: PlacedGrid | None = None, image: object = None) -> None:
        super().__init__()
        self.recipe = recipe
        self.classes: ClassSet | None = recipe.class_set if recipe is not None else None
        self.placed = placed
        self.image = image
        self.image_problem = ""
        self.key = WaferKey("L1", "W01") if placed is not None else None
        self.current: ChipId | None = None
        self.language = "en"
        self.undo_stack = QUndoStack(self)
        self.visited: list[ChipId] = []
        self._judgements: dict[ChipId, FakeJudgement] = {}
        self._log: list[Decision] = []
        self._queue: list[ChipId] | None = None

    def chips(self) -> list[ChipId]:
        return self.placed.chip_ids() if self.placed is not None else []

    def judgement(self, chip: ChipId) -> FakeJudgement | None:
        return self._judgements.get(chip)

    @property
    def table(self) -> ChipTable | None:
        if self.classes is None:
            return None
        made = ChipTable(self.chips(), self.classes)
        made.put([(chip, ChipFacts(self.standing(chip), True, j.class_name)) for chip, j in self._judgements.items()])
        return made

    def evidence(self, chip: ChipId) -> NDArray[np.uint8] | None:
        judgement = self._judgements.get(chip)
        return judgement.evidence if judgement is not None else None

    def standing(self, chip: ChipId) -> StandingAnswer:
        judgement = self._judgements.get(chip)
        log = [d for d in self._log if d.chip == chip]
        return standing_answer(judgement.class_name if judgement is not None else None, log)

    def review(self, chip: ChipId) -> ReviewReason | None:
        judgement = self._judgements.get(chip)
        if judgement is None or self.recipe is None or self.standing(chip).decision is not None:
            return None
        return review_reason(judgement.class_name, judgement.p_defect, self.recipe.class_set, self.recipe.limits)

    def queue(self) -> list[ChipId]:
        if self._queue is not None:
            return list(self._queue)
        asked = [(c, self.review(c), j.p_defect) for c, j in self._judgements.items()]
        return review_order([(c, reason, p) for c, reason, p in asked if reason is not None])

    def go_to(self, chip: ChipId) -> None:
        self.visited.append(chip)
        self.current = chip
        self.current_changed.emit(chip)

    def judge(self, judgements: Sequence[FakeJudgement]) -> None:
        """Pretend that the engine judged these chips."""
        self._judgements.update({j.chip: j for j in judgements})
        self.judgements_added.emit(tuple(j.chip for j in judgements))

    def decide(self, chip: ChipId, kind: DecisionKind, to_class: str | None = None) -> None:
        """Pretend that a person decided."""
        new = NewDecision(chip, kind, "Kato", self.standing(chip).class_name, to_class)
        self._log.append(Decision(len(self._log) + 1, datetime(2026, 1, 2, tzinfo=UTC), WaferKey("L1", "W01"), new))
        self.decided.emit((chip,))

    def set_queue(self, chips: list[ChipId]) -> None:
        self._queue = chips
        self.queue_changed.emit()

    def open(self, recipe: Recipe, placed: PlacedGrid, image: object) -> None:
        """Pretend that another wafer was opened."""
        self.recipe, self.classes, self.placed, self.image = recipe, recipe.class_set, placed, image
        self._judgements, self._log, self._queue, self.current = {}, [], None, None
        self.wafer_opened.emit(WaferKey("L1", "W02"))


def small_recipe(columns: int = 4, rows: int = 3, chip: int = 64, um_per_px: float | None = 0.5) -> Recipe:
    """Two good and two defect classes on a grid of square chips with streets of 8 pixels."""
    return Recipe.model_validate(
        {
            "product": {"name": "test-wafer"},
            "image": {"channels": 1, "um_per_px": um_per_px},
            "grid": {
                **{"columns": columns, "rows": rows, "chip": (chip, chip)},
                **{"pitch": (chip + 8, chip + 8), "origin": (8, 8)},
            },
            "classes": [
                {"name": "clean", "verdict": "good", "title": {"en": "Clean", "ja": "正常"}},
                {"name": "haze", "verdict": "good", "title": {"en": "Haze", "ja": "曇り"}},
                {"name": "pit", "verdict": "defect", "title": {"en": "Pit", "ja": "ピット"}},
                {"name": "scratch", "verdict": "defect", "title": {"en": "Scratch", "ja": "傷"}},
            ],
        }
    )


def noise(recipe: Recipe, low: int = 60, high: int = 180, seed: int = 0) -> NDArray[np.uint8]:
    """uint8 (H, W, 1): a picture that the recipe's grid fits into, every pixel at random in [low, high)."""
    grid = recipe.grid.grid()
    width, height = (round(2 * o + e) for o, e in zip(grid.origin, grid.extent, strict=True))
    return np.random.default_rng(seed).integers(low, high, (height, width, 1), dtype=np.uint8)


def small_session(recipe: Recipe | None = None, pixels: NDArray[np.uint8] | None = None) -> FakeSession:
    """A wafer that is open, with its image, and not judged."""
    recipe = recipe or small_recipe()
    image = FakeImage(pixels if pixels is not None else noise(recipe))
    return FakeSession(recipe, PlacedGrid(recipe.grid.grid()), image)


def judged(
    chip: ChipId, class_name: str | None, p_defect: float, evidence: NDArray[np.uint8] | None = None
) -> FakeJudgement:
    """A judgement by the four classes of `small_recipe`. evidence: uint8 (4, h, w), all cold where it is left out."""
    cold = np.zeros((4, 8, 8), np.uint8)
    return FakeJudgement(
        chip, class_name, np.full(4, 0.25, np.float32), p_defect, (1.0, 1.0), cold if evidence is None else evidence
    )


class View(Protocol):
    """What each of the three views has."""

    @property
    def is_settled(self) -> bool: ...

    def repaint(self) -> None: ...

    def grab(self) -> QPixmap: ...


def settle(qtbot: QtBot, view: View) -> None:
    """Wait until everything that the view asked for has come and is painted."""

    def settled() -> bool:
        view.repaint()
        return view.is_settled

    qtbot.waitUntil(settled, timeout=5000)


def look(view: View) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): what the view shows, red first."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
