"""What one process runs in a test of several: a training in float32 that notes what it was shown at each step, and the
threads that are left at its end (Linux).

torchrun --nproc-per-node 2 learn_together.py DATASET OUT NOTES EPOCHS [STOP]: process 1 tells itself to stop after
STOP steps.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from pathlib import Path
from unittest.mock import patch

import torch
from tiny_product import make_recipe

from inspector.cli.show import StoppedError, follow
from inspector.learning.batches import Batch
from inspector.learning.learner import Learner
from inspector.learning.training import TrainingOptions, train


def learn(dataset: Path, out: Path, notes: Path, epochs: int, stop_after: int = 0) -> None:
    """Train in batches of 7; NOTES/RANK.json gets the views of every step, by their digests, and its loss."""
    rank = int(os.environ.get("RANK", "0"))
    shown: list[list[str]] = []
    losses: list[float | None] = []
    step = Learner.step

    def noted(self: Learner, batch: Batch, rate: float) -> float | None:
        self.half = False  # bfloat16 rounds so coarsely that little could be compared
        shown.append([hashlib.sha256(chip.numpy().tobytes()).hexdigest() for chip in batch.chips])
        losses.append(step(self, batch, rate))
        if rank == 1 and len(shown) == stop_after:
            os.kill(os.getpid(), signal.SIGTERM)
        return losses[-1]

    options = TrainingOptions(epochs=epochs, seed=3, device="cpu")
    results = []
    with patch.object(Learner, "step", noted):
        try:
            results = list(follow(train(dataset, make_recipe(crop=32, batch=7), out, options), "", patient=True))
        except StoppedError:
            assert rank == 1
    left = sorted(each.read_text().strip() for each in Path("/proc/self/task").glob("*/comm"))
    noted_down = {"shown": shown, "losses": losses, "epochs": len(results), "threads": left}
    (notes / f"{rank}.json").write_text(json.dumps(noted_down))


if __name__ == "__main__":
    torch.set_num_threads(1)
    learn(*(Path(name) for name in sys.argv[1:4]), *(int(number) for number in sys.argv[4:]))
