"""Counts over the whole record are those of the fold, chip by chip, however the record came about."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import record_fakes as fakes

from inspector.records.record import Record
from inspector.records.review_counts import Decided
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import NewOpinion, OpinionKind

KEY = fakes.KEY
OTHER = WaferKey("L1", "W2")
A, B, C, D = ChipId(1, 0), ChipId(2, 0), ChipId(3, 0), ChipId(0, 1)


def _judge(record: Record, key: WaferKey = KEY, digest: str = "d1", **classes: str) -> None:
    chips = {"a": A, "b": B, "c": C, "d": D}
    judged = [(chips[name], fakes.judgement(found)) for name, found in classes.items()]
    record.add_judgements(key, fakes.facts(digest), judged)


def _folded(record: Record, key: WaferKey = KEY) -> Counter[Decided]:
    """What the slow way says."""
    machine = {chip: j.class_name for chip, j in record.judgements(key).items()}
    return Counter(
        Decided(machine.get(chip), str(a.class_name), (a.decision.new.subtype if a.decision else "") or "")
        for chip, a in record.standing(key).items()
        if a.is_human
    )


def test_that_the_last_decision_of_a_chip_counts_beside_its_newest_judgement(record: Record) -> None:
    _judge(record, a="clean", b="clean", c="pit")
    _judge(record, digest="d2", b="pit")
    record.append(KEY, [fakes.confirm(A), fakes.confirm(B), fakes.relabel(A, "pit", subtype="dark")])
    record.append(KEY, [NewDecision(C, DecisionKind.UNSURE, "aki", "pit"), fakes.relabel(D, "pit")])

    counted = record.counting.decided()

    assert counted == {KEY: Counter([("clean", "pit", "dark"), ("pit", "clean", ""), (None, "pit", "")])}
    assert counted[KEY] == _folded(record)


def test_that_withdrawn_decisions_do_not_count(record: Record) -> None:
    _judge(record, a="clean", b="clean")
    first, second = record.append(KEY, [fakes.relabel(A, "pit"), fakes.confirm(B)])
    record.withdraw(KEY, [first.seq], "aki")

    assert record.counting.decided()[KEY] == Counter([Decided("clean", "clean", "")]) == _folded(record)
    record.withdraw(KEY, [second.seq], "aki")
    assert record.counting.decided()[KEY] == Counter()


def test_that_decisions_on_chips_that_moved_do_not_count(record: Record) -> None:
    _judge(record, a="clean")
    record.append(KEY, [fakes.relabel(A, "pit")])
    record.move_grid(KEY, fakes.shifted(20.0), "aki")

    assert record.counting.decided()[KEY] == Counter() == _folded(record)


def test_that_every_wafer_has_its_own_counts_and_withdrawn_wafers_none(record: Record) -> None:
    record.add_wafer(fakes.entry(OTHER, sha256="bb"))
    _judge(record, a="clean")
    _judge(record, OTHER, a="pit")
    record.append_many([(KEY, fakes.confirm(A)), (OTHER, fakes.confirm(A))])

    assert list(record.counting.decided()) == [KEY, OTHER]
    record.withdraw_wafer(OTHER, "image changed")
    assert list(record.counting.decided()) == [KEY]


def test_that_a_stamp_changes_with_whatever_is_written_on_its_wafer_and_only_then(record: Record) -> None:
    record.add_wafer(fakes.entry(OTHER, sha256="bb"))
    seen = [record.counting.stamps("L1")]

    _judge(record, a="clean")
    seen.append(record.counting.stamps("L1"))
    record.append(KEY, [fakes.confirm(A)])
    seen.append(record.counting.stamps("L1"))
    record.move_grid(KEY, fakes.shifted(0.5), "aki")
    seen.append(record.counting.stamps("L1"))

    assert len({stamps[KEY] for stamps in seen}) == 4
    assert len({stamps[OTHER] for stamps in seen}) == 1
    assert record.counting.stamps("L2") == {}


def test_that_the_moments_are_one_persons_and_a_batch_is_one(record: Record) -> None:
    before = datetime.now(UTC)
    record.append(KEY, [fakes.confirm(A), fakes.confirm(B)])
    batch = [NewDecision(chip, DecisionKind.CONFIRM, "aki", "clean", "clean", batch="x") for chip in (C, D)]
    record.append(KEY, batch)
    record.append(KEY, [fakes.confirm(A, operator="ben")])

    moments = record.counting.moments("aki", 10)

    assert len(moments) == 3
    assert before <= moments[0] <= moments[1] <= moments[2]
    assert len(record.counting.moments("aki", 2)) == 2
    assert record.counting.moments("nobody", 10) == []


def test_that_a_wafer_is_shared_when_two_people_answered_one_chip(record: Record) -> None:
    record.add_wafer(fakes.reviewed(OTHER, sha256="bb"))
    _judge(record, OTHER, a="pit")
    record.append(KEY, [fakes.confirm(A), fakes.confirm(B, operator="ben")])
    assert record.counting.shared_wafers() == []

    record.append(KEY, [fakes.relabel(B, "pit")])
    assert record.counting.shared_wafers() == [KEY]

    record.append(OTHER, [NewDecision(A, DecisionKind.RELABEL, "aki", "pit", "clean")])
    record.add_opinion(OTHER, NewOpinion(A, OpinionKind.REVIEW, "ben", "pit"))
    assert record.counting.shared_wafers() == [KEY, OTHER]
