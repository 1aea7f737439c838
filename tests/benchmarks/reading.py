"""How many chips a CPU-second reads from a wafer image, by format, beside cv2.imread of the same pixels.

python tests/benchmarks/reading.py [--side 8192] [--chip 1024] [--rounds 3]

Every reader gives all pixels of the image; the rounds of all readers take turns in one process, and the best round of
each counts. The ratios are against cv2.imread of a TIFF packed by deflate, the usual way to read one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.source import open_source
from inspector.wafer.recipe import Recipe

CLASSES = [{"name": "good", "verdict": "good"}, {"name": "pit", "verdict": "defect"}]
RECIPE = Recipe.model_validate({"product": {"name": "reading"}, "classes": CLASSES})
LAYOUTS: dict[str, dict[str, object]] = {
    "deflate strips": {"compression": "zlib", "rowsperstrip": 64},
    "raw tiles 512": {"tile": (512, 512)},
    "raw tiles 1024": {"tile": (1024, 1024)},
    "raw strips": {"rowsperstrip": 64},
    "zstd tiles 512": {"tile": (512, 512), "compression": "zstd"},
    "zstd tiles 1024": {"tile": (1024, 1024), "compression": "zstd"},
    "zstd tiles 1024, predicted": {"tile": (1024, 1024), "compression": "zstd", "predictor": True},
    "deflate tiles 512, predicted": {"tile": (512, 512), "compression": "zlib", "predictor": True},
    "LZW tiles 512": {"tile": (512, 512), "compression": "lzw"},
    "JPEG tiles 512": {"tile": (512, 512), "compression": "jpeg"},
}


def stripes(side: int) -> NDArray[np.uint8]:
    """uint8 (side, side): stripes with a camera's noise, 4096 rows of it over and over."""
    rng = np.random.default_rng(0)
    rows = min(side, 4096)
    wave = 120 + 40 * np.sin(np.arange(side) / 9.0, dtype=np.float32)
    block = np.clip(wave + rng.normal(0, 3, (rows, side)).astype(np.float32), 0, 255).astype(np.uint8)
    return np.tile(block, (side // rows, 1))


def by_bands(path: Path) -> None:
    """All pixels once, from top to bottom."""
    with open_source(path, RECIPE) as source:
        for _ in source.bands():
            pass


def by_chips(path: Path, side: int, chip: int) -> None:
    """All pixels once, chip by chip."""
    with open_source(path, RECIPE) as source:
        for y in range(0, side, chip):
            for x in range(0, side, chip):
                source.read(x, y, chip, chip)


def cpu_seconds(read: Callable[[], object]) -> float:
    """Of all threads of this process."""
    before = time.process_time()
    read()
    return time.process_time() - before


def first_chip_ms(path: Path, chip: int) -> float:
    """Wall time from the closed file to the pixels of one chip."""
    before = time.perf_counter()
    with open_source(path, RECIPE) as source:
        source.read(0, 0, chip, chip)
    return (time.perf_counter() - before) * 1000


def main() -> None:
    """Writes the files, reads them in turns, prints a line for each way."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--side", type=int, default=8192)
    arguments.add_argument("--chip", type=int, default=1024)
    arguments.add_argument("--rounds", type=int, default=3)
    told = arguments.parse_args()
    side, chip = told.side, told.chip
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as place:
        pixels = stripes(side)
        paths = {name: Path(place) / f"{n}.tif" for n, name in enumerate(LAYOUTS)}
        for name, layout in LAYOUTS.items():
            tifffile.imwrite(paths[name], pixels, **layout)
        whole = paths["deflate strips"].read_bytes()

        def peer() -> None:
            cv2.imdecode(np.frombuffer(whole, np.uint8), cv2.IMREAD_UNCHANGED)  # what imread does, less the disk

        ways: dict[str, Callable[[], object]] = {"cv2, deflate strips": peer}
        for name, path in paths.items():
            ways[name] = lambda path=path: by_bands(path)
            if "tiles" in name:
                ways[f"{name}, chip by chip"] = lambda path=path: by_chips(path, side, chip)
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(told.rounds):
            for way, read in ways.items():
                taken[way].append(cpu_seconds(read))
        chips = (side / chip) ** 2
        base = min(taken["cv2, deflate strips"])
        print(f"{side} x {side} px, {chips:.0f} chips; chips per CPU-second, and against cv2 on deflate")
        for way, seconds in taken.items():
            print(f"{way:45} {chips / min(seconds):8.0f} {base / min(seconds):7.1f} x")
        for name in ("raw tiles 512", "zstd tiles 512"):
            print(f"first chip, {name:33} {first_chip_ms(paths[name], chip):8.1f} ms")


if __name__ == "__main__":
    main()
