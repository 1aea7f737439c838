"""What judging costs beside what others would do, in one interleaved run; every ratio is a median of rounds.

python tests/benchmarks/judging.py [--model M] [--chips DATASET] [--rounds 7] [--compared 64]

CPU-seconds of this process on one thread, reading not included. Ours is the whole of `TorchClassifier.judge`: bytes in,
judgements with class, P(defect), novelty, place and 8-bit heat for every class out. Theirs begins with the same bytes.
Without --chips the chips are drawn at natural shares. Needs the extra "bench" (pytorch-grad-cam). On a machine with a
GPU the GPU's rows follow.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import peers
import torch
from numpy.typing import NDArray
from torch import Tensor

from inspector import paths
from inspector.imaging.chips import fit
from inspector.imaging.source import read_image
from inspector.imaging.synthetic import synthesize
from inspector.learning.build import for_judging
from inspector.learning.classifier import TorchClassifier, load_classifier
from inspector.learning.device import has_fast_bfloat16, mixed_precision
from inspector.learning.model_card import HalfPrecision, ModelCard, load_network, read_card
from inspector.learning.network import JudgingNetwork
from inspector.learning.second_look import SecondLook
from inspector.wafer.manifest import read_dataset

BATCH = 6  # chips handed to ours at once: whole batches of 3 in bfloat16, of 2 in float32; theirs takes them one by one
say = sys.stdout.write


@dataclass(frozen=True)
class Row:
    """One thing to measure: work on a few chips."""

    name: str
    chips: int
    work: Callable[[], object]


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU-seconds of one call, over all threads of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(rows: Sequence[Row], rounds: int) -> dict[str, list[float]]:
    """CPU-seconds a chip of each row in each round; all rows take turns within a round, after one call that is free."""
    for row in rows:
        row.work()
    found: dict[str, list[float]] = {row.name: [] for row in rows}
    for _ in range(rounds):
        for row in rows:
            found[row.name].append(cpu_seconds(row.work) / row.chips)
    return found


def ratio(found: dict[str, list[float]], above: str, below: str) -> float:
    """The median over the rounds of the ratio within a round."""
    return statistics.median(a / b for a, b in zip(found[above], found[below], strict=True))


def some_chips(dataset: Path | None, card: ModelCard, number: int) -> NDArray[np.uint8]:
    """uint8 (N, H, W, C): evenly from a dataset, or drawn."""
    if dataset is None:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "chips"
            for _ in synthesize(
                made, card.recipe, wafers=2, seed=424242, columns=8, rows=8, dataset=True, lots=2, natural=True
            ):
                pass
            return some_chips(made, card, number)
    examples = read_dataset(dataset)
    chosen = [examples[i] for i in np.linspace(0, len(examples) - 1, min(number, len(examples))).astype(int)]
    return np.stack([fit(read_image(e.path, card.channels, card.recipe.image.bits), card.input) for e in chosen])


def in_float32(folder: Path) -> TorchClassifier:
    """The same model where bfloat16 was never proven: what a processor without it judges with."""
    card = read_card(folder)
    return TorchClassifier(load_network(folder, card), replace_half(card), "cpu")


def replace_half(card: ModelCard) -> ModelCard:
    """The card as of a machine without bfloat16."""
    return card.model_copy(update={"half_precision": HalfPrecision(chips=0, flips=0, largest_shift=1.0)})


def folded(folder: Path) -> JudgingNetwork:
    """The network alone, ready to judge."""
    return for_judging(load_network(folder, read_card(folder)), "cpu")


def cpu_rows(folder: Path, chips: NDArray[np.uint8]) -> list[Row]:
    """Everything that is held against something else. Judging takes all chips: the doubtful ones cost a second look."""
    shipped, exact, network, peer = (
        load_classifier(folder, None, "cpu"),
        in_float32(folder),
        folded(folder),
        peers.resnet(),
    )
    few, one = chips[:BATCH], chips[:1]
    as_tensor = torch.from_numpy(few).permute(0, 3, 1, 2)
    explainer = peers.Explainer(peers.resnet())
    half = has_fast_bfloat16("cpu")

    def classes_only() -> Tensor:
        with torch.inference_mode(), mixed_precision("cpu", half):
            return network(as_tensor).logits.softmax(1).argmax(1)

    def with_heat() -> tuple[Tensor, ...]:
        with torch.inference_mode(), mixed_precision("cpu", half):
            seen = network(as_tensor)
            heat = (seen.maps * 20.0).clamp(0.0, 255.0).round().to(torch.uint8)
            return seen.logits.softmax(1).argmax(1), seen.maps.flatten(2).argmax(2), heat

    return [
        Row("judged as shipped, with heat", len(chips), lambda: shipped.judge(chips)),
        Row("judged in float32, with heat", len(chips), lambda: exact.judge(chips)),
        Row("network, class alone", len(few), classes_only),
        Row("network, class, peak and heat", len(few), with_heat),
        Row("ResNet-18, class alone", 1, lambda: peers.judge(peer, one)),
        Row("ResNet-18, GradCAM in one call", 1, lambda: explainer.explain(one)),
        Row("ResNet-18, class, then GradCAM", 1, lambda: (peers.judge(peer, one), explainer.explain(one))),
    ]


def on_the_cpu(folder: Path, chips: NDArray[np.uint8], rounds: int) -> None:
    """Print the CPU's table and its ratios beside the goals."""
    rows = cpu_rows(folder, chips)
    found = measure(rows, rounds)
    height, width = chips.shape[1:3]
    say(f"{width}x{height}, CPU-seconds a chip on one thread, median of {rounds} interleaved rounds (least to most)\n")
    for row in rows:
        times = found[row.name]
        say(f"  {row.name:<34}{statistics.median(times):7.4f}  ({min(times):.4f} to {max(times):.4f})\n")
    ours, exact, *_ = (row.name for row in rows)
    say("\nratios, medians of the rounds'\n")
    for name, above, below, goal in (
        ("judged with heat, ResNet-18 eager", "ResNet-18, class alone", ours, ">= 25 with bfloat16, >= 12 without"),
        ("the same, ours in float32", "ResNet-18, class alone", exact, ">= 12"),
        ("explained, ResNet-18 and GradCAM", "ResNet-18, class, then GradCAM", ours, ">= 80"),
        ("the same, theirs in one call", "ResNet-18, GradCAM in one call", ours, ""),
        ("heat over the network alone", "network, class, peak and heat", "network, class alone", "<= 1.05"),
        ("all of judging over the network", ours, "network, class alone", ""),
    ):
        say(f"  {name:<38}{ratio(found, above, below):8.3f}   {goal and 'goal ' + goal}\n")
    if not has_fast_bfloat16("cpu"):
        say("  this processor has no bfloat16: as shipped is float32\n")


def agreement(folder: Path, chips: NDArray[np.uint8]) -> None:
    """Print how far bfloat16 judges from float32: the network's alone, and as shipped, where close calls are redone."""
    shipped, exact, network, card = (
        load_classifier(folder, None, "cpu"),
        in_float32(folder),
        folded(folder),
        read_card(folder),
    )
    told, truth = list(shipped.judge(chips)), list(exact.judge(chips))
    classes = card.recipe.class_set
    defect, rows, look = classes.defect_mask, [], SecondLook(network, classes, card.recipe.training.flips)
    with torch.inference_mode(), mixed_precision("cpu", True):
        for i in range(0, len(chips), BATCH):
            logits = look(torch.from_numpy(chips[i : i + BATCH]).permute(0, 3, 1, 2)).logits.float()
            rows.append((logits / card.temperature).softmax(1).numpy())
    raw, full = np.concatenate(rows), np.stack([j.probabilities for j in truth])
    say(f"\nbfloat16 and float32 on {len(chips)} chips\n")
    say(f"  network alone: {int((raw.argmax(1) != full.argmax(1)).sum())} other classes, largest shift of P(defect) ")
    say(f"{np.abs(raw[:, defect].sum(1) - full[:, defect].sum(1)).max():.4f}\n")
    flips = sum(a.class_name != b.class_name for a, b in zip(told, truth, strict=True))
    verdicts = sum((a.p_defect >= 0.5) != (b.p_defect >= 0.5) for a, b in zip(told, truth, strict=True))
    shift = max(abs(a.p_defect - b.p_defect) for a, b in zip(told, truth, strict=True))
    say(f"  as shipped: {flips} other classes, {verdicts} other verdicts, largest shift of P(defect) {shift:.4f}\n")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, default=paths.shipped_model("laser-wafer"))
    options.add_argument("--chips", type=Path, metavar="DATASET")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--compared", type=int, default=64)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    chips = some_chips(chosen.chips, read_card(chosen.model), max(chosen.compared, BATCH))
    on_the_cpu(chosen.model, chips, chosen.rounds)
    agreement(chosen.model, chips)
    if not torch.cuda.is_available():
        say("\nGPU: not measured: no GPU here\n")
        return
    from judging_gpu import on_the_gpu

    on_the_gpu(chosen.model, chips, chosen.rounds)


if __name__ == "__main__":
    main()
