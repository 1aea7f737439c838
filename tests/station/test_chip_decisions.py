"""What the deciding keys ask for and guard: Shift from defect to good, reasons, sub-types, notes, points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE, with_recipe

from inspector.exchange.dataset_folders import export
from inspector.station.main_window import MainWindow
from inspector.station.panels.buttons import KeyButton
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.manifest import read_dataset

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., MainWindow]


def seen(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.deciding.is_ready)


def press(
    qtbot: QtBot, window: MainWindow, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """To whatever has the keyboard, as a hand does."""
    for key in keys:
        seen(qtbot, window)
        qtbot.keyClick(window.focusWidget() or window, key, held)


def said(window: MainWindow) -> str:
    label = window.findChild(QLabel, "said")
    assert label is not None
    return label.text()


def test_that_a_defect_that_becomes_good_goes_to_a_second_person_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_1)

    assert window.session.standing(QUEUE[0]).class_name == "clean"
    assert said(window) == "Chip 0 / 0: Clean. A defect becomes good, so a second person looks at it."


def test_that_without_second_review_a_defect_becomes_good_only_with_shift(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(with_recipe(tmp_path, review={"second": []}))

    press(qtbot, window, Key.Key_1)
    plain, asked = window.session.standing(QUEUE[0]), said(window)
    press(qtbot, window, Key.Key_1, held=SHIFT)

    assert plain.state is AnswerState.MACHINE
    assert asked == "Shift+1: Clean (a defect becomes good)"
    assert window.session.standing(QUEUE[0]).class_name == "clean"
    assert window.session.current == QUEUE[0]


def test_that_without_second_review_two_clicks_make_a_defect_good(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(with_recipe(tmp_path, review={"second": []}))
    button = window.findChild(KeyButton, "class_clean")
    assert button is not None
    seen(qtbot, window)

    button.click()
    first = window.session.standing(QUEUE[0]).state
    button.click()

    assert first is AnswerState.MACHINE
    assert window.session.standing(QUEUE[0]).class_name == "clean"


def test_that_shift_and_a_digit_label_and_stay(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_2, held=SHIFT)

    assert window.session.standing(QUEUE[0]).class_name == "speck"
    assert window.session.current == QUEUE[0]


def test_that_a_chip_is_excluded_with_a_reason_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_X)
    asked = window.work.strip.question
    press(qtbot, window, Key.Key_2)

    assert asked is not None
    assert window.work.strip.question is None
    decision = window.session.standing(QUEUE[0]).decision
    assert decision is not None
    assert (decision.kind, decision.new.reason) == (DecisionKind.EXCLUDE, "wafer edge")


def test_that_enter_takes_the_first_reason_and_words_are_kept_as_they_are_written(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(qtbot, window, Key.Key_X, Key.Key_Return, Key.Key_X)
    qtbot.keyClicks(window.focusWidget(), "half of it is missing")
    press(qtbot, window, Key.Key_Return)

    reasons = [d.new.reason for d in window.session.record.decisions(KEY)]
    assert reasons == ["bad image", "half of it is missing"]


def test_that_esc_excludes_nothing_and_gives_the_keys_back(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_X, Key.Key_Escape, Key.Key_Return)

    assert [d.kind for d in window.session.record.decisions(KEY)] == [DecisionKind.CONFIRM]


def test_that_a_held_key_does_not_answer_the_question_that_it_asked(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_X)
    repeated = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", True, 1)
    window.work.strip.keyPressEvent(repeated)

    assert window.session.record.decisions(KEY) == []


def test_that_s_and_a_digit_give_a_sub_type_that_stays_with_the_class(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    classes = [
        {"name": "clean", "verdict": "good", "key": "1"},
        {"name": "speck", "verdict": "good", "key": "2"},
        {"name": "pit", "verdict": "defect", "key": "3", "subtypes": ["round", "long"]},
    ]
    window = open_window(with_recipe(tmp_path, classes=classes))

    press(qtbot, window, Key.Key_S, Key.Key_2)
    window.session.go_to(QUEUE[0])
    press(qtbot, window, Key.Key_3)

    decisions = window.session.record.decisions(KEY)
    assert [(d.kind, d.new.to_class, d.new.subtype) for d in decisions] == [
        (DecisionKind.CONFIRM, "pit", "long"),
        (DecisionKind.CONFIRM, "pit", "long"),
    ]


def test_that_a_class_without_sub_types_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_S)

    assert said(window) == "Pit has no sub-types in this recipe."
    assert window.work.strip.question is None


def test_that_a_note_goes_to_the_record_and_into_the_history(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_N)
    qtbot.keyClicks(window.focusWidget(), "see lot sheet 3")
    press(qtbot, window, Key.Key_Return)

    [note] = window.session.record.notes(KEY)[QUEUE[0]]
    assert (note.text, note.operator) == ("see lot sheet 3", "Kato")
    assert window.session.current == QUEUE[0]
    lines = window.findChild(QLabel, "history_lines")
    qtbot.waitUntil(lambda: "Kato noted: see lot sheet 3" in lines.text())


@pytest.fixture
def asking(window: MainWindow) -> MainWindow:
    """A window whose operator wants to be asked for points; the chip in sight is judged good."""
    window.session.settings.asks_for_points = True
    window.session.go_to(QUEUE[3])
    return window


def points(window: MainWindow) -> list[tuple[float, float] | None]:
    return [d.new.point for d in window.session.record.decisions(KEY)]


def test_that_the_relabel_is_on_disk_before_the_point_is_asked_for(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3)

    assert asking.work.chip.canvas.asks
    assert points(asking) == [None]
    assert asking.session.standing(QUEUE[3]).class_name == "pit"
    assert asking.session.current == QUEUE[3]


def test_that_enter_takes_the_peak_of_the_heat(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3, Key.Key_Return)

    assert points(asking) == [None, (10.0, 10.0)]  # the middle of the hot one of four cells of a chip of 40 px
    assert asking.session.standing(QUEUE[3]).state is AnswerState.RELABELLED
    assert asking.session.current != QUEUE[3]


def test_that_a_click_says_where_the_defect_is(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3)
    canvas = asking.work.chip.canvas
    middle = canvas.view.to_screen(canvas.view.scene.center()) / canvas.devicePixelRatioF()

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))

    [_, point] = points(asking)
    assert point == pytest.approx((20.0, 20.0), abs=0.2)


def test_that_esc_goes_on_without_a_point(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3)
    asking.work.setFocus()
    press(qtbot, asking, Key.Key_Escape)

    assert points(asking) == [None]
    assert not asking.work.chip.canvas.asks
    assert asking.session.current != QUEUE[3]


def test_that_nobody_is_asked_for_a_point_unless_wanted_and_p_asks_once(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to(QUEUE[3])

    press(qtbot, window, Key.Key_3)
    unasked = window.work.chip.canvas.asks
    window.session.go_to(QUEUE[3])
    press(qtbot, window, Key.Key_P, Key.Key_Return)

    assert not unasked
    assert points(window) == [None, (10.0, 10.0)]
    assert window.session.current == QUEUE[3]


def test_that_a_good_chip_has_no_point(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to(QUEUE[3])

    press(qtbot, window, Key.Key_P)

    assert said(window) == "Only a defect has a place: choose its class first."


def test_that_undo_takes_back_the_point_and_then_the_relabel(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3, Key.Key_Return)

    asking.session.undo_stack.undo()
    [relabelled] = [asking.session.standing(QUEUE[3])]
    asking.session.undo_stack.undo()

    assert relabelled.class_name == "pit"
    assert relabelled.decision is not None
    assert relabelled.decision.new.point is None
    assert asking.session.standing(QUEUE[3]).state is AnswerState.MACHINE


def test_that_undo_ends_the_question_for_a_point(qtbot: QtBot, asking: MainWindow) -> None:
    press(qtbot, asking, Key.Key_3)

    asking.session.undo_stack.undo()

    assert not asking.work.chip.canvas.asks
    assert asking.session.standing(QUEUE[3]).state is AnswerState.MACHINE


def test_that_a_sub_type_is_not_given_to_the_class_that_undo_brought_back(
    qtbot: QtBot, tmp_path: Path, open_window: Open
) -> None:
    classes = [
        {"name": "clean", "verdict": "good", "key": "1"},
        {"name": "speck", "verdict": "good", "key": "2"},
        {"name": "pit", "verdict": "defect", "key": "3", "subtypes": ["round", "long"]},
    ]
    window = open_window(with_recipe(tmp_path, classes=classes))
    window.session.go_to(QUEUE[3])
    window.session.relabel("pit", stay=True)
    press(qtbot, window, Key.Key_S)

    window.session.undo_stack.undo()
    qtbot.keyClick(window.focusWidget() or window, Key.Key_1)

    assert [d.kind for d in window.session.record.decisions(KEY)] == [DecisionKind.RELABEL, DecisionKind.WITHDRAW]


def test_that_a_point_reaches_the_export(qtbot: QtBot, asking: MainWindow, tmp_path: Path) -> None:
    press(qtbot, asking, Key.Key_3, Key.Key_Return)

    for _ in export(asking.session.record, tmp_path / "out"):
        pass

    [example] = [e for e in read_dataset(tmp_path / "out") if (e.column, e.row) == QUEUE[3]]
    assert (example.class_name, example.point) == ("pit", (10.0, 10.0))
