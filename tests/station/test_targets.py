"""What a finger chooses from is high enough: every row of a list, with gloves too."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QListView, QTreeWidget

from inspector.station.look.targets import GLOVE, TARGET
from inspector.station.main_window import MainWindow


def row_heights(window: MainWindow) -> dict[str, int]:
    """The heights of the first rows to choose from: queues, wafers, keys, commands; logical pixels."""
    window.pages.show_page("keys")
    QApplication.processEvents()
    window.named["commands"].trigger()
    tree = window.findChild(QTreeWidget, "key_table")
    keys = tree.visualItemRect(tree.topLevelItem(0).child(0)).height()
    lists = {name: window.findChild(QListView, name) for name in ("queues", "wafers", "commands")}
    return {"keys": keys} | {name: view.visualRect(view.model().index(0, 0)).height() for name, view in lists.items()}


@pytest.mark.parametrize(("gloves", "least"), [(False, TARGET), (True, GLOVE)])
def test_that_rows_to_choose_from_are_as_high_as_the_finger_needs(window: MainWindow, gloves: bool, least: int) -> None:
    window.session.settings.looks.gloves = gloves
    window.use_language("en")

    heights = row_heights(window)

    assert heights == {name: pytest.approx(least, abs=2) for name in heights}
    assert min(heights.values()) >= least


def test_that_the_found_actions_stay_inside_a_small_window(window: MainWindow) -> None:
    window.resize(1024, 640)
    window.session.settings.looks.gloves = True
    window.use_language("en")
    QApplication.processEvents()
    window.named["commands"].trigger()

    over = window.command_search.parentWidget()
    assert over is not None
    assert over.rect().contains(window.command_search.geometry())
