"""`inspector watch`: a slow scanner, a broken file, a copy, a kill in between; nothing is judged twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
import watch_fakes as fakes

from inspector.cli import watch as watch_verb
from inspector.cli.show import StoppedError
from inspector.exchange.hot_folder.watching import ArrivalState, HotFolder
from inspector.records.record import Record
from inspector.wafer.errors import ImageError, RecordError
from inspector.wafer.grid import WaferKey


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "hot"
    (made / "L1").mkdir(parents=True)
    return made


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'r.db'}"


def states(hot: HotFolder) -> dict[str, ArrivalState]:
    return {arrival.path.name: arrival.state for arrival in hot.arrivals()}


def judgements(url: str) -> list[tuple[object, ...]]:
    """How often each chip of each wafer is in the record."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        query = "SELECT wafer_id, chip_column, chip_row, count(*) FROM judgement GROUP BY 1, 2, 3"
        return raw.execute(query).fetchall()


def test_that_good_bad_and_doubled_wafers_are_each_said_once(
    folder: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = fakes.wafer_png()
    (folder / "L1" / "W1.png").write_bytes(whole)
    (folder / "L1" / "W1 copy.png").write_bytes(whole)
    (folder / "L1" / "W2.png").write_bytes(fakes.wafer_png(2)[:-3000])
    (folder / "W3.tif").write_text("no image at all")
    (folder / "W4.png").write_bytes(fakes.wafer_png(4))

    hot = fakes.watch_once(folder, url, fakes.Slow(), patience_s=0.2)

    said = capsys.readouterr()
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["L1 / W1", "hot / W4"]
    assert "12 chips" in said.out
    assert states(hot) == {
        "W1.png": ArrivalState.DONE,
        "W1 copy.png": ArrivalState.TWIN,
        "W2.png": ArrivalState.BAD,
        "W3.tif": ArrivalState.BAD,
        "W4.png": ArrivalState.DONE,
    }
    assert said.err.count("L1 / W1 copy: Copy: ") == 1
    assert "same pixels as wafer W1 of lot L1" in said.err
    assert said.err.count("L1 / W2: Bad: ") == 1
    assert said.err.count("It is tried again when the file changes.") == 2
    with Record.open(url) as record:
        assert [entry.key for entry in record.wafers()] == [("L1", "W1"), ("hot", "W4")]


def test_that_json_says_each_wafer_on_a_line(folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "L1" / "W1.png").write_bytes(fakes.wafer_png())
    (folder / "W3.tif").write_text("no image at all")

    fakes.watch_once(folder, url, fakes.Slow(), as_json=True)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {line["wafer"]: line for line in lines}
    assert len(lines) == 2
    assert (found["W1"]["lot"], found["W1"]["state"], found["W1"]["chips"]) == ("L1", "done", fakes.CHIPS)
    assert sum(found["W1"]["classes"].values()) == fakes.CHIPS
    assert found["W3"]["state"] == "bad"
    assert "W3.tif" in found["W3"]["reason"]


def test_that_a_slow_scanner_is_waited_for(folder: Path, url: str) -> None:
    whole, path = fakes.wafer_png(), folder / "W1.png"

    def scan() -> None:
        with path.open("ab") as file:
            for start in range(0, len(whole), 4000):
                file.write(whole[start : start + 4000])
                file.flush()
                time.sleep(0.1)

    scanner = threading.Thread(target=scan)
    scanner.start()
    hot = fakes.watch_once(folder, url, fakes.Slow(), settle_s=0.8)
    scanner.join()

    assert states(hot) == {"W1.png": ArrivalState.DONE}
    assert [row[3] for row in judgements(url)] == [1] * fakes.CHIPS


def test_that_a_second_start_judges_only_what_is_new(folder: Path, url: str) -> None:
    (folder / "W1.png").write_bytes(fakes.wafer_png())
    fakes.watch_once(folder, url, fakes.Slow())
    (folder / "W2.png").write_bytes(fakes.wafer_png(2))
    second = fakes.Slow()

    fakes.watch_once(folder, url, second)

    assert second.judged == fakes.CHIPS
    assert len(judgements(url)) == 2 * fakes.CHIPS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_that_a_killed_watch_goes_on_and_judges_nothing_twice(folder: Path, url: str) -> None:
    for n in (1, 2):
        (folder / f"W{n}.png").write_bytes(fakes.wafer_png(n))
    command = [sys.executable, Path(fakes.__file__), folder, url, "0.2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as watching:
        while watching.poll() is None and _count(url) < 14:
            time.sleep(0.02)
        watching.kill()
        assert watching.stderr is not None
        assert watching.wait() == -signal.SIGKILL, watching.stderr.read()
    before = _count(url)
    second = fakes.Slow()

    hot = fakes.watch_once(folder, url, second)

    assert set(states(hot).values()) == {ArrivalState.DONE}
    assert second.judged == 2 * fakes.CHIPS - before
    assert 0 < second.judged < fakes.CHIPS
    assert [row[3] for row in judgements(url)] == [1] * 2 * fakes.CHIPS


def _count(url: str) -> int:
    try:
        return len(judgements(url))
    except sqlite3.OperationalError:
        return 0  # not made yet


def test_that_ctrl_c_keeps_what_is_judged(folder: Path, url: str) -> None:
    (folder / "W1.png").write_bytes(fakes.wafer_png())

    class Interrupted(fakes.Slow):
        def judge(self, chips):  # type: ignore[no-untyped-def]
            if 4 <= self.judged < 6:  # the first chip comes alone, the others in twos
                signal.raise_signal(signal.SIGINT)
            return super().judge(chips)

    with pytest.raises(StoppedError, match="what was finished before is kept"):
        fakes.watch_once(folder, url, Interrupted(), once=False)

    assert 4 <= len(judgements(url)) < fakes.CHIPS


def test_that_a_record_that_fails_for_a_while_is_tried_again(
    folder: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "W1.png").write_bytes(fakes.wafer_png())
    add, failures = Record.add_judgements, iter([True, True, False])

    def full(*given: object) -> None:
        if next(failures, False):
            raise RecordError("The record has no room left on its disk: free some space and try again.")
        add(*given)  # type: ignore[arg-type]
        if len(judgements(url)) == fakes.CHIPS:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Record, "add_judgements", full)

    with pytest.raises(StoppedError):
        fakes.watch_once(folder, url, fakes.Slow(), once=False)

    assert capsys.readouterr().err.count("no room left") == 1
    assert [row[3] for row in judgements(url)] == [1] * fakes.CHIPS


def test_that_old_copies_go_when_only_some_are_kept(folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.exchange.retention.has_open_work", lambda *_: False)
    for n in (1, 2, 3):
        (folder / f"W{n}.png").write_bytes(fakes.wafer_png(n))

    fakes.watch_once(folder, url, fakes.Slow(), keep="1")

    with Record.open(url) as record:
        there = [e.key for e in record.wafers() if (record.images_folder / e.copy_name).exists()]
    assert there == [WaferKey("hot", "W3")]


def test_that_a_folder_that_is_not_there_is_refused_before_a_model_is_loaded(tmp_path: Path, url: str) -> None:
    (tmp_path / "model").mkdir()
    options = watch_verb.Watching("laser-wafer", url, tmp_path / "model", None, None, 2.0, "auto", "", True)

    with pytest.raises(ImageError, match=r"no folder .*nowhere: check the path"):
        watch_verb.watch_folder(tmp_path / "nowhere", options, False)

    assert not os.path.exists(url.removeprefix("sqlite:///"))
