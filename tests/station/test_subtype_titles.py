"""Sub-types have titles in the window, and are kept by their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from stations import KEY, RECIPE, with_recipe

from inspector.exchange.dataset_check.balance import Concern
from inspector.station.export.concern_list import ConcernList
from inspector.station.main_window import MainWindow
from inspector.wafer.recipe import Recipe

PIT = {
    "name": "pit",
    "verdict": "defect",
    "key": "3",
    "title": {"en": "Pit", "ja": "ピット"},
    "subtypes": ["long", "round"],
    "subtype_titles": {"long": {"en": "Long one", "ja": "線状"}},
}


def test_that_a_sub_type_is_called_as_the_recipe_says_and_kept_by_its_name(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    clean = {"name": "clean", "verdict": "good", "key": "1"}
    window = open_window(with_recipe(tmp_path, classes=[clean, PIT]))
    window.use_language("ja")

    qtbot.waitUntil(lambda: window.deciding.is_ready)
    qtbot.keyClick(window.work, Qt.Key.Key_S)
    question = window.work.strip.question
    qtbot.keyClick(window.work.strip, Qt.Key.Key_1)

    assert question is not None
    assert question.options == (("long", "線状"), ("round", "round"))
    assert "線状" in window.session.undo_stack.undoText()
    assert window.session.record.decisions(KEY)[0].new.subtype == "long"


def test_that_warnings_about_an_export_name_sub_types_as_the_window_does(qtbot: QtBot) -> None:
    recipe = RECIPE.model_dump(mode="json", exclude_defaults=True)
    classes = Recipe.model_validate(recipe | {"classes": [*recipe["classes"][:2], PIT]}).class_set
    owner = QWidget()
    qtbot.addWidget(owner)
    table = ConcernList(owner)

    table.show_concerns([Concern("thin-subtype", "", subject="pit › long: 3")], classes, "ja")

    item = table.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "ピット › 線状: 3"
