"""What each section of the report shows, as values that the template only has to lay out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from inspector.exchange.figures.rates import Product, Yield, yields
from inspector.exchange.figures.tally import Cell, Tally, WaferTally, total
from inspector.exchange.report import maps
from inspector.exchange.report.texts import TEXTS
from inspector.exchange.report.words import Words
from inspector.wafer.review import ReviewReason

_CELL_WORDS = {
    Cell.NOT_JUDGED: "not_judged",
    Cell.UNDECIDED: "undecided",
    Cell.UNSURE: "unsure",
    Cell.EXCLUDED: "excluded",
}


@dataclass(frozen=True)
class YieldRow:
    """One line of the yield table. level: 0 everything, 1 a lot, 2 a wafer."""

    level: int
    name: str
    tally: Tally
    before: Yield
    after: Yield

    @property
    def open(self) -> int:
        return open_chips(self.tally)


def open_chips(tally: Tally) -> int:
    """Chips that somebody should still look at: those that want eyes, and those set aside for a second look."""
    return tally.waiting.total() + tally.standing[Cell.UNSURE]


def yield_rows(product: Product, words: Words) -> list[YieldRow]:
    """Everything, then each lot with its wafers; parts are counted by lot only."""
    rows = [_yield_row(0, words("all"), product.tally, product)]
    for lot, wafers in product.lots().items():
        rows.append(_yield_row(1, lot, total(w.tally for w in wafers), product))
        if not product.recipe.is_whole:
            rows += [_yield_row(2, w.key.wafer, w.tally, product) for w in wafers]
    return rows


def _yield_row(level: int, name: str, tally: Tally, product: Product) -> YieldRow:
    return YieldRow(level, name, tally, *yields(tally, product.classes))


@dataclass(frozen=True)
class ClassRow:
    """One line of the class table. swatch: the cell as the maps draw it."""

    swatch: Markup
    title: str
    verdict: str
    judged: int
    standing: int


def class_rows(product: Product, words: Words) -> list[ClassRow]:
    """Every class of the recipe, then the kinds of chips without an answer that there are."""
    tally = product.tally
    rows = [
        ClassRow(
            maps.swatch(index, product.classes),
            c.title(words.language),
            words("good" if c.is_good else "defect"),
            tally.judged[c.name],
            tally.standing[c.name],
        )
        for index, c in enumerate(product.classes)
    ]
    machine = {Cell.UNDECIDED: tally.judged[None], Cell.NOT_JUDGED: tally.not_judged}
    for cell, key in _CELL_WORDS.items():
        if machine.get(cell, 0) or tally.standing[cell]:
            sign = maps.swatch(cell, product.classes)
            rows.append(ClassRow(sign, words(key), "–", machine.get(cell, 0), tally.standing[cell]))
    return rows


def legend(product: Product, words: Words) -> list[tuple[Markup, str]]:
    """What the maps of this product hold, each with its sign."""
    held = {int(value) for wafer in product.wafers for value in {*wafer.cells.flat} if value != Cell.OUTSIDE}
    found = [(maps.swatch(i, product.classes), c.title(words.language)) for i, c in enumerate(product.classes)]
    found += [(maps.swatch(c, product.classes), words(key)) for c, key in _CELL_WORDS.items() if c in held]
    if any(wafer.changed.any() for wafer in product.wafers):
        first_good = next(i for i, c in enumerate(product.classes) if c.is_good)
        found.append((maps.swatch(first_good, product.classes, changed=True), words("changed")))
    return found


def open_rows(tally: Tally, words: Words) -> list[tuple[str, int]]:
    """Chips that still need a person, or the machine, by the reason why."""
    rows = [(_reason(reason, words), tally.waiting[reason]) for reason in ReviewReason]
    rows += [(words("reason_unsure"), tally.standing[Cell.UNSURE])]
    rows += [(words("reason_not_judged"), tally.standing[Cell.NOT_JUDGED])]
    return [(text, count) for text, count in rows if count]


def _reason(reason: ReviewReason, words: Words) -> str:
    key = f"reason_{reason.value}"
    return words(key) if key in TEXTS else reason.value


@dataclass(frozen=True)
class LotMaps:
    """The maps of one lot. maps: (picture, wafer's name, caption)."""

    lot: str
    maps: list[tuple[Markup, str, str]]


def lot_maps(product: Product, words: Words) -> list[LotMaps]:
    """A map for each wafer; one for the lot where each wafer is a single part."""
    return [LotMaps(lot, _maps_of(lot, wafers, product, words)) for lot, wafers in product.lots().items()]


def _maps_of(lot: str, wafers: Sequence[WaferTally], product: Product, words: Words) -> list[tuple[Markup, str, str]]:
    if product.recipe.is_whole:
        sheet = maps.part_sheet(wafers, words("sheet_label", lot=lot))
        return [(sheet, "", _map_caption(total(w.tally for w in wafers), product, words))]
    return [
        (
            maps.wafer_map(w, words("map_label", wafer=w.key.wafer, lot=lot)),
            w.key.wafer,
            _map_caption(w.tally, product, words),
        )
        for w in wafers
    ]


def _map_caption(tally: Tally, product: Product, words: Words) -> str:
    after = yields(tally, product.classes)[1]
    return words("map_caption", defects=f"{after.defect:,}", chips=words.count("n_chips", tally.chips))


def map_size(product: Product) -> str:
    """How many maps stand side by side, by how many columns of chips they have to show."""
    columns = max(wafer.cells.shape[1] for wafer in product.wafers)
    if product.recipe.is_whole:
        return "sheet"
    return "small" if columns <= 14 else "medium" if columns <= 40 else "large"
