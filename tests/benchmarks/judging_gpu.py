"""The GPU's rows of `judging.py`: chips per second beside compiled ResNet-18, and the share of the machine's limit."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import peers
import torch
from numpy.typing import NDArray
from torch import Tensor

from inspector.learning.classifier import load_classifier

GFLOP_AT = 0.2  # of the dense bfloat16 peak: what the many small convolutions of such a network can use
PEAKS = {"H100": 790.0, "H200": 790.0, "A100": 312.0, "L40": 181.0, "RTX 4090": 165.0}  # TFLOP/s, dense bfloat16
PEER_BATCH = 32
say = sys.stdout.write


def chips_per_second(work: Callable[[], object], chips: int) -> float:
    """Of one call, by the clock, with the GPU's queue empty before and after."""
    torch.cuda.synchronize()
    start = time.perf_counter()
    work()
    torch.cuda.synchronize()
    return chips / (time.perf_counter() - start)


def on_the_gpu(folder: Path, chips: NDArray[np.uint8], rounds: int) -> None:
    """Print chips per second of ours, of the peer, and of the copy and the network alone, which are the limits."""
    shipped = load_classifier(folder, None, "cuda")
    many = np.concatenate([chips] * -(-4 * shipped.batch_size // len(chips)))[: 4 * shipped.batch_size]
    bytes_ = torch.from_numpy(many[: shipped.batch_size]).pin_memory()
    peer = peers.resnet().to("cuda", memory_format=torch.channels_last)  # type: ignore[call-overload]
    compiled = torch.compile(peer)
    some = torch.from_numpy(many[:PEER_BATCH])
    mean, spread = (torch.tensor(v, device="cuda")[:, None, None] for v in (peers.MEAN, peers.SPREAD))

    def judge_as_peer() -> Tensor:
        with torch.inference_mode(), torch.autocast("cuda", dtype=torch.bfloat16):
            x = some.to("cuda").permute(0, 3, 1, 2).float().div(255.0).expand(-1, 3, -1, -1)
            x = x.sub(mean).div(spread).contiguous(memory_format=torch.channels_last)
            return compiled(x).argmax(1).cpu()

    def judge_and_explain() -> None:
        for chip in many[:8]:
            explainer.explain(chip[None])

    explainer = peers.Explainer(peers.resnet().cuda())
    work: dict[str, tuple[Callable[[], object], int]] = {
        "judged as shipped, with heat": (lambda: shipped.judge(many), len(many)),
        "bytes to the GPU alone": (lambda: bytes_.to("cuda"), len(bytes_)),
        "compiled ResNet-18, bfloat16": (judge_as_peer, PEER_BATCH),
        "ResNet-18, GradCAM": (judge_and_explain, 8),
    }
    for call, _ in work.values():
        call()
        call()
    found = {name: [chips_per_second(*each) for _ in range(rounds)] for name, each in work.items()}
    say(f"\n{torch.cuda.get_device_name()}: chips a second, median of {rounds} rounds, bytes in memory to judgements\n")
    middle = {name: statistics.median(values) for name, values in found.items()}
    for name, value in middle.items():
        say(f"  {name:<34}{value:10.0f}\n")
    ours = middle["judged as shipped, with heat"]
    say(f"  {ours / middle['compiled ResNet-18, bfloat16']:.1f} times compiled ResNet-18 (goal >= 6), ")
    say(f"{ours / middle['ResNet-18, GradCAM']:.0f} times GradCAM (goal >= 50)\n")
    limits = {"bytes to the GPU": middle["bytes to the GPU alone"]}
    peak = next((value for name, value in PEAKS.items() if name in torch.cuda.get_device_name()), None)
    if peak is not None:
        limits["arithmetic"] = GFLOP_AT * peak * 1e3 / _gflop(folder, chips[:1])
    name = min(limits, key=lambda each: limits[each])
    say(f"  {ours / limits[name]:.0%} of the limit, {name}: {limits[name]:.0f} a second (goal >= 60 %)\n")


def _gflop(folder: Path, chip: NDArray[np.uint8]) -> float:
    from torch.utils.flop_counter import FlopCounterMode

    from inspector.learning.model_card import load_network, read_card

    network = load_network(folder, read_card(folder)).eval()
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        network(torch.from_numpy(chip).permute(0, 3, 1, 2))
    return float(counter.get_total_flops()) / 1e9
