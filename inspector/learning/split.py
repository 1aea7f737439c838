"""Which labelled chips learn and which only check: whole lots or wafers are kept back where that can be."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from inspector.wafer.manifest import Example

VALIDATION_SHARE = 0.12
MOST_VALIDATION = 1200
MOST_SHARE = 0.5  # of the chips: no more are kept back for the sake of whole lots or wafers


@dataclass(frozen=True)
class Split:
    """Which chips learn and which check; by: what was kept back whole; rule: one sentence for the model card."""

    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    by: Literal["lot", "wafer", "chip"]
    rule: str


def split_examples(examples: Sequence[Example], seed: int) -> Split:
    """Keep whole lots back for checking, else whole wafers, else single chips; every class goes on being learned.

    Lots or wafers whose absence would leave a class without a chip to learn from stay in training.
    """
    lots, wafers = _members(examples, _lot), _members(examples, _wafer)
    whole = ""
    if len(lots) >= 2:
        kept = _whole_groups(examples, lots, seed)
        if kept:
            return _split(examples, _joined(lots, kept), "lot", _told("lots", kept, lots))
        whole = "lot"
    if 2 <= len(wafers) < len(examples):  # as many as images: parts, each a wafer of its own
        kept = _whole_groups(examples, wafers, seed)
        if kept:
            rule = _told("wafers", kept, wafers) + (": no whole lot can be spared" if whole else "")
            return _split(examples, _joined(wafers, kept), "wafer", rule)
        whole = f"{whole} or wafer" if whole else "wafer"
    reason = "the dataset names fewer than 2 lots or wafers"
    if whole:
        reason = f"no whole {whole} can be spared"
    elif len(wafers) >= 2:
        reason = "each is a wafer of its own"
    rule = f"single chips kept back by a hash of the file's name: {reason}"
    return _split(examples, _single_chips(examples, seed), "chip", rule)


def _lot(example: Example) -> Hashable:
    return example.lot


def _wafer(example: Example) -> Hashable:
    return (example.lot, example.wafer) if example.wafer else ""


def _joined(members: dict[Hashable, list[int]], kept: Sequence[Hashable]) -> list[int]:
    return [i for key in kept for i in members[key]]


def _told(what: str, kept: Sequence[Hashable], members: dict[Hashable, list[int]]) -> str:
    few = len(_joined(members, kept)) < VALIDATION_SHARE * sum(len(m) for m in members.values())
    return f"whole {what} kept back ({len(kept)} of {len(members)}{'; no more can be spared' if few else ''})"


def _split(examples: Sequence[Example], kept: Sequence[int], by: Literal["lot", "wafer", "chip"], rule: str) -> Split:
    back = set(kept)
    train = tuple(e for i, e in enumerate(examples) if i not in back)
    return Split(train, tuple(examples[i] for i in sorted(back)), by, rule)


def _members(examples: Sequence[Example], group: Callable[[Example], Hashable]) -> dict[Hashable, list[int]]:
    """Indices by group; nothing where a chip's group is not known."""
    found = defaultdict(list)
    for i, example in enumerate(examples):
        found[group(example)].append(i)
    return {} if "" in found else dict(found)


def _order(seed: int, key: Hashable) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode("utf-8", "surrogateescape")).hexdigest()


def _whole_groups(examples: Sequence[Example], members: dict[Hashable, list[int]], seed: int) -> list[Hashable]:
    """The groups to keep back: a third of them at most, more only to show a second class.

    None where each would take a class or half the chips away, or where what can be kept back shows one class only.
    """
    left = Counter(e.class_name for e in examples)
    kept: list[Hashable] = []
    number = 0
    for key in sorted(members, key=lambda k: _order(seed, k)):
        enough = len(kept) >= max(1, len(members) // 3) or number >= VALIDATION_SHARE * len(examples)
        shown = _classes(examples, members, kept)
        if enough and len(shown) > 1:
            break
        if enough and _classes(examples, members, [key]) <= shown:
            continue
        taken = Counter(examples[i].class_name for i in members[key])
        spares_all = all(left[name] > count for name, count in taken.items())
        if spares_all and number + len(members[key]) <= MOST_SHARE * len(examples):
            left -= taken
            number += len(members[key])
            kept.append(key)
    # One class alone can't show which epoch is the best.
    return kept if len(_classes(examples, members, kept)) > 1 or len(left) < 2 else []


def _classes(examples: Sequence[Example], members: dict[Hashable, list[int]], kept: Sequence[Hashable]) -> set[str]:
    return {examples[i].class_name for i in _joined(members, kept)}


def _single_chips(examples: Sequence[Example], seed: int) -> list[int]:
    """Some of every class of 4 chips or more; at least one chip, of the largest class."""
    members = _members(examples, lambda e: e.class_name)
    share = min(VALIDATION_SHARE, MOST_VALIDATION / len(examples))
    kept: list[int] = []
    for indices in members.values():
        ordered = sorted(indices, key=lambda i: _order(seed, examples[i].path.stem))
        kept += ordered[: max(1, round(share * len(ordered))) if len(ordered) >= 4 else 0]
    return kept or [max(members.values(), key=len)[0]]
