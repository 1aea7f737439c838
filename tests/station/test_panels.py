"""The lists, the job bar, the buttons and the last net."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from stations import KEY, RECIPE, FakeLink, model_folder, wafer_png

from inspector.engine.events import JobProgress
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.panels.job_bar import JobBar
from inspector.station.panels.lots_panel import LotsPanel
from inspector.station.panels.notices import Banner
from inspector.station.panels.queue_panel import QueuePanel
from inspector.station.panels.rows import Row, RowList, RowsModel
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.station.state.words import duration, of_hundred
from inspector.station.uncaught import Uncaught


def test_that_the_list_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = RowsModel()
    model.show([Row("L1", "", None), Row("W01", "3", "W01", "tip", 0.5), Row("W02", "4", "W02")])
    qtmodeltester.check(model)
    model.show([Row("L1", "", None), Row("W01", "9", "W01"), Row("W02", "4", "W02")])
    model.show([Row("W02", "4", "W02")])
    qtmodeltester.check(model)


def test_that_a_changed_number_does_not_reset_the_list(qtbot: QtBot) -> None:
    model = RowsModel()
    model.show([Row("Defects", "3", "defects")])

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show([Row("Defects", "2", "defects")])


def test_that_a_heading_cannot_be_chosen(qtbot: QtBot) -> None:
    rows = RowList("rows")
    qtbot.addWidget(rows)
    rows.show_rows([Row("L1", "", None), Row("W01", "", "W01")], "W01")

    with qtbot.assertNotEmitted(rows.chosen):
        rows.clicked.emit(rows.rows.index(0))


def test_that_the_counts_follow_each_decision(session: Session, qtbot: QtBot) -> None:
    panel = QueuePanel(session)
    qtbot.addWidget(panel)
    session.show_wafer(KEY)
    rows = panel.findChild(RowList, "queues").rows

    def numbers() -> dict[object, str]:
        return {row.stands_for: row.number for row in map(rows.row, range(rows.rowCount()))}

    before = numbers()
    session.confirm()

    assert {name: number for name, number in before.items() if number != "0"} == {
        **{QueueName.REVIEW: "4", QueueName.DEFECTS: "2", QueueName.BORDERLINE: "2", QueueName.EVERYTHING: "12"}
    }
    changed = {name: number for name, number in numbers().items() if number != before[name]}
    assert changed == {QueueName.REVIEW: "3", QueueName.DEFECTS: "1", QueueName.DECIDED: "1"}


def test_that_the_wafer_list_shows_how_far_each_wafer_is(session: Session, qtbot: QtBot) -> None:
    panel = LotsPanel(session)
    qtbot.addWidget(panel)
    session.show_wafer(KEY)

    session.confirm()

    rows = panel.findChild(RowList, "wafers").rows
    assert (rows.row(0).text, rows.row(0).stands_for) == ("L1", None)
    assert (rows.row(1).text, rows.row(1).number) == ("W01", "1 / 12")


def test_that_the_job_bar_shows_progress_time_left_and_stop(
    session: Session, link: FakeLink, tmp_path: Path, qtbot: QtBot
) -> None:
    bar = JobBar(session)
    qtbot.addWidget(bar)
    session.open_images([wafer_png(tmp_path, "A.png")], RECIPE, "L2", model_folder(tmp_path / "model"))
    link.say(JobProgress(1, "judging", 30, 120, 65.0))
    session.hear_engine()

    assert bar.findChild(QLabel, "job_text").text() == "A: 30 of 120 judged"
    assert bar.findChild(QLabel, "job_time_left").text() == "1:05 left"
    assert bar.findChild(QProgressBar, "job_progress").value() == 30
    bar.findChild(QToolButton, "job_stop").click()
    assert link.stops == 1
    assert bar.findChild(QLabel, "job_text").text() == "A: Stopping"
    assert not bar.findChild(QToolButton, "job_stop").isEnabled()


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.004, "Of 100 chips like this, fewer than 1 is a defect."),
        (0.01, "Of 100 chips like this, about 1 is a defect."),
        (0.94, "Of 100 chips like this, about 94 are defects."),
        (0.999, "Of 100 chips like this, more than 99 are defects."),
        (float("nan"), "The machine has no answer for this chip."),
    ],
)
def test_that_probability_is_said_as_people_count(p: float, words: str) -> None:
    assert of_hundred(p) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.2, "0:01 left"), (59.5, "1:00 left"), (3599.0, "59:59 left"), (3725.0, "1 h 02 min left")],
)
def test_that_time_left_reads_as_a_clock(seconds: float | None, words: str) -> None:
    assert duration(seconds) == words


def test_that_a_buttons_accessible_name_has_its_key(qtbot: QtBot) -> None:
    button = KeyButton(Face("Pit & hole", "3", "#D55E00", "●"))
    qtbot.addWidget(button)

    assert button.accessibleName() == "Pit & hole (3)"
    assert button.sizeHint().height() >= 32


@pytest.mark.parametrize("primary", [False, True])
def test_that_a_button_paints_its_colour_and_every_state(qtbot: QtBot, primary: bool) -> None:
    button = KeyButton(Face("Pit", "3", "" if primary else "#D55E00", "" if primary else "●"), primary=primary)
    qtbot.addWidget(button)
    button.resize(QSize(200, 40))
    button.setCheckable(True)
    plain = button.grab().toImage()
    button.setChecked(True)
    checked = button.grab().toImage()
    button.setDown(True)
    pressed = button.grab().toImage()

    assert plain != checked
    assert checked != pressed
    if not primary:
        colours = {plain.pixelColor(x, 20).name().upper() for x in range(plain.width())}
        assert "#D55E00" in colours


def test_that_the_banner_keeps_the_newest_sentences_and_closes(session: Session, qtbot: QtBot) -> None:
    banner = Banner(session)
    qtbot.addWidget(banner)
    for number in range(6):
        session.failed.emit(f"image {number}")
    session.failed.emit("image 5")
    assert banner.text.splitlines() == ["image 2", "image 3", "image 4", "image 5"]

    banner.findChild(QToolButton, "banner_close").click()

    assert banner.isHidden()


def test_that_an_unexpected_error_is_shown_and_the_station_stays(qtbot: QtBot) -> None:
    net, before = Uncaught(QGuiApplication.instance()), sys.excepthook
    net.install()
    try:
        with qtbot.waitSignal(net.happened) as happened:
            sys.excepthook(ValueError, ValueError("odd"), None)
    finally:
        net.remove()

    assert happened.args == ["The station met an error it did not expect (ValueError: odd). What you decided is kept."]
    assert sys.excepthook is before
