"""The one window: keys and their guards, clicks, drops, looks and sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, QUEUE, judged_record, wafer_png

from inspector.records.record import Record
from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.main_window import MainWindow
from inspector.station.panels.buttons import KeyButton
from inspector.station.panels.rows import RowList
from inspector.station.state.words import why_asked
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.review import ReviewLimits, ReviewReason

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def wait_for_chip(qtbot: QtBot, window: MainWindow) -> None:
    """Until the current chip has been on the screen long enough for any key."""
    qtbot.waitUntil(lambda: window.deciding.is_ready)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    wait_for_chip(qtbot, window)
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(window, key, held)


def kinds(window: MainWindow) -> list[DecisionKind]:
    return [d.kind for d in window.session.record.decisions(KEY)]


def test_that_ten_chips_are_decided_by_keyboard_alone_and_are_there_after_reopening(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> None:
    url = judged_record(tmp_path)
    window = open_window(url)
    window.session.choose_queue("everything")
    window.session.go_to(CHIPS[0])

    for key in (Key.Key_Return, Key.Key_1, Key.Key_3, Key.Key_Space, Key.Key_2, Key.Key_U, Key.Key_X, Key.Key_X):
        press(qtbot, window, key)
    for key in (Key.Key_Enter, Key.Key_3, Key.Key_1):
        press(qtbot, window, key)
    press(qtbot, window, Key.Key_Z, CTRL)
    press(qtbot, window, Key.Key_Z, CTRL, SHIFT)
    answers = {chip: window.session.standing(chip) for chip in CHIPS[:10]}
    window.close()
    again = open_window(url)

    assert all(answer.decision is not None for answer in answers.values())
    assert {chip: again.session.standing(chip) for chip in CHIPS[:10]} == answers
    assert again.session.key == KEY


def taken_from_shortcuts(window: MainWindow, key: Qt.Key, held: bool) -> bool:
    """True where the window keeps a key press away from its shortcuts, as Qt asks before each of them."""
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, "", held, 1)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_that_a_held_key_decides_once_and_a_held_arrow_runs_on(window: MainWindow) -> None:
    deciding = [Key.Key_Return, Key.Key_Space, Key.Key_1, Key.Key_U, Key.Key_X]

    assert [taken_from_shortcuts(window, key, held=True) for key in deciding] == [True] * 5
    assert [taken_from_shortcuts(window, key, held=False) for key in deciding] == [False] * 5
    assert not taken_from_shortcuts(window, Key.Key_Right, held=True)


def test_that_the_arrow_keys_move_and_decide_nothing(qtbot: QtBot, window: MainWindow) -> None:
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left):
        press(qtbot, window, key)

    assert window.session.current == QUEUE[1]
    assert kinds(window) == []


def test_that_undo_by_key_goes_back_to_the_chip_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_2)

    press(qtbot, window, Key.Key_Z, CTRL)

    assert window.session.current == QUEUE[0]
    said = window.findChild(QLabel, "said")
    assert said.text() == "Undone: Chip 0 / 0: Speck"


def test_that_a_click_on_a_class_gives_it_and_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    wait_for_chip(qtbot, window)

    qtbot.mouseClick(window.findChild(KeyButton, "class_speck"), Qt.MouseButton.LeftButton)

    assert window.session.standing(QUEUE[0]).class_name == "speck"
    assert window.session.current == QUEUE[1]


def test_that_the_button_of_the_standing_class_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    marked = [b.objectName() for b in window.findChildren(KeyButton) if b.isCheckable() and b.isChecked()]

    assert marked == ["class_pit"]
    assert window.findChild(KeyButton, "confirm").face.title == "Confirm Pit"


def test_that_the_answer_is_said_in_words_with_the_reason(window: MainWindow) -> None:
    window.session.go_to(QUEUE[2])

    assert window.findChild(QLabel, "odds").text() == "Of 100 chips like this, about 60 are defects."
    assert window.findChild(QLabel, "why_asked").text() == "Asked because P(defect) 0.60 is between 0.05 and 0.95."
    assert window.findChild(QLabel, "place_in_queue").text() == "3 of 4, Needs review"


def test_that_limits_near_zero_are_said_with_all_their_digits() -> None:
    said = why_asked(ReviewReason.BORDERLINE, 0.0031, ReviewLimits(0.0012, 0.99995))

    assert said == "Asked because P(defect) 0.003 is between 0.001 and 0.99995."
    assert why_asked(ReviewReason.NOVEL, 0.0, ReviewLimits()).startswith("Asked because it is like nothing")


def test_that_letters_typed_as_the_operators_name_decide_nothing(qtbot: QtBot, window: MainWindow) -> None:
    wait_for_chip(qtbot, window)
    field = window.findChild(QLineEdit, "operator")
    field.setFocus()
    field.selectAll()

    qtbot.keyClicks(field, "Ux 123")
    qtbot.keyClick(field, Key.Key_Return)

    assert window.session.operator == "Ux 123"
    assert kinds(window) == []


def test_that_space_on_a_focused_button_presses_that_button(qtbot: QtBot, window: MainWindow) -> None:
    wait_for_chip(qtbot, window)
    speck = window.findChild(KeyButton, "class_speck")
    speck.setFocus()

    qtbot.keyClick(speck, Key.Key_Space)

    assert window.session.standing(QUEUE[0]).class_name == "speck"
    assert kinds(window) == [DecisionKind.RELABEL]


def test_that_h_tapped_stays_and_h_held_peeks(qtbot: QtBot, window: MainWindow) -> None:
    chip = window.work.chip
    before = chip.heat_visible

    qtbot.keyClick(window, Key.Key_H)
    tapped = chip.heat_visible
    qtbot.keyPress(window, Key.Key_H)
    peeked = chip.heat_visible
    qtbot.wait(350)  # the hold itself is what is tested
    qtbot.keyRelease(window, Key.Key_H)

    assert (tapped, peeked, chip.heat_visible) == (not before, before, not before)


def test_that_e_switches_the_evidence_shows_heat_and_stays_in_another_language(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.work.chip.set_heat_visible(False)

    press(qtbot, window, Key.Key_E)
    first = window.work.chip.any_defect, window.work.chip.heat_visible
    window.use_language("ja")
    kept = window.work.chip.any_defect
    window.use_language("en")
    press(qtbot, window, Key.Key_E)

    assert first == (True, True)
    assert kept
    assert (window.work.chip.any_defect, window.session.settings.heat_any_defect) == (False, False)


def test_that_brackets_change_the_heats_opacity(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.settings.heat_opacity

    qtbot.keyClick(window, Key.Key_BracketLeft)

    assert window.session.settings.heat_opacity == pytest.approx(before - 0.1)


def test_that_choosing_a_queue_by_click_shows_its_first_chip(qtbot: QtBot, window: MainWindow) -> None:
    queues = window.findChild(RowList, "queues")
    borderline = queues.visualRect(queues.rows.index(2))

    qtbot.mouseClick(queues.viewport(), Qt.MouseButton.LeftButton, pos=borderline.center())

    assert window.session.queue() == QUEUE[2:]
    assert window.session.current == QUEUE[2]


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, mime, left, none))


def test_that_a_dropped_image_asks_for_product_and_lot(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "LD-7"
    folder.mkdir()

    drop(window, wafer_png(folder, "W09.png"))

    dialog = window.findChild(OpenDialog)
    assert [path.name for path in dialog.images] == ["W09.png"]
    assert dialog.lot == "LD-7"


def test_that_a_dropped_text_is_refused_in_the_banner(window: MainWindow, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no image")

    drop(window, text)

    assert window.banner.isVisible()
    assert "no image among the dropped files" in window.banner.text


def test_that_a_failure_is_a_banner_and_takes_no_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.session.failed.emit("A.png is truncated: copy it again.")

    press(qtbot, window, Key.Key_Return)

    assert window.banner.text == "A.png is truncated: copy it again."
    assert QApplication.activeModalWidget() is None
    assert kinds(window) == [DecisionKind.CONFIRM]


def test_that_the_chip_takes_the_wafers_room_on_a_small_screen(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 740)
    qtbot.waitUntil(lambda: window.work.is_narrow)
    narrow = window.work.chip.width()

    assert window.work.map.height() <= 200
    assert narrow > window.work.map.width() * 2
    window.resize(1600, 900)
    qtbot.waitUntil(lambda: not window.work.is_narrow and window.work.map.height() > 400)


def test_that_a_recipes_own_key_wins_over_a_key_of_the_station(window: MainWindow) -> None:
    from inspector.station.keys.actions import give_keys

    give_keys(window.named, window.key_map.keys, frozenset({"u"}))

    assert window.named["unsure"].shortcuts() == []
    assert [s.toString() for s in window.named["exclude"].shortcuts()] == ["X"]


def test_that_a_decision_is_in_the_record_before_the_window_closes(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_3)

    with Record.open(window.session.record.url) as other:
        assert other.standing(KEY)[QUEUE[0]].state is AnswerState.CONFIRMED


def test_that_icons_keep_their_contrast_when_the_look_changes(qtbot: QtBot, window: MainWindow) -> None:
    def ink() -> int:
        image = window.named["open"].icon().pixmap(20, 20).toImage()
        pixels = (image.pixelColor(x, y) for x in range(20) for y in range(20))
        return max(colour.lightness() for colour in pixels if colour.alpha() > 200)

    window.use_scheme("dark")
    qtbot.waitUntil(lambda: ink() > 180)
    window.use_scheme("light")
    qtbot.waitUntil(lambda: ink() < 80)

    assert window.session.settings.scheme == "light"


def test_that_the_keyboard_comes_back_when_a_dialog_closes(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, wafer_png(tmp_path, "W09.png"))
    window.findChild(OpenDialog).reject()

    press(qtbot, window, Key.Key_Return)

    assert kinds(window) == [DecisionKind.CONFIRM]
