"""Somebody who signs in at the station."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.wafer.roles import ALLOWED, Act, Role


@dataclass(frozen=True)
class Person:
    name: str
    role: Role

    def may(self, act: Act) -> bool:
        """What the window asks before it offers something; the record asks again."""
        return act in ALLOWED[self.role]
