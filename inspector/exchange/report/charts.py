"""The charts of the report with their words: Pareto of defects, and agreement per lot."""

from __future__ import annotations

from markupsafe import Markup

from inspector.exchange.figures.rates import Bar, LotAgreement, Product, lot_agreement, pareto
from inspector.exchange.report import plots
from inspector.exchange.report.words import Words

_SUBTYPE_BARS = 10
_OTHERS = "#c9c9c9"


def class_pareto(product: Product, words: Words) -> Markup | None:
    """The defect classes by frequency among the standing answers; None without a defect."""
    defects = {c.name: c for c in product.classes if not c.is_good}
    bars = pareto({name: product.tally.standing[name] for name in defects})
    if not bars:
        return None
    titled = [
        Bar(f"{defects[b.name].glyph}\n{defects[b.name].title(words.language)}", b.count, b.cumulative) for b in bars
    ]
    colours = [defects[b.name].colour for b in bars]
    return plots.pareto_chart(titled, colours, _pareto_words(words, "pareto_classes"), f"{product.recipe.name} classes")


def subtype_pareto(product: Product, words: Words) -> Markup | None:
    """The sub-types that people gave to defects, by frequency, the rarest in one last bar; None without any."""
    bars = pareto(defect_subtypes(product))
    if not bars:
        return None
    shown, rest = (bars, []) if len(bars) <= _SUBTYPE_BARS + 1 else (bars[:_SUBTYPE_BARS], bars[_SUBTYPE_BARS:])
    titled, colours = [], []
    for bar in shown:
        of, subtype = product.classes[bar.name[0]], bar.name[1]
        titled.append(Bar(f"{of.glyph}\n{of.subtype_title(subtype, words.language)}", bar.count, bar.cumulative))
        colours.append(of.colour)
    if rest:
        titled.append(Bar("\n" + words.count("others", len(rest)), sum(b.count for b in rest), 1.0))
        colours.append(_OTHERS)
    return plots.pareto_chart(
        titled, colours, _pareto_words(words, "pareto_subtypes"), f"{product.recipe.name} subtypes"
    )


def defect_subtypes(product: Product) -> dict[tuple[str, str], int]:
    """(class, sub-type) -> chips, defects only, in the order of the recipe's classes."""
    given = product.tally.subtypes
    defects = [c.name for c in product.classes if not c.is_good]
    return {key: given[key] for name in defects for key in sorted(given) if key[0] == name}


def _pareto_words(words: Words, label: str) -> dict[str, str]:
    return {"count": words("pareto_count"), "share": words("pareto_share"), "label": words(label)}


def agreement_charts(product: Product, words: Words) -> list[Markup]:
    """The paper's Fig. 8 over this product's lots, some lots to a chart."""
    whole = product.recipe.is_whole
    lots = [lot_agreement(lot, wafers, product.classes, whole) for lot, wafers in product.lots().items()]
    said = {
        "axis": words("boxes_axis"),
        "none": words("boxes_none"),
        "label": words("boxes"),
    }
    return [
        plots.agreement_boxes(some, [_below(lot, words) for lot in some], said, f"{product.recipe.name} agreement {n}")
        for n, some in _rows(lots)
    ]


def _below(lot: LotAgreement, words: Words) -> str:
    """What stands under a lot: its name, and how much stands behind its points."""
    lines = [plots.shortened(lot.lot, 12)]
    if lot.points:
        chips = words.count("n_chips", lot.chips)
        lines += [chips] if words.parts else [words.count("n_wafers", len(lot.points)), chips]
    return "\n".join(lines)


def _rows(lots: list[LotAgreement]) -> list[tuple[int, list[LotAgreement]]]:
    """Lots in rows of about the same length, none longer than the page is wide."""
    count = -(-len(lots) // plots.LOTS_ABREAST)
    length = -(-len(lots) // count)
    return [(n, lots[n : n + length]) for n in range(0, len(lots), length)]
