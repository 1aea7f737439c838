from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import record_fakes as fakes

from inspector.records.record import Record
from inspector.wafer.grid import ChipId, WaferKey

WRITER = """
import sys
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import ChipId, WaferKey
url, operator, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Record.open(url) as record:
    for n in range(count):
        new = NewDecision(ChipId(1, 0), DecisionKind.RELABEL, operator, "clean", "pit", reason=str(n))
        seq = record.append(WaferKey("L1", "W1"), [new])[0].seq
        print(seq, n, flush=True)
"""


def _writer(record: Record, operator: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, record.url, operator, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_that_a_killed_program_loses_no_decision_that_it_was_told_is_kept(record: Record, record_file: Path) -> None:
    chance = random.Random(5)
    acknowledged: dict[int, tuple[str, str]] = {}

    for round_number in range(5):
        operator = f"round {round_number}"
        with _writer(record, operator, 100_000) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline() for _ in range(chance.randrange(20, 120))]
            writer.kill()
            lines += writer.stdout.read().splitlines(keepends=True)
        whole = [line.split() for line in lines if line.endswith("\n")]
        acknowledged |= {int(seq): (operator, n) for seq, n in whole}

    kept = {d.seq: (d.new.operator, d.new.reason) for d in record.decisions(fakes.KEY)}
    assert len(acknowledged) >= 100
    assert acknowledged.items() <= kept.items()
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert len(kept) <= len(acknowledged) + 5  # at most the one decision that was under way in each round
    with closing(sqlite3.connect(record_file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_that_two_programs_deciding_at_once_lose_nothing(record: Record) -> None:
    writers = [_writer(record, operator, 150) for operator in ("cli", "station")]
    acknowledged = [
        int(line.split()[0]) for writer in writers for line in writer.communicate(timeout=60)[0].splitlines()
    ]

    log = record.decisions(fakes.KEY)
    assert sorted(acknowledged) == [d.seq for d in log] == list(range(1, 301))
    for operator in ("cli", "station"):
        assert [d.new.reason for d in log if d.new.operator == operator] == [str(n) for n in range(150)]


def test_that_judgements_of_one_chip_by_two_open_records_are_kept_once(record: Record) -> None:
    with Record.open(record.url) as other:
        for one in (record, other):
            one.add_judgements(WaferKey("L1", "W1"), fakes.facts(), [(ChipId(1, 0), fakes.judgement())])

    with closing(sqlite3.connect(record.path)) as raw:
        assert raw.execute("SELECT count(*) FROM judgement").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM model").fetchone() == (1,)
