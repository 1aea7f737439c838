"""The gallery as a person uses it: choose by mouse and keys, answer for many, confirm only what was seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from fakes import look
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from stations import CHIPS, FACTS, KEY, P_DEFECT, QUEUE, judgement

from inspector.station.gallery.gallery_looks import GalleryLooks
from inspector.station.gallery.gallery_page import GalleryPage
from inspector.station.gallery.gallery_view import GalleryView
from inspector.station.gallery.sections import Grouping, Section
from inspector.station.main_window import MainWindow
from inspector.station.panels.buttons import KeyButton
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import Act, Role
from inspector.wafer.second_review import ReviewState

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[GalleryPage]:
    """The gallery of the tiny wafer's review queue, seen."""
    session.show_wafer(KEY)
    made = GalleryPage(session)
    qtbot.addWidget(made, before_close_func=GalleryPage.shutdown)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.come()
    look_at(qtbot, made)
    yield made
    made.shutdown()


def look_at(qtbot: QtBot, page: GalleryPage) -> None:
    """Wait until all that stands whole on the screen has been seen."""
    qtbot.waitUntil(lambda: page.view.is_settled and set(page.view.whole_in_sight()) <= set(page.view.sight.seen))


def click(qtbot: QtBot, view: GalleryView, chip: ChipId, *keys: Qt.KeyboardModifier) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, *keys, pos=view.rect_of(chip).center())


def drag(qtbot: QtBot, view: GalleryView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=end)


def standing(session: Session, *chips: ChipId) -> list[tuple[str | None, AnswerState]]:
    answers = [session.standing(chip) for chip in chips]
    return [(answer.class_name, answer.state) for answer in answers]


def words(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def button(page: QWidget, name: str) -> KeyButton:
    found = page.findChild(KeyButton, name)
    assert found is not None
    return found


def show_everything(page: GalleryPage, grouping: Grouping = Grouping.CLASS, side: int = 128) -> None:
    page.bar.show_looks(GalleryLooks(True, grouping, side))
    page.bar.changed.emit(page.bar.looks)


def test_that_chips_stand_under_the_machines_class_with_their_count(page: GalleryPage) -> None:
    sections = page.view.chips.sections

    assert [(s.title, len(s.chips)) for s in sections] == [("Pit", 3), ("Clean", 1)]
    assert [s.class_name for s in sections] == ["pit", "clean"]


def test_that_a_click_chooses_and_a_second_click_takes_back(qtbot: QtBot, page: GalleryPage) -> None:
    click(qtbot, page.view, QUEUE[0])
    click(qtbot, page.view, QUEUE[2])
    click(qtbot, page.view, QUEUE[0])

    assert page.view.selection.in_order() == [QUEUE[2]]
    assert words(page, "gallery_chosen") == "1 chosen"


def test_that_shift_and_a_click_choose_a_range(qtbot: QtBot, page: GalleryPage) -> None:
    click(qtbot, page.view, QUEUE[0])
    click(qtbot, page.view, QUEUE[3], SHIFT)

    assert page.view.selection.in_order() == page.view.chips.order


def test_that_a_frame_chooses_what_it_touches(qtbot: QtBot, page: GalleryPage) -> None:
    first, second = page.view.rect_of(QUEUE[0]), page.view.rect_of(QUEUE[1])

    drag(qtbot, page.view, first.center() + QPoint(0, 90), second.center())

    assert page.view.selection.in_order() == [QUEUE[0], QUEUE[1]]


def test_that_the_arrow_keys_move_the_focus_and_space_chooses(qtbot: QtBot, page: GalleryPage) -> None:
    order = page.view.chips.order

    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down):
        qtbot.keyClick(page.view, key)

    assert page.view.selection.in_order() == [order[1]]
    assert page.view.selection.focus == order[3]
    assert "P(defect)" in page.view.accessibleDescription()


def test_that_shift_and_an_arrow_extend_the_choice(qtbot: QtBot, page: GalleryPage) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, SHIFT)

    assert page.view.selection.in_order() == page.view.chips.order[:3]


def test_that_all_in_sight_is_not_all(qtbot: QtBot, page: GalleryPage) -> None:
    show_everything(page, side=320)

    page.view.choose_in_sight()

    assert page.view.selection.in_order() == page.view.whole_in_sight()
    assert 0 < len(page.view.selection.chips) < len(CHIPS)


def test_that_one_key_labels_the_choice_as_one_step(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    for chip in QUEUE[:3]:
        click(qtbot, page.view, chip)

    page.press_class("pit")

    assert standing(session, *QUEUE[:3]) == [("pit", AnswerState.CONFIRMED)] * 3
    assert len({session.log(chip)[0].new.batch for chip in QUEUE[:3]}) == 1
    assert not page.view.selection.chips
    session.undo_stack.undo()
    assert standing(session, *QUEUE[:3]) == [("pit", AnswerState.MACHINE)] * 3


@pytest.mark.parametrize(
    ("name", "state"),
    [("unsure", AnswerState.UNSURE), ("exclude", AnswerState.EXCLUDED), ("confirm", AnswerState.CONFIRMED)],
)
def test_that_the_choice_is_answered_by_key(
    qtbot: QtBot, page: GalleryPage, session: Session, name: str, state: AnswerState
) -> None:
    click(qtbot, page.view, QUEUE[0])
    click(qtbot, page.view, QUEUE[1])

    page.answers[name]()

    assert [session.standing(chip).state for chip in QUEUE] == [state, state, AnswerState.MACHINE, AnswerState.MACHINE]


def test_that_without_a_choice_a_key_answers_for_the_chip_with_the_focus(
    qtbot: QtBot, page: GalleryPage, session: Session
) -> None:
    page.view.move_to(QUEUE[1])

    page.press_class("pit")

    assert standing(session, QUEUE[1]) == [("pit", AnswerState.CONFIRMED)]
    assert session.log(QUEUE[1])[0].new.batch is None


def test_that_enter_without_a_choice_opens_the_chip(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    page.view.move_to(QUEUE[2])

    with qtbot.waitSignal(page.done):
        page.enter()

    assert session.current == QUEUE[2]
    assert session.standing(QUEUE[2]).state is AnswerState.MACHINE


def test_that_a_double_click_opens_the_chip_and_leaves_the_choice(
    qtbot: QtBot, page: GalleryPage, session: Session
) -> None:
    click(qtbot, page.view, QUEUE[0])
    place = page.view.rect_of(QUEUE[3]).center()

    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.view.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(page.view.viewport(), LEFT, pos=place)

    assert session.current == QUEUE[3]
    assert page.view.selection.in_order() == [QUEUE[0]]


def test_that_the_rest_is_what_was_seen_and_not_chosen(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    click(qtbot, page.view, QUEUE[0])

    page.confirm_rest()

    assert [session.standing(chip).state for chip in QUEUE] == [AnswerState.MACHINE, *[AnswerState.CONFIRMED] * 3]


def test_that_what_was_never_on_the_screen_is_not_confirmed(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    show_everything(page, side=320)
    look_at(qtbot, page)
    seen = set(page.view.sight.seen)
    assert words(page, "gallery_seen") == f"{len(seen)} seen, {len(CHIPS) - len(seen)} not yet seen"

    page.confirm_rest()

    decided = {chip for chip in CHIPS if session.standing(chip).decision is not None}
    assert decided == seen
    assert 0 < len(decided) < len(CHIPS)


def test_that_a_choice_that_was_not_seen_is_left_out_and_said(
    qtbot: QtBot, page: GalleryPage, session: Session
) -> None:
    show_everything(page, side=320)
    look_at(qtbot, page)
    page.view.choose_only(CHIPS)
    seen, said = set(page.view.sight.seen), []
    session.said.connect(said.append)

    page.press_class("pit")

    assert {chip for chip in CHIPS if session.standing(chip).decision is not None} == seen
    assert page.view.selection.chips == set(CHIPS) - seen
    assert f"{len(CHIPS) - len(seen)} not yet seen" in said[-1]


def test_that_scrolling_on_shows_more(qtbot: QtBot, page: GalleryPage) -> None:
    show_everything(page, side=320)
    look_at(qtbot, page)
    before = len(page.view.sight.seen)

    page.view.scroll_by(10_000)
    look_at(qtbot, page)

    assert len(page.view.sight.seen) > before


def test_that_a_hidden_gallery_sees_nothing(qtbot: QtBot, session: Session) -> None:
    session.show_wafer(KEY)
    hidden = GalleryPage(session)
    qtbot.addWidget(hidden, before_close_func=GalleryPage.shutdown)
    hidden.resize(1100, 700)

    hidden.come()
    hidden.view.sight.look()
    hidden.confirm_rest()

    assert not hidden.view.sight.seen
    assert all(session.standing(chip).decision is None for chip in QUEUE)


def test_that_another_person_has_seen_nothing(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    assert set(page.view.sight.seen) == set(QUEUE)

    page.view.viewport().setUpdatesEnabled(False)  # what is painted afterwards would be seen by the other person
    session.set_operator("Sato")

    assert not page.view.sight.seen


def test_that_a_chip_judged_anew_has_to_be_seen_anew(page: GalleryPage, session: Session) -> None:
    page.view.viewport().setUpdatesEnabled(False)

    session.judgements_added.emit((QUEUE[0],))

    assert QUEUE[0] not in page.view.sight.seen
    assert QUEUE[1] in page.view.sight.seen


def many(page: GalleryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """All twelve chips, where a table is wanted from six on."""
    monkeypatch.setattr("inspector.station.gallery.batch_plan.TABLE_ABOVE", 5)
    show_everything(page, side=64)
    look_at(qtbot, page)
    page.view.choose_in_sight()


def test_that_a_large_batch_is_read_before_it_is_confirmed(
    qtbot: QtBot, page: GalleryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, qtbot, monkeypatch)

    page.press_class("pit")

    assert all(session.standing(chip).decision is None for chip in CHIPS)
    assert page.table.isVisible()
    assert words(page, "batch_title") == "12 chips: Pit"
    assert "Change from pass to fail: 9" in words(page, "batch_sums")
    assert {label.text() for label in page.table.findChildren(QLabel)} >= {"Clean", "Pit", "pass → fail", "9", "3"}
    page.enter()
    assert standing(session, CHIPS[11]) == [("pit", AnswerState.RELABELLED)]
    assert not page.table.isVisible()
    session.undo_stack.undo()
    assert all(session.standing(chip).decision is None for chip in CHIPS)


def test_that_esc_leaves_the_table_then_the_choice_then_the_page(
    qtbot: QtBot, page: GalleryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, qtbot, monkeypatch)
    page.press_class("clean")

    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.table.isVisible()
    assert len(page.view.selection.chips) == 12
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.view.selection.chips
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(page.view, Qt.Key.Key_Escape)

    assert all(session.standing(chip).decision is None for chip in CHIPS)


def test_that_no_other_answer_is_taken_while_the_table_is_open(
    qtbot: QtBot, page: GalleryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, qtbot, monkeypatch)
    page.press_class("clean")

    page.press_class("pit")
    page.confirm_rest()

    assert words(page, "batch_title") == "12 chips: Clean"
    assert all(session.standing(chip).decision is None for chip in CHIPS)


def test_that_a_table_is_read_again_when_the_answers_have_changed(
    qtbot: QtBot, page: GalleryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, qtbot, monkeypatch)
    page.press_class("pit")
    session.relabel("pit", [CHIPS[11]])

    page.enter()

    assert page.table.isVisible()
    assert "Change from pass to fail: 8" in words(page, "batch_sums")
    assert session.standing(CHIPS[10]).decision is None
    page.enter()
    assert standing(session, CHIPS[10]) == [("pit", AnswerState.RELABELLED)]


def test_that_defects_made_good_are_counted_for_the_second_person(
    qtbot: QtBot, page: GalleryPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, qtbot, monkeypatch)

    page.press_class("clean")

    assert "Change from fail to pass: 3" in words(page, "batch_sums")
    assert "Wait for a second person then: 3" in words(page, "batch_sums")
    page.enter()
    waiting = [chip for chip in CHIPS if session.review_state(chip) is ReviewState.SECOND_REVIEW]
    assert waiting == QUEUE[:3]


def test_that_who_has_not_signed_in_may_not_answer_for_many(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    session.record.people.add("Root", Role.ADMINISTRATOR, "123456")
    session.record.people.sign_out()
    session.people.reload()
    look_at(qtbot, page)
    page.view.choose_only(QUEUE[:2])
    said: list[str] = []
    session.said.connect(said.append)

    page.press_class("pit")
    page.confirm_rest()

    assert all(session.standing(chip).decision is None for chip in QUEUE)
    assert said == [session.people.why_not(Act.BATCH)] * 2
    assert not button(page, "gallery_pit").isEnabled()
    assert button(page, "gallery_rest").toolTip() == session.people.why_not(Act.BATCH)


def test_that_undo_goes_to_its_chips(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    click(qtbot, page.view, QUEUE[2])
    page.press_class("pit")
    page.view.move_to(QUEUE[0])
    session.go_to(QUEUE[0])

    session.undo_stack.undo()

    assert page.view.selection.focus == QUEUE[2]


def test_that_a_thumbnail_shows_its_class_and_that_a_person_has_decided(
    qtbot: QtBot, page: GalleryPage, session: Session
) -> None:
    rect = page.view.rect_of(QUEUE[0])
    assert colour_at(page, rect.topLeft() + QPoint(1, 60)) == QColor(session.classes["pit"].colour).getRgb()[:3]  # type: ignore[index]

    click(qtbot, page.view, QUEUE[0])
    page.press_class("clean")

    assert colour_at(page, rect.topLeft() + QPoint(1, 60)) == QColor(session.classes["clean"].colour).getRgb()[:3]  # type: ignore[index]
    assert colour_at(page, rect.topLeft() + QPoint(4, 60)) == (255, 255, 255)  # the inner outline
    assert colour_at(page, rect.topRight() + QPoint(-2, 4)) == (255, 255, 255)  # the notch


def colour_at(page: GalleryPage, point: QPoint) -> tuple[int, ...]:
    return tuple(int(v) for v in look(page.view.viewport())[point.y(), point.x()])  # type: ignore[arg-type]


def test_that_heat_lies_over_the_hot_chip_and_not_over_the_cold_one(qtbot: QtBot, page: GalleryPage) -> None:
    hot, cold = QUEUE[0], CHIPS[11]
    show_everything(page, side=128)
    look_at(qtbot, page)
    without = [part(page, chip) for chip in (hot, cold)]

    page.set_heat_visible(True)
    look_at(qtbot, page)
    qtbot.waitUntil(lambda: page.view.is_settled and bool((part(page, hot) != without[0]).any()))

    changed = [np.abs(part(page, chip) - before).mean() for chip, before in zip((hot, cold), without, strict=True)]
    assert changed[0] > 20
    assert changed[1] < 2


def part(page: GalleryPage, chip: ChipId) -> np.ndarray:
    rect = page.view.rect_of(chip)
    return look(page.view.viewport())[rect.top() + 30 : rect.top() + 60, rect.left() + 30 : rect.left() + 60].astype(
        int
    )  # type: ignore[arg-type]


def test_that_thumbnails_that_are_left_take_no_memory(qtbot: QtBot, page: GalleryPage) -> None:
    assert page.view.thumbnails.kept_bytes > 0

    page.hide()

    assert page.view.thumbnails.kept_bytes == 0


def test_that_an_empty_queue_says_what_to_do(page: GalleryPage, session: Session) -> None:
    session.choose_queue(QueueName.UNSURE)

    assert not page.view.chips.order
    assert not button(page, "gallery_rest").isEnabled()
    assert not button(page, "gallery_pit").isEnabled()
    assert button(page, "gallery_rest").toolTip()


def test_that_the_looks_are_kept_for_each_person(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    show_everything(page, Grouping.NONE, 96)

    session.set_operator("Sato")
    other = page.bar.looks
    session.set_operator("Kato")

    assert other == GalleryLooks()
    assert page.bar.looks == GalleryLooks(True, Grouping.NONE, 96)


def test_that_similar_chips_come_together(qtbot: QtBot, page: GalleryPage, session: Session) -> None:
    show_everything(page, Grouping.ALIKE)

    qtbot.waitUntil(lambda: len(page.view.chips.sections) > 1)

    sections = page.view.chips.sections
    assert sorted(chip for s in sections for chip in s.chips) == sorted(CHIPS)
    groups = {chip: n for n, s in enumerate(sections) for chip in s.chips}
    assert groups[QUEUE[0]] == groups[QUEUE[1]] != groups[CHIPS[11]]
    assert sections[0].title.startswith("Group 1:")
    assert groups[QUEUE[0]] == 0  # the likeliest defects come first


def test_that_a_new_judgement_comes_into_its_section(page: GalleryPage, session: Session) -> None:
    session.record.add_judgements(
        KEY, type(FACTS)("tiny", "e" * 64, FACTS.heat_scale, FACTS.classes, "cpu"), [(CHIPS[11], judgement(0.9))]
    )
    session.show_wafer(KEY)

    assert [len(s.chips) for s in page.view.chips.sections] == [4, 1]


def test_that_chips_are_seen_while_the_machine_judges_others(qtbot: QtBot, page: GalleryPage) -> None:
    """New chips come faster than a look takes; those that stay where they are go on being seen."""
    view, order = page.view, page.view.chips.order
    view.sight.forget(None)
    view.repaint()
    titles = iter(range(1000))

    def pulse() -> None:
        section = view.chips.sections[0]
        view.show_sections([section, Section(str(next(titles)), tuple(CHIPS[-2:]))], "")

    pulse()
    timer = QTimer()
    timer.timeout.connect(pulse)
    timer.start(40)
    qtbot.waitUntil(lambda: set(order[:3]) <= set(view.sight.seen), timeout=5000)
    timer.stop()


def test_that_g_opens_the_gallery_and_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_G)
    page = window.pages.page
    assert isinstance(page, GalleryPage)
    assert page.view.selection.focus == window.session.current

    qtbot.keyClick(page.view, Qt.Key.Key_G)

    assert window.pages.page is None


def test_that_keys_answer_for_the_choice_in_the_window(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    qtbot.keyClick(window, Qt.Key.Key_G)
    page = window.pages.page
    assert isinstance(page, GalleryPage)
    look_at(qtbot, page)
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, SHIFT)

    qtbot.keyClick(page.view, Qt.Key.Key_3)

    assert standing(session, *QUEUE[:2]) == [("pit", AnswerState.CONFIRMED)] * 2
    qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert all(session.standing(chip).state is AnswerState.CONFIRMED for chip in P_DEFECT)


def test_that_heat_follows_its_key_in_the_gallery(qtbot: QtBot, window: MainWindow) -> None:
    before = window.work.chip.heat_visible
    qtbot.keyClick(window, Qt.Key.Key_G)
    page = window.pages.page
    assert isinstance(page, GalleryPage)

    qtbot.keyClick(page.view, Qt.Key.Key_H)

    assert page.heat_visible
    assert window.work.chip.heat_visible is before
