"""`inspector dataset`: what a data set holds, what is missing, what is there twice."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inspector.cli.show import find_recipe, follow
from inspector.exchange.dataset_check.check import DatasetReport, check_dataset
from inspector.exchange.dataset_check.counts import GroupCount, TrainingPlan
from inspector.exchange.dataset_check.files import write_report
from inspector.learning.dataset import balanced_weights, checked, learning_part
from inspector.learning.split import split_examples
from inspector.wafer.errors import printable
from inspector.wafer.manifest import Example, read_dataset

TOLD = 12  # concerns of one kind that are printed; files and JSON hold all
LOTS = 60  # rows of the table of lots


def examine_dataset(folder: Path, recipe_name: str, out: Path | None, strict: bool, as_json: bool) -> int:
    """Print the report; the exit code is 1 where `strict` is asked for and there is a concern."""
    recipe = find_recipe(recipe_name)
    examples = checked(read_dataset(folder), folder, recipe)
    steps = check_dataset(folder, examples, recipe, training_plan(examples))
    (report,) = list(follow(steps, "Data set"))
    if out is not None:
        write_report(report, out)
    if as_json:
        typer.echo(json.dumps(report.to_json(), ensure_ascii=False, allow_nan=False))
    else:
        _print(report, out)
    return int(strict and bool(report.concerns))


def training_plan(examples: Sequence[Example]) -> TrainingPlan:
    """What `inspector train` would do with the chips, with its default seed."""
    learning = learning_part(examples)
    if len(learning) < 2:
        return TrainingPlan()
    split = split_examples(learning, 0)
    shown = dict(zip((e.path for e in split.train), balanced_weights(split.train).tolist(), strict=True))
    return TrainingPlan(frozenset(e.path for e in split.validation), split.rule, shown)


def _print(report: DatasetReport, out: Path | None) -> None:
    terminal = sys.stdout.isatty()
    width = None if terminal else 160
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width, soft_wrap=not terminal)
    for table in (_classes(report), _parts(report), _lots(report)):
        if table.row_count:
            table.box = box.SIMPLE_HEAD if terminal else None
            console.print(table)
            console.print()
    if report.rule:
        console.print(Text(f"Training would keep back: {report.rule}."))
    sizes = ", ".join(f"{n} of {w} x {h}" for (w, h), n in sorted(report.sizes.items(), key=lambda s: -s[1])[:4])
    console.print(Text(f"Sizes: {sizes}{' and others' if len(report.sizes) > 4 else ''}."))
    if report.not_compared:
        left = (
            f"Not compared closely: {report.not_compared} pairs that look somewhat alike; likelier ones were no twins."
        )
        console.print(Text(left))
    console.print()
    for line in _told(report):
        console.print(Text(printable(line)))
    if out is not None:
        console.print(Text(f"The tables are in {printable(out)}."))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _classes(report: DatasetReport) -> Table:
    targets = any(c.target for c in report.classes)
    parts = [p.name for p in report.parts] if len(report.parts) > 1 else []
    shown = any(c.shown is not None for c in report.classes)
    extra = (["shown"] if shown else []) + (["want", "missing"] if targets else [])
    title = f"{report.dataset}: {report.images} images, recipe {report.recipe}"
    table = _table(title, "class", "chips", "share", *parts, "borderline", "located", "nothing there", "points", *extra)
    for c in report.classes:
        wanted = [str(c.target or ""), str(c.missing or "")] if targets else []
        table.add_row(f"{c.name} ({c.verdict})", *_cells(c, parts, shown), *wanted)
        for s in c.subtypes:
            if s.name or s.images:
                table.add_row(f"  {s.name or '(none)'}", *_cells(s, parts, shown), *([""] * len(wanted)))
    return table


def _cells(count: GroupCount, parts: Sequence[str], shown: bool) -> Iterator[str]:
    yield str(count.images)
    yield f"{count.share:.1%}"
    for part in parts:
        yield str(count.parts.get(part, 0) or "")
    for number in (count.borderline, count.located, count.known_empty, count.points):
        yield str(number or "")
    if shown:
        yield f"{count.shown or 0:.1%}"


def _parts(report: DatasetReport) -> Table:
    table = _table("Parts", "part", "chips", "lots", "wafers")
    for part in report.parts:
        table.add_row(part.name, str(part.images), str(part.lots or ""), str(part.wafers or ""))
    return table


def _lots(report: DatasetReport) -> Table:
    names = [c.name for c in report.classes]
    more = f", the first {LOTS} of {len(report.lots)}" if len(report.lots) > LOTS else ""
    table = _table(f"Lots{more}", "lot", "chips", "wafers", *names)
    for lot in report.lots[:LOTS]:
        cells = [str(lot.classes.get(name, "")) for name in names]
        table.add_row(lot.name or "(none)", str(lot.images), str(lot.wafers or ""), *cells)
    return table


def _told(report: DatasetReport) -> Iterator[str]:
    if not report.concerns:
        yield "Nothing to warn about."
        return
    number = Counter(c.kind for c in report.concerns)
    yield f"{len(report.concerns)} thing(s) to look at:"
    told: Counter[str] = Counter()
    for concern in report.concerns:
        told[concern.kind] += 1
        if told[concern.kind] <= TOLD:
            yield f"  {concern.kind}: {report.told(concern)}"
        elif told[concern.kind] == TOLD + 1:
            yield f"  {concern.kind}: and {number[concern.kind] - TOLD} more (--out DIR or --json has them all)."
