from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from inspector.exchange.decisions_csv import Applied, apply, read_decisions
from inspector.records.record import Record
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey

AddWafer = Callable[..., tuple[WaferKey, np.ndarray]]
HEADER = "lot,wafer,column,row,class,subtype,reason\n"


def _apply(record: Record, path: Path, text: str) -> Applied:
    path.write_text(text, encoding="utf-8")
    return apply(record, read_decisions(path), "aki")


def test_that_each_line_becomes_a_confirmation_or_a_relabelling(
    record: Record, add_wafer: AddWafer, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    text = (
        HEADER + 'P1,W1,0,0,clean,,\nP1,W1,1,0,pit,dark-pit,"seen, twice"\n\nP1,W1,2,0,unsure,,\nP1,W1,0,1,exclude,,\n'
    )

    applied = _apply(record, tmp_path / "d.csv", text)

    assert applied == Applied(confirmed=1, relabelled=1, unsure=1, excluded=1)
    assert applied.total == 4
    standing = record.standing(key)
    assert standing[ChipId(0, 0)].state is AnswerState.CONFIRMED
    pit = standing[ChipId(1, 0)].decision
    assert pit is not None
    assert (pit.new.from_class, pit.new.to_class, pit.new.subtype) == ("clean", "pit", "dark-pit")
    assert (pit.new.operator, pit.new.reason) == ("aki", "seen, twice")
    assert standing[ChipId(2, 0)].state is AnswerState.UNSURE
    assert standing[ChipId(0, 1)].state is AnswerState.EXCLUDED


def test_that_a_file_from_a_spreadsheet_is_read(record: Record, add_wafer: AddWafer, tmp_path: Path) -> None:
    add_wafer()
    (tmp_path / "d.csv").write_bytes("\ufeffClass, Row,Column,Wafer,Lot\r\npit, 0 ,1, W1,P1\r\n".encode())

    assert apply(record, read_decisions(tmp_path / "d.csv"), "aki") == Applied(0, 1)


def test_that_the_answer_that_stood_before_is_noted(record: Record, add_wafer: AddWafer, tmp_path: Path) -> None:
    key, _ = add_wafer()
    _apply(record, tmp_path / "1.csv", HEADER + "P1,W1,0,0,pit,,\n")

    applied = _apply(record, tmp_path / "2.csv", HEADER + "P1,W1,0,0,clean,,\n")

    assert applied == Applied(1, 0)
    assert [(d.new.from_class, d.new.to_class) for d in record.decisions(key)] == [("clean", "pit"), ("pit", "clean")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("P1,W9,0,0,clean,,", "line 3: the record has no wafer 'W9' in lot 'P1'"),
        ("P1,W1,9,0,clean,,", "line 3: wafer 'W1' has no chip in column 9, row 0"),
        ("P1,W1,2,1,clean,,", "line 3: wafer 'W1' has no chip in column 2, row 1"),
        ("P1,W1,-1,0,clean,,", "line 3: wafer 'W1' has no chip in column -1"),
        ("P1,W1,1,0,Clean,,", "line 3: recipe 'tiny' has no class 'Clean': write one of clean, pit, scratch"),
        ("P1,W1,1,0,pit,bright,", "line 3: 'pit' has no sub-type 'bright': write one of dark-pit"),
        ("P1,W1,1,0,scratch,long,", "line 3: 'scratch' has no sub-type 'long': leave it empty"),
        ("P1,W1,1,0,unsure,bright,", "line 3: 'unsure' has no sub-type 'bright'"),
        ("P1,W1,one,0,clean,,", "line 3: column and row must be whole numbers"),
        ("P1,W1,1,0,,,", "line 3: the class is missing"),
        ("P1,W1,1,0,clean,,a,b", "line 3: 8 cells under a header of 7"),
        ("P1,W1,1,0", "line 3: 4 cells under a header of 7"),
        ("P1, W1,0,0,pit,,", r"line 3: the chip stands at .*d\.csv, line 2 too"),
        ('P1,W1,1,0,clean,,"open', r"d\.csv can't be read"),
    ],
)
def test_that_one_wrong_line_is_named_and_nothing_is_applied(
    record: Record, add_wafer: AddWafer, tmp_path: Path, line: str, said: str
) -> None:
    key, _ = add_wafer()

    with pytest.raises(RecordError, match=said) as caught:
        _apply(record, tmp_path / "d.csv", f"{HEADER}P1,W1,0,0,clean,,\n{line}\n")

    assert "d.csv" in str(caught.value)
    assert record.decisions(key) == []


@pytest.mark.parametrize("header", ["", "P1,W1,0,0,clean", "lot,wafer,column,row", "lot,lot,wafer,column,row,class"])
def test_that_a_file_without_the_header_is_refused(tmp_path: Path, header: str) -> None:
    (tmp_path / "d.csv").write_text(header + "\n")

    with pytest.raises(RecordError, match=r"line 1: the header is .*: write lot,wafer,column,row,class"):
        read_decisions(tmp_path / "d.csv")


def test_that_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_bytes(b"\xff\xfe\x00binary")

    with pytest.raises(RecordError, match="save it as a UTF-8 CSV file"):
        read_decisions(tmp_path / "d.csv")
    with pytest.raises(RecordError, match="check the path"):
        read_decisions(tmp_path / "none.csv")
