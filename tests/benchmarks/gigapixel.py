"""A whole run over a wafer image of gigapixels: when its first chip is judged, how long it takes, how much memory.

python tests/benchmarks/gigapixel.py [--sides 16 64] [--model DIR] [--recipe R] [--chips N] [--engine] [--folder DIR]

Makes tiled, uncompressed BigTIFFs of SIDE x SIDE chips of 1024 px (64: 65,536 x 65,536 px, 4.3 GB, and a working copy
of 5.7 GB beside it), judges each in a process of its own exactly as `inspector judge` does, or with --engine as the
station does (this process and the engine's), and deletes it. Memory is private, of all these processes together,
sampled every 50 ms: pages that were written, and USS. --chips judges only about the first N chips of each; the image is
read whole all the same.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil
import tifffile
from numpy.typing import NDArray

from inspector import paths
from inspector.cli.judge import judge_image
from inspector.cli.show import find_recipe
from inspector.engine.events import ChipsJudged, InspectRequest, JobFailed, JobFinished, WaferPrepared, WaferRead
from inspector.engine.link import EngineLink
from inspector.imaging.source import read_image
from inspector.imaging.synthetic import synthesize
from inspector.records.record import Record, WaferEntry
from inspector.wafer.grid import WaferKey
from inspector.wafer.manifest import read_dataset
from inspector.wafer.recipe import GridSection, ModelSection, Recipe

CHIP, TILE = 1024, 512
KEY = WaferKey("L", "W")


def drawn_chips(folder: Path) -> NDArray[np.uint8]:
    """uint8 (N, CHIP, CHIP): the chips of a synthetic laser wafer, at natural shares."""
    recipe = find_recipe("laser-wafer")
    for _ in synthesize(folder, recipe, wafers=1, seed=3, columns=8, rows=8, dataset=True, natural=True):
        pass
    return np.stack([read_image(example.path, 1)[:, :, 0] for example in read_dataset(folder)])


def write_wafer(path: Path, side: int, chips: NDArray[np.uint8]) -> None:
    """A tiled BigTIFF of side x side chips, streamed."""

    def tiles() -> Iterator[NDArray[np.uint8]]:
        for row in range(side * CHIP // TILE):
            for column in range(side * CHIP // TILE):
                chip = chips[(row // 2 * 7 + column // 2 * 3) % len(chips)]
                y, x = row % 2 * TILE, column % 2 * TILE
                yield np.ascontiguousarray(chip[y : y + TILE, x : x + TILE])

    shape = (side * CHIP, side * CHIP)
    with tifffile.TiffWriter(path, bigtiff=True) as tiff:
        tiff.write(tiles(), shape=shape, dtype=np.uint8, tile=(TILE, TILE), photometric="minisblack")


def wafer_recipe(name: str, side: int, chips: int | None) -> Recipe:
    """The recipe with a grid that fills the image: its place is known, nothing is searched for."""
    rows = side if chips is None else min(side, -(-chips // side))
    section = GridSection(columns=side, rows=rows, chip=(CHIP, CHIP), origin=(0, 0), align=False)
    return find_recipe(name).model_copy(update={"grid": section, "model": ModelSection(input=(CHIP, CHIP))})


def judge_here(image: Path, recipe: Recipe, model: Path, url: str) -> dict[str, float]:
    """In this process, as the command line does; seconds count from opening the image, model and record ready."""
    from inspector.learning.classifier import load_classifier

    classifier = load_classifier(model, recipe, "cpu")
    first, chips = 0.0, 0
    with Record.open(url) as record:
        started = time.monotonic()
        for step in judge_image(record, image, KEY, recipe, classifier):
            if step.found:
                first = first or time.monotonic() - started
                chips += step.found
    return {"first": first, "total": time.monotonic() - started, "chips": chips}


def judge_in_engine(image: Path, recipe: Recipe, model: Path, url: str) -> dict[str, float]:
    """In the engine's process, written here, as the station does; seconds count from when the model is loaded."""
    link, started, first, chips = EngineLink(), 0.0, 0.0, 0
    with Record.open(url) as record:
        copy = record.images_folder / "copy.tif"
        link.inspect(InspectRequest(image, recipe.model_dump_json(), model, *KEY, copy, device="cpu"))
        ended = False
        while not ended:
            for event in link.poll():
                if type(event).__name__ == "ModelLoaded":
                    started = time.monotonic()
                elif isinstance(event, WaferPrepared):
                    text, added = recipe.model_dump_json(), datetime.now(UTC)
                    placed, name, stamp = event.placed, event.copy_name, event.stamp
                    record.add_wafer(WaferEntry(KEY, str(image), event.sha256, text, placed, name, added, stamp))
                elif isinstance(event, WaferRead):
                    record.finish_wafer(KEY, event.sha256)
                elif isinstance(event, ChipsJudged):
                    record.add_judgements(KEY, event.facts, event.judged)
                    link.written(event.job, [chip for chip, _ in event.judged])
                    first = first or time.monotonic() - started
                    chips += len(event.judged)
                elif isinstance(event, JobFailed):
                    raise RuntimeError(event.message)
                ended = ended or isinstance(event, JobFinished)
            time.sleep(0.01)
    link.close()
    return {"first": first, "total": time.monotonic() - started, "chips": chips}


def private_mb(process: psutil.Process) -> tuple[float, float]:
    """Of a process and its children: private pages that were written, and USS.

    USS also counts clean pages of program files that no other process happens to have open just then: some 260 MB while
    torch is imported, 50 to 75 MB while it judges (`inspector.program_pages`).
    """
    written = uss = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            own = one.memory_full_info().uss
            rollup = Path(f"/proc/{one.pid}/smaps_rollup")
            found = re.search(r"Private_Dirty:\s+(\d+)", rollup.read_text()) if rollup.exists() else None
            uss, written = uss + own, written + (int(found.group(1)) << 10 if found else own)
    except (psutil.Error, OSError):
        pass  # it has just ended
    return written / (1 << 20), uss / (1 << 20)


def cpu_seconds(process: psutil.Process) -> float:
    """Of a process and its children, so far."""
    total = 0.0
    try:
        for one in [process, *process.children(recursive=True)]:
            times = one.cpu_times()
            total += times.user + times.system
    except psutil.Error:
        pass
    return total


def measured(arguments: list[str], say: bool) -> dict[str, float]:
    """Runs this file as a child; its answer, and the most private memory that it and its children took."""
    command = [sys.executable, __file__, *arguments]
    with tempfile.TemporaryFile("w+") as out, subprocess.Popen(command, stdout=out) as child:
        process, most, most_uss, cpu = psutil.Process(child.pid), 0.0, 0.0, 0.0
        while child.poll() is None:
            now, uss = private_mb(process)
            most_uss = max(most_uss, uss)
            if say and now > most + 20:
                sys.stdout.write(f"  {now:.0f} MB\n")
            most = max(most, now)
            cpu = max(cpu, cpu_seconds(process))
            time.sleep(0.05)
        if child.wait() != 0:
            raise SystemExit("the run failed")
        out.seek(0)
        return json.loads(out.read().splitlines()[-1]) | {"mb": most, "uss": most_uss, "cpu": cpu}


def main() -> None:
    """Make, judge, print, delete."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sides", type=int, nargs="+", default=[16, 64])
    options.add_argument("--model", type=Path, default=paths.shipped_model("laser-wafer"))
    options.add_argument("--recipe", default="laser-wafer")
    options.add_argument("--chips", type=int)
    options.add_argument("--engine", action="store_true")
    options.add_argument("--folder", type=Path)
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--child", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        recipe = wafer_recipe(asked.recipe, asked.sides[0], asked.chips)
        judge = judge_in_engine if asked.engine else judge_here
        found = judge(Path(asked.child), recipe, asked.model, f"sqlite:///{Path(asked.child).with_suffix('.db')}")
        sys.stdout.write(json.dumps(found) + "\n")
        return
    where = "engine and its parent" if asked.engine else "one process"
    peaks = []
    for side in asked.sides:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            image = Path(folder) / "wafer.tif"
            (Path(folder) / "drawn").mkdir()
            write_wafer(image, side, drawn_chips(Path(folder) / "drawn"))
            told = ["--child", str(image), "--sides", str(side), "--model", str(asked.model), "--recipe", asked.recipe]
            told += ["--engine"] * asked.engine + (["--chips", str(asked.chips)] if asked.chips else [])
            found = measured(told, asked.verbose)
        peaks.append(found["mb"])
        limited = f" (of {side * side})" if found["chips"] < side * side else ""
        sys.stdout.write(
            f"{side * CHIP:,} x {side * CHIP:,} px, {where}: first chip judged after {found['first']:.2f} s, "
            f"{found['chips']:.0f} chips{limited} in {found['total']:.1f} s ({found['cpu']:.0f} CPU-seconds with the "
            f"start), most private memory {found['mb']:.0f} MB written, USS {found['uss']:.0f} MB\n"
        )
        sys.stdout.flush()
    if len(peaks) > 1:
        sys.stdout.write(f"memory grows by {peaks[-1] / peaks[0] - 1:+.1%} from the first to the last\n")


if __name__ == "__main__":
    main()
