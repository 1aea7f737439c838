"""What judging costs on this machine's CPU, and what the heat map adds; every ratio from one interleaved run.

python tests/benchmarks/judging.py [--rounds 7] [--chips 4]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import torch

from inspector import paths
from inspector.learning.classifier import load_classifier
from inspector.learning.model_card import load_network, read_card

FOLDER = paths.shipped_model("laser-wafer")


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU-seconds of one call, over all threads of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the medians of the rounds and the medians of the ratios within each round."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--chips", type=int, default=4)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    classifier = load_classifier(FOLDER, None, "cpu")
    network = load_network(FOLDER, read_card(FOLDER)).eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    network.fold()
    width, height = classifier.input_size
    chips = np.random.default_rng(1).normal(110, 8, (chosen.chips, height, width, 1)).astype(np.uint8)
    as_tensor = torch.from_numpy(chips).permute(0, 3, 1, 2)

    def classes_only() -> None:
        with torch.inference_mode():
            network(as_tensor).logits.softmax(1).argmax(1)

    classes_only()
    classifier.judge(chips)
    rounds = [(cpu_seconds(classes_only), cpu_seconds(lambda: classifier.judge(chips))) for _ in range(chosen.rounds)]
    plain, judged = (statistics.median(r[i] for r in rounds) / chosen.chips for i in (0, 1))
    ratio = statistics.median(r[1] / r[0] for r in rounds)
    sys.stdout.write(f"one chip of {width}x{height}, CPU-seconds on one thread, median of {chosen.rounds} rounds\n")
    sys.stdout.write(f"  class alone, float32           {plain:.3f}\n")
    sys.stdout.write(f"  judged as shipped, with heat   {judged:.3f}   ({ratio:.2f} of the line above)\n")


if __name__ == "__main__":
    main()
