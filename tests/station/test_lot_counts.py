"""The list of wafers over a record that holds much: there at once, and counted a moment later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, judged_record

from inspector.records.record import Record
from inspector.station.state import lots as lots_module
from inspector.station.state.lot_counts import LotCounts
from inspector.station.state.lots import Lots, WaferSummary
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey

OTHER = WaferKey("L1", "W02")


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    """Two judged wafers with one decision, and already called large."""
    monkeypatch.setattr(lots_module, "_MANY", 5)
    with Record.open(judged_record(tmp_path, (KEY, OTHER))) as made:
        made.append(KEY, [NewDecision(ChipId(0, 0), DecisionKind.CONFIRM, "Kato", "pit", "pit")])
        yield made


def test_that_a_large_records_wafers_are_listed_before_they_are_counted(qtbot: QtBot, record: Record) -> None:
    lots = Lots(record)
    parent = QObject()
    counts = LotCounts(record, lots, parent)

    listed = [(s.key, s.chips, s.is_counted) for _, wafers in lots.by_lot() for s in wafers]
    with qtbot.waitSignal(counts.changed):
        counts.begin()

    assert listed == [(KEY, len(CHIPS), False), (OTHER, len(CHIPS), False)]
    assert lots.is_counted
    assert [(s.judged, s.decided) for _, wafers in lots.by_lot() for s in wafers] == [(12, 1), (12, 0)]
    counts.stop()


def test_that_counts_made_beside_the_window_do_not_undo_what_happened_meanwhile(record: Record) -> None:
    lots = Lots(record)
    before = record.counts()

    lots.update(KEY, 12, 5)
    lots.take_counts(before)

    assert (lots.summary(KEY).decided, lots.summary(OTHER).judged) == (5, 12)  # type: ignore[union-attr]


def test_that_a_wafer_of_another_program_leaves_the_known_counts_alone(record: Record) -> None:
    lots = Lots(record)
    lots.take_counts(record.counts())
    entry = record.wafer(KEY)
    assert entry is not None
    record.add_wafer(replace(entry, key=WaferKey("L2", "W01")))

    lots.refresh()

    assert [s.is_counted for _, wafers in lots.by_lot() for s in wafers] == [True, True, False]
    assert lots.newest == ("L2", "W01")


def test_that_a_wafer_that_is_judged_behind_the_open_one_is_counted_beside_the_window(
    qtbot: QtBot, record: Record
) -> None:
    lots = Lots(record)
    parent = QObject()
    counts = LotCounts(record, lots, parent)

    with qtbot.waitSignal(counts.changed):
        counts.recount(KEY)

    assert lots.summary(KEY) == WaferSummary(KEY, len(CHIPS), judged=12, decided=1)
    counts.stop()


def test_that_a_recount_gives_way_to_what_became_known_while_it_went_on(qtbot: QtBot, record: Record) -> None:
    lots = Lots(record)
    parent = QObject()
    counts = LotCounts(record, lots, parent)

    with qtbot.waitSignal(counts.changed):
        counts.recount(KEY)
        record.append(KEY, [NewDecision(ChipId(1, 0), DecisionKind.CONFIRM, "Kato", "pit", "pit")])
        lots.update(KEY, 12, 2)

    assert lots.summary(KEY) == WaferSummary(KEY, len(CHIPS), judged=12, decided=2)
    counts.stop()
