"""What writing and reading judgements costs: a wafer of 4096 chips, evidence of 7 maps of 64x64 cells.

python tests/benchmarks/records.py [--rounds 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from inspector import paths
from inspector.records.record import Record, WaferEntry
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe_file import read_recipe

SIDE = 64
BATCH = 256


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU-seconds of one call, over all threads of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the medians of the rounds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    recipe = read_recipe(paths.resource("recipes", "laser-wafer.toml"))
    facts = ModelFacts("laser-wafer", "0" * 64, (0.0, 1.0), recipe.class_set.names, "cpu")
    slope = np.add.outer(np.linspace(-90, 160, SIDE), np.linspace(-90, 160, SIDE))
    maps = np.clip(slope + np.random.default_rng(1).normal(0, 3, (7, SIDE, SIDE)), 0, 255).astype(np.uint8)
    found = Judgement("clean", np.full(7, 1 / 7, np.float32), 3 / 7, (1.0, 1.0), maps)
    placed = PlacedGrid(Grid(SIDE, SIDE, (1024.0, 1024.0), (1072.0, 1072.0), (0.0, 0.0)))
    chips = [ChipId(c, r) for r in range(SIDE) for c in range(SIDE)]
    writes, reads = [], []
    with tempfile.TemporaryDirectory() as folder, Record.open(f"sqlite:///{Path(folder) / 'r.db'}") as record:
        for number in range(rounds):
            key = WaferKey("L", f"W{number}")
            record.add_wafer(
                WaferEntry(key, "w.tif", f"{number:064d}", recipe.model_dump_json(), placed, "w.tif", datetime.now(UTC))
            )
            for n in range(0, len(chips), BATCH):
                batch = [(chip, found) for chip in chips[n : n + BATCH]]
                writes.append(cpu_seconds(lambda key=key, batch=batch: record.add_judgements(key, facts, batch)))
            reads.append(cpu_seconds(lambda key=key: record.judgements(key)))
    sys.stdout.write(f"CPU-seconds, medians of {rounds} rounds\n")
    sys.stdout.write(f"  write {BATCH} judgements with their evidence   {statistics.median(writes):.3f}\n")
    sys.stdout.write(f"  read a wafer of {len(chips)} chips                 {statistics.median(reads):.3f}\n")


if __name__ == "__main__":
    main()
