"""The verbs of the command line with their options; each imports what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector import __version__
from inspector.cli.people import app as people

app = typer.Typer(
    name="inspector",
    help="Judges every chip on a wafer, shows why, and keeps the operator in charge.",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(people, name="people")

RecipeOption = Annotated[str, typer.Option("--recipe", help="A shipped recipe's name or a TOML file.")]
RecordOption = Annotated[str, typer.Option("--record", help="Where decisions lie, such as sqlite:///r.db.")]
MaybeRecord = Annotated[str | None, typer.Option("--record", help="Where decisions lie, such as sqlite:///r.db.")]
ModelOption = Annotated[Path | None, typer.Option("--model", help="A model folder; else the recipe's shipped one.")]
LotOption = Annotated[str | None, typer.Option("--lot", help="Only this lot.")]
DeviceOption = Annotated[str, typer.Option("--device", help="auto, cpu or cuda.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


@app.callback(invoke_without_command=True)
def _start(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def station(record: MaybeRecord = None) -> None:
    """Open the review station."""
    from inspector.cli.window import open_station

    raise typer.Exit(open_station(record))


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where the demo lot goes.")] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: drive the station and leave pictures.")
    ] = False,
) -> None:
    """Make a demo lot, judge it with the shipped model and open it in the station."""
    from inspector.cli.demo import run_demo

    raise typer.Exit(run_demo(folder, headless))


@app.command()
def judge(
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE...", help="Wafer images, or folders of them.")],
    recipe: RecipeOption,
    model: ModelOption = None,
    record: MaybeRecord = None,
    lot: Annotated[str | None, typer.Option("--lot", help="The lot; else the name of the image's folder.")] = None,
    wafer: Annotated[str | None, typer.Option("--wafer", help="The wafer; else the name of the image.")] = None,
    device: DeviceOption = "auto",
    json: JsonOption = False,
) -> None:
    """Judge every chip on one or more images."""
    from inspector.cli.judge import Judging, judge_images

    raise typer.Exit(judge_images(images, Judging(recipe, model, record, lot, wafer, device), json))


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where wafers come in; its subfolders are lots.")],
    recipe: RecipeOption,
    record: RecordOption,
    model: ModelOption = None,
    lot: Annotated[str | None, typer.Option("--lot", help="The lot; else the name of the wafer's folder.")] = None,
    done_file: Annotated[
        str | None,
        typer.Option("--done-file", metavar="PATTERN", help="What the scanner writes last, such as '{wafer}.done'."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End when all that is there is judged or refused.")] = False,
    settle: Annotated[
        float, typer.Option("--settle", min=0, help="Seconds without a change until a wafer counts as written.")
    ] = 2.0,
    keep: Annotated[
        str, typer.Option("--keep", help="Working copies kept of closed wafers: a number (20) or a size (50GB).")
    ] = "",
    device: DeviceOption = "auto",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line for every wafer.")] = False,
) -> None:
    """Judge the wafers that come into a folder, until Ctrl+C."""
    from inspector.cli.watch import Watching, watch_folder

    options = Watching(recipe, record, model, lot, done_file, settle, device, keep, once)
    raise typer.Exit(watch_folder(folder, options, json))


@app.command()
def decide(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="lot,wafer,column,row,class[,subtype][,reason]")],
    record: RecordOption,
    operator: Annotated[str, typer.Option("--operator", help="Who decided.")],
) -> None:
    """Enter decisions from a CSV file, all or none."""
    from inspector.cli.labels import decide_from_file

    decide_from_file(file, record, operator)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to fill.")],
    record: RecordOption,
    lot: LotOption = None,
) -> None:
    """Write the confirmed and relabelled chips as class folders with a manifest."""
    from inspector.cli.labels import export_labels

    export_labels(folder, record, lot)


@app.command()
def report(
    record: RecordOption,
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")],
    lot: Annotated[list[str] | None, typer.Option("--lot", help="Only this lot; may be given again.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en or ja; else the system's.")] = None,
) -> None:
    """Write the lot report: yield, maps, defects, decisions against judgements."""
    from inspector.cli.report import report_lots

    report_lots(record, lot or [], out, language)


@app.command("dataset")
def check_dataset(
    folder: Annotated[Path, typer.Argument(metavar="DATASET", help="Class folders, with or without manifest.csv.")],
    recipe: RecipeOption,
    out: Annotated[Path | None, typer.Option("--out", help="Also write the tables here, as CSV files.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Code 1 where there is anything to warn about.")] = False,
    json: JsonOption = False,
) -> None:
    """Count a data set; find copies in it, leaks into the test and labels that contradict each other."""
    from inspector.cli.dataset import examine_dataset

    raise typer.Exit(examine_dataset(folder, recipe, out, strict, json))


@app.command()
def train(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="Class folders, with or without manifest.csv.")],
    recipe: RecipeOption,
    out: Annotated[Path, typer.Option("--out", help="The model's folder.")],
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="How often each chip is seen.")] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", min=0.01, help="Time budget, from the first step.")
    ] = None,
    device: DeviceOption = "auto",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on with the training in --out; epochs and minutes count what was done before."
        ),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same data, same machine: same model.")] = 0,
    start: Annotated[
        Path | None, typer.Option("--start", help="Begin with what this model has learned: a retraining.")
    ] = None,
    also: Annotated[list[Path] | None, typer.Option("--also", help="One more dataset; as often as you like.")] = None,
) -> None:
    """Train a model on labelled chips; Ctrl+C keeps the best so far."""
    from inspector.cli.learn import Training, train_model

    train_model(dataset, Training(recipe, out, epochs, minutes, device, resume, seed, start, tuple(also or ())))


@app.command()
def calibrate(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="The model's folder.")],
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Labelled chips of lots that training has not seen.")
    ],
    train: Annotated[
        Path | None, typer.Option("--train", help="What the model learned from: says anew what is known.")
    ] = None,
    recipe: Annotated[str | None, typer.Option("--recipe", help="Take over this recipe's [review] section.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write another model folder instead.")] = None,
    device: DeviceOption = "auto",
    json: JsonOption = False,
) -> None:
    """Set a model's probabilities, novelty and review limits by labelled chips."""
    from inspector.cli.calibrate import Calibrating, calibrate_model

    calibrate_model(model, dataset, Calibrating(train, recipe, out, device), json)


@app.command()
def evaluate(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Class folders; test/ is taken where there is one.")
    ],
    model: Annotated[Path, typer.Option("--model", help="The model's folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Also write tables, figures and pictures of the wrong chips here.")
    ] = None,
    device: DeviceOption = "auto",
    occlusion: Annotated[
        int, typer.Option("--occlusion", min=0, help="Defect chips judged again with their hot cells covered.")
    ] = 200,
    json: JsonOption = False,
) -> None:
    """Measure a model on labelled chips and print the table."""
    from inspector.cli.learn import evaluate_model

    evaluate_model(dataset, model, out, device, occlusion, json)


@app.command()
def synthesize(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to fill.")],
    recipe: RecipeOption,
    wafers: Annotated[int, typer.Option("--wafers", min=1, help="Wafers (parts, for a recipe of whole parts).")] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same pixels.")] = 0,
    columns: Annotated[int | None, typer.Option("--columns", min=1, help="Else the recipe's.")] = None,
    rows: Annotated[int | None, typer.Option("--rows", min=1, help="Else the recipe's.")] = None,
    chip: Annotated[
        int | None, typer.Option("--chip", min=64, help="Side of a chip in pixels: a smaller field.")
    ] = None,
    dataset: Annotated[bool, typer.Option("--dataset", help="Class folders of chips instead of wafers.")] = False,
    lots: Annotated[int | None, typer.Option("--lots", min=1, help="Lots that the wafers are spread over.")] = None,
    natural: Annotated[bool, typer.Option("--natural", help="Classes as in production, not evenly.")] = False,
    hard: Annotated[
        float, typer.Option("--hard", min=0, max=1, help="Share of a dataset near a limit of the criteria, or faint.")
    ] = 0.0,
    shots: Annotated[str | None, typer.Option("--shots", help="Wafers as folders of shots, such as 6x4.")] = None,
) -> None:
    """Make synthetic wafers or parts with known truth."""
    from inspector.cli.learn import Synthesis, synthesize_images

    synthesize_images(folder, recipe, Synthesis(wafers, seed, columns, rows, chip, dataset, lots, natural, hard, shots))


@app.command()
def grid(
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="The image of a whole wafer.")],
    columns: Annotated[int | None, typer.Option("--columns", min=1, help="Chips in a row, where known.")] = None,
    rows: Annotated[int | None, typer.Option("--rows", min=1, help="Chips in a column, where known.")] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="Says how the pixels are kept: shots, bits, colours.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Measure the grid of an unknown wafer: pitch, chip size and turn, ready for a recipe."""
    from inspector.cli.grid import measure_grid

    measure_grid(image, recipe, columns, rows, json)


@app.command()
def doctor(json: JsonOption = False) -> None:
    """Say what is here, what is missing and how to get it."""
    from inspector.cli.doctor import examine

    raise typer.Exit(examine(json))
