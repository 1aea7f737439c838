"""A classifier that needs no model: it judges a chip by its mean grey level, and notes what it was shown."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.grid import ChipId
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

CHIP, PITCH, ORIGIN = 60, 64, 8


def wafer_recipe(columns: int, rows: int, **grid: object) -> Recipe:
    """Chips of 60 x 60 px; found where the recipe says, unless `align` is given."""
    return Recipe.model_validate(
        {
            "product": {"name": "grey"},
            "grid": {
                **{"columns": columns, "rows": rows, "chip": (CHIP, CHIP), "pitch": (PITCH, PITCH)},
                **{"origin": (ORIGIN, ORIGIN), "align": False},
                **grid,
            },
            "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
        }
    )


def wafer_pixels(columns: int, rows: int, seed: int = 0) -> NDArray[np.uint8]:
    """uint8 (H, W): every chip has a grey level and a texture of its own, the streets are dark."""
    rng = np.random.default_rng(seed)
    pixels = np.full((rows * PITCH + 2 * ORIGIN, columns * PITCH + 2 * ORIGIN), 20, np.uint8)
    for row in range(rows):
        for column in range(columns):
            x, y = ORIGIN + column * PITCH, ORIGIN + row * PITCH
            level = int(rng.integers(100, 200))
            pixels[y : y + CHIP, x : x + CHIP] = rng.integers(level - 20, level + 20, (CHIP, CHIP), np.uint8)
    return pixels


class GreyClassifier:
    """P(defect) is the chip's mean grey level, so that each answer tells the pixels that it was given for."""

    facts = ModelFacts("grey", "9" * 64, (0.0, 1.0), ("clean", "pit"), "cpu")
    channels = 1

    def __init__(self, batch: int = 4, pause_s: float = 0.0) -> None:
        self.input_size = (CHIP, CHIP)
        self.batch_size = batch
        self.batches: list[int] = []
        self._pause_s = pause_s

    def judge(self, chips: NDArray[np.uint8]) -> Sequence[Judgement]:
        time.sleep(self._pause_s)
        self.batches.append(len(chips))
        return [answer(chip) for chip in chips]


def answer(chip: NDArray[np.uint8]) -> Judgement:
    """What GreyClassifier says to one chip, uint8 (h, w, 1)."""
    p = np.float32(chip.mean() / 255)
    evidence = np.full((2, 1, 1), chip[0, 0, 0], np.uint8)
    return Judgement("pit" if p >= 0.5 else "clean", np.array([1 - p, p], np.float32), float(p), (1.0, 2.0), evidence)


def truth(pixels: NDArray[np.uint8], columns: int, rows: int) -> dict[ChipId, float]:
    """P(defect) of every chip, from the picture itself."""
    found = {}
    for row in range(rows):
        for column in range(columns):
            x, y = ORIGIN + column * PITCH, ORIGIN + row * PITCH
            found[ChipId(column, row)] = answer(pixels[y : y + CHIP, x : x + CHIP, None]).p_defect
    return found
