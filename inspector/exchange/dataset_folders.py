"""Exports settled answers: class folders of chip images and a manifest, ready for training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path

from inspector import __version__
from inspector.exchange import export_folder
from inspector.exchange.chip_pictures import chips_of, encode_png
from inspector.exchange.export_plan import ExportChoice, ExportPlan, PlannedChip, plan_export
from inspector.records.record import Record
from inspector.wafer.errors import DatasetError, RecordError, printable
from inspector.wafer.manifest import Example, write_manifest
from inspector.wafer.progress import Pace, Progress
from inspector.wafer.roles import Act

_SCHEMA = 2


def export(
    record: Record,
    folder: Path,
    choice: ExportChoice = ExportChoice(),  # noqa: B008
) -> Generator[Progress[Path], None, None]:
    """Writes the chips that `plan_export` chooses to `folder`, with manifest.csv and export.json.

    Yields each image once it is written, the last one once the manifest stands too. The folder is new, empty or an
    earlier export; of that, the files of chips that no longer belong are removed. Unchanged answers give the same
    bytes. Closed early or failed, the folder is as it was. RecordError where nobody has answered yet, RoleError where
    whoever has signed in may not export, DatasetError for the folder, ImageError for a working copy that can't be read.
    """
    record.people.permit(Act.EXPORT, printable(folder))
    plan = None
    with closing(plan_export(record, choice)) as counting:
        for count in counting:
            plan = count.found or plan
            yield Progress(count.done, count.total, None, count.seconds_left, count.phase)
    assert plan is not None, "planning ends with a plan"
    if not plan.chips:
        where = "in the record" if choice.lot is None else f"in lot {choice.lot!r}"
        raise RecordError(
            f"No chip has been confirmed or relabelled yet {where}: decide on some chips in the station, then export."
        )
    with _explained(folder):
        earlier = export_folder.claim(folder)
        examples = plan.examples(folder)
        ours = {example.path.relative_to(folder).as_posix() for example in examples}
        kept = export_folder.listed(folder)
        export_folder.write_journal(folder, earlier | ours)
        try:
            with closing(_write_images(record, plan.chips, examples)) as steps:
                for step in steps:
                    if step.done < step.total:
                        yield step
        except BaseException:
            export_folder.remove(folder, (earlier | ours) - kept)
            (folder / export_folder.JOURNAL).unlink(missing_ok=True)
            raise
        export_folder.remove(folder, export_folder.without_twins(folder, earlier - ours, ours))
        _write_facts(folder, examples, plan)
    yield step


def _write_images(
    record: Record, planned: Sequence[PlannedChip], examples: list[Example]
) -> Generator[Progress[Path], None, None]:
    pace, done = Pace(len(examples)), 0
    pairs = zip(planned, examples, strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].entry.key):
        chips = list(group)
        entry = chips[0][0].entry
        with chips_of(record, entry) as picture:
            for one, example in chips:
                example.path.parent.mkdir(exist_ok=True)
                export_folder.replace_bytes(example.path, encode_png(picture(one.chip)))
                done += 1
                yield Progress(done, len(examples), example.path, pace.seconds_left(done), "writing")


def _write_facts(folder: Path, examples: list[Example], plan: ExportPlan) -> None:
    counts = Counter(example.class_name for example in examples)
    facts = {
        "tool": export_folder.TOOL,
        "version": __version__,
        "schema": _SCHEMA,
        "record_head": plan.head,
        "chips": len(examples),
        "classes": dict(counts),
        "accepted_from": plan.choice.accepted_from,
        "accepted": sum(example.accepted for example in examples),
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
