from __future__ import annotations

import itertools

import pytest

from inspector.wafer.errors import RoleError
from inspector.wafer.person import Person
from inspector.wafer.roles import ALLOWED, Act, Role, check

ENGINEERS = {
    Act.ADJUDICATE,
    Act.RETURN_CHIP,
    Act.UNDO_OTHERS,
    Act.MOVE_GRID,
    Act.EXPORT,
    Act.RETRAIN,
    Act.ACTIVATE_MODEL,
    Act.CHANGE_SETTINGS,
}


def test_that_each_role_may_do_what_the_one_before_may_and_more() -> None:
    assert ALLOWED[Role.ENGINEER] - ALLOWED[Role.OPERATOR] == ENGINEERS
    assert ALLOWED[Role.ADMINISTRATOR] - ALLOWED[Role.ENGINEER] == {Act.MANAGE_PEOPLE}
    assert ALLOWED[Role.OPERATOR] < ALLOWED[Role.ENGINEER] < ALLOWED[Role.ADMINISTRATOR]


@pytest.mark.parametrize(("role", "act"), list(itertools.product(Role, Act)))
def test_that_the_check_refuses_exactly_what_the_table_does_not_hold(role: Role, act: Act) -> None:
    person = Person("Kato", role)

    if person.may(act):
        check(person, act)
    else:
        with pytest.raises(RoleError, match=f"^Kato is an {role}, who may not .*: ask an .* to do it.$") as refused:
            check(person, act, "L1 / W1")
        assert (refused.value.person, refused.value.act, refused.value.what) == ("Kato", act, "L1 / W1")
