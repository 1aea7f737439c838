"""A data set's report as files that other programs read: counts.csv, duplicates.csv, warnings.txt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from inspector.exchange.dataset_check.check import DatasetReport
from inspector.exchange.dataset_check.counts import PARTS, GroupCount
from inspector.wafer.errors import DatasetError

_COUNTS = ("class", "subtype", "verdict", "images", "share", *PARTS, "borderline", "located", "known_empty", "points")
_TWINS = ("family", "kind", "agreement", "first", "second", "view", "shift_x", "shift_y")


def write_report(report: DatasetReport, out: Path) -> list[Path]:
    """Write the three files, each whole or not at all, and return their paths.

    DatasetError where the folder can't be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"The folder {out} can't be made ({error.strerror}): name another one.") from error
    warnings = "".join(f"{c.kind}: {report.told(c)}\n" for c in report.concerns)
    texts = {
        "counts.csv": _table(_COUNTS, _count_rows(report)),
        "duplicates.csv": _table(_TWINS, _twin_rows(report)),
        "warnings.txt": warnings,
    }
    return [_replace(out / name, text) for name, text in texts.items()]


def _count_rows(report: DatasetReport) -> Iterable[Sequence[object]]:
    for c in report.classes:
        yield _row(c.name, "", c.verdict, c)
        for s in c.subtypes:
            yield _row(c.name, s.name or "(none)", c.verdict, s)


def _row(class_name: str, subtype: str, verdict: str, c: GroupCount) -> Sequence[object]:
    parts = [c.parts.get(part, 0) for part in PARTS]
    return (
        class_name,
        subtype,
        verdict,
        c.images,
        f"{c.share:.4f}",
        *parts,
        c.borderline,
        c.located,
        c.known_empty,
        c.points,
    )


def _twin_rows(report: DatasetReport) -> Iterable[Sequence[object]]:
    for t in report.twins:
        yield (t.family, t.kind, f"{t.agreement:.3f}", report.short(t.first), report.short(t.second), t.view, *t.shift)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def _replace(path: Path, text: str) -> Path:
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    partial.replace(path)
    return path
