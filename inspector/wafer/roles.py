"""What each role may do: one table, asked below the window by whatever writes the record or uses a model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.wafer.errors import RoleError

if TYPE_CHECKING:
    from inspector.wafer.person import Person


class Role(StrEnum):
    OPERATOR = "operator"
    ENGINEER = "engineer"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """Everything that a person may do and another may not."""

    CONFIRM = "confirm"
    RELABEL = "relabel"
    DEFECT_TO_GOOD = "defect_to_good"
    UNSURE = "unsure"
    EXCLUDE = "exclude"
    NOTE = "note"
    BATCH = "batch"
    UNDO = "undo"
    UNDO_OTHERS = "undo_others"
    SECOND_REVIEW = "second_review"
    ADJUDICATE = "adjudicate"
    RETURN_CHIP = "return_chip"
    MOVE_GRID = "move_grid"
    OPEN_IMAGES = "open_images"
    HAND_OVER = "hand_over"
    EXPORT = "export"
    RETRAIN = "retrain"
    ACTIVATE_MODEL = "activate_model"
    CHANGE_SETTINGS = "change_settings"
    MANAGE_PEOPLE = "manage_people"


_DAILY = frozenset(
    {
        Act.CONFIRM,
        Act.RELABEL,
        Act.DEFECT_TO_GOOD,
        Act.UNSURE,
        Act.EXCLUDE,
        Act.NOTE,
        Act.BATCH,
        Act.UNDO,
        Act.SECOND_REVIEW,
        Act.OPEN_IMAGES,
        Act.HAND_OVER,
    }
)
ALLOWED: Mapping[Role, frozenset[Act]] = {
    Role.OPERATOR: _DAILY,
    Role.ENGINEER: frozenset(Act) - {Act.MANAGE_PEOPLE},
    Role.ADMINISTRATOR: frozenset(Act),
}


def settlers(people: Iterable[Person], parties: Collection[str]) -> list[str]:
    """Who may settle a dispute and gave neither of its answers. Where there is nobody, a party may settle it."""
    return [person.name for person in people if person.may(Act.ADJUDICATE) and person.name not in parties]


def check(person: Person, act: Act, what: str = "") -> None:
    """RoleError where the person's role does not allow the act; what: the thing it would be done to, for the events."""
    if act not in ALLOWED[person.role]:
        allowed = " or ".join(f"an {role}" for role in Role if act in ALLOWED[role])
        raise RoleError(
            f"{person.name} is an {person.role}, who may not {act.replace('_', ' ')}: ask {allowed} to do it.",
            person.name,
            act,
            what,
        )
