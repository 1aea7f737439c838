"""A program of its own: judges an image into a record as `inspector judge` does, slowly enough to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inspection"))
from grey_classifier import GreyClassifier, wafer_recipe

from inspector.cli.judge import judge_image
from inspector.records.record import Record
from inspector.wafer.grid import WaferKey


def main(source: str, url: str, columns: str, rows: str, pause_s: str) -> None:
    """Print a line for every batch that is on disk."""
    recipe, classifier = wafer_recipe(int(columns), int(rows)), GreyClassifier(5, float(pause_s))
    with Record.open(url) as record:
        for step in judge_image(record, Path(source), WaferKey("L", "W"), recipe, classifier):
            if step.found:
                sys.stdout.write(f"{step.done} of {step.total}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
