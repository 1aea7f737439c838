"""What an evaluation leaves in a folder: figures, tables, lists of lots, wafers and wrong chips, and pictures."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.learning.figures.evaluation import Evaluation
from inspector.learning.figures.groups import LotFigures, WaferFigures, lots
from inspector.learning.model_card import make_folder, replace_file
from inspector.wafer import scores
from inspector.wafer.errors import printable

_GROUP = ("chips", "good", "defects", "accuracy", "pass_fail_accuracy", "escapes", "overkills")
_LOT = ("lot", "wafers", *_GROUP, "lowest", "first_quartile", "median", "third_quartile", "highest")


def write_evaluation(found: Evaluation, out: Path) -> None:
    """evaluation.json, table.txt and table.md; lots.csv, wafers.csv and wrong.csv; and the pictures calibration.png,
    risk_coverage.png, lots.png and wrong.png. A picture that would show nothing is taken away."""
    make_folder(out)
    text = json.dumps(found.full_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    replace_file(out / "evaluation.json", text.encode())
    replace_file(out / "table.txt", found.table().encode())
    replace_file(out / "table.md", found.markdown().encode())
    by_lot = lots(found)
    replace_file(out / "lots.csv", _table([_LOT, *(_lot_row(lot) for lot in by_lot)]))
    wafers = (("lot", "wafer", *_GROUP), *((w.lot, w.wafer, *_group_row(w)) for lot in by_lot for w in lot.wafers))
    replace_file(out / "wafers.csv", _table(wafers))
    replace_file(out / "wrong.csv", _wrong_table(found))
    _draw(found, by_lot, out)


def _draw(found: Evaluation, by_lot: Sequence[LotFigures], out: Path) -> None:
    from inspector.learning.figures import contact_sheet, plots  # matplotlib takes its time to load

    verdict, named = found.verdict_risk(), found.class_risk()
    with plots.drawing():
        for name, figure in (
            ("calibration.png", plots.calibration(found.calibration(), found.ece)),
            ("risk_coverage.png", plots.risk_coverage(verdict, named, found) if verdict and named else None),
            ("lots.png", plots.lots(by_lot) if by_lot else None),
            ("wrong.png", contact_sheet.wrong_chips(found) if found.wrong.any() and found.judged.examples else None),
        ):
            if figure is None:
                (out / name).unlink(missing_ok=True)
            else:
                replace_file(out / name, plots.png(figure))


def worst_first(found: Evaluation) -> NDArray[np.int64]:
    """The wrong chips: undecided, escapes, overkills, then wrong classes with the right verdict; in each the surest
    mistake (the least probability of the true class) first."""
    wrong = np.flatnonzero(found.wrong)
    truth = found.judged.rows[wrong, found.judged.labels[wrong]]
    side = np.where(found.wrong_verdict[wrong], np.where(found.is_defect[wrong], 1, 2), 3)
    side = np.where(found.judged_class[wrong] < 0, 0, side)
    order = np.lexsort((np.nan_to_num(truth, nan=-1.0), side))
    return np.asarray(wrong[order])


def _wrong_table(found: Evaluation) -> bytes:
    names = found.classes.names
    chip = ("path", "lot", "wafer", "column", "row", "class", "subtype", "borderline")
    answer = ("judged", "p_defect", "review", "novelty", "peak_x", "peak_y", *(f"p_{name}" for name in names))
    return _table([(*chip, *answer), *(_wrong_row(found, int(i)) for i in worst_first(found))])


def _wrong_row(found: Evaluation, index: int) -> tuple[object, ...]:
    judged, names = found.judged, found.classes.names
    which, reason = int(found.judged_class[index]), judged.reasons[index]
    place: tuple[object, ...] = ("",) * 5
    about: tuple[object, ...] = ("",) * 2
    if judged.examples:
        example = judged.examples[index]
        place = (printable(example.path), example.lot, example.wafer, example.column, example.row)
        about = (example.subtype, int(example.borderline))
    return (
        *place,
        names[judged.labels[index]],
        *about,
        names[which] if which >= 0 else "undecided",
        _number(found.p_defect[index]),
        reason.value if reason else "",
        _number(judged.novelty[index]),
        *(_number(v) for v in judged.peaks[index]),
        *(_number(v) for v in judged.rows[index]),
    )


def _number(value: float) -> str:
    return f"{float(value):.6g}" if math.isfinite(value) else ""


def _group_row(group: WaferFigures) -> tuple[object, ...]:
    found, missed, rejected, passed = group.pass_fail
    return (
        group.chips,
        rejected + passed,
        found + missed,
        _number(scores.accuracy(group.counts) or 0.0),
        _number(group.agreement),
        missed,
        rejected,
    )


def _lot_row(lot: LotFigures) -> tuple[object, ...]:
    return (lot.lot, len(lot.wafers), *_group_row(lot.whole), *(_number(v) for v in lot.box))


def _table(rows: Sequence[Sequence[object]]) -> bytes:
    """CSV in UTF-8; an unknown value is an empty cell."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([["" if v is None else v for v in row] for row in rows])
    return stream.getvalue().encode()
