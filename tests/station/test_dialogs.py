"""Opening, exporting, the guide and the key sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTextBrowser
from pytestqt.qtbot import QtBot
from stations import FACTS, KEY, QUEUE, RECIPE, FakeLink, judge_button, model_folder, wafer_png

from inspector.station.dialogs.help_viewer import HelpViewer
from inspector.station.dialogs.key_sheet import KeySheet
from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.panels.rows import RowList
from inspector.station.state.recipes_for_lists import guess, model_digest, model_for, shipped_recipes
from inspector.station.state.session import Session


def test_that_opening_judges_the_images_with_the_chosen_recipe_and_lot(
    session: Session, link: FakeLink, recipe_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = OpenDialog(session, [wafer_png(tmp_path, "A.png"), wafer_png(tmp_path, "B.png")])
    qtbot.addWidget(dialog)
    dialog.use_recipe(str(recipe_file))
    dialog.use_model(model_folder(tmp_path / "model"))
    dialog.findChild(QLineEdit, "lot").setText("  LD-1 ")

    judge_button(dialog).click()

    assert (link.requests[0].lot, link.requests[0].wafer) == ("LD-1", "A")
    assert link.requests[0].model == tmp_path / "model"
    assert session.job.waiting == 1
    assert session.settings.recipe == str(recipe_file)


def test_that_recipe_and_model_are_remembered(
    session: Session, recipe_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = OpenDialog(session, [wafer_png(tmp_path, "A.png")])
    qtbot.addWidget(first)
    first.use_recipe(str(recipe_file))
    first.use_model(model_folder(tmp_path / "model"))
    first.accept()

    again = OpenDialog(session, [wafer_png(tmp_path, "C.png")])
    qtbot.addWidget(again)

    assert again.recipe is not None
    assert (again.recipe.name, again.model) == ("tiny", tmp_path / "model")
    assert judge_button(again).isEnabled()


def test_that_judge_waits_for_a_model_and_says_why(
    session: Session, recipe_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = OpenDialog(session, [wafer_png(tmp_path, "A.png")])
    qtbot.addWidget(dialog)

    dialog.use_recipe(str(recipe_file))

    assert not judge_button(dialog).isEnabled()
    assert dialog.findChild(QLabel, "missing").text().startswith("There is no model for this product")


def test_that_judge_waits_for_a_lot(session: Session, recipe_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = OpenDialog(session, [wafer_png(tmp_path, "A.png")])
    qtbot.addWidget(dialog)
    dialog.use_recipe(str(recipe_file))
    dialog.use_model(model_folder(tmp_path / "model"))

    dialog.findChild(QLineEdit, "lot").setText(" ")

    assert not judge_button(dialog).isEnabled()


def test_that_a_broken_recipe_file_is_named_and_the_choice_stays(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[product\n", encoding="utf-8")
    dialog = OpenDialog(session, [wafer_png(tmp_path, "A.png")])
    qtbot.addWidget(dialog)
    before = dialog.findChild(QComboBox, "recipe").currentIndex()

    dialog.use_recipe(str(broken))

    assert "broken.toml is not valid TOML" in dialog.findChild(QLabel, "missing").text()
    assert dialog.findChild(QComboBox, "recipe").currentIndex() == before


def test_that_the_recipe_is_guessed_from_the_images_size() -> None:
    listed = shipped_recipes()
    laser = next(entry for entry in listed if entry.place == "laser-wafer")
    grid = laser.recipe.grid.grid()

    fits = guess(listed, round(grid.extent[0] + 1200), round(grid.extent[1] + 1200))

    assert fits == laser
    assert guess(listed, 100, 100) is None


def test_that_a_users_own_model_goes_before_the_shipped_one(own_folders: Path, tmp_path: Path) -> None:
    from inspector import paths

    own = model_folder(paths.user_data() / "models" / RECIPE.name)

    assert model_for(RECIPE) == own
    assert model_for(RECIPE, str(model_folder(tmp_path / "chosen"))) == tmp_path / "chosen"
    assert model_digest(own) == FACTS.digest


def test_that_an_unreadable_card_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_bytes(b"\xff{")

    assert model_digest(tmp_path) == ""


def test_that_the_guide_follows_its_links(qtbot: QtBot) -> None:
    viewer = HelpViewer("en")
    qtbot.addWidget(viewer)
    text = viewer.findChild(QTextBrowser, "help_text")
    assert "Reviewing a wafer" in text.toPlainText()

    text.setSource(QUrl("4-heat.md"))

    assert text.toPlainText().startswith("The heat map")
    pages = viewer.findChild(RowList, "help_pages")
    assert pages.currentIndex().data() == "The heat map"


def test_that_the_key_sheet_lists_the_recipes_keys_and_the_stations(qtbot: QtBot) -> None:
    sheet = KeySheet(RECIPE.class_set, "en")
    qtbot.addWidget(sheet)

    texts = [label.text() for label in sheet.findChildren(QLabel)]

    assert texts[texts.index("3") + 1] == "Pit"
    assert texts[texts.index("Enter / Space") + 1] == "Confirm and go on"
    assert texts[texts.index("Ctrl+Shift+Z / Ctrl+Y") + 1] == "Redo"


def test_that_the_review_goes_on_beside_the_guide(session: Session, qtbot: QtBot) -> None:
    viewer = HelpViewer("ja")
    qtbot.addWidget(viewer)
    viewer.show()
    session.show_wafer(KEY)

    session.confirm()

    assert not viewer.isModal()
    assert session.current == QUEUE[1]
