"""People, PINs and what is written down about them."""

from __future__ import annotations

from pathlib import Path

import pytest
import record_fakes as fakes
from record_fakes import ADA, AKI, BEN, ENA, KEY, PIN

from inspector.records.events import EventKind
from inspector.records.record import Record
from inspector.wafer.errors import RecordError, RoleError
from inspector.wafer.grid import ChipId
from inspector.wafer.person import Person
from inspector.wafer.roles import Act, Role

A = ChipId(1, 0)


def kinds(record: Record, person: str | None = None) -> list[EventKind]:
    return [e.kind for e in record.people.events(person=person)]


def test_that_a_record_without_people_lets_everybody_do_everything(record: Record) -> None:
    record.append(KEY, [fakes.confirm(A, operator="anybody")])
    record.move_grid(KEY, fakes.shifted(1), "somebody else")
    record.people.permit(Act.MANAGE_PEOPLE)

    assert (record.people.everyone(), record.people.has_any, record.people.acting) == ([], False, None)
    assert all(record.people.may(act) for act in Act)
    assert record.people.events() == []


def test_that_the_first_person_is_an_administrator(record: Record) -> None:
    with pytest.raises(RecordError, match="first person of a record must be an administrator"):
        record.people.add(AKI, Role.OPERATOR, PIN)
    record.people.add(ADA, Role.ADMINISTRATOR, PIN)

    assert [(e.name, e.role, e.has_pin, e.is_here) for e in record.people.everyone()] == [
        (ADA, Role.ADMINISTRATOR, True, True)
    ]
    with pytest.raises(RoleError, match="Nobody has signed in"):
        record.people.add(AKI, Role.OPERATOR, PIN)


def test_that_with_people_only_the_one_who_has_signed_in_decides(staffed: Record) -> None:
    with pytest.raises(RoleError, match="Nobody has signed in"):
        staffed.append(KEY, [fakes.confirm(A, "pit", AKI)])
    assert staffed.people.sign_in(AKI, PIN) == Person(AKI, Role.OPERATOR)
    with pytest.raises(RoleError, match=f"in the name of {BEN}"):
        staffed.append(KEY, [fakes.confirm(A, "pit", BEN)])
    written = staffed.append(KEY, [fakes.confirm(A, "pit", AKI)])
    staffed.people.sign_out()
    with pytest.raises(RoleError, match="Nobody has signed in"):
        staffed.withdraw(KEY, [written[0].seq], AKI)

    assert staffed.decisions(KEY) == written
    assert [(e.kind, e.person, e.act, e.what) for e in staffed.people.events()[-5:]] == [
        (EventKind.REFUSED, "", Act.CONFIRM, "L1 / W1, 1 / 0"),
        (EventKind.SIGNED_IN, AKI, "", ""),
        (EventKind.REFUSED, AKI, Act.CONFIRM, "L1 / W1, 1 / 0"),
        (EventKind.SIGNED_OUT, AKI, "", ""),
        (EventKind.REFUSED, "", Act.UNDO, "L1 / W1"),
    ]


def test_that_a_wrong_pin_does_not_sign_in_and_five_make_one_wait(staffed: Record) -> None:
    for _ in range(5):
        with pytest.raises(RoleError, match="Name and PIN do not fit"):
            staffed.people.sign_in(AKI, "0000")
    with pytest.raises(RoleError, match="Too many wrong PINs"):
        staffed.people.sign_in(AKI, PIN)

    assert staffed.people.acting is None
    assert kinds(staffed, AKI) == [EventKind.WRONG_PIN] * 5
    assert staffed.people.sign_in(BEN, PIN).name == BEN


def test_that_an_unknown_name_does_not_sign_in(staffed: Record) -> None:
    with pytest.raises(RoleError, match="Name and PIN do not fit"):
        staffed.people.sign_in("Eve", PIN)

    assert kinds(staffed, "Eve") == [EventKind.WRONG_PIN]


def test_that_pins_are_kept_as_argon2_and_not_in_sight(staffed: Record) -> None:
    raw = staffed.path.read_bytes() + Path(f"{staffed.path}-wal").read_bytes()

    assert raw.count(b"$argon2id$") >= len(fakes.PEOPLE)
    assert PIN.encode() not in raw


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "１２３４"])
def test_that_a_pin_has_four_to_twelve_digits(staffed: Record, pin: str) -> None:
    with pytest.raises(RecordError, match="A PIN has 4 to 12 digits"):
        staffed.people.set_pin(AKI, pin)


def test_that_everybody_changes_their_own_pin_and_only_an_administrator_anothers(staffed: Record) -> None:
    staffed.people.sign_in(AKI, PIN)
    staffed.people.set_pin(AKI, "1357")
    with pytest.raises(RoleError, match="manage people"):
        staffed.people.set_pin(BEN, "1357")
    with pytest.raises(RoleError, match="do not fit"):
        staffed.people.sign_in(AKI, PIN)

    assert staffed.people.sign_in(AKI, "1357").name == AKI
    assert staffed.people.sign_in(BEN, PIN).name == BEN


def test_that_a_new_role_holds_at_once_for_whoever_is_signed_in_elsewhere(staffed: Record) -> None:
    with Record.open(staffed.url) as other:
        other.people.sign_in(AKI, PIN)
        assert not other.people.may(Act.EXPORT)
        staffed.people.sign_in(ADA, PIN)
        staffed.people.change(AKI, Role.ENGINEER)
        assert other.people.may(Act.EXPORT)
        staffed.people.remove(AKI)
        with pytest.raises(RoleError, match="Nobody has signed in"):
            other.append(KEY, [fakes.confirm(A, "pit", AKI)])

    [gone] = [e for e in staffed.people.everyone() if e.name == AKI]
    assert (gone.is_here, gone.has_pin, gone.role) == (False, False, Role.ENGINEER)
    with pytest.raises(RoleError, match="do not fit"):
        staffed.people.sign_in(AKI, PIN)


def test_that_a_person_who_was_taken_out_can_come_back(staffed: Record) -> None:
    staffed.people.sign_in(ADA, PIN)
    staffed.people.remove(AKI)
    staffed.people.add(AKI, Role.ENGINEER, "1357")

    assert [e.name for e in staffed.people.everyone()] == list(fakes.PEOPLE)
    assert staffed.people.sign_in(AKI, "1357") == Person(AKI, Role.ENGINEER)


def test_that_the_last_administrator_stays_one(staffed: Record) -> None:
    staffed.people.sign_in(ADA, PIN)
    with pytest.raises(RecordError, match="Ada is the only administrator"):
        staffed.people.remove(ADA)
    with pytest.raises(RecordError, match="Ada is the only administrator"):
        staffed.people.change(ADA, Role.OPERATOR)
    staffed.people.change(ENA, Role.ADMINISTRATOR)
    staffed.people.remove(ADA)

    assert [e.name for e in staffed.people.everyone() if e.is_here] == [ENA, AKI, BEN]


@pytest.mark.parametrize("name", [AKI, "aki", " Ａｋｉ "])
def test_that_two_people_never_have_names_that_look_alike(staffed: Record, name: str) -> None:
    staffed.people.sign_in(ADA, PIN)

    with pytest.raises(RecordError, match="The record has Aki already"):
        staffed.people.add(name, Role.OPERATOR, PIN)


def test_that_an_act_without_a_row_of_its_own_leaves_an_event(staffed: Record) -> None:
    staffed.people.sign_in(ENA, PIN)
    done = staffed.people.done(Act.ACTIVATE_MODEL, "laser-wafer", {"digest": "d2", "failed": ["escape"]})

    [found] = staffed.people.events(EventKind.DONE, Act.ACTIVATE_MODEL)
    assert found == done
    assert (found.person, found.what, found.facts) == (ENA, "laser-wafer", {"digest": "d2", "failed": ["escape"]})
