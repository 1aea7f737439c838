"""Writes and reads the events: who signed in, what was refused, and acts that leave no other row in the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from inspector.records.entries import check_text, now_text
from inspector.records.schema import event
from inspector.wafer.errors import RoleError, printable


class EventKind(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    WRONG_PIN = "wrong_pin"
    REFUSED = "refused"
    DONE = "done"  # an act that leaves no other row: an export, a model that was activated


@dataclass(frozen=True)
class Event:
    """person: empty where nobody had signed in. act: a value of `Act`, empty for signing in and out. time: UTC."""

    seq: int
    time: datetime
    kind: EventKind
    person: str
    act: str
    what: str
    facts: Mapping[str, Any]


def insert_event(
    connection: Connection,
    kind: EventKind,
    person: str,
    act: str = "",
    what: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Appends one event. facts: anything that JSON can hold."""
    for text in (person, what):
        check_text(text, "The event's text")
    seq = (connection.execute(select(func.max(event.c.seq))).scalar_one() or 0) + 1
    time, packed = now_text(), json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True)
    values = {"seq": seq, "kind": kind.value, "person": person, "act": str(act), "what": what, "facts": packed}
    connection.execute(event.insert().values(**values, time=time))
    return Event(seq, datetime.fromisoformat(time), kind, person, str(act), what, json.loads(packed))


def insert_refusal(connection: Connection, refused: RoleError) -> Event:
    """Appends what a person was not allowed to do."""
    person, what = printable(refused.person), printable(refused.what)
    return insert_event(connection, EventKind.REFUSED, person, refused.act, what)


def read_events(connection: Connection, kind: EventKind | None, act: str | None, person: str | None) -> list[Event]:
    """The events, oldest first: all, or those of a kind, an act, a person."""
    query = select(event).order_by(event.c.seq)
    for column, value in ((event.c.kind, kind), (event.c.act, act), (event.c.person, person)):
        query = query if value is None else query.where(column == str(value))
    return [
        Event(
            row.seq,
            datetime.fromisoformat(row.time),
            EventKind(row.kind),
            row.person,
            row.act,
            row.what,
            json.loads(row.facts),
        )
        for row in connection.execute(query)
    ]
