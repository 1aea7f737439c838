"""Decisions beside judgements: the table, its figures, and what they do not say."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.exchange.figures.rates import Product, agreement, confusion
from inspector.exchange.report.words import Words, percent
from inspector.wafer.scores import Rate


@dataclass(frozen=True)
class Entry:
    """One number of the table. kind: "same", "escape", "overkill", "moved" or "empty"."""

    count: int
    kind: str


@dataclass(frozen=True)
class JudgedRow:
    """One judged class: how many of its chips were decided as each class."""

    title: str
    entries: list[Entry]

    @property
    def total(self) -> int:
        return sum(entry.count for entry in self.entries)


def judged_rows(product: Product, words: Words) -> list[JudgedRow]:
    """A row for each class, and one for the undecided where a person decided one of those."""
    classes, defect = product.classes, product.classes.defect_mask
    table = confusion(product.tally.compared, classes)
    rows = []
    for judged, of in enumerate(classes):
        column = table[:, judged].tolist()
        entries = [Entry(n, _kind(n, judged == d, defect[judged], defect[d])) for d, n in enumerate(column)]
        rows.append(JudgedRow(of.title(words.language), entries))
    undecided = table[:, -1].tolist()
    if any(undecided):
        rows.append(JudgedRow(words("undecided"), [Entry(n, "moved" if n else "empty") for n in undecided]))
    return rows


def _kind(count: int, same: bool, judged_defect: bool, decided_defect: bool) -> str:
    if same:
        return "same"
    if not count:
        return "empty"
    if judged_defect == decided_defect:
        return "moved"
    return "escape" if decided_defect else "overkill"


@dataclass(frozen=True)
class Figure:
    """One figure with its count and bounds, as text."""

    name: str
    count: str
    share: str
    bounds: str


def figures(product: Product, words: Words) -> list[Figure]:
    """Agreement, overrides, and the escapes and overkills that people found."""
    found = agreement(product.tally, product.classes)
    named = {
        "agreed": found.agreed,
        "overridden": found.overridden,
        "escapes": found.escapes,
        "overkills": found.overkills,
        "unasked": found.unasked,
    }
    return [_figure(words(key), rate, words) for key, rate in named.items()]


def _figure(name: str, rate: Rate, words: Words) -> Figure:
    count = words("of", part=f"{rate.events:,}", whole=f"{rate.trials:,}")
    if not rate.trials:
        return Figure(name, count, "–", "–")
    low, high = rate.bounds
    return Figure(name, count, percent(rate.share), f"{percent(low)} – {percent(high)}")


def notes(product: Product, words: Words) -> list[str]:
    """What a reader must know before quoting a figure."""
    tally = product.tally
    judged = tally.judged.total()
    compared, undecided = tally.compared.total(), sum(n for (j, _), n in tally.compared.items() if j is None)
    unasked = agreement(tally, product.classes).unasked
    share = percent(compared / judged if judged else None)
    found = [words("note_sample", decided=f"{compared:,}", judged=f"{judged:,}", share=share)]
    found.append(words("note_escapes", checked=f"{unasked.trials:,}", escapes=f"{unasked.events:,}"))
    found += [words("note_bounds"), words("note_people")]
    if undecided:
        found.append(words("note_undecided", n=f"{undecided:,}"))
    if len(tally.models) > 1:
        found.append(words("note_models", n=len(tally.models)))
    return found
