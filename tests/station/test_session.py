"""What the operator does, and what the record holds afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stations import CHIPS, FACTS, KEY, QUEUE, add_part, add_wafer, judgement, wafer_png

from inspector.records.record import Record
from inspector.station.state.queues import QueueName
from inspector.station.state.session import Session
from inspector.wafer.decision import AnswerState, DecisionKind
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.review import ReviewLimits, ReviewReason
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState


@pytest.fixture
def opened(session: Session) -> Session:
    session.show_wafer(KEY)
    return session


def kinds(session: Session) -> list[DecisionKind]:
    return [d.kind for d in session.record.decisions(KEY)]


def test_that_the_surest_defect_is_looked_at_first(opened: Session) -> None:
    assert opened.queue() == QUEUE
    assert opened.current == QUEUE[0]


def test_that_confirm_writes_the_machines_answer_and_goes_on(opened: Session) -> None:
    opened.confirm()

    decision = opened.record.decisions(KEY)[0].new
    assert (decision.chip, decision.kind, decision.to_class) == (QUEUE[0], DecisionKind.CONFIRM, "pit")
    assert decision.operator == "Kato"
    assert opened.current == QUEUE[1]


def test_that_relabel_keeps_what_stood_before(opened: Session) -> None:
    opened.relabel("speck")

    decision = opened.record.decisions(KEY)[0].new
    assert (decision.from_class, decision.to_class) == ("pit", "speck")
    assert opened.standing(QUEUE[0]).class_name == "speck"


def test_that_the_key_of_the_standing_class_is_a_confirmation(opened: Session) -> None:
    opened.relabel("pit")

    assert kinds(opened) == [DecisionKind.CONFIRM]


def test_that_the_arrows_change_no_data(opened: Session) -> None:
    for by in (1, 1, -1, 1, 1, 1, 1, -1):
        opened.step(by)

    assert kinds(opened) == []
    assert opened.current == QUEUE[2]


def test_that_views_hear_of_a_decision_only_when_it_is_on_disk(opened: Session) -> None:
    on_disk: list[int] = []
    with Record.open(opened.record.url) as other:
        opened.decided.connect(lambda _: on_disk.append(len(other.decisions(KEY))))

        opened.confirm()
        opened.undo_stack.undo()

    assert on_disk == [1, 2]


def test_that_confirming_a_decided_chip_writes_nothing(opened: Session) -> None:
    opened.confirm()
    opened.go_to(QUEUE[0])

    opened.confirm()

    assert kinds(opened) == [DecisionKind.CONFIRM]
    assert opened.current == QUEUE[1]


def test_that_an_unsure_chip_waits_in_its_own_queue(opened: Session) -> None:
    opened.unsure()

    assert opened.counts()[QueueName.UNSURE].offered == 1
    assert opened.review(QUEUE[0]) is None
    opened.choose_queue(QueueName.UNSURE)
    assert opened.current == QUEUE[0]


def test_that_an_excluded_chip_is_exported_by_nobody(opened: Session) -> None:
    opened.exclude()

    assert opened.standing(QUEUE[0]).state is AnswerState.EXCLUDED
    assert not opened.standing(QUEUE[0]).is_human


def test_that_there_is_nothing_to_confirm_on_an_unsure_chip(opened: Session, qtbot: QtBot) -> None:
    opened.unsure()
    opened.go_to(QUEUE[0])

    with qtbot.waitSignal(opened.said) as said:
        opened.confirm()

    assert said.args == ["There is no answer to confirm here: choose a class."]
    assert kinds(opened) == [DecisionKind.UNSURE]


def test_that_the_last_chip_of_a_queue_is_announced(opened: Session) -> None:
    said: list[str] = []
    opened.said.connect(said.append)

    for _ in QUEUE:
        opened.confirm()

    assert said[-1] == "That was the last chip of this queue."
    assert opened.counts()[QueueName.REVIEW].offered == 0


def test_that_a_chip_outside_the_queue_can_be_looked_at_and_decided(opened: Session) -> None:
    opened.go_to(CHIPS[-1])

    opened.relabel("pit")

    assert opened.standing(CHIPS[-1]).class_name == "pit"
    assert opened.current == QUEUE[0]


def test_that_a_chip_that_is_not_on_the_wafer_is_not_gone_to(opened: Session) -> None:
    opened.go_to(ChipId(99, 0))

    assert opened.current == QUEUE[0]


def test_that_everything_is_there_after_closing_and_opening_again(opened: Session) -> None:
    opened.relabel("speck")
    opened.confirm()

    opened.show_wafer(KEY)

    assert opened.standing(QUEUE[0]).class_name == "speck"
    assert opened.standing(QUEUE[1]).state is AnswerState.CONFIRMED
    assert opened.queue() == QUEUE[2:]


def test_that_a_wafer_without_its_picture_says_so_and_shows_its_answers(session: Session, qtbot: QtBot) -> None:
    for copy in session.record.images_folder.iterdir():
        copy.unlink()

    with qtbot.waitSignal(session.failed):
        session.show_wafer(KEY)

    assert session.image is None
    assert session.standing(QUEUE[0]).class_name == "pit"


def test_that_a_wafer_that_is_not_in_the_record_is_named(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        session.show_wafer(WaferKey("L9", "W99"))

    assert failed.args == ["Wafer W99 of lot L9 is not in the record."]
    assert session.key is None


def test_that_the_next_wafer_of_the_list_opens_and_data_stays(opened: Session, tmp_path: Path) -> None:
    second = WaferKey("L1", "W02")
    add_wafer(opened.record, wafer_png(tmp_path, "W02.png", seed=2), second)
    opened.show_wafer(second)

    opened.step_wafer(1)
    at_the_end = opened.key
    opened.step_wafer(-1)

    assert (at_the_end, opened.key) == (second, KEY)
    assert kinds(opened) == []


def test_that_each_decided_part_leads_to_the_next_part_that_wants_eyes(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    parts = [WaferKey("P", name) for name in ("a", "b", "c")]
    for part, p_defect in zip(parts, (0.9, 0.01, 0.99), strict=True):
        add_part(session.record, wafer_png(tmp_path, f"{part.wafer}.png"), part, p_defect)
    session.show_wafer(parts[0])

    session.confirm()

    qtbot.waitUntil(lambda: session.key == parts[2])
    assert session.record.standing(parts[0])[ChipId(0, 0)].state is AnswerState.CONFIRMED


def test_that_a_part_that_nobody_asks_about_is_still_shown(session: Session, tmp_path: Path) -> None:
    part = WaferKey("P", "good")
    add_part(session.record, wafer_png(tmp_path, "good.png"), part, 0.01)

    session.show_wafer(part)

    assert session.queue() == []
    assert session.current == ChipId(0, 0)


def test_that_a_chip_never_seen_waits_at_the_end_of_the_queue(session: Session) -> None:
    facts = replace(FACTS, digest="e" * 64)
    session.record.add_judgements(KEY, facts, [(CHIPS[-1], replace(judgement(0.01), novelty=1.7))])
    session.show_wafer(KEY)

    assert session.review(CHIPS[-1]) is ReviewReason.NOVEL
    assert session.queue() == [*QUEUE, CHIPS[-1]]
    assert session.counts()[QueueName.NOVEL].offered == 1


def test_that_a_chip_is_asked_by_the_limits_of_the_model_that_judged_it(session: Session) -> None:
    facts = replace(FACTS, digest="e" * 64, review_limits=ReviewLimits(0.005, 0.5))
    session.record.add_judgements(KEY, facts, [(CHIPS[-1], judgement(0.01)), (QUEUE[2], judgement(0.6))])
    session.show_wafer(KEY)

    assert session.review(CHIPS[-1]) is ReviewReason.BORDERLINE
    assert session.review(QUEUE[2]) is ReviewReason.DEFECT
    assert session.review(QUEUE[3]) is ReviewReason.BORDERLINE  # by the recipe's: an older judgement


def test_that_enter_gives_a_returned_chip_the_same_answer_again(opened: Session) -> None:
    opened.relabel("clean")
    opened.record.add_opinion(KEY, NewOpinion(QUEUE[0], OpinionKind.REVIEW, "Mori", "pit"))
    opened.record.add_opinion(KEY, NewOpinion(QUEUE[0], OpinionKind.RETURN, "Sato", reason="look again"))
    opened.show_wafer(KEY)
    opened.go_to(QUEUE[0])
    before = opened.review_state(QUEUE[0])

    opened.confirm()

    assert (before, opened.review_state(QUEUE[0])) == (ReviewState.RETURNED, ReviewState.SECOND_REVIEW)
    assert kinds(opened) == [DecisionKind.RELABEL, DecisionKind.CONFIRM]
