"""Images in line, one engine job at a time, and every batch in the record before anybody hears of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stations import (
    CHIPS,
    FACTS,
    KEY,
    QUEUE,
    RECIPE,
    FakeLink,
    add_wafer,
    batch,
    model_folder,
    prepare,
    wafer_png,
)

from inspector.engine.events import (
    EngineDied,
    JobFailed,
    JobFinished,
    JobNote,
    JobProgress,
    ModelLoaded,
)
from inspector.imaging.source import fingerprint
from inspector.records.record import Record
from inspector.station.state.session import Session
from inspector.wafer.decision import AnswerState
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return model_folder(tmp_path / "model")


def test_that_the_first_wafer_opens_itself_when_nothing_is_open(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)

    session.hear_engine()

    assert session.key == WaferKey("L2", "A")
    assert session.image is not None
    assert session.queue() == []


def test_that_a_batch_is_in_the_record_and_the_engine_knows_it_before_the_views_do(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    key = WaferKey("L2", "A")
    session.judgements_added.connect(lambda _: seen.append((len(session.record.judgements(key)), len(link.confirmed))))
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:6], 6))

    session.hear_engine()

    assert seen == [(6, 6)]
    assert session.current == QUEUE[0]


def test_that_the_chip_under_the_eye_never_jumps_while_the_queue_grows(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, [QUEUE[2]], 1))
    session.hear_engine()
    assert session.current == QUEUE[2]

    link.say(batch(1, [QUEUE[0], QUEUE[1]], 3))
    session.hear_engine()

    assert session.current == QUEUE[2]
    assert session.queue() == QUEUE[:3]
    assert session.place_in_queue(QUEUE[2]) == 2


def test_that_a_person_can_decide_while_the_machine_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:6], 6))
    session.hear_engine()

    session.confirm()
    link.say(batch(1, CHIPS[6:], 12), JobFinished(1, stopped=False))
    session.hear_engine()

    assert session.standing(QUEUE[0]).state is AnswerState.CONFIRMED
    assert len(session.record.judgements(WaferKey("L2", "A"))) == len(CHIPS)
    assert not session.job.is_active


def test_that_an_open_wafer_stays_open_while_another_is_judged(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session.show_wafer(KEY)
    session.open_images([wafer_png(tmp_path, "A.png", seed=5)], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:6], 6))

    session.hear_engine()

    def judged() -> int:
        return next(wafer.judged for _, lot in session.lots() for wafer in lot if wafer.key == WaferKey("L2", "A"))

    qtbot.waitUntil(lambda: judged() == 6)  # it is counted beside the window
    assert session.key == KEY


def test_that_images_are_judged_one_after_the_other(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    images = [wafer_png(tmp_path, f"{name}.png", seed=n) for n, name in enumerate("ABC")]
    session.open_images(images, RECIPE, "L2", model)
    assert (len(link.requests), session.job.waiting) == (1, 2)

    link.say(JobFinished(1, stopped=False))
    session.hear_engine()

    assert [r.wafer for r in link.requests] == ["A", "B"]
    assert session.job.waiting == 1


def test_that_a_failed_image_is_named_and_the_next_one_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png"), wafer_png(tmp_path, "B.png")], RECIPE, "L2", model)
    link.say(JobFailed(1, "A.png is truncated: copy it again."))

    with qtbot.waitSignal(session.failed) as failed:
        session.hear_engine()

    assert failed.args == ["A.png is truncated: copy it again."]
    assert [r.wafer for r in link.requests] == ["A", "B"]
    assert session.record.wafer(WaferKey("L2", "A")) is None


def test_that_stop_forgets_the_line_and_keeps_what_is_judged(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png"), wafer_png(tmp_path, "B.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:4], 4))
    session.hear_engine()

    session.stop_job()
    link.say(JobFinished(1, stopped=True))
    session.hear_engine()

    assert link.stops == 1
    assert len(link.requests) == 1
    assert not session.job.is_active
    assert len(session.record.judgements(WaferKey("L2", "A"))) == 4


def test_that_an_interrupted_wafer_goes_on_without_judging_a_chip_twice(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "A.png"
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:5], 5), JobFinished(1, stopped=True))
    session.hear_engine()

    session.open_images([source], RECIPE, "L2", model)
    qtbot.waitUntil(lambda: len(link.requests) == 2)

    request = link.requests[1]
    assert request.skip == frozenset(CHIPS[:5])
    assert request.sha256 == fingerprint(source).sha256
    assert request.placed is not None


def test_that_another_image_under_a_known_name_is_refused(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = wafer_png(tmp_path, "other.png", seed=9).rename(tmp_path / "W01.png")

    with qtbot.waitSignal(session.failed) as failed:
        session.open_images([other], RECIPE, KEY.lot, model)

    assert "another image than W01.png" in str(failed.args)
    assert link.requests == []


def test_that_a_recipe_without_a_model_is_refused_in_one_sentence(
    session: Session, link: FakeLink, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2")

    assert failed.args == ["There is no model for the recipe Tiny wafer: train one, or choose its folder when opening."]
    assert link.requests == []


def test_that_a_full_disk_stops_the_job_and_tells_the_engine_nothing(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    session.hear_engine()

    def full(*_: object) -> None:
        raise RecordError("The disk is full: free some space.")

    monkeypatch.setattr(session.record, "add_judgements", full)
    link.say(batch(1, CHIPS[:4], 4))
    with qtbot.waitSignal(session.failed):
        session.hear_engine()

    assert link.confirmed == []
    assert link.stops == 1


def test_that_the_engines_death_is_said_and_the_job_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(batch(1, CHIPS[:4], 4), EngineDied(1, True, "code -9"))
    with qtbot.waitSignal(session.failed) as failed:
        session.hear_engine()

    link.say(batch(1, CHIPS[4:], 12), JobFinished(1, stopped=False))
    session.hear_engine()

    assert "goes on where it stopped" in str(failed.args)
    assert len(session.record.judgements(WaferKey("L2", "A"))) == len(CHIPS)


def test_that_the_job_bars_state_says_phase_device_and_time_left(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    link.say(ModelLoaded(1, FACTS, "CPU, 2 cores"), JobProgress(1, "reading", 3, 10, 4.0))

    session.hear_engine()

    assert session.job.device == "CPU, 2 cores"
    assert (session.job.phase, session.job.done, session.job.total, session.job.seconds_left) == ("reading", 3, 10, 4.0)


@pytest.mark.skipif(os.name != "posix", reason="such names exist on POSIX systems only")
def test_that_a_name_that_is_no_utf8_can_be_kept(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qapp: QApplication
) -> None:
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/W\xff.png"))
    wafer_png(tmp_path, "plain.png").rename(strange)
    session.open_images([strange], RECIPE, "L2", model)
    prepare(link)

    session.hear_engine()

    assert session.key == WaferKey("L2", "W\\xff")
    assert session.entry is not None
    assert session.entry.source.endswith("W\\xff.png")


def test_that_what_the_engine_notes_is_shown_and_the_wafer_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    session.failed.connect(told.append)
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model)
    prepare(link)
    link.say(JobNote(1, "A.png is dark: write bits = 12."), batch(1, CHIPS[:6], 6))

    session.hear_engine()

    assert told == ["A.png is dark: write bits = 12."]
    assert link.confirmed == CHIPS[:6]


def test_that_of_two_programs_that_judge_one_image_the_second_takes_its_copy_with_it(
    session: Session, link: FakeLink, model: Path, tmp_path: Path
) -> None:
    source, key = wafer_png(tmp_path, "A.png"), WaferKey("L2", "A")
    session.open_images([source], RECIPE, "L2", model)
    with Record.open(session.record.url) as other:
        theirs = other.images_folder / add_wafer(other, source, key).copy_name
    own = link.requests[0].copy
    prepare(link)
    link.say(batch(1, CHIPS, 12))
    session.hear_engine()
    assert own.is_file()

    link.say(JobFinished(1, stopped=False))
    session.hear_engine()

    assert not own.exists()
    assert theirs.is_file()
    assert session.record.count(key).judged == 12
