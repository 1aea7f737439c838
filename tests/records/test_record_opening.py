from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import record_fakes as fakes

from inspector.records import connection
from inspector.records.record import Record
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId

A = ChipId(1, 0)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_that_a_relative_url_means_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Record.open("sqlite:///r.db") as record:
        record.add_wafer(fakes.entry())
        monkeypatch.chdir("/")

        assert record.wafer(fakes.KEY) is not None
        assert record.url == f"sqlite:///{(tmp_path / 'r.db').as_posix()}"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("r.db", "is no record: name the record as sqlite:///FILE.db"),
        ("postgresql://station:secret@host/r", "is not an SQLite file: name the record as sqlite:///FILE.db"),
        ("sqlite://", "names no plain file"),
        ("sqlite:///:memory:", "names no plain file"),
        ("sqlite:///r.db?mode=ro", "names no plain file"),
        ("", "is no record"),
    ],
)
def test_that_a_url_that_names_no_file_is_refused(bad: str, said: str) -> None:
    with pytest.raises(RecordError, match=said) as caught:
        Record.open(bad)

    assert "secret" not in str(caught.value)


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nowhere/r\.db can't be made, its folder does not exist: make the folder"):
        Record.open(url(tmp_path / "nowhere" / "r.db"))


def test_that_a_folder_is_not_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        Record.open(url(tmp_path))


def test_that_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping list\n" * 100)

    with pytest.raises(RecordError, match=r"notes\.db is not a record: name another file"):
        Record.open(url(path))

    assert path.read_text() == "shopping list\n" * 100
    assert [p.name for p in tmp_path.iterdir()] == ["notes.db"]


def test_that_another_programs_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (id)")
        other.commit()
    before = path.read_bytes()

    with pytest.raises(RecordError, match="database of another program"):
        Record.open(url(path))

    assert path.read_bytes() == before


def test_that_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "r.db").touch()

    with Record.open(url(tmp_path / "r.db")) as record:
        assert record.wafers() == []


def test_that_a_newer_schema_is_refused_and_no_byte_changes(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record.open(url(path)).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
        raw.execute("PRAGMA journal_mode = DELETE")
    before = path.read_bytes()

    with pytest.raises(RecordError, match=r"newer Wafer Inspector \(schema 99, .*install the newer version"):
        Record.open(url(path))

    assert path.read_bytes() == before


def test_that_a_record_without_its_triggers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record.open(url(path)).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER decision_no_delete")
        raw.execute("DROP TRIGGER judgement_no_update")
        raw.execute("CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN SELECT 1; END")

    with pytest.raises(RecordError, match=r"lost its protection .*\(judgement_no_update, decision_no_delete\)"):
        Record.open(url(path))


def test_that_every_connection_writes_safely(record: Record) -> None:
    with record._file.engine.connect() as one, record._file.engine.connect() as two:
        for raw in (one.connection.dbapi_connection, two.connection.dbapi_connection):
            asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
            found = [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]  # type: ignore[union-attr]
            assert found == ["wal", 2, 1, 1, 5000]
            assert raw.isolation_level is None  # type: ignore[union-attr]


def test_that_a_full_disk_loses_nothing_and_writing_goes_on_once_there_is_room(record: Record) -> None:
    kept = record.append(fakes.KEY, [fakes.confirm(A)])
    _limit_pages(record, 1)
    many = [fakes.relabel(A, "pit", reason="x" * 4000) for _ in range(50)]

    with pytest.raises(RecordError, match="no room left on its disk: free some space"):
        record.append(fakes.KEY, many)

    assert record.decisions(fakes.KEY) == kept
    _limit_pages(record, 1 << 30)
    assert record.append(fakes.KEY, many)[-1].seq == 51


def _limit_pages(record: Record, pages: int) -> None:
    with record._file.reader.connect() as held:
        held.connection.dbapi_connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[union-attr]


def test_that_a_record_held_by_another_program_says_so(record_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.1)
    with Record.open(url(record_file)) as record, closing(sqlite3.connect(record_file)) as other:
        record.add_wafer(fakes.entry())
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(RecordError, match="held by another program"):
            record.append(fakes.KEY, [fakes.confirm(A)])

        assert record.decisions(fakes.KEY) == []  # reading goes on meanwhile
        other.rollback()
        assert len(record.append(fakes.KEY, [fakes.confirm(A)])) == 1


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder that an ordinary user can look into: tests may be run by root, whom no permission stops."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are set otherwise on this system")
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@pytest.fixture
def locked_record(ordinary_folder: Path) -> Path:
    path = ordinary_folder / "r.db"
    with Record.open(url(path)) as record:
        record.add_wafer(fakes.entry())
    path.chmod(0o444)
    ordinary_folder.chmod(0o555)
    return path


@pytest.mark.usefixtures("ordinary_user")
def test_that_a_folder_without_the_right_to_write_is_refused(locked_record: Path) -> None:
    with pytest.raises(RecordError, match="allow writing to the file and its folder, or name another record"):
        Record.open(url(locked_record.with_name("new.db")))


@pytest.mark.usefixtures("ordinary_user")
def test_that_a_read_only_record_is_refused(locked_record: Path) -> None:
    with pytest.raises(RecordError, match="allow writing to the file and its folder, or name another record"):
        Record.open(url(locked_record))


def test_that_four_programs_can_make_the_same_record_at_once(tmp_path: Path) -> None:
    script = "import sys; from inspector.records.record import Record; Record.open(sys.argv[1]).close()"
    command = [sys.executable, "-c", script, url(tmp_path / "r.db")]

    programs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    complaints = [program.communicate(timeout=60)[1] for program in programs]

    assert complaints == [""] * 4
    with Record.open(url(tmp_path / "r.db")) as record:
        assert record.wafers() == []
