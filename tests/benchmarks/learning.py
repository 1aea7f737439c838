"""What learning costs: views per CPU-second on one thread, of crops and of whole chips, with all that makes the views.

python tests/benchmarks/learning.py [--recipe laser-wafer] [--steps 6] [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from inspector.cli.show import find_recipe
from inspector.imaging.synthetic import synthesize
from inspector.learning.batches import learning_batches
from inspector.learning.build import build_network
from inspector.learning.course import WHOLE_BATCH_PIXELS
from inspector.learning.dataset import ChipPixels, balanced_weights
from inspector.learning.device import keep_memory
from inspector.learning.learner import Learner
from inspector.learning.loss import LossRule
from inspector.learning.ranks import ALONE
from inspector.wafer.manifest import read_dataset
from inspector.wafer.recipe import Recipe


def store_of(recipe: Recipe) -> ChipPixels:
    """A few drawn chips of the recipe, in memory."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "chips"
        for _ in synthesize(made, recipe, wafers=1, seed=7, columns=6, rows=6, dataset=True, lots=1):
            pass
        store = ChipPixels(read_dataset(made), recipe)
        for _ in store.read():
            pass
        return store


def views_per_second(learner: Learner, store: ChipPixels, side: int, batch: int, steps: int) -> float:
    """Views a CPU-second, drawing, varying, both passes and the step included."""
    weights, cell = balanced_weights(store.examples), learner.network.cell
    rounds = -(-(steps + 1) * batch // len(store))
    batches = learning_batches(store, weights, side, cell, batch, (0,), rounds=rounds)
    learner.step(next(batches), 1e-4)
    start, seen = time.process_time(), 0
    for step in islice(batches, steps):
        learner.step(step, 1e-4)
        seen += len(step.chips)
    found = seen / (time.process_time() - start)
    batches.close()  # type: ignore[attr-defined]
    return found


def main() -> None:
    """Print the medians of interleaved rounds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--recipe", default="laser-wafer")
    options.add_argument("--steps", type=int, default=6)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    keep_memory()
    recipe = find_recipe(chosen.recipe)
    store = store_of(recipe)
    located = torch.ones(len(recipe.classes), dtype=torch.bool)
    rule = LossRule(torch.from_numpy(recipe.class_set.defect_mask), located)
    learner = Learner(build_network(recipe), rule, ALONE)
    width, height = recipe.model.input
    batch = recipe.training.batch
    views = {f"whole chips of {width}x{height}": (0, max(2, min(batch, WHOLE_BATCH_PIXELS // (width * height))))}
    if recipe.training.crop:
        views[f"crops of {recipe.training.crop}x{recipe.training.crop}"] = (recipe.training.crop, batch)
    found = [
        {k: views_per_second(learner, store, *v, chosen.steps) for k, v in views.items()} for _ in range(chosen.rounds)
    ]
    sys.stdout.write(f"views learned per CPU-second on one thread, median of {chosen.rounds} interleaved rounds\n")
    for name, (_, size) in views.items():
        values = [row[name] for row in found]
        sys.stdout.write(f"  {name:<28}{np.median(values):8.1f}  in batches of {size}")
        sys.stdout.write(f"  ({min(values):.1f} to {max(values):.1f}, mean {statistics.fmean(values):.1f})\n")


if __name__ == "__main__":
    main()
