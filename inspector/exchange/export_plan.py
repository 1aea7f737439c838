"""What an export would hold: people's settled answers and, where asked for, what the machine accepted by itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from inspector.exchange.file_names import file_stems
from inspector.records.record import Record, WaferEntry
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.second_review import ReviewState

_TEST_SHARE = 0.2
_FEWEST = 3  # lots, or wafers: with fewer, a test set would be one of them or none


@dataclass(frozen=True)
class ExportChoice:
    """Which answers to take. lot, recipe: names; None takes all.

    accepted_from: the least P(good), 0 to 1, of chips that the machine accepted and nobody has looked at; None leaves
    all of them out.
    """

    lot: str | None = None
    recipe: str | None = None
    accepted_from: float | None = None


@dataclass(frozen=True)
class PlannedChip:
    """One chip that goes along. seq: of the decision; None where the machine accepted it. note: a person's words."""

    entry: WaferEntry
    chip: ChipId
    class_name: str
    subtype: str = ""
    point: tuple[float, float] | None = None
    note: str = ""
    seq: int | None = None


@dataclass(frozen=True)
class ExportPlan:
    """The chips, wafer by wafer and row by row. splits: "train" or "test" for each wafer.

    left_out: chips that people have answered and that do not go along, by why.
    """

    choice: ExportChoice
    chips: tuple[PlannedChip, ...]
    splits: dict[WaferKey, str]
    left_out: dict[ReviewState, int]

    @property
    def head(self) -> int:
        """The number of the newest decision that goes along: what was decided elsewhere changes no file."""
        return max((c.seq for c in self.chips if c.seq is not None), default=0)

    @property
    def recipes(self) -> dict[str, Recipe]:
        """The newest recipe of each product, by name."""
        entries = {c.entry.key: c.entry for c in self.chips}.values()
        return {recipe.name: recipe for recipe in (_recipe_of(e.recipe_json) for e in entries)}

    def examples(self, folder: Path) -> list[Example]:
        """Each chip's line in the manifest, and with it where its image goes below the folder."""
        stems = file_stems({c.entry.key: (c.entry.key.lot, c.entry.key.wafer) for c in self.chips})
        class_folders = file_stems({c.class_name: (c.class_name,) for c in self.chips})
        return [
            Example(
                path=folder / class_folders[c.class_name] / f"{stems[c.entry.key]}_c{c.chip.column}_r{c.chip.row}.png",
                class_name=c.class_name,
                subtype=c.subtype,
                lot=c.entry.key.lot,
                wafer=c.entry.key.wafer,
                column=c.chip.column,
                row=c.chip.row,
                point=c.point,
                split=self.splits[c.entry.key],
                accepted=c.seq is None,
                note=c.note,
            )
            for c in self.chips
        ]


def plan_export(record: Record, choice: ExportChoice = ExportChoice()) -> Job[ExportPlan]:
    """Read what stands, wafer by wafer; the last Progress brings the plan, which is empty where nobody has answered.

    Chips that wait for a second person, are disputed or were returned do not go along. Accepted chips never go into
    the test, and none of its lots or wafers lends any to training.
    """
    entries = [e for e in record.wafers(choice.lot) if choice.recipe in (None, _recipe_of(e.recipe_json).name)]
    human: list[PlannedChip] = []
    left_out: Counter[ReviewState] = Counter()
    pace = Pace(len(entries))
    for number, entry in enumerate(entries, 1):
        human += _settled(record, entry, left_out)
        yield Progress(number, len(entries), None, pace.seconds_left(number), "counting")
    splits = assign_splits(c.entry.key for c in human)
    chips = list(human)
    if human and choice.accepted_from is not None:
        spared = [e for e in entries if splits.get(e.key, _split_beside(e.key, splits)) == "train"]
        splits |= {e.key: "train" for e in spared}
        chips += [c for e in spared for c in _accepted(record, e, choice.accepted_from)]
    order = {entry.key: number for number, entry in enumerate(entries)}
    chips.sort(key=lambda c: (order[c.entry.key], c.chip.row, c.chip.column))
    plan = ExportPlan(choice, tuple(chips), splits, dict(left_out))
    yield Progress(len(entries), len(entries), plan, 0.0, "counting")


@dataclass(frozen=True)
class Product:
    """What the record holds of one recipe: its newest version, and its lots in the order in which they came."""

    recipe: Recipe
    lots: tuple[str, ...]


def products(record: Record) -> list[Product]:
    """Every recipe of the record's wafers, in the order in which they came."""
    recipes: dict[str, Recipe] = {}
    lots: dict[str, dict[str, None]] = {}
    for entry in record.wafers():
        recipe = _recipe_of(entry.recipe_json)
        recipes[recipe.name] = recipe
        lots.setdefault(recipe.name, {})[entry.key.lot] = None
    return [Product(recipe, tuple(lots[name])) for name, recipe in recipes.items()]


@lru_cache(maxsize=32)
def _recipe_of(text: str) -> Recipe:
    """The wafers of a lot have one recipe in common: it is read once."""
    return recipe_from_json(text)


def _settled(record: Record, entry: WaferEntry, left_out: Counter[ReviewState]) -> Iterator[PlannedChip]:
    """The chips of a wafer whose answer a person gave, and about which nobody is to be asked again."""
    reviews = record.reviews(entry.key)  # one moment of the record: the answer and whether it is settled
    notes = record.notes(entry.key) if reviews else {}
    for chip, review in reviews.items():
        if review.decision is None or review.decision.new.to_class is None:
            continue
        if not review.state.is_settled:
            left_out[review.state] += 1
            continue
        new = review.decision.new
        note = " / ".join(n.text for n in notes.get(chip, ()))
        yield PlannedChip(entry, chip, str(new.to_class), new.subtype or "", new.point, note, review.decision.seq)


def _accepted(record: Record, entry: WaferEntry, least: float) -> Iterator[PlannedChip]:
    """The chips of a wafer that the machine calls good, surely enough, and that nobody has decided on."""
    recipe, decided = _recipe_of(entry.recipe_json), {d.chip for d in record.decisions(entry.key)}
    for chip, judgement in record.judgements(entry.key).items():
        name = judgement.class_name
        stands = chip not in decided and name in recipe.class_set and judgement.reason(recipe) is None
        if stands and 1.0 - judgement.p_defect >= least:
            yield PlannedChip(entry, chip, str(name))


def assign_splits(keys: Iterable[WaferKey]) -> dict[WaferKey, str]:
    """ "train" or "test" for each wafer, by its lot's name alone; by its own where there are fewer than three lots.

    About a fifth is for testing. A lot that trains never becomes one to test with when others come: where no name
    falls into the fifth, the nearest one does. All are "train" where there are fewer than three wafers, or, of wafers
    of one or two lots, where none falls into the fifth or all do.
    """
    wafers = set(keys)
    lots = {key.lot for key in wafers}
    if len(lots) >= _FEWEST:
        shares = {lot: _share(lot) for lot in lots}
        line = max(_TEST_SHARE, min(shares.values()) + 2.0**-53)
        sides = {lot: "test" if share < line else "train" for lot, share in shares.items()}
        if set(sides.values()) == {"test"}:
            sides[max(shares, key=lambda lot: shares[lot])] = "train"
        return {key: sides[key.lot] for key in wafers}
    own = {key: _share(*key) for key in wafers}
    if len(wafers) < _FEWEST or max(own.values()) < _TEST_SHARE:
        return dict.fromkeys(wafers, "train")
    return {key: "test" if share < _TEST_SHARE else "train" for key, share in own.items()}


def _share(*names: str) -> float:
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64  # 0 to 1, evenly spread


def _split_beside(key: WaferKey, splits: dict[WaferKey, str]) -> str:
    """A wafer that nobody has answered on: "test" where its lot has a wafer there, so that it lends none."""
    return "test" if any(k.lot == key.lot and side == "test" for k, side in splits.items()) else "train"
