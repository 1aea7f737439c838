"""What the evidence network costs, part by part: `python tests/benchmarks/network.py [--side 1024] [--classes 7]`.

GFLOP are two per multiplication and addition of the convolutions. Bytes are what the convolutions read and write in
bfloat16, weights included: on a GPU the larger of the two limits is the one that holds.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import torch
from torch import Tensor, nn

from inspector.learning.network import EvidenceNetwork


def costs(network: nn.Module, side: int) -> dict[str, tuple[float, float, int]]:
    """Part -> (GFLOP, MB in bfloat16, parameters) for one grey chip of side x side pixels."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
    hooks = []
    for path, module in network.named_modules():
        if isinstance(module, nn.Conv2d):

            def count(conv: nn.Module, given: tuple[Tensor, ...], made: Tensor, part: str = path.split(".")[0]) -> None:
                weights = sum(p.numel() for p in conv.parameters())
                taps = conv.weight[0].numel()  # type: ignore[union-attr,index]
                found[part][0] += 2.0 * taps * made.numel() / 1e9
                found[part][1] += 2.0 * (given[0].numel() + made.numel() + weights) / 1e6
                found[part][2] += weights

            hooks.append(module.register_forward_hook(count))  # type: ignore[arg-type]
    with torch.inference_mode():
        network(torch.zeros(1, 1, side, side, dtype=torch.uint8))
    for hook in hooks:
        hook.remove()
    return {part: (gflop, mb, int(n)) for part, (gflop, mb, n) in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=1024)
    parser.add_argument("--classes", type=int, default=7)
    asked = parser.parse_args()
    network = EvidenceNetwork(1, asked.classes).eval()
    network.fold()
    table = costs(network, asked.side)
    print(f"{'part':12}{'GFLOP':>8}{'MB':>8}{'parameters':>12}")
    for part, (gflop, mb, number) in table.items():
        print(f"{part:12}{gflop:8.2f}{mb:8.1f}{number:12,}")
    gflop, mb, number = (sum(row[i] for row in table.values()) for i in range(3))
    print(f"{'all':12}{gflop:8.2f}{mb:8.1f}{number:12,}")


if __name__ == "__main__":
    main()
