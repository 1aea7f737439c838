"""`inspector people`, and PINs where a verb writes to a record with people."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from inspector.cli.verbs import app
from inspector.records.record import Record
from inspector.wafer.errors import DatasetError, RecordError, RoleError
from inspector.wafer.roles import Role

RUN = CliRunner()


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'r.db'}"
    Record.open(address).close()
    return address


def run(*words: str, typed: str = "") -> str:
    """What the verb prints; raises what it raises."""
    return RUN.invoke(app, words, input=typed, catch_exceptions=False).stdout


def test_that_people_are_added_listed_and_given_other_pins(url: str) -> None:
    nobody = run("people", "list", url)
    run("people", "add", url, "Ada", "--role", "administrator", typed="1111\n1111\n")
    added = run("people", "add", url, "Aki", typed="Ada\n1111\n2222\n2222\n")
    run("people", "pin", url, "Aki", typed="Aki\n2222\n3333\n3333\n")

    assert "no people" in nobody
    assert added.endswith("Aki may sign in as operator.\n")
    assert [line.split("\t")[:2] for line in run("people", "list", url).splitlines()] == [
        ["Ada", "administrator"],
        ["Aki", "operator"],
    ]
    with Record.open(url) as record:
        assert record.people.sign_in("Aki", "3333").role is Role.OPERATOR


def test_that_an_operator_adds_nobody_and_a_wrong_pin_neither(url: str) -> None:
    run("people", "add", url, "Ada", "--role", "administrator", typed="1111\n1111\n")
    run("people", "add", url, "Aki", typed="Ada\n1111\n2222\n2222\n")

    with pytest.raises(RoleError, match="Aki is an operator"):
        run("people", "add", url, "Eve", typed="Aki\n2222\n4444\n4444\n")
    with pytest.raises(RoleError, match="do not fit"):
        run("people", "add", url, "Eve", typed="Ada\n9999\n4444\n4444\n")


def test_that_decisions_from_a_file_and_exports_need_the_pin(url: str, tmp_path: Path) -> None:
    run("people", "add", url, "Ada", "--role", "administrator", typed="1111\n1111\n")
    run("people", "add", url, "Aki", typed="Ada\n1111\n2222\n2222\n")
    rows = tmp_path / "rows.csv"
    rows.write_text("lot,wafer,column,row,class\nL,W,0,0,pit\n")

    with pytest.raises(RoleError, match="do not fit"):
        run("decide", str(rows), "--record", url, "--operator", "Aki", typed="9999\n")
    with pytest.raises(RecordError, match="no wafer 'W'"):  # the PIN was right: the file is read
        run("decide", str(rows), "--record", url, "--operator", "Aki", typed="2222\n")
    with pytest.raises(RoleError, match="Aki is an operator, who may not export"):
        run("export", str(tmp_path / "out"), "--record", url, typed="Aki\n2222\n")
    with pytest.raises((RecordError, DatasetError)) as empty:
        run("export", str(tmp_path / "out"), "--record", url, typed="Ada\n1111\n")
    assert not isinstance(empty.value, RoleError)
    assert not (tmp_path / "out").exists()
