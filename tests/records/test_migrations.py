from __future__ import annotations

import math
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import record_fakes as fakes
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.exc import IntegrityError

from inspector.records.connection import MIGRATIONS, open_engine
from inspector.records.entries import placed_to_json
from inspector.records.record import Record
from inspector.records.schema import metadata
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0005", "0004"
def upgrade():
    op.add_column("wafer", sa.Column("shelf", sa.Text))
    with op.batch_alter_table("decision", recreate="always") as table:  # SQLite's way drops the table's triggers
        table.alter_column("reason", type_=sa.String(2000))
"""


@pytest.fixture
def old_record(record: Record) -> Path:
    record.append(fakes.KEY, [fakes.confirm(ChipId(1, 0))])
    record.close()
    return record.path


def _migrations(tmp_path: Path, step: str) -> Path:
    folder = tmp_path / "migrations 100%"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "v0005_next.py").write_text(step)
    return folder


@pytest.fixture(params=[1, 2, 3])
def old_file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A record as an older schema left it: a judged chip, an undecided one and a decision."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((Path(__file__).parent / "schemas" / f"schema{request.param}.sql").read_text())
        raw.execute("INSERT INTO recipe VALUES (1, 'r', '{}')")
        placed = placed_to_json(fakes.entry().placed)
        time = "2026-01-02T00:00:00.000000+00:00"
        columns = "id, lot, wafer, source, sha256, recipe_id, placed, copy_name, added"
        values = "1, 'L1', 'W1', ?, 'aa', 1, ?, 'w1.tif', ?"
        raw.execute(f"INSERT INTO wafer ({columns}) VALUES ({values})", (b"w\xff.tif", placed, time))
        model = "id, name, digest, heat_low, heat_high, classes, device"
        classes = '["clean", "pit", "scratch"]'
        raw.execute(f"INSERT INTO model ({model}) VALUES (1, 'old', 'd1', 0.1, 2.7, ?, 'cpu')", (classes,))
        row = np.array([0.8, 0.2, 0.0], "<f4").tobytes()
        judged = (
            "seq, wafer_id, chip_column, chip_row, model_id, class_name, probabilities, p_defect, peak_x, peak_y, time"
        )
        one = f"INSERT INTO judgement ({judged}) VALUES "
        raw.execute(one + "(1, 1, 1, 0, 1, 'clean', ?, 0.2, 3.0, 4.0, ?)", (row, time))
        raw.execute(one + "(2, 1, 2, 0, 1, NULL, ?, NULL, 3.0, 4.0, ?)", (row, time))
        raw.execute("INSERT INTO evidence VALUES (1, 3, 1, 1, ?)", (zlib.compress(b"abc"),))
        raw.execute(
            "INSERT INTO decision VALUES (1, 1, 1, 0, 'confirm', 'aki', ?, 'clean', 'clean', NULL, '', NULL, "
            "NULL, NULL, NULL)",
            (time,),
        )
        raw.commit()
    return path


def test_that_a_record_of_an_older_schema_is_read_and_goes_on(old_file: Path) -> None:
    with Record.open(f"sqlite:///{old_file}") as record:
        found = record.judgements(fakes.KEY)
        record.add_judgements(fakes.KEY, fakes.facts("d2"), [(ChipId(1, 0), replace(fakes.judgement(), novelty=1.5))])
        again = record.judgements(fakes.KEY)[ChipId(1, 0)]
        decisions = record.decisions(fakes.KEY)
        entry, places = record.wafer(fakes.KEY), record.placements(fakes.KEY)

    judged, undecided = found[ChipId(1, 0)], found[ChipId(2, 0)]
    assert (judged.class_name, judged.p_defect, judged.novelty, judged.model.review_limits) == ("clean", 0.2, 0.0, None)
    assert undecided.class_name is None
    assert math.isnan(undecided.novelty)
    assert (again.novelty, again.model.digest) == (1.5, "d2")
    assert [d.new.operator for d in decisions] == ["aki"]
    assert entry is not None
    assert (entry.source, entry.sha256, entry.stamp) == ("w\udcff.tif", "aa", "")
    assert [(p.seq, p.placed, p.operator) for p in places] == [(0, fakes.entry().placed, "")]
    assert len(list(old_file.with_name("old.backups").iterdir())) == 1


def test_that_the_grid_of_an_older_record_can_be_moved(old_file: Path) -> None:
    with Record.open(f"sqlite:///{old_file}") as record:
        record.move_grid(fakes.KEY, fakes.shifted(40), "aki")

        assert record.judgements(fakes.KEY) == {}
        assert record.standing(fakes.KEY)[ChipId(1, 0)].decision is None


@pytest.mark.parametrize("table", ["wafer", "judgement", "decision"])
def test_that_a_migrated_record_still_refuses_changes(old_file: Path, table: str) -> None:
    Record.open(f"sqlite:///{old_file}").close()

    with closing(sqlite3.connect(old_file)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"DELETE FROM {table}")


def test_that_a_migrated_record_still_refuses_rows_of_nothing(old_file: Path) -> None:
    with Record.open(f"sqlite:///{old_file}") as record, record._file.engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql("INSERT INTO reading VALUES (77, 'aa', 't')")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_that_a_program_killed_while_it_migrates_leaves_the_old_record(old_file: Path, tmp_path: Path) -> None:
    before = _schema(old_file)
    step = "import os\n" + NEXT_STEP + "    os.kill(os.getpid(), 9)\n"
    script = (
        "import sys; from pathlib import Path; from inspector.records.connection import open_engine; "
        "open_engine(Path(sys.argv[1]), migrations=Path(sys.argv[2]), schema=5)"
    )

    ended = subprocess.run([sys.executable, "-c", script, old_file, _migrations(tmp_path, step)], timeout=60)

    assert ended.returncode == -9
    assert _schema(old_file) == before
    with Record.open(f"sqlite:///{old_file}") as record:
        assert len(record.decisions(fakes.KEY)) == 1


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_that_the_steps_make_exactly_the_tables_of_the_schema(record: Record) -> None:
    with record._file.reader.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), metadata)

    assert difference == []


def test_that_the_steps_make_the_checks_of_the_schema(record: Record) -> None:
    found = inspect(record._file.reader)

    for table in metadata.sorted_tables:
        every = [*table.constraints, *(c for column in table.columns for c in column.constraints)]
        wanted = {c.name: str(c.sqltext) for c in every if isinstance(c, CheckConstraint)}
        assert None not in wanted
        assert {c["name"]: c["sqltext"] for c in found.get_check_constraints(table.name)} == wanted


def test_that_an_older_record_is_backed_up_and_brought_up_to_date(old_record: Path, tmp_path: Path) -> None:
    open_engine(old_record, migrations=_migrations(tmp_path, NEXT_STEP), schema=5).dispose()

    with closing(sqlite3.connect(old_record)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (5,)
        assert raw.execute("SELECT shelf FROM wafer").fetchall() == [(None,)]
        assert raw.execute("SELECT operator FROM decision").fetchall() == [("aki",)]
    backups = list((tmp_path / "r.backups").iterdir())
    assert len(backups) == 1
    with Record.open(f"sqlite:///{backups[0]}") as backup:
        assert len(backup.decisions(fakes.KEY)) == 1


def test_that_a_migration_that_rebuilds_a_table_keeps_it_append_only(old_record: Path, tmp_path: Path) -> None:
    open_engine(old_record, migrations=_migrations(tmp_path, NEXT_STEP), schema=5).dispose()

    with (
        closing(sqlite3.connect(old_record)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only: decision"),
    ):
        raw.execute("DELETE FROM decision")
    with Record.open(f"sqlite:///{tmp_path / 'new.db'}"), closing(sqlite3.connect(tmp_path / "new.db")) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    assert [(name,) for name, sql in _schema(old_record) if sql and sql.startswith("CREATE TRIGGER")] == names


def test_that_a_migration_that_fails_half_way_leaves_the_old_record(old_record: Path, tmp_path: Path) -> None:
    before = _schema(old_record)
    step = NEXT_STEP + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'

    with pytest.raises(RecordError, match="nowhere"):
        open_engine(old_record, migrations=_migrations(tmp_path, step), schema=5)

    assert _schema(old_record) == before
    with Record.open(f"sqlite:///{old_record}") as record:
        assert len(record.decisions(fakes.KEY)) == 1


def test_that_a_record_of_today_is_opened_without_a_backup(old_record: Path) -> None:
    Record.open(f"sqlite:///{old_record}").close()

    assert not old_record.with_name("r.backups").exists()
