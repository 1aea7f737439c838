"""Keys of one's own, and the search for actions: whatever the table offers can be given another key, and is found."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QLineEdit, QListWidget, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot
from stations import QUEUE

from inspector.station.keys.actions import ACTIONS
from inspector.station.keys.key_map import KeyMap, portable
from inspector.station.main_window import MainWindow
from inspector.station.state.settings import StationSettings

SPECS = {spec.name: spec for spec in ACTIONS}


def own_map(tmp_path: Path) -> KeyMap:
    return KeyMap(StationSettings(tmp_path / "station.ini").looks)


def test_that_no_two_actions_of_the_table_share_a_key() -> None:
    keys = [portable(key) for spec in ACTIONS for key in spec.keys]
    assert sorted(keys) == sorted(set(keys))


def test_that_a_key_of_ones_own_is_on_disk_and_taken_from_the_one_that_had_it(tmp_path: Path) -> None:
    own_map(tmp_path).add("unsure", "X")

    again = own_map(tmp_path)

    assert again.keys(SPECS["unsure"]) == ("X", "U")
    assert again.keys(SPECS["exclude"]) == ()
    again.reset()
    assert again.keys(SPECS["exclude"]) == SPECS["exclude"].keys


_STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(SPECS)), st.sampled_from(["X", "U", "Q", "F5", "Ctrl+Z", "H"]), st.booleans()),
    max_size=8,
)


@given(_STEPS)
@settings(max_examples=60, deadline=None)
def test_that_no_key_ever_asks_for_two_actions(steps: list[tuple[str, str, bool]]) -> None:
    class Kept:
        keys: dict[str, tuple[str, ...]] = {}

    key_map = KeyMap(Kept())  # type: ignore[arg-type]
    for name, key, gives in steps:
        if gives:
            key_map.add(name, key)
            assert portable(key) in key_map.keys(SPECS[name])
        else:
            key_map.reset([name])
        keys = [portable(k) for spec in ACTIONS for k in key_map.keys(spec)]
        assert len(keys) == len(set(keys))


def test_that_a_chosen_key_works_at_once_and_says_whose_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.pages.show_page("keys")
    page = window.pages.page
    assert page is not None
    tree = page.findChild(QTreeWidget, "key_table")
    found = tree.findItems("Next chip of the queue", Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(found[0])
    page.findChild(QKeySequenceEdit, "new_key").setKeySequence(QKeySequence("U"))
    assert "Unsure" in page.findChild(QLabel, "key_line").text()
    page.findChild(QPushButton, "give_key").click()

    window.pages.go_home()
    qtbot.keyClick(window.work, Qt.Key.Key_U)

    assert window.session.current == QUEUE[1]
    assert window.session.standing(QUEUE[0]).decision is None


def test_that_the_keys_of_classes_are_refused(window: MainWindow) -> None:
    window.pages.show_page("keys")
    page = window.pages.page
    assert page is not None
    page.findChild(QKeySequenceEdit, "new_key").setKeySequence(QKeySequence("3"))
    assert "Pit" in page.findChild(QLabel, "key_line").text()
    assert not page.findChild(QPushButton, "give_key").isEnabled()


def test_that_an_action_is_found_by_a_few_letters_and_done(window: MainWindow, qtbot: QtBot) -> None:
    window.named["commands"].trigger()
    words = window.findChild(QLineEdit, "command_words")
    qtbot.keyClicks(words, "next chip")
    commands = window.findChild(QListWidget, "commands")
    assert commands.currentItem().text().startswith("Next chip of the queue")
    qtbot.keyClick(words, Qt.Key.Key_Return)

    assert window.session.current == QUEUE[1]
    assert not window.command_search.isVisible()


def test_that_the_search_names_every_action(window: MainWindow) -> None:
    window.named["commands"].trigger()
    assert window.findChild(QListWidget, "commands").count() == len(ACTIONS)
