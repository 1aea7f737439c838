"""Working copies are kept for so many wafers, or so many gigabytes; what people have looked at stays as chips."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from inspector.exchange.chip_pictures import keep_chips
from inspector.imaging.part_file import clear_unknown
from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import ImageError, InspectorError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe_file import recipe_from_json

_GB = 1e9
_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(GB)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Retention:
    """How much is kept: working copies of so many wafers, and of so many gigabytes (10^9 bytes); None: no limit."""

    wafers: int | None = None
    gigabytes: float | None = None

    @classmethod
    def parse(cls, text: str) -> Retention:
        """ "20" wafers or "50 GB"; "" for no limit. InspectorError for anything else."""
        if not text.strip():
            return cls()
        found = _WRITTEN.fullmatch(text)
        number = float(found[1]) if found else 0.0
        if found is None or number <= 0 or (not found[2] and number != int(number)):
            raise InspectorError(
                f"{text!r} says not what to keep: write a number of wafers (20) or of gigabytes (50GB)."
            )
        return cls(gigabytes=number) if found[2] else cls(wafers=int(number))

    @property
    def is_limited(self) -> bool:
        return self.wafers is not None or self.gigabytes is not None

    def allows(self, copies: Collection[int]) -> bool:
        """copies: the bytes of each."""
        few = self.wafers is None or len(copies) <= self.wafers
        return few and (self.gigabytes is None or sum(copies) <= self.gigabytes * _GB)


def drop_copies(record: Record, retention: Retention, spare: Collection[WaferKey] = ()) -> list[WaferKey]:
    """Deletes the oldest working copies until what is left is allowed; returns whose.

    The newest one stays, and those of wafers that are not judged to the end, that have chips which want eyes, or that
    are to be spared. Chips that people have decided on are written beside the copy first. An image can be opened again:
    then its copy is made anew.
    """
    drop_orphans(record)
    if not retention.is_limited:
        return []
    there = {entry.key: (entry, size) for entry in record.wafers() if (size := _size(record, entry)) is not None}
    dropped: list[WaferKey] = []
    for key, (entry, _) in list(there.items())[:-1]:
        if retention.allows([size for _, size in there.values()]):
            break
        if key not in spare and not has_open_work(record, entry) and _drop(record, entry):
            del there[key]
            dropped.append(key)
    return dropped


def drop_orphans(record: Record) -> list[str]:
    """Deletes working copies that no wafer of the record has, if they are a day old and nobody looks at them.

    A record without wafers knows of none: the copies may be those of one that was moved away, and stay.
    """
    known = record.copies.names()
    return clear_unknown(record.images_folder, known) if known else []


def drop_own_copy(record: Record, key: WaferKey, copy: Path) -> bool:
    """Deletes a copy that this program has made and closed where the record has another one of the same wafer.

    That is so where two programs judged the same new image at the same time.
    """
    entry = record.wafer(key)
    if entry is None or entry.copy_name == copy.name:
        return False
    with suppress(OSError):
        copy.unlink()
    return True


def has_open_work(record: Record, entry: WaferEntry) -> bool:
    """True where a chip is not judged yet, or wants eyes and nobody has decided on it."""
    recipe = recipe_from_json(entry.recipe_json)
    judgements, standing = record.judgements(entry.key), record.standing(entry.key)
    open_chips = [
        chip for chip in entry.placed.chip_ids() if standing.get(chip) is None or not _is_decided(standing[chip].state)
    ]
    return any(
        (judged := judgements.get(chip)) is None
        or judged.class_name not in recipe.class_set
        or judged.reason(recipe) is not None
        for chip in open_chips
    )


def _is_decided(state: AnswerState) -> bool:
    return state is not AnswerState.MACHINE


def _drop(record: Record, entry: WaferEntry) -> bool:
    """False where it has to stay after all: it can't be read, or a program on this computer holds it open."""
    decided = [chip for chip, answer in record.standing(entry.key).items() if _is_decided(answer.state)]
    try:
        keep_chips(record, entry, decided)
        _copy(record, entry).unlink(missing_ok=True)
    except (ImageError, OSError):
        return False
    return True


def _copy(record: Record, entry: WaferEntry) -> Path:
    return record.images_folder / entry.copy_name


def _size(record: Record, entry: WaferEntry) -> int | None:
    """Bytes of a wafer's working copy; None where it has none."""
    try:
        return _copy(record, entry).stat().st_size
    except OSError:
        return None
