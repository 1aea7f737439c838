"""A key held down is told from a key pressed again, marked as a repeat or not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from inspector.station.keys.held_keys import HeldKeys

RETURN, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Right


def event(kind: QEvent.Type, key: Qt.Key, at_ms: int, repeat: bool = False, ctrl: bool = False) -> QKeyEvent:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    made = QKeyEvent(kind, key, held, "", repeat, 1)
    made.setTimestamp(at_ms)
    return made


def asked(keys: HeldKeys, key: Qt.Key, at_ms: int, repeat: bool = False, ctrl: bool = False) -> bool:
    return keys.is_repeat(event(QEvent.Type.ShortcutOverride, key, at_ms, repeat, ctrl))


@pytest.fixture
def keys() -> HeldKeys:
    """Return went up at 1000 ms."""
    made = HeldKeys()
    made.is_repeat(event(QEvent.Type.KeyRelease, RETURN, 1000))
    return made


def test_that_a_marked_repeat_is_a_held_key(keys: HeldKeys) -> None:
    assert asked(keys, RETURN, 5000, repeat=True)


def test_that_a_press_right_after_its_own_release_is_a_held_key(keys: HeldKeys) -> None:
    assert asked(keys, RETURN, 1000)
    assert asked(keys, RETURN, 1005)


def test_that_a_finger_that_comes_back_presses_again(keys: HeldKeys) -> None:
    assert not asked(keys, RETURN, 1040)


def test_that_another_key_right_after_it_is_a_press(keys: HeldKeys) -> None:
    assert not asked(keys, Qt.Key.Key_1, 1001)


def test_that_arrows_and_undo_may_repeat(keys: HeldKeys) -> None:
    assert not asked(keys, RIGHT, 1000, repeat=True)
    assert not asked(keys, Qt.Key.Key_Z, 1000, repeat=True, ctrl=True)


def test_that_a_press_without_a_time_is_a_press() -> None:
    keys = HeldKeys()
    keys.is_repeat(event(QEvent.Type.KeyRelease, RETURN, 0))

    assert not asked(keys, RETURN, 0)
