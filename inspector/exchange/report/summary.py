"""The head of the report and its summary in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inspector.exchange.figures.rates import Product, agreement, pareto, yields
from inspector.exchange.report.sections import open_chips
from inspector.exchange.report.words import Words, percent

_SHORT_DIGEST = 12


@dataclass(frozen=True)
class KeyFigure:
    """One of the large numbers at the top."""

    name: str
    value: str
    beside: str


def facts(product: Product, words: Words) -> list[tuple[str, list[str]]]:
    """What was judged, when, with which models and by whom: names with one or more lines each."""
    tally = product.tally
    judged = words("chips_judged", judged=f"{tally.judged.total():,}", chips=f"{tally.chips:,}")
    found = [(words("lots"), [words.joined(list(product.lots()))])]
    if not product.recipe.is_whole:
        found.append((words("wafers"), [f"{len(product.wafers):,}"]))
    found.append((words("chips"), [judged]))
    if tally.times:
        first, last = (_moment(time) for time in tally.times)
        found.append((words("period"), [words("period_value", first=first, last=last)]))
    models = [
        words("model_value", name=n, digest=d[:_SHORT_DIGEST], device=v, chips=words.count("n_chips", count))
        for (n, d, v), count in tally.models.most_common()
    ]
    people = [
        words("operator_value", name=name, count=words.count("n_answers", count))
        for name, count in tally.operators.most_common()
    ]
    found.append((words("models"), models or ["–"]))
    found.append((words("operators"), [words.joined(people)] if people else [words("nobody")]))
    return found


def _moment(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def key_figures(product: Product, words: Words) -> list[KeyFigure]:
    """Yield, defects, what people looked at, and what is open."""
    tally = product.tally
    before, after = yields(tally, product.classes)
    chips = words.count("n_chips", tally.chips)
    seen = percent(tally.decided / tally.chips)
    return [
        KeyFigure(words("key_yield"), percent(after.share), words("key_yield_before", share=percent(before.share))),
        KeyFigure(
            words("key_defects"),
            f"{after.defect:,}",
            words("key_defects_of", chips=words.count("n_chips", after.good + after.defect)),
        ),
        KeyFigure(words("key_seen"), seen, words("key_seen_of", count=f"{tally.decided:,}", chips=chips)),
        KeyFigure(words("key_open"), f"{open_chips(tally):,}", words("key_open_of")),
    ]


def sentences(product: Product, words: Words) -> list[str]:
    """The summary: what was judged, how much is good, what fails most, what people found, what is open."""
    tally = product.tally
    before, after = yields(tally, product.classes)
    shares = {"before": percent(before.share), "after": percent(after.share)}
    same = (before.good, before.defect) == (after.good, after.defect)
    found = [_judged(product, words), words("say_same_yield" if same else "say_yield", **shares)]
    defects = {c.title(words.language): tally.standing[c.name] for c in product.classes if not c.is_good}
    bars = pareto(defects)
    if bars:
        top = bars[0]
        share = percent(top.count / after.defect)
        found.append(words("say_top", name=top.name, chips=words.count("n_chips", top.count), share=share))
    else:
        found.append(words("say_no_defect"))
    found += _people(product, words)
    waiting = open_chips(tally)
    found.append(words("say_open", chips=words.count("n_chips", waiting)) if waiting else words("say_done"))
    return found


def _judged(product: Product, words: Words) -> str:
    tally = product.tally
    judged, lots = f"{tally.judged.total():,}", words.count("n_lots", len(product.lots()))
    wafers = {} if product.recipe.is_whole else {"wafers": words.count("n_wafers", len(product.wafers))}
    return words("say_judged", judged=judged, chips=words.count("n_chips", tally.chips), lots=lots, **wafers)


def _people(product: Product, words: Words) -> list[str]:
    tally = product.tally
    if not tally.decided:
        return [words("say_nobody")]
    found = agreement(tally, product.classes)
    changed = words.count("n_chips", found.overridden.events)
    decided, share = words.count("n_chips", tally.decided), percent(tally.decided / tally.chips)
    named = tally.compared.total() - found.overridden.trials
    return [
        words("say_people", decided=decided, share=share, changed=changed),
        *([words("say_named", chips=words.count("n_chips", named))] if named else []),
        words(
            "say_found",
            escapes=words.count("n_escapes", found.escapes.events),
            overkills=words.count("n_overkills", found.overkills.events),
        ),
    ]
