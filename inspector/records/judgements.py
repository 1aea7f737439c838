"""Writes and reads the machine's judgements and their evidence, inside a transaction that the caller holds."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from inspector.records.entries import StoredJudgement, now_text
from inspector.records.placements import judged_here, moved_wafers
from inspector.records.rows import on_chips
from inspector.records.schema import evidence, judgement, model
from inspector.wafer.grid import ChipId
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.review import ReviewLimits

_LEVEL = 1  # zlib: three times as fast as the default, and maps of a handful of kB hardly grow
_FAR = 1e9  # novelty
_CHIP = (judgement.c.chip_column, judgement.c.chip_row)


@dataclass(frozen=True)
class PackedJudgement:
    """A judgement with its evidence compressed, ready to be written."""

    chip: ChipId
    judged: Judgement
    packed: bytes


def pack(judged: Sequence[tuple[ChipId, Judgement]]) -> list[PackedJudgement]:
    """Compresses the evidence of many judgements; before the transaction, so that the record is held briefly."""
    with ThreadPoolExecutor(2) as pool:
        packed = list(pool.map(lambda pair: zlib.compress(pair[1].evidence.tobytes(), _LEVEL), judged))
    return [PackedJudgement(chip, found, data) for (chip, found), data in zip(judged, packed, strict=True)]


def insert_judgements(connection: Connection, wafer: int, facts: ModelFacts, judged: Iterable[PackedJudgement]) -> None:
    """Appends judgements and their evidence; a chip whose newest judgement is this model's stays as it is."""
    new = {p.chip: p for p in reversed(list(judged))}  # a chip named twice: its first judgement counts
    for chip in _judged_among(connection, wafer, facts.digest, new.keys()):
        del new[chip]
    if not new:
        return
    model_id, time = _model_id(connection, facts), now_text()
    first = (connection.execute(select(func.max(judgement.c.seq))).scalar_one() or 0) + 1
    numbered = list(enumerate(reversed(new.values()), start=first))
    connection.execute(judgement.insert(), [_judgement_row(seq, wafer, model_id, time, p) for seq, p in numbered])
    connection.execute(evidence.insert(), [_evidence_row(seq, p) for seq, p in numbered])


def _judged_among(connection: Connection, wafer: int, digest: str, chips: Iterable[ChipId]) -> set[ChipId]:
    chips = set(chips)
    if not chips:
        return set()
    rows = [chip.row for chip in chips]
    near = judgement.c.chip_row.between(min(rows), max(rows))
    return judged_chips(connection, wafer, digest, near) & chips


def _model_id(connection: Connection, facts: ModelFacts) -> int:
    values = {
        "name": facts.name,
        "digest": facts.digest,
        "heat_low": float(facts.heat_scale[0]),
        "heat_high": float(facts.heat_scale[1]),
        "classes": json.dumps(facts.classes, ensure_ascii=False),
        "device": facts.device,
        "review_low": None if facts.review_limits is None else float(facts.review_limits.low),
        "review_high": None if facts.review_limits is None else float(facts.review_limits.high),
    }
    same = [model.c[name] == value for name, value in values.items()]
    found = connection.execute(select(model.c.id).where(*same)).scalar()
    if found is None:
        found = (connection.execute(select(func.max(model.c.id))).scalar_one() or 0) + 1
        connection.execute(model.insert().values(id=found, **values))
    return found


def _judgement_row(seq: int, wafer: int, model_id: int, time: str, packed: PackedJudgement) -> dict[str, Any]:
    judged = packed.judged
    return {
        "seq": seq,
        "wafer_id": wafer,
        "chip_column": int(packed.chip.column),
        "chip_row": int(packed.chip.row),
        "model_id": model_id,
        "class_name": judged.class_name,
        "probabilities": judged.probabilities.astype("<f4").tobytes(),
        "p_defect": _finite(judged.p_defect),
        "peak_x": _finite(judged.peak[0]),
        "peak_y": _finite(judged.peak[1]),
        "time": time,
        "novelty": _novelty(judged),
    }


def _evidence_row(seq: int, packed: PackedJudgement) -> dict[str, Any]:
    maps, height, width = packed.judged.evidence.shape
    return {"judgement_seq": seq, "maps": maps, "height": height, "width": width, "packed": packed.packed}


def _novelty(judged: Judgement) -> float | None:
    """Empty where undecided; what is no number, or too large for one, is far from everything."""
    if judged.class_name is None:
        return None
    return float(judged.novelty) if math.isfinite(judged.novelty) else _FAR


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def judged_chips(connection: Connection, wafer: int, digest: str, *only: Any) -> set[ChipId]:
    """The chips of a wafer whose newest judgement that holds is by the model with this digest."""
    holds = (judgement.c.wafer_id == wafer, judged_here(connection, wafer))
    newest = select(func.max(judgement.c.seq)).where(*holds, *only).group_by(*_CHIP)
    query = select(*_CHIP).join(model).where(judgement.c.seq.in_(newest), model.c.digest == digest)
    return {ChipId(column, row) for column, row in connection.execute(query)}


def read_judgements(
    connection: Connection, wafer: int, chips: Collection[ChipId] | None = None
) -> dict[ChipId, StoredJudgement]:
    """The newest judgement that holds of every judged chip, or of some, without evidence, row by row."""
    models = {row.id: _facts(row) for row in connection.execute(select(model))}
    holds = (on_chips(judgement, wafer, chips), judged_here(connection, wafer))
    query = select(judgement).where(*holds).order_by(judgement.c.seq)
    newest = {(row[3], row[2]): row for row in connection.execute(query)}  # by row, column
    return {ChipId(c, r): _stored(newest[r, c], models) for r, c in sorted(newest)}


def judgements_of(connection: Connection, wafer: int, chip: ChipId) -> list[StoredJudgement]:
    """Every judgement that holds of one chip, oldest first."""
    models = {row.id: _facts(row) for row in connection.execute(select(model))}
    query = select(judgement).where(*_of_chip(connection, wafer, chip)).order_by(judgement.c.seq)
    return [_stored(row, models) for row in connection.execute(query)]


def newest_rows(connection: Connection, wafer: int, chips: Collection[ChipId]) -> dict[ChipId, NDArray[np.float32]]:
    """float32 (K,) of each of these chips that is judged: the probabilities of its newest judgement."""
    holds = (on_chips(judgement, wafer, chips), judged_here(connection, wafer))
    columns = (judgement.c.chip_column, judgement.c.chip_row, judgement.c.probabilities)
    query = select(*columns).where(*holds).order_by(judgement.c.seq)
    return {ChipId(x, y): np.frombuffer(row, dtype="<f4") for x, y, row in connection.execute(query)}


def newest_class(connection: Connection, wafer: int, chip: ChipId) -> dict[ChipId, str | None]:
    """The newest judged class of one chip; empty where it is not judged."""
    query = select(judgement.c.class_name).where(*_of_chip(connection, wafer, chip))
    row = connection.execute(query.order_by(judgement.c.seq.desc()).limit(1)).one_or_none()
    return {} if row is None else {chip: row.class_name}


def _of_chip(connection: Connection, wafer: int, chip: ChipId) -> list[ColumnElement[bool]]:
    here = judgement.c.wafer_id == wafer
    place = (judgement.c.chip_row == chip.row, judgement.c.chip_column == chip.column)
    return [here, *place, judged_here(connection, wafer)]


def _facts(row: Row[Any]) -> ModelFacts:
    classes = tuple(json.loads(row.classes))
    limits = None if row.review_low is None else ReviewLimits(row.review_low, row.review_high)
    return ModelFacts(row.name, row.digest, (row.heat_low, row.heat_high), classes, row.device, limits)


def _stored(row: Row[Any], models: dict[int, ModelFacts]) -> StoredJudgement:
    _, _, column, chip_row, model_id, class_name, probabilities, p_defect, x, y, time, novelty = tuple(row)
    return StoredJudgement(
        ChipId(column, chip_row),
        class_name,
        np.frombuffer(probabilities, dtype="<f4"),
        _number(p_defect),
        (_number(x), _number(y)),
        models[model_id],
        datetime.fromisoformat(time),
        math.nan if class_name is None else novelty or 0.0,
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def machine_classes(
    connection: Connection, wafer: int, chips: Collection[ChipId] | None = None
) -> dict[ChipId, str | None]:
    """The newest judged class of every judged chip, or of some, row by row."""
    query = (
        select(*_CHIP, judgement.c.class_name)
        .where(on_chips(judgement, wafer, chips), judged_here(connection, wafer))
        .order_by(judgement.c.chip_row, judgement.c.chip_column, judgement.c.seq)
    )
    return {ChipId(column, row): class_name for column, row, class_name in connection.execute(query)}


def read_evidence(connection: Connection, wafer: int, chip: ChipId) -> NDArray[np.uint8] | None:
    """uint8 (K, h, w) of the chip's newest judgement, None where it has none."""
    query = (
        select(evidence)
        .join(judgement)
        .where(judgement.c.wafer_id == wafer, judgement.c.chip_column == chip.column, judgement.c.chip_row == chip.row)
        .where(judged_here(connection, wafer))
        .order_by(judgement.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return np.frombuffer(zlib.decompress(row.packed), dtype=np.uint8).reshape(row.maps, row.height, row.width)


def count_judged(connection: Connection, only: int | None = None) -> dict[int, int]:
    """How many chips of each wafer, or of one, are judged; wafers without any are left out."""
    chips = select(judgement.c.wafer_id, *_CHIP).where(_of(only)).distinct().subquery()
    query = select(chips.c.wafer_id, func.count().label("chips")).group_by(chips.c.wafer_id)
    counts = {row.wafer_id: row.chips for row in connection.execute(query)}
    moved = [wafer for wafer in moved_wafers(connection) if only in (None, wafer)]
    return counts | {wafer: len(machine_classes(connection, wafer)) for wafer in moved}


def _of(only: int | None) -> ColumnElement[bool]:
    return true() if only is None else judgement.c.wafer_id == only
