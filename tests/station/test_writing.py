"""What the machine says is written beside the window: in order, seen only once it is on disk, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Timer, get_ident, main_thread
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from stations import CHIPS, P_DEFECT, PLACED, QUEUE, RECIPE, FakeLink, batch, model_folder, prepare, wafer_png

from inspector.engine.events import EngineDied, JobFailed, JobFinished, WaferPrepared, WaferRead
from inspector.records.record import Record
from inspector.station.state.background import Background
from inspector.station.state.jobs import JobState
from inspector.station.state.pulse import Pulse
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey

A = WaferKey("L2", "A")
WAIT_S = 20.0


@dataclass
class Disk:
    """Stands before a method of the record: lets a write through once it is open, and notes what was written."""

    write: Callable[..., Any]
    reached: Event = field(default_factory=Event)
    open: Event = field(default_factory=Event)
    threads: list[int] = field(default_factory=list)

    def __call__(self, *given: Any) -> None:
        self.threads.append(get_ident())
        self.reached.set()
        assert self.open.wait(WAIT_S), "nobody opened the disk"
        self.write(*given)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return model_folder(tmp_path / "model")


@pytest.fixture
def judging(session: Session, link: FakeLink, model: Path, tmp_path: Path) -> Session:
    """A wafer is open whose grid has just been found; another image waits."""
    session.open_images([wafer_png(tmp_path, "A.png"), wafer_png(tmp_path, "B.png", 3)], RECIPE, A.lot, model)
    prepare(link)
    session.hear_engine()
    assert session.key == A
    return session


@pytest.fixture
def disk(judging: Session, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Under the judgements of the next batches."""
    made = Disk(judging.record.add_judgements)
    monkeypatch.setattr(judging.record, "add_judgements", made)
    return made


def test_that_a_batch_is_written_beside_the_window_and_seen_only_once_it_is_on_disk(
    judging: Session, link: FakeLink, disk: Disk, qtbot: QtBot
) -> None:
    link.say(batch(1, CHIPS[:4], 4))
    qtbot.waitUntil(disk.reached.is_set)
    qtbot.wait(50)  # the window goes on meanwhile
    assert (judging.judgement(CHIPS[0]), judging.queue(), link.confirmed, judging.job.done) == (None, [], [], 0)

    disk.open.set()
    qtbot.waitUntil(lambda: judging.judgement(CHIPS[0]) is not None)

    assert disk.threads[0] != main_thread().ident
    assert list(judging.record.judgements(A)) == CHIPS[:4]
    assert (link.confirmed, judging.queue(), judging.job.done) == (CHIPS[:4], QUEUE, 4)


def test_that_what_follows_a_batch_waits_until_it_is_on_disk(
    judging: Session, link: FakeLink, disk: Disk, qtbot: QtBot
) -> None:
    failed: list[str] = []
    judging.failed.connect(failed.append)
    link.say(batch(1, CHIPS[:4], 4), EngineDied(1, True, "code -9"), batch(1, CHIPS[4:], 12), JobFinished(1, False))
    qtbot.waitUntil(disk.reached.is_set)
    qtbot.wait(50)
    assert (failed, len(link.requests), judging.job.key) == ([], 1, A)

    disk.open.set()
    qtbot.waitUntil(lambda: len(link.requests) == 2)

    assert link.confirmed == CHIPS
    assert list(judging.record.judgements(A)) == CHIPS
    assert len(failed) == 1


def test_that_the_engine_is_not_heard_while_a_batch_is_written(
    judging: Session, link: FakeLink, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    link.say(batch(1, CHIPS[:4], 4))
    qtbot.waitUntil(disk.reached.is_set)
    heard: list[list[int]] = []
    poll = link.poll
    monkeypatch.setattr(link, "poll", lambda: heard.append([len(link.confirmed)]) or poll())
    qtbot.wait(100)  # else a dead engine would begin again with chips that are just being written
    assert heard == []

    disk.open.set()
    qtbot.waitUntil(lambda: bool(heard))

    assert heard[0] == [4]


def test_that_a_wafer_is_withdrawn_after_the_batch_before_was_written(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    order: list[str] = []
    for name in ("add_wafer", "add_judgements", "finish_wafer", "withdraw_wafer"):
        real = getattr(session.record, name)
        monkeypatch.setattr(session.record, name, lambda *g, n=name, r=real: (order.append(n), r(*g))[1])
    session.open_images([wafer_png(tmp_path, "A.png"), wafer_png(tmp_path, "B.png", 3)], RECIPE, A.lot, model)
    prepared = WaferPrepared(1, "", PLACED, link.requests[0].copy.name, "stamp")

    link.say(prepared, batch(1, CHIPS[:4], 4), JobFailed(1, "A.png changed.", changed=True))
    qtbot.waitUntil(lambda: len(link.requests) == 2)
    link.say(
        replace(prepared, job=2, copy_name=link.requests[1].copy.name), batch(2, CHIPS, 12), WaferRead(2, "f" * 64)
    )
    link.say(JobFinished(2, stopped=False))
    qtbot.waitUntil(lambda: not session.job.is_active)

    assert order[:3] == ["add_wafer", "add_judgements", "withdraw_wafer"]
    assert order[3:] == ["add_wafer", "add_judgements", "finish_wafer"]
    assert session.record.wafer(A) is None
    assert session.record.counts()[WaferKey(A.lot, "B")].judged == len(CHIPS)


def test_that_a_write_that_is_refused_stops_the_job_and_says_so(
    judging: Session, link: FakeLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RecordError("The disk is full: free some space.")

    monkeypatch.setattr(judging.record, "add_judgements", full)
    with qtbot.waitSignal(judging.failed) as failed:
        link.say(batch(1, CHIPS[:4], 4))
    assert failed.args == ["The disk is full: free some space."]
    assert (link.stops, link.confirmed, judging.judgement(CHIPS[0])) == (1, [], None)

    link.say(JobFinished(1, stopped=True))
    qtbot.waitUntil(lambda: not judging.job.is_active)

    assert len(link.requests) == 1  # the line is forgotten


def test_that_closing_waits_for_the_write_under_way(judging: Session, link: FakeLink, disk: Disk, qtbot: QtBot) -> None:
    link.say(batch(1, CHIPS[:4], 4), JobFinished(1, stopped=False))
    qtbot.waitUntil(disk.reached.is_set)
    opener = Timer(0.1, disk.open.set)
    opener.start()

    judging.close()

    opener.join()
    assert (link.closed, link.confirmed, len(link.requests)) == (True, [], 1)
    with Record.open(judging.record.url) as record:
        assert list(record.judgements(A)) == CHIPS[:4]


def test_that_waiting_for_a_thread_can_be_given_up(qtbot: QtBot) -> None:
    owner, gate = QObject(), Event()
    background = Background(owner, threads=1)
    background.run("work", gate.wait)

    gone_on = background.stop(1)
    gate.set()

    assert not gone_on
    assert background.stop()


def test_that_a_grid_is_moved_after_the_batch_that_was_judged_on_it(
    judging: Session, link: FakeLink, disk: Disk, qtbot: QtBot
) -> None:
    link.say(batch(1, CHIPS[:4], 4))
    qtbot.waitUntil(disk.reached.is_set)
    opener = Timer(0.1, disk.open.set)
    opener.start()

    judging.move_grid(A, replace(PLACED, matrix=(1.0, 0.0, 5.0, 0.0, 1.0, 5.0)))

    opener.join()
    qtbot.wait(50)
    assert link.confirmed == CHIPS[:4]
    assert judging.record.judgements(A) == {}
    assert all(judging.judgement(chip) is None for chip in CHIPS)


def test_that_many_small_batches_end_with_the_right_counts(judging: Session, link: FakeLink, qtbot: QtBot) -> None:
    at_the_end: list[tuple[int, int]] = []

    def note(state: JobState) -> None:
        summary = judging.summary()
        if state.key != A and summary is not None:
            at_the_end.append((summary.judged, judging.counts()[QueueName.REVIEW].offered))

    seen: list[object] = []
    judging.judgements_added.connect(seen.extend)
    judging.job_changed.connect(note)
    link.say(*(batch(1, [chip], n + 1) for n, chip in enumerate(CHIPS)), JobFinished(1, stopped=False))

    qtbot.waitUntil(lambda: bool(at_the_end))

    assert at_the_end[0] == (len(CHIPS), len(P_DEFECT))
    assert seen == CHIPS
    assert judging.queue() == QUEUE


def test_that_a_pulse_beats_at_once_and_then_rests(qtbot: QtBot) -> None:
    owner = QObject()
    beats: list[int] = []
    pulse = Pulse(owner, rest_ms=3_600_000)
    pulse.beat.connect(lambda: beats.append(len(beats)))

    pulse.now()
    assert beats == []
    for _ in range(5):
        pulse.ask()
    assert beats == [0]
    pulse.now()
    pulse.now()

    assert beats == [0, 1]


def test_that_what_was_asked_while_a_pulse_rested_is_not_forgotten(qtbot: QtBot) -> None:
    owner = QObject()
    beats: list[int] = []
    pulse = Pulse(owner, rest_ms=20)
    pulse.beat.connect(lambda: beats.append(len(beats)))

    for _ in range(5):
        pulse.ask()
    qtbot.waitUntil(lambda: len(beats) == 2)
    qtbot.wait(60)

    assert len(beats) == 2
