"""Writes the lot report: one HTML file that needs no other file, no script and no network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from inspector import __version__, paths
from inspector.exchange.export_folder import replace_bytes
from inspector.exchange.figures.rates import Product, products
from inspector.exchange.figures.tally import WaferTally, chosen_wafers, tally_wafers
from inspector.exchange.report import charts, comparison, plots, sections, summary
from inspector.exchange.report.words import Language, Words, percent
from inspector.records.record import Record
from inspector.wafer.errors import InspectorError, RecordError
from inspector.wafer.progress import Job, Progress

_LOTS_IN_TITLE = 6


def write_report(record: Record, out: Path, lots: Sequence[str], language: Language, made: datetime) -> Job[Path]:
    """Reports on these lots, or on all. made: UTC. The file appears whole or not at all; the last step finds it.

    RecordError where a lot is unknown or nothing is judged; InspectorError where the file can't be written.
    """
    _check(out)
    counted: list[WaferTally] = []
    for step in tally_wafers(record, chosen_wafers(record, lots)):
        if step.found is not None:
            counted.append(step.found)
        yield Progress(step.done, step.total, None, step.seconds_left, step.phase)
    if not any(w.tally.judged or w.tally.decided for w in counted):
        raise RecordError(f"The record {record.path} holds no judgement of these wafers yet: judge their images first.")
    text = render(counted, record.path.name, language, made)
    try:
        replace_bytes(out, text.encode("utf-8", "replace"))
    except OSError as error:
        raise InspectorError(f"The report {out} can't be written ({error.strerror}): name another place.") from error
    yield Progress(len(counted), len(counted), out)


def _check(out: Path) -> None:
    if out.suffix.lower() not in (".html", ".htm"):
        raise InspectorError(f"The report {out} is not an HTML file: give --out a name that ends in .html.")
    if not out.parent.is_dir():
        raise InspectorError(
            f"The report {out} can't be written (there is no folder {out.parent}): name another place."
        )
    if out.is_dir():
        raise InspectorError(f"The report {out} can't be written (it is a folder): name another place.")


def render(wafers: Sequence[WaferTally], record_name: str, language: Language, made: datetime) -> str:
    """The whole page. Every text is escaped by the template but what this package draws itself."""
    words = Words(language)
    folder = paths.resource("report")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["number"] = lambda value: f"{value:,}"
    found = products(wafers)
    return environment.get_template("report.html").render(
        t=words,
        style=Markup((folder / "report.css").read_text(encoding="utf-8")),
        heading=_heading(wafers, words),
        products=[_product(product, language) for product in found],
        made=words("made_value", time=f"{made:%Y-%m-%d %H:%M}", record=record_name, version=__version__),
        few=plots.FEW,
        boxed=plots.BOXED,
    )


def _heading(wafers: Sequence[WaferTally], words: Words) -> str:
    lots = list(dict.fromkeys(w.key.lot for w in wafers))
    return words.joined(lots) if len(lots) <= _LOTS_IN_TITLE else words.count("n_lots", len(lots))


def _product(product: Product, language: Language) -> dict[str, Any]:
    words = Words(language, product.recipe.is_whole)
    subtypes = charts.defect_subtypes(product)
    defects = sum(product.tally.standing[c.name] for c in product.classes if not c.is_good)
    return {
        "t": words,
        "title": product.recipe.title(words.language),
        "whole": product.recipe.is_whole,
        "classes": [c.title(words.language) for c in product.classes],
        "facts": summary.facts(product, words),
        "keys": summary.key_figures(product, words),
        "sentences": summary.sentences(product, words),
        "yields": sections.yield_rows(product, words),
        "class_rows": sections.class_rows(product, words),
        "open": sections.open_rows(product.tally, words),
        "legend": sections.legend(product, words),
        "map_size": sections.map_size(product),
        "lots": sections.lot_maps(product, words),
        "class_pareto": charts.class_pareto(product, words),
        "subtype_pareto": charts.subtype_pareto(product, words),
        "subtypes_note": words(
            "subtypes_note",
            named=f"{sum(subtypes.values()):,}",
            defects=words.count("n_chips", defects),
        ),
        "judged": comparison.judged_rows(product, words),
        "compared": product.tally.compared.total(),
        "figures": comparison.figures(product, words),
        "boxes": charts.agreement_charts(product, words),
        "notes": comparison.notes(product, words),
        "chips": product.tally.chips,
    }
