"""Exports what people confirmed or relabelled: class folders of chip images and a manifest, ready for training."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from inspector import __version__
from inspector.exchange import export_folder
from inspector.exchange.chip_pictures import chips_of, encode_png
from inspector.exchange.file_names import file_stems
from inspector.records.record import Record, WaferEntry
from inspector.wafer.decision import Decision
from inspector.wafer.errors import DatasetError, RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.manifest import Example, write_manifest
from inspector.wafer.progress import Pace, Progress

_SCHEMA = 1
_TEST_SHARE = 0.2
_FEWEST_WAFERS = 3  # with fewer, a test set would be one wafer or none


@dataclass(frozen=True)
class _Answered:
    """One chip whose standing answer a person gave."""

    entry: WaferEntry
    chip: ChipId
    class_name: str
    decision: Decision


def export(record: Record, folder: Path, lot: str | None = None) -> Generator[Progress[Path], None, None]:
    """Writes every chip that a person confirmed or relabelled to `folder`, with manifest.csv and export.json.

    Yields each image once it is written, the last one once the manifest stands too. The folder is new, empty or an
    earlier export; of that, the files of chips that no longer belong are removed. Unchanged answers give the same
    bytes. Closed early or failed, the folder is as it was. RecordError where nobody has answered yet, DatasetError for
    the folder, ImageError for a working copy that can't be read.
    """
    head = record.head_seq
    answered = _answered(record, lot)
    if not answered:
        where = "in the record" if lot is None else f"in lot {lot!r}"
        raise RecordError(
            f"No chip has been confirmed or relabelled yet {where}: decide on some chips in the station, then export."
        )
    with _explained(folder):
        earlier = export_folder.claim(folder)
        examples = _plan(answered, folder)
        ours = {example.path.relative_to(folder).as_posix() for example in examples}
        kept = export_folder.listed(folder)
        export_folder.write_journal(folder, earlier | ours)
        try:
            with closing(_write_images(record, answered, examples)) as steps:
                for step in steps:
                    if step.done < step.total:
                        yield step
        except BaseException:
            export_folder.remove(folder, (earlier | ours) - kept)
            (folder / export_folder.JOURNAL).unlink(missing_ok=True)
            raise
        export_folder.remove(folder, export_folder.without_twins(folder, earlier - ours, ours))
        _write_facts(folder, examples, head)
    yield step


def _answered(record: Record, lot: str | None) -> list[_Answered]:
    found = []
    for entry in record.wafers(lot):
        for chip, answer in sorted(record.standing(entry.key).items(), key=lambda pair: (pair[0].row, pair[0].column)):
            if answer.is_human and answer.decision is not None and answer.class_name is not None:
                found.append(_Answered(entry, chip, answer.class_name, answer.decision))
    return found


def _plan(answered: list[_Answered], folder: Path) -> list[Example]:
    """What each chip's line in the manifest says, and with it where its image goes."""
    stems = file_stems({a.entry.key: (a.entry.key.lot, a.entry.key.wafer) for a in answered})
    class_folders = file_stems({a.class_name: (a.class_name,) for a in answered})
    splits = assign_splits(a.entry.key for a in answered)
    return [
        Example(
            path=folder / class_folders[a.class_name] / f"{stems[a.entry.key]}_c{a.chip.column}_r{a.chip.row}.png",
            class_name=a.class_name,
            subtype=a.decision.new.subtype or "",
            lot=a.entry.key.lot,
            wafer=a.entry.key.wafer,
            column=a.chip.column,
            row=a.chip.row,
            point=a.decision.new.point,
            split=splits[a.entry.key],
        )
        for a in answered
    ]


def assign_splits(keys: Iterable[WaferKey]) -> dict[WaferKey, str]:
    """ "train" or "test" for each wafer, from its name alone: it stays on its side when other wafers come.

    All are "train" where there are fewer than three, or where none would be left to train on.
    """
    wafers = set(keys)
    shares = {key: _share(key) for key in wafers}
    if len(wafers) < _FEWEST_WAFERS or max(shares.values()) < _TEST_SHARE:
        return dict.fromkeys(wafers, "train")
    return {key: "test" if share < _TEST_SHARE else "train" for key, share in shares.items()}


def _share(key: WaferKey) -> float:
    digest = hashlib.sha256("\0".join(key).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64  # 0 to 1, evenly spread


def _write_images(
    record: Record, answered: list[_Answered], examples: list[Example]
) -> Generator[Progress[Path], None, None]:
    pace, done = Pace(len(examples)), 0
    pairs = zip(answered, examples, strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].entry.key):
        chips = list(group)
        entry = chips[0][0].entry
        with chips_of(record, entry) as picture:
            for one, example in chips:
                example.path.parent.mkdir(exist_ok=True)
                export_folder.replace_bytes(example.path, encode_png(picture(one.chip)))
                done += 1
                yield Progress(done, len(examples), example.path, pace.seconds_left(done), "writing")


def _write_facts(folder: Path, examples: list[Example], head: int) -> None:
    counts = Counter(example.class_name for example in examples)
    facts = {
        "tool": export_folder.TOOL,
        "version": __version__,
        "schema": _SCHEMA,
        "record_head": head,
        "chips": len(examples),
        "classes": dict(counts),
    }
    export_folder.write_json(folder / export_folder.FACTS, facts)
    for class_folder in {example.path.parent for example in examples}:
        export_folder.settle(class_folder)
    write_manifest(folder, examples)
    (folder / export_folder.JOURNAL).unlink()
    export_folder.settle(folder)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatasetError(
            f"The export to {folder} failed ({error.strerror or error}): make room or allow writing there, then export "
            "again."
        ) from error
