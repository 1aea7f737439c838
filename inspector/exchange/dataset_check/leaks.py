"""Leaks and contradictions: what stands in two parts of a data set at once, and what has two labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations

from inspector.exchange.dataset_check.balance import Concern
from inspector.exchange.dataset_check.counts import CHECK, LEARN, TEST, UNUSED, Parts
from inspector.exchange.dataset_check.twins import AGAIN, COPY, SAME, Twin
from inspector.wafer.manifest import Example

_WHAT = {
    SAME: "have the same pixels",
    COPY: "are copies of one exposure",
    AGAIN: "show one surface (exposed again, or its neighbouring slice)",
}
_NAMED = 4  # lots or wafers named in a sentence


def group_leaks(examples: Sequence[Example], parts: Parts) -> Iterator[Concern]:
    """Lots and wafers that stand in two parts at once, the test first."""
    for one, other in ((LEARN, TEST), (CHECK, TEST), (LEARN, CHECK)):
        lots = _in_both(examples, parts, (one, other), lambda e: e.lot)
        wafers = _in_both(examples, parts, (one, other), lambda e: (e.lot, e.wafer) if e.wafer else "")
        if wafers:
            names = _listed([" ".join(str(part) for part in w if part) for w in wafers if isinstance(w, tuple)])
            text = f"{len(wafers)} wafer(s) stand in both {one!r} and {other!r} ({names})"
            yield Concern(
                "leak-wafer", f"{text}: figures will look better than they are; split by lot or wafer.", (), names
            )
        covered = {w[0] for w in wafers if isinstance(w, tuple)}
        if lots := [lot for lot in lots if lot not in covered]:
            names = _listed([str(lot) for lot in lots])
            text = f"{len(lots)} lot(s) stand in both {one!r} and {other!r} ({names})"
            text = f"{text}: figures will look better than those of a new lot; split by lot."
            yield Concern("leak-lot", text, subject=names)


def _in_both(
    examples: Sequence[Example], parts: Parts, both: tuple[str, str], group: Callable[[Example], Hashable]
) -> list[Hashable]:
    found = [{group(e) for e in examples if parts.of(e) == part} - {""} for part in both]
    return sorted(found[0] & found[1], key=str)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def place_concerns(examples: Sequence[Example], parts: Parts) -> Iterator[Concern]:
    """The same chip (lot, wafer, column, row) entered twice: with two labels, or in two parts."""
    at: dict[tuple[str, str, int, int], list[Example]] = defaultdict(list)
    for e in examples:
        if e.wafer and e.column is not None and e.row is not None:
            at[e.lot, e.wafer, e.column, e.row].append(e)
    for (lot, wafer, column, row), same in at.items():
        for first, second in combinations(same, 2):
            chip = f"The chip {column} / {row} of {lot} {wafer}".replace("  ", " ")
            yield from _pair_concerns(f"{chip} is there twice:", first, second, parts)


def twin_concerns(twins: Sequence[Twin], examples: Mapping[object, Example], parts: Parts) -> Iterator[Concern]:
    """Twins that contradict each other or leak; examples by path."""
    for twin in twins:
        how = f" ({twin.view})" if twin.view else ""
        pair = examples[twin.first], examples[twin.second]
        yield from _pair_concerns(f"Two images {_WHAT[twin.kind]}{how}:", *pair, parts, sure=twin.kind != AGAIN)


def _pair_concerns(start: str, first: Example, second: Example, parts: Parts, sure: bool = True) -> Iterator[Concern]:
    """sure: the two show one chip in one state; a surface seen again may have been damaged meanwhile."""
    paths = (first.path, second.path)
    subject = " = ".join(f"{e.path.stem} ({e.class_name})" for e in (first, second))
    if first.class_name != second.class_name:
        text = f"{start} {first.path} is {first.class_name!r} and {second.path} is {second.class_name!r}"
        if sure:
            yield Concern("contradiction", f"{text}: decide which is right.", paths, subject)
        else:
            yield Concern("two-labels", f"{text}: see whether both hold.", paths, subject)
    here, there = parts.of(first), parts.of(second)
    if here != there and UNUSED not in (here, there):
        text = f"{start} {first.path} is in {here!r} and {second.path} in {there!r}"
        yield Concern("leak", f"{text}: take one out, or keep both on one side.", paths, subject)
