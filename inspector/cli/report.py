"""`inspector report`: what was judged and decided, as one HTML page to hand over."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from inspector.cli.show import follow
from inspector.exchange.report.page import write_report
from inspector.exchange.report.words import LANGUAGES, Language
from inspector.records.record import Record
from inspector.wafer.errors import InspectorError, printable


def report_lots(record_url: str, lots: Sequence[str], out: Path, language: str | None) -> None:
    """Write the report of these lots, or of all, in a language or in the system's."""
    chosen = system_language(os.environ) if language is None else _known(language)
    with Record.open(record_url, existing=True) as record:
        for path in follow(write_report(record, out, lots, chosen, datetime.now(UTC)), "Reporting"):
            typer.echo(f"The report is {printable(path)}.")


def _known(language: str) -> Language:
    for known in LANGUAGES:
        if language == known:
            return known
    raise InspectorError(f"There is no report in the language {language!r}: choose {' or '.join(LANGUAGES)}.")


def system_language(environment: Mapping[str, str]) -> Language:
    """Japanese where the system speaks it, else English; the first of LC_ALL, LC_MESSAGES and LANG counts."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    found = said or locale.getlocale()[0] or ""
    return "ja" if found.lower().startswith("ja") else "en"  # Windows says "Japanese_Japan"
