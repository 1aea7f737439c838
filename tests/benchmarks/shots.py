"""Stitches wafers that were cut into 24 shots and prints how far each shot lies from the truth.

    python tests/benchmarks/shots.py [--wafers 3] [--chip 256] [--noise 2] [--rough]

Shots overlap by 5 % and lie up to 6 px off their places along x and y; each has grey noise of its own. Then the same
with one shot taken away, and with one cut in half. --rough: shots lie between whole pixels too, are up to 10 %
brighter or darker, and lose a quarter of their light towards their corners.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import tifffile

from inspector.cli.show import find_recipe
from inspector.imaging import cv2
from inspector.imaging.sources.shots import ShotSource
from inspector.imaging.synthetic import synthesize
from inspector.imaging.synthetic.shots import Cutting, Shot, cut_shots, with_shots
from inspector.wafer.errors import ImageError
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe


def errors(source: ShotSource, shots: list[Shot]) -> np.ndarray:
    """px that each shot lies off the truth, after the shift that all have in common is taken out."""
    truth = {shot.path: (shot.x, shot.y) for shot in shots}
    off = np.array([np.subtract(place, truth[path]) for path, place in source.places().items()], dtype=float)
    return np.hypot(*(off - np.median(off, axis=0)).T)


def roughened(shots: list[Shot], seed: int) -> list[Shot]:
    """The shots moved by parts of a pixel, in uneven light, and where they lie then."""
    rng, moved = np.random.default_rng(seed), []
    for shot in shots:
        pixels = tifffile.imread(shot.path).astype(np.float32)
        height, width = pixels.shape
        fx, fy = rng.uniform(-0.5, 0.5, 2)
        shift = np.array([[1, 0, -fx], [0, 1, -fy]])
        pixels = cv2.warpAffine(pixels, shift, (width, height), borderMode=cv2.BORDER_REFLECT)
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        lit = pixels * (1 - (x * x + y * y) / 8) * rng.uniform(0.9, 1.1)
        tifffile.imwrite(shot.path, np.clip(np.rint(lit), 0, 255).astype(np.uint8))
        moved.append((shot.path, shot.x + fx, shot.y + fy))
    return [Shot(*facts) for facts in moved]


def stitch(folder: Path, recipe: Recipe, shots: list[Shot], name: str) -> np.ndarray:
    started = time.perf_counter()
    with ShotSource(folder, recipe) as source:
        opened = time.perf_counter()
        rows = sum(len(band) for band in source.bands())
        done = time.perf_counter()
        assert rows == source.header.height
        off = errors(source, shots)
        size = f"{source.header.width} x {source.header.height}"
        print(
            f"{name}: {size}, {len(off)} shots: median {np.median(off):.2f} px, worst {off.max():.2f} px; "
            f"{opened - started:.2f} s to register, {done - opened:.2f} s to put together; "
            f"{len(source.not_imaged)} areas not imaged"
        )
        for note in source.notes:
            print("   ", note)
    return off


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wafers", type=int, default=3)
    parser.add_argument("--chip", type=int, default=256)
    parser.add_argument("--chips", type=int, default=12, help="chips across and down")
    parser.add_argument("--noise", type=float, default=2.0)
    parser.add_argument("--rough", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cutting = Cutting(6, 4, noise=options.noise)
    everything = []
    with tempfile.TemporaryDirectory() as place:
        laser = find_recipe("laser-wafer")
        folder = Path(place)
        size = {"columns": options.chips, "rows": options.chips, "chip": options.chip}
        for _ in synthesize(folder, laser, wafers=options.wafers, seed=options.seed, **size):
            pass
        recipe = read_recipe(folder / "recipe.toml")
        shot_recipe = with_shots(recipe, cutting)
        for number, image in enumerate(sorted(folder.glob("*.tif"))):
            cut = folder / image.stem
            shots = cut_shots(image, cut, recipe, cutting, options.seed + number)
            if options.rough:
                shots = roughened(shots, options.seed + number)
            everything.append(stitch(cut, shot_recipe, shots, image.stem))
        raw = shots[9].path.read_bytes()
        shots[9].path.unlink()
        everything.append(stitch(cut, shot_recipe, shots, "one shot taken away"))
        shots[9].path.write_bytes(raw[: len(raw) // 2])
        try:
            stitch(cut, shot_recipe, shots, "one shot cut in half")
        except ImageError as error:
            print(f"one shot cut in half: {error}")
        section = shot_recipe.shots.model_copy(update={"damaged": "leave out"})
        lenient = shot_recipe.model_copy(update={"shots": section})
        everything.append(stitch(cut, lenient, shots, "one shot cut in half and left out"))
    every = np.concatenate(everything)
    print(f"all {len(every)} shots: median {np.median(every):.2f} px, worst {every.max():.2f} px")


if __name__ == "__main__":
    main()
