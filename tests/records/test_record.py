from __future__ import annotations

import dataclasses
import math
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import record_fakes as fakes
from sqlalchemy import event

from inspector.records.record import Record
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits, ReviewReason

KEY = fakes.KEY
CLASSES = [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}]
RECIPE = Recipe.model_validate({"product": {"name": "tiny"}, "grid": {"kind": "whole"}, "classes": CLASSES})
A, B, C = ChipId(1, 0), ChipId(2, 0), ChipId(1, 1)


def test_that_a_wafer_comes_back_exactly_as_it_was_added(record: Record) -> None:
    assert record.wafer(KEY) == fakes.entry()


def test_that_a_source_path_that_is_not_utf8_comes_back(record: Record) -> None:
    odd = dataclasses.replace(fakes.entry(WaferKey("L1", "odd")), source="/images/\udcff.tif")

    record.add_wafer(odd)

    assert record.wafer(odd.key) == odd


def test_that_adding_the_same_wafer_again_changes_nothing(record: Record) -> None:
    record.add_wafer(dataclasses.replace(fakes.entry(), source="/elsewhere/w1.tif"))

    assert record.wafers() == [fakes.entry()]


def test_that_another_image_under_a_known_name_is_refused(record: Record) -> None:
    with pytest.raises(RecordError, match=r"'W1' of lot 'L1' is in the record with another image .*another wafer name"):
        record.add_wafer(fakes.entry(sha256="bb"))


def test_that_wafers_are_listed_by_lot_in_the_order_of_adding(record: Record) -> None:
    for key in (WaferKey("L2", "W9"), WaferKey("L1", "W0")):
        record.add_wafer(fakes.entry(key))

    assert [e.key for e in record.wafers("L1")] == [KEY, ("L1", "W0")]
    assert [e.key.lot for e in record.wafers()] == ["L1", "L2", "L1"]
    assert record.wafer(WaferKey("L3", "W1")) is None


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "a\nb", "x" * 201, "bad\udcff"])
def test_that_a_name_that_can_not_be_kept_is_refused(record: Record, name: str) -> None:
    with pytest.raises(RecordError, match="choose another name"):
        record.add_wafer(fakes.entry(WaferKey("L1", name)))


@pytest.mark.parametrize("name", ["=1+1", "../../etc", "ロット 7", "x" * 200, "é", "e\u0301", "a'b\"c;--"])
def test_that_any_text_is_a_name(record: Record, name: str) -> None:
    key = WaferKey(name, name)

    record.add_wafer(fakes.entry(key))

    assert record.wafer(key) == fakes.entry(key)


def test_that_a_judgement_comes_back_exactly(record: Record) -> None:
    judged = fakes.judgement("pit", 0.75)

    record.add_judgements(KEY, fakes.facts(), [(A, judged)])

    stored = record.judgements(KEY)[A]
    assert (stored.chip, stored.class_name, stored.p_defect, stored.peak) == (A, "pit", 0.75, (3.25, 4.5))
    assert stored.model == fakes.facts()
    assert stored.probabilities.dtype == np.float32
    np.testing.assert_array_equal(stored.probabilities, judged.probabilities)
    np.testing.assert_array_equal(record.evidence(KEY, A), judged.evidence)


def test_that_an_undecided_judgement_is_kept_as_undecided(record: Record) -> None:
    record.add_judgements(KEY, fakes.facts(), [(A, fakes.judgement(None, math.nan))])

    stored = record.judgements(KEY)[A]
    assert stored.class_name is None
    assert math.isnan(stored.p_defect)
    assert record.standing(KEY)[A].class_name is None


def test_that_reading_judgements_does_not_touch_the_evidence(record: Record) -> None:
    record.add_judgements(KEY, fakes.facts(), [(A, fakes.judgement())])
    asked: list[str] = []
    event.listen(record._file.engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))

    record.judgements(KEY)

    assert any("FROM judgement" in statement for statement in asked)
    assert not any("evidence" in statement for statement in asked)


def test_that_the_same_weights_judge_a_chip_once(record: Record) -> None:
    record.add_judgements(KEY, fakes.facts(), [(A, fakes.judgement("clean", fill=1))])
    record.add_judgements(
        KEY, fakes.facts(device="cuda"), [(A, fakes.judgement("pit", fill=2)), (B, fakes.judgement("pit", fill=3))]
    )

    assert {c: j.class_name for c, j in record.judgements(KEY).items()} == {A: "clean", B: "pit"}
    assert record.judged_chips(KEY, "d1") == {A, B}
    assert record.evidence(KEY, A).max() == 1  # type: ignore[union-attr]


def test_that_a_later_model_stands_and_the_older_judgement_stays(record: Record, record_file: Path) -> None:
    record.add_judgements(KEY, fakes.facts("old"), [(A, fakes.judgement("clean", fill=1))])
    record.add_judgements(KEY, fakes.facts("new"), [(A, fakes.judgement("pit", fill=2))])

    assert record.judgements(KEY)[A].model.digest == "new"
    assert record.evidence(KEY, A).max() == 2  # type: ignore[union-attr]
    assert record.judged_chips(KEY, "old") == set()
    assert record.judged_chips(KEY, "new") == {A}
    with closing(sqlite3.connect(record_file)) as raw:
        assert raw.execute("SELECT class_name FROM judgement ORDER BY seq").fetchall() == [("clean",), ("pit",)]


def test_that_going_back_to_an_older_model_makes_its_judgement_stand_again(record: Record) -> None:
    old, new = fakes.facts("old"), fakes.facts("new")
    for facts, name in ((old, "clean"), (new, "pit"), (old, "clean")):
        record.add_judgements(KEY, facts, [(A, fakes.judgement(name))])

    assert record.judgements(KEY)[A].class_name == "clean"
    assert record.judged_chips(KEY, "old") == {A}


def test_that_nothing_is_known_of_a_wafer_that_was_never_added(record: Record) -> None:
    stranger = WaferKey("L9", "W9")

    assert record.judgements(stranger) == {}
    assert record.standing(stranger) == {}
    assert record.decisions(stranger) == []
    assert record.judged_chips(stranger, "d1") == set()
    assert record.evidence(stranger, A) is None
    assert record.evidence(KEY, A) is None


def test_that_writing_to_an_unknown_wafer_is_refused(record: Record) -> None:
    stranger = WaferKey("L9", "W9")

    with pytest.raises(RecordError, match="no wafer 'W9' in lot 'L9'"):
        record.append(stranger, [fakes.confirm(A)])
    with pytest.raises(RecordError, match="no wafer 'W9' in lot 'L9'"):
        record.add_judgements(stranger, fakes.facts(), [(A, fakes.judgement())])
    with pytest.raises(RecordError, match="no wafer 'W9' in lot 'L9'"):
        record.withdraw(stranger, [1], "aki")


def test_that_a_record_that_was_moved_while_open_is_noticed(record: Record, record_file: Path) -> None:
    record_file.rename(record_file.with_name("moved.db"))

    with pytest.raises(RecordError, match="was moved or replaced while it was open: open it again"):
        record.append(KEY, [fakes.confirm(A)])


def test_that_the_working_copies_lie_beside_the_record(record: Record, record_file: Path) -> None:
    assert record.images_folder == record_file.with_name("r.images")
    assert record.images_folder.is_dir()


def test_that_novelty_and_the_limits_of_its_model_come_back(record: Record) -> None:
    facts = dataclasses.replace(fakes.facts(), review_limits=ReviewLimits(0.012, 0.97))
    news = [dataclasses.replace(fakes.judgement(), novelty=n) for n in (0.25, math.inf)]
    news.append(dataclasses.replace(fakes.judgement(None, math.nan), novelty=math.nan))
    chips = [ChipId(1, 0), ChipId(2, 0), ChipId(3, 0)]

    record.add_judgements(fakes.KEY, facts, list(zip(chips, news, strict=True)))

    known, far, undecided = (record.judgements(fakes.KEY)[chip] for chip in chips)
    assert known.model.review_limits == ReviewLimits(0.012, 0.97)
    assert known.novelty == 0.25
    assert far.novelty > 1e6
    assert math.isnan(undecided.novelty)


def test_that_the_same_weights_with_other_limits_are_another_row(record: Record) -> None:
    for chip, low in ((ChipId(1, 0), 0.05), (ChipId(2, 0), 0.2)):
        facts = dataclasses.replace(fakes.facts(), review_limits=ReviewLimits(low, 0.95))
        record.add_judgements(fakes.KEY, facts, [(chip, fakes.judgement("clean", 0.1))])

    reasons = [j.reason(RECIPE) for j in record.judgements(fakes.KEY).values()]
    assert reasons == [ReviewReason.BORDERLINE, None]


def test_that_a_judgement_from_before_the_limits_follows_the_recipe(record: Record) -> None:
    record.add_judgements(fakes.KEY, fakes.facts(), [(ChipId(1, 0), fakes.judgement("clean", 0.1))])

    stored = record.judgements(fakes.KEY)[ChipId(1, 0)]

    assert stored.limits(RECIPE) == ReviewLimits(0.05, 0.95)
    assert stored.reason(RECIPE) is ReviewReason.BORDERLINE
