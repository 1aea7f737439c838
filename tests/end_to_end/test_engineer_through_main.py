"""Three people at the real window: one relabels, one reviews blindly and disagrees, an engineer settles and returns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from acting import Steps, run_station
from asked_wafer import CHIPS, KEY, press, record_with_queue
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from inspector.records.events import EventKind
from inspector.records.record import Record
from inspector.station.main_window import MainWindow
from inspector.station.pages.page import Page
from inspector.station.people.disputes_page import DisputesPage
from inspector.station.people.second_review_page import SecondReviewPage
from inspector.station.people.touch_button import TouchButton
from inspector.station.state.queues import QueueName
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.errors import RoleError
from inspector.wafer.roles import Act, Role
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

BOSS, KATO, MORI, SATO = "Ueda", "Kato", "Mori", "Sato"
PINS = {BOSS: "9999", KATO: "1111", MORI: "2222", SATO: "3333"}
CTRL = Qt.KeyboardModifier.ControlModifier
A, B, C = CHIPS[:3]  # pits in the machine's eyes; Kato calls all three good
REASON = "edge of chip not in focus"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A judged wafer, and people who sign in with PINs."""
    made = record_with_queue(tmp_path)
    with Record.open(made) as record:
        record.people.add(BOSS, Role.ADMINISTRATOR, PINS[BOSS])
        record.people.sign_in(BOSS, PINS[BOSS])
        for name, role in ((KATO, Role.OPERATOR), (MORI, Role.OPERATOR), (SATO, Role.ENGINEER)):
            record.people.add(name, role, PINS[name])
    return made


def sign_in(window: MainWindow, name: str) -> Steps:
    """Touch the name, type the PIN; whoever was there before signs out."""
    if window.gate.page is None:
        window.named["sign_out"].trigger()
    yield lambda: window.gate.page is not None
    page = window.gate.page
    assert page is not None
    page.findChild(TouchButton, f"sign_in_{name}").click()
    QTest.keyClicks(page.pad.field, PINS[name])
    QTest.keyClick(page.pad.field, Qt.Key.Key_Return)
    yield lambda: window.session.operator == name and window.gate.page is None


def words_in_sight(window: MainWindow) -> str:
    texts = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
            texts += [widget.text()] if isinstance(widget, QLabel | QPushButton) else []
    return "\n".join(texts)


def state(window: MainWindow, chip: object) -> ReviewState:
    return {c: review.state for c, review in window.session.record.reviews(KEY).items()}[chip]  # type: ignore[index]


def operator(window: MainWindow) -> Steps:
    """Kato calls three pits good: no Shift is needed, for the recipe sends such answers to a second person."""
    session = window.session
    yield from sign_in(window, KATO)
    yield lambda: session.key == KEY and session.current == A
    for chip in (A, B, C):
        assert session.current == chip
        yield lambda: window.deciding.is_ready
        press(window, Qt.Key.Key_1)
        assert state(window, chip) is ReviewState.SECOND_REVIEW


def second_operator(window: MainWindow, seen: dict[str, Any]) -> Steps:
    """Mori sees three chips and nothing else, disagrees about two, and takes the third answer back once."""
    yield from sign_in(window, MORI)
    press(window, Qt.Key.Key_B, CTRL)
    yield lambda: isinstance(window.pages.page, SecondReviewPage)
    page = window.pages.page
    assert isinstance(page, SecondReviewPage)
    seen["blind"] = []
    for chip, key in ((A, Qt.Key.Key_2), (B, Qt.Key.Key_3), (C, Qt.Key.Key_3)):
        yield lambda: page.chip.is_ready
        seen["blind"].append(words_in_sight(window))
        seen.setdefault("heat", []).append(page.chip.heat)
        press(window, key)
        assert state(window, chip) is ReviewState.DISPUTED
    press(window, Qt.Key.Key_Z, CTRL)
    assert state(window, C) is ReviewState.SECOND_REVIEW
    yield lambda: page.chip.is_ready
    press(window, Qt.Key.Key_1)
    assert state(window, C) is ReviewState.AGREED


def operator_again(window: MainWindow) -> Steps:
    """Kato's undo does not end a dispute: the record refuses it; what both agree about stays agreed."""
    session = window.session
    yield from sign_in(window, KATO)
    yield lambda: session.undo_stack.count() == 3
    press(window, Qt.Key.Key_Z, CTRL)  # C, about which they agree
    assert not session.standing(C).is_human
    press(window, Qt.Key.Key_Z, CTRL)  # B, about which they do not
    assert "who may not adjudicate" in window.banner.text
    assert state(window, B) is ReviewState.DISPUTED
    press(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert state(window, C) is ReviewState.AGREED


def engineer(window: MainWindow, seen: dict[str, Any]) -> Steps:
    """Sato sees both answers, settles one dispute, takes that back, settles it otherwise, and returns the other."""
    yield from sign_in(window, SATO)
    press(window, Qt.Key.Key_D, CTRL)
    yield lambda: isinstance(window.pages.page, DisputesPage)
    page = window.pages.page
    assert isinstance(page, DisputesPage)
    yield lambda: page.chip.is_ready
    seen["disputes"] = [w.place for w in window.session.opinions.disputes()]
    seen["both"] = words_in_sight(window)
    press(window, Qt.Key.Key_2)
    assert state(window, A) is ReviewState.ADJUDICATED
    press(window, Qt.Key.Key_Z, CTRL)
    assert state(window, A) is ReviewState.DISPUTED
    assert window.session.standing(A).class_name == "clean"
    yield lambda: shown(page) == A and page.chip.is_ready
    press(window, Qt.Key.Key_3)
    assert state(window, A) is ReviewState.ADJUDICATED
    yield lambda: shown(page) == B and page.chip.is_ready
    press(window, Qt.Key.Key_R)
    QTest.keyClicks(QApplication.focusWidget(), REASON)
    press(window, Qt.Key.Key_Return)
    assert state(window, B) is ReviewState.RETURNED


def shown(page: Page) -> object:
    title = page.findChild(QLabel, "dispute_title").text()
    return next((chip for chip in (A, B, C) if title.startswith(f"Chip {chip.column} / {chip.row} ")), None)


def test_that_an_engineer_settles_a_dispute_after_a_blind_second_review(
    qapp: QApplication, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def day(window: MainWindow) -> Steps:
        yield from operator(window)
        yield from second_operator(window, seen)
        yield from operator_again(window)
        yield from engineer(window, seen)

    def next_day(window: MainWindow) -> Steps:
        session = window.session
        yield from sign_in(window, KATO)
        yield lambda: session.key == KEY
        counts = session.counts()
        seen["left"] = [counts[name].offered for name in (QueueName.RETURNED, QueueName.DISPUTED)]
        seen["stands"] = [session.standing(chip).class_name for chip in (A, B, C)]
        session.choose_queue(QueueName.RETURNED)
        yield lambda: session.current == B and window.deciding.is_ready
        seen["returned"] = words_in_sight(window)
        press(window, Qt.Key.Key_3)
        yield lambda: session.standing(B).class_name == "scratch"

    run_station(url, day, monkeypatch)
    run_station(url, next_day, monkeypatch)

    for words in seen["blind"]:
        assert KATO not in words
        assert KEY.lot not in words
        assert "P(defect)" not in words
    assert seen["heat"] == [None] * 3
    assert seen["disputes"] == [(KEY, A), (KEY, B)]
    assert "First answer · Kato" in seen["both"]
    assert "Second answer, blind · Mori" in seen["both"]
    assert "Machine · small · P(defect) 0.99" in seen["both"]
    assert seen["left"] == [1, 0]
    assert seen["stands"] == ["scratch", "clean", "clean"]
    assert f"Returned by {SATO}: {REASON}" in seen["returned"]
    with Record.open(url) as record:
        standing, reviews = record.standing(KEY), record.reviews(KEY)
        log, opinions, events = record.decisions(KEY), record.opinions(KEY), record.people.events()
        record.people.sign_in(KATO, PINS[KATO])
        with pytest.raises(RoleError):
            record.add_opinion(KEY, NewOpinion(A, OpinionKind.ADJUDICATE, KATO, "clean"))
    assert [(c, standing[c].class_name, reviews[c].state) for c in (A, B, C)] == [
        (A, "scratch", ReviewState.ADJUDICATED),
        (B, "scratch", ReviewState.DECIDED),
        (C, "clean", ReviewState.AGREED),
    ]
    assert standing[C].state is AnswerState.RELABELLED
    relabel, withdraw = DecisionKind.RELABEL, DecisionKind.WITHDRAW
    assert [(d.chip, d.kind, d.new.operator, d.new.to_class) for d in log] == [
        *((chip, relabel, KATO, "clean") for chip in (A, B, C)),
        (C, withdraw, KATO, None),
        (C, relabel, KATO, "clean"),
        (A, relabel, SATO, "pit"),
        (A, withdraw, SATO, None),
        (A, relabel, SATO, "scratch"),
        (B, relabel, KATO, "scratch"),
    ]
    assert [(o.chip, o.kind, o.new.operator, o.new.class_name) for o in opinions] == [
        (A, OpinionKind.REVIEW, MORI, "pit"),
        (B, OpinionKind.REVIEW, MORI, "scratch"),
        (C, OpinionKind.REVIEW, MORI, "scratch"),
        (C, OpinionKind.WITHDRAW, MORI, None),
        (C, OpinionKind.REVIEW, MORI, "clean"),
        (A, OpinionKind.ADJUDICATE, SATO, "pit"),
        (A, OpinionKind.ADJUDICATE, SATO, "scratch"),
        (B, OpinionKind.RETURN, SATO, None),
    ]
    assert [o.new.reason for o in opinions][-1] == REASON
    assert all(o.new.ms_spent for o in opinions if o.kind is OpinionKind.REVIEW)
    here = [e.person for e in events if e.kind is EventKind.SIGNED_IN]
    assert here == [BOSS, KATO, MORI, KATO, SATO, KATO]
    refused = [(e.person, e.act, e.what) for e in events if e.kind is EventKind.REFUSED]
    assert refused == [(KATO, Act.ADJUDICATE, "L9 / W01, 1 / 0")]
