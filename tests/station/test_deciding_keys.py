"""Nobody answers for a chip that is not on the screen yet, and a held key answers once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from stations import KEY, QUEUE

from inspector.station.keys.deciding_keys import DecidingKeys
from inspector.station.state.session import Session


class Clock:
    """Tells the time that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(session: Session, clock: Clock) -> DecidingKeys:
    session.show_wafer(KEY)
    return DecidingKeys(session, clock)


def decided(session: Session) -> int:
    return len(session.record.decisions(KEY))


def test_that_a_key_waits_until_the_chip_is_painted(session: Session, keys: DecidingKeys, qtbot: QtBot) -> None:
    keys.press("confirm", session.confirm)
    before = decided(session)

    keys.see(QUEUE[0])

    qtbot.waitUntil(lambda: decided(session) == 1)
    assert before == 0


def test_that_only_the_last_of_several_early_keys_counts(session: Session, keys: DecidingKeys, qtbot: QtBot) -> None:
    keys.press("confirm", session.confirm)
    keys.press("speck", lambda: session.relabel("speck"))

    keys.see(QUEUE[0])

    qtbot.waitUntil(lambda: decided(session) == 1)
    assert session.standing(QUEUE[0]).class_name == "speck"


def test_that_the_same_key_again_within_the_dwell_is_a_held_key(
    session: Session, keys: DecidingKeys, clock: Clock
) -> None:
    keys.see(QUEUE[0])
    clock.now = 1.0
    keys.press("confirm", session.confirm)
    keys.see(QUEUE[1])

    clock.now = 1.149
    keys.press("confirm", session.confirm)
    early = decided(session)
    clock.now = 1.151
    keys.press("confirm", session.confirm)

    assert (early, decided(session)) == (1, 2)


def test_that_another_key_waits_until_the_chip_has_been_seen_for_the_dwell(
    session: Session, keys: DecidingKeys, clock: Clock, qtbot: QtBot
) -> None:
    keys.see(QUEUE[0])
    clock.now = 1.0
    keys.press("confirm", session.confirm)
    keys.see(QUEUE[1])

    keys.press("speck", lambda: session.relabel("speck"))

    assert decided(session) == 1
    qtbot.waitUntil(lambda: decided(session) == 2)
    assert session.standing(QUEUE[1]).class_name == "speck"


def test_that_the_dwell_can_be_set(session: Session, keys: DecidingKeys, clock: Clock) -> None:
    session.settings.dwell_s = 0.5
    keys.see(QUEUE[0])

    clock.now = 0.49
    early = keys.is_ready
    clock.now = 0.51

    assert (early, keys.is_ready) == (False, True)


def test_that_the_record_knows_how_long_a_chip_was_looked_at(
    session: Session, keys: DecidingKeys, clock: Clock
) -> None:
    keys.see(QUEUE[0])
    clock.now = 1.0

    keys.press("confirm", session.confirm)

    [decision] = session.record.decisions(KEY)
    assert decision.new.ms_spent is not None
    assert 0 <= decision.new.ms_spent < 60_000


def test_that_an_early_key_is_forgotten_when_another_chip_is_chosen(
    session: Session, keys: DecidingKeys, qtbot: QtBot
) -> None:
    keys.press("confirm", session.confirm)
    session.step(1)

    keys.see(QUEUE[1])
    qtbot.wait(20)  # time for a key that should not come

    assert decided(session) == 0


def test_that_a_chip_painted_late_is_not_the_one_decided(session: Session, keys: DecidingKeys) -> None:
    session.step(1)
    keys.see(QUEUE[0])

    keys.press("confirm", session.confirm)

    assert decided(session) == 0


def test_that_a_click_on_an_unpainted_chip_decides_nothing(session: Session, keys: DecidingKeys) -> None:
    keys.click(session.confirm)

    assert decided(session) == 0


def test_that_a_new_judgement_of_the_chip_in_sight_is_looked_at_before_anybody_answers(
    session: Session, keys: DecidingKeys, clock: Clock
) -> None:
    keys.see(QUEUE[0])
    clock.now += 1.0

    session.judgements_added.emit((QUEUE[1],))
    elsewhere = keys.is_ready
    session.judgements_added.emit((QUEUE[0],))
    at_once = keys.is_ready
    clock.now += session.settings.dwell_s + 0.01

    assert (elsewhere, at_once, keys.is_ready) == (True, False, True)


def test_that_nobody_answers_with_the_key_of_the_person_before(
    session: Session, keys: DecidingKeys, qtbot: QtBot
) -> None:
    keys.press("confirm", session.confirm)

    session.set_operator("Mori")
    keys.see(QUEUE[0])

    qtbot.wait(round(session.settings.dwell_s * 1000) + 50)
    assert decided(session) == 0
