"""`inspector demo`: a lot of synthetic wafers, judged with the shipped model and opened in the station."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import typer

from inspector import paths
from inspector.cli.show import console, follow
from inspector.cli.window import has_screen, open_station
from inspector.imaging.synthetic import synthesize
from inspector.records.record import Record
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe_file import read_recipe, recipe_from_json
from inspector.wafer.review import ReviewReason, review_order

_RECIPE = "laser-wafer"
_WAFERS = 2
_SEED = 2611


def run_demo(folder: Path | None, headless: bool) -> int:
    """Make, judge and open the demo lot; without a display, drive the station offscreen and leave pictures."""
    started = time.monotonic()
    console.print("Getting the demo lot ready: two wafers are made and judged, half a minute or so.")
    folder = (folder or paths.user_data() / "demo").absolute()
    url = f"sqlite:///{(folder / 'record.db').as_posix()}"
    images = _demo_images(folder / "wafers")
    _judge(images, url)
    wafer, chip = first_to_review(url)
    console.print(f"The demo lot is in {folder} ({time.monotonic() - started:.0f} s).")
    if headless or not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from inspector.cli.demo_tour import tour

        pictures = tour(url, wafer, chip, folder)
        typer.echo("\n".join(str(path) for path in pictures))
        return 0
    return open_station(url, wafer, tour=True)  # at the queue's start: its first chip is the plainest


def _demo_images(folder: Path) -> list[Path]:
    recipe = read_recipe(paths.resource("recipes", f"{_RECIPE}.toml"))
    images = sorted(folder.glob("*.tif"))
    if len(images) < _WAFERS:
        for _ in follow(synthesize(folder, recipe, wafers=_WAFERS, seed=_SEED), "Making wafers"):
            pass
        images = sorted(folder.glob("*.tif"))
    return images


def _judge(images: list[Path], url: str) -> None:
    """Judge in a process of its own, so that torch never shares a process with the window."""
    model = paths.shipped_model(_RECIPE)
    for image in images:
        lot, wafer = image.stem.rsplit("_", 1)
        command = ["judge", str(image), "--recipe", _RECIPE, "--model", str(model)]
        command += ["--record", url, "--lot", lot, "--wafer", wafer]
        done = subprocess.run([sys.executable, "-m", "inspector", *command], stdout=sys.stderr, check=False)
        if done.returncode:
            raise InspectorError(f"The demo wafer {image} was not judged: the line above says why.")


def first_to_review(url: str) -> tuple[WaferKey, ChipId]:
    """The first borderline chip that is still open, else the first open chip that wants eyes, else the first chip."""
    with Record.open(url) as record:
        queue: list[tuple[tuple[WaferKey, ChipId], ReviewReason, float]] = []
        entries = record.wafers()
        for entry in entries:
            recipe = recipe_from_json(entry.recipe_json)
            standing = record.standing(entry.key)
            for chip, judgement in record.judgements(entry.key).items():
                if standing[chip].state is not AnswerState.MACHINE:
                    continue
                reason = judgement.reason(recipe)
                if reason is not None:
                    queue.append(((entry.key, chip), reason, judgement.p_defect))
    borderline = [place for place in queue if place[1] is ReviewReason.BORDERLINE]
    ordered = review_order(borderline or queue)
    return ordered[0] if ordered else (entries[0].key, entries[0].placed.chip_ids()[0])
