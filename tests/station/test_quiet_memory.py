"""Garbage collection in the window: never while somebody works, but in the end."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from fakes import FakeSession, small_session
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inspector.station import quiet_memory
from inspector.station.quiet_memory import QuietMemory


class Knot:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return small_session()


@pytest.fixture
def memory(session: FakeSession) -> Iterator[QuietMemory]:
    gc.collect()
    parent = QObject()
    made = QuietMemory(session, parent)  # type: ignore[arg-type]
    yield made
    made.stop()


def old_knot() -> weakref.ref[Knot]:
    """Unreachable, and past the collections of the young; after it a full one is due."""
    knot = Knot()
    found = weakref.ref(knot)
    for _ in range(2):
        gc.collect(1)
    del knot
    for _ in range(12):
        gc.collect(1)
    return found


def test_that_what_is_unreachable_goes_in_a_moment_of_rest(memory: QuietMemory) -> None:
    knot = old_knot()

    for _ in range(4):
        memory.look()

    assert knot() is None


def test_that_nothing_is_collected_while_chips_are_gone_through(memory: QuietMemory, session: FakeSession) -> None:
    knot = old_knot()

    for chip in session.chips()[:6]:
        session.go_to(chip)
        memory.look()

    assert knot() is not None


def test_that_it_is_collected_all_the_same_when_no_rest_comes(
    memory: QuietMemory, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_memory, "_TOO_MANY", 11)
    knot = old_knot()

    session.go_to(session.chips()[1])
    memory.look()

    assert knot() is None


def test_that_long_rest_finds_what_became_unreachable_after_it_was_frozen(
    memory: QuietMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_memory, "_THAW_S", 0.0)
    knot = Knot()
    found = weakref.ref(knot)
    gc.freeze()
    del knot

    for _ in range(quiet_memory._LONG - 1):
        memory.look()
    before = found()
    memory.look()

    assert before is not None
    del before
    memory.look()
    assert found() is None


def test_that_python_collects_by_itself_again_at_the_end(memory: QuietMemory) -> None:
    held = gc.get_threshold()

    memory.stop()

    assert gc.get_threshold()[2] < held[2]
    assert gc.get_freeze_count() == 0
