"""A sheet of paper for a shift: headings, tables and lines, as a page of HTML or as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from inspector import paths
from inspector.exchange.export_folder import replace_bytes
from inspector.wafer.errors import InspectorError

_SUFFIXES = (".html", ".htm", ".txt")


@dataclass(frozen=True)
class Part:
    """head: of the table; rows: as many cells each, the first a name, the others numbers. lines: below the table."""

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """language: "en" or "ja". about: one line under the title."""

    language: str
    title: str
    about: str
    parts: tuple[Part, ...]


def write_sheet(sheet: Sheet, out: Path) -> None:
    """As HTML, or as text where the name ends in .txt. InspectorError where the file can't be written."""
    if out.suffix.lower() not in _SUFFIXES:
        raise InspectorError(
            f"The file {out.name} is neither HTML nor text: give it a name that ends in .html or .txt."
        )
    text = as_text(sheet) if out.suffix.lower() == ".txt" else as_html(sheet)
    try:
        replace_bytes(out, text.encode("utf-8", "replace"))
    except OSError as error:
        raise InspectorError(f"The file {out} can't be written ({error.strerror}): name another place.") from error


def as_html(sheet: Sheet) -> str:
    """One page that needs no other file; every text is escaped."""
    loader = FileSystemLoader(paths.resource("report"))
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("sheet.html").render(sheet=sheet)


def as_text(sheet: Sheet) -> str:
    """The same in columns of a fixed width; a wide character of Japanese counts as two."""
    lines = [sheet.title, sheet.about]
    for part in sheet.parts:
        lines += ["", part.title]
        if part.rows:
            lines += _columns([part.head, *part.rows])
        lines += part.lines
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        first = row[0] + " " * (widths[0] - _width(row[0]))
        others = [" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([first, *others]))
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
