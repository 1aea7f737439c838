"""What a role may not do fails below the window, through the record and through what stands above it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import record_fakes as fakes
from record_fakes import ADA, AKI, BEN, ENA, KEY, PIN

from inspector.records.events import EventKind
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RoleError
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import ALLOWED, Act, Role
from inspector.wafer.second_review import NewOpinion, OpinionKind

NAME = {Role.OPERATOR: AKI, Role.ENGINEER: ENA, Role.ADMINISTRATOR: ADA}
WAITS, DISPUTED, BENS, FREE = ChipId(1, 0), ChipId(2, 0), ChipId(3, 0), ChipId(0, 1)


@dataclass
class Scene:
    """A record in which each act is possible. other: the seq of a decision by Ben."""

    record: Record
    other: int
    operator: str = ""

    def decide(self, *news: tuple[ChipId, DecisionKind, str | None]) -> object:
        made = [NewDecision(chip, kind, self.operator, "pit", to) for chip, kind, to in news]
        return self.record.append(KEY, made)

    def say(self, chip: ChipId, kind: OpinionKind, to: str | None = None, reason: str = "") -> object:
        return self.record.add_opinion(KEY, NewOpinion(chip, kind, self.operator, to, reason))

    def undo_own(self) -> object:
        [own] = self.record.append(KEY, [fakes.confirm(FREE, "pit", self.operator)])
        return self.record.withdraw(KEY, [own.seq], self.operator)


ACTS: dict[Act, Callable[[Scene], object]] = {
    Act.CONFIRM: lambda s: s.decide((FREE, DecisionKind.CONFIRM, "pit")),
    Act.RELABEL: lambda s: s.decide((FREE, DecisionKind.RELABEL, "scratch")),
    Act.DEFECT_TO_GOOD: lambda s: s.decide((FREE, DecisionKind.RELABEL, "clean")),
    Act.UNSURE: lambda s: s.decide((FREE, DecisionKind.UNSURE, None)),
    Act.EXCLUDE: lambda s: s.decide((FREE, DecisionKind.EXCLUDE, None)),
    Act.BATCH: lambda s: s.decide((FREE, DecisionKind.CONFIRM, "pit"), (ChipId(1, 1), DecisionKind.CONFIRM, "pit")),
    Act.NOTE: lambda s: s.record.add_note(KEY, FREE, "dust", s.operator),
    Act.UNDO: Scene.undo_own,
    Act.UNDO_OTHERS: lambda s: s.record.withdraw(KEY, [s.other], s.operator),
    Act.SECOND_REVIEW: lambda s: s.say(WAITS, OpinionKind.REVIEW, "clean"),
    Act.ADJUDICATE: lambda s: s.say(DISPUTED, OpinionKind.ADJUDICATE, "clean"),
    Act.RETURN_CHIP: lambda s: s.say(DISPUTED, OpinionKind.RETURN, reason="blurred"),
    Act.MOVE_GRID: lambda s: s.record.move_grid(KEY, fakes.shifted(0.2), s.operator),
    Act.MANAGE_PEOPLE: lambda s: s.record.people.add("Cho", Role.OPERATOR, PIN),
}
"""How each act is done to the record. What is done elsewhere asks the record first, by `permit` or `done`."""

ELSEWHERE = {
    Act.OPEN_IMAGES: "permit",
    Act.HAND_OVER: "done",
    Act.EXPORT: "permit",
    Act.RETRAIN: "permit",
    Act.ACTIVATE_MODEL: "done",
    Act.CHANGE_SETTINGS: "permit",
}


@pytest.fixture(scope="module")
def disputed_record(staffed_record: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Ben called two pits good, and Aki disagreed with one of them; he also confirmed one."""
    path = Path(shutil.copy(staffed_record, tmp_path_factory.mktemp("disputed") / "r.db"))
    with Record.open(f"sqlite:///{path}") as record:
        record.people.sign_in(BEN, PIN)
        good = [NewDecision(chip, DecisionKind.RELABEL, BEN, "pit", "clean") for chip in (WAITS, DISPUTED)]
        record.append(KEY, good)
        [other] = record.append(KEY, [fakes.confirm(BENS, "pit", BEN)])
        record.people.sign_in(AKI, PIN)
        record.add_opinion(KEY, NewOpinion(DISPUTED, OpinionKind.REVIEW, AKI, "pit"))
    return path, other.seq


@pytest.fixture(scope="module", params=list(Role))
def role(request: pytest.FixtureRequest) -> Role:
    found: Role = request.param
    return found


@pytest.fixture
def scene(tmp_path: Path, disputed_record: tuple[Path, int]) -> Iterator[Scene]:
    path, other = disputed_record
    with Record.open(f"sqlite:///{shutil.copy(path, tmp_path / 'r.db')}") as record:
        yield Scene(record, other)


def contents(record: Record) -> object:
    log, said = record.decisions(KEY), record.opinions(KEY)
    return log, said, record.notes(KEY), record.placements(KEY), record.people.everyone()


def test_that_every_act_is_tried_here() -> None:
    assert set(ACTS) | set(ELSEWHERE) == set(Act)


@pytest.mark.parametrize("act", list(Act))
def test_that_a_role_does_what_the_table_allows_and_nothing_else(scene: Scene, role: Role, act: Act) -> None:
    record = scene.record
    scene.operator = NAME[role]
    record.people.sign_in(scene.operator, PIN)
    before, events = contents(record), record.people.events()

    def do() -> None:
        if act in ACTS:
            ACTS[act](scene)
        else:
            getattr(record.people, ELSEWHERE[act])(act, "a thing")

    if act in ALLOWED[role]:
        do()
        assert (contents(record) != before) == (act in ACTS)
        assert [e.kind for e in record.people.events()[len(events) :]] == [EventKind.DONE] * (
            ELSEWHERE.get(act) == "done"
        )
    else:
        with pytest.raises(RoleError, match=f"{scene.operator} is an {role}, who may not"):
            do()
        assert contents(record) == before
        [left] = record.people.events()[len(events) :]
        assert (left.kind, left.person, left.act) == (EventKind.REFUSED, scene.operator, act)
        assert left.what


@pytest.mark.parametrize("act", list(Act))
def test_that_nothing_at_all_is_done_while_nobody_has_signed_in(scene: Scene, act: Act) -> None:
    scene.operator = ENA
    before = contents(scene.record)

    with pytest.raises(RoleError, match="Nobody has signed in"):
        ACTS[act](scene) if act in ACTS else getattr(scene.record.people, ELSEWHERE[act])(act, "a thing")

    assert contents(scene.record) == before
    assert scene.record.people.events()[-1].kind is EventKind.REFUSED


def test_that_an_operator_can_not_decide_again_on_a_chip_in_dispute_or_settled(scene: Scene) -> None:
    scene.operator = BEN
    scene.record.people.sign_in(BEN, PIN)
    with pytest.raises(RoleError, match="may not adjudicate"):
        scene.decide((DISPUTED, DecisionKind.CONFIRM, "pit"))
    scene.operator = ENA
    scene.record.people.sign_in(ENA, PIN)
    scene.say(DISPUTED, OpinionKind.ADJUDICATE, "scratch")
    scene.operator = AKI
    scene.record.people.sign_in(AKI, PIN)
    with pytest.raises(RoleError, match="may not adjudicate"):
        scene.decide((FREE, DecisionKind.CONFIRM, "pit"), (DISPUTED, DecisionKind.CONFIRM, "pit"))

    assert scene.record.standing(KEY)[DISPUTED].class_name == "scratch"
    assert scene.record.standing(KEY)[FREE].decision is None


def test_that_nobody_reviews_their_own_decision(scene: Scene) -> None:
    scene.operator = BEN
    scene.record.people.sign_in(BEN, PIN)

    with pytest.raises(RoleError, match="the second opinion is another person's"):
        scene.say(WAITS, OpinionKind.REVIEW, "clean")

    assert scene.record.people.events()[-1].act == Act.SECOND_REVIEW
