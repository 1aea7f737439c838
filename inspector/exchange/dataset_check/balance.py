"""Concerns about the distribution: thin sub-types, classes without chips, lots that dominate, targets not reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.exchange.dataset_check.counts import GroupCount, LotCount
from inspector.wafer.recipe import Recipe

THIN_IMAGES = 20  # a sub-type with fewer can't be learned, and can't be measured either
THIN_SHARE = 0.02  # of its class: with fewer, training shows it too rarely even when balanced
DOMINATES = 0.5  # of the images of a class or of the set
_SIZE_RATIO = 1.5  # image side over input side, either way


@dataclass(frozen=True)
class Concern:
    """Something to know before training.

    kind: a stable key. text: one sentence or two. files: the images meant. subject: what it is about in names and
    numbers alone, for a reader of any language.
    """

    kind: str
    text: str
    files: tuple[Path, ...] = ()
    subject: str = ""


def fewest_wanted(images: int) -> float:
    """Chips below which a sub-type is thin, in a class of this many."""
    return max(THIN_IMAGES, THIN_SHARE * images)


def class_concerns(classes: Sequence[GroupCount], recipe: Recipe) -> Iterator[Concern]:
    """Classes and sub-types that are missing, thin, unknown or short of their target."""
    known = {c.name: c.subtypes for c in recipe.classes}
    for c in classes:
        if not c.images:
            text = f"The class {c.name!r} has no chip: the model can never answer with it."
            yield Concern("no-chips", text, subject=c.name)
            continue
        if c.missing:
            have = (c.target or 0) - c.missing
            text = f"The class {c.name!r} has {have} of the {c.target} chips wanted: {c.missing} missing."
            yield Concern("target", text, subject=f"{c.name}: {have} / {c.target}")
        fewest = fewest_wanted(c.images)
        for s in c.subtypes:
            subject = f"{c.name} › {s.name}: {s.images}" if s.name else f"{c.name}: {s.images} / {c.images}"
            if s.name and s.name not in known[c.name]:
                text = (
                    f"{s.images} chip(s) of {c.name!r} have the sub-type {s.name!r}, which the recipe does not know: "
                )
                yield Concern("unknown-subtype", text + "add it to the recipe or mend the manifest.", (), subject)
            elif s.name and not s.images:
                yield Concern("no-chips", f"The sub-type {s.name!r} of {c.name!r} has no chip.", (), subject)
            elif s.name and s.images < fewest:
                text = f"The sub-type {s.name!r} of {c.name!r} is thin: {s.images} chip(s)"
                yield Concern("thin", f"{text}, {s.share:.1%} of its class; collect {fewest:.0f} or more.", (), subject)
            elif not s.name and s.images and known[c.name]:
                text = f"{s.images} of {c.images} chips of {c.name!r} have no sub-type"
                yield Concern("no-subtype", f"{text}: they are balanced as a group of their own.", (), subject)


def lot_concerns(lots: Sequence[LotCount], classes: Sequence[GroupCount]) -> Iterator[Concern]:
    """Lots that hold most of the set or of a class, and classes that come from one lot alone."""
    named = [lot for lot in lots if lot.name]
    nameless = sum(lot.images for lot in lots if not lot.name)
    if nameless and named:
        text = f"{nameless} chip(s) name no lot: they can't be kept apart from the lots of the test."
        yield Concern("no-lot", text, subject=f"{nameless}")
    if len(named) < 2:
        return
    total = sum(lot.images for lot in named)
    whole = "the chips that name a lot" if nameless else "all chips"
    for lot in named:
        if lot.images > DOMINATES * total:
            text = f"The lot {lot.name!r} holds {lot.images / total:.0%} of {whole}: a model may learn the lot."
            yield Concern("lot-dominates", text, subject=f"{lot.name}: {lot.images / total:.0%}")
    of_known = " (of chips that name a lot)" if nameless else ""
    for c in classes:
        holds = Counter({lot.name: lot.classes[c.name] for lot in named if lot.classes.get(c.name)})
        if len(holds) == 1 and holds.total() > 1:
            whose = "chips" if holds.total() == c.images else "chips that name a lot"
            text = f"All {holds.total()} {whose} of {c.name!r} come from the lot {next(iter(holds))!r}"
            text = f"{text}: a model may learn the lot instead, and no other lot can check it."
            yield Concern("one-lot", text, subject=f"{c.name} › {next(iter(holds))}: {holds.total()}")
        elif holds and (top := holds.most_common(1)[0])[1] > DOMINATES * holds.total():
            text = f"The lot {top[0]!r} holds {top[1] / holds.total():.0%} of {c.name!r}{of_known}"
            subject = f"{c.name} › {top[0]}: {top[1] / holds.total():.0%}"
            yield Concern("lot-dominates", f"{text}: a model may learn the lot instead of the class.", (), subject)


def size_concerns(sizes: Mapping[tuple[int, int], Sequence[Path]], recipe: Recipe) -> Iterator[Concern]:
    """Images, by (width, height), whose sides or proportions are far from the recipe's input."""
    width, height = recipe.model.input
    for (w, h), paths in sorted(sizes.items()):
        scale = (w / width, h / height)
        much = max(*scale, 1 / scale[0], 1 / scale[1])
        uneven = max(scale[0] / scale[1], scale[1] / scale[0])
        if much > _SIZE_RATIO or uneven > 1.1:
            text = f"{len(paths)} image(s) have {w} x {h} pixels and the recipe's input has {width} x {height}"
            what = "they are stretched unevenly" if uneven > 1.1 else "they are resized"
            yield Concern(
                "size", f"{text}: {what}, and marks change their size.", tuple(paths), f"{w} × {h}: {len(paths)}"
            )
