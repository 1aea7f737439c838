"""Opens the record's SQLite file: its address, its safety settings, its schema, and one sentence for every failure."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from inspector.records import audit
from inspector.records.backup import back_up
from inspector.records.schema import APPLICATION_ID, SCHEMA
from inspector.wafer.errors import RecordError

MIGRATIONS = Path(__file__).with_name("migrations")
_BUSY_SECONDS = 5
_WAYS_OUT = {
    sqlite3.SQLITE_FULL: "has no room left on its disk: free some space and try again",
    sqlite3.SQLITE_READONLY: "can't be written: allow writing to the file and its folder, or name another record",
    sqlite3.SQLITE_PERM: "can't be written: allow writing to the file and its folder, or name another record",
    sqlite3.SQLITE_CANTOPEN: "can't be opened: allow writing to the file and its folder, or name another record",
    sqlite3.SQLITE_BUSY: "is held by another program: let it finish or close it, then try again",
    sqlite3.SQLITE_LOCKED: "is held by another program: let it finish or close it, then try again",
    sqlite3.SQLITE_NOTADB: "is not a record: name another file",
    sqlite3.SQLITE_CORRUPT: "is damaged: keep the file, and open a copy of it from the backups",
    sqlite3.SQLITE_IOERR: "can't be reached on its disk: check the disk, then try again",
}


def record_path(url: str) -> Path:
    """The absolute path of the SQLite file that a record's URL names. RecordError where it names none."""
    hint = "name the record as sqlite:///FILE.db"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RecordError(f"{url!r} is no record: {hint}.") from error
    if parsed.get_backend_name() != "sqlite":
        raise RecordError(f"The record {parsed.render_as_string()} is not an SQLite file: {hint}.")
    if not parsed.database or parsed.database == ":memory:" or parsed.query or parsed.host:
        raise RecordError(f"The record {url!r} names no plain file: {hint}.")
    path = Path(parsed.database).absolute()
    if path.is_dir():
        raise RecordError(f"The record {path} is a folder: {hint}.")
    if not path.parent.is_dir():
        raise RecordError(f"The record {path} can't be made, its folder does not exist: make the folder first.")
    return path


def open_engine(path: Path, *, migrations: Path = MIGRATIONS, schema: int = SCHEMA) -> Engine:
    """A checked engine on the SQLite file at `path`; the file is made, or brought to `schema`, where needed."""
    with explained(path):
        _refuse_strangers(path, schema)
        engine = _engine(path)
        try:
            _bring_up_to_date(engine, path, migrations, schema)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns failures of SQLite and the file system into one sentence about the record at `path`."""
    try:
        yield
    except DBAPIError as error:
        raise RecordError(_sentence(path, error.orig or error)) from error
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        raise RecordError(_sentence(path, error)) from error


def _sentence(path: Path, error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int) and code & 0xFF in _WAYS_OUT:  # the low byte: extended codes say the same in detail
        return f"The record {path} {_WAYS_OUT[code & 0xFF]}."
    return f"The record {path} refused this ({error}): nothing was written, check the file and try again."


def _refuse_strangers(path: Path, schema: int) -> None:
    """Looks before anything is changed, so that a file that is not ours keeps every byte."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        application, version = _identity(connection)
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (empty and application == 0):
        raise RecordError(f"The record {path} is the database of another program: name another file.")
    if version > schema:
        raise RecordError(
            f"The record {path} was written by a newer Wafer Inspector (schema {version}, this one knows {schema}): "
            "install the newer version, or name another record."
        )


def _identity(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return int(application), int(version)


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _make_safe)
    event.listen(engine, "begin", _begin)
    return engine


def _make_safe(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # sqlite3 must not begin on its own: a late BEGIN loses updates silently
    _switch_to_wal(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Two processes that make the same record at once get SQLITE_BUSY here at once, whatever the timeout is."""
    give_up = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # A reader takes a snapshot; a writer takes the lock before it reads, so that what it read still holds.
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _bring_up_to_date(engine: Engine, path: Path, migrations: Path, schema: int) -> None:
    with engine.connect().execution_options(reads=True) as connection:
        version = _version(connection)
    if 0 < version < schema:
        back_up(path)
    with engine.connect() as connection, _free_to_rebuild(connection), connection.begin():
        if _version(connection) < schema:  # asked again: another program may have migrated meanwhile
            _migrate(connection, migrations, schema)
        _refuse_unprotected(connection, path)


@contextmanager
def _free_to_rebuild(connection: Connection) -> Iterator[None]:
    """SQLite can make a table anew that others refer to only while it does not look at references."""
    raw = connection.connection.dbapi_connection
    assert raw is not None, "a connection that is open"
    raw.execute("PRAGMA foreign_keys = OFF")  # past SQLAlchemy: inside a transaction SQLite ignores it
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _migrate(connection: Connection, migrations: Path, schema: int) -> None:
    from alembic import command  # here: it takes long to import, and most openings need no migration
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, f"{schema:04d}")
    audit.install(connection)
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise sqlite3.IntegrityError(f"rows of {', '.join(sorted({row[0] for row in lost}))} refer to nothing")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema}")


def _refuse_unprotected(connection: Connection, path: Path) -> None:
    gone = audit.missing(connection)
    if gone:
        raise RecordError(
            f"The record {path} has lost its protection against changes ({', '.join(gone)}): another program has "
            "altered it; keep the file for the engineer, and open a backup or another record."
        )
