"""`inspector train`, `evaluate` and `synthesize`."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import typer

from inspector.cli.show import StoppedError, console, find_recipe, follow
from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe_file import read_recipe


@dataclass(frozen=True)
class Training:
    """The options of `inspector train`."""

    recipe: str
    out: Path
    epochs: int | None
    minutes: float | None
    device: str
    resume: bool
    seed: int
    start: Path | None
    also: tuple[Path, ...]


@dataclass(frozen=True)
class Synthesis:
    """The options of `inspector synthesize`."""

    wafers: int
    seed: int
    columns: int | None
    rows: int | None
    chip: int | None
    dataset: bool
    lots: int | None
    natural: bool
    hard: float = 0.0
    shots: str | None = None


def train_model(dataset: Path, options: Training) -> None:
    """Train, one line per epoch; Ctrl+C keeps the best so far. Of several processes only the first one speaks."""
    recipe = find_recipe(options.recipe)
    from inspector.learning.ranks import started_together
    from inspector.learning.training import TrainingOptions, train

    number, rank = started_together()
    console.quiet = rank > 0
    command = typed_command(number)
    chosen = TrainingOptions(
        options.epochs,
        options.minutes,
        options.device,
        options.seed,
        options.resume,
        command,
        options.start,
        options.also,
    )
    started = time.time()
    try:
        for epoch in follow(train(dataset, recipe, options.out, chosen), "Training", patient=number > 1):
            console.print(
                f"epoch {epoch.epoch}: loss {epoch.loss:.3f}, accuracy {epoch.accuracy:.1%}, "
                f"pass/fail {epoch.pass_fail_accuracy:.1%}, macro-recall {epoch.macro_recall:.1%}"
                + (" (best so far)" if epoch.best else "")
            )
    except StoppedError:
        card = options.out / "card.json"
        if rank == 0 and (not card.is_file() or card.stat().st_mtime < started):
            raise  # stopped before there was anything to keep
    if rank == 0:
        typer.echo(
            f"The model is in {options.out}; judge with it: inspector judge IMAGE --recipe R --model {options.out}"
        )
        _tell_checkpoint(options.out)


def _tell_checkpoint(out: Path) -> None:
    """Where what `--resume` needs lies, and how large it is: nobody else removes it."""
    from inspector.learning.checkpoint import FOLDER

    size = sum(path.stat().st_size for path in (out / FOLDER).glob("*"))
    if size:
        typer.echo(f"Its checkpoint, {size / 1e6:.0f} MB, stays in {out / FOLDER} for --resume; remove it when done.")


def typed_command(processes: int) -> str:
    """The command as it was typed, for the model's card. Without the "--" torchrun takes --start for one of its own."""
    start = "inspector" if processes == 1 else f"torchrun --nproc-per-node {processes} -m -- inspector"
    return " ".join([start, *sys.argv[1:]])


def evaluate_model(dataset: Path, model: Path, out: Path | None, device: str, occlusion: int, as_json: bool) -> None:
    """Measure a model; the table on stdout, or the figures as JSON."""
    from inspector.learning.evaluation import evaluate

    steps = evaluate(dataset, model, device=device, out=out, occlusion=occlusion)
    for evaluation in follow(steps, "Evaluating"):
        if as_json:
            typer.echo(json.dumps(evaluation.full_json(), ensure_ascii=False, allow_nan=False))
        else:
            typer.echo(evaluation.table())


def synthesize_images(folder: Path, recipe_name: str, options: Synthesis) -> None:
    """Make wafers or parts with known truth."""
    recipe = find_recipe(recipe_name)
    if options.hard and not options.dataset and not recipe.is_whole:
        raise RecipeError("--hard is a share of a dataset's chips: add --dataset, or leave it out.")
    from inspector.imaging.synthetic import synthesize
    from inspector.imaging.synthetic.shots import asked_cutting, shots_instead

    cutting = asked_cutting(options.shots, recipe, options.dataset) if options.shots else None
    steps = synthesize(
        folder,
        recipe,
        wafers=options.wafers,
        seed=options.seed,
        columns=options.columns,
        rows=options.rows,
        chip=options.chip,
        dataset=options.dataset,
        lots=options.lots,
        natural=options.natural,
        hard=options.hard,
    )
    written = list(follow(steps, "Synthesizing"))
    for number, image in enumerate(written if cutting else ()):
        assert cutting is not None
        shots_instead(image, read_recipe(folder / "recipe.toml"), cutting, options.seed + number)
    typer.echo(f"{len(written)} image(s) are in {folder}.")
