from __future__ import annotations

import dataclasses

import pytest
import record_fakes as fakes

from inspector.records.record import Record
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey

KEY = fakes.KEY
A, B, C = ChipId(1, 0), ChipId(2, 0), ChipId(1, 1)
PITCH = 31.5


def _judge(record: Record, *chips: ChipId, digest: str = "d1", name: str = "clean") -> None:
    record.add_judgements(KEY, fakes.facts(digest), [(chip, fakes.judgement(name)) for chip in chips])


def test_that_a_moved_grid_is_the_wafers_grid_and_the_trail_keeps_every_place(record: Record) -> None:
    moved = record.move_grid(KEY, fakes.shifted(5), "aki")

    entry = record.wafer(KEY)
    assert entry is not None
    assert entry.placed == fakes.shifted(5)
    assert record.wafers()[0].placed == fakes.shifted(5)
    first, second = record.placements(KEY)
    assert (first.seq, first.placed, first.operator) == (0, fakes.entry().placed, "")
    assert second == moved


def test_that_partial_and_unphotographed_chips_come_back(record: Record) -> None:
    placed = dataclasses.replace(fakes.shifted(0), partial=frozenset({A}), not_imaged=frozenset({B, C}))

    record.move_grid(KEY, placed, "aki")

    assert record.placements(KEY)[1].placed == placed


@pytest.mark.parametrize(("x", "still"), [(0.0, {A, B}), (0.9, {A, B}), (1.1, set()), (40.0, set())])
def test_that_chips_moved_by_more_than_a_pixel_are_not_judged(record: Record, x: float, still: set[ChipId]) -> None:
    _judge(record, A, B)

    record.move_grid(KEY, fakes.shifted(x), "aki")

    assert record.judged_chips(KEY, "d1") == still
    assert set(record.judgements(KEY)) == still
    assert record.counts()[KEY].judged == record.count(KEY).judged == len(still)
    assert (record.evidence(KEY, A) is not None) == bool(still)
    assert set(record.standing(KEY)) == still


def test_that_small_moves_add_up(record: Record) -> None:
    _judge(record, A)
    record.move_grid(KEY, fakes.shifted(0.7), "aki")
    assert record.judged_chips(KEY, "d1") == {A}

    record.move_grid(KEY, fakes.shifted(1.4), "aki")

    assert record.judged_chips(KEY, "d1") == set()


def test_that_only_the_chips_of_a_turned_grid_that_moved_are_judged_again(record: Record) -> None:
    chips = fakes.entry().placed.chip_ids()
    _judge(record, *chips)
    a, b, c, d, e, f = fakes.entry().placed.matrix
    turned = dataclasses.replace(fakes.entry().placed, matrix=(a, b + 0.01, c, d - 0.01, e, f))

    record.move_grid(KEY, turned, "aki")

    still = record.judged_chips(KEY, "d1")
    assert 0 < len(still) < len(chips)
    assert ChipId(1, 0) in still
    assert ChipId(3, 2) not in still


def test_that_a_moved_chip_is_judged_again_by_the_same_weights(record: Record) -> None:
    _judge(record, A, B)
    record.move_grid(KEY, fakes.shifted(5), "aki")

    _judge(record, A, name="pit")

    assert record.judged_chips(KEY, "d1") == {A}
    assert record.judgements(KEY)[A].class_name == "pit"
    assert record.counts()[KEY].judged == 1


def test_that_a_grid_that_comes_back_brings_its_judgements_and_decisions_back(record: Record) -> None:
    _judge(record, A, B)
    record.append(KEY, [fakes.relabel(A, "scratch")])
    record.move_grid(KEY, fakes.shifted(PITCH), "aki")
    _judge(record, A, name="pit")
    record.append(KEY, [fakes.confirm(A, "pit")])
    assert record.standing(KEY)[A].class_name == "pit"

    record.move_grid(KEY, fakes.entry().placed, "aki")

    assert record.judged_chips(KEY, "d1") == {A, B}
    assert record.judgements(KEY)[A].class_name == "clean"
    assert record.standing(KEY)[A].class_name == "scratch"


def test_that_chips_that_became_partial_are_not_judged_and_their_decisions_stand(record: Record) -> None:
    _judge(record, A, B)
    record.append(KEY, [fakes.confirm(A)])

    record.move_grid(KEY, dataclasses.replace(fakes.entry().placed, partial=frozenset({A})), "aki")

    assert record.judged_chips(KEY, "d1") == {B}
    assert record.standing(KEY)[A].state is AnswerState.CONFIRMED


@pytest.mark.parametrize(("share", "stands"), [(0.45, True), (0.55, False), (-1.0, False)])
def test_that_a_decision_stands_up_to_half_a_pitch(record: Record, share: float, stands: bool) -> None:
    _judge(record, A)
    decided = record.append(KEY, [fakes.relabel(A, "pit")])

    record.move_grid(KEY, fakes.shifted(share * PITCH), "aki")

    assert record.decisions(KEY) == decided
    assert record.standing(KEY)[A].class_name == ("pit" if stands else None)
    assert record.lapsed(KEY) == (frozenset() if stands else {decided[0].seq})
    assert record.counts()[KEY].decided == int(stands)


def test_that_another_wafer_keeps_its_judgements_and_decisions(record: Record) -> None:
    other = WaferKey("L1", "W2")
    record.add_wafer(fakes.entry(other))
    record.add_judgements(other, fakes.facts(), [(A, fakes.judgement())])
    record.append(other, [fakes.confirm(A)])

    record.move_grid(KEY, fakes.shifted(PITCH), "aki")

    assert record.judged_chips(other, "d1") == {A}
    assert record.counts()[other] == (1, 1)
    assert record.lapsed(other) == frozenset()


def test_that_a_lapsed_decision_can_still_be_withdrawn_and_taken_anew(record: Record) -> None:
    _judge(record, A)
    (first,) = record.append(KEY, [fakes.relabel(A, "pit")])
    record.move_grid(KEY, fakes.shifted(PITCH), "aki")
    record.append(KEY, [fakes.relabel(A, "scratch")])

    record.withdraw(KEY, [first.seq], "aki")

    assert record.standing(KEY)[A].class_name == "scratch"
    assert record.counts()[KEY].decided == 1


def test_that_chips_judged_on_the_grid_of_before_are_left_out(record: Record) -> None:
    before = fakes.entry().placed
    record.move_grid(KEY, dataclasses.replace(before, partial=frozenset({B})), "aki")
    late = [(A, fakes.judgement()), (B, fakes.judgement())]

    record.add_judgements(KEY, fakes.facts(), late, before)
    assert record.judged_chips(KEY, "d1") == {A}

    record.move_grid(KEY, fakes.shifted(9), "aki")
    record.add_judgements(KEY, fakes.facts(), late, before)
    assert record.judged_chips(KEY, "d1") == set()


def test_that_a_grid_of_other_columns_leaves_what_lies_where_it_lay(record: Record) -> None:
    _judge(record, A, ChipId(3, 2))
    smaller = fakes.entry(columns=3).placed

    record.move_grid(KEY, smaller, "aki")

    assert record.judged_chips(KEY, "d1") == {A}


@pytest.mark.parametrize("operator", ["", "  "])
def test_that_a_grid_is_moved_by_somebody(record: Record, operator: str) -> None:
    with pytest.raises(RecordError, match="operator"):
        record.move_grid(KEY, fakes.shifted(5), operator)

    assert len(record.placements(KEY)) == 1


def test_that_no_grid_of_an_unknown_wafer_is_moved(record: Record) -> None:
    nobody = WaferKey("L1", "W9")
    with pytest.raises(RecordError, match="no wafer 'W9'"):
        record.move_grid(nobody, PlacedGrid(fakes.entry().placed.grid), "aki")

    assert record.placements(nobody) == []
    assert record.lapsed(nobody) == frozenset()


def test_that_a_wafer_that_was_added_while_it_was_read_gets_its_fingerprint_once(record: Record) -> None:
    key = WaferKey("L1", "W2")
    unread = dataclasses.replace(fakes.entry(key, sha256=""), stamp="9:1")
    record.add_wafer(unread)
    record.add_wafer(unread)
    assert record.wafer(key) == unread

    record.finish_wafer(key, "cc")
    record.finish_wafer(key, "cc")

    assert record.wafer(key) == dataclasses.replace(unread, sha256="cc")
    record.add_wafer(fakes.entry(key, sha256="cc"))
    for refused in (lambda: record.finish_wafer(key, "dd"), lambda: record.add_wafer(fakes.entry(key, sha256="dd"))):
        with pytest.raises(RecordError, match="another image"):
            refused()


def test_that_an_unread_image_with_another_stamp_is_another_image(record: Record) -> None:
    key = WaferKey("L1", "W2")
    record.add_wafer(dataclasses.replace(fakes.entry(key, sha256=""), stamp="9:1"))

    with pytest.raises(RecordError, match="another image"):
        record.add_wafer(dataclasses.replace(fakes.entry(key, sha256="dd"), stamp="9:2"))


def test_that_a_withdrawn_wafer_is_gone_and_its_name_is_free_again(record: Record) -> None:
    _judge(record, A)
    record.append(KEY, [fakes.confirm(A)])

    record.withdraw_wafer(KEY, "its image changed while it was read")

    assert record.wafer(KEY) is None
    assert (record.wafers(), record.counts(), record.judgements(KEY)) == ([], {}, {})
    again = fakes.entry(sha256="bb")
    record.add_wafer(again)
    assert record.wafers() == [again]
    assert record.judged_chips(KEY, "d1") == set()
    assert record.counts() == {KEY: (0, 0)}
    with pytest.raises(RecordError, match="another image"):
        record.add_wafer(fakes.entry())


@pytest.mark.parametrize("reason", ["", " "])
def test_that_a_wafer_is_withdrawn_for_a_reason(record: Record, reason: str) -> None:
    with pytest.raises(RecordError, match="without a reason"):
        record.withdraw_wafer(KEY, reason)

    assert record.wafer(KEY) is not None
