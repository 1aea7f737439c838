"""The page of models: which one is in use, its card, gates, comparison and flips; activating and going back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from models_fakes import FakeTrainingLink, own_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTabWidget, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from stations import KEY, RECIPE

from inspector.records.models import activate_model, activations, model_in_use
from inspector.station.models.models_page import ModelsPage
from inspector.station.panels.rows import RowList
from inspector.station.state.recipes_for_lists import model_for
from inspector.station.state.retraining import Retraining
from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import Role


@pytest.fixture
def models(session: Session) -> tuple[Path, Path]:
    """Two models that were trained here, the older one in use."""
    old = own_model(session.record, "20261101-100000-old", date="2026-11-01")
    new = own_model(session.record, "20261120-100000-new")
    activate_model(session.record, RECIPE.name, old, operator="Ito")
    return old, new


@pytest.fixture
def page(session: Session, models: tuple[Path, Path], qtbot: QtBot) -> Iterator[ModelsPage]:
    Retraining(session, FakeTrainingLink)
    session.show_wafer(KEY)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ModelsPage(session, parent)
    with qtbot.waitSignal(made.shelves.read):
        made.come()
    yield made
    made.shutdown()


def _button(page: QWidget, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def _use(page: ModelsPage, qtbot: QtBot) -> None:
    page.findChild(QCheckBox, "anyway").setChecked(True)
    with qtbot.waitSignal(page.shelves.read):
        _button(page, "use_model").click()


def test_that_the_models_are_listed_the_newest_first_with_their_state(page: ModelsPage) -> None:
    rows = page.findChild(RowList, "models").rows

    assert [rows.row(n).number for n in range(rows.rowCount())] == ["4 checks open", "in use"]
    assert page.chosen is not None
    assert page.chosen.folder.name == "20261120-100000-new"
    assert page.findChild(QLabel, "model_state").text() == "Never in use here."


def test_that_gates_comparison_and_flips_tell_what_the_new_model_does(page: ModelsPage) -> None:
    gates = page.findChild(QTreeWidget, "gates")
    failed = [
        gates.topLevelItem(n).text(1) for n in range(gates.topLevelItemCount()) if gates.topLevelItem(n).text(0) == "✗"
    ]
    table = page.findChild(QTreeWidget, "comparison")
    figures = {table.topLevelItem(n).text(0): table.topLevelItem(n).text(2) for n in range(table.topLevelItemCount())}
    flips = page.findChild(QTreeWidget, "flips")

    assert failed == ["Enough chips", "No new escape", "Probabilities hold"]
    assert figures["Escapes"].startswith("33.3 %   (1 / 3;")
    assert figures["Recall of Pit"].startswith("66.7 %")
    assert [flips.topLevelItem(n).text(4) for n in range(2)] == ["new escape", "overkill mended"]


def test_that_a_click_on_a_flip_goes_to_the_chip(page: ModelsPage, session: Session, qtbot: QtBot) -> None:
    flips = page.findChild(QTreeWidget, "flips")

    with qtbot.waitSignal(page.done):
        flips.itemClicked.emit(flips.topLevelItem(0), 0)

    assert (session.key, session.current) == (KEY, ChipId(0, 1))


def test_that_a_flips_picture_comes_from_the_record(page: ModelsPage, qtbot: QtBot) -> None:
    item = page.findChild(QTreeWidget, "flips").topLevelItem(0)
    assert item.icon(0).isNull()  # nobody has looked yet

    page.findChild(QTabWidget).setCurrentIndex(2)
    page.parentWidget().show()

    qtbot.waitUntil(lambda: not item.icon(0).isNull())


def test_that_a_model_with_open_checks_is_used_only_after_saying_so_and_the_record_keeps_which(
    page: ModelsPage, session: Session, models: tuple[Path, Path], qtbot: QtBot
) -> None:
    old, new = models
    assert not _button(page, "use_model").isEnabled()
    assert "Tick the box" in _button(page, "use_model").toolTip()

    _use(page, qtbot)

    assert model_in_use(session.record, RECIPE.name) == new == model_for(RECIPE, record=session.record)
    last = activations(session.record, RECIPE.name)[-1]
    assert (last.person, last.failed) == ("Kato", ("enough", "escape", "calibrated", "lots"))
    assert page.findChild(QLabel, "model_state").text().startswith("In use since")
    with qtbot.waitSignal(page.shelves.read):
        _button(page, "go_back").click()
    assert model_in_use(session.record, RECIPE.name) == old
    assert new.is_dir()


def test_that_an_operator_changes_no_model(page: ModelsPage, session: Session, qtbot: QtBot) -> None:
    people = session.record.people
    people.add("Root", Role.ADMINISTRATOR, "123456")
    people.sign_in("Root", "123456")
    people.add("Abe", Role.OPERATOR, "654321")
    people.sign_in("Abe", "654321")
    with qtbot.waitSignal(page.shelves.read):
        page.come()

    assert not _button(page, "use_model").isEnabled()
    assert not _button(page, "go_back").isEnabled()
    assert _button(page, "use_model").toolTip() == "Only an engineer may change the model."
    assert page.chosen is not None
    with qtbot.waitSignal(page.shelves.failed):
        page.use_chosen()  # below the window too
    assert len(activations(session.record, RECIPE.name)) == 1


def test_that_a_model_that_was_just_trained_is_chosen(
    page: ModelsPage, session: Session, models: tuple[Path, Path], qtbot: QtBot
) -> None:
    old, _ = models
    Retraining.of(session).model_ready.emit(old)

    with qtbot.waitSignal(page.shelves.read):
        page.come()

    assert page.chosen is not None
    assert page.chosen.folder == old


def test_that_a_broken_model_is_named_and_the_others_are_shown(
    page: ModelsPage, session: Session, models: tuple[Path, Path], qtbot: QtBot
) -> None:
    (models[1] / "card.json").write_text("{")

    with qtbot.waitSignal(page.shelves.read):
        page.come()

    assert "card.json is damaged" in page.findChild(QLabel, "models_said").text()
    assert page.findChild(RowList, "models").rows.rowCount() == 1


def test_that_the_first_activation_can_be_taken_back_to_what_judged_before(session: Session, qtbot: QtBot) -> None:
    own = own_model(session.record, "20261101-100000-old")
    parent = QWidget()
    qtbot.addWidget(parent)
    Retraining(session, FakeTrainingLink)
    made = ModelsPage(session, parent)
    with qtbot.waitSignal(made.shelves.read):
        made.come()
    assert not _button(made, "go_back").isEnabled()  # nothing judged this product before

    _use(made, qtbot)

    assert model_in_use(session.record, RECIPE.name) == own
    assert not _button(made, "go_back").isEnabled()
    assert made.findChild(QLabel, "models_said").textFormat() == Qt.TextFormat.PlainText
    made.shutdown()
