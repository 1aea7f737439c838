"""A dispute is an engineer's who gave neither of its answers; nobody ends it by taking an answer back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import record_fakes as fakes
from record_fakes import ADA, AKI, BEN, ENA, KEY, PIN

from inspector.records.events import EventKind
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RoleError
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import Act, Role
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

CHIP = ChipId(2, 0)


@pytest.fixture
def record(staffed_record: Path, tmp_path: Path) -> Iterator[Record]:
    """With an administrator, an engineer and two operators; every chip is judged a pit."""
    with Record.open(f"sqlite:///{shutil.copy(staffed_record, tmp_path / 'r.db')}") as opened:
        yield opened


def dispute(record: Record, first: str, second: str) -> int:
    """Two people gave two answers; returns the number of the first one's decision."""
    record.people.sign_in(first, PIN)
    [decided] = record.append(KEY, [NewDecision(CHIP, DecisionKind.RELABEL, first, "pit", "clean")])
    record.people.sign_in(second, PIN)
    record.add_opinion(KEY, NewOpinion(CHIP, OpinionKind.REVIEW, second, "pit"))
    return decided.seq


def say(record: Record, kind: OpinionKind, who: str, to: str | None = None, reason: str = "") -> None:
    record.people.sign_in(who, PIN)
    record.add_opinion(KEY, NewOpinion(CHIP, kind, who, to, reason))


def state(record: Record) -> ReviewState:
    return record.reviews(KEY)[CHIP].state


ENDS: dict[str, Callable[[Record], object]] = {
    "settle": lambda r: say(r, OpinionKind.ADJUDICATE, ENA, "pit"),
    "return": lambda r: say(r, OpinionKind.RETURN, ENA, reason="look again"),
    "decide": lambda r: r.append(KEY, [NewDecision(CHIP, DecisionKind.RELABEL, ENA, "clean", "scratch")]),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("parties", [(ENA, AKI), (AKI, ENA)], ids=["first", "second"])
def test_that_a_party_does_not_end_its_own_dispute(
    record: Record, parties: tuple[str, str], end: Callable[[Record], object]
) -> None:
    dispute(record, *parties)
    record.people.sign_in(ENA, PIN)

    with pytest.raises(RoleError, match="Ena gave one of the two answers on chip 2 / 0: leave it to Ada"):
        end(record)

    assert state(record) is ReviewState.DISPUTED
    refused = record.people.events(EventKind.REFUSED)[-1]
    assert (refused.person, refused.act in (Act.ADJUDICATE, Act.RETURN_CHIP)) == (ENA, True)
    assert refused.what == "L1 / W1, 2 / 0"


def test_that_another_engineer_settles_it(record: Record) -> None:
    dispute(record, ENA, AKI)

    say(record, OpinionKind.ADJUDICATE, ADA, "pit")

    assert state(record) is ReviewState.ADJUDICATED


def test_that_the_only_one_who_may_settles_it_all_the_same(record: Record) -> None:
    dispute(record, ENA, ADA)

    say(record, OpinionKind.ADJUDICATE, ENA, "pit")

    assert state(record) is ReviewState.ADJUDICATED


def test_that_a_settled_chip_is_not_a_partys_to_decide_again(record: Record) -> None:
    dispute(record, ENA, AKI)
    say(record, OpinionKind.ADJUDICATE, ADA, "pit")
    record.people.sign_in(ENA, PIN)

    with pytest.raises(RoleError, match="leave it to Ada"):
        record.append(KEY, [NewDecision(CHIP, DecisionKind.RELABEL, ENA, "pit", "clean")])

    assert state(record) is ReviewState.ADJUDICATED


def test_that_an_operator_does_not_end_a_dispute_by_undo(record: Record) -> None:
    first = dispute(record, AKI, BEN)
    record.people.sign_in(AKI, PIN)

    with pytest.raises(RoleError, match="Aki is an operator, who may not adjudicate"):
        record.withdraw(KEY, [first], AKI)
    with pytest.raises(RoleError, match="Aki is an operator, who may not adjudicate"):
        record.append(KEY, [NewDecision(CHIP, DecisionKind.WITHDRAW, AKI, withdraws=first)])

    assert state(record) is ReviewState.DISPUTED
    assert record.people.events()[-1].what == "L1 / W1, 2 / 0"


def test_that_an_answer_that_is_not_in_dispute_is_still_taken_back(record: Record) -> None:
    first = dispute(record, AKI, BEN)
    [other] = record.append(KEY, [fakes.confirm(ChipId(3, 0), "pit", BEN)])
    record.withdraw(KEY, [other.seq], BEN)
    opinion = record.opinions(KEY)[0]
    record.withdraw_opinions(KEY, [opinion.seq], BEN)
    record.people.sign_in(AKI, PIN)

    record.withdraw(KEY, [first], AKI)

    assert CHIP not in record.reviews(KEY) or state(record) is ReviewState.OPEN


def test_that_an_engineer_who_left_settles_nothing(record: Record) -> None:
    dispute(record, ENA, AKI)
    record.people.sign_in(ADA, PIN)
    record.people.add("Cho", Role.ENGINEER, PIN)
    record.people.remove("Cho")
    record.people.sign_in(ENA, PIN)

    with pytest.raises(RoleError, match="leave it to Ada"):
        record.add_opinion(KEY, NewOpinion(CHIP, OpinionKind.ADJUDICATE, ENA, "pit"))
