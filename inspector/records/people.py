"""The people of a record: who may do what is checked here, below every window and every command."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from inspector.records import pins
from inspector.records.entries import check_name, now_text
from inspector.records.events import Event, EventKind, insert_event, read_events
from inspector.records.file import RecordFile
from inspector.records.schema import person as person_rows
from inspector.wafer.errors import RecordError, RoleError, printable
from inspector.wafer.person import Person
from inspector.wafer.roles import Act, Role, check

_TRIES = 5  # wrong PINs in a row until a name has to wait
_WAIT = timedelta(minutes=1)
_NAME_LENGTH = 200


@dataclass(frozen=True)
class PersonEntry:
    """A person of the record. has_pin: can sign in. is_here: False for one who was taken out. since: of this row."""

    person: Person
    has_pin: bool
    is_here: bool
    since: datetime

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def role(self) -> Role:
        return self.person.role


class People:
    """Who has signed in at this open record, and what that person may do.

    A record without people lets everybody do everything, under the name that the station's settings give. As soon as
    there are people, every act that leaves a mark needs the person who has signed in here, and whose name it bears.
    """

    def __init__(self, file: RecordFile) -> None:
        self._file = file
        self._acting = ""

    def everyone(self) -> list[PersonEntry]:
        """Every person that the record ever had, in the order in which they came; empty where it has no people."""
        with self._file.reading() as connection:
            return list(_everyone(connection).values())

    @property
    def has_any(self) -> bool:
        with self._file.reading() as connection:
            return _has_any(connection)

    @property
    def acting(self) -> Person | None:
        """Who has signed in here and is still a person of the record."""
        with self._file.reading() as connection:
            return _find(connection, self._acting)

    def may(self, act: Act) -> bool:
        """True where whoever is at the station may do this; for controls that say so before they are used."""
        with self._file.reading() as connection:
            found = _find(connection, self._acting)
            return found.may(act) if found else not _has_any(connection)

    def permit(self, act: Act, what: str = "") -> None:
        """RoleError, and an event, where whoever is at the station may not do this. what: the thing it is done to."""
        with self._file.writing() as connection:
            self.check(connection, None, (act,), what)

    def done(self, act: Act, what: str = "", facts: Mapping[str, Any] | None = None, operator: str = "") -> Event:
        """Says in the record that an act was done that leaves no other row. RoleError, and an event, where it may not.

        operator: who did it where the record has no people.
        """
        with self._file.writing() as connection:
            self.check(connection, None, (act,), what)
            return insert_event(connection, EventKind.DONE, self._acting or operator, act, what, facts)

    def events(self, kind: EventKind | None = None, act: Act | None = None, person: str | None = None) -> list[Event]:
        """The events, oldest first: all, or those of a kind, an act, a person."""
        with self._file.reading() as connection:
            return read_events(connection, kind, act, person)

    def among(self, connection: Connection) -> bool:
        """Inside a transaction: True where the record has people, so that acts are checked."""
        return _has_any(connection)

    def here(self, connection: Connection) -> list[Person]:
        """Inside a transaction: who can sign in."""
        return [entry.person for entry in _everyone(connection).values() if entry.is_here]

    def check(self, connection: Connection, operator: str | None, acts: tuple[Act, ...], what: str) -> None:
        """Inside a transaction that writes: RoleError where these acts, in this operator's name, may not be done here.

        operator None: whoever has signed in.
        """
        if not _has_any(connection):
            return
        found = _find(connection, self._acting)
        if found is None:
            raise RoleError("Nobody has signed in: sign in with your name and PIN first.", "", acts[0], what)
        if operator is not None and operator != found.name:
            raise RoleError(
                f"{found.name} has signed in, so nothing can be done in the name of {operator}: sign in as {operator}.",
                found.name,
                acts[0],
                what,
            )
        for act in acts:
            check(found, act, what)

    def sign_in(self, name: str, pin: str) -> Person:
        """Who this is: from now on the acting person. RoleError, and an event, for a name and PIN that do not fit.

        After five wrong PINs in a row a name waits for a minute. Takes some 50 ms on purpose: call it in a thread.
        """
        with self._file.reading() as connection:
            if _has_to_wait(connection, name):
                raise RoleError(f"Too many wrong PINs for {name}: wait for a minute and try again.", name)
            found, kept = _find(connection, name), _pin_of(connection, name)
        right = pins.fits(kept, pin)
        with self._file.writing() as connection:
            kind = EventKind.SIGNED_IN if right else EventKind.WRONG_PIN
            insert_event(connection, kind, printable(name[:_NAME_LENGTH]))
        if found is None or not right:
            raise RoleError("Name and PIN do not fit: try again, or ask an administrator for a new PIN.", name)
        self._acting = name
        return found

    def sign_out(self) -> None:
        """Nobody acts here any more; the station is locked, or somebody else comes."""
        name, self._acting = self._acting, ""
        if name:
            with self._file.writing() as connection:
                insert_event(connection, EventKind.SIGNED_OUT, name)

    def add(self, name: str, role: Role, pin: str, operator: str = "") -> Person:
        """Adds a person, or takes one back who was taken out. The first one of a record must be an administrator.

        operator: who adds the first one, while nobody can sign in; else the first one's own name stands there.
        """
        check_name(name, "The person's name")
        packed = pins.hashed(pin)
        with self._file.writing() as connection:
            self.check(connection, None, (Act.MANAGE_PEOPLE,), name)
            there = _everyone(connection)
            if not there and role is not Role.ADMINISTRATOR:
                raise RecordError("The first person of a record must be an administrator, who adds the others.")
            twin = next((n for n, e in there.items() if _same_name(n, name) and (e.is_here or n != name)), None)
            if twin is not None:
                raise RecordError(f"The record has {twin} already: choose a name that can't be mistaken for it.")
            _insert(connection, name, role, packed, self._acting or operator or name)
        return Person(name, role)

    def change(self, name: str, role: Role) -> Person:
        """Gives a person another role from now on."""
        with self._file.writing() as connection:
            self.check(connection, None, (Act.MANAGE_PEOPLE,), name)
            _known(connection, name)
            _keep_an_administrator(connection, name, role)
            _insert(connection, name, role, _pin_of(connection, name), self._acting)
        return Person(name, role)

    def remove(self, name: str) -> None:
        """Takes a person out: the name stays on everything that the person did, and can't sign in again."""
        with self._file.writing() as connection:
            self.check(connection, None, (Act.MANAGE_PEOPLE,), name)
            _known(connection, name)
            _keep_an_administrator(connection, name, None)
            _insert(connection, name, None, None, self._acting)

    def set_pin(self, name: str, pin: str) -> None:
        """Gives a person another PIN; everybody may change their own."""
        packed = pins.hashed(pin)
        with self._file.writing() as connection:
            if name != self._acting:
                self.check(connection, None, (Act.MANAGE_PEOPLE,), name)
            _insert(connection, name, _known(connection, name).role, packed, self._acting)


def _has_any(connection: Connection) -> bool:
    return connection.execute(select(person_rows.c.seq).limit(1)).first() is not None


def _everyone(connection: Connection) -> dict[str, PersonEntry]:
    found: dict[str, PersonEntry] = {}
    for row in connection.execute(select(person_rows).order_by(person_rows.c.seq)):
        role = Role(row.role) if row.role else found[row.name].role
        since = datetime.fromisoformat(row.time)
        found[row.name] = PersonEntry(Person(row.name, role), row.pin is not None, row.role is not None, since)
    return found


def _find(connection: Connection, name: str) -> Person | None:
    """A person of the record by name; None for nobody, and for one who was taken out."""
    newest = select(person_rows.c.role).where(person_rows.c.name == name).order_by(person_rows.c.seq.desc()).limit(1)
    role = connection.execute(newest).scalar()
    return None if role is None else Person(name, Role(role))


def _known(connection: Connection, name: str) -> Person:
    found = _find(connection, name)
    if found is None:
        raise RecordError(f"The record has no person {name!r}: choose one of its people.")
    return found


def _pin_of(connection: Connection, name: str) -> str | None:
    newest = select(person_rows.c.pin).where(person_rows.c.name == name).order_by(person_rows.c.seq.desc()).limit(1)
    kept = connection.execute(newest).scalar()
    return None if kept is None else str(kept)


def _insert(connection: Connection, name: str, role: Role | None, pin: str | None, operator: str) -> None:
    check_name(operator, "The administrator's name")
    seq = (connection.execute(select(func.max(person_rows.c.seq))).scalar_one() or 0) + 1
    values = {"seq": seq, "name": name, "role": role, "pin": pin, "operator": operator, "time": now_text()}
    connection.execute(person_rows.insert().values(**values))


def _same_name(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keep_an_administrator(connection: Connection, name: str, role: Role | None) -> None:
    others = [e for n, e in _everyone(connection).items() if n != name and e.is_here]
    if role is not Role.ADMINISTRATOR and not any(e.role is Role.ADMINISTRATOR for e in others):
        raise RecordError(f"{name} is the only administrator: make somebody else one first.")


def _has_to_wait(connection: Connection, name: str) -> bool:
    kinds = (EventKind.WRONG_PIN, EventKind.SIGNED_IN)
    tried = [e for e in read_events(connection, None, None, name) if e.kind in kinds][-_TRIES:]
    wrong = [e for e in tried if e.kind is EventKind.WRONG_PIN]
    return len(wrong) == _TRIES and datetime.now(UTC) - wrong[-1].time < _WAIT
