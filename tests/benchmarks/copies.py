"""How many changed copies `inspector dataset` finds in a data set, and how many pairs it names that nobody planted.

python tests/benchmarks/copies.py DATASET --recipe R [--chips 1000] [--copies 4]

Copies are planted under another lot's name, so that only their pixels can give them away. What the data set itself
holds twice is listed as found besides.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.cli.show import find_recipe
from inspector.exchange.dataset_check.check import check_dataset
from inspector.imaging import cv2
from inspector.imaging.source import read_image
from inspector.wafer.manifest import Example, read_dataset

Pixels = NDArray[np.uint8]
RNG = np.random.default_rng(5)


def moved(pixels: Pixels, x: int, y: int) -> Pixels:
    """Shifted by whole pixels, around the border."""
    return np.roll(pixels, (y, x), (0, 1))


def clipped(values: NDArray[np.float64]) -> Pixels:
    """Back to bytes."""
    return np.clip(values, 0, 255).round().astype(np.uint8)


# What is done to a copy, and the quality of the JPEG that it is stored as (0: PNG).
CHANGES: dict[str, tuple[Callable[[Pixels], Pixels], int]] = {
    "JPEG 90": (lambda p: p, 90),
    "JPEG 75": (lambda p: p, 75),
    "shift 2, 2": (lambda p: moved(p, 2, 2), 0),
    "shift -1, 2 and JPEG 90": (lambda p: moved(p, -1, 2), 90),
    "shift 1, 1, brighter and JPEG 75": (lambda p: clipped(moved(p, 1, 1) * 1.15 + 3), 75),
    "brighter": (lambda p: clipped(p * 1.15 + 3), 0),
    "noise of 2 grey levels": (lambda p: clipped(p + RNG.normal(0, 2, p.shape)), 0),
    "mirrored": (lambda p: p[::-1], 0),
    "mirrored, shift 1, -1 and JPEG 85": (lambda p: moved(p[::-1], 1, -1), 85),
}


def planted(example: Example, pixels: Pixels, change: str, folder: Path) -> Example:
    """The copy, stored in the folder."""
    made, quality = CHANGES[change]
    path = folder / f"{example.path.stem} {change}{'.jpg' if quality else '.png'}"
    options = [cv2.IMWRITE_JPEG_QUALITY, quality] if quality else []
    stored = np.ascontiguousarray(made(pixels)[:, :, ::-1])  # cv2 stores blue first
    path.write_bytes(cv2.imencode(path.suffix, stored, options)[1].tobytes())
    return replace(example, path=path, lot="planted", wafer=f"planted {path.stem}")


def main() -> None:
    """Plant, look, count."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("dataset", type=Path)
    options.add_argument("--recipe", required=True)
    options.add_argument("--chips", type=int, default=1000)
    options.add_argument("--copies", type=int, default=4)
    asked = options.parse_args()
    recipe = find_recipe(asked.recipe)
    examples = read_dataset(asked.dataset)
    chips = [examples[i] for i in sorted(RNG.permutation(len(examples))[: asked.chips])]
    origin: dict[Path, tuple[Path, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for number, i in enumerate(RNG.permutation(len(chips))[: asked.copies * len(CHANGES)]):
            change = list(CHANGES)[number % len(CHANGES)]
            pixels = read_image(chips[i].path, recipe.image.channels, recipe.image.bits)
            copies.append(planted(chips[i], pixels, change, Path(folder)))
            origin[copies[-1].path] = (chips[i].path, change)
        start = time.process_time()
        *_, last = check_dataset(asked.dataset, [*chips, *copies], recipe)
        seconds = time.process_time() - start
    assert last.found is not None
    found: Counter[str] = Counter()
    besides = 0
    for twin in last.found.twins:
        sides = ((twin.first, twin.second), (twin.second, twin.first))
        changes = [origin[a][1] for a, b in sides if a in origin and origin[a][0] == b]
        found.update(changes)
        besides += not changes
    sys.stdout.write(f"{len(chips)} chips of {asked.dataset}, {seconds:.1f} CPU-seconds\n")
    for change in CHANGES:
        sys.stdout.write(f"  {change:34s} {found[change]} of {asked.copies} found\n")
    sys.stdout.write(f"  pairs found besides                {besides}\n")


if __name__ == "__main__":
    main()
