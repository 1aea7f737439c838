"""`inspector people`: who may sign in to a record; and signing in for the other verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from inspector.wafer.roles import Role

if TYPE_CHECKING:
    from inspector.records.record import Record

app = typer.Typer(help="Say who may sign in to a record, and as what.", no_args_is_help=True)
RecordArgument = Annotated[str, typer.Argument(metavar="RECORD", help="Such as sqlite:///r.db.")]
NameArgument = Annotated[str, typer.Argument(metavar="NAME")]


@app.command("list")
def list_people(record: RecordArgument) -> None:
    """List the people of a record."""
    from inspector.records.record import Record

    with Record.open(record, existing=True) as opened:
        everyone = opened.people.everyone()
    for entry in everyone:
        typer.echo(f"{entry.name}\t{entry.role if entry.is_here else 'taken out'}\tsince {entry.since:%Y-%m-%d} UTC")
    if not everyone:
        typer.echo("The record has no people: whoever opens it may do everything.")


@app.command()
def add(
    record: RecordArgument,
    name: NameArgument,
    role: Annotated[Role, typer.Option("--role", help="The first person must be an administrator.")] = Role.OPERATOR,
) -> None:
    """Add a person; asks for an administrator's name and PIN, once there are people, and for the new PIN."""
    from inspector.records.record import Record

    with Record.open(record, existing=True) as opened:
        sign_in(opened)
        person = opened.people.add(name, role, _new_pin(name))
    typer.echo(f"{person.name} may sign in as {person.role}.")


@app.command()
def pin(record: RecordArgument, name: NameArgument) -> None:
    """Give a person another PIN; asks for their own name and PIN, or an administrator's."""
    from inspector.records.record import Record

    with Record.open(record, existing=True) as opened:
        sign_in(opened)
        opened.people.set_pin(name, _new_pin(name))
    typer.echo(f"{name} has a new PIN.")


def sign_in(record: Record, name: str = "") -> str:
    """Asks for name and PIN where the record has people; returns the name. RoleError where they do not fit."""
    if not record.people.has_any:
        return name
    name = name or typer.prompt("Your name", err=True)
    return record.people.sign_in(name, typer.prompt(f"PIN of {name}", hide_input=True, err=True)).name


def _new_pin(name: str) -> str:
    asked: str = typer.prompt(f"New PIN of {name}", hide_input=True, confirmation_prompt=True, err=True)
    return asked
