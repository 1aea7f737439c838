"""Judgements by classes that the wafer's recipe does not have ask for eyes; nothing ends because of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from stations import CHIPS, FACTS, KEY, QUEUE, add_part, judged_record, judgement, wafer_png

from inspector.records.record import Record
from inspector.station.look.chip_look import Standing, chip_look
from inspector.station.main_window import MainWindow
from inspector.station.state.lot_tables import read_table
from inspector.station.state.queues import Asker, QueueName, holds_chips
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.review import ReviewReason

OTHER = replace(FACTS, digest="e" * 64, classes=("clean", "speck", "crack"))


@pytest.mark.parametrize("p_defect", [0.99, 0.6, 0.01])
def test_that_the_station_starts_on_a_judgement_of_an_unknown_class_and_asks_for_eyes(
    p_defect: float, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    url = judged_record(tmp_path)
    with Record.open(url) as record:
        record.add_judgements(KEY, OTHER, [(CHIPS[-1], replace(judgement(p_defect), class_name="crack"))])

    session = (window := open_window(url, wafer=KEY, chip=CHIPS[-1])).session

    assert session.review(CHIPS[-1]) is ReviewReason.UNDECIDED
    assert session.queue() == [CHIPS[-1], *QUEUE]
    assert chip_look(session, CHIPS[-1]).standing is Standing.UNDECIDED
    assert window.findChild(QLabel, "odds").text()
    session.relabel("pit")
    assert session.standing(CHIPS[-1]).class_name == "pit"


def test_that_an_unknown_class_that_arrives_from_the_engine_asks_for_eyes(window: MainWindow) -> None:
    session = window.session
    assert session._open is not None

    session._take_judgements(KEY, OTHER, [(CHIPS[-1], replace(judgement(0.01), class_name="crack"))])

    assert session.review(CHIPS[-1]) is ReviewReason.UNDECIDED


def test_that_a_part_of_an_unknown_class_wants_eyes(tmp_path: Path) -> None:
    with Record.open(judged_record(tmp_path)) as record:
        part = WaferKey("P", "a")
        add_part(record, wafer_png(tmp_path, "a.png"), part, 0.01)
        before = read_table(record, part)
        record.add_judgements(part, OTHER, [(ChipId(0, 0), replace(judgement(0.01), class_name="crack"))])
        after = read_table(record, part)

    assert before is not None
    assert after is not None
    assert [holds_chips(QueueName.REVIEW, table, Asker()) for table in (before, after)] == [False, True]
