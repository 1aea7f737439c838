"""Python's own work beside the window's: collections wait for a rest, and all is as before at the end."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from inspector.station import quiet_python
from inspector.station.quiet_python import QuietPython


class Knot:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.me = self


class Hand:
    """How long ago it has touched the station."""

    def __init__(self) -> None:
        self.rested = 0.0


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def quiet(qapp: QApplication, hand: Hand) -> Iterator[QuietPython]:
    gc.collect()
    parent = QObject()
    made = QuietPython(lambda: hand.rested, parent)
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


def test_that_what_is_unreachable_goes_in_a_moment_of_rest(quiet: QuietPython, hand: Hand) -> None:
    knot = old_knot()

    hand.rested = 4.0
    quiet.look()

    assert knot() is None


def test_that_nothing_is_collected_under_the_hand(quiet: QuietPython, hand: Hand) -> None:
    knot = old_knot()

    for rested in (0.0, 0.5, 2.9):
        hand.rested = rested
        quiet.look()

    assert knot() is not None


def test_that_it_is_collected_all_the_same_when_no_rest_comes(
    quiet: QuietPython, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_python, "_TOO_MANY", 11)
    knot = old_knot()

    quiet.look()

    assert knot() is None


def test_that_a_long_rest_finds_what_became_unreachable_after_it_was_frozen(
    quiet: QuietPython, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_python, "_THAW_S", 0.0)
    knot = Knot()
    found = weakref.ref(knot)
    quiet.keep_what_is_there()
    del knot
    for _ in range(12):
        gc.collect(1)

    hand.rested = 30.0
    quiet.look()
    after_a_rest = found() is not None
    hand.rested = 61.0
    quiet.look()

    assert after_a_rest
    assert found() is None


def test_that_everything_is_as_before_at_the_end(quiet: QuietPython) -> None:
    gives_way = sys.getswitchinterval()
    assert not gc.isenabled()

    quiet.stop()

    assert sys.getswitchinterval() > gives_way
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_that_no_other_thread_collects_and_the_young_go_all_the_same(quiet: QuietPython) -> None:
    ended_in: list[int] = []

    class Ended(Knot):
        def __del__(self) -> None:
            ended_in.append(threading.get_ident())

    def litter() -> None:
        for _ in range(2000):
            Ended()

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert ended_in == []
    quiet.tend()

    assert set(ended_in) == {threading.get_ident()}
    assert len(ended_in) == 2000
