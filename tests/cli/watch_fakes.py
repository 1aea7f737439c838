"""A hot folder's small wafers, and a classifier that needs no model; run as a program, it watches until it is killed.

python watch_fakes.py FOLDER RECORD SECONDS_A_BATCH
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.cli.watch import Teller, watch
from inspector.exchange.hot_folder.candidates import Rules
from inspector.exchange.hot_folder.watching import HotFolder
from inspector.exchange.retention import Retention
from inspector.imaging import cv2
from inspector.records.record import Record
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"columns": 4, "rows": 3, "chip": [40, 40], "pitch": [44, 44], "origin": [4, 4], "align": False},
        "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
    }
)
CHIPS = 12


class Slow:
    """Judges a chip by its mean grey level, two chips at a time."""

    facts = ModelFacts("slow", "5" * 64, (0.0, 1.0), ("clean", "pit"), "cpu")
    input_size = (40, 40)
    channels = 1
    batch_size = 2

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.judged = 0

    def judge(self, chips: NDArray[np.uint8]) -> Sequence[Judgement]:
        time.sleep(self.seconds)
        self.judged += len(chips)
        return [_judged(float(chip.mean()) / 255) for chip in chips]


def _judged(p: float) -> Judgement:
    row = np.array([1 - p, p], np.float32)
    return Judgement("pit" if p >= 0.5 else "clean", row, p, (1.0, 1.0), np.zeros((2, 1, 1), np.uint8))


def wafer_png(seed: int = 0) -> bytes:
    """An image of the tiny wafer."""
    pixels = np.random.default_rng(seed).integers(0, 256, (140, 180), np.uint8)
    return cv2.imencode(".png", pixels)[1].tobytes()


def watch_once(
    folder: Path,
    url: str,
    classifier: Slow,
    *,
    once: bool = True,
    as_json: bool = False,
    keep: str = "",
    **rules: float,
) -> HotFolder:
    """`inspector watch` without a model."""
    with Record.open(url) as record:
        settle = {"settle_s": 0.2, "patience_s": 0.6} | rules
        hot = HotFolder(Rules(folder, **settle), RECIPE, record)  # type: ignore[arg-type]
        watch(hot, record, RECIPE, classifier, Teller(record, as_json), Retention.parse(keep), once=once)
        return hot


if __name__ == "__main__":
    watch_once(Path(sys.argv[1]), sys.argv[2], Slow(float(sys.argv[3])), once=False)
