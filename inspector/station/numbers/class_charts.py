"""Bars for classes and sub-types: before and after review, and human answers against what the recipe wants."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from inspector.exchange.figures.history import ClassAnswers
from inspector.exchange.figures.tally import Tally
from inspector.exchange.report.words import percent
from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.chart import Chart
from inspector.wafer.classes import ChipClass, ClassSet

_NOTE_ROOM = 1.75  # of the longest bar, so that the words at its end find room


def draw_classes(tally: Tally, classes: ClassSet, language: str, canvas: Canvas) -> Chart:
    """Every class as judged and as it stands after review."""
    if not tally.judged.total() and not tally.decided:
        return Chart(
            empty=QCoreApplication.translate("Numbers", "No chip of this lot is judged yet: the bars come with it.")
        )
    pairs = [(c, tally.judged[c.name], tally.standing[c.name]) for c in classes]
    judged, standing = sum(n for _, n, _ in pairs), sum(n for _, _, n in pairs)
    _frame([titled(c, language) for c in classes], max(max(b, a) for _, b, a in pairs), canvas)
    rows = list(range(len(pairs)))
    colours = [c.colour for c in classes]
    canvas.bars_across([n - 0.21 for n in rows], [before for _, before, _ in pairs], colours, hollow=True)
    canvas.bars_across([n + 0.21 for n in rows], [after for _, _, after in pairs], colours, hollow=False)
    for n, (_, before, after) in enumerate(pairs):
        text = f"{before:,} → {after:,}  ({percent(after / standing if standing else None)})"
        canvas.note(max(before, after), n, f" {text}", (0, 0.5))
    canvas.tip = lambda x, y: _class_tip(pairs, (judged, standing), language, y)
    caption = QCoreApplication.translate(
        "Numbers", "Outlined: judged by the machine. Filled: standing answers, with what people decided."
    )
    header = ("class", "verdict", "judged", "standing")
    return Chart(caption, header, tuple((c.name, c.verdict.value, before, after) for c, before, after in pairs))


def _class_tip(pairs: Sequence[tuple[ChipClass, int, int]], wholes: tuple[int, int], language: str, y: float) -> str:
    if not 0 <= round(y) < len(pairs):
        return ""
    of, before, after = pairs[round(y)]
    text = QCoreApplication.translate(
        "Numbers", "{name}: {before} of {judged} judged chips, {after} of {standing} standing answers"
    )
    return text.format(
        name=of.title(language),
        before=f"{before:,}",
        after=f"{after:,}",
        judged=f"{wholes[0]:,}",
        standing=f"{wholes[1]:,}",
    )


def draw_targets(answers: Sequence[ClassAnswers], classes: ClassSet, language: str, canvas: Canvas) -> Chart:
    """Standing human answers of every class, and the number that the recipe wants for learning."""
    if not any(a.chips for a in answers) and not any(a.target for a in answers):
        return Chart(
            empty=QCoreApplication.translate(
                "Numbers", "Nobody has answered yet: confirmed and changed chips are what training learns from."
            )
        )
    _frame(
        [titled(classes[a.name], language) for a in answers], max(max(a.chips, a.target or 0) for a in answers), canvas
    )
    rows = list(range(len(answers)))
    canvas.bars_across(rows, [a.chips for a in answers], [classes[a.name].colour for a in answers], hollow=False)
    for n, a in enumerate(answers):
        if a.target:
            canvas.mark(a.target, n, 0.4, canvas.ink)
        canvas.note(max(a.chips, a.target or 0), n, f" {_target_words(a)}", (0, 0.5))
    header = ("class", "answers", "target", "missing")
    table = tuple((a.name, a.chips, a.target or "", a.missing) for a in answers)
    return Chart(_targets_caption(answers), header, table)


def _target_words(answers: ClassAnswers) -> str:
    if answers.target is None:
        return f"{answers.chips:,}"
    if not answers.missing:
        text = QCoreApplication.translate("Numbers", "{chips} of {target}")
    else:
        text = QCoreApplication.translate("Numbers", "{chips} of {target}, {missing} missing")
    return text.format(chips=f"{answers.chips:,}", target=f"{answers.target:,}", missing=f"{answers.missing:,}")


def _targets_caption(answers: Sequence[ClassAnswers]) -> str:
    if any(a.target for a in answers):
        return QCoreApplication.translate(
            "Numbers",
            "Confirmed and changed chips of the whole record; the stroke is the number that the recipe wants.",
        )
    return QCoreApplication.translate(
        "Numbers", "Confirmed and changed chips of the whole record. The recipe names no targets for its classes."
    )


def draw_subtypes(answers: Sequence[ClassAnswers], classes: ClassSet, language: str, canvas: Canvas) -> Chart:
    """Sub-types of the human answers, and the number below which one is too thin to learn."""
    bars = [(a, name, chips) for a in answers for name, chips in a.subtypes]
    if not bars:
        return Chart(
            empty=QCoreApplication.translate("Numbers", "The recipe knows no sub-types, and nobody has given any.")
        )
    nameless = QCoreApplication.translate("Numbers", "none given")
    both = QCoreApplication.translate("Numbers", "{class_name}: {subtype}")
    named = [(classes[a.name], name) for a, name, _ in bars]
    names = [
        both.format(class_name=titled(of, language), subtype=of.subtype_title(name, language) if name else nameless)
        for of, name in named
    ]
    _frame(names, max(chips for _, _, chips in bars), canvas)
    rows = list(range(len(bars)))
    canvas.bars_across(rows, [n for _, _, n in bars], [classes[a.name].colour for a, _, _ in bars], hollow=False)
    for n, (a, name, chips) in enumerate(bars):
        thin = bool(name) and chips < a.fewest
        words = QCoreApplication.translate("Numbers", "{chips}, thin: wants {fewest}") if thin else "{chips}"
        canvas.note(chips, n, " " + words.format(chips=f"{chips:,}", fewest=f"{a.fewest:.0f}"), (0, 0.5))
    caption = QCoreApplication.translate(
        "Numbers",
        "Only people give sub-types. Thin: fewer than 20 chips or 2 % of the class, too few to learn and to measure.",
    )
    table = tuple((a.name, name, chips, round(a.fewest)) for a, name, chips in bars)
    return Chart(caption, ("class", "subtype", "answers", "fewest"), table)


def titled(of: ChipClass, language: str) -> str:
    """A class as an axis names it: its sign, then its words."""
    return f"{of.glyph} {of.title(language)}".strip()


def _frame(names: Sequence[str], longest: float, canvas: Canvas) -> None:
    canvas.rows(names)
    canvas.ranges((0.0, _NOTE_ROOM * max(longest, 1.0)), (-0.7, len(names) - 0.3))
    canvas.titles(bottom=QCoreApplication.translate("Numbers", "Chips"))
    canvas.measure("bottom", 0.0, max(longest, 1.0))
