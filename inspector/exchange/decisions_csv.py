"""Takes over decisions from a CSV file: every line is checked first, then all are applied or none."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from inspector.records.entries import check_name
from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json

_NEEDED = ("lot", "wafer", "column", "row", "class")
_OPTIONAL = ("subtype", "reason")
_WITHOUT_CLASS = {"unsure": DecisionKind.UNSURE, "exclude": DecisionKind.EXCLUDE}


@dataclass(frozen=True)
class DecisionRow:
    """One line of the file. place: "FILE, line N". answer: a class name, "unsure" or "exclude"."""

    place: str
    key: WaferKey
    chip: ChipId
    answer: str
    subtype: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Applied:
    """How many decisions of each kind a file gave."""

    confirmed: int
    relabelled: int
    unsure: int = 0
    excluded: int = 0

    @property
    def total(self) -> int:
        return self.confirmed + self.relabelled + self.unsure + self.excluded


def read_decisions(path: Path) -> list[DecisionRow]:
    """The lines of a CSV file with the header lot,wafer,column,row,class[,subtype][,reason], in any order of columns.

    RecordError with file and line where the file can't be read or a line is incomplete.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip().lower() for name in next(reader, [])]
            _check_header(header, path)
            return [_row(header, cells, f"{path}, line {reader.line_num}") for cells in reader if any(cells)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise RecordError(f"{path} can't be read ({error}): save it as a UTF-8 CSV file.") from error
    except OSError as error:
        raise RecordError(f"{path} can't be read ({error.strerror}): check the path.") from error


def _check_header(header: list[str], path: Path) -> None:
    wanted = ",".join(_NEEDED) + "[,subtype][,reason]"
    strange = [name for name in header if name not in _NEEDED + _OPTIONAL]
    lacking = [name for name in _NEEDED if name not in header]
    if strange or lacking or len(set(header)) != len(header):
        raise RecordError(f"{path}, line 1: the header is {','.join(header)!r}: write {wanted}.")


def _row(header: list[str], cells: list[str], place: str) -> DecisionRow:
    if len(cells) != len(header):
        raise RecordError(f"{place}: {len(cells)} cells under a header of {len(header)}: quote cells that hold commas.")
    typed = dict(zip(header, cells, strict=True))
    row = {name: cell.strip() for name, cell in typed.items()}
    if not row["class"]:
        raise RecordError(f"{place}: the class is missing: fill it in.")
    try:
        chip = ChipId(int(row["column"]), int(row["row"]))
    except ValueError as error:
        raise RecordError(f"{place}: column and row must be whole numbers: mend that line.") from error
    key = WaferKey(typed["lot"], typed["wafer"])
    return DecisionRow(place, key, chip, row["class"], row.get("subtype", ""), row.get("reason", ""))


def apply(record: Record, rows: list[DecisionRow], operator: str) -> Applied:
    """Appends one decision for each row in one transaction: a confirmation where the machine said the same.

    RecordError with file and line where a wafer, chip, class or subtype is unknown; then nothing is applied.
    """
    check_name(operator, "The operator's name")
    entries: dict[WaferKey, WaferEntry] = {}
    by_wafer: dict[WaferKey, list[DecisionRow]] = {}
    seen: dict[tuple[WaferKey, ChipId], DecisionRow] = {}
    for row in rows:
        entry = entries.get(row.key) or _wafer(record, row)
        entries[row.key] = entries[entry.key] = entry
        earlier = seen.setdefault((entry.key, row.chip), row)
        if earlier is not row:
            raise RecordError(f"{row.place}: the chip stands at {earlier.place} too: keep one of the two lines.")
        by_wafer.setdefault(entry.key, []).append(row)
    decisions = []
    for key, of_wafer in by_wafer.items():
        decisions += [(key, new) for new in _decide(record, entries[key], of_wafer, operator)]
    kinds = Counter(decision.kind for decision in record.append_many(decisions))
    return Applied(
        kinds[DecisionKind.CONFIRM],
        kinds[DecisionKind.RELABEL],
        kinds[DecisionKind.UNSURE],
        kinds[DecisionKind.EXCLUDE],
    )


def _wafer(record: Record, row: DecisionRow) -> WaferEntry:
    typed = row.key
    entry = record.wafer(typed) or record.wafer(WaferKey(typed.lot.strip(), typed.wafer.strip()))
    if entry is None:
        raise RecordError(
            f"{row.place}: the record has no wafer {typed.wafer!r} in lot {typed.lot!r}: check the names, or judge its "
            "image first."
        )
    return entry


def _decide(record: Record, entry: WaferEntry, rows: list[DecisionRow], operator: str) -> list[NewDecision]:
    recipe = _recipe(entry.recipe_json)
    chips = set(entry.placed.chip_ids())
    judged, standing = record.judgements(entry.key), record.standing(entry.key)
    made = []
    for row in rows:
        if row.chip not in chips:
            raise RecordError(
                f"{row.place}: wafer {entry.key.wafer!r} has no chip in column {row.chip.column}, row {row.chip.row}: "
                "mend the numbers."
            )
        machine = judged[row.chip].class_name if row.chip in judged else None
        before = standing[row.chip].class_name if row.chip in standing else None
        made.append(_decision(row, recipe, machine, before, operator))
    return made


@lru_cache(maxsize=8)
def _recipe(text: str) -> Recipe:
    return recipe_from_json(text)


def _decision(row: DecisionRow, recipe: Recipe, machine: str | None, before: str | None, operator: str) -> NewDecision:
    if row.answer in recipe.class_set:
        known = recipe.class_set[row.answer].subtypes
        kind = DecisionKind.CONFIRM if row.answer == machine else DecisionKind.RELABEL
        to_class: str | None = row.answer
    elif row.answer in _WITHOUT_CLASS:
        known, kind, to_class = (), _WITHOUT_CLASS[row.answer], None
    else:
        names = ", ".join(recipe.class_set.names)
        raise RecordError(f"{row.place}: recipe {recipe.name!r} has no class {row.answer!r}: write one of {names}.")
    if row.subtype and row.subtype not in known:
        choice = f"write one of {', '.join(known)}" if known else "leave it empty"
        raise RecordError(f"{row.place}: {row.answer!r} has no sub-type {row.subtype!r}: {choice}.")
    return NewDecision(row.chip, kind, operator, before, to_class, row.subtype or None, row.reason)
