"""The hot folder in the station: what comes is judged through the engine's line, and listed with its reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from stations import CHIPS, FakeLink, batch, model_folder, prepare, wafer_png

from inspector.engine.events import JobFailed, JobFinished
from inspector.exchange.hot_folder.watching import TRIED_AGAIN, Arrival, ArrivalState
from inspector.station.main_window import MainWindow
from inspector.station.panels.watch_panel import WatchPanel, reason_words, state_words
from inspector.station.state.recipes_for_lists import read_listed
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings, WatchChoice
from inspector.station.state.watching import Watching
from inspector.wafer.grid import WaferKey

State = ArrivalState
KEY = WaferKey("hot", "N1")


@pytest.fixture
def choice(tmp_path: Path, session: Session) -> WatchChoice:
    """A hot folder, the tiny wafer's recipe and its model."""
    (tmp_path / "hot").mkdir()
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(
        '[product]\nname = "tiny"\n[grid]\ncolumns = 4\nrows = 3\nchip = [40, 40]\npitch = [44, 44]\norigin = [4, 4]\n'
        'align = false\n[[classes]]\nname = "clean"\nverdict = "good"\n[[classes]]\nname = "speck"\nverdict = "good"\n'
        '[[classes]]\nname = "pit"\nverdict = "defect"\n[model]\ninput = [40, 40]\n',
        encoding="utf-8",
    )
    session.settings.keep_model("tiny", model_folder(tmp_path / "model"))
    return WatchChoice(str(tmp_path / "hot"), str(recipe))


@pytest.fixture
def watching(session: Session) -> Watching:
    return Watching(session, session, look_ms=20)


def states(watching: Watching) -> dict[str, ArrivalState]:
    return {arrival.path.name: arrival.state for arrival in watching.arrivals}


def judge(session: Session, link: FakeLink, job: int = 1) -> None:
    """The engine reads and judges what it was asked for."""
    prepare(link, job)
    link.say(batch(job, CHIPS, len(CHIPS)), JobFinished(job, stopped=False))
    session.hear_engine()


def test_that_a_wafer_that_comes_is_judged_and_listed(
    session: Session, link: FakeLink, watching: Watching, choice: WatchChoice, qtbot: QtBot
) -> None:
    watching.start(choice, settle_s=0.05)
    wafer_png(Path(choice.folder), "N1.png", 5)
    qtbot.waitUntil(lambda: len(link.requests) == 1)
    assert (link.requests[0].lot, link.requests[0].wafer) == KEY
    assert states(watching) == {"N1.png": State.JUDGING}

    judge(session, link)

    qtbot.waitUntil(lambda: states(watching) == {"N1.png": State.DONE})
    assert session.record.counts()[KEY].judged == len(CHIPS)
    assert KEY in [wafer.key for _, wafers in session.lots() for wafer in wafers]
    watching.shutdown()


def test_that_wafers_are_judged_one_after_the_other_and_bad_ones_keep_their_reason(
    session: Session, link: FakeLink, watching: Watching, choice: WatchChoice, qtbot: QtBot
) -> None:
    for number, name in enumerate(("N1.png", "N2.png")):
        wafer_png(Path(choice.folder), name, 5 + number)
    watching.start(choice, settle_s=0.05)
    qtbot.waitUntil(lambda: len(link.requests) == 1)
    link.say(JobFailed(1, "The image N1.png is cut short."))
    session.hear_engine()
    qtbot.waitUntil(lambda: len(link.requests) == 2)

    judge(session, link, 2)

    qtbot.waitUntil(lambda: states(watching) == {"N1.png": State.BAD, "N2.png": State.DONE})
    assert watching.arrivals[0].reason == "The image N1.png is cut short."
    assert len(link.requests) == 2
    watching.shutdown()


def test_that_images_opened_by_hand_come_first(
    session: Session, link: FakeLink, watching: Watching, choice: WatchChoice, qtbot: QtBot, tmp_path: Path
) -> None:
    wafer_png(Path(choice.folder), "N1.png", 5)
    recipe = read_listed(choice.recipe).recipe
    session.open_images([wafer_png(tmp_path, "H1.png", 9)], recipe, "hand", tmp_path / "model")
    watching.start(choice, settle_s=0.05)
    qtbot.waitUntil(lambda: states(watching) == {"N1.png": State.READY})
    assert len(link.requests) == 1

    judge(session, link)

    qtbot.waitUntil(lambda: len(link.requests) == 2)
    assert link.requests[1].wafer == "N1"
    watching.shutdown()


def test_that_a_copy_is_listed_with_its_twin(
    session: Session, link: FakeLink, watching: Watching, choice: WatchChoice, qtbot: QtBot
) -> None:
    first = wafer_png(Path(choice.folder), "N1.png", 5)
    watching.start(choice, settle_s=0.05)
    qtbot.waitUntil(lambda: len(link.requests) == 1)
    judge(session, link)
    shutil.copy(first, first.with_name("N2.png"))

    qtbot.waitUntil(lambda: states(watching) == {"N1.png": State.DONE, "N2.png": State.TWIN})

    assert watching.arrivals[1].twin == KEY
    panel = WatchPanel(session, watching)
    qtbot.addWidget(panel)
    listed = panel.findChild(QTreeWidget, "arrivals")
    assert [listed.topLevelItem(n).text(1) for n in range(2)] == ["Judged", "Copy"]
    assert "the same pixels as wafer N1 of lot hot" in listed.topLevelItem(1).text(2)
    watching.shutdown()


def test_that_stopping_the_job_stops_the_watching(
    session: Session, link: FakeLink, watching: Watching, choice: WatchChoice, qtbot: QtBot
) -> None:
    wafer_png(Path(choice.folder), "N1.png", 5)
    watching.start(choice, settle_s=0.05)
    qtbot.waitUntil(lambda: len(link.requests) == 1)

    session.stop_job()
    link.say(JobFinished(1, stopped=True))
    session.hear_engine()

    assert not watching.is_on
    assert not session.settings.watch.is_on
    watching.shutdown()


def test_that_watching_goes_on_at_the_next_start(
    session: Session, watching: Watching, choice: WatchChoice, tmp_path: Path, qtbot: QtBot, link: FakeLink
) -> None:
    watching.start(choice, settle_s=0.05)
    watching.shutdown()
    session.settings.save()

    assert StationSettings(tmp_path / "station.ini").watch == choice.turned(on=True)
    again = Watching(session, session, look_ms=20)
    assert again.is_on
    wafer_png(Path(choice.folder), "N1.png", 5)
    qtbot.waitUntil(lambda: states(again) == {"N1.png": State.WAITING})
    again.stop()
    assert not StationSettings(tmp_path / "station.ini").watch.is_on
    again.shutdown()


def test_that_what_can_not_be_watched_says_why(
    session: Session, watching: Watching, choice: WatchChoice, tmp_path: Path, qtbot: QtBot
) -> None:
    watching.start(WatchChoice(choice.folder, str(tmp_path / "nowhere.toml")))
    assert not watching.is_on
    assert "nowhere.toml" in watching.trouble

    watching.start(choice, settle_s=0.05)
    Path(choice.folder).rmdir()
    qtbot.waitUntil(lambda: "can't be read" in watching.trouble)
    Path(choice.folder).mkdir()
    qtbot.waitUntil(lambda: watching.trouble == "")
    watching.shutdown()


def test_that_old_copies_go_after_a_wafer_when_only_some_are_kept(
    session: Session,
    link: FakeLink,
    watching: Watching,
    choice: WatchChoice,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inspector.exchange.retention.has_open_work", lambda *_: False)
    session.settings.keep = "1"
    (old,) = session.record.wafers()
    wafer_png(Path(choice.folder), "N1.png", 5)
    watching.start(choice, settle_s=0.05)
    qtbot.waitUntil(lambda: len(link.requests) == 1)

    judge(session, link)

    qtbot.waitUntil(lambda: not (session.record.images_folder / old.copy_name).exists())
    new = session.record.wafer(KEY)
    assert new is not None
    assert (session.record.images_folder / new.copy_name).exists()
    watching.shutdown()


def test_that_the_panel_switches_on_and_off(
    session: Session, watching: Watching, choice: WatchChoice, qtbot: QtBot
) -> None:
    panel = WatchPanel(session, watching)
    qtbot.addWidget(panel)
    switch = panel.findChild(QPushButton, "switch")
    assert not switch.isEnabled()
    panel.use_folder(choice.folder)
    panel.use_recipe(choice.recipe)
    panel.findChild(QLineEdit, "lot").setText(" L9 ")

    switch.click()

    assert watching.is_on
    assert session.settings.watch == WatchChoice(choice.folder, choice.recipe, "L9", "", True)
    assert not panel.findChild(QLineEdit, "folder").isEnabled()
    switch.click()
    assert not watching.is_on
    watching.shutdown()


def test_that_tab_goes_through_the_panel_as_one_reads_it(session: Session, watching: Watching, qtbot: QtBot) -> None:
    panel = WatchPanel(session, watching)
    qtbot.addWidget(panel)
    reached: list[QWidget] = [panel.findChild(QLineEdit, "folder")]
    while (following := reached[-1].nextInFocusChain()) is not reached[0]:
        reached.append(following)
    stops = [w for w in reached if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.parentWidget() is panel]

    names = [w.objectName() or "choose" for w in stops]
    assert names == ["folder", "choose", "recipe", "choose", "lot", "done_file", "keep", "switch", "arrivals"]


def test_that_what_is_kept_must_make_sense(session: Session, watching: Watching, qtbot: QtBot) -> None:
    panel = WatchPanel(session, watching)
    qtbot.addWidget(panel)
    line = panel.findChild(QLineEdit, "keep")
    for text in ("50GB", "many"):
        line.setText(text)
        line.editingFinished.emit()

    assert session.settings.keep == "50GB"


def test_that_the_menu_opens_the_panel(window: MainWindow, qtbot: QtBot) -> None:
    window.named["hot_folder"].trigger()

    qtbot.waitUntil(lambda: window.findChild(WatchPanel, "watch_panel") is not None)
    window.findChild(WatchPanel, "watch_panel").close()


@pytest.mark.parametrize("state", list(State))
def test_that_the_list_says_what_the_command_line_says(qapp: QApplication, state: State) -> None:
    assert state_words(state) == state.words


def test_that_a_bad_wafer_says_why_and_when_it_is_tried_again(qapp: QApplication) -> None:
    bad = Arrival(Path("N1.png"), KEY, State.BAD, "The image N1.png is cut short: copy it again.")
    unmarked = Arrival(Path("N1.png"), KEY, State.UNMARKED, "Its done-file N1.done is not there yet.")

    assert reason_words(bad) == f"{bad.reason} {TRIED_AGAIN}"
    assert reason_words(unmarked) == unmarked.reason
