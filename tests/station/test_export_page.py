"""The export page: counts, what waits, writing and stopping, and the training that learns from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from models_fakes import FakeTrainingLink
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from stations import KEY, RECIPE, judged_record

from inspector.engine.events import EpochDone, JobFailed, JobFinished, JobNote, JobProgress, ModelReady
from inspector.exchange.dataset_check.balance import Concern
from inspector.station.export.concern_list import ConcernList
from inspector.station.export.export_page import ExportPage
from inspector.station.main_window import MainWindow
from inspector.station.state.retraining import Retraining, TrainingWish
from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import Role


@pytest.fixture
def page(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[ExportPage]:
    """On a record with two settled answers and one that waits for a second person, counted."""
    Retraining(session, FakeTrainingLink)
    session.show_wafer(KEY)
    session.confirm()
    session.relabel("speck")
    session.unsure()
    session.go_to(ChipId(0, 1))
    session.relabel("speck")
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ExportPage(session, parent)
    made.choice.use_folder(tmp_path / "labels")
    with qtbot.waitSignal(made.exporting.previewed):
        made.come()
    yield made
    made.shutdown()


def _text(page: QWidget, name: str) -> str:
    return page.findChild(QLabel, name).text()


def _button(page: QWidget, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def _counts(page: QWidget) -> dict[str, str]:
    table = page.findChild(QTreeWidget, "preview")
    items = [table.topLevelItem(row) for row in range(table.topLevelItemCount())]
    return {item.text(0): item.text(3) for item in items}


def test_that_the_page_counts_what_people_answered(page: ExportPage) -> None:
    assert _counts(page) == {"Clean": "–", "Speck": "1", "Pit": "1"}
    assert _text(page, "summary") == (
        "Chips: 2, to learn from: 2, to test with: 0. Lots: 1. Left out: 1 wait for a second person."
    )
    assert page.findChild(QTreeWidget, "concerns").topLevelItemCount() > 0


def test_that_accepted_chips_are_counted_once_they_are_asked_for(page: ExportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.exporting.previewed):
        page.findChild(QCheckBox, "accepted").setChecked(True)

    assert _counts(page) == {"Clean": "7", "Speck": "1", "Pit": "1"}


def test_that_the_export_writes_class_folders_and_says_where(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.exporting.written):
        _button(page, "export").click()

    names = sorted(p.relative_to(tmp_path / "labels").as_posix() for p in (tmp_path / "labels").rglob("*.png"))
    assert names == ["pit/L1_W01_c0_r0.png", "speck/L1_W01_c0_r1.png"]
    assert _text(page, "export_said") == "2 chips and their manifest are in the folder."
    assert not _button(page, "open_folder").isHidden()


def test_that_a_stopped_export_leaves_the_folder_as_it_was(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.exporting.ended):
        page.start()
        page.start()  # the same button stops

    assert list((tmp_path / "labels").rglob("*.png")) == []
    assert _text(page, "export_said").startswith("Stopped")


def test_that_an_export_into_a_strange_folder_is_refused(page: ExportPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "holiday.txt").write_text("mine")

    with qtbot.waitSignal(page.exporting.ended):
        page.start()

    assert "holds other files" in _text(page, "export_said")
    assert [p.name for p in (tmp_path / "labels").iterdir()] == ["holiday.txt"]


def test_that_nothing_can_be_exported_before_anybody_answered(session: Session, qtbot: QtBot) -> None:
    Retraining(session, FakeTrainingLink)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ExportPage(session, parent)
    with qtbot.waitSignal(made.exporting.previewed):
        made.come()

    assert not _button(made, "export").isEnabled()
    assert _button(made, "export").toolTip().startswith("Nobody has answered yet")
    assert _text(made, "summary").startswith("Nobody has settled a chip")
    made.shutdown()


def test_that_near_duplicates_are_looked_for_beside_the_window(page: ExportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.exporting.checked):
        _button(page, "check").click()

    assert _text(page, "export_said") == "0 pairs of chips are nearly the same."


def test_that_an_operator_is_told_that_others_export(page: ExportPage, session: Session, qtbot: QtBot) -> None:
    people = session.record.people
    people.add("Root", Role.ADMINISTRATOR, "123456")
    people.sign_in("Root", "123456")
    people.add("Kato", Role.OPERATOR, "654321")
    people.sign_in("Kato", "654321")
    with qtbot.waitSignal(page.exporting.previewed):
        page.come()

    assert not _button(page, "export").isEnabled()
    assert "ask an engineer" in _button(page, "export").toolTip()
    assert "ask an engineer" in _button(page, "train").toolTip()


@pytest.fixture
def trained(page: ExportPage, session: Session, qtbot: QtBot) -> tuple[Retraining, FakeTrainingLink]:
    """A training under way, from a finished export."""
    assert not _button(page, "train").isEnabled()  # nothing is exported yet
    with qtbot.waitSignal(page.exporting.written):
        page.start()
    page.retrain.use_minutes(2.0)
    _button(page, "train").click()
    training = Retraining.of(session)
    link = training._link
    assert isinstance(link, FakeTrainingLink)
    return training, link


def test_that_a_training_is_asked_for_with_its_budget_and_shows_its_curve(
    page: ExportPage, trained: tuple[Retraining, FakeTrainingLink], tmp_path: Path
) -> None:
    training, link = trained
    (request,) = link.requests
    assert (request.dataset, request.minutes, request.resume) == (tmp_path / "labels", 2.0, False)
    assert request.out.parent.parent == request.home == tmp_path / "record.models" / "tiny"

    link.say(JobProgress(1, "learning", 100, 1000, 60.0), EpochDone(1, 1, 0.9, 0.7, 0.8, 0.6, best=True))
    link.say(EpochDone(1, 2, 0.5, 0.8, 0.9, 0.7, best=True), EpochDone(1, 2, 0.4, 0.8, 0.9, 0.7, best=True))
    training.poll()

    assert [e.epoch for e in training.state.epochs] == [1, 2]
    assert page.findChild(QWidget, "learning_curve") is not None
    assert _text(page, "training_phase").startswith("Learning   1:00 left")
    assert not _button(page, "train").isEnabled()
    assert _button(page, "stop_training").isEnabled()


def test_that_a_stop_is_handed_on_and_the_result_leads_to_the_models(
    page: ExportPage, trained: tuple[Retraining, FakeTrainingLink], qtbot: QtBot, tmp_path: Path
) -> None:
    training, link = trained
    asked: list[str] = []
    page.page_asked.connect(asked.append)

    _button(page, "stop_training").click()
    link.say(JobNote(1, "Not compared: too few."), ModelReady(1, tmp_path, "d" * 64), JobFinished(1, stopped=True))
    with qtbot.waitSignal(training.model_ready):
        training.poll()
    qtbot.waitUntil(lambda: link.closed)

    assert link.stops == 1
    assert not training.state.is_active
    assert _text(page, "training_said") == "Not compared: too few."
    _button(page, "look_at_models").click()
    assert asked == ["models"]


def test_that_a_failed_training_is_told_and_another_can_begin(
    page: ExportPage, trained: tuple[Retraining, FakeTrainingLink]
) -> None:
    training, link = trained

    link.say(JobFailed(1, "The dataset labels holds too little to learn from."))
    training.poll()

    assert "too little" in _text(page, "training_said")
    assert _button(page, "train").isEnabled()


def test_that_a_stopped_training_can_be_gone_on_with(
    page: ExportPage, trained: tuple[Retraining, FakeTrainingLink]
) -> None:
    training, link = trained
    (link.requests[0].out / "checkpoint").mkdir(parents=True)
    link.say(JobFinished(1, stopped=True))
    training.poll()

    _button(page, "resume").click()

    again = training._link
    assert isinstance(again, FakeTrainingLink)
    assert (again.requests[0].resume, again.requests[0].out) == (True, link.requests[0].out)


def test_that_a_kept_model_removes_older_finished_trainings_and_nothing_that_was_interrupted(
    trained: tuple[Retraining, FakeTrainingLink], qtbot: QtBot, tmp_path: Path
) -> None:
    training, link = trained
    out = link.requests[0].out
    finished, interrupted = out.parent / "20200101-000000", out.parent / "20200102-000000"
    for folder in (finished, interrupted, out):
        (folder / "checkpoint").mkdir(parents=True)
    for folder in (finished, out):
        (folder / "card.json").write_text("{}")

    link.say(ModelReady(1, tmp_path, "d" * 64), JobFinished(1, stopped=False))
    training.poll()
    qtbot.waitUntil(lambda: not finished.exists())

    assert interrupted.is_dir()
    assert out.is_dir()


def test_that_what_trainings_left_is_removed_when_it_is_asked_for_and_their_models_stay(
    page: ExportPage, trained: tuple[Retraining, FakeTrainingLink]
) -> None:
    training, link = trained
    out, model = link.requests[0].out, link.requests[0].home / "20200101-0000-abc" / "card.json"
    model.parent.mkdir(parents=True)
    model.write_text("{}")
    (out / "checkpoint").mkdir(parents=True)
    (out / "checkpoint" / "epoch-3.safetensors").write_bytes(bytes(2_000_000))
    assert _button(page, "remove_trainings").isHidden(), "while it trains"
    link.say(JobFinished(1, stopped=True))
    training.poll()
    assert _button(page, "remove_trainings").text() == "Remove checkpoints (2 MB)"

    _button(page, "remove_trainings").click()

    assert not out.exists()
    assert model.is_file()
    assert _button(page, "remove_trainings").isHidden()
    assert _button(page, "resume").isHidden()


def test_that_a_training_goes_on_while_the_window_changes_its_language_and_ends_with_it(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = open_window(judged_record(tmp_path))
    training = Retraining(window.session, FakeTrainingLink)
    recipe = window.session.recipe
    assert recipe is not None
    window.pages.show_page("export")
    training.start(TrainingWish(tmp_path, recipe, 1.0))
    link = training._link

    window.use_language("ja")
    window.use_language("en")
    window.pages.show_page("export")

    assert Retraining.of(window.session) is training
    assert training.state.is_active
    window.close()
    assert isinstance(link, FakeTrainingLink)
    assert link.closed


def test_that_sub_types_without_a_chip_come_last_in_one_row_for_each_class(qtbot: QtBot) -> None:
    classes = RECIPE.class_set
    empty = [Concern("no-chips", "", subject=f"pit › {name}: 0") for name in ("dark", "bright")]
    owner = QWidget()
    qtbot.addWidget(owner)
    table = ConcernList(owner)
    others = [Concern("leak-lot", "", subject="L1"), Concern("no-chips", "", subject="speck")]
    table.show_concerns([*empty, *others], classes, "ja")

    rows = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]

    assert [row.text(1) for row in rows if row is not None] == ["L1", "微小異物", "ピット › dark, bright"]
    assert [row.font(0).bold() for row in rows if row is not None] == [True, True, False]
