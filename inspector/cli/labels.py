"""`inspector decide` and `inspector export`: labels into the record and out of it."""

from __future__ import annotations

from pathlib import Path

import typer

from inspector.cli.people import sign_in
from inspector.cli.show import follow
from inspector.exchange.dataset_folders import export
from inspector.exchange.decisions_csv import apply, read_decisions
from inspector.exchange.export_plan import ExportChoice
from inspector.records.record import Record


def decide_from_file(file: Path, record_url: str, operator: str) -> None:
    """Enter every row of a CSV file as a decision, in one transaction."""
    rows = read_decisions(file)
    with Record.open(record_url, existing=True) as record:
        sign_in(record, operator)
        done = apply(record, rows, operator)
    typer.echo(
        f"{done.total} decision(s) by {operator} are in the record: {done.confirmed} confirmed, "
        f"{done.relabelled} relabelled, {done.unsure} unsure, {done.excluded} excluded."
    )


def export_labels(folder: Path, record_url: str, lot: str | None) -> None:
    """Write the standing human answers as a dataset."""
    with Record.open(record_url, existing=True) as record:
        sign_in(record)
        written = sum(1 for _ in follow(export(record, folder, ExportChoice(lot)), "Exporting"))
    typer.echo(f"{written} chip(s) are in {folder}, with manifest.csv.")
