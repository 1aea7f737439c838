"""`inspector calibrate`: a model's probabilities, novelty and review limits anew, from lots that it has not seen."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from inspector.cli.show import console, find_recipe, follow
from inspector.wafer.errors import printable


@dataclass(frozen=True)
class Calibrating:
    """The options of `inspector calibrate`."""

    train: Path | None
    recipe: str | None
    out: Path | None
    device: str


def calibrate_model(model: Path, dataset: Path, options: Calibrating, as_json: bool) -> None:
    """Calibrate and say what the model promises now; Ctrl+C leaves it as it was."""
    recipe = None if options.recipe is None else find_recipe(options.recipe)
    from inspector.learning.recalibration import RecalibrationOptions, calibrate

    command = " ".join(["inspector", *sys.argv[1:]])
    chosen = RecalibrationOptions(options.train, recipe, options.out, options.device, command)
    for found in follow(calibrate(model, dataset, chosen), "Calibrating"):
        for warning in found.warnings:
            console.print(f"inspector: {printable(warning)}", markup=False)
        card = found.card
        parts = {name: getattr(card, name).model_dump(mode="json") for name in ("calibration", "novelty", "review")}
        limits = card.limits()
        facts = {"model": printable(options.out or model), "digest": card.digest, "temperature": card.temperature}
        used = {"low": limits.low, "high": limits.high}
        if as_json:
            typer.echo(json.dumps(facts | parts | {"limits": used}, ensure_ascii=False, allow_nan=False))
        else:
            _print(parts, used)


def _print(parts: dict[str, Any], used: dict[str, float]) -> None:
    calibration, novelty, review = parts["calibration"], parts["novelty"], parts["review"]
    typer.echo(
        f"{calibration['chips']} chips of {calibration['dataset']}: accuracy {_percent(calibration['accuracy'])}, "
        f"pass/fail {_percent(calibration['pass_fail_accuracy'])}, ECE {_percent(calibration['ece'])}"
    )
    typer.echo(
        f"borderline from {review['low']:g} to {review['high']:g}: {review['note']}; asks for "
        f"{_percent(review['asked_good'])} of the good chips; {_percent(review['expected_escape'])} of the defects pass"
    )
    typer.echo(
        f"novel: {_percent(novelty['novel_good'])} of the good chips; known are {novelty['known_chips']} chips of "
        f"{novelty['known_from']}"
    )
    if used != {"low": review["low"], "high": review["high"]}:
        typer.echo(
            f"The model's recipe gives limits by hand, and those hold: {used['low']:g} to {used['high']:g}. "
            "Take low and high out of the recipe and name it with --recipe."
        )


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f} %"
